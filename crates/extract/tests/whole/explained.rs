//! Explanations agree with the record: each event of each fixture has its parts explained as they are, with words of the text.

use std::fs;

use dateline_core::{Event, Explanation, Polarity, Reason};
use dateline_extract::{Extractor, ReaderKind, read_document};
use insta::glob;

#[test]
fn every_part_of_every_event_is_explained_as_it_is() {
    for &kind in ReaderKind::ALL.iter().filter(|kind| kind.is_available()) {
        let extractor = Extractor::builder().reader(kind).build();
        glob!("../../../../fixtures", "*/*.txt", |path| {
            let text = fs::read_to_string(path).expect("fixtures are UTF-8");
            let document = read_document(&text);
            let (record, explanations) = extractor.explain(&document);
            assert_eq!(
                record,
                extractor.extract(&document),
                "{kind} reads {} twice",
                path.display()
            );
            for event in &record.events {
                let id = event.id.to_string();
                let explanation = explanations.iter().find(|one| one.of == id);
                let explanation = explanation.expect("each event has an explanation");
                if let Some(fault) = fault(event, explanation) {
                    panic!("{kind}, {}, {id}: {fault} in {explanation:#?}", path.display());
                }
            }
        });
    }
}

/// Returns what an explanation says differently from the event.
fn fault(event: &Event, explanation: &Explanation) -> Option<String> {
    let named = |name: &str| -> Vec<&Reason> {
        explanation.reasons.iter().filter(|reason| reason.name == name).collect()
    };
    let parties = |name: &str, ids: &[dateline_core::EntityId]| {
        let told: Vec<&str> = named(name)
            .iter()
            .map(|reason| reason.value.split(',').next().unwrap_or_default())
            .collect();
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        (told != ids).then(|| format!("{name} {told:?}, expected {ids:?}"))
    };
    let last = |name: &str| named(name).last().map(|reason| reason.value.clone());
    let status = last("status");
    parties("source", &event.sources)
        .or_else(|| parties("target", &event.targets))
        .or_else(|| {
            let wrong = status.as_deref() != Some(event.status.as_str());
            wrong.then(|| format!("status {status:?}, expected {}", event.status))
        })
        .or_else(|| {
            let denied = last("polarity").is_some_and(|value| value == "negative");
            let wrong = denied != (event.polarity == Polarity::Negative);
            wrong.then(|| format!("polarity, expected {}", event.polarity))
        })
        .or_else(|| {
            let wrong = event.date.is_some() == named("date").is_empty();
            wrong.then(|| "date".to_owned())
        })
        .or_else(|| {
            let told =
                last("confidence").filter(|told| *told != format!("{:.2}", event.confidence));
            told.map(|told| format!("confidence {told}, expected {}", event.confidence))
        })
        .or_else(|| {
            let frame = !named("frame").is_empty() || !named("type").is_empty();
            (!frame).then(|| "no frame or type".to_owned())
        })
}
