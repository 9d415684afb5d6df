//! Which documents tell one story, as a tree of steps: the two clusters of documents most alike become one, again and again.
//!
//! No one bound parts all stories, so a pair of documents keeps of the tree what a model can learn from: how alike the clusters
//! were that joined them, how large, and how late.

use super::agglomerate::{Clusters, Square, agglomerate};

/// How documents of a group became one, step by step.
#[derive(Debug)]
pub(super) struct Steps {
    /// How alike the two clusters of two documents were on the mean when they became one.
    pub(super) joined_at: Square,
    /// How many documents the smaller of them had: of two stories each has several.
    pub(super) smaller: Square,
    /// How many steps were left.
    pub(super) left: Square,
}

impl Steps {
    /// Nothing is joined yet.
    pub(super) fn new(n: usize) -> Self {
        let nothing = Square::of(n, |_, _| 0);
        Self { joined_at: nothing.clone(), smaller: nothing.clone(), left: nothing }
    }

    /// Clusters documents, and notes how those became one that did.
    pub(super) fn join(&mut self, cluster: &[usize], alike: &Square, floor: i64) -> Clusters {
        let mut left = i64::try_from(cluster.len()).unwrap_or(i64::MAX) - 1;
        agglomerate(alike, floor, |one, other, mean| {
            left -= 1;
            let smaller = i64::try_from(one.len().min(other.len())).unwrap_or(i64::MAX);
            for &a in one {
                for &b in other {
                    self.joined_at.set(cluster[a], cluster[b], mean);
                    self.smaller.set(cluster[a], cluster[b], smaller);
                    self.left.set(cluster[a], cluster[b], left);
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_steps_between_large_clusters_part_stories() {
        let alike = Square::of(4, |a, b| if (a < 2) == (b < 2) { 90 } else { 10 });
        let mut steps = Steps::new(4);
        steps.join(&[0, 1, 2, 3], &alike, 0);
        let seen = |a, b| [&steps.joined_at, &steps.smaller, &steps.left].map(|one| one.get(a, b));
        assert_eq!(seen(0, 1), [90, 1, 2]);
        assert_eq!(seen(1, 3), [10, 2, 0]);
    }
}
