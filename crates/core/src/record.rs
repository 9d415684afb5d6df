//! The record and its parts, field for field as `dateline extract --format json` prints them.
//!
//! Offsets are Unicode code points into [`Document::text`], half-open. An unknown value is `null` or an empty list; no key is
//! ever missing.
//!
//! The structs can be built with literals, because a record is plain data. A field may be added in a minor release, except in
//! [`Document`], which callers build most often: it is `#[non_exhaustive]` and starts with [`Document::new`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Coordinates, EntityId, EventId, Interval, Moment, StatementId, TimeId,
    codes::{Cameo, Context, Country, Mode, PloverType, Quad, Sector},
};

use dateline_data::labels;

/// Value of [`Record::schema`] that this build writes.
pub const SCHEMA: &str = "dateline/1";

/// Everything read from one document: who said and did what to whom, when, where, and how certain the text is.
///
/// ```
/// use dateline_core::Record;
///
/// let json = r#"{
///     "schema": "dateline/1",
///     "reader": "fast",
///     "document": {
///         "id": null, "published": "2021-05-08", "title": null, "publisher": null, "agency": null,
///         "byline": null, "url": null, "language": "en", "text": "Talks resumed on Friday."
///     },
///     "sentences": [{ "start": 0, "end": 24 }],
///     "entities": [],
///     "times": [{
///         "id": "t1", "start": 17, "end": 23, "text": "Friday", "type": "DATE", "value": "2021-05-07", "mod": null,
///         "quant": null, "freq": null, "interval": { "from": "2021-05-07", "to": "2021-05-08" }, "until": null
///     }],
///     "statements": [], "events": [], "relations": []
/// }"#;
/// let record: Record = serde_json::from_str(json)?;
/// assert_eq!(record.times[0].span.text, "Friday");
/// assert_eq!(record.times[0].value, "2021-05-07");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this format: [`SCHEMA`].
    pub schema: String,
    /// Reader of the language that the record was made with: `careful` or `fast`; `null` if it is not known, as in records from
    /// before there were two.
    pub reader: Option<String>,
    /// The text and its metadata.
    pub document: Document,
    /// Sentences, in text order; they do not overlap.
    pub sentences: Vec<Sentence>,
    /// People, organizations, places and groups, ordered by first mention.
    pub entities: Vec<Entity>,
    /// Time expressions, in text order.
    pub times: Vec<Time>,
    /// Statements (who said what), in the order of their cues.
    pub statements: Vec<Statement>,
    /// Events that happened or may happen, in the order of their triggers.
    pub events: Vec<Event>,
    /// Relations between events.
    pub relations: Vec<Relation>,
}

/// A news text and its metadata.
///
/// ```
/// use dateline_core::Document;
///
/// let document = Document::new("Talks resumed on Friday.")
///     .with_id("talks.txt")
///     .with_published("2021-05-08".parse::<dateline_core::Moment>()?);
/// assert_eq!(document.id.as_deref(), Some("talks.txt"));
/// # Ok::<(), dateline_core::MomentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Document {
    /// Identifier chosen by the caller. The extractor returns it unchanged.
    pub id: Option<String>,
    /// Publication date. Relative times such as *Friday* are resolved against it.
    pub published: Option<Moment>,
    /// Headline.
    pub title: Option<String>,
    /// Outlet that published it.
    pub publisher: Option<String>,
    /// News agency that supplied the text: `ANI`, `AP`.
    pub agency: Option<String>,
    /// Author line, as printed.
    pub byline: Option<String>,
    /// Address it was published at.
    pub url: Option<String>,
    /// Language, as an ISO 639-1 code.
    pub language: Option<String>,
    /// The input exactly as read. Every offset in the record counts its code points.
    pub text: String,
}

impl Document {
    /// Creates a document from a text, with no metadata.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            id: None,
            published: None,
            title: None,
            publisher: None,
            agency: None,
            byline: None,
            url: None,
            language: None,
            text: text.into(),
        }
    }

    /// Sets the identifier.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the publication date.
    #[must_use]
    pub fn with_published(mut self, published: impl Into<Moment>) -> Self {
        self.published = Some(published.into());
        self
    }

    /// Sets the headline.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the outlet.
    #[must_use]
    pub fn with_publisher(mut self, publisher: impl Into<String>) -> Self {
        self.publisher = Some(publisher.into());
        self
    }

    /// Sets the address.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the language, an ISO 639-1 code.
    #[must_use]
    pub fn with_language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }
}

/// A span of [`Document::text`], with its words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// Offset of the first code point.
    pub start: u32,
    /// Offset after the last code point.
    pub end: u32,
    /// The text of the span.
    pub text: String,
}

