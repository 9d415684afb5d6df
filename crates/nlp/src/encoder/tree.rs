//! The best tree over scored arcs: one root, and no two arcs that cross.
//!
//! The best heads of all tokens usually form such a tree. If they do not, the algorithm of Eisner (1996) finds the best one, in time
//! that is cubic in the tokens of a window. Of 100 arcs of the treebanks, 99.8 cross no other; sentences in which the best heads
//! cross are far more often wrong than special, and the layers above rely on subtrees without gaps.

use std::ops::Range;

/// Head of the root.
pub(crate) const ROOT: usize = 0;

/// Scores of arcs: for each token, a row with the score of the root as its head, then that of each token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arcs<'s> {
    scores: &'s [f32],
    stride: usize,
    n_tokens: usize,
}

impl<'s> Arcs<'s> {
    /// Takes one row of `stride` numbers for each token; the first `n_tokens + 1` are scores.
    pub(crate) fn new(scores: &'s [f32], stride: usize, n_tokens: usize) -> Self {
        Self { scores, stride, n_tokens }
    }

    /// Score of an arc. Tokens are numbered from 1; the head may be [`ROOT`].
    fn score(self, token: usize, head: usize) -> f32 {
        self.scores[(token - 1) * self.stride + head]
    }

    /// Returns the head of each token, numbered from 1; [`ROOT`] for exactly one of them.
    pub(crate) fn best_tree(self) -> Vec<usize> {
        let heads: Vec<usize> = (1..=self.n_tokens).map(|token| self.best_head(token)).collect();
        if is_tree(&heads) && is_projective(&heads) { heads } else { Chart::new(self).best_tree() }
    }

    /// Returns the head with the greatest score; the first of equal ones.
    fn best_head(self, token: usize) -> usize {
        let row = &self.scores[(token - 1) * self.stride..][..=self.n_tokens];
        let mut best = ROOT;
        for (head, &score) in row.iter().enumerate() {
            if head != token && score > row[best] {
                best = head;
            }
        }
        best
    }
}

/// Returns true if one token is the root and all others depend on it.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == ROOT).count() != 1 {
        return false;
    }
    // The token from which each was reached first: a path that meets itself is a cycle.
    let mut reached = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut token = start;
        while token != ROOT && reached[token] == 0 {
            reached[token] = start;
            token = heads[token - 1];
        }
        if token != ROOT && reached[token] == start {
            return false;
        }
    }
    true
}

/// Returns true if no arcs of a tree cross, the one from the left end of the sentence to the root included.
fn is_projective(heads: &[usize]) -> bool {
    // Ends of the arcs that are open at a token, the innermost last.
    let mut arcs: Vec<Range<usize>> =
        heads.iter().enumerate().map(|(at, &head)| head.min(at + 1)..head.max(at + 1)).collect();
    arcs.sort_unstable_by_key(|arc| (arc.start, usize::MAX - arc.end));
    let mut open: Vec<usize> = Vec::new();
    for arc in arcs {
        while open.last().is_some_and(|&end| end <= arc.start) {
            open.pop();
        }
        if open.last().is_some_and(|&end| end < arc.end) {
            return false;
        }
        open.push(arc.end);
    }
    true
}

/// The best partial trees over each stretch of tokens.
struct Chart {
    n_tokens: usize,
    /// Stretches whose first token is the head of all others.
    from_first: Vec<Cell>,
    /// Stretches whose last token is the head of all others.
    from_last: Vec<Cell>,
    /// Stretches with an arc between the ends, from the first token.
    to_last: Vec<Cell>,
    /// Stretches with an arc between the ends, from the last token.
    to_first: Vec<Cell>,
    root: usize,
}

/// The best partial tree of a kind over a stretch.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    score: f32,
    /// The token where its two parts meet.
    middle: usize,
}

/// A kind of partial tree.
#[derive(Debug, Clone, Copy)]
enum Kind {
    FromFirst,
    FromLast,
    ToLast,
    ToFirst,
}

