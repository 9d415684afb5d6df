//! Tests of the whole training, on a handful of sentences.

use std::sync::LazyLock;

use super::*;
use crate::{
    English, N_STATUSES, N_TYPES, check,
    net::{
        WIDTH,
        weights::{Floats, Weights},
    },
};

const COMPILED_IN: &[u8] = include_bytes!("../../../model/en/fast.weights");

/// The compiled-in network without its triggers: a file of version 2.
fn without_triggers() -> Vec<u8> {
    let weights = Weights::read(COMPILED_IN);
    let floats = Floats { triggers: None, ..weights.floats() };
    Weights::quantize(&floats, &weights.words(), weights.tags().to_vec()).write()
}

fn labels() -> TriggerLabels {
    let numbered = |name: &str, count: usize| (0..count).map(|at| format!("{name} {at}")).collect();
    TriggerLabels {
        types: numbered("type", N_TYPES),
        statuses: numbered("status", N_STATUSES),
        roles: Vec::new(),
    }
}

/// "Norway VERB Denmark.", in which the verb triggers an event.
fn example(verb: &str, trigger: Trigger) -> Example {
    let words = ["Norway", verb, "Denmark", "."].map(str::to_owned).to_vec();
    let tags = vec![
        (Upos::Propn, Xpos::NNP),
        (Upos::Verb, Xpos::VBD),
        (Upos::Propn, Xpos::NNP),
        (Upos::Punct, Xpos::Stop),
    ];
    let labels = vec![Deprel::Nsubj, Deprel::Root, Deprel::Obj, Deprel::Punct];
    let mut triggers = vec![Trigger::None; 4];
    triggers[1] = trigger;
    Example {
        words,
        tags: Some(tags),
        tree: Some((vec![1, 4, 1, 1], labels)),
        names: None,
        triggers: Some(triggers),
    }
}

fn event(kind: usize, status: usize) -> Trigger {
    let event =
        Event { types: vec![(kind, 1.0)], statuses: vec![(status, 1.0)], ..Event::default() };
    Trigger::Event(event)
}

fn settings() -> Settings {
    Settings {
        seed: 1,
        length: Length::Passes(1),
        step: 0.002,
        silver_share: 0.0,
        silver_weight: 1.0,
        gold_end: 0.0,
        batch: 60,
        n_threads: 1,
    }
}

/// A reader that learned from three sentences.
static TRAINED: LazyLock<English> = LazyLock::new(|| {
    let examples = [
        example("attacked", event(15, 4)),
        example("thanked", event(2, 4)),
        example("resembled", Trigger::None),
    ];
    let triggers: Vec<Example> = examples.iter().cycle().take(3000).cloned().collect();
    let corpus =
        Corpus { gold: examples.to_vec(), silver: Vec::new(), triggers, labels: Some(labels()) };
    let start = without_triggers();
    let weights = train(&corpus, Start::Weights(&start), settings(), &mut |_, _| {});
    English::with_weights(weights.leak())
});

#[test]
fn a_network_without_triggers_learns_them() {
    let english = &*TRAINED;
    assert_eq!(english.trigger_labels(), labels());
    let analysis = english
        .analyze("Norway attacked Denmark. Norway resembled Denmark. Norway thanked Denmark.");
    assert!(analysis.triggers().are_read());
    let best = |word: u32| {
        let trigger = analysis.triggers().at(crate::TokenIdx(word))?;
        (0..=N_TYPES).max_by_key(|&at| trigger.types[at])
    };
    assert_eq!([best(1), best(9)], [Some(16), Some(3)]);
    assert!(best(5).is_none_or(|kind| kind == 0));
    let attacked = analysis.triggers().at(crate::TokenIdx(1)).expect("it was learned");
    assert_eq!(attacked.statuses.iter().max(), Some(&attacked.statuses[4]));
    assert!(analysis.triggers().roles(attacked, crate::TokenIdx(0)).is_none());
}

#[test]
fn triggers_are_the_same_on_every_machine() {
    let english = &*TRAINED;
    for text in [
        "",
        "attacked",
        "Norway attacked Denmark and thanked rebels who shelled Oslo.",
        "!\n\nThanked.",
    ] {
        check::reading(english, text);
    }
}

#[test]
fn a_start_without_training_changes_nothing() {
    let weights = Weights::read(COMPILED_IN);
    let again = Weights::quantize(&weights.floats(), &weights.words(), weights.tags().to_vec());
    assert!(again.write() == COMPILED_IN, "numbers come back as they were");
}

#[test]
fn gradients_of_triggers_are_those_of_their_loss() {
    let corpus = Corpus { gold: vec![example("attacked", event(15, 4))], ..Corpus::default() };
    let vectors = Vectors { words: Vec::new(), dimensions: 2, numbers: Vec::new() };
    let plan = Plan::new(&corpus, &vectors);
    let mut random = Random::new(5);
    let mut parameters = Parameters::new(&plan, &mut random);
    let spot = parameters::Part::SpotWeight;
    parameters.arrays[spot.index()].iter_mut().for_each(|number| *number = random.within(0.3));
    // Two sentences of four and three rows, with a row between them.
    let mut encoded: Vec<f32> = (0..10 * WIDTH).map(|_| random.within(1.0)).collect();
    let types = |kind| Trigger::Event(Event { types: vec![(kind, 1.0)], ..Event::default() });
    let targets = [Trigger::None, types(3), types(15)];
    let word =
        |row, head, sentence, target| triggers::Word { row, head, sentence, target, weight: 1.0 };
    let words = [
        word(1, None, (1, 5), &targets[0]),
        word(3, Some(1), (1, 5), &targets[1]),
        word(6, Some(8), (6, 9), &targets[2]),
    ];
    let mut gradients = Gradients::new(&parameters);
    let mut slopes = vec![0.0; encoded.len()];
    triggers::learn(&parameters, &words, &encoded, &mut slopes, &mut gradients);
    let mut loss = |encoded: &[f32]| {
        triggers::learn(&parameters, &words, encoded, &mut vec![0.0; 10 * WIDTH], &mut gradients).0
    };
    for at in (0..10 * WIDTH).step_by(31) {
        let number = encoded[at];
        let mut moved = |by: f32| {
            encoded[at] = number + by;
            loss(&encoded)
        };
        let slope = triggers::TYPE_WEIGHT * (moved(0.01) - moved(-0.01)) / 0.02;
        encoded[at] = number;
        assert!((slopes[at] - slope).abs() < 0.02, "{at}: {} and {slope}", slopes[at]);
    }
}
