//! One batch: forward pass, losses and all gradients.
//!
//! The sentences of a batch are concatenated in one matrix, with a row of zeros between them, so each layer is one matrix
//! product.

use super::{
    Example, Plan, Random,
    encode::{Encoded, Lookup},
    matrix::{product, product_left, product_right, softmax, spread, sum_rows},
    moves,
    parameters::{Gradients, Parameters, Part},
};
use crate::net::{
    WIDTH,
    features::{Scratch, VIEWS},
    names::N_NAME_TAGS,
};

/// Approximate number of tokens in a batch.
pub(super) const TOKENS: usize = 500;

/// An example with its embedding rows and classes.
#[derive(Debug)]
pub(super) struct Prepared<'e> {
    rows: Vec<[u32; VIEWS]>,
    tags: Option<Vec<usize>>,
    example: &'e Example,
}

impl<'e> Prepared<'e> {
    pub(super) fn new(example: &'e Example, plan: &Plan) -> Self {
        let mut scratch = Scratch::default();
        Self {
            rows: example.words.iter().map(|word| plan.rows(word, &mut scratch)).collect(),
            tags: example.tags.as_ref().map(|tags| tags.iter().map(|&tag| plan.tag(tag)).collect()),
            example,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Adds the gradients of a batch and returns loss and count of tags, moves and names.
pub(super) fn learn(
    parameters: &Parameters,
    plan: &Plan,
    batch: &[&Prepared<'_>],
    epoch: usize,
    random: &mut Random,
    gradients: &mut Gradients,
) -> [(f32, usize); 3] {
    let mut lookups = vec![None];
    let mut tag_golds = vec![None];
    let mut name_golds = vec![None];
    let mut trees = Vec::new();
    for prepared in batch {
        if prepared.example.tree.is_some() {
            trees.push((prepared.example, lookups.len()));
        }
        for (at, &rows) in prepared.rows.iter().enumerate() {
            lookups.push(Some(Lookup::new(rows, plan, random)));
            tag_golds.push(prepared.tags.as_ref().map(|tags| tags[at]));
            name_golds.push(prepared.example.names.as_ref().map(|names| names[at].index()));
        }
        lookups.push(None);
        tag_golds.push(None);
        name_golds.push(None);
    }
    let encoded = Encoded::new(lookups, parameters, plan, random);
    let mut d_rows = vec![0.0; encoded.rows.len()];
    let mut classify = |layer: (Part, Part, usize), golds: &[Option<usize>]| {
        classify(layer, parameters, &encoded.rows, golds, &mut d_rows, gradients)
    };
    let tag_loss = classify((Part::TagWeight, Part::TagBias, plan.tags.len()), &tag_golds);
    let name_loss = classify((Part::NameWeight, Part::NameBias, N_NAME_TAGS), &name_golds);
    // The first pass keeps to the gold trees, as the parser knows nothing yet.
    let move_loss = if trees.is_empty() {
        (0.0, 0)
    } else {
        moves::learn(parameters, &trees, &encoded.rows, epoch > 0, random, &mut d_rows, gradients)
    };
    encoded.learn(d_rows, parameters, plan, gradients);
    [tag_loss, move_loss, name_loss]
}

/// Applies a linear layer and a softmax to the rows with a gold class.
fn classify(
    (weight, bias, n_classes): (Part, Part, usize),
    parameters: &Parameters,
    encoded: &[f32],
    golds: &[Option<usize>],
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
        let Some(gold) = *gold else {
            line.fill(0.0);
            continue;
        };
        softmax(line);
        loss -= line[gold].max(1e-9).ln();
        count += 1;
        line[gold] -= 1.0;
    }
    product_left(encoded, &scores, gradients.get(weight), n_rows, WIDTH, n_classes);
    sum_rows(&scores, gradients.get(bias));
    product_right(&scores, parameters.get(weight), d_encoded, n_rows, WIDTH, n_classes);
    (loss, count)
}
