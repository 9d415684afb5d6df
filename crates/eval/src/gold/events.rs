//! Scores the events of one article.

use dateline_core::{Record, codes::PloverType};

use super::{
    annotation::{GoldParty, GoldRecord},
    found::{self, FoundEvent, FoundParty},
    pairing::{PlacedEvent, pair},
    parties::{same_parties, share_a_sector},
    tally::EventCounts,
};

/// Counts the events of an article, and describes each that is missed, wrong or spurious.
pub(super) fn score(
    text: &str,
    gold: &GoldRecord,
    record: &Record,
    counts: &mut EventCounts,
    differences: &mut Vec<String>,
) {
    let placed: Vec<PlacedEvent<'_>> =
        gold.events.iter().filter_map(|event| PlacedEvent::new(text, event)).collect();
    let found = found::events(record);
    let pairing = pair(&placed, &found);
    for (event, pair) in placed.iter().zip(&pairing.pairs) {
        if event.gold.is_optional {
            continue;
        }
        counts.expected += 1;
        let Some(own) = pair.map(|at| &found[at]) else {
            differences.push(format!("missed {}", describe_gold(event)));
            continue;
        };
        let verdict = Verdict::of(event, own);
        verdict.count(counts);
        let wrong = verdict.wrong();
        if !wrong.is_empty() {
            let (wanted, got) = (describe_gold(event), describe_found(own));
            differences.push(format!("wrong {} {wanted} got {got}", wrong.join(",")));
        }
    }
    counts.spurious += pairing.spurious.len();
    for at in pairing.spurious {
        differences.push(format!("spurious {}", describe_found(&found[at])));
    }
}

/// Agreement of a pair, part by part.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the result")]
struct Verdict {
    kind: bool,
    quad: bool,
    source: bool,
    target: bool,
    sector: bool,
    reality: bool,
    day: bool,
}

impl Verdict {
    fn of(gold: &PlacedEvent<'_>, found: &FoundEvent) -> Self {
        let quads = gold.gold.types().filter_map(|kind| kind.parse::<PloverType>().ok());
        let is_symmetric = gold.is_symmetric();
        let has_status = gold.gold.statuses().any(|status| status == found.status);
        Self {
            kind: gold.has_type(found),
            quad: quads.into_iter().any(|kind| kind.quad() == found.kind.quad()),
            source: if is_symmetric {
                gold.has_parties_of(found)
            } else {
                same_parties(&gold.sources, &found.sources)
            },
            target: is_symmetric || same_parties(&gold.targets, &found.targets),
            sector: share_a_sector(&gold.sources, &found.sources)
                && (is_symmetric || share_a_sector(&gold.targets, &found.targets)),
            // What is denied has no status that could be right or wrong.
            reality: found.is_negative == gold.gold.is_negative
                && (has_status || gold.gold.is_negative),
            day: same_day(gold.gold.day.as_deref(), found.day.as_deref()),
        }
    }

    fn count(self, counts: &mut EventCounts) {
        let triple = self.source && self.target;
        let mut add = |count: fn(&mut EventCounts) -> &mut usize, holds: bool| {
            *count(counts) += usize::from(holds);
        };
        add(|counts| &mut counts.found, true);
        add(|counts| &mut counts.quad, self.quad);
        add(|counts| &mut counts.typed, self.kind);
        add(|counts| &mut counts.source, self.kind && self.source);
        add(|counts| &mut counts.target, self.kind && self.target);
        add(|counts| &mut counts.triple, self.kind && triple);
        add(|counts| &mut counts.sector, self.kind && triple && self.sector);
        add(|counts| &mut counts.real, self.kind && self.reality);
        add(|counts| &mut counts.day, self.kind && self.day);
        add(|counts| &mut counts.whole, self.kind && triple && self.reality);
    }

    /// Names of the parts that are wrong; the sector alone is not worth a line.
    fn wrong(self) -> Vec<&'static str> {
        let parts = [
            ("type", self.kind),
            ("source", self.source),
            ("target", self.target),
            ("status", self.reality),
            ("day", self.day),
        ];
        parts.into_iter().filter(|(_, is_right)| !is_right).map(|(name, _)| name).collect()
    }
}

/// Whether a day lies in the annotated day, month or year; without an annotation, none may be given.
fn same_day(gold: Option<&str>, found: Option<&str>) -> bool {
    match gold.filter(|day| !day.is_empty()) {
        None => found.is_none(),
        Some(day) => found.is_some_and(|found| found.starts_with(day)),
    }
}

fn describe_gold(event: &PlacedEvent<'_>) -> String {
    let gold = event.gold;
    let parties = |list: &[GoldParty]| {
        let party = |party: &GoldParty| format!("{}|{}", party.words, party.country);
        list.iter().map(party).collect::<Vec<_>>().join("; ")
    };
    describe(
        &gold.trigger,
        &gold.types().collect::<Vec<_>>().join("/"),
        [&parties(&event.sources), &parties(&event.targets)],
        &gold.statuses().collect::<Vec<_>>().join("/"),
        gold.is_negative,
        gold.day.as_deref(),
    )
}

fn describe_found(event: &FoundEvent) -> String {
    let parties = |list: &[FoundParty]| {
        let party = |party: &FoundParty| format!("{}|{}", party.name(), party.country);
        list.iter().map(party).collect::<Vec<_>>().join("; ")
    };
    describe(
        &event.words,
        event.kind.as_str(),
        [&parties(&event.sources), &parties(&event.targets)],
        &event.status,
        event.is_negative,
        event.day.as_deref(),
    )
}

fn describe(
    trigger: &str,
    kind: &str,
    [sources, targets]: [&str; 2],
    status: &str,
    is_negative: bool,
    day: Option<&str>,
) -> String {
    let not = if is_negative { " not" } else { "" };
    let day = day.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{trigger:?} {kind} [{sources}] -> [{targets}]{not} {status}{day}")
}

#[cfg(test)]
mod tests {
    use super::same_day;

    #[test]
    fn a_day_may_be_annotated_as_a_month() {
        assert!(same_day(Some("2021-05"), Some("2021-05-08")));
        assert!(!same_day(Some("2021-05-09"), Some("2021-05-08")));
        assert!(!same_day(Some("2021"), None));
    }

    #[test]
    fn an_event_without_a_day_gets_none() {
        assert!(same_day(None, None) && same_day(Some(""), None));
        assert!(!same_day(None, Some("2021-05-08")));
    }
}
