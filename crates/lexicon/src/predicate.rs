//! Predicates: what a word says about the act or the statement it governs.
//!
//! *She denied that talks had failed* makes the failure doubtful and negative; *refused to meet*, *called off the talks*,
//! *the alleged attack* say as much about other acts. The words are rows of `data/en/predicates.tsv`, one for each lemma, part
//! of speech and set of complements. Each lookup asks for one use of a word:
//!
//! - [`cue`]: it introduces a statement
//! - [`governing_act`], [`governing_from`]: it governs an infinitive, a participle or a noun
//! - [`modifier`]: it modifies an act
//! - [`light_verb`], [`light_verb_in`]: it lends a noun its subject
//! - [`clause_class`]: it embeds a clause
//!
//! ```
//! use dateline_core::{Polarity, Status};
//! use dateline_lexicon::predicate;
//! use dateline_nlp::{English, ReaderKind};
//!
//! let english = English::new(ReaderKind::Fast);
//! let analysis = english.analyze("Ito refused to meet the envoy.");
//! let refused = analysis.tokens().nth(1).unwrap();
//!
//! let entry = predicate::governing_act(refused).unwrap();
//! assert_eq!(entry.status, Some(Status::Expected));
//! assert_eq!(entry.polarity, Polarity::Negative);
//! ```

use std::sync::LazyLock;

use dateline_core::{Certainty, CueClass, Polarity, Status};
use dateline_data::{Row, rows};
use dateline_nlp::{Deprel, Token, Upos, Xpos};

/// One row of the table: a lemma with some of its complements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predicate {
    lemma: &'static str,
    pos: Pos,
    complements: Complements,
    /// Class of the cue: words or a state of mind. `None` where the row is not about statements.
    pub class: Option<CueClass>,
    clause: &'static str,
    role: Option<LightRole>,
    /// Status of the act if its own clause has no tense. `None` leaves it open.
    pub status: Option<Status>,
    /// `Negative` if the act is said not to take place.
    pub polarity: Polarity,
    /// Upper limit of the certainty of the act.
    pub certainty: Certainty,
}

/// Kind of thing that a word governs, and how it is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complement {
    /// Words in quotation marks: *"We will go," she added*.
    Quote,
    /// A finite clause: *told reporters that Oslo had agreed*.
    That,
    /// An infinitive whose subject is the speaker: *vowed to leave*.
    To,
    /// An infinitive whose subject is the object: *urged them to leave*.
    ObjectTo,
    /// A noun phrase that is what is said: *denied the report*.
    NounPhrase,
    /// An object that is the listener: *told reporters*.
    Addressee,
    /// An act in the tree, as infinitive, participle or noun: *refused to meet*.
    Act,
    /// A participle after *from*: *kept them from leaving*.
    From,
    /// A noun that takes its subject from the verb: *held talks*.
    Noun,
    /// The same with the noun after *in*: *took part in talks*.
    In,
    /// The act that the word modifies: *the planned summit*.
    Modified,
    /// Any clause.
    Clause,
}

/// Complements by their names in the table.
const COMPLEMENTS: [(&str, Complement); 12] = [
    ("quote", Complement::Quote),
    ("that", Complement::That),
    ("to", Complement::To),
    ("obj-to", Complement::ObjectTo),
    ("np", Complement::NounPhrase),
    ("addressee", Complement::Addressee),
    ("act", Complement::Act),
    ("from", Complement::From),
    ("noun", Complement::Noun),
    ("in", Complement::In),
    ("modified", Complement::Modified),
    ("clause", Complement::Clause),
];

/// The part that the subject of a light verb plays in the act its noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LightRole {
    /// It does the act: *Oslo held talks*.
    Does,
    /// It is where the act takes place: *Oslo hosted talks*.
    Hosts,
    /// The act is done to it: *Oslo suffered an attack*.
    Undergoes,
    /// It has no part in the act: *Oslo averted a strike*.
    Nothing,
}

