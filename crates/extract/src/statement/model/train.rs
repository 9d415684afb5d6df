//! Training of the weights: maximum likelihood of the right candidate of each word, or of none, by `AdaGrad`.

use std::ops::Range;

use dateline_nlp::TokenIdx;

use super::{BUCKETS, Context, Values};
use crate::{
    linear::quantized,
    statement::{
        Finder, StatementDraft,
        candidate::{self, Candidate},
        choice, source,
    },
};

/// Annotated statement, as ranges of bytes.
#[derive(Debug, Clone, Default)]
pub struct Annotated {
    /// Words that name the source.
    pub source: Vec<Range<usize>>,
    /// Words of the cue.
    pub cue: Vec<Range<usize>>,
    /// Words of the content.
    pub content: Vec<Range<usize>>,
}

/// Word with the features of its candidates and the index of the right one.
#[derive(Debug, Clone)]
pub struct Example {
    candidates: Vec<Vec<u32>>,
    right: Option<usize>,
}

/// Upper limit of what a choice among the candidates can find.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    /// Annotated statements that no earlier rule found.
    pub wanted: usize,
    /// Those of them that have a right candidate.
    pub reached: usize,
}

/// Returns the tokens of annotated ranges, sorted.
fn tokens(finder: &Finder<'_>, stretches: &[Range<usize>]) -> Vec<u32> {
    let mut tokens: Vec<u32> = stretches
        .iter()
        .flat_map(|range| {
            let span = dateline_nlp::Span::new(range.start, range.end);
            words(finder, span).collect::<Vec<_>>()
        })
        .collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

fn words(finder: &Finder<'_>, span: dateline_nlp::Span) -> impl Iterator<Item = u32> {
    let first = finder.analysis.token_at(span.start()).map_or_else(
        || crate::clause::token_from(finder.analysis, span.start()),
        |token| token.idx().0,
    );
    (first..)
        .take_while(move |&at| {
            (at as usize) < finder.analysis.n_tokens()
                && finder.analysis.token(TokenIdx(at)).span().start() < span.end()
        })
        .filter(move |&at| {
            finder.analysis.token(TokenIdx(at)).text().chars().any(char::is_alphanumeric)
        })
}

/// Statement as sets of tokens.
struct Sets {
    source: Vec<u32>,
    cue: Vec<u32>,
    content: Vec<u32>,
}

fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|at| b.binary_search(at).is_ok()).count()
}

impl Sets {
    /// Returns how well a candidate fits, from 0.5 to 1; `None` if it does not.
    fn fit(&self, source: &[u32], content: &[u32]) -> Option<f64> {
        let both = 2 * shared(content, &self.content);
        let all = (content.len() + self.content.len()).max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^52")]
        let dice = both as f64 / all as f64;
        let same = self.source.is_empty() && source.is_empty() || shared(source, &self.source) > 0;
        (dice >= 0.5 && same).then_some(dice)
    }
}

