//! The Adam optimizer (Kingma and Ba 2015). Embedding rows that a batch does not touch are not updated.

use super::parameters::{Gradients, Parameters, Part};
use crate::net::WIDTH;

const MEAN_DECAY: f32 = 0.9;
const SQUARE_DECAY: f32 = 0.99;
const TINY: f32 = 1e-8;

/// Gradients longer than this multiple of their mean length are cut to it. A few odd sentences could otherwise throw a trained network
/// off. It is no cure for large steps: with a step of 0.0005 a trained network diverged all the same.
const LONGEST: f32 = 2.0;

/// Decay of the mean length.
const LENGTH_DECAY: f32 = 0.98;

/// Step size of the layers of triggers, as a multiple of the others'. They begin at nothing where the rest has been trained before.
const TRIGGER_STEP: f32 = 6.0;

#[derive(Debug)]
pub(super) struct Adam {
    means: Vec<Vec<f32>>,
    squares: Vec<Vec<f32>>,
    n_steps: i32,
    /// Mean length of the gradients; 0 before the first.
    length: f32,
}

impl Adam {
    pub(super) fn new(parameters: &Parameters) -> Self {
        let zeros = || parameters.arrays.iter().map(|array| vec![0.0; array.len()]).collect();
        Self { means: zeros(), squares: zeros(), n_steps: 0, length: 0.0 }
    }

    pub(super) fn step(&mut self, parameters: &mut Parameters, gradients: &Gradients, rate: f32) {
        self.n_steps += 1;
        let factor = self.cut(gradients.norm());
        let mean_scale = 1.0 / (1.0 - MEAN_DECAY.powi(self.n_steps));
        let square_scale = 1.0 / (1.0 - SQUARE_DECAY.powi(self.n_steps));
        let update = |value: &mut [f32],
                      mean: &mut [f32],
                      square: &mut [f32],
                      gradient: &[f32],
                      rate: f32| {
            for (((value, mean), square), gradient) in
                value.iter_mut().zip(mean).zip(square).zip(gradient)
            {
                let gradient = gradient * factor;
                *mean = MEAN_DECAY * *mean + (1.0 - MEAN_DECAY) * gradient;
                *square = SQUARE_DECAY * *square + (1.0 - SQUARE_DECAY) * gradient * gradient;
                *value -= rate * (*mean * mean_scale) / ((*square * square_scale).sqrt() + TINY);
            }
        };
        for &row in &gradients.touched {
            let at = row as usize * WIDTH..(row as usize + 1) * WIDTH;
            update(
                &mut parameters.arrays[0][at.clone()],
                &mut self.means[0][at.clone()],
                &mut self.squares[0][at.clone()],
                &gradients.arrays[0][at],
                rate,
            );
        }
        for part in 1..parameters.arrays.len() {
            let is_of_triggers = Part::TRIGGERS.iter().any(|one| one.index() == part);
            update(
                &mut parameters.arrays[part],
                &mut self.means[part],
                &mut self.squares[part],
                &gradients.arrays[part],
                if is_of_triggers { TRIGGER_STEP * rate } else { rate },
            );
        }
    }

    /// Returns the factor that cuts a gradient of a given length, and follows the mean length.
    fn cut(&mut self, length: f32) -> f32 {
        let most = if self.n_steps == 1 { length } else { LONGEST * self.length };
        let cut = length.min(most);
        self.length = if self.n_steps == 1 {
            cut
        } else {
            LENGTH_DECAY * self.length + (1.0 - LENGTH_DECAY) * cut
        };
        if length > most { most / length } else { 1.0 }
    }
}