/// Bounds of a sentence, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Offset of the first code point.
    pub start: u32,
    /// Offset after the last code point.
    pub end: u32,
}

/// A person, organization, group or place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Identifier, unique in the record.
    pub id: EntityId,
    /// Fullest name in the text, or the words of the first mention if it has no name.
    pub name: String,
    /// Kind of entity.
    pub kind: EntityKind,
    /// Country it belongs to; `null` for international organizations and if the text does not say.
    pub country: Option<Country>,
    /// PLOVER sectors, most specific first.
    pub sectors: Vec<Sector>,
    /// Actor code: country and first sector, joined as in event data sets (`USAGOV`).
    pub code: Option<String>,
    /// Titles and offices used for it: `Press Secretary`.
    pub titles: Vec<String>,
    /// Identity outside the text: the holder of the office on the publication date, a person the lexicon knows by name, or a
    /// place in the gazetteer.
    pub link: Option<Link>,
    /// Facts about it that are inferred from the rest of the article, and not told.
    #[serde(default)]
    pub inferred: Vec<Inference>,
    /// Mentions in the text, in order.
    pub mentions: Vec<Mention>,
}

/// A person or place in the lexicon that an entity was linked to.
///
/// The name does not have to be in the text: *the French president* in 2003 is linked to *Jacques Chirac*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Identifier in the source of the lexicon entry: `Q7747` (Wikidata), `gn:1176734` (GeoNames), `reign:A2.9-5500`,
    /// `bioguide:O000167`; `null` if the source has none.
    pub id: Option<String>,
    /// Name in the source; only a surname if the source has no more.
    pub name: String,
    /// Coordinates of a city; `null` for people and for regions.
    pub coordinates: Option<Coordinates>,
}

labels! {
    #[serde]
    /// Kind of entity.
    pub enum EntityKind, "a kind of entity, as in `person`" {
        /// One human being.
        Person = "person",
        /// A body that acts as one: a ministry, company, party or alliance.
        Organization = "organization",
        /// A country, city, region or building, as a location.
        Place = "place",
        /// Several people without a name: *10 Russian diplomats*.
        Group = "group",
    }
}

impl Entity {
    /// Returns the country that the article tells, which an inferred one is not.
    pub fn told_country(&self) -> Option<Country> {
        self.country.filter(|_| !self.inferred.contains(&Inference::Country))
    }

    /// Returns the sectors that the article tells.
    pub fn told_sectors(&self) -> &[Sector] {
        if self.inferred.contains(&Inference::Sectors) { &[] } else { &self.sectors }
    }

    /// Returns the code that follows from what the article tells.
    pub fn told_code(&self) -> Option<String> {
        if self.inferred.contains(&Inference::Country) {
            return None;
        }
        if self.inferred.contains(&Inference::Sectors) {
            return self.country.map(|country| actor_code(self.kind, country, None));
        }
        self.code.clone()
    }
}

/// Returns the code of an actor of a country, as event data sets write it: the country, and its first sector.
///
/// A bare country code means the country itself, so an organization without a known sector gets `UNK`.
///
/// ```
/// use dateline_core::{EntityKind, actor_code, codes::Sector};
///
/// let kenya = "KEN".parse().unwrap();
/// assert_eq!(actor_code(EntityKind::Person, kenya, Some(Sector::Gov)), "KENGOV");
/// assert_eq!(actor_code(EntityKind::Organization, kenya, None), "KENUNK");
/// ```
pub fn actor_code(kind: EntityKind, country: Country, sector: Option<Sector>) -> String {
    let unknown = (kind == EntityKind::Organization).then_some(Sector::Unk);
    let sector = sector.or(unknown).map_or("", |sector| sector.as_str());
    format!("{country}{sector}")
}

labels! {
    #[serde]
    /// Fact about an entity that is inferred from the rest of the article.
    pub enum Inference, "an inferred fact, `country` or `sectors`" {
        /// Its country.
        Country = "country",
        /// Its sectors.
        Sectors = "sectors",
    }
}

/// A mention of an entity in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// Form of the mention.
    pub form: Form,
}

labels! {
    #[serde]
    /// Form of a mention.
    pub enum Form, "a form of mention, as in `name`" {
        /// A name: *Putin*.
        Name = "name",
        /// A description: *the press secretary*.
        Nominal = "nominal",
        /// A pronoun: *she*.
        Pronoun = "pronoun",
    }
}

