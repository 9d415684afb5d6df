//! Log-linear models over hashed features: a weight for each bucket and class, and probabilities from their sums.
//!
//! Values and weights are integers, so sums are the same on every machine.

use crate::linear::{mixed, shares};

/// Number of buckets.
const BUCKETS: usize = 1 << 14;

/// Value of a feature that is simply there.
const ONE: i16 = 64;

/// Weights are in units of 1/512.
const WEIGHT_UNITS: f32 = 512.0;

/// Features of one case, reused from case to case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Features {
    /// Bucket and value, in units of 1/64.
    items: Vec<(u16, i16)>,
}

impl Features {
    /// Removes all features but the one that every case has.
    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.items.push((0, ONE));
    }

    /// Adds a feature: a kind and the hash of a value.
    pub(crate) fn add(&mut self, kind: impl Into<u32>, value: u32) {
        self.items.push((bucket(kind.into(), value), ONE));
    }

    /// Adds a number between `-most` and `most`, as shares of the two marks it lies between. Marks are `step` apart. What a model
    /// learns of a number is then a line through the weights of the marks.
    pub(crate) fn number(&mut self, kind: impl Into<u32>, number: f32, step: f32, most: f32) {
        let kind = kind.into();
        let place = number.clamp(-most, most) / step;
        let low = place.floor();
        #[expect(clippy::cast_possible_truncation, reason = "between -most and most steps")]
        let (mark, share) = (low as i32, ((place - low) * f32::from(ONE)).round() as i16);
        for (mark, share) in [(mark, ONE - share), (mark + 1, share)] {
            if share > 0 {
                self.items.push((bucket(kind, mark.cast_unsigned().wrapping_add(1 << 20)), share));
            }
        }
    }
}

fn bucket(kind: u32, value: u32) -> u16 {
    let hash = mixed(mixed(kind, 0x51ed_270b), value);
    let mask = u32::try_from(BUCKETS - 1).expect("fewer buckets than 2^16");
    u16::try_from((hash ^ (hash >> 15)) & mask).expect("fewer buckets than 2^16")
}

/// Weights of a model with `CLASSES` answers.
#[derive(Debug, Clone)]
pub(crate) struct Model<const CLASSES: usize> {
    weights: Vec<[i16; CLASSES]>,
}

impl<const CLASSES: usize> Model<CLASSES> {
    /// Bytes of the weights.
    pub(crate) const SIZE: usize = BUCKETS * CLASSES * 2;

    /// Reads weights; `None` if their length is wrong.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != Self::SIZE {
            return None;
        }
        let numbers: Vec<i16> =
            bytes.as_chunks::<2>().0.iter().map(|two| i16::from_le_bytes(*two)).collect();
        Some(Self { weights: numbers.as_chunks::<CLASSES>().0.to_vec() })
    }

    /// Returns the probability of each answer.
    pub(crate) fn probabilities(&self, features: &Features) -> [f32; CLASSES] {
        let mut sums = [0_i32; CLASSES];
        for &(bucket, value) in &features.items {
            for (sum, weight) in sums.iter_mut().zip(self.weights[usize::from(bucket)]) {
                *sum += i32::from(weight) * i32::from(value);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "probabilities need few digits")]
        shares(sums.map(|sum| sum as f32 / (WEIGHT_UNITS * f32::from(ONE))))
    }
}

/// Returns the place of the greatest number, the first of equal ones; 0 if there is none.
pub(crate) fn first_best(numbers: &[f32]) -> usize {
    let better = |best: usize, at: usize| if numbers[at] > numbers[best] { at } else { best };
    (0..numbers.len()).reduce(better).unwrap_or(0)
}

#[cfg(feature = "train")]
pub(crate) mod train {
    use super::{BUCKETS, Features, Model, ONE, WEIGHT_UNITS};
    use crate::linear::shares;

    /// A case with its right answers, of which any will do.
    #[derive(Debug, Clone)]
    pub(crate) struct Example<const CLASSES: usize> {
        pub(crate) features: Features,
        pub(crate) right: [bool; CLASSES],
    }

    const N_STEPS: u16 = 160;
    const STEP: f32 = 0.08;

    /// Trains by maximum likelihood of the right answers: Adam, with all examples in each step.
    pub(crate) fn train<const CLASSES: usize>(
        examples: &[&Example<CLASSES>],
        pull: f32,
    ) -> Model<CLASSES> {
        let mut at = vec![[0_f32; CLASSES]; BUCKETS];
        let (mut mean, mut square) = (at.clone(), at.clone());
        let (mut keep_mean, mut keep_square) = (1.0_f32, 1.0_f32);
        #[expect(clippy::cast_precision_loss, reason = "far fewer examples than 2^24")]
        let total = examples.len().max(1) as f32;
        for step in 0..N_STEPS {
            let mut slope = vec![[0_f32; CLASSES]; BUCKETS];
            for example in examples {
                add_slope(example, &at, &mut slope);
            }
            keep_mean *= 0.9;
            keep_square *= 0.999;
            let size = STEP * (1.0 - f32::from(step) / f32::from(N_STEPS));
            for (bucket, weights) in at.iter_mut().enumerate() {
                let decay = if bucket == 0 { 0.0 } else { pull };
                for (class, weight) in weights.iter_mut().enumerate() {
                    let slope = (slope[bucket][class] + decay * *weight) / total;
                    let mean = &mut mean[bucket][class];
                    let square = &mut square[bucket][class];
                    *mean = 0.9 * *mean + 0.1 * slope;
                    *square = 0.999 * *square + 0.001 * slope * slope;
                    let (mean, square) = (*mean / (1.0 - keep_mean), *square / (1.0 - keep_square));
                    *weight -= size * mean / (square.sqrt() + 1e-8);
                }
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
        let rounded = |weight: f32| (weight * WEIGHT_UNITS).round() as i16;
        Model { weights: at.into_iter().map(|weights| weights.map(rounded)).collect() }
    }

    fn add_slope<const CLASSES: usize>(
        example: &Example<CLASSES>,
        at: &[[f32; CLASSES]],
        slope: &mut [[f32; CLASSES]],
    ) {
        let items = || {
            let item = |&(bucket, value): &(u16, i16)| {
                (usize::from(bucket), f32::from(value) / f32::from(ONE))
            };
            example.features.items.iter().map(item)
        };
        let mut scores = [0_f32; CLASSES];
        for (bucket, value) in items() {
            for (score, weight) in scores.iter_mut().zip(at[bucket]) {
                *score += value * weight;
            }
        }
        let probabilities = shares(scores);
        let right: f32 = probabilities
            .iter()
            .zip(example.right)
            .filter(|(_, right)| *right)
            .map(|(p, _)| p)
            .sum();
        let mut wrong = probabilities;
        for ((wrong, probability), is_right) in
            wrong.iter_mut().zip(probabilities).zip(example.right)
        {
            if is_right {
                *wrong -= probability / right.max(1e-9);
            }
        }
        for (bucket, value) in items() {
            for (slope, wrong) in slope[bucket].iter_mut().zip(wrong) {
                *slope += value * wrong;
            }
        }
    }

    impl<const CLASSES: usize> Model<CLASSES> {
        /// Returns the bytes of the weights.
        pub(crate) fn to_bytes(&self) -> Vec<u8> {
            self.weights.iter().flatten().flat_map(|weight| weight.to_le_bytes()).collect()
        }
    }
}
