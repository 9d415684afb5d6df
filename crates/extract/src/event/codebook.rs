//! The codebook: frames that turn words into acts, read from tables a researcher can read and change.
//!
//! One table a PLOVER type, `codebook/*.tsv`; what the columns mean stands on top of each. [`parse`] checks a table and
//! names the line it cannot read.

use std::{fmt, sync::LazyLock};

use dateline_core::codes::{Cameo, Context, Mode, PloverType};

/// A frame: a trigger, what must hold of its arguments, and the act it then tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(super) lemma: &'static str,
    pub(super) particle: Option<&'static str>,
    pub(super) pos: Pos,
    pub(super) source: Fill,
    pub(super) target: Fill,
    /// All parties stand in the source.
    pub(super) symmetric: bool,
    pub(super) conditions: Vec<Condition>,
    pub(super) kind: PloverType,
    pub(super) mode: Option<Mode>,
    pub(super) cameo: Cameo,
    pub(super) contexts: Vec<Context>,
    /// A sentence that must fire the frame.
    #[cfg(test)]
    pub(super) example: &'static str,
}

/// The part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pos {
    Noun,
    Verb,
}

/// The slots an actor is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) slots: Vec<Slot>,
    /// All of them together, rather than the first that is filled.
    pub(super) together: bool,
}

/// A place for an argument beside a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Who acts: the subject, or the *by* of a passive.
    Subject,
    /// Whom the act is done to: the object, or the subject of a passive.
    Object,
    /// *gave Oslo a warning*
    Indirect,
    /// *Oslo's*
    Possessor,
    /// *the Oslo talks*, *Russian attacks*
    Premodifier,
    /// A clause or infinitive.
    Complement,
    /// Behind this preposition.
    Behind(&'static str),
}

/// What must hold of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Filled(Slot),
    Empty(Slot),
    /// A filler is of the class.
    Class(Slot, &'static str),
    /// A filler has one of the lemmas.
    Lemma(Slot, Vec<&'static str>),
    Passive,
    Plural,
}

/// A line of a table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodebookError {
    file: &'static str,
    line: usize,
    reason: String,
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for CodebookError {}

macro_rules! tables {
    ($($kind:ident = $file:literal,)+) => {
        /// The tables, each with the type its frames code.
        const TABLES: &[(PloverType, &str, &str)] =
            &[$((PloverType::$kind, $file, include_str!(concat!("../../codebook/", $file)))),+];
    };
}

tables! {
    Agree = "agree.tsv",
    Consult = "consult.tsv",
    Support = "support.tsv",
    Concede = "concede.tsv",
    Cooperate = "cooperate.tsv",
    Aid = "aid.tsv",
    Retreat = "retreat.tsv",
    Request = "request.tsv",
    Accuse = "accuse.tsv",
    Reject = "reject.tsv",
    Threaten = "threaten.tsv",
    Protest = "protest.tsv",
    Sanction = "sanction.tsv",
    Mobilize = "mobilize.tsv",
    Coerce = "coerce.tsv",
    Assault = "assault.tsv",
}

static CODEBOOK: LazyLock<Vec<Frame>> = LazyLock::new(|| {
    let mut frames = Vec::new();
    for &(kind, file, table) in TABLES {
        frames.extend(parse(kind, file, table).expect("codebook/*.tsv are read by a test"));
    }
    sort(&mut frames);
    frames
});

/// By trigger; of one trigger, the frame that asks for more comes first.
fn sort(frames: &mut [Frame]) {
    frames.sort_by(|a, b| {
        (a.lemma, a.pos).cmp(&(b.lemma, b.pos)).then_with(|| b.weight().cmp(&a.weight()))
    });
}

/// The frames of a trigger, the more demanding first.
pub(super) fn frames(lemma: &str, pos: Pos) -> &'static [Frame] {
    let from = CODEBOOK.partition_point(|frame| (frame.lemma, frame.pos) < (lemma, pos));
    let count = CODEBOOK[from..].partition_point(|frame| (frame.lemma, frame.pos) == (lemma, pos));
    &CODEBOOK[from..from + count]
}

impl Frame {
    /// How much the frame asks for.
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

    /// Whether the noun in the object is part of the trigger: *imposed sanctions*, *broke off talks*.
    pub(super) fn takes_object_in(&self) -> bool {
        self.pos == Pos::Verb
            && self.conditions.iter().any(|condition| match condition {
                Condition::Lemma(Slot::Object, _) => true,
                Condition::Class(Slot::Object, class) => {
                    matches!(
                        *class,
                        "deal" | "truce" | "relations" | "talks" | "aid" | "restrict" | "violent"
                    )
                }
                _ => false,
            })
    }
}

/// Reads a table.
///
/// # Errors
///
/// At the first line that is no frame, with its number and what is wrong with it.
fn parse(
    kind: PloverType,
    file: &'static str,
    table: &'static str,
) -> Result<Vec<Frame>, CodebookError> {
    let mut frames = Vec::new();
    for (number, line) in table.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let frame = read_row(kind, line).map_err(|reason| CodebookError {
            file,
            line: number + 1,
            reason,
        })?;
        frames.push(frame);
    }
    Ok(frames)
}

