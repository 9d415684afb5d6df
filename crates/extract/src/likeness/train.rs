//! Makes the trees: boosting on the logistic loss over pairs of mentions, by histograms of binned features.
//!
//! Everything runs in one order with its own generator of numbers, so the same data gives the same bytes.

use super::{
    Likeness,
    features::{Features, N_FEATURES, features},
    trees::{DEPTH, N_LEAVES, N_NODES, ONE, Tree, Trees},
};

/// Bins a feature is cut into, at most.
const BINS: usize = 48;

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many trees there are.
    pub n_trees: usize,
    /// What a tree counts beside those before it.
    pub rate: f64,
    /// Pull of the leaves towards zero.
    pub pull: f64,
    /// A leaf has at least this much weight (the second derivative of the loss).
    pub least: f64,
    /// One in so many features may be asked about in a tree.
    pub share: f64,
    /// The mean score from which two clusters are one, as a logit.
    pub floor: f32,
}

/// Two mentions, with whether they are of one act.
#[derive(Debug, Clone)]
pub struct Pair {
    features: Features,
    same: bool,
    weight: f32,
}

/// Trained trees.
#[derive(Debug, Clone)]
pub struct Model(pub(super) Trees);

impl Model {
    /// The file of the weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.write()
    }

    /// The same trees with another bound, as a logit.
    #[must_use]
    pub fn with_floor(mut self, floor: f32) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
        let floor = (floor * ONE) as i32;
        self.0.floor = floor;
        self
    }
}

impl Likeness {
    /// The pairs of mentions of documents; `chains` tells for each document which chain each of its mentions is of.
    pub fn pairs(&self, chains: &[Vec<u32>]) -> Vec<Pair> {
        let corpus = &self.corpus;
        let chain_of: Vec<u32> =
            self.order.iter().flat_map(|&document| chains[document].iter().copied()).collect();
        let mut pairs = Vec::new();
        for group in &corpus.groups {
            for (number, &a) in group.iter().enumerate() {
                for &b in &group[number + 1..] {
                    let (a, b) = (&corpus.mentions[a], &corpus.mentions[b]);
                    let same = chain_of[a.slot] == chain_of[b.slot];
                    pairs.push(Pair { features: features(corpus, a, b), same, weight: 1.0 });
                }
            }
        }
        pairs
    }

    /// The chains of all mentions by other trees than those compiled in.
    pub fn chains_by(&self, model: &Model) -> Vec<Vec<u32>> {
        self.chains_with(&model.0)
    }
}

/// Numbers by a linear congruential generator (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    /// The next, from nought to below one.
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(self.0 >> 32).unwrap_or(0);
        f64::from(high) / 4_294_967_296.0
    }
}

/// Pairs with their features cut into bins.
struct Binned {
    /// The bounds of each feature: a value is in bin *n* if *n* of them are not above it.
    bounds: Vec<Vec<f32>>,
    /// A feature after the other, a pair after the other.
    bins: Vec<Vec<u8>>,
}

impl Binned {
    fn new(pairs: &[&Pair]) -> Self {
        let mut bounds = Vec::new();
        let mut bins = Vec::new();
        for feature in 0..N_FEATURES {
            let mut values: Vec<f32> = pairs.iter().map(|pair| pair.features[feature]).collect();
            let column = values.clone();
            values.sort_unstable_by(f32::total_cmp);
            let mut distinct = values.clone();
            distinct.dedup();
            let own: Vec<f32> = if distinct.len() <= BINS {
                distinct.windows(2).map(|two| f32::midpoint(two[0], two[1])).collect()
            } else {
                let mut cuts: Vec<f32> =
                    (1..BINS).map(|at| values[at * values.len() / BINS]).collect();
                cuts.dedup();
                cuts
            };
            let bin = |value: f32| own.partition_point(|bound| *bound <= value);
            bins.push(column.iter().map(|&value| u8::try_from(bin(value)).unwrap_or(0)).collect());
            bounds.push(own);
        }
        Self { bounds, bins }
    }
}

/// Sums of the first and second derivative of the loss.
#[derive(Debug, Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
}

