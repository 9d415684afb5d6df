//! The record and its parts, field for field as `dateline extract --format json` prints them.
//!
//! Offsets here are Unicode code points into [`Document::text`], half-open. What is not known is `null` or an empty list,
//! never a guess and never a missing key.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Coordinates, EntityId, EventId, Interval, Moment, StatementId, TimeId,
    codes::{Cameo, Context, Country, Mode, PloverType, Quad, Sector},
    label::labels,
};

/// The value of [`Record::schema`] this build writes.
pub const SCHEMA: &str = "dateline/1";

/// Who said and did what to whom, when, where, and how sure the text is: all that was read from one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The version of this shape: [`SCHEMA`].
    pub schema: String,
    /// The text and what is known of its origin.
    pub document: Document,
    /// The sentences, in the order of the text; none overlap.
    pub sentences: Vec<Sentence>,
    /// The people, organizations, places and groups, by first mention.
    pub entities: Vec<Entity>,
    /// The time expressions, in the order of the text.
    pub times: Vec<Time>,
    /// Who said what, in the order of the cues.
    pub statements: Vec<Statement>,
    /// What happened or may happen, in the order of the triggers.
    pub events: Vec<Event>,
    /// How events hang together.
    pub relations: Vec<Relation>,
}

/// A news text and what is known of its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Names the document; the extractor gives back what it was handed.
    pub id: Option<String>,
    /// When it was published: the day every relative time is read against.
    pub published: Option<Moment>,
    /// The headline.
    pub title: Option<String>,
    /// The outlet that published it.
    pub publisher: Option<String>,
    /// The news agency whose copy it carries: `ANI`, `AP`.
    pub agency: Option<String>,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code of the language it was read as.
    pub language: Option<String>,
    /// The input exactly as read; every offset of the record counts its code points.
    pub text: String,
}

impl Document {
    /// A text with nothing known of its origin.
    pub fn new(text: String) -> Self {
        Self {
            id: None,
            published: None,
            title: None,
            publisher: None,
            agency: None,
            byline: None,
            url: None,
            language: None,
            text,
        }
    }
}

/// A piece of [`Document::text`], with its words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// `document.text[start:end]`.
    pub text: String,
}

/// The bounds of a sentence, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// Somebody or something that can act or be acted on, or a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Names the entity in this record.
    pub id: EntityId,
    /// Its fullest name in the text, or the words of its first mention if it has no name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The country it belongs to; `null` for international organizations and where the text does not tell.
    pub country: Option<Country>,
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<Sector>,
    /// Country and first sector run together, as event data sets write an actor: `USAGOV`.
    pub code: Option<String>,
    /// Titles and offices given to it: `Press Secretary`.
    pub titles: Vec<String>,
    /// Who or which it is outside the text: the holder of the office on the day of publication, one the lexicon knows by name,
    /// or the place of the gazetteer.
    pub link: Option<Link>,
    /// Where the text speaks of it, in order.
    pub mentions: Vec<Mention>,
}

/// Somebody or some place the lexicon knows. The name is not read from the text: *the French president* of 2003 is linked to
/// *Jacques Chirac*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The id in the source that knows it: `Q7747` (Wikidata), `gn:1176734` (GeoNames), `reign:A2.9-5500`, `bioguide:O000167`;
    /// `null` where the source has none.
    pub id: Option<String>,
    /// The name it goes by there, a surname alone where the source has no more.
    pub name: String,
    /// Where on earth a city lies; `null` for people, and for regions, of which no point is the whole.
    pub coordinates: Option<Coordinates>,
}

labels! {
    /// What sort of thing an entity is.
    EntityKind, "a kind of entity, as in `person`" {
        /// One human being.
        Person = "person",
        /// A body that acts as one: a ministry, a company, a party, an alliance.
        Organization = "organization",
        /// A country, city, region or building, taken as a place.
        Place = "place",
        /// Several people without a name of their own: *10 Russian diplomats*.
        Group = "group",
    }
}

/// One place where the text speaks of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// How it is spoken of.
    pub form: Form,
}

labels! {
    /// How a mention speaks of its entity.
    Form, "a form of mention, as in `name`" {
        /// By name: *Putin*.
        Name = "name",
        /// By a description: *the press secretary*.
        Nominal = "nominal",
        /// By a pronoun: *she*.
        Pronoun = "pronoun",
    }
}