/// Classes of embedded clauses, by what the governing word claims about them.
const CLAUSE_CLASSES: [&str; 12] = [
    "admits", "decides", "doubts", "fears", "feels", "knows", "pretends", "says", "seems", "shows",
    "thinks", "wants",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pos {
    Adjective,
    Adverb,
    Noun,
    Verb,
}

/// A set of complements, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Complements(u16);

impl Complements {
    fn has(self, complement: Complement) -> bool {
        self.0 & (1 << complement as u16) != 0
    }
}

impl Predicate {
    /// Returns true if this row covers a complement.
    pub fn takes(&self, complement: Complement) -> bool {
        self.complements.has(complement)
    }

    /// Returns true if the row is a cue of speech.
    pub fn is_speech(&self) -> bool {
        self.class == Some(CueClass::Speech)
    }

    /// Returns true if the row is a cue of attitude.
    pub fn is_attitude(&self) -> bool {
        self.class == Some(CueClass::Attitude)
    }
}

/// Returns the cue of a statement that a token is: alone, or with its particle (*point out*).
pub fn cue(token: Token<'_>) -> Option<&'static Predicate> {
    let pos = open_class(token)?;
    let lemma = token.lemma();
    let find = |lemma: &str| rows_of(lemma, pos).iter().find(|row| row.class.is_some());
    if pos == Pos::Verb
        && let Some(particle) = particle(token)
    {
        // A verb with a particle is rare enough for a string of its own.
        return find(&format!("{lemma} {}", particle.lemma())).or_else(|| find(lemma));
    }
    find(lemma)
}

/// Returns the class of the cue a token is, or `None` if it is no cue.
pub fn cue_class(token: Token<'_>) -> Option<CueClass> {
    cue(token)?.class
}

/// Returns the class of a lemma that is a cue as any part of speech. Where they differ, the verb decides, then the noun.
pub fn cue_class_of_lemma(lemma: &str) -> Option<CueClass> {
    let class = |pos| rows_of(lemma, pos).iter().find_map(|row| row.class);
    [Pos::Verb, Pos::Noun, Pos::Adjective].into_iter().find_map(class)
}

/// Returns what a verb, noun or adjective says about the act it governs: *refused to meet*, *plans for a summit*.
///
/// A participle is looked up as an adjective as well: *is set to meet*.
pub fn governing_act(head: Token<'_>) -> Option<&'static Predicate> {
    find(head.lemma(), open_class(head)?, Complement::Act).or_else(|| {
        (head.xpos() == Xpos::VBN)
            .then(|| find(head.text(), Pos::Adjective, Complement::Act))
            .flatten()
    })
}

/// Returns what a verb says about a participle after *from*: *kept them from leaving*.
pub fn governing_from(verb: Token<'_>) -> Option<&'static Predicate> {
    find(verb.lemma(), Pos::Verb, Complement::From)
}

/// Returns what a modifier says about the act it modifies: *planned*, *allegedly*.
///
/// The relation to its head distinguishes adjectives from adverbs.
pub fn modifier(child: Token<'_>) -> Option<&'static Predicate> {
    let pos = match child.deprel() {
        Deprel::Amod | Deprel::Acl => Pos::Adjective,
        Deprel::Advmod => Pos::Adverb,
        _ => return None,
    };
    find(child.lemma(), pos, Complement::Modified).or_else(|| {
        // *scheduled*, *planned* are sometimes tagged as verbs.
        (pos == Pos::Adjective && child.xpos() == Xpos::VBN)
            .then(|| find(child.text(), pos, Complement::Modified))
            .flatten()
    })
}

/// A verb that lends its subject to a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LightVerb {
    /// The part its subject plays.
    pub role: LightRole,
    /// Its row, with the effect on the act.
    pub effect: &'static Predicate,
}

/// Returns a light verb by its lemma, with its particle if it has one: `hold`, `call off`.
///
/// ```
/// use dateline_lexicon::predicate::{LightRole, light_verb};
///
/// assert_eq!(light_verb("suffer", None).unwrap().role, LightRole::Undergoes);
/// assert!(light_verb("call", Some("off")).is_some());
/// assert!(light_verb("eat", None).is_none());
/// ```
pub fn light_verb(lemma: &str, particle: Option<&str>) -> Option<LightVerb> {
    match particle {
        Some(particle) => light(&format!("{lemma} {particle}"), Complement::Noun),
        None => light(lemma, Complement::Noun),
    }
}

/// Returns a light verb whose noun follows *in*, alone or with its object: *participate*, *take part*.
pub fn light_verb_in(lemma: &str, object: Option<&str>) -> Option<LightVerb> {
    light(lemma, Complement::In).or_else(|| light(&format!("{lemma} {}", object?), Complement::In))
}

fn light(lemma: &str, complement: Complement) -> Option<LightVerb> {
    let effect = find(lemma, Pos::Verb, complement)?;
    Some(LightVerb { role: effect.role?, effect })
}

/// Returns the class of the clause a word embeds (`knows`, `says`, `pretends`), empty if it is unknown.
pub fn clause_class(word: Token<'_>) -> &'static str {
    let Some(pos) = open_class(word) else { return "" };
    rows_of(word.lemma(), pos).first().map_or("", |row| row.clause)
}

/// Returns the particle of a verb: *out* in *pointed out*. Trees also call it an adverb, tagged as a particle.
pub fn particle(verb: Token<'_>) -> Option<Token<'_>> {
    verb.child(Deprel::CompoundPrt).or_else(|| {
        verb.children().find(|child| child.deprel() == Deprel::Advmod && child.xpos() == Xpos::RP)
    })
}

fn open_class(token: Token<'_>) -> Option<Pos> {
    match token.upos() {
        Upos::Verb => Some(Pos::Verb),
        Upos::Noun => Some(Pos::Noun),
        Upos::Adj => Some(Pos::Adjective),
        _ => None,
    }
}

static PREDICATES: LazyLock<Vec<Predicate>> = LazyLock::new(|| {
    rows(TABLE).map(|row| read(row).expect("predicates.tsv is read by a test")).collect()
});

const TABLE: &str = include_str!("../data/en/predicates.tsv");

/// The rows of a lemma, the first complement first.
fn rows_of(lemma: &str, pos: Pos) -> &'static [Predicate] {
    let key = |row: &Predicate| (row.lemma, row.pos).cmp(&(lemma, pos));
    let from = PREDICATES.partition_point(|row| key(row).is_lt());
    let count = PREDICATES[from..].iter().take_while(|row| key(row).is_eq()).count();
    &PREDICATES[from..from + count]
}

fn find(lemma: &str, pos: Pos, complement: Complement) -> Option<&'static Predicate> {
    rows_of(lemma, pos).iter().find(|row| row.takes(complement))
}

fn read(row: Row<'static>) -> Option<Predicate> {
    let [lemma, pos, complements, class, clause, role, status, polarity, certainty, _source] =
        row.columns()?;
    let mut set = Complements::default();
    for name in complements.split(',') {
        set.0 |= 1 << COMPLEMENTS.iter().find(|(other, _)| *other == name)?.1 as u16;
    }
    Some(Predicate {
        lemma,
        pos: match pos {
            "adj" => Pos::Adjective,
            "adv" => Pos::Adverb,
            "noun" => Pos::Noun,
            "verb" => Pos::Verb,
            _ => return None,
        },
        complements: set,
        class: match class {
            "-" => None,
            _ => Some(class.parse().ok()?),
        },
        clause: match clause {
            "-" => "",
            _ => CLAUSE_CLASSES.iter().find(|other| **other == clause)?,
        },
        role: match role {
            "-" => None,
            "does" => Some(LightRole::Does),
            "hosts" => Some(LightRole::Hosts),
            "undergoes" => Some(LightRole::Undergoes),
            "nothing" => Some(LightRole::Nothing),
            _ => return None,
        },
        status: match status {
            "-" => None,
            _ => Some(status.parse().ok()?),
        },
        polarity: match polarity {
            "-" => Polarity::Positive,
            _ => polarity.parse().ok()?,
        },
        certainty: match certainty {
            "-" => Certainty::Certain,
            _ => certainty.parse().ok()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_the_table_is_sorted() {
        for row in rows(TABLE) {
            assert!(read(row).is_some(), "{}", row.text());
        }
        assert!(PREDICATES.is_sorted_by_key(|row| (row.lemma, row.pos)));
        assert!(PREDICATES.len() > 800);
    }

    #[test]
    fn no_two_rows_of_a_word_contradict_each_other() {
        for rows in PREDICATES.chunk_by(|a, b| (a.lemma, a.pos) == (b.lemma, b.pos)) {
            let word = rows[0].lemma;
            let mut seen = Complements::default();
            for row in rows {
                assert_eq!(seen.0 & row.complements.0, 0, "{word}: a complement has two rows");
                seen.0 |= row.complements.0;
            }
            let effect = |row: &Predicate| (row.status, row.polarity, row.certainty);
            for (at, row) in rows.iter().enumerate() {
                let same = rows[at + 1..].iter().any(|other| effect(other) == effect(row));
                assert!(!same, "{word}: two rows say the same, make them one");
            }
            let count = |is: fn(&Predicate) -> bool| rows.iter().filter(|row| is(row)).count();
            assert!(count(|row| row.class.is_some()) <= 1, "{word}: two rows are cues");
            let later = rows[1..].iter().all(|row| row.clause.is_empty());
            assert!(later, "{word}: the clause class belongs on the first row");
        }
    }

    #[test]
    fn cells_are_set_for_the_complements_that_need_them() {
        const CONTENT: [Complement; 6] = [
            Complement::Quote,
            Complement::That,
            Complement::To,
            Complement::ObjectTo,
            Complement::NounPhrase,
            Complement::Addressee,
        ];
        for row in PREDICATES.iter() {
            let is_cue = CONTENT.iter().any(|content| row.takes(*content));
            assert_eq!(row.class.is_some(), is_cue, "{}: class", row.lemma);
            let is_light = row.takes(Complement::Noun) || row.takes(Complement::In);
            assert_eq!(row.role.is_some(), is_light, "{}: role", row.lemma);
            assert!(!row.takes(Complement::Clause) || !row.clause.is_empty(), "{}", row.lemma);
        }
    }

    #[test]
    fn a_complement_decides_what_a_word_means() {
        let that = find("tell", Pos::Verb, Complement::That).unwrap();
        let act = find("tell", Pos::Verb, Complement::Act).unwrap();
        assert_eq!((that.status, act.status), (None, Some(Status::Proposed)));
        let deny = find("deny", Pos::Verb, Complement::That).unwrap();
        assert!(deny.polarity == Polarity::Negative && !deny.takes(Complement::To));
        assert_eq!(light_verb("call", Some("off")).unwrap().effect.status, Some(Status::Cancelled));
        assert_eq!(light_verb_in("take", Some("part")).unwrap().role, LightRole::Does);
        assert_eq!(cue_class_of_lemma("hope"), Some(CueClass::Attitude));
    }
}