/// A time expression, in terms of TimeML's TIMEX3 tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// Identifier, unique in the record.
    pub id: TimeId,
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value: `2021-05-07`, `2021-W18`, `P3M`, `PRESENT_REF`. See [`TimexValue`](crate::calendar::TimexValue).
    pub value: String,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<TimeMod>,
    /// Quantifier of a set: `EVERY`, `EACH`, `EVERY OTHER`.
    pub quant: Option<String>,
    /// Frequency of a set within each period of its value: `2X`, `3D`.
    pub freq: Option<String>,
    /// Position on the calendar; `null` if it has none.
    pub interval: Option<Interval>,
    /// Expression that ends the range this one begins: *7* in *May 3 to 7*.
    pub until: Option<TimeId>,
}

labels! {
    #[serde]
    /// TIMEX3 type.
    pub enum TimeKind, "a TIMEX3 type, as in `DATE`" {
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
    #[serde]
    /// TIMEX3 modifier (TimeML 1.2.1, attribute `mod`).
    #[expect(missing_docs, reason = "the names are TimeML's")]
    pub enum TimeMod, "a TIMEX3 modifier, as in `APPROX`" {
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

/// Why a part of a record was read as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// Identifier of the part it explains: `t3`.
    pub of: String,
    /// Name of the rule that read it, in kebab-case.
    pub rule: String,
    /// Evidence the rule used, in the order it was considered.
    pub reasons: Vec<Reason>,
}

/// One piece of evidence a rule used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Name of the question, in kebab-case: `anchor`, `direction`.
    pub name: String,
    /// The answer: `2021-05-08`, `behind`.
    pub value: String,
    /// Words that gave the answer; `null` if no particular words did.
    pub evidence: Option<TextSpan>,
}

/// A statement: somebody says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Identifier, unique in the record.
    pub id: StatementId,
    /// Share of the content in quotation marks: all, some or none.
    pub kind: StatementKind,
    /// Speaker, after coreference resolution.
    pub speaker: Option<EntityId>,
    /// Words that name the speaker.
    pub source: Option<TextSpan>,
    /// Words that signal the statement.
    pub cue: Option<Cue>,
    /// The words said, without quotation marks: one span for each continuous stretch, in text order.
    pub content: Vec<TextSpan>,
    /// Date it was said.
    pub date: Option<EventDate>,
    /// Person or body it was said to.
    pub addressee: Option<EntityId>,
}

labels! {
    #[serde]
    /// Share of a statement's content in quotation marks.
    pub enum StatementKind, "a kind of statement, as in `direct`" {
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
    /// Class of the cue: speech or attitude.
    pub class: CueClass,
}

labels! {
    #[serde]
    /// Class of a cue: it reports words, or a state of mind.
    pub enum CueClass, "a class of cue: `speech` or `attitude`" {
        /// Something was said or written: *say, deny, according to*.
        Speech = "speech",
        /// Somebody thinks, wants, fears or supports something, and need not have said it.
        Attitude = "attitude",
    }
}

/// Date of an event or statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// Interval it falls in.
    #[serde(flatten)]
    pub interval: Interval,
    /// Time expression it was read from; `null` if inferred.
    pub time: Option<TimeId>,
}

/// An event between political actors, coded in PLOVER and CAMEO.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Identifier, unique in the record.
    pub id: EventId,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: PloverType,
    /// PLOVER mode, which refines the type.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: Option<Cameo>,
    /// Quad class of the type.
    pub quad: Quad,
    /// Goldstein score of the CAMEO code, from -10 (conflict) to +10 (cooperation).
    pub goldstein: Option<f64>,
    /// PLOVER contexts: topics of the event.
    pub contexts: Vec<Context>,
    /// Words that denote the event.
    pub trigger: Trigger,
    /// Actors who did it; all parties if the event is symmetric, such as a meeting.
    pub sources: Vec<EntityId>,
    /// Actors it was done to.
    pub targets: Vec<EntityId>,
    /// Date of the event.
    pub date: Option<EventDate>,
    /// Locations of the event.
    pub places: Vec<EntityId>,
    /// Status: occurred, scheduled, proposed and so on.
    pub status: Status,
    /// Polarity: asserted or denied.
    pub polarity: Polarity,
    /// Certainty the text expresses.
    pub certainty: Certainty,
    /// Calibrated probability that the type is right, from 0 to 1: of events with confidence 0.8, four in five are.
    pub confidence: f64,
    /// Factuality, from -3 (certainly did not happen) to 3 (certainly happened), in tenths. A model predicts it, independently of
    /// the rules that give status, polarity and certainty.
    pub factuality: f64,
    /// Numbers of people killed, injured, arrested or taking part, in text order.
    pub sizes: Vec<Size>,
    /// Statements that report it, outermost first; empty if the author does.
    pub attribution: Vec<StatementId>,
    /// Index into [`Record::sentences`] of the sentence with the trigger.
    pub sentence: u32,
}