/// A time expression, as TIMEX3 of TimeML has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// Names the expression in this record.
    pub id: TimeId,
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// The TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// The TIMEX3 value: `2021-05-07`, `2021-W18`, `P3M`, `PRESENT_REF`.
    pub value: String,
    /// The TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<TimeMod>,
    /// Of a set, which ones: `EVERY`, `EACH`, `EVERY OTHER`.
    pub quant: Option<String>,
    /// Of a set, how often in each period of the value: `2X`, `3D`.
    pub freq: Option<String>,
    /// Its place on the calendar; `null` where it has none.
    pub interval: Option<Interval>,
    /// The expression that ends the range this one begins: *7* of *May 3 to 7*.
    pub until: Option<TimeId>,
}

labels! {
    /// The TIMEX3 type.
    TimeKind, "a TIMEX3 type, as in `DATE`" {
        /// A day or longer on the calendar.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A time that recurs.
        Set = "SET",
    }
}

labels! {
    /// The TIMEX3 modifier (TimeML 1.2.1, table of `mod`).
    #[expect(missing_docs, reason = "the names are TimeML's and say it all")]
    TimeMod, "a TIMEX3 modifier, as in `APPROX`" {
        Before = "BEFORE",
        After = "AFTER",
        OnOrBefore = "ON_OR_BEFORE",
        OnOrAfter = "ON_OR_AFTER",
        LessThan = "LESS_THAN",
        MoreThan = "MORE_THAN",
        EqualOrLess = "EQUAL_OR_LESS",
        EqualOrMore = "EQUAL_OR_MORE",
        Start = "START",
        Mid = "MID",
        End = "END",
        Approx = "APPROX",
    }
}

/// How a part of a record came to be what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// The id of the part it explains: `t3`.
    pub of: String,
    /// The rule that read it, in kebab-case.
    pub rule: String,
    /// What the rule went by, in the order it asked.
    pub reasons: Vec<Reason>,
}

/// One thing a rule went by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// What was asked, in kebab-case: `anchor`, `direction`.
    pub name: String,
    /// What the answer was: `2021-05-08`, `behind`.
    pub value: String,
    /// The words that gave the answer; `null` where no single words did.
    pub evidence: Option<TextSpan>,
}

/// Somebody saying something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Names the statement in this record.
    pub id: StatementId,
    /// How much of the content stands in quotation marks.
    pub kind: StatementKind,
    /// Who says it, coreference resolved.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker.
    pub source: Option<TextSpan>,
    /// The words that signal the statement.
    pub cue: Option<Cue>,
    /// What is said, without its quotation marks; one span a stretch, in the order of the text.
    pub content: Vec<TextSpan>,
    /// When it was said.
    pub date: Option<EventDate>,
    /// Who it was said to.
    pub addressee: Option<EntityId>,
}

labels! {
    /// How much of a statement's content stands in quotation marks.
    StatementKind, "a kind of statement, as in `direct`" {
        /// All of it.
        Direct = "direct",
        /// None of it.
        Indirect = "indirect",
        /// Some of it.
        Mixed = "mixed",
    }
}

/// The words that signal a statement, with the lemma of their head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// Lemma of the head: `say`.
    pub lemma: String,
    /// Whether words were said, or a view is reported.
    pub class: CueClass,
}

labels! {
    /// What a cue tells of: words, or a mind.
    CueClass, "a class of cue: `speech` or `attitude`" {
        /// Something was said or written: *say, deny, according to*.
        Speech = "speech",
        /// Somebody thinks, wants, fears or supports something, and need not have said it.
        Attitude = "attitude",
    }
}

/// When an event took or takes place, or a statement was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// The stretch of the calendar it lies in.
    #[serde(flatten)]
    pub interval: Interval,
    /// The expression it was read from; `null` where inferred.
    pub time: Option<TimeId>,
}

/// An act between political actors, coded by PLOVER and CAMEO.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Names the event in this record.
    pub id: EventId,
    /// What the act is, or would be.
    #[serde(rename = "type")]
    pub kind: PloverType,
    /// The PLOVER mode, a finer type.
    pub mode: Option<Mode>,
    /// The CAMEO code.
    pub cameo: Option<Cameo>,
    /// The quad class of the type.
    pub quad: Quad,
    /// The Goldstein score of the CAMEO code, -10 (conflict) to +10 (cooperation).
    pub goldstein: Option<f64>,
    /// PLOVER contexts: what the act is about.
    pub contexts: Vec<Context>,
    /// The words that tell the act.
    pub trigger: Trigger,
    /// Who did it; all parties of a symmetric act.
    pub sources: Vec<EntityId>,
    /// To whom.
    pub targets: Vec<EntityId>,
    /// When.
    pub date: Option<EventDate>,
    /// Where.
    pub places: Vec<EntityId>,
    /// Whether it has happened, will, or may.
    pub status: Status,
    /// Whether it is said to be so or not to be so.
    pub polarity: Polarity,
    /// How sure the text is.
    pub certainty: Certainty,
    /// How probable it is that the act is of this type, between 0 and 1: of events of confidence 0.8, four in five are.
    pub confidence: f64,
    /// How real it is by the words around it, from -3, certainly not so, to 3, certainly so, in tenths: a trained guess at what
    /// readers would say, beside the rules that give status, polarity and certainty.
    pub factuality: f64,
    /// How many were killed, hurt, arrested or took part, as far as the text tells, in its order.
    pub sizes: Vec<Size>,
    /// The statements that vouch for it, outermost first; empty where the author does.
    pub attribution: Vec<StatementId>,
    /// Index into [`Record::sentences`] of the trigger's sentence.
    pub sentence: u32,
}

