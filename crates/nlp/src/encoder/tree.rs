//! The best tree over scored arcs, with one root: the best head of each token if those form a tree, and otherwise the algorithm of
//! Chu, Liu and Edmonds in the form for dense graphs (Tarjan 1977), which takes quadratic time.

/// Scores of arcs: for each token, a row with the score of the root as its head, then that of each token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arcs<'s> {
    scores: &'s [f32],
    stride: usize,
    n_tokens: usize,
}

/// Score of an arc that must not be taken.
const NEVER: f32 = -1e9;

/// Number of tokens that are tried as the root if the best tree has several.
const ROOTS_TRIED: usize = 4;

/// Head of the root.
pub(crate) const ROOT: usize = 0;

impl<'s> Arcs<'s> {
    /// Takes one row of `stride` numbers for each token; the first `n_tokens + 1` are scores.
    pub(crate) fn new(scores: &'s [f32], stride: usize, n_tokens: usize) -> Self {
        Self { scores, stride, n_tokens }
    }

    /// Score of an arc. Nodes are numbered from 1; 0 is the root.
    fn score(self, node: usize, head: usize) -> f32 {
        if node == head { NEVER } else { self.scores[(node - 1) * self.stride + head] }
    }

    /// Returns the head of each token, numbered from 1; [`ROOT`] for exactly one of them.
    pub(crate) fn best_tree(self) -> Vec<usize> {
        let best = |node| {
            (0..=self.n_tokens).fold(if node == 1 { ROOT } else { 1 }, |best, head| {
                if self.score(node, head) > self.score(node, best) { head } else { best }
            })
        };
        let heads: Vec<usize> = (1..=self.n_tokens).map(best).collect();
        if is_tree(&heads) {
            return heads;
        }
        let heads = Contraction::new(self, None).solve();
        if n_roots(&heads) == 1 {
            return heads;
        }
        let mut roots: Vec<usize> = (1..=self.n_tokens).collect();
        roots.sort_by(|&one, &other| self.score(other, ROOT).total_cmp(&self.score(one, ROOT)));
        let mut best: Option<(f32, Vec<usize>)> = None;
        for &root in roots.iter().take(ROOTS_TRIED) {
            let heads = Contraction::new(self, Some(root)).solve();
            let sum = heads.iter().enumerate().map(|(at, &head)| self.score(at + 1, head)).sum();
            if best.as_ref().is_none_or(|(most, _)| sum > *most) {
                best = Some((sum, heads));
            }
        }
        best.expect("a sentence has a token").1
    }
}

fn n_roots(heads: &[usize]) -> usize {
    heads.iter().filter(|head| **head == ROOT).count()
}

/// Returns true if one token is the root and all others depend on it.
fn is_tree(heads: &[usize]) -> bool {
    if n_roots(heads) != 1 {
        return false;
    }
    // The node from which each was reached first: a path that meets itself is a cycle.
    let mut reached = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut node = start;
        while node != ROOT && reached[node] == 0 {
            reached[node] = start;
            node = heads[node - 1];
        }
        if node != ROOT && reached[node] == start {
            return false;
        }
    }
    true
}

/// An arc between tokens, as it was before groups were contracted.
#[derive(Debug, Clone, Copy, Default)]
struct Arc {
    node: usize,
    head: usize,
}

/// Search for the best tree: cycles of best arcs become groups, which choose an arc like a token.
struct Contraction {
    n_nodes: usize,
    /// Score of the arc into one slot from another, less what taking it costs inside the group.
    scores: Vec<f32>,
    /// The arc behind each score.
    arcs: Vec<Arc>,
    /// Group that is in each slot: a node number, or a later number for a contracted group.
    groups: Vec<Group>,
    in_slot: Vec<Option<usize>>,
    /// Slot of each original node.
    slot_of: Vec<usize>,
}

/// A node or a contracted cycle.
#[derive(Debug, Default)]
struct Group {
    parent: Option<usize>,
    members: Vec<usize>,
    /// The arc into it that was best when it was chosen.
    chosen: Arc,
}

impl Contraction {
    /// Prepares the search. If a root is given, it alone may depend on the root node.
    fn new(arcs: Arcs<'_>, root: Option<usize>) -> Self {
        let n_nodes = arcs.n_tokens + 1;
        let mut scores = vec![NEVER; n_nodes * n_nodes];
        let mut origins = vec![Arc::default(); n_nodes * n_nodes];
        for node in 1..n_nodes {
            for head in 0..n_nodes {
                let is_allowed = root.is_none_or(|root| (node == root) == (head == ROOT));
                let at = node * n_nodes + head;
                scores[at] = if is_allowed { arcs.score(node, head) } else { NEVER };
                origins[at] = Arc { node, head };
            }
        }
        Self {
            n_nodes,
            scores,
            arcs: origins,
            groups: (0..n_nodes).map(|_| Group::default()).collect(),
            in_slot: (0..n_nodes).map(Some).collect(),
            slot_of: (0..n_nodes).collect(),
        }
    }

