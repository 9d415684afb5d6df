//! The codebook: frames that turn words into acts, in tables that researchers can read and change.
//!
//! Each PLOVER type has one table, `codebook/en/*.tsv`; the comment at the top explains its columns. [`row`] reads a
//! row of a table or says what is wrong with it. [`classes`] holds the nouns that frames ask for.

mod classes;
mod row;
mod words;

use std::{borrow::Cow, fmt};

use dateline_core::codes::{Cameo, Context, Mode, PloverType};

use classes::Classes;

/// Frames of PLOVER acts, and the classes of words they ask for.
///
/// [`Codebook::new`] returns the one compiled in. [`Codebook::read`] replaces tables of it with the user's own, or adds
/// to them.
#[derive(Debug, Clone)]
pub struct Codebook {
    /// Sorted by trigger; frames of one trigger that ask for more come first.
    frames: Vec<Frame>,
    classes: Classes,
}

/// Number of a frame in its codebook, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FrameIdx(u32);

/// Frame: a trigger, the conditions on its arguments, and the act it codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    idx: FrameIdx,
    pub(super) lemma: Box<str>,
    pub(super) particle: Option<Box<str>>,
    pub(super) pos: Pos,
    pub(super) source: Fill,
    pub(super) target: Fill,
    /// True if all parties stand in the source.
    pub(super) symmetric: bool,
    pub(super) conditions: Vec<Condition>,
    /// Weight for a reader that spots triggers itself.
    pub mark: Mark,
    /// Type of the act.
    pub kind: PloverType,
    /// Mode of the act, if its type has modes.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: Cameo,
    /// Contexts that the words alone imply.
    pub contexts: Vec<Context>,
    /// Sentence that must fire the frame.
    pub example: Box<str>,
    /// Name of the table.
    pub file: Box<str>,
    /// Line in the table, from 1.
    pub line: usize,
}

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pos {
    Noun,
    Verb,
}

/// Slots that an actor is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) slots: Vec<Slot>,
    /// True if all slots count, false if only the first filled one does.
    pub(super) together: bool,
}

/// Place of an argument beside a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// Agent: the subject, or the *by* of a passive.
    Subject,
    /// Patient: the object, or the subject of a passive.
    Object,
    /// *Oslo* in *gave Oslo a warning*.
    Indirect,
    /// *Oslo* in *Oslo's attack*.
    Possessor,
    /// *Oslo* in *the Oslo talks*, *Russian* in *Russian attacks*.
    Premodifier,
    /// A clause or infinitive.
    Complement,
    /// Noun after a preposition.
    Behind(Cow<'static, str>),
}

/// Condition on a trigger and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Filled(Slot),
    Empty(Slot),
    /// A filler is in the class.
    Class(Slot, Box<str>),
    /// A filler has one of the lemmas.
    Lemma(Slot, Vec<Box<str>>),
    Passive,
    Plural,
}

/// Weight of a frame for a reader that spots triggers itself. A reader without that goes by frames alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The frame decides: where it fits there is an event of its type with its parties. Rows of the user's own are read so.
    Certain,
    /// The frame is one hint among others. Compiled-in rows are read so, and exported ones that were not changed.
    Evidence,
    /// Where the frame fits there is no event.
    Veto,
}

impl Mark {
    /// Returns its name in the ninth column of a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Evidence => "evidence",
            Self::Veto => "veto",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Certain, Self::Evidence, Self::Veto].into_iter().find(|mark| mark.as_str() == name)
    }
}

/// Row of a table that could not be read. The other rows are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Name of the table.
    pub file: String,
    /// Line, from 1; `None` if the whole table cannot be used.
    pub line: Option<usize>,
    /// Text that was read, what was expected, and the cure.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for BadRow {}

macro_rules! tables {
    ($($file:literal,)+) => {
        /// Name and text of each compiled-in table.
        const TABLES: &[(&str, &str)] =
            &[$(($file, include_str!(concat!("../../../codebook/en/", $file)))),+];
    };
}

tables! {
    "classes.tsv",
    "agree.tsv",
    "consult.tsv",
    "support.tsv",
    "concede.tsv",
    "cooperate.tsv",
    "aid.tsv",
    "retreat.tsv",
    "request.tsv",
    "accuse.tsv",
    "reject.tsv",
    "threaten.tsv",
    "protest.tsv",
    "sanction.tsv",
    "mobilize.tsv",
    "coerce.tsv",
    "assault.tsv",
}

