//! The parameters of the network, and their gradients.

use super::{Plan, Random};
use crate::net::{
    HIDDEN, LAYERS, WIDTH,
    features::VIEWS,
    names::N_NAME_TAGS,
    transition::{N_MOVES, SLOTS, SMALL_ROWS},
    triggers::{N_SCORES, PARTS as TRIGGER_PARTS},
    weights::Floats,
};

/// The parameter arrays, in storage order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Embedding,
    Projection,
    ConvWeight(usize),
    ConvBias(usize),
    TagWeight,
    TagBias,
    NameWeight,
    NameBias,
    SlotWeight,
    SlotBias,
    Absent,
    Small,
    MoveWeight,
    MoveBias,
    ViewWeight,
    ViewBias,
    SpotWeight,
    SpotBias,
}

impl Part {
    /// Layers of triggers.
    pub(super) const TRIGGERS: [Self; 4] =
        [Self::ViewWeight, Self::ViewBias, Self::SpotWeight, Self::SpotBias];

    pub(super) fn index(self) -> usize {
        match self {
            Self::Embedding => 0,
            Self::Projection => 1,
            Self::TagWeight => 2,
            Self::TagBias => 3,
            Self::NameWeight => 4,
            Self::NameBias => 5,
            Self::SlotWeight => 6,
            Self::SlotBias => 7,
            Self::Absent => 8,
            Self::Small => 9,
            Self::MoveWeight => 10,
            Self::MoveBias => 11,
            Self::ViewWeight => 12,
            Self::ViewBias => 13,
            Self::SpotWeight => 14,
            Self::SpotBias => 15,
            Self::ConvWeight(layer) => 16 + 2 * layer,
            Self::ConvBias(layer) => 17 + 2 * layer,
        }
    }
}

/// Number of arrays.
const PARTS: usize = 16 + 2 * LAYERS;

/// The learned parameters. Matrices are ordered by input.
#[derive(Debug)]
pub(super) struct Parameters {
    pub(super) arrays: Vec<Vec<f32>>,
}

impl Parameters {
    pub(super) fn new(plan: &Plan, random: &mut Random) -> Self {
        let n_tags = plan.tags.len();
        let mut arrays = vec![Vec::new(); PARTS];
        let mut fill = |part: Part, size: usize, bound: f32| {
            arrays[part.index()] = (0..size).map(|_| random.within(bound)).collect();
        };
        let glorot = |inputs: usize, outputs: usize| (6.0 / (inputs + outputs) as f32).sqrt();
        fill(Part::Embedding, plan.vocabulary.n_rows() * WIDTH, 0.4 / (VIEWS as f32).sqrt());
        fill(Part::Projection, plan.dimensions * WIDTH, 0.5 * glorot(plan.dimensions, WIDTH));
        for layer in 0..LAYERS {
            fill(Part::ConvWeight(layer), 3 * WIDTH * 2 * WIDTH, glorot(3 * WIDTH, WIDTH));
            fill(Part::ConvBias(layer), 2 * WIDTH, 0.0);
        }
        fill(Part::TagWeight, WIDTH * n_tags, 0.0);
        fill(Part::TagBias, n_tags, 0.0);
        fill(Part::NameWeight, WIDTH * N_NAME_TAGS, 0.0);
        fill(Part::NameBias, N_NAME_TAGS, 0.0);
        fill(Part::SlotWeight, WIDTH * SLOTS * HIDDEN, glorot(WIDTH * 4, HIDDEN));
        fill(Part::SlotBias, HIDDEN, 0.0);
        fill(Part::Absent, SLOTS * HIDDEN, 0.1);
        fill(Part::Small, SMALL_ROWS * HIDDEN, 0.1);
        fill(Part::MoveWeight, HIDDEN * N_MOVES, 0.0);
        fill(Part::MoveBias, N_MOVES, 0.0);
        let seen = TRIGGER_PARTS * WIDTH;
        fill(Part::ViewWeight, seen * 2 * WIDTH, glorot(seen, WIDTH));
        fill(Part::ViewBias, 2 * WIDTH, 0.0);
        fill(Part::SpotWeight, WIDTH * N_SCORES, 0.0);
        fill(Part::SpotBias, N_SCORES, 0.0);
        Self { arrays }
    }

    /// Replaces the parameters by those of a trained network. Layers of triggers that it lacks stay as they are.
    pub(super) fn start_from(&mut self, floats: Floats) {
        let mut set = |part: Part, numbers: Vec<f32>| {
            let array = &mut self.arrays[part.index()];
            assert_eq!(array.len(), numbers.len(), "{part:?} of the network to start from");
            *array = numbers;
        };
        set(Part::Embedding, floats.embedding);
        for (layer, (weight, bias)) in floats.convolutions.into_iter().enumerate() {
            set(Part::ConvWeight(layer), weight);
            set(Part::ConvBias(layer), bias);
        }
        let layers = [
            (Part::TagWeight, Part::TagBias, floats.tag),
            (Part::NameWeight, Part::NameBias, floats.name),
            (Part::SlotWeight, Part::SlotBias, floats.slot),
            (Part::MoveWeight, Part::MoveBias, floats.step),
        ];
        let triggers = floats.triggers.into_iter().flat_map(|(_, view, spot)| {
            [(Part::ViewWeight, Part::ViewBias, view), (Part::SpotWeight, Part::SpotBias, spot)]
        });
        for (weight, bias, layer) in layers.into_iter().chain(triggers) {
            set(weight, layer.0);
            set(bias, layer.1);
        }
        set(Part::Absent, floats.absent);
        set(Part::Small, floats.small);
    }

