//! Tests of every measure, on short articles with handwritten records.

use dateline_core::{
    Certainty, Document, Entity, EntityKind, Event, EventDate, EventId, Form, Interval, Mention,
    Polarity, Record, SCHEMA, Statement, StatementId, StatementKind, Status, TextSpan, Trigger,
    codes::PloverType,
};

use super::{
    GoldRecord, score_article,
    tally::{EventCounts, Share, StatementCounts, Tally},
};

/// A record under construction; offsets are found by searching the text.
struct Sketch(Record);

impl Sketch {
    fn new(text: &str) -> Self {
        Self(Record {
            schema: SCHEMA.to_owned(),
            reader: None,
            document: Document::new(text.to_owned()),
            sentences: Vec::new(),
            entities: Vec::new(),
            times: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            relations: Vec::new(),
        })
    }

    /// The first place of some words.
    fn span(&self, words: &str) -> TextSpan {
        let text = &self.0.document.text;
        let at = text.find(words).expect("the words are in the text");
        let point = |byte: usize| u32::try_from(text[..byte].chars().count()).unwrap();
        TextSpan { start: point(at), end: point(at + words.len()), text: words.to_owned() }
    }

    /// Adds an entity with a code such as `CHLGOV`; the first mention is its name, the others are what their letter case says.
    fn entity(mut self, code: &str, mentions: &[&str]) -> Self {
        let mention = |words: &&str| {
            let is_pronoun = ["he", "she", "they"].contains(&words.to_lowercase().as_str());
            let is_name = words.starts_with(char::is_uppercase);
            let form = match (is_pronoun, is_name) {
                (true, _) => Form::Pronoun,
                (_, true) => Form::Name,
                (_, false) => Form::Nominal,
            };
            Mention { span: self.span(words), form }
        };
        let mentions: Vec<Mention> = mentions.iter().map(mention).collect();
        self.0.entities.push(Entity {
            id: format!("e{}", self.0.entities.len() + 1).parse().unwrap(),
            name: mentions[0].span.text.clone(),
            kind: EntityKind::Organization,
            country: code.get(..3).and_then(|country| country.parse().ok()),
            sectors: code.get(3..).and_then(|sector| sector.parse().ok()).into_iter().collect(),
            code: Some(code.to_owned()).filter(|code| !code.is_empty()),
            titles: Vec::new(),
            link: None,
            inferred: Vec::new(),
            mentions,
        });
        self
    }

    /// Adds an event that occurred, with sources and targets as numbers of entities from 1.
    fn event(mut self, trigger: &str, kind: PloverType, sources: &[u32], targets: &[u32]) -> Self {
        let ids =
            |numbers: &[u32]| numbers.iter().map(|n| format!("e{n}").parse().unwrap()).collect();
        let id: EventId = format!("v{}", self.0.events.len() + 1).parse().unwrap();
        self.0.events.push(Event {
            id,
            kind,
            mode: None,
            cameo: None,
            quad: kind.quad(),
            goldstein: None,
            contexts: Vec::new(),
            trigger: Trigger { span: self.span(trigger), lemma: trigger.to_owned() },
            sources: ids(sources),
            targets: ids(targets),
            date: None,
            places: Vec::new(),
            status: Status::Occurred,
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            confidence: 0.9,
            factuality: 2.0,
            sizes: Vec::new(),
            attribution: Vec::new(),
            sentence: 0,
        });
        self
    }

    /// Changes the last event.
    fn with(mut self, change: impl FnOnce(&mut Event)) -> Self {
        change(self.0.events.last_mut().expect("an event comes first"));
        self
    }

    /// Adds a statement with the pieces of its content, and its speaker as the number of an entity.
    fn statement(mut self, pieces: &[&str], speaker: Option<u32>) -> Self {
        let id: StatementId = format!("s{}", self.0.statements.len() + 1).parse().unwrap();
        self.0.statements.push(Statement {
            id,
            kind: StatementKind::Indirect,
            speaker: speaker.map(|n| format!("e{n}").parse().unwrap()),
            source: None,
            cue: None,
            content: pieces.iter().map(|words| self.span(words)).collect(),
            date: None,
            addressee: None,
        });
        self
    }

    /// Scores the record against an annotation without its `id`.
    fn score(&self, gold: &str) -> (Tally, Vec<String>) {
        let gold: GoldRecord = serde_json::from_str(&format!("{{\"id\":\"a\",{gold}}}")).unwrap();
        let (mut tally, mut differences) = (Tally::default(), Vec::new());
        score_article(&self.0.document.text, &gold, &self.0, &mut tally, &mut differences);
        (tally, differences)
    }
}

const TEXT: &str = "Chile met Peru in Oslo. “Talks,” she said, “will resume”; Ana Ruiz denied a row. Peru expelled an envoy.";

/// Chile, Peru and Ana Ruiz of Chile's government.
fn sketch() -> Sketch {
    Sketch::new(TEXT)
        .entity("CHL", &["Chile"])
        .entity("PER", &["Peru"])
        .entity("CHLGOV", &["Ana Ruiz", "she"])
}

