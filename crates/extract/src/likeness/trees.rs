//! Gradient-boosted trees (Friedman 2001): whether two mentions are of one act.
//!
//! A file of trees is its version, the settings, and a tree after the other; all trees have [`DEPTH`] questions from root to
//! leaf. Leaves are integers, so the sum is the same on every machine.

use std::sync::LazyLock;

use super::features::{Features, N_FEATURES};

/// Questions from the root of a tree to a leaf.
pub(super) const DEPTH: usize = 3;

/// Questions and leaves of a tree.
pub(super) const N_NODES: usize = (1 << DEPTH) - 1;
pub(super) const N_LEAVES: usize = 1 << DEPTH;

/// What a logit of one is in leaves.
#[cfg(feature = "train")]
pub(super) const ONE: f32 = 4096.0;

/// Opens the file.
const VERSION: &[u8; 11] = b"likeness 1\n";

/// Bytes of a question and of a tree.
const NODE: usize = 5;
const TREE: usize = N_NODES * NODE + N_LEAVES * 2;
/// Bytes before the first tree.
#[cfg(feature = "train")]
const TOP: usize = VERSION.len() + 4;

/// A tree with all its questions; the children of question *n* are 2*n* + 1, if the answer is yes, and 2*n* + 2.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Is this feature below this number?
    pub(super) nodes: [(u8, f32); N_NODES],
    pub(super) leaves: [i16; N_LEAVES],
}

impl Tree {
    fn leaf(&self, features: &Features) -> i16 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let (feature, bound) = self.nodes[at];
            at = 2 * at + if features[usize::from(feature)] < bound { 1 } else { 2 };
        }
        self.leaves[at - N_NODES]
    }
}

/// The trees, and how sure they have to be.
#[derive(Debug, Clone)]
pub(crate) struct Trees {
    /// The mean score from which two clusters are one.
    pub(super) floor: i32,
    pub(super) trees: Vec<Tree>,
}

/// The trees of this build.
pub(super) fn compiled_in() -> &'static Trees {
    static TREES: LazyLock<Trees> = LazyLock::new(|| {
        Trees::read(include_bytes!("../../model/likeness.weights"))
            .expect("model/likeness.weights is read by a test")
    });
    &TREES
}

impl Trees {
    /// Reads a file of trees; `None` if it is not as it should be.
    pub(crate) fn read(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(VERSION)?;
        let (floor, rest) = rest.split_first_chunk::<4>()?;
        if !rest.len().is_multiple_of(TREE) {
            return None;
        }
        let trees = rest.chunks_exact(TREE).map(read_tree).collect::<Option<Vec<_>>>()?;
        Some(Self { floor: i32::from_le_bytes(*floor), trees })
    }

    /// The file that [`read`](Self::read) reads.
    #[cfg(feature = "train")]
    pub(super) fn write(&self) -> Vec<u8> {
        let mut file = Vec::with_capacity(TOP + self.trees.len() * TREE);
        file.extend_from_slice(VERSION);
        file.extend_from_slice(&self.floor.to_le_bytes());
        for tree in &self.trees {
            for (feature, bound) in tree.nodes {
                file.push(feature);
                file.extend_from_slice(&bound.to_le_bytes());
            }
            for leaf in tree.leaves {
                file.extend_from_slice(&leaf.to_le_bytes());
            }
        }
        file
    }

    /// How sure it is that a pair is of one act, as a logit in 4,096ths.
    pub(super) fn score(&self, features: &Features) -> i32 {
        self.trees.iter().map(|tree| i32::from(tree.leaf(features))).sum()
    }
}

fn read_tree(bytes: &[u8]) -> Option<Tree> {
    let (nodes, leaves) = bytes.split_at_checked(N_NODES * NODE)?;
    let mut tree = Tree { nodes: [(0, 0.0); N_NODES], leaves: [0; N_LEAVES] };
    for (node, bytes) in tree.nodes.iter_mut().zip(nodes.as_chunks::<NODE>().0) {
        let [feature, bound @ ..] = *bytes;
        if usize::from(feature) >= N_FEATURES {
            return None;
        }
        *node = (feature, f32::from_le_bytes(bound));
    }
    for (leaf, bytes) in tree.leaves.iter_mut().zip(leaves.as_chunks::<2>().0) {
        *leaf = i16::from_le_bytes(*bytes);
    }
    Some(tree)
}
