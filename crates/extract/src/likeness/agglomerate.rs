//! Average-link agglomerative clustering on integers: the two clusters that are most alike become one, until none are alike enough.
//!
//! How alike two clusters are is the mean over their pairs (UPGMA, Sokal and Michener 1958). Sums are integers, so they are the
//! same in whatever order they are made.

/// Numbers of the members of each cluster, in their order.
pub(super) type Clusters = Vec<Vec<usize>>;

/// A square of how alike each two things are; both halves are kept.
#[derive(Debug, Clone)]
pub(super) struct Square {
    n: usize,
    cells: Vec<i64>,
}

impl Square {
    /// Asks once for each pair, the lower number first.
    pub(super) fn of(n: usize, mut alike: impl FnMut(usize, usize) -> i64) -> Self {
        let mut cells = vec![0; n * n];
        for a in 0..n {
            for b in a + 1..n {
                let value = alike(a, b);
                cells[a * n + b] = value;
                cells[b * n + a] = value;
            }
        }
        Self { n, cells }
    }

    /// Says how alike two things are.
    pub(super) fn set(&mut self, a: usize, b: usize, value: i64) {
        self.cells[a * self.n + b] = value;
        self.cells[b * self.n + a] = value;
    }

    /// How alike two things are.
    pub(super) fn get(&self, a: usize, b: usize) -> i64 {
        self.cells[a * self.n + b]
    }
}

/// Clusters things that are at least so alike on the mean. `joined` is told of each two that become one, with their mean.
pub(super) fn agglomerate(
    alike: &Square,
    floor: i64,
    mut joined: impl FnMut(&[usize], &[usize], i64),
) -> Clusters {
    let n = alike.n;
    let mut sums = alike.cells.clone();
    let mut members: Clusters = (0..n).map(|at| vec![at]).collect();
    // The best partner behind each cluster, with their mean.
    let best_of = |a: usize, sums: &[i64], members: &Clusters| -> Option<(i64, usize)> {
        let mut best: Option<(i64, usize)> = None;
        for b in a + 1..n {
            if members[b].is_empty() {
                continue;
            }
            let pairs = i64::try_from(members[a].len() * members[b].len()).unwrap_or(i64::MAX);
            let mean = sums[a * n + b].div_euclid(pairs);
            if mean >= floor && best.is_none_or(|(top, _)| mean > top) {
                best = Some((mean, b));
            }
        }
        best
    };
    let mut best: Vec<Option<(i64, usize)>> = (0..n).map(|a| best_of(a, &sums, &members)).collect();
    loop {
        let mut top: Option<(i64, usize, usize)> = None;
        for (a, partner) in best.iter().enumerate() {
            if let Some((mean, b)) = *partner
                && top.is_none_or(|(most, ..)| mean > most)
            {
                top = Some((mean, a, b));
            }
        }
        let Some((mean, a, b)) = top else { break };
        joined(&members[a], &members[b], mean);
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
        best[b] = None;
        for other in 0..n {
            if other != a && !members[other].is_empty() {
                let sum = sums[a * n + other] + sums[b * n + other];
                sums[a * n + other] = sum;
                sums[other * n + a] = sum;
            }
        }
        best[a] = best_of(a, &sums, &members);
        for other in 0..b {
            if other == a || members[other].is_empty() {
                continue;
            }
            match best[other] {
                Some((_, partner)) if partner == a || partner == b => {
                    best[other] = best_of(other, &sums, &members);
                }
                kept if other < a => {
                    let pairs = members[other].len() * members[a].len();
                    let pairs = i64::try_from(pairs).unwrap_or(i64::MAX);
                    let mean = sums[other * n + a].div_euclid(pairs);
                    let better = |(top, partner)| mean > top || mean == top && a < partner;
                    if mean >= floor && kept.is_none_or(better) {
                        best[other] = Some((mean, a));
                    }
                }
                _ => {}
            }
        }
    }
    let mut clusters: Clusters = members.into_iter().filter(|one| !one.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_decides() {
        // 0 and 1 are alike; 2 is like 0 but not like 1.
        let alike = |a: usize, b: usize| match (a, b) {
            (0, 1) => 90,
            (0, 2) => 80,
            (1, 2) => 10,
            _ => 0,
        };
        let mut heights = Vec::new();
        let square = Square::of(4, alike);
        let clusters = agglomerate(&square, 50, |_, _, mean| heights.push(mean));
        assert_eq!(clusters, [vec![0, 1], vec![2], vec![3]]);
        assert_eq!(heights, [90]);
        assert_eq!(agglomerate(&square, 45, |_, _, _| {}), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn nothing_makes_nothing() {
        assert!(agglomerate(&Square::of(0, |_, _| 0), 0, |_, _, _| {}).is_empty());
    }
}
