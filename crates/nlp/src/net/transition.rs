//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011): shift a token onto the stack, or attach the
//! top of the stack to the next token (left) or to the token below it (right).
//!
//! The root is a node after the last token. Trees are projective and have one root. A sentence of *n* tokens takes exactly
//! 2*n* steps.

use crate::tags::Deprel;

/// An empty position of the state.
pub(crate) const NONE: u32 = u32::MAX;

/// Number of positions of the state the parser looks at.
pub(crate) const SLOTS: usize = 10;

/// Number of rows in the table of small features; see [`State::small_features`].
pub(crate) const SMALL_ROWS: usize = 5 * (N_LABELS + 1) + 2 * N_DISTANCES + 4 * 4 + 2;

/// Number of small features of a state.
pub(crate) const SMALL: usize = 5 + 2 + 4 + 1;

/// Number of moves: shift, and left and right with each label.
pub(crate) const N_MOVES: usize = 1 + 2 * N_LABELS;

const N_LABELS: usize = Deprel::ALL.len();
const N_DISTANCES: usize = 8;

/// A move of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// Push the next token onto the stack.
    Shift,
    /// Attach the top of the stack to the next token.
    Left(Deprel),
    /// Attach the top of the stack to the token below it.
    Right(Deprel),
}

impl Move {
    /// Index among the outputs of the network.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Shift => 0,
            Self::Left(label) => 1 + label as usize,
            Self::Right(label) => 1 + N_LABELS + label as usize,
        }
    }

    /// Returns the move at an index among the outputs.
    pub(crate) fn at(index: usize) -> Self {
        match index {
            0 => Self::Shift,
            _ if index <= N_LABELS => Self::Left(Deprel::ALL[index - 1]),
            _ => Self::Right(Deprel::ALL[index - 1 - N_LABELS]),
        }
    }
}

/// Kinds of move that a state allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent questions about a state")]
pub(crate) struct Legal {
    pub(crate) shift: bool,
    pub(crate) left: bool,
    pub(crate) right: bool,
    /// True if the next left arc is from the root, whose label is `root`. No other arc may have that label.
    pub(crate) root: bool,
}

/// A partial tree.
#[derive(Debug, Default)]
pub(crate) struct State {
    n_tokens: u32,
    stack: Vec<u32>,
    next: u32,
    heads: Vec<u32>,
    labels: Vec<Deprel>,
    leftmost: Vec<u32>,
    rightmost: Vec<u32>,
    /// Number of left and right dependents so far.
    valency: Vec<[u8; 2]>,
}

impl State {
    /// Resets the state for a sentence of `n_tokens`.
    pub(crate) fn reset(&mut self, n_tokens: usize) {
        self.n_tokens = u32::try_from(n_tokens).expect("sentences are short");
        self.stack.clear();
        self.next = 0;
        self.heads.clear();
        self.heads.resize(n_tokens, NONE);
        self.labels.clear();
        self.labels.resize(n_tokens, Deprel::Dep);
        for children in [&mut self.leftmost, &mut self.rightmost] {
            children.clear();
            children.resize(n_tokens + 1, NONE);
        }
        self.valency.clear();
        self.valency.resize(n_tokens + 1, [0, 0]);
    }

