//! Words as weighted vectors: term frequency by inverse document frequency over the documents at hand.
//!
//! Terms are numbered in the order of their bytes and every sum runs in that order, so a vector does not depend on the order
//! the documents came in. (Salton and Buckley 1988 on the weights.)

use std::collections::BTreeMap;

/// The number of a term in [`Terms`].
pub(super) type TermId = u32;

/// The terms of some documents with how telling each is.
#[derive(Debug)]
pub(super) struct Terms {
    ids: BTreeMap<String, TermId>,
    idf: Vec<f32>,
}

impl Terms {
    /// Counts documents, each given by its terms; a term may stand there twice.
    pub(super) fn count<'t>(documents: impl Iterator<Item = Vec<&'t str>>) -> Self {
        let mut frequencies: BTreeMap<String, u32> = BTreeMap::new();
        let mut n_documents = 0_u16;
        for mut terms in documents {
            n_documents = n_documents.saturating_add(1);
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                *frequencies.entry(term.to_owned()).or_default() += 1;
            }
        }
        let all = f32::from(n_documents);
        #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
        let idf = frequencies
            .values()
            .map(|&frequency| libm::logf((all + 1.0) / (frequency as f32 + 0.5)).max(0.05))
            .collect();
        let ids = frequencies.into_keys().zip(0..).collect();
        Self { ids, idf }
    }

    /// How telling a term is: high for what few documents have.
    pub(super) fn idf(&self, term: TermId) -> f32 {
        self.idf[term as usize]
    }

    /// The number of a term that was counted.
    pub(super) fn id(&self, term: &str) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    /// The numbers of those terms that were counted, in their order, each once.
    pub(super) fn set<'t>(&self, terms: impl Iterator<Item = &'t str>) -> Vec<TermId> {
        let mut ids: Vec<TermId> = terms.filter_map(|term| self.id(term)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The vector of a bag of terms, of length one.
    pub(super) fn vector<'t>(&self, terms: impl Iterator<Item = &'t str>) -> Sparse {
        let mut ids: Vec<TermId> = terms.filter_map(|term| self.id(term)).collect();
        ids.sort_unstable();
        let mut rows: Vec<(TermId, f32)> = Vec::new();
        for run in ids.chunk_by(|a, b| a == b) {
            #[expect(clippy::cast_precision_loss, reason = "counts of words")]
            let times = 1.0 + libm::logf(run.len() as f32);
            rows.push((run[0], times * self.idf(run[0])));
        }
        let length = rows.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut rows {
                *weight /= length;
            }
        }
        Sparse(rows)
    }
}

/// A vector of which few numbers are not zero, in the order of its terms.
#[derive(Debug, Clone, Default)]
pub(super) struct Sparse(Vec<(TermId, f32)>);

impl Sparse {
    /// Whether no term is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The terms with their weights.
    pub(super) fn rows(&self) -> &[(TermId, f32)] {
        &self.0
    }

    /// The cosine of two vectors of length one.
    pub(super) fn cosine(&self, other: &Self) -> f32 {
        let (mut sum, mut at) = (0.0, 0);
        for &(term, weight) in &self.0 {
            while at < other.0.len() && other.0[at].0 < term {
                at += 1;
            }
            if let Some(&(same, by)) = other.0.get(at)
                && same == term
            {
                sum += weight * by;
            }
        }
        sum
    }
}

/// The terms two sorted lists share.
pub(super) fn shared<'a>(a: &'a [TermId], b: &'a [TermId]) -> impl Iterator<Item = TermId> + 'a {
    a.iter().copied().filter(|term| b.binary_search(term).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_weigh_more_and_equal_bags_have_cosine_one() {
        let documents =
            [vec!["quake", "iran"], vec!["quake", "oslo"], vec!["quake", "oslo", "oslo"]];
        let terms = Terms::count(documents.iter().cloned());
        let weight = |term| terms.idf(terms.id(term).expect("it was counted"));
        assert!(weight("iran") > weight("oslo") && weight("oslo") > weight("quake"));
        let vector = |bag: &[&'static str]| terms.vector(bag.iter().copied());
        let a = vector(&["quake", "iran"]);
        assert!((a.cosine(&vector(&["iran", "quake", "unknown"])) - 1.0).abs() < 1e-6);
        assert!(a.cosine(&vector(&["oslo"])).abs() < 1e-6);
        assert!(vector(&["unknown"]).is_empty());
    }
}