/// The words that denote an event, with the lemma of their head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trigger {
    /// The words.
    #[serde(flatten)]
    pub span: TextSpan,
    /// Lemma of the head: `expel`.
    pub lemma: String,
}

/// A number of people involved in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Size {
    /// Role of the people counted.
    pub kind: SizeKind,
    /// The number; `null` if the text gives none, as in *dozens*.
    pub number: Option<u64>,
    /// Bound the words put on the number; `null` if they give it as exact.
    pub bound: Option<Bound>,
    /// The words, including the noun they count.
    #[serde(flatten)]
    pub span: TextSpan,
}

labels! {
    #[serde]
    /// Role of the people a number counts: PLOVER's `size` fields, and participants.
    pub enum SizeKind, "a kind of number, as in `dead`" {
        /// Killed.
        Dead = "dead",
        /// Injured.
        Injured = "injured",
        /// Arrested.
        Arrested = "arrested",
        /// Protesters, marchers or strikers, or people who are sent.
        Participants = "participants",
    }
}

labels! {
    #[serde]
    /// Bound that words put on a number.
    pub enum Bound, "a bound, as in `at_least`" {
        /// *At least*, *more than*.
        AtLeast = "at_least",
        /// *Up to*, *fewer than*.
        AtMost = "at_most",
        /// *About*, *some*.
        About = "about",
    }
}

labels! {
    #[serde]
    /// Status of an event, from proposed to occurred.
    pub enum Status, "a status: proposed, expected, scheduled, ongoing, occurred, postponed, cancelled or hypothetical" {
        /// Wanted, offered, requested or hoped for.
        Proposed = "proposed",
        /// Expected, without a fixed arrangement.
        Expected = "expected",
        /// Arranged, with a time or a place.
        Scheduled = "scheduled",
        /// Under way.
        Ongoing = "ongoing",
        /// Happened.
        Occurred = "occurred",
        /// Postponed.
        Postponed = "postponed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Conditional, or merely possible.
        Hypothetical = "hypothetical",
    }
}

labels! {
    #[serde]
    /// Status of an event across all reports up to a day: a [`Status`], or one that only several reports (or none) can show.
    pub enum Standing, "a standing: proposed, expected, scheduled, ongoing, occurred, postponed, cancelled, hypothetical, disputed or unreported" {
        /// Wanted, offered, requested or hoped for.
        Proposed = "proposed",
        /// Expected, without a fixed arrangement.
        Expected = "expected",
        /// Arranged, with a time or a place.
        Scheduled = "scheduled",
        /// Under way.
        Ongoing = "ongoing",
        /// Happened.
        Occurred = "occurred",
        /// Postponed.
        Postponed = "postponed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Conditional, or merely possible.
        Hypothetical = "hypothetical",
        /// Independent sources contradict each other.
        Disputed = "disputed",
        /// Planned, its date has passed, and no report says that it took place.
        Unreported = "unreported",
    }
}

labels! {
    #[serde]
    /// Polarity of an event: asserted or denied.
    pub enum Polarity, "a polarity: `positive` or `negative`" {
        /// The event is asserted.
        Positive = "positive",
        /// The event is denied or negated.
        Negative = "negative",
    }
}

labels! {
    #[serde]
    /// Certainty the text expresses about an event.
    pub enum Certainty, "a certainty: `certain`, `probable` or `possible`" {
        /// Stated as a fact.
        Certain = "certain",
        /// Stated as likely.
        Probable = "probable",
        /// Stated as possible.
        Possible = "possible",
    }
}

/// A relation between two events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Kind of relation, read `from` KIND `to`: in *v3 response v2*, v3 responds to v2.
    pub kind: RelationKind,
    /// First event.
    pub from: EventId,
    /// Second event.
    pub to: EventId,
    /// Words that express the relation.
    pub evidence: TextSpan,
}

labels! {
    #[serde]
    /// Kind of relation between two events, read from the first to the second.
    pub enum RelationKind, "a relation, as in `response`" {
        /// The first comes before the second.
        Before = "before",
        /// The first comes after the second.
        After = "after",
        /// The first happens while the second does.
        During = "during",
        /// The first is a response to the second.
        Response = "response",
        /// The first causes the second.
        Cause = "cause",
        /// Both are one event.
        Same = "same",
    }
}
