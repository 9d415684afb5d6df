//! Coreference among any number of reports in memory.

use crate::{Match, Profile, Sketch, compare};

/// Groups reports into events: returns a number for each report, the same for reports of one event. Numbers count from 0 in
/// the order in which events are first [reported](Sketch::order).
///
/// Each report is attached to the earlier report that it matches best, its *antecedent*; of equal matches the earliest one
/// counts. Then, in their order, reports join the event of their antecedent unless its [`Profile`] excludes them. The result
/// does not depend on the order of `sketches`, except among reports with the same [`order`](Sketch::order).
///
/// This compares every pair. A ledger reaches the same result one document at a time, by an index of parties and days.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::{Sketch, resolve};
///
/// let call = Sketch::new(Some(PloverType::Consult), "phone", 18_794);
/// let meeting = Sketch::new(Some(PloverType::Consult), "meet", 18_795);
/// assert_eq!(resolve(&[meeting, call]), [1, 0]);
/// ```
pub fn resolve(sketches: &[Sketch]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|&at| sketches[at].order());
    let mut events: Vec<Profile> = Vec::new();
    let mut event_of = vec![0; sketches.len()];
    for (place, &at) in order.iter().enumerate() {
        let sketch = &sketches[at];
        let event = antecedent(sketches, &order[..place], sketch)
            .map(|antecedent| event_of[antecedent])
            .filter(|&event| !events[event].excludes(sketch))
            .unwrap_or_else(|| {
                events.push(Profile::default());
                events.len() - 1
            });
        events[event].add(sketch);
        event_of[at] = event;
    }
    event_of
}

/// The earlier report that a report matches best.
fn antecedent(sketches: &[Sketch], earlier: &[usize], sketch: &Sketch) -> Option<usize> {
    let mut best: Option<(usize, Match)> = None;
    for &at in earlier {
        let Ok(found) = compare(&sketches[at], sketch) else { continue };
        if best.as_ref().is_none_or(|(_, known)| found.score > known.score) {
            best = Some((at, found));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::tests::meeting;

    #[test]
    fn a_chain_of_matches_does_not_lead_to_the_next_meeting() {
        let dated = |published: i32, is_plan: bool, day: i32| {
            let mut sketch = meeting(published, is_plan);
            sketch.window = Some((day, day + 1));
            sketch
        };
        let reports =
            [meeting(0, true), dated(20, false, 20), dated(30, true, 50), dated(50, false, 50)];
        assert_eq!(resolve(&reports), [0, 0, 1, 1]);
    }

    #[test]
    fn an_empty_list_has_no_events() {
        assert!(resolve(&[]).is_empty());
    }
}
