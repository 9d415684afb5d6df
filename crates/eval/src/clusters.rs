//! Measures of coreference: MUC, B-cubed and CEAF-φ4, whose mean is `CoNLL` F1 (Pradhan and others 2012).

use std::collections::{BTreeMap, BTreeSet};

/// Clusters as sets of mentions, which are numbered.
pub type Clusters = Vec<BTreeSet<usize>>;

/// Recall and precision as numerators and denominators, so that documents add up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Sum {
    /// Adds the counts of another document.
    pub fn add(&mut self, other: Self) {
        self.recall.0 += other.recall.0;
        self.recall.1 += other.recall.1;
        self.precision.0 += other.precision.0;
        self.precision.1 += other.precision.1;
    }

    /// Recall in percent.
    pub fn recall(self) -> f64 {
        100.0 * share(self.recall)
    }

    /// Precision in percent.
    pub fn precision(self) -> f64 {
        100.0 * share(self.precision)
    }

    /// F1 in percent.
    pub fn f1(self) -> f64 {
        let (recall, precision) = (share(self.recall), share(self.precision));
        let sum = recall + precision;
        if sum > 0.0 { 200.0 * recall * precision / sum } else { 0.0 }
    }
}

fn share((part, whole): (f64, f64)) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// MUC, B-cubed and CEAF-φ4 of found clusters, in this order.
pub fn measures(expected: &Clusters, found: &Clusters) -> [Sum; 3] {
    [muc(expected, found), b_cubed(expected, found), ceaf(expected, found)]
}

/// Number of mentions a cluster shares with each of the other clusters.
fn overlaps(cluster: &BTreeSet<usize>, of: &BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for other in cluster.iter().filter_map(|mention| of.get(mention)) {
        *counts.entry(*other).or_default() += 1;
    }
    counts
}

fn cluster_of(clusters: &Clusters) -> BTreeMap<usize, usize> {
    let all = clusters.iter().enumerate();
    all.flat_map(|(number, cluster)| cluster.iter().map(move |&mention| (mention, number)))
        .collect()
}

/// MUC: the share of links that need not be added (Vilain and others 1995).
pub fn muc(expected: &Clusters, found: &Clusters) -> Sum {
    let links = |of: &Clusters, by: &Clusters| {
        let by = cluster_of(by);
        let mut sum = (0.0, 0.0);
        for cluster in of {
            let shared = overlaps(cluster, &by);
            let alone = cluster.len() - shared.values().sum::<usize>();
            sum.0 += count(cluster.len()) - count(shared.len() + alone);
            sum.1 += count(cluster.len()) - 1.0;
        }
        sum
    };
    Sum { recall: links(expected, found), precision: links(found, expected) }
}

/// Bagga and Baldwin 1998: for each mention, how much of its cluster is shared.
pub fn b_cubed(expected: &Clusters, found: &Clusters) -> Sum {
    let shares = |of: &Clusters, by: &Clusters| {
        let by = cluster_of(by);
        let mut sum = (0.0, 0.0);
        for cluster in of {
            for shared in overlaps(cluster, &by).into_values().map(count) {
                sum.0 += shared * shared / count(cluster.len());
            }
            sum.1 += count(cluster.len());
        }
        sum
    };
    Sum { recall: shares(expected, found), precision: shares(found, expected) }
}

/// CEAF-φ4: the best one-to-one pairing of clusters (Luo 2005).
pub fn ceaf(expected: &Clusters, found: &Clusters) -> Sum {
    let by = cluster_of(found);
    let mut alike: Vec<BTreeMap<usize, f64>> = Vec::new();
    for cluster in expected {
        let shared = overlaps(cluster, &by).into_iter();
        let similarity = |(other, shared): (usize, usize)| {
            (other, 2.0 * count(shared) / count(cluster.len() + found[other].len()))
        };
        alike.push(shared.map(similarity).collect());
    }
    let total = best_pairing(&alike);
    Sum { recall: (total, count(expected.len())), precision: (total, count(found.len())) }
}

