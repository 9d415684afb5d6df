//! Messages and counts of a run: input that could not be read or was skipped, guessed fields, and totals.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use dateline_formats::read::Field;
use indicatif::ProgressBar;

use super::{
    open::{News, Opened},
    walk,
};
use crate::{
    batch::Outcome,
    input::complain,
    progress::{self, Progress},
    text::escaped,
};

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
    n_words: u64,
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
            n_words: progress::words(&news.document.text),
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
    /// Number of pieces of input.
    n_pieces: u64,
    /// File of the last piece, and the number of files before it.
    file: (String, u64),
    progress: Progress,
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
            n_pieces: 0,
            file: Default::default(),
            progress: Progress::new(true),
            is_on_terminal: io::stdout().is_terminal(),
        }
    }

    /// Starts the clock of the progress bar, which `quiet` keeps away.
    pub(super) fn start(&mut self, quiet: bool) {
        self.progress = Progress::new(quiet);
    }

    /// Shows how many of the input files are done.
    pub(super) fn show(&self, paths: &[PathBuf]) {
        self.progress.show(self.file.1, || {
            let mut n_files = 0;
            walk::files(paths, &mut |_, _| {
                n_files += 1;
                true
            });
            n_files
        });
    }

    /// Counts a file as done when the first piece of the next one comes. Pieces come in the order of the files.
    fn enter(&mut self, path: &str) {
        if self.file.0 != path {
            self.file.1 += u64::from(!self.file.0.is_empty());
            path.clone_into(&mut self.file.0);
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
        self.n_pieces += 1;
        match opened {
            Opened::News((notes, output)) => {
                self.read += 1;
                self.progress.add(notes.n_words);
                self.enter(&notes.path);
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
                self.enter(&path);
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
                self.enter(&name);
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
        self.progress.suspend(|| complain(message));
    }

    pub(super) fn is_on_terminal(&self) -> bool {
        self.is_on_terminal
    }

    /// Returns the progress bar.
    pub(super) fn bar(&self) -> ProgressBar {
        self.progress.bar()
    }

    /// Prints the messages at the end of a run.
    pub(super) fn finish(&self) {
        self.progress.finish();
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
        if (self.has_several || n_bad > 0) && self.n_pieces > 1 {
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
