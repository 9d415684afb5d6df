//! A release format, written a report at a time, with a tally of what it leaves out.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::{
    Layout, LeftOut, Report, columns, future::filed, gdelt, icews, plover_json, polecat, role,
    table::guarded,
};

/// What of a release format may be chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Write also what is said not to be so, as if it were, and what is hypothetical, as if it were announced.
    pub all: bool,
    /// Of [`Layout::Icews`]: one row a day, source, target and code, the first that comes.
    pub one_a_day: bool,
    /// Leave text as it is even where a spreadsheet would run it.
    pub raw: bool,
}

/// What was written and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows, the header not counted.
    pub rows: u64,
    /// What has no row, and why; of ICEWS by pairs.
    pub left_out: BTreeMap<LeftOut, u64>,
}

/// Writes reports in a release format.
///
/// A cell of text holds no tab and no line feed, as those who read these formats expect: control characters are blanks, and `;`
/// inside a list is a comma.
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
    /// Begins a file, with its header where the format has one.
    ///
    /// # Errors
    ///
    /// If `to` takes no more.
    pub fn new(to: &'w mut dyn Write, layout: Layout, options: Options) -> io::Result<Self> {
        let has_header = matches!(layout, Layout::Polecat | Layout::Icews);
        if has_header {
            let names: Vec<&str> = columns(layout).iter().map(|column| column.name).collect();
            writeln!(to, "{}", names.join("\t"))?;
        }
        Ok(Self { to, layout, options, tally: Tally::default(), days: icews::OneADay::default() })
    }

    /// Writes a report, or counts why not. For [`Layout::GdeltEvents`] the caller gives one report of each event of the world,
    /// best the first.
    ///
    /// # Errors
    ///
    /// If the file takes no more.
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

    /// For a caller who gives documents in the order of their days: forgets which rows were written of acts before `day`, so
    /// that [`Options::one_a_day`] holds no more than the rows since. A late report of an older act then has a row again.
    pub fn forget_before(&mut self, day: jiff::civil::Date) {
        self.days.forget_before(day);
    }

    /// What was written, and what was not.
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
