//! The weights file of the network.
//!
//! After a header line, each part follows in a fixed order: the number of items as a little-endian `u32`, then the items, also
//! little-endian. The file is compiled in. A network that scores triggers of events has version 3 of the file, one that does not version 2,
//! which ends before the labels and layers of triggers.

use super::{
    HIDDEN, LAYERS, WIDTH,
    features::Vocabulary,
    kernel::Linear,
    names::N_NAME_TAGS,
    transition::{N_MOVES, SLOTS, SMALL_ROWS},
    triggers::{N_SCORES, PARTS, Spotter},
};
use crate::{
    tags::{Upos, Xpos},
    triggers::{N_STATUSES, N_TYPES, TriggerLabels},
};

/// Sums of the parser's hidden layer are in units of 1/512.
pub(crate) const SHARE_BITS: u32 = 9;

const MAGIC: &[u8] = b"dateline-nlp weights 2\n";
const MAGIC_WITH_TRIGGERS: &[u8] = b"dateline-nlp weights 3\n";

/// A linear layer, as stored.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    weight_bits: u32,
    /// Ordered by output.
    weights: Vec<i16>,
    bias: Vec<i32>,
}

impl Layer {
    fn linear(&self, n_in: usize) -> Linear {
        Linear::new(n_in, self.bias.len(), self.weight_bits, &self.weights, &self.bias)
    }
}

/// Contents of the file.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// One per line.
    words: String,
    tags: Vec<(Upos, Xpos)>,
    /// Embeddings are in units of 1/2^bits.
    embedding_bits: u32,
    embedding: Vec<[i8; WIDTH]>,
    convolutions: Vec<Layer>,
    tag: Layer,
    name: Layer,
    slot: Layer,
    slot_bias: Vec<i16>,
    absent: Vec<i16>,
    small: Vec<i16>,
    step: Layer,
    triggers: Option<TriggerLayers>,
}

/// Labels and layers of triggers, as stored.
#[derive(Debug, Clone)]
struct TriggerLayers {
    labels: TriggerLabels,
    view: Layer,
    score: Layer,
}

/// The network, arranged for the predictor.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tags: Vec<(Upos, Xpos)>,
    pub(crate) embedding_bits: u32,
    pub(crate) embedding: Vec<[i8; WIDTH]>,
    pub(crate) convolutions: Vec<Linear>,
    pub(crate) tag: Linear,
    pub(crate) name: Linear,
    pub(crate) slot: Linear,
    pub(crate) slot_bias: [i16; HIDDEN],
    pub(crate) absent: Vec<[i16; HIDDEN]>,
    pub(crate) small: Vec<[i16; HIDDEN]>,
    pub(crate) step: Linear,
    /// `None` if the network spots no triggers.
    pub(crate) spotter: Option<Spotter>,
}

impl Weights {
    /// Arranges the network for the predictor.
    pub(crate) fn network(self) -> Network {
        Network {
            vocabulary: Vocabulary::new(self.words.lines().collect::<Vec<_>>().into_iter()),
            tags: self.tags,
            embedding_bits: self.embedding_bits,
            embedding: self.embedding,
            convolutions: self.convolutions.iter().map(|layer| layer.linear(3 * WIDTH)).collect(),
            tag: self.tag.linear(WIDTH),
            name: self.name.linear(WIDTH),
            slot: self.slot.linear(WIDTH),
            slot_bias: self.slot_bias.try_into().expect("one number for each unit"),
            absent: self.absent.as_chunks().0.to_vec(),
            small: self.small.as_chunks().0.to_vec(),
            step: self.step.linear(HIDDEN),
            spotter: self.triggers.map(|layers| Spotter {
                view: layers.view.linear(PARTS * WIDTH),
                score: layers.score.linear(WIDTH),
                labels: layers.labels,
            }),
        }
    }