impl Slope {
    fn add(&mut self, other: Self) {
        self.first += other.first;
        self.second += other.second;
    }

    fn without(self, other: Self) -> Self {
        Self { first: self.first - other.first, second: self.second - other.second }
    }

    fn gain(self, pull: f64) -> f64 {
        self.first * self.first / (self.second + pull)
    }
}

/// Trains on pairs.
pub fn train(pairs: &[&Pair], settings: Settings) -> Model {
    let binned = Binned::new(pairs);
    let mut numbers = Numbers(7);
    let mut scores = vec![0.0_f64; pairs.len()];
    let mut slopes = vec![Slope::default(); pairs.len()];
    let mut trees = Vec::new();
    for _ in 0..settings.n_trees {
        for ((slope, score), pair) in slopes.iter_mut().zip(&scores).zip(pairs) {
            let probability = 1.0 / (1.0 + libm::exp(-score));
            let weight = f64::from(pair.weight);
            slope.first = weight * (f64::from(u8::from(pair.same)) - probability);
            slope.second = weight * (probability * (1.0 - probability)).max(1e-6);
        }
        let asked: Vec<usize> =
            (0..N_FEATURES).filter(|_| numbers.next() < settings.share).collect();
        let (tree, leaf_of) = grow(&binned, &slopes, &asked, settings);
        for (score, leaf) in scores.iter_mut().zip(leaf_of) {
            *score += f64::from(tree.leaves[leaf]) / f64::from(ONE);
        }
        trees.push(tree);
    }
    Model(Trees { floor: 0, trees }).with_floor(settings.floor)
}

/// Grows a tree level by level; also tells the leaf of each pair.
fn grow(
    binned: &Binned,
    slopes: &[Slope],
    asked: &[usize],
    settings: Settings,
) -> (Tree, Vec<usize>) {
    let mut tree = Tree { nodes: [(0, f32::INFINITY); N_NODES], leaves: [0; N_LEAVES] };
    let mut at = vec![0_usize; slopes.len()];
    for level in 0..DEPTH {
        let (from, width) = ((1 << level) - 1, 1 << level);
        let mut best = vec![(1e-6, None); width];
        for &feature in asked {
            let n_bins = binned.bounds[feature].len() + 1;
            let mut sums = vec![Slope::default(); width * n_bins];
            for ((&bin, &node), &slope) in binned.bins[feature].iter().zip(&at).zip(slopes) {
                sums[(node - from) * n_bins + usize::from(bin)].add(slope);
            }
            for (node, sums) in sums.chunks_exact(n_bins).enumerate() {
                let mut whole = Slope::default();
                for sum in sums {
                    whole.add(*sum);
                }
                let mut below = Slope::default();
                for (cut, sum) in sums[..n_bins - 1].iter().enumerate() {
                    below.add(*sum);
                    let above = whole.without(below);
                    if below.second < settings.least || above.second < settings.least {
                        continue;
                    }
                    let pull = settings.pull;
                    let gain = below.gain(pull) + above.gain(pull) - whole.gain(pull);
                    if gain > best[node].0 {
                        best[node] = (gain, Some((feature, cut)));
                    }
                }
            }
        }
        for (node, (_, split)) in best.iter().enumerate() {
            if let Some((feature, cut)) = *split {
                let number = u8::try_from(feature).expect("there are fewer features");
                tree.nodes[from + node] = (number, binned.bounds[feature][cut]);
            }
        }
        for (pair, node) in at.iter_mut().enumerate() {
            let yes = best[*node - from]
                .1
                .is_none_or(|(feature, cut)| usize::from(binned.bins[feature][pair]) <= cut);
            *node = 2 * *node + if yes { 1 } else { 2 };
        }
    }
    let mut sums = [Slope::default(); N_LEAVES];
    for (node, slope) in at.iter_mut().zip(slopes) {
        *node -= N_NODES;
        sums[*node].add(*slope);
    }
    for (leaf, sum) in tree.leaves.iter_mut().zip(sums) {
        let step = settings.rate * sum.first / (sum.second + settings.pull);
        #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
        let step = (step * f64::from(ONE)).round() as i16;
        *leaf = step;
    }
    (tree, at)
}