fn events(sketch: &Sketch, gold: &str) -> EventCounts {
    sketch.score(&format!("\"ev\":[{gold}]")).0.events
}

/// All counts of one event, in which everything is right.
const ALL_RIGHT: EventCounts = EventCounts {
    expected: 1,
    spurious: 0,
    found: 1,
    typed: 1,
    quad: 1,
    source: 1,
    target: 1,
    triple: 1,
    sector: 1,
    real: 1,
    day: 1,
    whole: 1,
};

const EXPELLED: &str = r#"{"t":"expelled","type":"SANCTION","src":["Peru|PER|"],"tgt":["Chile|CHL|"],"st":"occurred"}"#;

#[test]
fn an_event_can_be_right_in_all_parts() {
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, EXPELLED), ALL_RIGHT);
}

#[test]
fn an_event_that_is_not_extracted_is_missed() {
    assert_eq!(events(&sketch(), EXPELLED), EventCounts { expected: 1, ..EventCounts::default() });
}

#[test]
fn roles_are_not_exchanged() {
    let record = sketch().event("expelled", PloverType::Sanction, &[1], &[2]);
    let expected =
        EventCounts { source: 0, target: 0, triple: 0, sector: 0, whole: 0, ..ALL_RIGHT };
    assert_eq!(events(&record, EXPELLED), expected);
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[]);
    assert_eq!(events(&record, EXPELLED), EventCounts { source: 1, ..expected });
}

#[test]
fn another_type_on_the_trigger_is_found_but_nothing_else() {
    let record = sketch().event("expelled", PloverType::Assault, &[2], &[1]);
    let expected = EventCounts { expected: 1, found: 1, quad: 1, ..EventCounts::default() };
    assert_eq!(events(&record, EXPELLED), expected, "the quad class is the same");
    let record = sketch().event("expelled", PloverType::Aid, &[2], &[1]);
    assert_eq!(events(&record, EXPELLED), EventCounts { quad: 0, ..expected });
}

#[test]
fn either_of_two_types_and_statuses_is_accepted() {
    let gold =
        EXPELLED.replace("SANCTION", "COERCE/SANCTION").replace("occurred", "ongoing/occurred");
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, &gold), ALL_RIGHT);
}

#[test]
fn status_and_polarity_make_an_event_real() {
    let record = || sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    let unreal = EventCounts { real: 0, whole: 0, ..ALL_RIGHT };
    let ongoing = record().with(|event| event.status = Status::Ongoing);
    assert_eq!(events(&ongoing, EXPELLED), unreal);
    let denied = record().with(|event| event.polarity = Polarity::Negative);
    assert_eq!(events(&denied, EXPELLED), unreal);
    let gold = EXPELLED.replace("{\"t\"", "{\"neg\":true,\"t\"");
    assert_eq!(events(&record(), &gold), unreal);
    let both = denied.with(|event| event.status = Status::Proposed);
    assert_eq!(events(&both, &gold), ALL_RIGHT, "what is denied needs no status");
}

#[test]
fn a_day_is_right_to_its_annotated_precision() {
    let on = |day: &str| {
        let interval = Interval::day(day.parse().unwrap()).unwrap();
        let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
        record.with(|event| event.date = Some(EventDate { interval, time: None }))
    };
    let gold = |day: &str| EXPELLED.replace("{\"t\"", &format!("{{\"day\":\"{day}\",\"t\""));
    assert_eq!(events(&on("2021-05-08"), &gold("2021-05-08")), ALL_RIGHT);
    assert_eq!(events(&on("2021-05-08"), &gold("2021-05")), ALL_RIGHT);
    let wrong = EventCounts { day: 0, ..ALL_RIGHT };
    assert_eq!(events(&on("2021-05-08"), &gold("2021-05-09")), wrong);
    assert_eq!(events(&on("2021-05-08"), EXPELLED), wrong, "none is told");
}

#[test]
fn symmetric_acts_may_be_split_into_source_and_target() {
    let gold =
        r#"{"t":"met","type":"CONSULT","src":["Chile|CHL|","Peru|PER|"],"tgt":[],"st":"occurred"}"#;
    let record = sketch().event("met", PloverType::Consult, &[1], &[2]);
    assert_eq!(events(&record, gold), ALL_RIGHT);
    let record = sketch().event("met", PloverType::Consult, &[1], &[]);
    let expected = EventCounts { source: 0, triple: 0, sector: 0, whole: 0, ..ALL_RIGHT };
    assert_eq!(events(&record, gold), expected);
}

#[test]
fn a_sector_is_asked_for_only_where_it_is_annotated() {
    let gold = EXPELLED.replace("Chile|CHL|", "Ana Ruiz|CHL|GOV");
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, &gold), EventCounts { sector: 0, ..ALL_RIGHT });
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[3]);
    assert_eq!(events(&record, &gold), ALL_RIGHT);
    assert_eq!(events(&record, EXPELLED), ALL_RIGHT);
}

