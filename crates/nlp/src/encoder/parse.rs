//! Trees: a score for each pair of tokens, the best tree over them, and a relation for each arc (Dozat and Manning 2017).

use fearless_simd::dispatch;

use super::{
    lanes::leaky_relu,
    linear::Linear,
    products::{Columns, Rows, dot},
    rounded::Rounded,
    transformer::Encoded,
    tree::{Arcs, ROOT},
    weights::Weights,
    window::Stretch,
};
use crate::{analysis::TokenRecord, tags::Deprel};

/// Slope of the activation for negative numbers.
const SLOPE: f32 = 0.1;

/// Tokens whose relations are scored together.
const TOGETHER: usize = 32;

/// The layers that score arcs and relations.
#[derive(Debug)]
pub(crate) struct Parser {
    /// From a vector to four views: as a dependent and as a head of an arc, then the same for relations.
    views: Linear,
    arc: Linear,
    relation: Linear,
    relations: Vec<Deprel>,
    arc_width: usize,
    relation_width: usize,
}

/// Buffers, reused from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    views: Vec<f32>,
    /// Views of the root and the tokens of a sentence.
    sentence: Vec<f32>,
    rounded: Rounded,
    dependents: Vec<f32>,
    heads: Columns,
    scores: Vec<f32>,
    relations: Vec<f32>,
}

impl Parser {
    /// Arranges the layers of a weights file.
    pub(crate) fn new(weights: &Weights<'_>, width: usize) -> Self {
        let [arc_width, relation_width] = ["arc", "relation"].map(|name| weights.setting(name));
        let relations: Vec<Deprel> = weights.labels("relations");
        let parser = Self {
            views: Linear::read(weights, "parse", width),
            arc: Linear::read(weights, "arc", arc_width),
            relation: Linear::read(weights, "relation", relation_width),
            relations,
            arc_width,
            relation_width,
        };
        assert_eq!(
            (parser.views.n_out(), parser.arc.n_out(), parser.relation.n_out()),
            (
                2 * (arc_width + relation_width),
                arc_width,
                parser.relations.len() * (relation_width + 1)
            ),
            "sizes of the layers of the parser"
        );
        assert!(
            parser.relations.iter().any(|relation| *relation != Deprel::Root),
            "relations other than `root`"
        );
        parser
    }

    /// Sets the heads and relations of the tokens of all windows.
    pub(crate) fn apply(
        &self,
        encoded: Encoded<'_>,
        scratch: &mut Scratch,
        rows: &mut [TokenRecord],
    ) {
        let machine = encoded.machine;
        let stride = self.views.stride();
        let mut all_views = std::mem::take(&mut scratch.views);
        self.views.apply(machine, encoded.vectors, &mut all_views);
        leaky_relu(machine, &mut all_views, SLOPE);
        scratch.rounded.fill(machine, &all_views, stride, self.arc_width);
        self.arc.apply(machine, &scratch.rounded, &mut scratch.dependents);
        let mut views = std::mem::take(&mut scratch.sentence);
        for stretch in encoded.stretches {
            views.clear();
            views.extend_from_slice(&all_views[stretch.root * stride..][..stride]);
            let (from, end) = (stretch.vectors.start, stretch.vectors.end);
            views.extend_from_slice(&all_views[from * stride..end * stride]);
            let heads = self.heads(encoded, stretch, &views, scratch);
            let rows = &mut rows[stretch.tokens.start as usize..stretch.tokens.end as usize];
            for ((row, &head), own) in rows.iter_mut().zip(&heads).zip(stretch.tokens.clone()) {
                row.head = match head {
                    ROOT => own,
                    head => stretch.tokens.start + u32::try_from(head - 1).expect("a short window"),
                };
            }
            self.relations(encoded, &views, &heads, scratch, rows);
        }
        scratch.views = all_views;
        scratch.sentence = views;
    }

    /// Returns the head of each token of a sentence.
    fn heads(
        &self,
        encoded: Encoded<'_>,
        stretch: &Stretch,
        views: &[f32],
        scratch: &mut Scratch,
    ) -> Vec<usize> {
        let Scratch { dependents, heads, scores, .. } = scratch;
        heads.fill(Rows::new(views, self.views.stride(), self.arc_width, self.arc_width));
        let stride = self.arc.stride();
        let dependents = &dependents[stretch.vectors.start * stride..stretch.vectors.end * stride];
        let dependents = Rows::new(dependents, stride, 0, self.arc_width);
        heads.multiply_all(encoded.machine, dependents, scores);
        Arcs::new(scores, heads.len(), stretch.tokens.len()).best_tree()
    }

    /// Sets the relations of the tokens of a sentence.
    fn relations(
        &self,
        encoded: Encoded<'_>,
        views: &[f32],
        heads: &[usize],
        scratch: &mut Scratch,
        rows: &mut [TokenRecord],
    ) {
        let (machine, stride, width) = (encoded.machine, self.views.stride(), self.relation_width);
        let dependent = 2 * self.arc_width;
        let as_head = Rows::new(views, stride, dependent + width, width);
        let tokens = views[stride..].chunks(TOGETHER * stride);
        for ((tokens, heads), rows) in
            tokens.zip(heads.chunks(TOGETHER)).zip(rows.chunks_mut(TOGETHER))
        {
            scratch.rounded.fill(machine, &tokens[dependent..], stride, width);
            self.relation.apply(machine, &scratch.rounded, &mut scratch.relations);
            let lines = scratch.relations.chunks_exact(self.relation.stride());
            for ((line, &head), row) in lines.zip(heads).zip(rows) {
                row.deprel = if head == ROOT {
                    Deprel::Root
                } else {
                    let head = as_head.row(head);
                    dispatch!(machine.level(), simd => self.best(
                        line,
                        #[inline(always)]
                        |weights| dot(simd, weights, head),
                    ))
                };
            }
        }
    }

    /// Returns the relation with the greatest score, other than that of the root.
    #[expect(clippy::inline_always, reason = "inlined into `dispatch!`")]
    #[inline(always)]
    fn best(&self, line: &[f32], dot: impl Fn(&[f32]) -> f32) -> Deprel {
        let mut best = (f32::NEG_INFINITY, Deprel::Dep);
        for (&relation, weights) in
            self.relations.iter().zip(line.chunks_exact(self.relation_width + 1))
        {
            let (bias, weights) = weights.split_last().expect("a relation has a bias");
            let score = dot(weights) + bias;
            if relation != Deprel::Root && score > best.0 {
                best = (score, relation);
            }
        }
        best.1
    }
}
