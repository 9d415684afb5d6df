//! Pairs each annotated event with at most one extracted event.

use std::ops::Range;

use super::{
    annotation::{GoldEvent, GoldParty, code_point},
    found::FoundEvent,
    parties::same_parties,
};

/// An annotated event with its triggers placed in the text and its parties read.
#[derive(Debug)]
pub(super) struct PlacedEvent<'a> {
    pub(super) gold: &'a GoldEvent,
    /// Triggers, in code points; at least one.
    triggers: Vec<Range<u32>>,
    /// The sentences of the triggers, in code points.
    sentences: Vec<Range<u32>>,
    pub(super) sources: Vec<GoldParty>,
    pub(super) targets: Vec<GoldParty>,
}

impl<'a> PlacedEvent<'a> {
    /// Places an event; `None` if none of its triggers is found in the text.
    pub(super) fn new(text: &str, gold: &'a GoldEvent) -> Option<Self> {
        let triggers = gold.trigger_spans(text);
        let sentences = triggers.iter().map(|trigger| sentence_around(text, trigger)).collect();
        let (sources, targets) = (gold.sources(), gold.targets());
        (!triggers.is_empty()).then_some(Self { gold, triggers, sentences, sources, targets })
    }

    pub(super) fn has_type(&self, found: &FoundEvent) -> bool {
        self.gold.types().any(|kind| kind == found.kind.as_str())
    }

    /// Symmetric acts such as talks have all their parties among the sources.
    pub(super) fn is_symmetric(&self) -> bool {
        self.targets.is_empty() && self.sources.len() > 1
    }

    fn has_trigger(&self, found: &FoundEvent) -> bool {
        self.triggers.iter().any(|trigger| overlap(trigger, &found.trigger))
    }

    /// In the sentence of a trigger, with the same parties in whatever roles.
    fn is_alike(&self, found: &FoundEvent) -> bool {
        self.sentences.iter().any(|sentence| overlap(sentence, &found.trigger))
            && self.has_parties_of(found)
    }

    /// Whether the parties agree, regardless of who is source and who is target.
    pub(super) fn has_parties_of(&self, found: &FoundEvent) -> bool {
        let gold = self.sources.iter().chain(&self.targets);
        same_parties(gold, found.sources.iter().chain(&found.targets))
    }
}

/// The pairs of one article.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pairing {
    /// For each annotated event, the extracted event paired with it.
    pub(super) pairs: Vec<Option<usize>>,
    /// Extracted events that are no annotated event, nor another mention of one.
    pub(super) spurious: Vec<usize>,
}

/// Pairs events in three rounds: by trigger and type; by type, sentence and parties; by trigger alone.
///
/// Within a round, required events choose before optional ones, each the first extracted event that fits.
pub(super) fn pair(gold: &[PlacedEvent<'_>], found: &[FoundEvent]) -> Pairing {
    let rounds: [fn(&PlacedEvent<'_>, &FoundEvent) -> bool; 3] = [
        |gold, found| gold.has_trigger(found) && gold.has_type(found),
        |gold, found| gold.has_type(found) && gold.is_alike(found),
        |gold, found| gold.has_trigger(found),
    ];
    let mut order: Vec<usize> = (0..gold.len()).collect();
    order.sort_by_key(|&at| gold[at].gold.is_optional);
    let mut pairs = vec![None; gold.len()];
    let mut is_free = vec![true; found.len()];
    for fits in rounds {
        for &at in &order {
            if pairs[at].is_some() {
                continue;
            }
            pairs[at] = (0..found.len()).find(|&own| is_free[own] && fits(&gold[at], &found[own]));
            if let Some(own) = pairs[at] {
                is_free[own] = false;
            }
        }
    }
    let is_mention = |own: usize| gold.iter().any(|event| event.has_trigger(&found[own]));
    let spurious = (0..found.len()).filter(|&own| is_free[own] && !is_mention(own)).collect();
    Pairing { pairs, spurious }
}

/// Whether two half-open spans share a code point.
pub(super) fn overlap(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The sentence around a span, in code points; ends at a mark with a blank behind it, or at a line break.
fn sentence_around(text: &str, span: &Range<u32>) -> Range<u32> {
    const ENDS: [&str; 4] = [". ", "\n", "? ", "! "];
    const QUOTED_ENDS: [&str; 2] = [".\" ", ".” "];
    let byte =
        |point: u32| text.char_indices().nth(point as usize).map_or(text.len(), |(byte, _)| byte);
    let (before, behind) = (&text[..byte(span.start)], &text[byte(span.end)..]);
    let start = ENDS.iter().chain(&QUOTED_ENDS).filter_map(|end| before.rfind(end)).max();
    // The mark itself is one byte in each of the ends.
    let start = start.map_or(0, |end| code_point(text, end) + 1);
    let end = ENDS.iter().filter_map(|end| behind.find(end)).min();
    let end = end.map_or(text.len(), |end| byte(span.end) + end);
    start..code_point(text, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_mark_or_a_line_break() {
        let text = "Ñu left. Bo met Al? “He ran.” She won\nSo it goes";
        let sentence = |word: &str| {
            let at = code_point(text, text.find(word).unwrap());
            let range = sentence_around(text, &(at..at + 1));
            let length = (range.end - range.start) as usize;
            text.chars().skip(range.start as usize).take(length).collect::<String>()
        };
        assert_eq!(sentence("left"), "Ñu left");
        assert_eq!(sentence("met"), " Bo met Al");
        assert_eq!(sentence("won"), "” She won");
        assert_eq!(sentence("goes"), "So it goes");
    }
}
