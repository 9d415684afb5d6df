//! The encoder: words to vectors that hold what the words mean where they stand (BERT, Devlin et al. 2019).

use super::{
    attention::{self, HEAD_WIDTH, attend},
    lanes::{Norm, gelu},
    letter_case::N_CASES,
    linear::Linear,
    machine::Machine,
    pieces::Vocabulary,
    rounded::Rounded,
    weights::Weights,
    window::{Batch, MOST_PIECES, Stretch, Window},
};

/// Rows that pass through the wide layers together, so that their numbers stay in the cache.
const ROWS: usize = 64;

/// The encoder.
#[derive(Debug)]
pub(crate) struct Encoder {
    vocabulary: Vocabulary,
    embedding: Embedding,
    layers: Vec<Layer>,
    width: usize,
}

/// Vectors of pieces before the first layer.
#[derive(Debug)]
struct Embedding {
    /// A row of signed bytes for each piece, and the factor of the row.
    word: &'static [u8],
    scale: Vec<f32>,
    position: Vec<f32>,
    case: Vec<f32>,
    norm: Norm,
}

/// A layer: attention, then two linear layers.
#[derive(Debug)]
struct Layer {
    /// Query, key and value.
    inputs: Linear,
    output: Linear,
    attended: Norm,
    expand: Linear,
    contract: Linear,
    done: Norm,
}

/// Buffers, reused from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    rows: Vec<f32>,
    rounded: Rounded,
    inputs: Vec<f32>,
    mixed: Vec<f32>,
    results: Vec<f32>,
    wide: Vec<f32>,
    attention: attention::Scratch,
}

/// The windows of a batch with a vector for each token and root.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoded<'e> {
    /// The windows.
    pub(crate) windows: &'e [Window],
    /// The sentences in them, or parts of sentences.
    pub(crate) stretches: &'e [Stretch],
    /// The vectors, rounded as layers take them. [`Window::vectors`] are rows.
    pub(crate) vectors: &'e Rounded,
    /// The machine that layers run on.
    pub(crate) machine: Machine,
}

impl Encoder {
    /// Arranges the encoder of a weights file.
    ///
    /// # Panics
    ///
    /// If the file is not of the shape that its settings say.
    pub(crate) fn new(weights: &Weights<'static>) -> Self {
        let width = weights.setting("width");
        assert_eq!(width, weights.setting("heads") * HEAD_WIDTH, "numbers of the heads");
        assert!(weights.setting("positions") >= MOST_PIECES + 2, "positions for a window");
        Self {
            vocabulary: Vocabulary::new(weights),
            embedding: Embedding::read(weights, width),
            layers: (0..weights.setting("layers"))
                .map(|layer| Layer::read(weights, layer, width))
                .collect(),
            width,
        }
    }

    /// The pieces of words.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Size of a vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Encodes a batch that is not empty.
    pub(crate) fn encode<'e>(
        &self,
        machine: Machine,
        batch: &'e Batch,
        buffers: &'e mut Buffers,
    ) -> Encoded<'e> {
        let width = self.width;
        self.embedding.fill(machine, batch, width, &mut buffers.rows);
        for (at, layer) in self.layers.iter().enumerate() {
            buffers.rounded.fill(machine, &buffers.rows, width, width);
            layer.inputs.apply(machine, &buffers.rounded, &mut buffers.inputs);
            buffers.mixed.resize(buffers.rows.len(), 0.0);
            attend(
                machine,
                &buffers.inputs,
                layer.inputs.stride(),
                batch.windows.iter().map(|window| window.pieces.clone()),
                &mut buffers.attention,
                &mut buffers.mixed,
                width,
            );
            if at + 1 == self.layers.len() {
                // Nothing reads the other pieces any more.
                keep(&mut buffers.rows, &batch.leading, width);
                keep(&mut buffers.mixed, &batch.leading, width);
            }
            layer.finish(machine, buffers, width);
        }
        buffers.rounded.fill(machine, &buffers.rows, width, width);
        Encoded {
            windows: &batch.windows,
            stretches: &batch.stretches,
            vectors: &buffers.rounded,
            machine,
        }
    }
}

/// Keeps some rows, which are in ascending order.
fn keep(numbers: &mut Vec<f32>, rows: &[usize], width: usize) {
    for (at, &row) in rows.iter().enumerate() {
        numbers.copy_within(row * width..(row + 1) * width, at * width);
    }
    numbers.truncate(rows.len() * width);
}

impl Embedding {
    fn read(weights: &Weights<'static>, width: usize) -> Self {
        let n_pieces = weights.list("pieces").len();
        Self {
            word: weights.tensor("word").expect(n_pieces, width).bytes(),
            scale: weights.tensor("word.scale").expect(n_pieces, 1).floats(),
            position: weights
                .tensor("position")
                .expect(weights.setting("positions"), width)
                .floats(),
            case: weights.tensor("case").expect(N_CASES, width).floats(),
            norm: read_norm(weights, "embedding.norm", width),
        }
    }

    fn fill(&self, machine: Machine, batch: &Batch, width: usize, rows: &mut Vec<f32>) {
        rows.resize(batch.pieces.len() * width, 0.0);
        for window in &batch.windows {
            for (position, at) in window.pieces.clone().enumerate() {
                let piece = batch.pieces[at] as usize;
                let line = |row: usize| row * width..(row + 1) * width;
                let scale = self.scale[piece];
                let bytes = &self.word[line(piece)];
                let position = &self.position[line(position)];
                let case = &self.case[line(usize::from(batch.cases[at]))];
                let row = &mut rows[line(at)];
                for (((out, byte), position), case) in
                    row.iter_mut().zip(bytes).zip(position).zip(case)
                {
                    *out = f32::from(byte.cast_signed()) * scale + position + case;
                }
            }
        }
        self.norm.apply(machine, rows);
    }
}

impl Layer {
    fn read(weights: &Weights<'_>, layer: usize, width: usize) -> Self {
        let name = |part: &str| format!("layer.{layer}.{part}");
        let wide = weights.setting("feed_forward");
        Self {
            inputs: Linear::read(weights, &name("qkv"), width),
            output: Linear::read(weights, &name("output"), width),
            attended: read_norm(weights, &name("norm1"), width),
            expand: Linear::read(weights, &name("expand"), width),
            contract: Linear::read(weights, &name("contract"), wide),
            done: read_norm(weights, &name("norm2"), width),
        }
    }

    /// Computes all that follows attention, in place.
    fn finish(&self, machine: Machine, buffers: &mut Buffers, width: usize) {
        let Buffers { rows, rounded, mixed, results, wide, .. } = buffers;
        for (rows, mixed) in rows.chunks_mut(ROWS * width).zip(mixed.chunks(ROWS * width)) {
            rounded.fill(machine, mixed, width, width);
            self.output.apply(machine, rounded, results);
            self.attended.add(machine, rows, results, self.output.stride());
            rounded.fill(machine, rows, width, width);
            self.expand.apply(machine, rounded, wide);
            gelu(machine, wide);
            rounded.fill(machine, wide, self.expand.stride(), self.expand.n_out());
            self.contract.apply(machine, rounded, results);
            self.done.add(machine, rows, results, self.contract.stride());
        }
    }
}

fn read_norm(weights: &Weights<'_>, name: &str, width: usize) -> Norm {
    let floats = |part: &str| weights.tensor(&format!("{name}.{part}")).expect(1, width).floats();
    Norm { weight: floats("weight"), bias: floats("bias") }
}
