//! Events of the headline: mentions of the event that the text tells, and no events of their own.
//!
//! - one event: *Kenya Expels Two Diplomats*, then *Kenya expelled two Peruvian diplomats on Friday.*
//! - kept: a headline whose act the text does not tell

use super::{draft::EventDraft, known::Known};

/// Removes the events of the headline that the text tells again: with the same type, and with a party or the word in common.
pub(super) fn merge(known: &Known<'_>, events: &mut Vec<EventDraft>) {
    let is_above =
        |event: &EventDraft| known.is_in_headline(known.reading.analysis.token(event.trigger.1));
    // Events are in the order of the text, and the headline is its first line.
    let n_above = events.iter().take_while(|event| is_above(event)).count();
    let told: Vec<bool> = events[..n_above]
        .iter()
        .map(|above| events[n_above..].iter().any(|event| is_same(known, above, event)))
        .collect();
    let mut told = told.into_iter();
    events.retain(|_| told.next() != Some(true));
}

fn is_same(known: &Known<'_>, above: &EventDraft, event: &EventDraft) -> bool {
    let lemma = |event: &EventDraft| known.reading.analysis.token(event.trigger.1).lemma();
    let mut parties = above.sources.iter().chain(&above.targets);
    above.kind == event.kind
        && (parties.any(|party| event.sources.contains(party) || event.targets.contains(party))
            || lemma(above).eq_ignore_ascii_case(lemma(event)))
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    #[test]
    fn an_act_of_the_headline_is_told_once() {
        let extractor = Extractor::new();
        let kinds = |text: &str| {
            let record = extractor.extract(&read_document(text));
            let kinds = record.events.iter();
            kinds
                .map(|event| format!("{} {}", event.kind, event.trigger.span.text))
                .collect::<Vec<_>>()
        };
        let headline = "Kenya expels two diplomats of Peru";
        let told = format!(
            "{headline}\n\nKenya expelled two Peruvian diplomats on Friday, and said that they had spied.\n"
        );
        assert_eq!(kinds(&told), ["SANCTION expelled"]);
        let not_told = format!(
            "{headline}\n\nThe two had worked in the embassy in Nairobi for many years, and liked it there.\n"
        );
        assert_eq!(kinds(&not_told), ["SANCTION expels"]);
    }
}
