//! Invariants of every record. The fuzz target shares this file.

use std::collections::BTreeSet;

use dateline_core::{Interval, Record, TextSpan, Time, TimeKind, calendar::TimexValue};
use dateline_extract::{Extractor, read_document};

/// Extracts a text and checks its record.
///
/// # Panics
///
/// If an invariant does not hold.
pub(crate) fn check(extractor: &Extractor, text: &str) -> Record {
    let document = read_document(text);
    assert_eq!(document.text, text, "the text is kept as read");
    let record = extractor.extract(&document);
    assert_eq!(record.document, document, "the document comes back as it was handed over");
    check_spans(&record);
    check_order(&record);
    check_references(&record);
    check_codes(&record);
    check_times(&record.times);

    let json = serde_json::to_string(&record).expect("a record is JSON");
    let again = serde_json::to_string(&extractor.extract(&document)).expect("a record is JSON");
    assert_eq!(json, again, "the same text gives the same bytes");
    let back: Record = serde_json::from_str(&json).expect("what is written can be read");
    assert_eq!(back, record, "a record comes back from JSON as it was");
    record
}

/// Checks that times do not overlap, that ranges end in the next time, and that a value determines its interval.
pub(crate) fn check_times(times: &[Time]) {
    for pair in times.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "times overlap: {pair:?}");
    }
    for (at, time) in times.iter().enumerate() {
        if let Some(until) = time.until {
            assert_eq!(until.index(), at + 1, "a range ends in the next time: {time:?}");
            assert!(until.index() < times.len(), "a range has an end: {time:?}");
        }
        let value: TimexValue = time.value.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(value.to_string(), time.value, "a value prints as it is read");
        // The interval of a length depends on the words around it.
        if time.kind != TimeKind::Duration {
            assert_eq!(value.interval(time.modifier), time.interval, "{time:?}");
        }
    }
}

/// Returns every span of the record that carries its text.
fn spans(record: &Record) -> Vec<&TextSpan> {
    let mut spans = Vec::new();
    for entity in &record.entities {
        spans.extend(entity.mentions.iter().map(|mention| &mention.span));
    }
    spans.extend(record.times.iter().map(|time| &time.span));
    for statement in &record.statements {
        spans.extend(&statement.source);
        spans.extend(statement.cue.as_ref().map(|cue| &cue.span));
        spans.extend(&statement.content);
    }
    spans.extend(record.events.iter().map(|event| &event.trigger.span));
    spans.extend(record.relations.iter().map(|relation| &relation.evidence));
    spans
}

/// Checks that spans are not empty and carry the text at their offsets.
fn check_spans(record: &Record) {
    let text = &record.document.text;
    let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(text.len());
    for span in spans(record) {
        assert!(span.start < span.end, "an empty span: {span:?}");
        let words = bytes
            .get(span.start as usize)
            .zip(bytes.get(span.end as usize))
            .map(|(&start, &end)| &text[start..end]);
        assert_eq!(words, Some(span.text.as_str()), "the words of {span:?}");
    }
    for sentence in &record.sentences {
        assert!(sentence.start < sentence.end, "an empty sentence: {sentence:?}");
        assert!((sentence.end as usize) < bytes.len(), "outside the text: {sentence:?}");
    }
}

/// Checks that lists are in text order, that ids count from one, and that intervals run forward.
fn check_order(record: &Record) {
    let sentences = &record.sentences;
    assert!(sentences.windows(2).all(|pair| pair[0].end <= pair[1].start), "sentences overlap");
    let times = &record.times;
    assert!(times.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "times overlap");
    let triggers: Vec<u32> = record.events.iter().map(|event| event.trigger.span.start).collect();
    assert!(triggers.is_sorted(), "events out of order: {triggers:?}");
    let firsts: Vec<_> =
        record.entities.iter().map(|entity| entity.mentions[0].span.start).collect();
    assert!(firsts.is_sorted(), "entities out of order: {firsts:?}");
    for entity in &record.entities {
        let starts: Vec<u32> = entity.mentions.iter().map(|mention| mention.span.start).collect();
        assert!(starts.is_sorted(), "mentions of {} out of order", entity.id);
    }
    for statement in &record.statements {
        let content = &statement.content;
        assert!(content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{}", statement.id);
    }
    let ids = record.entities.iter().map(|it| it.id.index()).enumerate();
    let ids = ids.chain(record.times.iter().map(|it| it.id.index()).enumerate());
    let ids = ids.chain(record.statements.iter().map(|it| it.id.index()).enumerate());
    for (place, id) in ids.chain(record.events.iter().map(|it| it.id.index()).enumerate()) {
        assert_eq!(place, id, "an id names its place");
    }
    let dates =
        record.statements.iter().map(|it| it.date).chain(record.events.iter().map(|it| it.date));
    let intervals = dates.flatten().map(|date| date.interval);
    for interval in intervals.chain(record.times.iter().filter_map(|time| time.interval)) {
        assert_eq!(Interval::new(interval.from(), interval.to()), Some(interval), "runs forward");
    }
}

/// Checks that every id refers to a part of the record, and that an event's sentence contains its trigger.
fn check_references(record: &Record) {
    let entities = || {
        record.events.iter().flat_map(|it| it.sources.iter().chain(&it.targets).chain(&it.places))
    };
    let speakers = record.statements.iter().flat_map(|it| it.speaker.iter().chain(&it.addressee));
    for id in entities().chain(speakers) {
        assert!(id.index() < record.entities.len(), "no entity {id}");
    }
    let dates =
        record.statements.iter().map(|it| it.date).chain(record.events.iter().map(|it| it.date));
    for id in dates.flatten().filter_map(|date| date.time) {
        assert!(id.index() < record.times.len(), "no time {id}");
    }
    for event in &record.events {
        for id in &event.attribution {
            assert!(id.index() < record.statements.len(), "no statement {id}");
        }
        let sentence =
            record.sentences.get(event.sentence as usize).expect("the sentence is there");
        let trigger = &event.trigger.span;
        let within = sentence.start <= trigger.start && trigger.end <= sentence.end;
        assert!(within, "{} lies outside its sentence", event.id);
        for parties in [&event.sources, &event.targets, &event.places] {
            let distinct: BTreeSet<_> = parties.iter().collect();
            assert_eq!(distinct.len(), parties.len(), "{} names a party twice", event.id);
        }
    }
    for relation in &record.relations {
        for id in [relation.from, relation.to] {
            assert!(id.index() < record.events.len(), "no event {id}");
        }
        assert_ne!(relation.from, relation.to, "an event is related to another");
    }
}

/// Checks that codes agree with each other.
fn check_codes(record: &Record) {
    for event in &record.events {
        assert_eq!(event.quad, event.kind.quad(), "{}", event.id);
        assert_eq!(
            event.goldstein,
            event.cameo.map(dateline_core::codes::Cameo::goldstein),
            "{}",
            event.id
        );
        if let Some(mode) = event.mode {
            let modes = event.kind.modes().any(|(listed, _)| listed == mode);
            assert!(modes, "{}: {} has no mode {mode}", event.id, event.kind);
        }
    }
}