#[test]
fn an_event_on_another_word_of_the_sentence_needs_the_same_parties() {
    let record = sketch().event("envoy", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, EXPELLED), ALL_RIGHT);
    let record = sketch().event("envoy", PloverType::Sanction, &[2], &[]);
    let expected = EventCounts { expected: 1, spurious: 1, ..EventCounts::default() };
    assert_eq!(events(&record, EXPELLED), expected);
    let record = sketch().event("met", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, EXPELLED), expected, "another sentence");
}

#[test]
fn a_type_on_the_trigger_goes_before_another_event_there() {
    let record = sketch().event("expelled", PloverType::Coerce, &[2], &[1]).event(
        "expelled",
        PloverType::Sanction,
        &[2],
        &[1],
    );
    assert_eq!(events(&record, EXPELLED), ALL_RIGHT, "the other one is a mention of it");
}

#[test]
fn optional_events_and_further_triggers_count_on_neither_side() {
    let optional = EXPELLED.replace("{\"t\"", "{\"opt\":true,\"t\"");
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, &optional), EventCounts::default());
    assert_eq!(events(&sketch(), &optional), EventCounts::default());
    let gold = EXPELLED.replace("{\"t\"", "{\"also\":[\"row\",\"Oslo@in Oslo\"],\"t\"");
    let record = record.event("row", PloverType::Sanction, &[2], &[1]).event(
        "Oslo",
        PloverType::Consult,
        &[2],
        &[1],
    );
    assert_eq!(events(&record, &gold), ALL_RIGHT);
}

#[test]
fn required_events_choose_before_optional_ones() {
    let optional = EXPELLED.replace("{\"t\"", "{\"opt\":true,\"t\"");
    let record = sketch().event("expelled", PloverType::Sanction, &[2], &[1]);
    assert_eq!(events(&record, &format!("{optional},{EXPELLED}")), ALL_RIGHT);
}

#[test]
fn an_event_without_a_unique_stretch_is_left_out() {
    let gold = EXPELLED.replace("\"expelled\"", "\"Peru\"");
    assert_eq!(events(&sketch(), &gold), EventCounts::default());
}

#[test]
fn differences_say_what_is_wrong() {
    let record = sketch().event("expelled", PloverType::Sanction, &[1], &[]).event(
        "Oslo",
        PloverType::Consult,
        &[3],
        &[],
    );
    let (_, lines) = record.score(&format!("\"ev\":[{EXPELLED}]"));
    assert_eq!(
        lines,
        [
            "wrong source,target \"expelled\" SANCTION [Peru|PER] -> [Chile|CHL] occurred got \"expelled\" SANCTION [Chile|CHL] -> [] occurred",
            "spurious \"Oslo\" CONSULT [Ana Ruiz|CHL] -> [] occurred",
        ]
    );
    let (_, lines) = sketch().score(&format!("\"ev\":[{EXPELLED}]"));
    assert_eq!(lines, ["missed \"expelled\" SANCTION [Peru|PER] -> [Chile|CHL] occurred"]);
}

#[test]
fn half_of_a_statement_is_enough_and_its_speaker_is_an_entity() {
    let gold = r#""said":[{"by":"Ana Ruiz","c":"will resume"},{"by":"x","c":"a row","opt":true}]"#;
    let check = |record: Sketch, found: usize, speaker: usize| {
        let counts = record.score(gold).0.statements;
        assert_eq!(counts, StatementCounts { expected: 1, found, speaker });
    };
    check(sketch().statement(&["will resume"], Some(3)), 1, 1);
    check(sketch().statement(&["Talks", "resume"], Some(3)), 1, 1);
    check(sketch().statement(&["will"], Some(3)), 0, 0);
    check(sketch().statement(&["will resume"], Some(2)), 1, 0);
    check(sketch().statement(&["will resume"], None), 1, 0);
}

#[test]
fn an_actor_needs_its_country_and_sector() {
    let check = |actor: &str, right: usize| {
        let counts = sketch().score(&format!("\"who\":[\"{actor}\"]")).0.actors;
        assert_eq!(counts, Share { right, expected: 1 }, "{actor}");
    };
    check("Ana Ruiz|person|CHL|GOV", 1);
    check("Minister Ruiz|person|CHL|", 1);
    check("Ana Ruiz|person|CHL|MIL", 0);
    check("Ana Ruiz|person|PER|GOV", 0);
    check("Bo Lund|person|CHL|GOV", 0);
}

#[test]
fn a_reference_belongs_to_the_entity_it_stands_for() {
    let check = |record: Sketch, right: usize| {
        let gold = r#""ref":[{"m":"she","at":"she said","is":"Ana Ruiz"},{"m":"Peru","at":"Peru","is":"Peru"}]"#;
        let counts = record.score(gold).0.references;
        assert_eq!(counts, Share { right, expected: 1 }, "the second stretch is not unique");
    };
    check(sketch(), 1);
    check(Sketch::new(TEXT).entity("PER", &["Peru", "she"]), 0);
    check(Sketch::new(TEXT).entity("CHL", &["Ana Ruiz"]), 0);
}