    fn solve(mut self) -> Vec<usize> {
        let mut is_done = vec![false; self.n_nodes];
        is_done[ROOT] = true;
        for start in 1..self.n_nodes {
            let mut slot = self.slot_of[start];
            if is_done[slot] {
                continue;
            }
            // Slots from the start on, each the head of the one before it.
            let mut path = vec![slot];
            loop {
                let best = self.choose(slot);
                if is_done[best] {
                    break;
                }
                match path.iter().position(|&on_path| on_path == best) {
                    Some(from) => {
                        let cycle = path.split_off(from);
                        slot = self.contract(&cycle);
                    }
                    None => slot = best,
                }
                path.push(slot);
            }
            for slot in path {
                is_done[slot] = true;
            }
        }
        self.expand()
    }

    /// Chooses the best arc into a slot; returns the slot it comes from.
    fn choose(&mut self, slot: usize) -> usize {
        let line = &self.scores[slot * self.n_nodes..(slot + 1) * self.n_nodes];
        let mut best = None;
        for (from, &score) in line.iter().enumerate() {
            let is_open = from != slot && self.in_slot[from].is_some();
            if is_open && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, from));
            }
        }
        let from = best.expect("the root is always open").1;
        let group = self.in_slot[slot].expect("a slot on the path is in use");
        self.groups[group].chosen = self.arcs[slot * self.n_nodes + from];
        from
    }

    /// Makes a group of a cycle, in the slot of its first member. Each slot is the head of the one before it, and the first that
    /// of the last.
    fn contract(&mut self, cycle: &[usize]) -> usize {
        let n_nodes = self.n_nodes;
        let into = cycle[0];
        // Score of the arc of the cycle into each member.
        let taken: Vec<f32> = (0..cycle.len())
            .map(|at| self.scores[cycle[at] * n_nodes + cycle[(at + 1) % cycle.len()]])
            .collect();
        for other in 0..n_nodes {
            if self.in_slot[other].is_none() || cycle.contains(&other) {
                continue;
            }
            let mut entering: Option<(f32, Arc)> = None;
            let mut leaving: Option<(f32, Arc)> = None;
            for (&member, &taken) in cycle.iter().zip(&taken) {
                let enter = member * n_nodes + other;
                let gain = self.scores[enter] - taken;
                if entering.is_none_or(|(most, _)| gain > most) {
                    entering = Some((gain, self.arcs[enter]));
                }
                let leave = other * n_nodes + member;
                if leaving.is_none_or(|(most, _)| self.scores[leave] > most) {
                    leaving = Some((self.scores[leave], self.arcs[leave]));
                }
            }
            let (gain, arc) = entering.expect("a cycle has members");
            (self.scores[into * n_nodes + other], self.arcs[into * n_nodes + other]) = (gain, arc);
            let (score, arc) = leaving.expect("a cycle has members");
            (self.scores[other * n_nodes + into], self.arcs[other * n_nodes + into]) = (score, arc);
        }
        let group = self.groups.len();
        let members: Vec<usize> =
            cycle.iter().map(|&slot| self.in_slot[slot].take().expect("in use")).collect();
        for &member in &members {
            self.groups[member].parent = Some(group);
        }
        self.groups.push(Group { members, ..Group::default() });
        self.in_slot[into] = Some(group);
        for slot in &mut self.slot_of {
            if cycle.contains(slot) {
                *slot = into;
            }
        }
        into
    }

    /// Breaks each cycle where the arc into its group enters it, from the outermost group inwards.
    fn expand(mut self) -> Vec<usize> {
        for group in (self.n_nodes..self.groups.len()).rev() {
            let arc = self.groups[group].chosen;
            let mut member = arc.node;
            while self.groups[member].parent != Some(group) {
                member = self.groups[member].parent.expect("the arc enters the group");
            }
            debug_assert!(self.groups[group].members.contains(&member), "a member of the group");
            self.groups[member].chosen = arc;
        }
        self.groups[1..self.n_nodes].iter().map(|group| group.chosen.head).collect()
    }
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
            prop_assert!(is_tree(&heads), "{heads:?}");
            let best = all_heads(n)
                .into_iter()
                .filter(|heads| is_tree(heads))
                .map(|heads| total(arcs, &heads))
                .fold(f32::NEG_INFINITY, f32::max);
            prop_assert!(total(arcs, &heads) >= best, "{heads:?}");
        }

        #[test]
        fn any_scores_give_a_tree(n in 1_usize..40, numbers in prop::collection::vec(-9_i8..9, 40 * 41)) {
            let scores: Vec<f32> = numbers.into_iter().map(f32::from).collect();
            prop_assert!(is_tree(&Arcs::new(&scores[..n * (n + 1)], n + 1, n).best_tree()));
        }
    }

    #[test]
    fn cycles_within_cycles_are_broken() {
        // 1 and 2 prefer each other, both are preferred by 3, and 3 is preferred by 2.
        let scores = [1.0, 0.0, 9.0, 1.0, 0.0, 9.0, 0.0, 8.0, 0.0, 2.0, 9.0, 0.0];
        assert_eq!(Arcs::new(&scores, 4, 3).best_tree(), [ROOT, 1, 2]);
    }
}
