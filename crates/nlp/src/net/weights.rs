//! The weights file of the network.
//!
//! After a header line, each part follows in a fixed order: the number of items as a little-endian `u32`, then the items, also
//! little-endian. The file is compiled in. A build reads only the files it wrote.

use super::{
    HIDDEN, LAYERS, WIDTH,
    features::Vocabulary,
    kernel::Linear,
    names::N_NAME_TAGS,
    transition::{N_MOVES, SLOTS, SMALL_ROWS},
};
use crate::tags::{Upos, Xpos};

/// Sums of the parser's hidden layer are in units of 1/512.
pub(crate) const SHARE_BITS: u32 = 9;

const MAGIC: &[u8] = b"dateline-nlp weights 2\n";

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
        }
    }

    /// Reads a weights file.
    ///
    /// # Panics
    ///
    /// If the file was not written by this build. It is compiled in, so that is an error of the build.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut reader =
            Reader { rest: bytes.strip_prefix(MAGIC).expect("a weights file of this build") };
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
    //! Quantizes the trained network to the integers of the file.
    #![expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "numbers are rounded and clamped to the range of their integer before"
    )]

    use super::{Layer, MAGIC, SHARE_BITS, Weights};
    use crate::{
        net::kernel::{ACTIVATION_BITS, greatest_sum},
        tags::{Upos, Xpos},
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

    impl Weights {
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
            }
        }

        /// Returns the bytes of the file.
        pub(crate) fn write(&self) -> Vec<u8> {
            let mut out = MAGIC.to_vec();
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
