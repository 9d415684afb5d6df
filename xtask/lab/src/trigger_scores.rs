//! Scores of a reader's triggers against annotated ones, word by word.
//!
//! A word counts as found if its probability of triggering any event is above a limit, and as typed if its likeliest type is also one
//! of those annotated. The status is scored on all annotated words that the reader kept. Words that are optional count neither way.

use std::fmt;

use dateline_nlp::train::{Event, Trigger};

/// Least probabilities of a trigger that are scored.
const LIMITS: [f32; 5] = [0.2, 0.3, 0.4, 0.5, 0.7];

/// Counts of words.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    n_wanted: usize,
    /// At each limit: words found, rightly found, and with a right type.
    counts: [[usize; 3]; LIMITS.len()],
    /// Annotated words with scores, and those with a right status, denial and claim.
    kept: [usize; 4],
}

impl Scores {
    /// Adds the words of a text.
    pub(crate) fn add(&mut self, gold: &[Trigger], found: &[Trigger]) {
        for (gold, found) in gold.iter().zip(found) {
            if let Trigger::Event(gold) = gold {
                self.n_wanted += 1;
                if let Trigger::Event(found) = found {
                    self.add_status(gold, found);
                }
            }
            let (Trigger::Event(found), false) = (found, *gold == Trigger::Unknown) else {
                continue;
            };
            let share: f32 = found.types.iter().map(|(_, share)| share).sum();
            let is_typed = |gold: &Event| shares(&gold.types, best(&found.types)) > 0.0;
            for (limit, counts) in LIMITS.iter().zip(&mut self.counts) {
                if share > *limit {
                    counts[0] += 1;
                    if let Trigger::Event(gold) = gold {
                        counts[1] += 1;
                        counts[2] += usize::from(is_typed(gold));
                    }
                }
            }
        }
    }

    fn add_status(&mut self, gold: &Event, found: &Event) {
        let is_same = |gold: f32, found: f32| usize::from((gold > 0.5) == (found > 0.5));
        self.kept[0] += 1;
        self.kept[1] += usize::from(shares(&gold.statuses, best(&found.statuses)) > 0.0);
        self.kept[2] += is_same(gold.denied, found.denied);
        self.kept[3] += is_same(gold.claimed, found.claimed);
    }
}

/// The likeliest of several labels; the first of equal ones.
fn best(labels: &[(usize, f32)]) -> Option<usize> {
    let better = |best: Option<(usize, f32)>, &next: &(usize, f32)| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    };
    labels.iter().fold(None, better).map(|(label, _)| label)
}

fn shares(labels: &[(usize, f32)], label: Option<usize>) -> f32 {
    labels.iter().filter(|(one, _)| Some(*one) == label).map(|(_, share)| share).sum()
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts here are far below what a float holds"
        )]
        let percent = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        for (limit, &[n_found, n_right, n_typed]) in LIMITS.iter().zip(&self.counts) {
            writeln!(
                f,
                "limit {limit} recall {:.1} precision {:.1} typed_f1 {:.1}",
                percent(n_right, self.n_wanted),
                percent(n_right, n_found),
                percent(2 * n_typed, self.n_wanted + n_found),
            )?;
        }
        let [all, status, denied, claimed] = self.kept;
        writeln!(
            f,
            "words {} kept {:.1} status {:.1} denied {:.1} claimed {:.1}",
            self.n_wanted,
            percent(all, self.n_wanted),
            percent(status, all),
            percent(denied, all),
            percent(claimed, all),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(types: &[(usize, f32)]) -> Trigger {
        let statuses = vec![(4, 1.0)];
        Trigger::Event(Event { types: types.to_vec(), statuses, ..Event::default() })
    }

    #[test]
    fn optional_words_count_neither_way() {
        let gold = [event(&[(1, 1.0)]), event(&[(2, 1.0)]), Trigger::Unknown, Trigger::None];
        let sure = event(&[(1, 0.6), (3, 0.3)]);
        let mut scores = Scores::default();
        scores.add(&gold, &[sure.clone(), Trigger::None, sure.clone(), sure]);
        let text = scores.to_string();
        assert!(text.contains("limit 0.7 recall 50.0 precision 50.0 typed_f1 50.0\n"), "{text}");
        assert!(text.ends_with("words 2 kept 50.0 status 100.0 denied 100.0 claimed 100.0\n"));
    }
}