/// Greatest sum of cells with at most one cell in each row and column; a missing cell is 0.
///
/// Rows and columns that no cell links are solved apart, which keeps the squares small.
fn best_pairing(rows: &[BTreeMap<usize, f64>]) -> f64 {
    let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, cells) in rows.iter().enumerate() {
        for &column in cells.keys() {
            rows_of.entry(column).or_default().push(row);
        }
    }
    let mut seen = vec![false; rows.len()];
    let mut total = 0.0;
    for first in 0..rows.len() {
        let (mut linked, mut columns) = (Vec::new(), BTreeSet::new());
        let mut open = vec![first];
        while let Some(row) = open.pop() {
            if std::mem::replace(&mut seen[row], true) {
                continue;
            }
            linked.push(row);
            for &column in rows[row].keys() {
                if columns.insert(column) {
                    open.extend(&rows_of[&column]);
                }
            }
        }
        let columns: Vec<usize> = columns.into_iter().collect();
        let cell = |row: usize, column: usize| {
            let cells = linked.get(row).map(|&row| &rows[row]);
            let value = columns.get(column).and_then(|column| cells?.get(column));
            value.copied().unwrap_or(0.0)
        };
        total += assignment(linked.len().max(columns.len()), cell);
    }
    total
}

/// Greatest sum of a square with one cell in each row and column: the Hungarian method (Kuhn 1955) by shortest paths.
fn assignment(n: usize, value: impl Fn(usize, usize) -> f64) -> f64 {
    // Potentials of rows and columns, and the row of each column. 0 stands for none, so all indices start at 1.
    let (mut of_row, mut of_column) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let (mut least, mut before) = (vec![f64::INFINITY; n + 1], vec![0; n + 1]);
        let mut used = vec![false; n + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let from = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in (1..=n).filter(|&other| !used[other]) {
                let cost = -value(from - 1, other - 1) - of_row[from] - of_column[other];
                if cost < least[other] {
                    least[other] = cost;
                    before[other] = column;
                }
                if least[other] < step {
                    step = least[other];
                    next = other;
                }
            }
            for other in 0..=n {
                if used[other] {
                    of_row[row_of[other]] += step;
                    of_column[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    (1..=n).map(|column| value(row_of[column] - 1, column - 1)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(list: &[&[usize]]) -> Clusters {
        list.iter().map(|cluster| cluster.iter().copied().collect()).collect()
    }

    fn check(measure: fn(&Clusters, &Clusters) -> Sum, found: &[&[usize]], expected: f64) {
        let f1 = measure(&clusters(&[&[1, 2, 3], &[4, 5, 6, 7]]), &clusters(found)).f1();
        assert!((f1 - expected).abs() < 0.01, "{f1}");
    }

    #[test]
    fn equal_clusters_have_full_scores() {
        for measure in [muc, b_cubed, ceaf] {
            check(measure, &[&[1, 2, 3], &[4, 5, 6, 7]], 100.0);
            check(measure, &[], 0.0);
        }
    }

    /// The example of Pradhan and others 2014, with the figures they give.
    #[test]
    fn published_figures_come_out() {
        let found: [&[usize]; 3] = [&[1, 2], &[3, 4], &[6, 7, 8, 9]];
        check(muc, &found, 40.0);
        check(b_cubed, &found, 45.45);
        check(ceaf, &found, 52.0);
    }

    /// By hand: of gold {1 2 3} {4} and found {1 2} {3 4}, MUC keeps one link of two both ways; B-cubed is (2/3 + 2/3 + 1/3 + 1)/4 and
    /// (1 + 1 + 1/2 + 1/2)/4; CEAF pairs {1 2 3} with {1 2} (4/5) and {4} with {3 4} (2/3).
    #[test]
    fn single_mentions_count_in_all_but_muc() {
        let (gold, found) = (clusters(&[&[1, 2, 3], &[4]]), clusters(&[&[1, 2], &[3, 4]]));
        let near = |a: f64, b: f64| assert!((a - b).abs() < 0.01, "{a} {b}");
        near(muc(&gold, &found).recall(), 50.0);
        near(muc(&gold, &found).precision(), 50.0);
        near(b_cubed(&gold, &found).recall(), 66.67);
        near(b_cubed(&gold, &found).precision(), 75.0);
        near(ceaf(&gold, &found).f1(), 73.33);
    }

    #[test]
    fn the_best_pairing_is_not_the_best_pair_first() {
        let rows = [[(0, 0.9), (1, 0.8)].into(), [(0, 0.8)].into(), [(7, 0.5)].into()];
        assert!((best_pairing(&rows) - 2.1).abs() < 1e-9);
    }
}
