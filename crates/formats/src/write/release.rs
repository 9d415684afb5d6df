//! Writer of release formats, one report at a time, with counts of what is left out.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{
    Layout, LeftOut, Report, columns, future::filed, gdelt, icews, plover_json, polecat, role,
    table::guarded,
};

/// Options of a release format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Also write negated events as if they happened, and hypothetical ones as if they were announced.
    pub all: bool,
    /// For [`Layout::Icews`]: write only the first row of each day, source, target and code.
    pub one_a_day: bool,
    /// Leave text unchanged even if a spreadsheet would run it as a formula.
    pub raw: bool,
}

/// Counts of what was written and left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of rows, without the header.
    pub rows: u64,
    /// Number of reports (for ICEWS, pairs) left out, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
}

/// Writes reports in a release format.
///
/// Readers of these formats expect cells without tabs and line feeds: control characters become spaces, and a `;` inside a list
/// item becomes a comma.
///
/// ```
/// use dateline_extract::{Extractor, read_document};
/// use dateline_formats::write::{Article, Layout, Options, Release, Report};
///
/// let text = "date: 2021-06-17\n\nMoscow expelled 10 American diplomats on Thursday.\n";
/// let record = Extractor::new().extract(&read_document(text));
/// let article = Article::new("moscow.txt", &record, &[]);
/// let mut rows = Vec::new();
/// let mut release = Release::new(&mut rows, Layout::GdeltEvents, Options::default())?;
/// for event in &record.events {
///     release.report(&Report { article: &article, event, world: None })?;
/// }
/// assert!(String::from_utf8_lossy(&rows).contains("20210617"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Release<'w> {
    to: &'w mut dyn Write,
    layout: Layout,
    options: Options,
    tally: Tally,
    days: icews::OneADay,
}

impl std::fmt::Debug for Release<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Release")
            .field("layout", &self.layout)
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}

impl<'w> Release<'w> {
    /// Starts a file and writes the header, if the format has one.
    ///
    /// # Errors
    ///
    /// If writing to `to` fails.
    pub fn new(to: &'w mut dyn Write, layout: Layout, options: Options) -> io::Result<Self> {
        let has_header = matches!(layout, Layout::Polecat | Layout::Icews);
        if has_header {
            let names: Vec<&str> = columns(layout).iter().map(|column| column.name).collect();
            writeln!(to, "{}", names.join("\t"))?;
        }
        Ok(Self { to, layout, options, tally: Tally::default(), days: icews::OneADay::default() })
    }

    /// Writes a report, or counts why it is left out. For [`Layout::GdeltEvents`], pass one report per event of the ledger,
    /// preferably the first.
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn report(&mut self, report: &Report<'_>) -> io::Result<()> {
        let filed = match filed(report.event, self.options.all) {
            Ok(filed) => filed,
            Err(why) => {
                self.leave(why, 1);
                return Ok(());
            }
        };
        match self.layout {
            Layout::Polecat => self.line(polecat::row(report, filed)),
            Layout::GdeltEvents => self.line(gdelt::event(report, filed)),
            Layout::GdeltMentions => self.line(gdelt::mention(report)),
            Layout::Icews => self.pairs(report, filed),
            Layout::Plover => match plover_json::record(report, filed) {
                Ok(record) => {
                    self.tally.rows += 1;
                    writeln!(self.to, "{record}")
                }
                Err(why) => {
                    self.leave(why, 1);
                    Ok(())
                }
            },
        }
    }

    /// Forgets rows of events before `day`, which bounds the memory of [`Options::one_a_day`] if documents come in date order. A
    /// late report of an older event then gets another row.
    pub fn forget_before(&mut self, day: jiff::civil::Date) {
        self.days.forget_before(day);
    }

    /// Counts of what was written and left out.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn pairs(&mut self, report: &Report<'_>, filed: super::Filed) -> io::Result<()> {
        let mut count = 0;
        for pair in role::pairs(report.event).take(icews::PAIRS) {
            count += 1;
            let row = icews::row(report, filed, pair).and_then(|(row, key)| {
                let is_new = !self.options.one_a_day || self.days.is_first(key);
                is_new.then_some(row).ok_or(LeftOut::Repeated)
            });
            self.line(row)?;
        }
        if count == 0 {
            self.leave(LeftOut::WithoutPair, 1);
        } else if count == icews::PAIRS {
            let all = role::pairs(report.event).count();
            self.leave(LeftOut::BeyondPairs, (all - count) as u64);
        }
        Ok(())
    }

    fn leave(&mut self, why: LeftOut, count: u64) {
        if count > 0 {
            *self.tally.left_out.entry(why).or_default() += count;
        }
    }

    fn line(&mut self, row: Result<Vec<String>, LeftOut>) -> io::Result<()> {
        let cells = match row {
            Ok(cells) => cells,
            Err(why) => {
                self.leave(why, 1);
                return Ok(());
            }
        };
        self.tally.rows += 1;
        let raw = self.options.raw;
        let is_number = |cell: &str| cell.parse::<f64>().is_ok_and(f64::is_finite);
        let safe = |cell: String| if raw || is_number(&cell) { cell } else { guarded(&cell) };
        let cells: Vec<String> = cells.into_iter().map(safe).collect();
        writeln!(self.to, "{}", cells.join("\t"))
    }
}
