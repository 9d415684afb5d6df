//! Triggers of events: scores of types, statuses, denial and claim for each word that may tell one.
//!
//! A word is seen together with its neighbors, its head in the tree and the mean of its sentence. One more convolution over these adds
//! to its vector what matters for events, and a linear layer gives the scores. Both run on verbs, nouns and adjectives alone, about
//! two fifths of the words.

use super::{
    WIDTH,
    kernel::{ACTIVATION_BITS, Linear},
};
use crate::{
    TokenIdx,
    analysis::TokenRecord,
    tags::Upos,
    triggers::{KEPT, N_STATUSES, N_TYPES, Trigger, TriggerLabels, in_units},
};

/// Vectors that are seen together: the word, its two neighbors, its head, and the mean of the sentence.
pub(crate) const PARTS: usize = 5;

/// Scores of a word: no event and each type, the statuses, denial and claim.
pub(crate) const N_SCORES: usize = 1 + N_TYPES + N_STATUSES + 2;

/// Returns true for a part of speech whose words may trigger events.
pub(crate) fn may_trigger(upos: Upos) -> bool {
    matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj)
}

/// The layers that score triggers.
#[derive(Debug, Clone)]
pub(crate) struct Spotter {
    /// From what is seen together to two candidates for what is added to the word.
    pub(crate) view: Linear,
    pub(crate) score: Linear,
    pub(crate) labels: TriggerLabels,
}

/// Buffers, reused from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Words of the sentence that may trigger an event.
    tokens: Vec<u32>,
    /// The vectors that are seen together, for each of them.
    pub(super) parts: Vec<i16>,
    /// The vector of each of them.
    pub(super) vectors: Vec<i16>,
}

impl Scratch {
    /// Collects the words of a sentence that may trigger an event, and returns their number. `encoded` has a row of zeros before the
    /// first and after the last token.
    pub(super) fn collect(&mut self, rows: &[TokenRecord], start: u32, encoded: &[i16]) -> usize {
        self.tokens.clear();
        self.parts.clear();
        self.vectors.clear();
        let lines: &[[i16; WIDTH]] = encoded.as_chunks().0;
        let mut average = None;
        for ((row, token), at) in rows.iter().zip(start..).zip(1..) {
            if !may_trigger(row.upos) {
                continue;
            }
            // The root of a sentence has no head, which zeros stand for.
            let head = if row.head == token { 0 } else { (row.head - start) as usize + 1 };
            self.tokens.push(token);
            for line in [at, at - 1, at + 1, head] {
                self.parts.extend_from_slice(&lines[line]);
            }
            let tokens = &lines[1..=rows.len()];
            self.parts.extend_from_slice(average.get_or_insert_with(|| mean(tokens)));
            self.vectors.extend_from_slice(&lines[at]);
        }
        self.tokens.len()
    }

    /// Returns the words whose scores say that they may trigger an event.
    pub(super) fn triggers<'s>(
        &'s self,
        layer: &'s Linear,
        scores: &'s [i32],
    ) -> impl Iterator<Item = Trigger> {
        let bits = ACTIVATION_BITS + layer.shift();
        let lines = scores.chunks_exact(layer.stride());
        self.tokens.iter().zip(lines).filter_map(move |(&token, line)| {
            trigger(TokenIdx(token), line.first_chunk().expect("a line has all scores"), bits)
        })
    }
}

/// Returns the mean of the vectors of a sentence.
#[expect(clippy::cast_possible_truncation, reason = "a mean is within the range of the numbers")]
fn mean(lines: &[[i16; WIDTH]]) -> [i16; WIDTH] {
    let mut sums = [0; WIDTH];
    for line in lines {
        sums.iter_mut().zip(line).for_each(|(sum, &number)| *sum += i32::from(number));
    }
    let count = i32::try_from(lines.len()).expect("sentences are short");
    sums.map(|sum| (sum / count) as i16)
}

/// Returns the trigger at a word, if its scores are not far below that of no event. Scores are in units of 1/2^bits.
fn trigger(token: TokenIdx, line: &[i32; N_SCORES], bits: u32) -> Option<Trigger> {
    let line = line.map(|score| units(score, bits));
    let (types, rest) = line.split_first_chunk::<{ N_TYPES + 1 }>()?;
    let (statuses, rest) = rest.split_first_chunk::<N_STATUSES>()?;
    let &[denied, claimed] = rest.first_chunk()?;
    let best = types[1..].iter().copied().max()?;
    (i32::from(best) > i32::from(types[0]) - i32::from(in_units(KEPT))).then_some(Trigger {
        token,
        types: *types,
        statuses: *statuses,
        denied,
        claimed,
        window: (0, 0),
        roles: 0,
    })
}

/// Converts a score to units of 1/1024; what is beyond the range is cut.
#[expect(clippy::cast_possible_truncation, reason = "the number is clamped before it is cut")]
fn units(score: i32, bits: u32) -> i16 {
    let score = (i64::from(score) << 10) >> bits;
    score.clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_keep_their_value_in_other_units() {
        assert_eq!(units(3 << 19, 19), 3 * 1024);
        assert_eq!(units(-(1 << 18), 19), -512);
        assert_eq!(units(5 << 8, 8), 5 * 1024);
        assert_eq!((units(i32::MAX, 8), units(i32::MIN, 8)), (i16::MAX, i16::MIN));
    }

    #[test]
    fn an_unlikely_trigger_is_left_out() {
        let line = |first: i32, second: i32| {
            let mut line = [-20 << 10; N_SCORES];
            line[..2].copy_from_slice(&[first << 10, second << 10]);
            line
        };
        let kept = |line| trigger(TokenIdx(7), &line, 10).map(|trigger| trigger.types[1]);
        assert_eq!(kept(line(4, 0)), Some(0));
        assert_eq!(kept(line(5, 0)), None);
    }

    #[test]
    fn the_mean_of_a_sentence_is_that_of_its_tokens() {
        let lines = [[4; WIDTH], [-1; WIDTH], [3; WIDTH]];
        assert_eq!(mean(&lines), [2; WIDTH]);
    }
}