    pub(super) fn get(&self, part: Part) -> &[f32] {
        &self.arrays[part.index()]
    }

    /// Returns the parameters the predictor needs. Word vectors and their projection are folded into the rows of their words.
    pub(super) fn folded(&self, plan: &Plan) -> Floats {
        let mut embedding = self.get(Part::Embedding).to_vec();
        let projection = self.get(Part::Projection);
        // Without word vectors there is nothing to fold.
        for (word, vector) in plan.vectors.chunks_exact(plan.dimensions.max(1)).enumerate() {
            // A word that training never met keeps only its vector.
            let row = &mut embedding[word * WIDTH..(word + 1) * WIDTH];
            if word > 0 && plan.counts[word] < 2 {
                row.copy_from_slice(&self.get(Part::Embedding)[..WIDTH]);
            }
            for (&number, line) in vector.iter().zip(projection.chunks_exact(WIDTH)) {
                row.iter_mut().zip(line).for_each(|(sum, weight)| *sum += number * weight);
            }
        }
        Floats {
            embedding,
            convolutions: (0..LAYERS)
                .map(|layer| {
                    (
                        self.get(Part::ConvWeight(layer)).to_vec(),
                        self.get(Part::ConvBias(layer)).to_vec(),
                    )
                })
                .collect(),
            tag: (self.get(Part::TagWeight).to_vec(), self.get(Part::TagBias).to_vec()),
            name: (self.get(Part::NameWeight).to_vec(), self.get(Part::NameBias).to_vec()),
            slot: (self.get(Part::SlotWeight).to_vec(), self.get(Part::SlotBias).to_vec()),
            absent: self.get(Part::Absent).to_vec(),
            small: self.get(Part::Small).to_vec(),
            step: (self.get(Part::MoveWeight).to_vec(), self.get(Part::MoveBias).to_vec()),
            triggers: plan.labels.clone().map(|labels| {
                (
                    labels,
                    (self.get(Part::ViewWeight).to_vec(), self.get(Part::ViewBias).to_vec()),
                    (self.get(Part::SpotWeight).to_vec(), self.get(Part::SpotBias).to_vec()),
                )
            }),
        }
    }
}

/// Gradients of all parameters. For embeddings, only touched rows are stored.
#[derive(Debug)]
pub(super) struct Gradients {
    pub(super) arrays: Vec<Vec<f32>>,
    /// Touched embedding rows, in the order they were touched.
    pub(super) touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl Gradients {
    pub(super) fn new(parameters: &Parameters) -> Self {
        let arrays: Vec<Vec<f32>> =
            parameters.arrays.iter().map(|array| vec![0.0; array.len()]).collect();
        let n_rows = arrays[Part::Embedding.index()].len() / WIDTH;
        Self { arrays, touched: Vec::new(), is_touched: vec![false; n_rows] }
    }

    pub(super) fn get(&mut self, part: Part) -> &mut [f32] {
        &mut self.arrays[part.index()]
    }

    /// Returns the gradient of one embedding row.
    pub(super) fn row(&mut self, row: u32) -> &mut [f32] {
        if !std::mem::replace(&mut self.is_touched[row as usize], true) {
            self.touched.push(row);
        }
        let start = row as usize * WIDTH;
        &mut self.arrays[Part::Embedding.index()][start..start + WIDTH]
    }

    /// Adds other gradients and clears them.
    pub(super) fn add(&mut self, other: &mut Self) {
        for (sum, part) in self.arrays.iter_mut().zip(&other.arrays).skip(1) {
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        for &row in &other.touched {
            let start = row as usize * WIDTH;
            let part = &other.arrays[Part::Embedding.index()][start..start + WIDTH];
            self.row(row).iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        other.clear();
    }

    /// Returns the root of the sum of all squares.
    pub(super) fn norm(&self) -> f32 {
        let square = |numbers: &[f32]| numbers.iter().map(|number| number * number).sum::<f32>();
        let rows = self.touched.iter().map(|&row| {
            let start = row as usize * WIDTH;
            square(&self.arrays[Part::Embedding.index()][start..start + WIDTH])
        });
        let others = self.arrays[1..].iter().map(|array| square(array));
        rows.chain(others).sum::<f32>().sqrt()
    }

    pub(super) fn clear(&mut self) {
        for row in std::mem::take(&mut self.touched) {
            let start = row as usize * WIDTH;
            self.arrays[Part::Embedding.index()][start..start + WIDTH].fill(0.0);
            self.is_touched[row as usize] = false;
        }
        self.arrays[1..].iter_mut().for_each(|array| array.fill(0.0));
    }
}