fn read_row(kind: PloverType, line: &'static str) -> Result<Frame, String> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let count = columns.len();
    let [trigger, source, target, conditions, mode, cameo, contexts, example] =
        <[&'static str; 8]>::try_from(columns)
            .map_err(|_| format!("read {count} columns, expected 8"))?;
    let (word, pos) = match trigger.rsplit_once('.') {
        Some((word, "v")) => (word, Pos::Verb),
        Some((word, "n")) => (word, Pos::Noun),
        _ => return Err(format!("read trigger `{trigger}`, expected a lemma and `.v` or `.n`")),
    };
    let (lemma, particle) = match word.split_once('_') {
        Some((lemma, particle)) => (lemma, Some(particle)),
        None => (word, None),
    };
    let symmetric = target == "=";
    let mode: Option<Mode> = filled(mode)
        .map(|mode| mode.parse().map_err(|error| format!("mode: {error}")))
        .transpose()?;
    if let Some(mode) = mode
        && !kind.modes().any(|(listed, _)| listed == mode)
    {
        return Err(format!("{kind} has no mode {mode}"));
    }
    let contexts = filled(contexts)
        .map_or(Ok(Vec::new()), |list| list.split(',').map(str::parse).collect())
        .map_err(|error| format!("contexts: {error}"))?;
    let conditions = conditions
        .split(' ')
        .filter(|condition| *condition != "-")
        .map(read_condition)
        .collect::<Result<_, _>>()?;
    if example == "-" || example.is_empty() {
        return Err("the frame has no example".to_owned());
    }
    Ok(Frame {
        lemma,
        particle,
        pos,
        source: read_fill(source)?,
        target: read_fill(if symmetric { "-" } else { target })?,
        symmetric,
        conditions,
        kind,
        mode,
        cameo: cameo.parse().map_err(|error| format!("cameo: {error}"))?,
        contexts,
        #[cfg(test)]
        example,
    })
}

fn filled(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

fn read_fill(cell: &'static str) -> Result<Fill, String> {
    let together = cell.contains('+');
    let slots = filled(cell)
        .map_or(Ok(Vec::new()), |list| list.split([',', '+']).map(read_slot).collect())?;
    Ok(Fill { slots, together })
}

fn read_slot(name: &'static str) -> Result<Slot, String> {
    Ok(match name {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "iobj" => Slot::Indirect,
        "poss" => Slot::Possessor,
        "adj" => Slot::Premodifier,
        "comp" => Slot::Complement,
        _ if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => Slot::Behind(name),
        _ => return Err(format!("read `{name}`, expected a slot, as in `subj` or `with`")),
    })
}

fn read_condition(text: &'static str) -> Result<Condition, String> {
    if let Some(slot) = text.strip_prefix('!') {
        return Ok(Condition::Empty(read_slot(slot)?));
    }
    match text {
        "@passive" => return Ok(Condition::Passive),
        "@plural" => return Ok(Condition::Plural),
        _ => {}
    }
    if let Some((slot, class)) = text.split_once(':') {
        if !super::class::exists(class) {
            return Err(format!("no class `{class}` in classes.tsv"));
        }
        return Ok(Condition::Class(read_slot(slot)?, class));
    }
    if let Some((slot, lemmas)) = text.split_once('=') {
        return Ok(Condition::Lemma(read_slot(slot)?, lemmas.split(',').collect()));
    }
    Ok(Condition::Filled(read_slot(text)?))
}

/// Every frame.
#[cfg(test)]
pub(super) fn all() -> &'static [Frame] {
    &CODEBOOK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_reads_and_is_sorted() {
        for &(kind, file, table) in TABLES {
            if let Err(error) = parse(kind, file, table) {
                panic!("{error}");
            }
            let rows: Vec<_> = table.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(rows.is_sorted(), "{file} is not sorted");
            assert!(rows.len() >= 15, "{file} has few frames");
        }
    }

    #[test]
    fn a_bad_line_is_named() {
        let check = |table: &'static str, expected: &str| {
            let error = parse(PloverType::Consult, "consult.tsv", table).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check("# top\nmeet.v\tsubj", "consult.tsv line 2: read 2 columns, expected 8");
        check(
            "meet.x\tsubj\t-\t-\t-\t040\t-\tThey met.",
            "consult.tsv line 1: read trigger `meet.x`, expected a lemma and `.v` or `.n`",
        );
        check(
            "meet.v\tsubj\t-\tobj:nobody\t-\t040\t-\tThey met.",
            "consult.tsv line 1: no class `nobody` in classes.tsv",
        );
        check(
            "meet.v\tsubj\t-\t-\texpel\t040\t-\tThey met.",
            "consult.tsv line 1: CONSULT has no mode expel",
        );
    }
}
