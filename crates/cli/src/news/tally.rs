//! Messages and counts of a run: input that could not be read or was skipped, guessed fields, and totals.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use dateline_formats::read::Field;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::open::{News, Opened};
use crate::{batch::Outcome, input::complain, text::escaped};

/// Time after which a progress bar appears.
const PATIENCE: Duration = Duration::from_secs(1);
/// Maximum number of bad records reported per file. A file read in the wrong format could otherwise fill a disk with messages.
const REPORTED: u64 = 1000;
/// Maximum number of documents named in a message.
const NAMED: usize = 5;

/// Facts about a document that are reported after it is processed.
#[derive(Debug)]
pub(super) struct DocumentNotes {
    name: String,
    path: String,
    is_undated: bool,
    guessed: BTreeMap<String, Field>,
    note: Option<String>,
}

impl DocumentNotes {
    /// Takes the facts out of a document.
    pub(super) fn of(news: &mut News) -> Self {
        Self {
            name: news.name.clone(),
            path: news.source.path.clone(),
            is_undated: news.document.published.is_none(),
            guessed: std::mem::take(&mut news.guessed),
            note: news.note.take(),
        }
    }
}

/// Count of documents, with the names of the first few.
#[derive(Debug, Default)]
struct NamedCount {
    names: Vec<String>,
    n: u64,
}

impl NamedCount {
    fn add(&mut self, name: &str) {
        self.n += 1;
        if self.names.len() < NAMED {
            self.names.push(escaped(name));
        }
    }

    fn list(&self) -> String {
        let others = match self.n - self.names.len() as u64 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}{others}", self.names.join(", "))
    }
}

/// Counts and progress bar of a run.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Number of documents read.
    pub(crate) read: u64,
    /// Number of records and files that could not be read.
    pub(crate) failed: u64,
    /// Number of documents in other languages, by language.
    pub(crate) set_aside: BTreeMap<String, u64>,
    /// Consequence of a missing date, for the message.
    undated_are: &'static str,
    n_unreadable: u64,
    foreign: NamedCount,
    undated: NamedCount,
    /// Current file, and its guessed field names that were reported.
    guesses: (String, BTreeSet<String>),
    /// Current file, and the number of its bad records.
    bad: (String, u64),
    /// `true` if a file held more than one document.
    has_several: bool,
    started: Instant,
    bar: ProgressBar,
    is_on_terminal: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self::new("relative times such as \"Friday\" cannot be placed on the calendar")
    }
}

impl Tally {
    /// Starts at zero; `undated_are` states the consequence of a missing date.
    pub(crate) fn new(undated_are: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed}");
        bar.set_style(style.expect("the template is valid"));
        Self {
            read: 0,
            failed: 0,
            set_aside: BTreeMap::new(),
            undated_are,
            n_unreadable: 0,
            foreign: NamedCount::default(),
            undated: NamedCount::default(),
            guesses: Default::default(),
            bad: Default::default(),
            has_several: false,
            started: Instant::now(),
            bar,
            is_on_terminal: io::stdout().is_terminal(),
        }
    }

    /// Reports and counts a file that could not be read or written.
    pub(crate) fn refuse(&mut self, why: &str) {
        self.failed += 1;
        self.n_unreadable += 1;
        self.say(why);
    }

    /// Counts and reports a piece of input; returns the result of a document.
    pub(super) fn add<T>(&mut self, opened: Opened<(DocumentNotes, T)>) -> Option<T> {
        if self.bar.is_hidden() && self.started.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
        match opened {
            Opened::News((notes, output)) => {
                self.read += 1;
                self.has_several |= notes.name != notes.path;
                if notes.is_undated {
                    self.undated.add(&notes.name);
                }
                if let Some(note) = &notes.note {
                    self.say(&format!("{}: {note}", shown(&notes.name)));
                }
                self.report_guesses(&notes.path, &notes.guessed);
                return Some(output);
            }
            Opened::Foreign { name, language } => {
                *self.set_aside.entry(language).or_default() += 1;
                self.foreign.add(&name);
            }
            Opened::Bad { path, name, why } => {
                self.failed += 1;
                if self.bad.0 != path {
                    self.bad = (path.clone(), 0);
                }
                self.bad.1 += 1;
                if self.bad.1 <= REPORTED {
                    self.say(&format!("{}: {}", shown(&name), escaped(&why)));
                } else if self.bad.1 == REPORTED + 1 {
                    self.say(&format!(
                        "{}: further faults are counted but not shown; check that the format is right (--from)",
                        shown(&path)
                    ));
                }
            }
            Opened::Unreadable { name, why } => {
                self.refuse(&format!("{}: {}", shown(&name), escaped(&why)));
            }
        }
        None
    }

    /// Reports guessed field names, each once per file.
    fn report_guesses(&mut self, path: &str, guessed: &BTreeMap<String, Field>) {
        if self.guesses.0 != path {
            self.guesses = (path.to_owned(), BTreeSet::new());
        }
        let new: Vec<String> = guessed
            .iter()
            .filter(|(name, _)| self.guesses.1.insert((*name).clone()))
            .map(|(name, field)| format!("`{}` as {field}", escaped(name)))
            .collect();
        if !new.is_empty() {
            self.say(&format!(
                "{}: read {}; to change this, use --map",
                shown(path),
                new.join(", ")
            ));
        }
    }

    fn say(&self, message: &str) {
        self.bar.suspend(|| complain(message));
    }

    pub(super) fn is_on_terminal(&self) -> bool {
        self.is_on_terminal
    }

    /// Returns the progress bar.
    pub(super) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Prints the messages at the end of a run.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
        if self.undated.n > 0 {
            complain(&format!(
                "no publication date in {}; {}; give a date with --date YYYY-MM-DD",
                self.undated.list(),
                self.undated_are
            ));
        }
        if !self.set_aside.is_empty() {
            let by_language: Vec<String> =
                self.set_aside.iter().map(|(language, n)| format!("{n} {language}")).collect();
            complain(&format!(
                "skipped, not in English: {} ({})",
                self.foreign.list(),
                by_language.join(", ")
            ));
        }
        let n_bad = self.failed - self.n_unreadable;
        if (self.has_several || n_bad > 0) && self.bar.position() > 1 {
            let mut counts = format!("{} documents read", self.read);
            for (n, what) in [(self.failed, "failed"), (self.foreign.n, "skipped")] {
                if n > 0 {
                    write!(counts, ", {n} {what}").expect("writing to a string does not fail");
                }
            }
            complain(&counts);
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        match (self.n_unreadable, self.failed) {
            (0, 0) => Outcome::Done,
            (0, _) => Outcome::Faults,
            _ => Outcome::SomeUnreadable,
        }
    }
}

fn shown(name: &str) -> String {
    if name == "-" { "standard input".to_owned() } else { escaped(name) }
}
