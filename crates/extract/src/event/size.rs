//! Numbers of people killed, injured or arrested, or taking part.
//!
//! - *killed at least 12 people* · *two soldiers died* · *leaving 30 wounded*
//! - The number belongs to the act of the word itself, of a word above it, or of its subject: *the bombing killed two*.

use dateline_core::{Bound, SizeKind};
use dateline_data::Lower;
use dateline_lexicon::{WordClass, head_count, number_bound};
use dateline_nlp::{Deprel, Token, Upos};

use super::draft::{EventDraft, SizeDraft};
use crate::{
    calendar_words::{Sense, sense},
    clause,
    reading::Reading,
    table,
};

/// Maximum number of steps up the tree from a number to its act.
const REACH: usize = 5;

/// Adds numbers of people to the events of a document, which are in the order of their triggers.
pub(super) fn read(reading: Reading<'_>, events: &mut [EventDraft]) {
    let mut sentence = None;
    for at in 0..events.len() {
        let token = reading.analysis.token(events[at].trigger.1);
        if sentence == Some(token.sentence().idx()) {
            continue;
        }
        sentence = Some(token.sentence().idx());
        for word in token.sentence().tokens() {
            let Some(entry) = head_count::of(word) else { continue };
            let Some(counted) = whose(word, entry.of_object) else { continue };
            let Some(act) = act_of(word, events) else { continue };
            let all = clause::joined(counted).filter_map(|noun| count(noun, entry.kind));
            events[act].sizes.extend(all);
        }
    }
}

/// Returns the noun that the number counts.
fn whose(word: Token<'_>, of_object: bool) -> Option<Token<'_>> {
    if word.upos() == Upos::Adj {
        // *left 20 dead*, *20 were dead*, *20 dead*
        let head = clause::near_head(word);
        return match word.deprel() {
            Deprel::Xcomp => head.and_then(clause::patient),
            Deprel::Amod => head,
            _ => clause::subject(word),
        };
    }
    if of_object { clause::patient(word) } else { clause::agent(word) }
}

/// Returns the event that a number belongs to: the nearest above the word, itself first, or its subject.
fn act_of(word: Token<'_>, events: &[EventDraft]) -> Option<usize> {
    let triggered =
        |token: Token<'_>| events.binary_search_by_key(&token.idx(), |event| event.trigger.1).ok();
    std::iter::once(word).chain(word.ancestors()).take(REACH).find_map(|above| {
        let subject = || clause::agent(above).and_then(triggered);
        triggered(above).or_else(|| (above.upos() == Upos::Verb).then(subject).flatten())
    })
}

/// Returns the number in front of a noun, or that the noun is; `None` if there is none.
fn count(noun: Token<'_>, kind: SizeKind) -> Option<SizeDraft> {
    let (noun, numeral) = if let Some(numeral) = noun.child(Deprel::Nummod) {
        (noun, numeral)
    } else {
        // *hundreds of people*, *20* alone
        let is_number = noun.upos() == Upos::Num || is_vague(noun);
        is_number.then(|| (clause::oblique(noun, "of").unwrap_or(noun), noun))?
    };
    let first = std::iter::successors(Some(numeral), |token| {
        token.previous().filter(|before| is_part(*before))
    })
    .last()?;
    let number = value(first, numeral);
    if number.is_none() && !is_vague(numeral) {
        return None;
    }
    let (bound, from) = bound(first);
    Some(SizeDraft { kind, number, bound, span: from.span().cover(noun.span()) })
}

/// Returns true if a word is part of a numeral: *twenty* of *twenty thousand*.
fn is_part(token: Token<'_>) -> bool {
    token.text() == "-"
        || matches!(meaning(token), Sense::Cardinal(_) | Sense::Tens(_) | Sense::Scale(_))
        || figures(token.text()).is_some()
}

/// Returns true if a word means many without saying how many.
fn is_vague(token: Token<'_>) -> bool {
    WordClass::VagueNumber.has(Lower::<20>::of(token.text()).as_str())
}

fn meaning(token: Token<'_>) -> Sense {
    sense(&table::Lower::of(token.text()))
}

/// Returns the value of a numeral in digits or words.
fn value(first: Token<'_>, last: Token<'_>) -> Option<u64> {
    let (mut total, mut group, mut read) = (0_u64, 0_u64, false);
    let tokens = std::iter::successors(Some(first), |token| token.next())
        .take_while(|token| token.idx() <= last.idx());
    for token in tokens {
        match meaning(token) {
            Sense::Cardinal(number) | Sense::Tens(number) => {
                group = group.checked_add(u64::try_from(number).ok()?)?;
            }
            Sense::Scale(100) => group = group.max(1).checked_mul(100)?,
            Sense::Scale(scale) => {
                let scaled = group.max(1).checked_mul(u64::try_from(scale).ok()?)?;
                total = total.checked_add(scaled)?;
                group = 0;
                // A scale alone is not a number: *thousands*.
                if !read {
                    return None;
                }
            }
            _ if token.text() == "-" => continue,
            _ => group = group.checked_add(figures(token.text())?)?,
        }
        read = true;
    }
    read.then(|| total.checked_add(group)).flatten()
}

/// Returns the value of digits: *1,200*.
fn figures(text: &str) -> Option<u64> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().filter(|byte| *byte != b',');
    digits.clone().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let mut digits = digits;
    digits.try_fold(0_u64, |sum, byte| sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')))
}

/// Returns the bound that the words in front of a numeral put on it, and the first of all these words.
fn bound(first: Token<'_>) -> (Option<Bound>, Token<'_>) {
    let Some(before) = first.previous() else { return (None, first) };
    let lower = |text: &str| text.to_ascii_lowercase();
    // *at least*, *more than*
    if let Some(second) = before.previous()
        && let Some(bound) =
            number_bound::of(&format!("{} {}", lower(second.text()), lower(before.lemma())))
    {
        return (Some(bound), second);
    }
    match number_bound::of(&lower(before.text())) {
        Some(bound) => (Some(bound), before),
        None => (None, first),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    #[test]
    fn numbers_of_people_belong_to_their_act() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| {
            let record = extractor.extract(&read_document(text));
            let sizes = record.events.iter().flat_map(|event| &event.sizes);
            let found: Vec<String> = sizes
                .map(|size| {
                    let number = size.number.map_or_else(|| "?".to_owned(), |n| n.to_string());
                    let bound = size.bound.map_or_else(String::new, |bound| format!(" {bound:?}"));
                    format!("{:?} {number}{bound} \"{}\"", size.kind, size.span.text)
                })
                .collect();
            assert_eq!(found.join(", "), expected, "{text}");
        };
        check(
            "Syrian soldiers killed at least 12 rebels.",
            "Dead 12 AtLeast \"at least 12 rebels\"",
        );
        check(
            "Police in Kenya arrested twenty-four students.",
            "Arrested 24 \"twenty-four students\"",
        );
        check("Kenyan soldiers killed 1,200 rebels.", "Dead 1200 \"1,200 rebels\"");
        check(
            "More than 3,000 teachers protested against the Greek government.",
            "Participants 3000 AtLeast \"More than 3,000 teachers\"",
        );
        check(
            "Hundreds of students protested against the Greek government.",
            "Participants ? \"Hundreds of students\"",
        );
        check("Israel attacked Gaza, killing five men.", "Dead 5 \"five men\"");
        check("Syrian soldiers killed rebels.", "");
    }
}
