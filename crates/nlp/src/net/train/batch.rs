//! One batch: forward pass, losses and all gradients.
//!
//! The sentences of a batch are concatenated in one matrix, with a row of zeros between them, so each layer is one matrix
//! product.

use super::{
    Example, Plan, Random, Step,
    encode::{Encoded, Lookup},
    matrix::{product, product_left, product_right, softmax, spread, sum_rows},
    moves,
    parameters::{Gradients, Parameters, Part},
    triggers, variety,
};
use crate::net::{
    WIDTH,
    features::{Scratch, VIEWS},
    names::N_NAME_TAGS,
    triggers::may_trigger,
};

/// Tokens after which the parser may follow its own moves. Before, it knows too little to stray usefully.
const GUIDED: usize = 300_000;

/// An example with its embedding rows and classes.
#[derive(Debug)]
pub(super) struct Prepared {
    rows: Vec<[u32; VIEWS]>,
    tags: Option<Vec<usize>>,
    example: Example,
    /// Weight of its losses, but for those of triggers.
    weight: f32,
    trigger_weight: f32,
}

impl Prepared {
    pub(super) fn new(example: Example, weight: f32, plan: &Plan) -> Self {
        let mut scratch = Scratch::default();
        Self {
            rows: example.words.iter().map(|word| plan.rows(word, &mut scratch)).collect(),
            tags: example.tags.as_ref().map(|tags| tags.iter().map(|&tag| plan.tag(tag)).collect()),
            example,
            weight,
            trigger_weight: weight,
        }
    }

    /// Sets the weight of the losses of triggers.
    pub(super) fn with_trigger_weight(self, trigger_weight: f32) -> Self {
        Self { trigger_weight, ..self }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Takes the next batch off the examples, in parts of about equal size, and returns its number of tokens.
pub(super) fn cut<'e>(
    rest: &mut &'e [&'e Prepared],
    n_tokens: usize,
    n_parts: usize,
) -> (Vec<&'e [&'e Prepared]>, usize) {
    let (mut parts, mut all) = (Vec::new(), 0);
    for part in 1..=n_parts {
        let mut end = 0;
        while end < rest.len() && all < n_tokens * part / n_parts {
            all += rest[end].len();
            end += 1;
        }
        let (taken, left) = rest.split_at(end);
        parts.push(taken);
        *rest = left;
    }
    (parts, all)
}

/// Adds the gradients of part of a batch and returns loss and count of tags, moves, names and triggers.
pub(super) fn learn(
    step: Step<'_>,
    examples: &[&Prepared],
    random: &mut Random,
    gradients: &mut Gradients,
) -> [(f32, usize); 4] {
    if examples.is_empty() {
        return [(0.0, 0); 4];
    }
    let Step { parameters, plan, n_tokens } = step;
    let varied: Vec<Option<Prepared>> = examples
        .iter()
        .map(|prepared| {
            let example = variety::varied(&prepared.example, random)?;
            let varied = Prepared::new(example, prepared.weight, plan);
            Some(varied.with_trigger_weight(prepared.trigger_weight))
        })
        .collect();
    let mut lookups = vec![None];
    let mut tag_golds = vec![None];
    let mut name_golds = vec![None];
    let mut trees = Vec::new();
    let mut words = Vec::new();
    for (prepared, varied) in examples.iter().zip(&varied) {
        let Prepared { rows, tags, example, weight, trigger_weight } =
            varied.as_ref().unwrap_or(prepared);
        if let Some(tree) = &example.tree {
            trees.push((tree, lookups.len(), *weight));
        }
        words.extend(trigger_words(example, lookups.len(), *trigger_weight));
        for (at, &rows) in rows.iter().enumerate() {
            lookups.push(Some(Lookup::new(rows, plan, random)));
            tag_golds.push(tags.as_ref().map(|tags| (tags[at], *weight)));
            name_golds.push(example.names.as_ref().map(|names| (names[at].index(), *weight)));
        }
        lookups.push(None);
        tag_golds.push(None);
        name_golds.push(None);
    }
    let encoded = Encoded::new(lookups, parameters, plan, random);
    let mut d_rows = vec![0.0; encoded.rows.len()];
    let mut classify = |layer: (Part, Part, usize), golds: &[Gold]| {
        classify(layer, parameters, &encoded.rows, golds, &mut d_rows, gradients)
    };
    let tag_loss = classify((Part::TagWeight, Part::TagBias, plan.tags.len()), &tag_golds);
    let name_loss = classify((Part::NameWeight, Part::NameBias, N_NAME_TAGS), &name_golds);
    let move_loss = if trees.is_empty() {
        (0.0, 0)
    } else {
        let strays = n_tokens >= GUIDED;
        moves::learn(parameters, &trees, &encoded.rows, strays, random, &mut d_rows, gradients)
    };
    let trigger_loss = if words.is_empty() {
        (0.0, 0)
    } else {
        triggers::learn(parameters, &words, &encoded.rows, &mut d_rows, gradients)
    };
    encoded.learn(d_rows, parameters, plan, gradients);
    [tag_loss, move_loss, name_loss, trigger_loss]
}

/// Words of a sentence that may trigger an event, if it is known whether they do. `start` is the row of the first token.
fn trigger_words(example: &Example, start: usize, weight: f32) -> Vec<triggers::Word<'_>> {
    let (Some(targets), Some(tags), Some((heads, _))) =
        (&example.triggers, &example.tags, &example.tree)
    else {
        return Vec::new();
    };
    let n_tokens = heads.len();
    let is_learned =
        |at: &usize| may_trigger(tags[*at].0) && targets[*at] != triggers::Trigger::Unknown;
    (0..n_tokens)
        .filter(is_learned)
        .map(|at| triggers::Word {
            row: start + at,
            head: Some(heads[at] as usize).filter(|&head| head < n_tokens).map(|head| start + head),
            sentence: (start, start + n_tokens),
            target: &targets[at],
            weight,
        })
        .collect()
}

/// Gold class of a row, and weight of its loss; `None` if it has none.
type Gold = Option<(usize, f32)>;

/// Applies a linear layer and a softmax to the rows with a gold class.
fn classify(
    (weight, bias, n_classes): (Part, Part, usize),
    parameters: &Parameters,
    encoded: &[f32],
    golds: &[Gold],
    d_encoded: &mut [f32],
    gradients: &mut Gradients,
) -> (f32, usize) {
    if golds.iter().all(Option::is_none) {
        return (0.0, 0);
    }
    let n_rows = golds.len();
    let mut scores = spread(parameters.get(bias), n_rows);
    product(encoded, parameters.get(weight), &mut scores, n_rows, WIDTH, n_classes);
    let (mut loss, mut count) = (0.0, 0);
    for (line, gold) in scores.chunks_exact_mut(n_classes).zip(golds) {
        let Some((gold, weight)) = *gold else {
            line.fill(0.0);
            continue;
        };
        softmax(line);
        loss -= line[gold].max(1e-9).ln();
        count += 1;
        line[gold] -= 1.0;
        for slope in line.iter_mut() {
            *slope *= weight;
        }
    }
    product_left(encoded, &scores, gradients.get(weight), n_rows, WIDTH, n_classes);
    sum_rows(&scores, gradients.get(bias));
    product_right(&scores, parameters.get(weight), d_encoded, n_rows, WIDTH, n_classes);
    (loss, count)
}
