//! What a run has to say: what could not be read, what was set aside, what was guessed, and counts at the end.

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

/// Work that takes less than this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many bad records of a file are told of one by one; a file that was taken for what it is not would fill a disk.
const TOLD: u64 = 1000;
/// How many documents of a kind are named at the end.
const NAMED: usize = 5;

/// What is told of a document once it was worked on.
#[derive(Debug)]
pub(super) struct Told {
    name: String,
    path: String,
    is_undated: bool,
    guessed: BTreeMap<String, Field>,
    note: Option<String>,
}

impl Told {
    /// Takes what is to be told out of a document.
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

/// Documents of which the first few are named.
#[derive(Debug, Default)]
struct Few {
    names: Vec<String>,
    n: u64,
}

impl Few {
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

/// Counts of a run, and the bar that shows it goes on.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Documents that were read.
    pub(crate) read: u64,
    /// Records nothing could be made of, and files that could not be read.
    pub(crate) failed: u64,
    /// Documents in other languages, by the language.
    pub(crate) set_aside: BTreeMap<String, u64>,
    /// What becomes of documents without a date, for people.
    undated_are: &'static str,
    n_unreadable: u64,
    foreign: Few,
    undated: Few,
    /// The file that is read, and names of its fields that were told of.
    guesses: (String, BTreeSet<String>),
    /// The file that is read, and how many of its records were bad.
    bad: (String, u64),
    /// Some file held more than one document.
    has_several: bool,
    started: Instant,
    bar: ProgressBar,
    is_on_terminal: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self::new("times such as \"Friday\" have no place on the calendar")
    }
}

impl Tally {
    /// Nothing counted yet; `undated_are` says what becomes of documents without a date.
    pub(crate) fn new(undated_are: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed}");
        bar.set_style(style.expect("the template is read by a test"));
        Self {
            read: 0,
            failed: 0,
            set_aside: BTreeMap::new(),
            undated_are,
            n_unreadable: 0,
            foreign: Few::default(),
            undated: Few::default(),
            guesses: Default::default(),
            bad: Default::default(),
            has_several: false,
            started: Instant::now(),
            bar,
            is_on_terminal: io::stdout().is_terminal(),
        }
    }

    /// Says why a file could not be read or written, and counts it.
    pub(crate) fn refuse(&mut self, why: &str) {
        self.failed += 1;
        self.n_unreadable += 1;
        self.say(why);
    }

    /// Counts what was opened and says what there is to say of it; gives back what came of a document.
    pub(super) fn add<T>(&mut self, opened: Opened<(Told, T)>) -> Option<T> {
        if self.bar.is_hidden() && self.started.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
        match opened {
            Opened::News((told, output)) => {
                self.read += 1;
                self.has_several |= told.name != told.path;
                if told.is_undated {
                    self.undated.add(&told.name);
                }
                if let Some(note) = &told.note {
                    self.say(&format!("{}: {note}", shown(&told.name)));
                }
                self.say_guessed(&told.path, &told.guessed);
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
                if self.bad.1 <= TOLD {
                    self.say(&format!("{}: {}", shown(&name), escaped(&why)));
                } else if self.bad.1 == TOLD + 1 {
                    self.say(&format!(
                        "{}: more faults are counted and not told; is it what it was read as?",
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

    /// Tells of guesses, each once a file.
    fn say_guessed(&mut self, path: &str, guessed: &BTreeMap<String, Field>) {
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
                "{}: read {}; say otherwise with --map",
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

    /// What shows that the run goes on.
    pub(super) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Says what there is to say at the end.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
        if self.undated.n > 0 {
            complain(&format!(
                "no publication date in {}; {}: give it with --date YYYY-MM-DD",
                self.undated.list(),
                self.undated_are
            ));
        }
        if !self.set_aside.is_empty() {
            let by_language: Vec<String> =
                self.set_aside.iter().map(|(language, n)| format!("{n} {language}")).collect();
            complain(&format!(
                "set aside as not English: {} ({})",
                self.foreign.list(),
                by_language.join(", ")
            ));
        }
        let n_bad = self.failed - self.n_unreadable;
        if (self.has_several || n_bad > 0) && self.bar.position() > 1 {
            let mut counts = format!("{} documents read", self.read);
            for (n, what) in [(self.failed, "failed"), (self.foreign.n, "set aside")] {
                if n > 0 {
                    write!(counts, ", {n} {what}").expect("a string takes all");
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