    /// Reads a weights file.
    ///
    /// # Panics
    ///
    /// If the file was not written by this build. It is compiled in, so that is an error of the build.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let with_triggers = bytes.strip_prefix(MAGIC_WITH_TRIGGERS);
        let rest = with_triggers.or(bytes.strip_prefix(MAGIC));
        let mut reader = Reader { rest: rest.expect("a weights file of this build") };
        let words = String::from_utf8(reader.bytes().to_vec()).expect("words are UTF-8");
        let tags = String::from_utf8(reader.bytes().to_vec()).expect("tags are UTF-8");
        let weights = Self {
            words,
            tags: tags
                .lines()
                .map(|line| {
                    let (upos, xpos) = line.split_once(' ').expect("two tags a line");
                    (upos.parse().expect("a known tag"), xpos.parse().expect("a known tag"))
                })
                .collect(),
            embedding_bits: reader.number(),
            embedding: {
                let (rows, _) = reader.bytes().as_chunks();
                rows.iter().map(|row| row.map(|byte| i8::from_le_bytes([byte]))).collect()
            },
            convolutions: (0..LAYERS).map(|_| reader.layer()).collect(),
            tag: reader.layer(),
            name: reader.layer(),
            slot: reader.layer(),
            slot_bias: reader.shorts(),
            absent: reader.shorts(),
            small: reader.shorts(),
            step: reader.layer(),
            triggers: with_triggers.is_some().then(|| TriggerLayers {
                labels: TriggerLabels {
                    types: reader.lines(),
                    statuses: reader.lines(),
                    roles: Vec::new(),
                },
                view: reader.layer(),
                score: reader.layer(),
            }),
        };
        let sizes = (
            weights.absent.len(),
            weights.small.len(),
            weights.step.bias.len(),
            weights.name.bias.len(),
        );
        assert_eq!(
            sizes,
            (SLOTS * HIDDEN, SMALL_ROWS * HIDDEN, N_MOVES, N_NAME_TAGS),
            "weights of this build's shape"
        );
        if let Some(TriggerLayers { labels, view, score }) = &weights.triggers {
            let sizes = (labels.types.len(), labels.statuses.len());
            assert_eq!(sizes, (N_TYPES, N_STATUSES), "labels of triggers");
            assert_eq!(
                (view.bias.len(), view.weights.len(), score.bias.len()),
                (2 * WIDTH, 2 * WIDTH * PARTS * WIDTH, N_SCORES),
                "sizes of the layers of triggers"
            );
        }
        weights
    }
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().expect("four bytes were taken"))
    }

    fn items(&mut self, size: usize) -> &'b [u8] {
        let count = self.number() as usize;
        self.take(count * size)
    }

    fn bytes(&mut self) -> &'b [u8] {
        self.items(1)
    }

    fn lines(&mut self) -> Vec<String> {
        let lines = str::from_utf8(self.bytes()).expect("labels are UTF-8");
        lines.lines().map(str::to_owned).collect()
    }

    fn shorts(&mut self) -> Vec<i16> {
        self.items(2).chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect()
    }

    fn layer(&mut self) -> Layer {
        Layer {
            weight_bits: self.number(),
            weights: self.shorts(),
            bias: self
                .items(4)
                .chunks_exact(4)
                .map(|four| i32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect(),
        }
    }
}

#[cfg(feature = "train")]
pub(crate) use write::Floats;