/// Returns the words of a text with their candidates. The earlier rules have run.
pub(crate) fn examples(
    finder: &mut Finder<'_>,
    annotated: &[Annotated],
    reach: &mut Reach,
) -> Vec<Example> {
    let gold: Vec<Sets> = annotated
        .iter()
        .map(|one| Sets {
            source: tokens(finder, &one.source),
            cue: tokens(finder, &one.cue),
            content: tokens(finder, &one.content),
        })
        .collect();
    let is_found = |one: &Sets| {
        let fits = |draft: &StatementDraft| {
            draft.cue.is_some_and(|(span, _)| {
                words(finder, span).any(|at| one.cue.binary_search(&at).is_ok())
            })
        };
        finder.found.iter().any(fits)
    };
    let open: Vec<bool> = gold.iter().map(|one| !is_found(one)).collect();
    let mut reached = vec![false; gold.len()];
    let (mut candidates, mut examples): (Vec<Candidate<'_>>, Vec<Example>) = Default::default();
    for sentence in finder.analysis.sentences() {
        for cue in choice::downward(sentence.root()) {
            if !choice::may_be_cue(finder, cue) {
                continue;
            }
            candidate::of(finder, cue, &mut candidates);
            if candidates.is_empty() {
                continue;
            }
            let here = Context { nested: finder.says(cue.span()), n_candidates: candidates.len() };
            let values = Values::of_cue(finder, cue, here);
            let mut right: Option<(f64, usize)> = None;
            let mut list = Vec::with_capacity(candidates.len());
            for (number, one) in candidates.iter().enumerate() {
                let mut into = Vec::new();
                values.features(finder, one, &mut into);
                list.push(into);
                let source: Vec<u32> = one.source.map_or_else(Vec::new, |head| {
                    words(finder, source::of(head, finder.entities).span).collect()
                });
                let mut content: Vec<u32> =
                    one.content.iter().flatten().flat_map(|span| words(finder, *span)).collect();
                content.sort_unstable();
                for (at, sets) in gold.iter().enumerate() {
                    if sets.cue.binary_search(&cue.idx().0).is_ok()
                        && let Some(fit) = sets.fit(&source, &content)
                    {
                        reached[at] = true;
                        if right.is_none_or(|(best, _)| fit > best) {
                            right = Some((fit, number));
                        }
                    }
                }
            }
            // The remaining words are read as if this word had been read correctly.
            for span in right.iter().flat_map(|(_, number)| candidates[*number].content).flatten() {
                finder.say(span);
            }
            examples.push(Example { candidates: list, right: right.map(|(_, number)| number) });
        }
    }
    reach.wanted += open.iter().filter(|open| **open).count();
    reach.reached +=
        open.iter().zip(&reached).filter(|(open, reached)| **open && **reached).count();
    examples
}

/// Settings of training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Number of passes over the examples.
    pub n_epochs: u16,
    /// Size of the first steps.
    pub step: f32,
    /// Strength of the pull of the weights toward zero.
    pub decay: f32,
}

/// Trains on examples and returns the weights, one byte for each bucket.
///
/// # Panics
///
/// Never: the numbers it converts are below the lengths of lists.
pub fn train(examples: &[Example], settings: Settings) -> Vec<u8> {
    let mut weights = vec![0_f32; BUCKETS];
    let mut squares = vec![1e-6_f32; BUCKETS];
    let mut sums = vec![0_f32; BUCKETS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..settings.n_epochs {
        // Fisher-Yates shuffle with Marsaglia's xorshift generator.
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let other =
                usize::try_from(state % (at as u64 + 1)).expect("less than a length in memory");
            order.swap(at, other);
        }
        for &at in &order {
            step(&examples[at], settings, &mut weights, &mut squares);
        }
        for (sum, weight) in sums.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    // The mean over all passes is more stable than the last one.
    sums.iter()
        .map(|sum| quantized(sum / f32::from(settings.n_epochs), SCALE).cast_unsigned())
        .collect()
}

/// Steps of a weight in one unit of the score.
const SCALE: f32 = 24.0;

fn step(example: &Example, settings: Settings, weights: &mut [f32], squares: &mut [f32]) {
    let scores: Vec<f32> = example
        .candidates
        .iter()
        .map(|list| list.iter().map(|&at| weights[at as usize]).sum())
        .collect();
    // Not being a cue has a score of zero.
    let top = scores.iter().copied().fold(0.0, f32::max);
    let total: f32 = scores.iter().map(|score| (score - top).exp()).sum::<f32>() + (-top).exp();
    for (number, list) in example.candidates.iter().enumerate() {
        let likely = (scores[number] - top).exp() / total;
        let error = likely - f32::from(u8::from(example.right == Some(number)));
        if error.abs() < 1e-4 {
            continue;
        }
        for &at in list {
            let at = at as usize;
            let slope = error + settings.decay * weights[at];
            squares[at] += slope * slope;
            weights[at] -= settings.step * slope / squares[at].sqrt();
        }
    }
}