impl Codebook {
    /// Returns the compiled-in codebook.
    pub fn new() -> Self {
        let (codebook, bad) = Self::of(&[], TABLES);
        debug_assert!(bad.is_empty(), "codebook/en/*.tsv are read by a test");
        codebook
    }

    /// Returns the compiled-in codebook with some tables replaced or added, and the rows that could not be used.
    ///
    /// A table is a name and a text. The name of a compiled-in table, such as `sanction.tsv` or `classes.tsv`, replaces
    /// that table. A name with a middle part, such as `sanction.tariffs.tsv`, adds to it. The text has the columns of
    /// the compiled-in tables: see [`Codebook::tables`].
    ///
    /// ```
    /// # use dateline_extract::{Codebook, Extractor, read_document};
    /// let row = "stonewall.v\tsubj\tobj\t-\t-\t120\tdiplomatic\tPeru stonewalled Chile.\n";
    /// let (codebook, bad) = Codebook::read(&[("reject.mine.tsv", row)]);
    /// assert_eq!(bad, []);
    /// let extractor = Extractor::new().with_codebook(codebook);
    /// let record = extractor.extract(&read_document("Norway stonewalled Sweden.\n"));
    /// assert_eq!(record.events[0].kind.as_str(), "REJECT");
    /// ```
    pub fn read(tables: &[(&str, &str)]) -> (Self, Vec<BadRow>) {
        let replaced = |name: &str| tables.iter().any(|(other, _)| *other == name);
        // Of frames that ask for equally much, the user's are tried first.
        let rest: Vec<_> = TABLES.iter().copied().filter(|(name, _)| !replaced(name)).collect();
        Self::of(tables, &rest)
    }

    /// Returns the compiled-in tables, each with its name and text.
    pub fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLES.iter().copied()
    }

    /// Reads the user's tables and the compiled-in ones that they leave.
    fn of(own: &[(&str, &str)], built_in: &[(&str, &str)]) -> (Self, Vec<BadRow>) {
        let mut bad = Vec::new();
        let tables: Vec<(&str, &str)> = own.iter().chain(built_in).copied().collect();
        let is_classes = |name: &str| stem(name) == "classes";
        let mut classes = Classes::default();
        for (name, text) in tables.iter().filter(|(name, _)| is_classes(name)) {
            classes.add(name, text, &mut bad);
        }
        let mut frames = Vec::new();
        for (name, text) in tables.iter().filter(|(name, _)| !is_classes(name)) {
            row::read_table(name, text, &classes, &mut frames, &mut bad);
        }
        frames.sort_by(|a: &Frame, b| {
            (&a.lemma, a.pos).cmp(&(&b.lemma, b.pos)).then_with(|| b.weight().cmp(&a.weight()))
        });
        for (at, frame) in frames.iter_mut().enumerate() {
            frame.idx = FrameIdx(u32::try_from(at).expect("a codebook is shorter than 4 GiB"));
        }
        (Self { frames, classes }, bad)
    }

    /// Returns the same codebook in which every frame but a veto decides, to see what each does by itself.
    pub(crate) fn as_certain(&self) -> Self {
        let mut certain = self.clone();
        for frame in &mut certain.frames {
            if frame.mark == Mark::Evidence {
                frame.mark = Mark::Certain;
            }
        }
        certain
    }

    /// Returns all frames, sorted by trigger; frames of one trigger are in the order in which they are tried.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Returns the classes of words, each with its lemmas, sorted by name.
    pub fn classes(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.classes.all()
    }

    pub(super) fn frame(&self, idx: FrameIdx) -> &Frame {
        &self.frames[idx.0 as usize]
    }

    /// Returns the frames of a trigger, the more demanding first.
    pub(super) fn frames_of(&self, lemma: &str, pos: Pos) -> &[Frame] {
        let key = |frame: &Frame| (&*frame.lemma, frame.pos).cmp(&(lemma, pos));
        let from = self.frames.partition_point(|frame| key(frame).is_lt());
        let count = self.frames[from..].partition_point(|frame| key(frame).is_eq());
        &self.frames[from..from + count]
    }

    /// Returns true if a word is listed in a class, by its lemma.
    pub(super) fn lists(&self, class: &str, word: dateline_nlp::Token<'_>) -> bool {
        self.classes.lists(class, word.lemma())
    }
}