    /// Returns true if every token has a head.
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.n_tokens && self.stack.is_empty()
    }

    /// Head of each token; `n_tokens` is the root.
    pub(crate) fn heads(&self) -> &[u32] {
        &self.heads
    }

    /// Relation of each token to its head.
    pub(crate) fn labels(&self) -> &[Deprel] {
        &self.labels
    }

    pub(crate) fn legal(&self) -> Legal {
        let at_root = self.next == self.n_tokens;
        Legal {
            shift: !at_root,
            left: !self.stack.is_empty() && (!at_root || self.stack.len() == 1),
            right: self.stack.len() >= 2,
            root: at_root,
        }
    }

    /// Applies a move, which must be legal.
    pub(crate) fn apply(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(label) => {
                let child = self.stack.pop().expect("left is legal with a token on the stack");
                self.hang(child, self.next, label);
                self.leftmost[self.next as usize] = child;
                self.count(self.next, 0);
            }
            Move::Right(label) => {
                let child = self.stack.pop().expect("right is legal with two tokens on the stack");
                let head = *self.stack.last().expect("right is legal with two tokens on the stack");
                self.hang(child, head, label);
                self.rightmost[head as usize] = child;
                self.count(head, 1);
            }
        }
    }

    fn hang(&mut self, child: u32, head: u32, label: Deprel) {
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    fn count(&mut self, head: u32, side: usize) {
        let valency = &mut self.valency[head as usize][side];
        *valency = valency.saturating_add(1);
    }

    fn stacked(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |index| self.stack[index])
    }

    fn coming(&self, ahead: u32) -> u32 {
        let token = self.next + ahead;
        if token < self.n_tokens { token } else { NONE }
    }

    fn of(children: &[u32], token: u32) -> u32 {
        if token == NONE { NONE } else { children[token as usize] }
    }

    /// Returns the tokens at the positions the parser looks at; [`NONE`] for an empty one.
    pub(crate) fn slots(&self) -> [u32; SLOTS] {
        let (s0, s1, b0) = (self.stacked(0), self.stacked(1), self.coming(0));
        [
            s0,
            s1,
            self.stacked(2),
            b0,
            self.coming(1),
            Self::of(&self.leftmost, s0),
            Self::of(&self.rightmost, s0),
            Self::of(&self.leftmost, s1),
            Self::of(&self.rightmost, s1),
            Self::of(&self.leftmost, b0),
        ]
    }

    /// Returns the rows of the small features: labels of visible children, distances, valencies, and a flag if only the root
    /// is left.
    pub(crate) fn small_features(&self, slots: &[u32; SLOTS]) -> [u32; SMALL] {
        let mut rows = [0; SMALL];
        let mut start = 0;
        let mut at = 0;
        let mut add = |value: usize, size: usize| {
            rows[at] = u32::try_from(start + value).expect("the table is small");
            start += size;
            at += 1;
        };
        for &child in &slots[5..10] {
            let label = if child == NONE { N_LABELS } else { self.labels[child as usize] as usize };
            add(label, N_LABELS + 1);
        }
        add(distance(slots[0], self.next), N_DISTANCES);
        add(distance(slots[1], slots[0]), N_DISTANCES);
        for (token, side) in [(slots[0], 0), (slots[0], 1), (slots[1], 1), (slots[3], 0)] {
            let count = if token == NONE { 0 } else { self.valency[token as usize][side] };
            add(usize::from(count.min(3)), 4);
        }
        add(usize::from(self.next == self.n_tokens), 2);
        rows
    }

    /// Returns the legal moves that lose the fewest arcs of a gold tree (the dynamic oracle of Goldberg and Nivre 2013). A token
    /// with a wrong head still asks for its own label.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn best_moves(&self, gold_heads: &[u32], gold_labels: &[Deprel]) -> Vec<Move> {
        let legal = self.legal();
        let mut costs: Vec<(usize, Move)> = Vec::with_capacity(3);
        let waits = |token: u32| token == self.n_tokens || token >= self.next;
        let head_of = |token: u32| gold_heads[token as usize];
        if let Some(&top) = self.stack.last() {
            let label = gold_labels[top as usize];
            let waiting_children =
                (self.next..self.n_tokens).filter(|&token| head_of(token) == top).count();
            let below = self.stacked(1);
            if legal.left {
                let head = head_of(top);
                let lost = usize::from(head != self.next && (head == below || waits(head)));
                let label = if legal.root { Deprel::Root } else { plain(label) };
                costs.push((waiting_children + lost, Move::Left(label)));
            }
            if legal.right {
                costs.push((
                    waiting_children + usize::from(waits(head_of(top))),
                    Move::Right(plain(label)),
                ));
            }
        }
        if legal.shift {
            let next = self.next;
            let children = self.stack.iter().filter(|&&token| head_of(token) == next).count();
            let head = head_of(next);
            let under_top = self.stack.len().saturating_sub(1);
            let lost_head = self.stack[..under_top].contains(&head);
            costs.push((children + usize::from(lost_head), Move::Shift));
        }
        let least = costs.iter().map(|(cost, _)| *cost).min().unwrap_or(0);
        costs.into_iter().filter(|(cost, _)| *cost == least).map(|(_, step)| step).collect()
    }
}

/// Only an arc from the root may have the label `root`.
#[cfg(any(feature = "train", test))]
fn plain(label: Deprel) -> Deprel {
    if label == Deprel::Root { Deprel::Dep } else { label }
}

fn distance(left: u32, right: u32) -> usize {
    if left == NONE || right == NONE {
        return 0;
    }
    match right.saturating_sub(left) {
        0 | 1 => 1,
        2 => 2,
        3 => 3,
        4 => 4,
        5 | 6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows the oracle and returns the heads as numbers from 1, with 0 for the root.
    fn follow(heads: &[u32]) -> Vec<u32> {
        let n_tokens = u32::try_from(heads.len()).unwrap();
        let gold: Vec<u32> =
            heads.iter().map(|&head| if head == 0 { n_tokens } else { head - 1 }).collect();
        let labels: Vec<Deprel> =
            heads.iter().map(|&head| if head == 0 { Deprel::Root } else { Deprel::Obj }).collect();
        let mut state = State::default();
        state.reset(heads.len());
        let mut n_steps = 0;
        while !state.is_done() {
            state.apply(state.best_moves(&gold, &labels)[0]);
            n_steps += 1;
        }
        assert_eq!(n_steps, 2 * heads.len());
        state.heads().iter().map(|&head| if head == n_tokens { 0 } else { head + 1 }).collect()
    }

    #[test]
    fn the_oracle_builds_the_gold_tree() {
        for heads in
            [vec![0], vec![2, 0, 2], vec![2, 3, 0, 5, 3, 5], vec![0, 1, 2, 3], vec![4, 4, 4, 0]]
        {
            assert_eq!(follow(&heads), heads);
        }
    }

    #[test]
    fn a_tree_with_crossing_arcs_still_gets_one_root() {
        let built = follow(&[3, 4, 0, 3]);
        assert_eq!(built.iter().filter(|&&head| head == 0).count(), 1);
    }

    #[test]
    fn moves_have_consecutive_indices() {
        for index in 0..N_MOVES {
            assert_eq!(Move::at(index).index(), index);
        }
    }

    #[test]
    fn small_features_are_within_their_table() {
        let mut state = State::default();
        state.reset(3);
        for step in [Move::Shift, Move::Shift, Move::Left(Deprel::Nsubj)] {
            if state.legal().left || step == Move::Shift {
                state.apply(step);
            }
            assert!(
                state.small_features(&state.slots()).iter().all(|&row| (row as usize) < SMALL_ROWS)
            );
        }
    }
}
