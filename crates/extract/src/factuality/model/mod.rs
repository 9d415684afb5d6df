//! Factuality as a number: a linear model over a clause and the clauses that embed it.
//!
//! The scale runs from -3 (certainly not so) to 3 (certainly so). `cargo xtask train factuality` makes the weights,
//! `model/factuality.weights`, from sentences that people judged.

mod features;
#[cfg(feature = "train")]
pub(crate) mod train;

use dateline_core::{Polarity, Status};
use dateline_nlp::Token;

use super::Reality;
use crate::{clause, linear::Weights};

/// Number of buckets.
const BUCKETS: usize = 1 << 17;

/// The compiled-in weights.
static WEIGHTS: Weights<BUCKETS> =
    Weights::new(include_bytes!("../../../model/factuality.weights"));

/// Steps of a weight in one unit of the score.
const STEPS: i32 = 96;

/// Returns the factuality of an act in tenths, from -30 to 30. `own` is what the rules read in its sentence, `told`
/// also includes the statements it is part of.
///
/// A noun is judged by `told` alone, as are the clauses that the rules read alike. An act that the rules read as denied
/// scores at least as far below zero as it would score above if told, since judges of *did not meet* disagreed on what
/// the number applies to.
pub(crate) fn tenths(word: Token<'_>, own: Reality, told: Reality) -> i8 {
    let is_predicate = clause::is_predicate(word);
    let denied = told.polarity == Polarity::Negative;
    let mut sum = 0;
    let mut add = |at: u32| sum += WEIGHTS.of(at);
    if is_predicate {
        features::features(word, own, &mut add);
    } else {
        // A noun without any sign names an act that occurred.
        let status = told.status.or(Some(Status::Occurred));
        features::coarse(Reality { status, polarity: Polarity::Positive, ..told }, &mut add);
    }
    if denied && is_predicate {
        let mut as_told = 0;
        let positive = Reality { polarity: Polarity::Positive, ..told };
        features::coarse(positive, |at| as_told += WEIGHTS.of(at));
        sum = sum.min(-as_told.abs());
    } else if denied {
        sum = -sum.abs();
    }
    let tenths = (sum * 20 + STEPS).div_euclid(2 * STEPS);
    i8::try_from(tenths.clamp(-30, 30)).expect("the value is clamped to the range of a byte")
}

#[cfg(test)]
mod tests {
    use dateline_data::fnv;
    use dateline_nlp::{English, ReaderKind};

    use super::*;
    use crate::factuality;

    #[test]
    fn the_weights_are_those_that_were_trained() {
        let sum = fnv::hash_32(WEIGHTS.bytes().iter().copied());
        assert_eq!(format!("{sum:08x}"), "f9743adf", "train again, and read what it changes");
    }

    #[test]
    fn facts_score_above_possibilities_and_denials_below_zero() {
        let english = English::new(ReaderKind::Fast);
        let score = |text: &str, word: &str| {
            let analysis = english.analyze(text);
            let token = analysis.tokens().find(|token| token.text() == word);
            let token = token.expect("the word is in the text");
            let reality = factuality::read(token, None);
            tenths(token, reality, reality)
        };
        let order = [
            ("The army attacked the village on Monday.", "attacked"),
            ("The army may attack the village.", "attack"),
            ("The army did not attack the village.", "attack"),
        ];
        let scores = order.map(|(text, word)| score(text, word));
        let [fact, open, denied] = scores;
        assert!(fact > open + 10 && fact > 15 && denied < -10, "{scores:?}");
        let noun = score("There was no attack on the village.", "attack");
        assert!(noun < -10, "{noun}");
    }
}