impl Default for Codebook {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the first part of a table's name: `sanction` for `sanction.tsv` and `sanction.tariffs.tsv`.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Classes of objects that belong to the act of the verb: *signed a deal* is one act. These are names of classes in
/// `classes.tsv`.
const TAKEN_IN: [&str; 7] = ["deal", "truce", "relations", "talks", "aid", "restrict", "violent"];

impl Frame {
    /// Returns its number in the codebook.
    pub(super) fn idx(&self) -> FrameIdx {
        self.idx
    }

    /// Returns how much the frame asks for.
    fn weight(&self) -> usize {
        let particle = if self.particle.is_some() { 10 } else { 0 };
        let of = |condition: &Condition| match condition {
            Condition::Lemma(..) => 6,
            Condition::Class(_, class) if super::class::is_known(class) => 2,
            Condition::Class(..) => 5,
            _ => 1,
        };
        particle + self.conditions.iter().map(of).sum::<usize>()
    }

    /// Returns true if the noun in the object is part of the trigger: *imposed sanctions*, *broke off talks*.
    pub(super) fn takes_object_in(&self) -> bool {
        self.pos == Pos::Verb
            && self.conditions.iter().any(|condition| match condition {
                Condition::Lemma(Slot::Object, _) => true,
                Condition::Class(Slot::Object, class) => TAKEN_IN.contains(&&**class),
                _ => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_reads_and_is_sorted() {
        let (_, bad) = Codebook::of(&[], TABLES);
        assert_eq!(bad, []);
        for (file, table) in TABLES {
            let rows: Vec<_> = table.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(rows.is_sorted(), "{file} is not sorted");
            assert!(rows.len() >= 15, "{file} has few rows");
        }
    }

    #[test]
    fn a_bad_row_is_reported_and_left_out() {
        let check = |name: &str, table: &str, expected: &str| {
            let (_, bad) = Codebook::read(&[(name, table)]);
            let said: Vec<String> = bad.iter().map(ToString::to_string).collect();
            assert_eq!(said.join("\n"), expected);
        };
        let name = "consult.mine.tsv";
        check(
            name,
            "# top\nmeet.v\tsubj",
            "consult.mine.tsv:2: read 2 columns, expected 8 or 9 with tabs between them: trigger, source, target, \
             if, mode, cameo, contexts, example, mark",
        );
        check(
            name,
            "meet.x\tsubj\t-\t-\t-\t040\t-\tThey met.",
            "consult.mine.tsv:1: read trigger `meet.x`, expected a lemma and `.v` or `.n`",
        );
        check(
            name,
            "meet.v\tsubj\t-\tobj:nobody\t-\t040\t-\tThey met.",
            "consult.mine.tsv:1: no class `nobody`; list its lemmas in classes.mine.tsv or another such file",
        );
        check(
            name,
            "meet.v\tsubj\t-\t-\texpel\t040\t-\tThey met.",
            "consult.mine.tsv:1: CONSULT has no mode expel",
        );
        check(
            name,
            "meet.v\tsubj\t-\t-\t-\t040\t-\tThey met.\tmaybe",
            "consult.mine.tsv:1: read mark `maybe`, expected `certain`, `evidence` or `veto`",
        );
        check(
            "mine.tsv",
            "",
            "mine.tsv: names no PLOVER type; call it `sanction.tsv` to replace a table or `sanction.mine.tsv` to add to it",
        );
        check(
            "classes.mine.tsv",
            "envoy\n",
            "classes.mine.tsv:1: read 1 column, expected a class and a lemma with a tab between them",
        );
    }

    #[test]
    fn a_table_replaces_or_adds() {
        let row = "court.v\tsubj\tobj\t-\t-\t040\t-\tPeru courted Chile.\n";
        let count = |name| Codebook::read(&[(name, row)]).0.frames().len();
        let own = Codebook::new();
        let consult = own.frames().iter().filter(|frame| &*frame.file == "consult.tsv").count();
        assert_eq!(count("consult.tsv"), own.frames().len() - consult + 1);
        assert_eq!(count("consult.more.tsv"), own.frames().len() + 1);
    }

    #[test]
    fn users_can_add_classes() {
        let (codebook, bad) = Codebook::read(&[
            ("classes.boats.tsv", "boat\ttrawler\n"),
            (
                "sanction.boats.tsv",
                "impound.v\tsubj\t-\tobj:boat\t-\t160\t-\tPeru impounded a trawler.\n",
            ),
        ]);
        assert_eq!(bad, []);
        assert_eq!(codebook.frames_of("impound", Pos::Verb).len(), 1);
        assert!(
            codebook.classes.lists("boat", "trawler") && codebook.classes.lists("boat", "Trawler")
        );
    }
}
