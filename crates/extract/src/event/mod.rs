//! Events: acts coded by PLOVER.
//!
//! A reader either spots triggers itself or does not. If it does, [`found`] lists the words it takes for triggers and those that frames
//! fit, and [`judged`] makes events of them with the models in [`model`]. Otherwise frames decide:
//!
//! - [`trigger`] finds the words that a [`frame`] of the [`codebook`] fits, with actors from the [`argument`]s in the tree, and
//!   [`anaphora`] the nouns that refer back to them; [`single`] keeps one event for each act.
//! - [`proposal`] adds acts that no frame knows, and [`confidence`] weighs all of them.
//!
//! In both cases [`assembly`] adds what else the text says of an act: [`reality`], [`circumstance`], [`day`], [`attribution`];
//! [`headline`] removes the acts of the headline that the text tells again, [`twice`] those that a sentence tells with two
//! words, and [`size`] counts people.

mod actor;
mod anaphora;
mod argument;
mod assembly;
mod attribution;
mod circumstance;
mod class;
pub(crate) mod codebook;
pub(crate) mod confidence;
mod day;
mod deep;
mod demand;
mod draft;
mod explain;
pub(crate) mod found;
pub(crate) mod frame;
mod headline;
mod judged;
pub(crate) mod known;
mod lead;
mod light;
pub(crate) mod model;
mod proposal;
pub(crate) mod ranker;
mod reality;
mod reason;
mod scare_quote;
mod single;
mod size;
mod trigger;
mod twice;

use crate::{entity::Entities, reading::Reading, statement::StatementDraft, time::TimeExpression};

use argument::Act;
use codebook::Codebook;
pub(crate) use draft::{EventDraft, EventIdx, SizeDraft};
pub(crate) use explain::{Reason, explain};
use frame::Fit;
pub use judged::LeastConfidence;
use known::Known;
use model::Models;

/// Returns the events of a document, in the order of their triggers.
pub(crate) fn read(
    codebook: &Codebook,
    models: &Models,
    least: LeastConfidence,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
) -> Vec<EventDraft> {
    let known = Known::new(codebook, reading, times, entities, statements);
    if reading.analysis.triggers().are_read() {
        let mut events = judged::events(&known, models, least);
        twice::merge(&known, &mut events);
        headline::merge(&known, &mut events);
        size::read(reading, &mut events);
        return events;
    }
    let trigger::Framed { acts, vetoed } = trigger::find(&known);
    let mut events = framed(&known, acts);
    let mut ranker = confidence::Ranker::new(codebook, reading, entities);
    let proposals: Vec<EventDraft> = reading
        .analysis
        .tokens()
        .filter(|token| vetoed.binary_search(&token.idx()).is_err())
        .filter_map(|token| proposal::of(codebook, token, &known.actors, &events, &mut ranker))
        .map(|(act, fit, confidence)| EventDraft {
            confidence,
            ..assembly::event(&known, &act, assembly::setting(&known, &act), fit, &[], None)
        })
        .collect();
    ranker.weigh(&mut events);
    events.extend(proposals);
    events.sort_by_key(|event| event.trigger.1);
    headline::merge(&known, &mut events);
    size::read(reading, &mut events);
    events
}

/// Returns the training examples of a document.
#[cfg(feature = "train")]
pub(crate) fn examples(
    codebook: &Codebook,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
    annotated: &[model::train::Annotated],
) -> model::train::Examples {
    let known = Known::new(codebook, reading, times, entities, statements);
    model::train::examples(&known, annotated)
}

/// Returns the events that frames of the codebook find.
#[cfg(feature = "train")]
pub(crate) fn by_frames(
    codebook: &Codebook,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
) -> Vec<EventDraft> {
    let known = Known::new(codebook, reading, times, entities, statements);
    framed(&known, trigger::find(&known).acts)
}