/// The words that tell an act, with the lemma of their head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trigger {
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// Lemma of the head: `expel`.
    pub lemma: String,
}

/// A number of people an act is told with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Size {
    /// What became of them, or what they did.
    pub kind: SizeKind,
    /// How many; `null` where the text gives no number: *dozens*.
    pub number: Option<u64>,
    /// How the words bound the number; `null` where they give it as it is.
    pub bound: Option<Bound>,
    /// The words, with the noun they count.
    #[serde(flatten)]
    pub span: TextSpan,
}

labels! {
    /// What a number of people is of: PLOVER's `size`, and those who take part.
    SizeKind, "a kind of number, as in `dead`" {
        /// Killed.
        Dead = "dead",
        /// Hurt.
        Injured = "injured",
        /// Arrested.
        Arrested = "arrested",
        /// Those who protest, march or strike, or are sent.
        Participants = "participants",
    }
}

labels! {
    /// How words bound a number.
    Bound, "a bound, as in `at_least`" {
        /// *At least*, *more than*.
        AtLeast = "at_least",
        /// *Up to*, *fewer than*.
        AtMost = "at_most",
        /// *About*, *some*.
        About = "about",
    }
}

labels! {
    /// Where an act stands between a wish and a fact.
    Status, "a status: proposed, expected, scheduled, ongoing, occurred, postponed, cancelled or hypothetical" {
        /// Somebody wants, offers, asks or hopes for it.
        Proposed = "proposed",
        /// The text takes it to be coming, with no fixed arrangement.
        Expected = "expected",
        /// Arranged, with a time or a place.
        Scheduled = "scheduled",
        /// Under way.
        Ongoing = "ongoing",
        /// It happened.
        Occurred = "occurred",
        /// Put off.
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Only under a condition, or a bare possibility.
        Hypothetical = "hypothetical",
    }
}

labels! {
    /// Where an event of the world stands on a day, by all that was reported until then: the statuses of single reports, and
    /// what only several reports, or none, can tell.
    Standing, "a standing: proposed, expected, scheduled, ongoing, occurred, postponed, cancelled, hypothetical, disputed or unreported" {
        /// Somebody wants, offers, asks or hopes for it.
        Proposed = "proposed",
        /// It is taken to be coming, with no fixed arrangement.
        Expected = "expected",
        /// Arranged, with a time or a place.
        Scheduled = "scheduled",
        /// Under way.
        Ongoing = "ongoing",
        /// It happened.
        Occurred = "occurred",
        /// Put off.
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Only under a condition, or a bare possibility.
        Hypothetical = "hypothetical",
        /// Independent sources contradict each other.
        Disputed = "disputed",
        /// It was planned, its date has passed, and nobody has reported that it took place.
        Unreported = "unreported",
    }
}

labels! {
    /// Whether an act is said to be so or not.
    Polarity, "a polarity: `positive` or `negative`" {
        /// Said to be so.
        Positive = "positive",
        /// Said not to be so.
        Negative = "negative",
    }
}

labels! {
    /// How sure the text is of an act.
    Certainty, "a certainty: `certain`, `probable` or `possible`" {
        /// Told as a fact.
        Certain = "certain",
        /// Told as likely.
        Probable = "probable",
        /// Told as possible.
        Possible = "possible",
    }
}

/// How one event stands to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// What holds: `from` KIND `to`, as in *v3 response v2*: v3 responds to v2.
    pub kind: RelationKind,
    /// The event that stands in the relation.
    pub from: EventId,
    /// The event it stands in the relation to.
    pub to: EventId,
    /// The words that say so.
    pub evidence: TextSpan,
}

labels! {
    /// What holds between two events, read from the first to the second.
    RelationKind, "a relation, as in `response`" {
        /// The first comes before the second.
        Before = "before",
        /// The first comes after the second.
        After = "after",
        /// The first happens while the second does.
        During = "during",
        /// The first answers the second.
        Response = "response",
        /// The first causes the second.
        Cause = "cause",
        /// Both are one event.
        Same = "same",
    }
}
