//! The published JSON: its schema, and a complete handwritten record.
#![expect(clippy::unwrap_used, reason = "a test fails if the record is wrong")]

use dateline_core::{
    Certainty, Cue, CueClass, Document, Entity, EntityId, EntityKind, Event, EventDate, EventId,
    Form, Interval, Mention, Moment, Polarity, Record, Relation, RelationKind, SCHEMA, Sentence,
    Size, SizeKind, Statement, StatementId, StatementKind, Status, TextSpan, Time, TimeId,
    TimeKind, TimeMod, Trigger,
    codes::{Context, Mode, PloverType, Sector},
};

/// The schema is derived from the types. If this snapshot changes, the published format changes.
#[test]
fn the_schema_of_a_record() {
    insta::assert_json_snapshot!(schemars::schema_for!(Record));
}

#[test]
fn a_record_made_by_hand() {
    let record = by_hand();
    insta::assert_json_snapshot!(record);
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
}

#[test]
fn unknown_values_are_null_and_no_key_is_missing() {
    let mut record = by_hand();
    record.document.published = None;
    record.entities[0].country = None;
    record.statements[0].speaker = None;
    let json = serde_json::to_value(&record).unwrap();
    assert!(json["document"]["published"].is_null() && json["document"].get("published").is_some());
    assert!(json["entities"][0].get("country").is_some());
    assert!(json["statements"][0].get("speaker").is_some());
}

#[test]
fn kinds_and_modifiers_of_times_serialize_as_their_labels() {
    use TimeMod::{
        After, Approx, Before, End, EqualOrLess, EqualOrMore, LessThan, Mid, MoreThan, OnOrAfter,
        OnOrBefore, Start,
    };
    for kind in [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set] {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    for modifier in [
        After,
        Approx,
        Before,
        End,
        EqualOrLess,
        EqualOrMore,
        LessThan,
        Mid,
        MoreThan,
        OnOrAfter,
        OnOrBefore,
        Start,
    ] {
        assert_eq!(serde_json::to_value(modifier).unwrap(), modifier.as_str());
    }
}

/// The record of *Ito said Tokyo had expelled two envoys in April.*
fn by_hand() -> Record {
    let text = "Ito said Tokyo had expelled two envoys in April.";
    let span = |words: &str| {
        let start = u32::try_from(text.find(words).unwrap()).unwrap();
        let end = start + u32::try_from(words.len()).unwrap();
        TextSpan { start, end, text: words.to_owned() }
    };
    let day = |text: &str| text.parse::<Moment>().unwrap();
    let april = Interval::new(day("2021-04-01"), day("2021-05-01")).unwrap();
    let entity = |at: usize, words: &str, kind, country: &str, sectors: &[Sector]| Entity {
        id: EntityId::from_index(at),
        name: words.to_owned(),
        kind,
        country: country.parse().ok(),
        sectors: sectors.to_vec(),
        inferred: Vec::new(),
        code: Some(format!("{country}GOV")),
        titles: Vec::new(),
        link: None,
        mentions: vec![Mention { span: span(words), form: Form::Name }],
    };
    let cameo = "161".parse().ok();
    let mut document = Document::new(text)
        .with_id("envoys.txt")
        .with_published(day("2021-05-08T09:30"))
        .with_language("en");
    document.agency = Some("ANI".to_owned());
    Record {
        schema: SCHEMA.to_owned(),
        reader: Some("careful".to_owned()),
        document,
        sentences: vec![Sentence { start: 0, end: 48 }],
        entities: vec![
            entity(0, "Ito", EntityKind::Person, "JPN", &[Sector::Gov]),
            entity(1, "Tokyo", EntityKind::Place, "JPN", &[Sector::Gov]),
            entity(2, "two envoys", EntityKind::Group, "RUS", &[Sector::Gov]),
        ],
        times: vec![Time {
            id: TimeId::from_index(0),
            span: span("April"),
            kind: TimeKind::Date,
            value: "2021-04".to_owned(),
            modifier: Some(TimeMod::Mid),
            quant: None,
            freq: None,
            until: None,
            interval: Some(april),
        }],
        statements: vec![Statement {
            id: StatementId::from_index(0),
            kind: StatementKind::Indirect,
            speaker: Some(EntityId::from_index(0)),
            source: Some(span("Ito")),
            cue: Some(Cue { span: span("said"), lemma: "say".to_owned(), class: CueClass::Speech }),
            content: vec![span("Tokyo had expelled two envoys in April")],
            date: Some(EventDate {
                interval: Interval::day(day("2021-05-07").date()).unwrap(),
                time: None,
            }),
            addressee: None,
        }],
        events: vec![Event {
            id: EventId::from_index(0),
            kind: PloverType::Sanction,
            mode: Some(Mode::Expel),
            cameo,
            quad: PloverType::Sanction.quad(),
            goldstein: cameo.map(dateline_core::codes::Cameo::goldstein),
            contexts: vec![Context::Diplomatic],
            trigger: Trigger { span: span("expelled"), lemma: "expel".to_owned() },
            sources: vec![EntityId::from_index(1)],
            targets: vec![EntityId::from_index(2)],
            date: Some(EventDate { interval: april, time: Some(TimeId::from_index(0)) }),
            places: Vec::new(),
            status: Status::Occurred,
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            confidence: 0.9,
            factuality: 2.4,
            sizes: vec![Size {
                kind: SizeKind::Participants,
                number: Some(2),
                bound: None,
                span: span("two envoys"),
            }],
            attribution: vec![StatementId::from_index(0)],
            sentence: 0,
        }],
        relations: vec![Relation {
            kind: RelationKind::Response,
            from: EventId::from_index(0),
            to: EventId::from_index(0),
            evidence: span("in"),
        }],
    }
}

#[test]
fn a_record_from_before_there_were_two_readers_is_read() {
    let mut value = serde_json::to_value(by_hand()).unwrap();
    value.as_object_mut().unwrap().remove("reader");
    let read: Record = serde_json::from_value(value).unwrap();
    assert_eq!(read, Record { reader: None, ..by_hand() });
}