impl Chart {
    /// Fills the chart, short stretches first.
    fn new(arcs: Arcs<'_>) -> Self {
        let n = arcs.n_tokens;
        let empty = vec![Cell::default(); n * n];
        let mut chart = Self {
            n_tokens: n,
            from_first: empty.clone(),
            from_last: empty.clone(),
            to_last: empty.clone(),
            to_first: empty,
            root: 0,
        };
        for length in 1..n {
            for first in 0..n - length {
                let last = first + length;
                let met = best(first..last, |at| {
                    chart.from_first[first * n + at].score
                        + chart.from_last[(at + 1) * n + last].score
                });
                let scored = |token: usize, head: usize| Cell {
                    score: met.score + arcs.score(token + 1, head + 1),
                    ..met
                };
                chart.to_last[first * n + last] = scored(last, first);
                chart.to_first[first * n + last] = scored(first, last);
                chart.from_first[first * n + last] = best(first + 1..last + 1, |at| {
                    chart.to_last[first * n + at].score + chart.from_first[at * n + last].score
                });
                chart.from_last[first * n + last] = best(first..last, |at| {
                    chart.from_last[first * n + at].score + chart.to_first[at * n + last].score
                });
            }
        }
        let root = best(0..n, |at| {
            let (left, right) = (chart.from_last[at], chart.from_first[at * n + n - 1]);
            left.score + right.score + arcs.score(at + 1, ROOT)
        });
        Self { root: root.middle, ..chart }
    }

    /// Reads the best tree off the chart.
    fn best_tree(&self) -> Vec<usize> {
        let n = self.n_tokens;
        let mut heads = vec![ROOT; n];
        let mut open = vec![(Kind::FromLast, 0, self.root), (Kind::FromFirst, self.root, n - 1)];
        while let Some((kind, first, last)) = open.pop() {
            if first == last {
                continue;
            }
            let at = first * n + last;
            match kind {
                Kind::FromFirst => {
                    let middle = self.from_first[at].middle;
                    open.extend([(Kind::ToLast, first, middle), (Kind::FromFirst, middle, last)]);
                }
                Kind::FromLast => {
                    let middle = self.from_last[at].middle;
                    open.extend([(Kind::FromLast, first, middle), (Kind::ToFirst, middle, last)]);
                }
                Kind::ToLast | Kind::ToFirst => {
                    let (token, head, cells) = match kind {
                        Kind::ToLast => (last, first, &self.to_last),
                        _ => (first, last, &self.to_first),
                    };
                    heads[token] = head + 1;
                    let middle = cells[at].middle;
                    open.extend([
                        (Kind::FromFirst, first, middle),
                        (Kind::FromLast, middle + 1, last),
                    ]);
                }
            }
        }
        heads
    }
}

/// Returns the greatest score and the first place that has it.
fn best(places: Range<usize>, score: impl Fn(usize) -> f32) -> Cell {
    let mut best = Cell { score: f32::NEG_INFINITY, middle: places.start };
    for middle in places {
        let score = score(middle);
        if score > best.score {
            best = Cell { score, middle };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All ways to give each of `n` tokens a head.
    fn all_heads(n: usize) -> Vec<Vec<usize>> {
        (0..n).fold(vec![Vec::new()], |found, _| {
            found
                .iter()
                .flat_map(|heads| (0..=n).map(move |head| [heads.as_slice(), &[head]].concat()))
                .collect()
        })
    }

    fn total(arcs: Arcs<'_>, heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(at, &head)| arcs.score(at + 1, head)).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_tree_is_better(n in 1_usize..5, numbers in prop::collection::vec(-100_i16..100, 20)) {
            let scores: Vec<f32> = numbers.into_iter().map(f32::from).collect();
            let arcs = Arcs::new(&scores[..n * (n + 1)], n + 1, n);
            let heads = arcs.best_tree();
            prop_assert!(is_tree(&heads) && is_projective(&heads), "{heads:?}");
            let best = all_heads(n)
                .into_iter()
                .filter(|heads| is_tree(heads) && is_projective(heads))
                .map(|heads| total(arcs, &heads))
                .fold(f32::NEG_INFINITY, f32::max);
            prop_assert!(total(arcs, &heads) >= best, "{heads:?}");
        }

        #[test]
        fn any_scores_give_a_tree(n in 1_usize..40, numbers in prop::collection::vec(-9_i8..9, 40 * 41)) {
            let scores: Vec<f32> = numbers.into_iter().map(f32::from).collect();
            let heads = Arcs::new(&scores[..n * (n + 1)], n + 1, n).best_tree();
            prop_assert!(is_tree(&heads) && is_projective(&heads), "{heads:?}");
        }
    }

    #[test]
    fn crossing_arcs_are_found() {
        assert!(is_projective(&[2, ROOT, 2, 3]));
        // 1 ← 3 and 2 ← 4, in which 3 is the root.
        assert!(!is_projective(&[3, 4, ROOT, 3]));
        // The arc to the root, 2, crosses 1 ← 3.
        assert!(!is_projective(&[3, ROOT, 2]));
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // 1 and 2 prefer each other, and 3 prefers 2.
        let scores = [1.0, 0.0, 9.0, 1.0, 0.0, 9.0, 0.0, 8.0, 0.0, 2.0, 9.0, 0.0];
        assert_eq!(Arcs::new(&scores, 4, 3).best_tree(), [ROOT, 1, 2]);
    }
}