fn framed(known: &Known<'_>, acts: Vec<(Act<'_>, Fit<'_>)>) -> Vec<EventDraft> {
    let mut events: Vec<EventDraft> = Vec::new();
    for (act, fit) in acts {
        let event =
            assembly::event(known, &act, assembly::setting(known, &act), fit, &events, None);
        events.push(event);
    }
    reason::doubt(known.reading, &mut events);
    events
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{Codebook, Extractor, read_document};

    /// Draws the events of a text: type, trigger, sources > targets, status, polarity, certainty.
    fn events(extractor: &Extractor, text: &str) -> String {
        let record = extractor.extract(&read_document(text));
        let names = |ids: &[dateline_core::EntityId]| {
            let name = |id: &dateline_core::EntityId| record.entities[id.index()].name.clone();
            ids.iter().map(name).collect::<Vec<_>>().join("+")
        };
        let mut found = String::new();
        for event in &record.events {
            let _ = writeln!(
                found,
                "{} {} {} > {} {:?} {:?} {:?}",
                event.kind,
                event.trigger.span.text,
                names(&event.sources),
                names(&event.targets),
                event.status,
                event.polarity,
                event.certainty,
            );
        }
        found
    }

    #[test]
    fn every_frame_fires_on_its_example() {
        let extractor = Extractor::new();
        let mut said = String::new();
        let silent = extractor.silent_frames();
        for frame in &silent {
            let found = events(&extractor, &frame.example);
            let _ =
                writeln!(said, "{} {}: {}\n{found}", frame.kind, frame.trigger(), frame.example);
        }
        assert!(silent.is_empty(), "{} frames are silent:\n{said}", silent.len());
    }

    #[test]
    fn a_frame_of_the_user_decides_and_a_veto_silences() {
        let text = "Norway stonewalled Sweden. Norway attacked Sweden.\n";
        for &kind in dateline_nlp::ReaderKind::ALL.iter().filter(|kind| kind.is_available()) {
            let own = "stonewall.v\tsubj\tobj\t-\t-\t120\tdiplomatic\tPeru stonewalled Chile.\n";
            let veto = "attack.v\tsubj\tobj\tsubj:state obj:state\t-\t190\t-\tPeru attacked Chile.\tveto\n";
            let (codebook, bad) =
                Codebook::read(&[("reject.mine.tsv", own), ("assault.mine.tsv", veto)]);
            assert_eq!(bad, []);
            let extractor = Extractor::builder().reader(kind).codebook(codebook).build();
            let found = events(&extractor, text);
            assert_eq!(
                found, "REJECT stonewalled Norway > Sweden Occurred Positive Certain\n",
                "{kind}"
            );
            let silent = extractor.silent_frames();
            assert!(silent.iter().all(|frame| !frame.file.contains("mine")), "{kind}");
        }
    }

    #[test]
    fn tense_modals_and_embedding_words_decide_status_and_polarity() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| {
            assert_eq!(events(&extractor, text).trim_end(), expected, "{text}");
        };
        check(
            "Japan will meet with South Korea.",
            "CONSULT meet Japan+South Korea >  Expected Positive Probable",
        );
        check(
            "Japan may attack China.",
            "ASSAULT attack Japan > China Hypothetical Positive Possible",
        );
        check(
            "Russia did not attack Ukraine.",
            "ASSAULT attack Russia > Ukraine Occurred Negative Certain",
        );
        check(
            "If Israel attacks Iran, Iran will retaliate.",
            "ASSAULT attacks Israel > Iran Hypothetical Positive Possible",
        );
        check(
            "France called off the talks with Mali.",
            "CONSULT talks Mali+France >  Cancelled Positive Certain",
        );
        check(
            "The planned summit between Kenya and Uganda was called off.",
            "CONSULT summit Kenya+Uganda >  Cancelled Positive Certain",
        );
        check(
            "Sweden denied a report that Norway had called off a summit with Denmark.",
            "REJECT denied a report Sweden >  Occurred Positive Certain\n\
             CONSULT summit Denmark+Norway >  Cancelled Negative Certain",
        );
        check(
            "There was no meeting between Egypt and Sudan.",
            "CONSULT meeting Egypt+Sudan >  Occurred Negative Certain",
        );
        check(
            "Plans for a summit between Kenya and Uganda were discussed.",
            "CONSULT summit Kenya+Uganda >  Expected Positive Probable",
        );
    }

    #[test]
    fn the_parties_of_a_meeting_are_found_beside_the_clause() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| {
            assert_eq!(events(&extractor, text).trim_end(), expected, "{text}");
        };
        // A place in front of the noun says where it is held.
        check(
            "Talks between Iran and Germany in Vienna ended.",
            "CONSULT Talks Iran+Germany >  Occurred Positive Certain",
        );
        check(
            "The Geneva talks between Iran and Germany ended.",
            "CONSULT talks Iran+Germany >  Occurred Positive Certain",
        );
        check(
            "The Chadian president telephoned the Kenyan president and proposed a meeting.",
            "CONSULT telephoned The Chadian president > the Kenyan president Occurred Positive Certain\n\
             CONSULT meeting The Chadian president+the Kenyan president >  Proposed Positive Possible",
        );
    }

    #[test]
    fn ascriptions_and_questions_are_not_requests() {
        let extractor = Extractor::new();
        for text in [
            "Norway called the answer regrettable.",
            "Reporters asked the Kenyan minister whether he would resign.",
        ] {
            assert!(!events(&extractor, text).contains("REQUEST"), "{text}");
        }
    }

    #[test]
    fn an_act_is_coded_once() {
        let extractor = Extractor::new();
        for text in [
            "The European Union imposed sanctions on Belarus.",
            "Turkey wants to hold talks with Greece.",
            "Sweden refused to extradite the activist to Turkey.",
            "Poland denied that it had attacked Belarus.",
            "North Korea threatened to attack South Korea.",
        ] {
            assert_eq!(events(&extractor, text).lines().count(), 1, "{text}");
        }
    }

    #[test]
    fn acts_outside_politics_are_not_events() {
        let extractor = Extractor::new();
        for text in [
            "Storms killed two soldiers.",
            "England beat France 2-1.",
            "Apple struck a deal with Samsung.",
            "The film attacked the mayor.",
            "Stocks were hit by fears of a recession.",
            "The striker met the ball at the far post.",
        ] {
            assert_eq!(events(&extractor, text), "", "{text}");
        }
    }
}