#[cfg(feature = "train")]
mod write {
    //! Quantizes the trained network to the integers of the file, and back for a training that goes on from them.
    #![expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "numbers are rounded and clamped to the range of their integer before; all integers fit a float well enough"
    )]

    use super::{Layer, MAGIC, MAGIC_WITH_TRIGGERS, SHARE_BITS, TriggerLayers, Weights};
    use crate::{
        net::kernel::{ACTIVATION_BITS, greatest_sum},
        tags::{Upos, Xpos},
        triggers::TriggerLabels,
    };

    /// Weights and bias of a linear layer, ordered by input.
    type Affine = (Vec<f32>, Vec<f32>);

    /// The trained network, in floating point.
    #[derive(Debug)]
    pub(crate) struct Floats {
        pub(crate) embedding: Vec<f32>,
        pub(crate) convolutions: Vec<Affine>,
        pub(crate) tag: Affine,
        pub(crate) name: Affine,
        pub(crate) slot: Affine,
        pub(crate) absent: Vec<f32>,
        pub(crate) small: Vec<f32>,
        pub(crate) step: Affine,
        /// Labels, and the layers of views and scores; `None` if no triggers were learned.
        pub(crate) triggers: Option<(TriggerLabels, Affine, Affine)>,
    }

    /// Maximum absolute value of a weight.
    const WEIGHT_MOST: i32 = (1 << 12) - 1;

    fn scaled(number: f32, bits: u32, most: i32) -> i32 {
        let most = most as f32;
        (number * (1u32 << bits) as f32).round().clamp(-most, most) as i32
    }

    fn shorts(numbers: &[f32]) -> Vec<i16> {
        numbers
            .iter()
            .map(|&number| scaled(number, SHARE_BITS, i32::from(i16::MAX)) as i16)
            .collect()
    }

    /// Rounds a layer with as many bits as leave no sum of it room to overflow, eleven at most.
    fn layer(weights: &[f32], bias: &[f32]) -> Layer {
        let n_out = bias.len();
        let n_in = weights.len() / n_out;
        (0..=11)
            .rev()
            .find_map(|weight_bits| {
                let turned: Vec<i16> = (0..n_out)
                    .flat_map(|output| (0..n_in).map(move |input| weights[input * n_out + output]))
                    .map(|weight| scaled(weight, weight_bits, WEIGHT_MOST) as i16)
                    .collect();
                let bias: Vec<i32> = bias
                    .iter()
                    .map(|&number| scaled(number, ACTIVATION_BITS + weight_bits, 1 << 27))
                    .collect();
                let fits = |(row, &bias)| greatest_sum(row, bias) <= i64::from(i32::MAX);
                let is_whole = turned.iter().all(|weight| i32::from(*weight).abs() < WEIGHT_MOST);
                (weight_bits == 0 || is_whole && turned.chunks_exact(n_in).zip(&bias).all(fits))
                    .then_some(Layer { weight_bits, weights: turned, bias })
            })
            .expect("no bits always fit")
    }

    /// Returns the numbers of a layer.
    fn affine(layer: &Layer) -> Affine {
        let n_out = layer.bias.len();
        let n_in = layer.weights.len() / n_out;
        let scale = (1u32 << layer.weight_bits) as f32;
        let weights = (0..n_in)
            .flat_map(|input| (0..n_out).map(move |output| output * n_in + input))
            .map(|at| f32::from(layer.weights[at]) / scale)
            .collect();
        let scale = (1u32 << (ACTIVATION_BITS + layer.weight_bits)) as f32;
        (weights, layer.bias.iter().map(|&number| number as f32 / scale).collect())
    }

    fn from_shorts(numbers: &[i16]) -> Vec<f32> {
        numbers.iter().map(|&number| f32::from(number) / (1u32 << SHARE_BITS) as f32).collect()
    }

    impl Weights {
        /// Returns the words of the vocabulary, in the order of their rows.
        pub(crate) fn words(&self) -> Vec<String> {
            self.words.lines().map(str::to_owned).collect()
        }

        pub(crate) fn tags(&self) -> &[(Upos, Xpos)] {
            &self.tags
        }

        /// Returns the numbers that training goes on from.
        pub(crate) fn floats(&self) -> Floats {
            let scale = (1u32 << self.embedding_bits) as f32;
            let embedding = self.embedding.as_flattened();
            Floats {
                embedding: embedding.iter().map(|&number| f32::from(number) / scale).collect(),
                convolutions: self.convolutions.iter().map(affine).collect(),
                tag: affine(&self.tag),
                name: affine(&self.name),
                slot: (affine(&self.slot).0, from_shorts(&self.slot_bias)),
                absent: from_shorts(&self.absent),
                small: from_shorts(&self.small),
                step: affine(&self.step),
                triggers: self.triggers.as_ref().map(|layers| {
                    (layers.labels.clone(), affine(&layers.view), affine(&layers.score))
                }),
            }
        }

        pub(crate) fn quantize(floats: &Floats, words: &[String], tags: Vec<(Upos, Xpos)>) -> Self {
            // As many bits as leave one number in ten thousand, at most, beyond what a byte holds.
            let mut sizes: Vec<f32> = floats.embedding.iter().map(|number| number.abs()).collect();
            sizes.sort_by(f32::total_cmp);
            let large = sizes[sizes.len() - 1 - sizes.len() / 10_000];
            let embedding_bits = (0..=ACTIVATION_BITS)
                .rev()
                .find(|&bits| large * (1u32 << bits) as f32 <= 127.0)
                .unwrap_or(0);
            // The parser's layer is summed from shares, so its bias stands apart.
            let no_bias = vec![0.0; floats.slot.0.len() / crate::net::WIDTH];
            Self {
                words: words.join("\n"),
                tags,
                embedding_bits,
                embedding: floats
                    .embedding
                    .as_chunks()
                    .0
                    .iter()
                    .map(|row| row.map(|number| scaled(number, embedding_bits, 127) as i8))
                    .collect(),
                convolutions: floats
                    .convolutions
                    .iter()
                    .map(|(weights, bias)| layer(weights, bias))
                    .collect(),
                tag: layer(&floats.tag.0, &floats.tag.1),
                name: layer(&floats.name.0, &floats.name.1),
                slot: layer(&floats.slot.0, &no_bias),
                slot_bias: shorts(&floats.slot.1),
                absent: shorts(&floats.absent),
                small: shorts(&floats.small),
                step: layer(&floats.step.0, &floats.step.1),
                triggers: floats.triggers.as_ref().map(|(labels, view, score)| TriggerLayers {
                    labels: labels.clone(),
                    view: layer(&view.0, &view.1),
                    score: layer(&score.0, &score.1),
                }),
            }
        }

        /// Returns the bytes of the file.
        pub(crate) fn write(&self) -> Vec<u8> {
            let has_triggers = self.triggers.is_some();
            let mut out = if has_triggers { MAGIC_WITH_TRIGGERS } else { MAGIC }.to_vec();
            let mut items = |count: usize, bytes: &mut dyn Iterator<Item = u8>| {
                out.extend(u32::try_from(count).expect("a part is small").to_le_bytes());
                out.extend(bytes);
            };
            items(self.words.len(), &mut self.words.bytes());
            let tags: Vec<String> =
                self.tags.iter().map(|(upos, xpos)| format!("{upos} {xpos}")).collect();
            let tags = tags.join("\n");
            items(tags.len(), &mut tags.bytes());
            items(self.embedding_bits as usize, &mut std::iter::empty());
            let embedding = self.embedding.as_flattened();
            items(embedding.len(), &mut embedding.iter().flat_map(|number| number.to_le_bytes()));
            for layer in &self.convolutions {
                Self::write_layer(layer, &mut items);
            }
            for layer in [&self.tag, &self.name, &self.slot] {
                Self::write_layer(layer, &mut items);
            }
            for shorts in [&self.slot_bias, &self.absent, &self.small] {
                items(shorts.len(), &mut shorts.iter().flat_map(|number| number.to_le_bytes()));
            }
            Self::write_layer(&self.step, &mut items);
            if let Some(TriggerLayers { labels, view, score }) = &self.triggers {
                for names in [&labels.types, &labels.statuses] {
                    let names = names.join("\n");
                    items(names.len(), &mut names.bytes());
                }
                Self::write_layer(view, &mut items);
                Self::write_layer(score, &mut items);
            }
            out
        }

        fn write_layer(layer: &Layer, items: &mut dyn FnMut(usize, &mut dyn Iterator<Item = u8>)) {
            items(layer.weight_bits as usize, &mut std::iter::empty());
            items(
                layer.weights.len(),
                &mut layer.weights.iter().flat_map(|number| number.to_le_bytes()),
            );
            items(layer.bias.len(), &mut layer.bias.iter().flat_map(|number| number.to_le_bytes()));
        }
    }
}
