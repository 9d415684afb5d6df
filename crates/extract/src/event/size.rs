//! How many were killed, hurt, arrested or took part.
//!
//! - *killed at least 12 people* · *two soldiers died* · *leaving 30 wounded*: the number of whom the word is said.
//! - It is told of the act that is the word itself, that governs its clause, or that is its subject: *the bombing killed two*.

use std::sync::LazyLock;

use dateline_core::{Bound, SizeKind};
use dateline_nlp::{Deprel, Span, Token, Upos};

use super::EventDraft;
use crate::{
    calendar_words::{Sense, sense},
    clause,
    reading::Reading,
    table::{Lower, entries},
};

/// A number of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizeDraft {
    pub(crate) kind: SizeKind,
    pub(crate) number: Option<u64>,
    pub(crate) bound: Option<Bound>,
    pub(crate) span: Span,
}

/// Steps up the tree from a number to its act, at most.
const REACH: usize = 5;

/// Gives the events of a document their numbers of people; `events` are in the order of their triggers.
pub(super) fn read(reading: Reading<'_>, events: &mut [EventDraft]) {
    let mut sentence = None;
    for at in 0..events.len() {
        let token = reading.analysis.token(events[at].trigger.1);
        if sentence == Some(token.sentence().idx()) {
            continue;
        }
        sentence = Some(token.sentence().idx());
        for word in token.sentence().tokens() {
            let Some(entry) = find(word) else { continue };
            let Some(counted) = whose(word, entry.of_object) else { continue };
            let Some(act) = act_of(word, events) else { continue };
            let all = clause::joined(counted).filter_map(|noun| count(noun, entry.kind));
            events[act].sizes.extend(all);
        }
    }
}

/// What a word says of a number of people.
#[derive(Debug, Clone, Copy)]
struct Entry {
    lemma: &'static str,
    pos: Upos,
    /// It is said of whom the word is done to.
    of_object: bool,
    kind: SizeKind,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    entries(include_str!("../../data/sizes.tsv"))
        .map(|line| read_row(line).expect("data/sizes.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<Entry> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [lemma, pos, whose, kind, _source] = columns.try_into().ok()?;
    Some(Entry {
        lemma,
        pos: match pos {
            "verb" => Upos::Verb,
            "adj" => Upos::Adj,
            _ => return None,
        },
        of_object: match whose {
            "obj" => true,
            "subj" => false,
            _ => return None,
        },
        kind: match kind {
            "dead" => SizeKind::Dead,
            "injured" => SizeKind::Injured,
            "arrested" => SizeKind::Arrested,
            "participants" => SizeKind::Participants,
            _ => return None,
        },
    })
}

fn find(word: Token<'_>) -> Option<&'static Entry> {
    if !matches!(word.upos(), Upos::Verb | Upos::Adj) {
        return None;
    }
    let at = TABLE.binary_search_by_key(&word.lemma(), |entry| entry.lemma).ok()?;
    Some(&TABLE[at]).filter(|entry| entry.pos == word.upos())
}

/// The noun whose number is told.
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

/// The event a word tells a number of: the nearest above it, itself first, or its subject.
fn act_of(word: Token<'_>, events: &[EventDraft]) -> Option<usize> {
    let triggered =
        |token: Token<'_>| events.binary_search_by_key(&token.idx(), |event| event.trigger.1).ok();
    std::iter::once(word).chain(word.ancestors()).take(REACH).find_map(|above| {
        let subject = || clause::agent(above).and_then(triggered);
        triggered(above).or_else(|| (above.upos() == Upos::Verb).then(subject).flatten())
    })
}

/// The number in front of a noun, or that the noun is; `None` where it has none.
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

/// Whether a word is part of a numeral: *twenty* of *twenty thousand*.
fn is_part(token: Token<'_>) -> bool {
    token.text() == "-"
        || matches!(meaning(token), Sense::Cardinal(_) | Sense::Tens(_) | Sense::Scale(_))
        || figures(token.text()).is_some()
}

/// Whether a word says that there are many, and not how many.
fn is_vague(token: Token<'_>) -> bool {
    ["dozens", "scores", "tens", "hundreds", "thousands", "millions"]
        .iter()
        .any(|word| token.text().eq_ignore_ascii_case(word))
}

fn meaning(token: Token<'_>) -> Sense {
    sense(&Lower::of(token.text()))
}

/// The value of a numeral: figures, or words for them.
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
                // A scale alone is no number: *thousands*.
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

/// *1,200* as a number.
fn figures(text: &str) -> Option<u64> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().filter(|byte| *byte != b',');
    digits.clone().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let mut digits = digits;
    digits.try_fold(0_u64, |sum, byte| sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')))
}

/// How the words in front of a numeral bound it, and the first word of all.
fn bound(first: Token<'_>) -> (Option<Bound>, Token<'_>) {
    let Some(before) = first.previous() else { return (None, first) };
    let second = before.previous();
    let pair = |a: &str, b: &str| {
        clause::is(before, b) && second.is_some_and(|token| token.text().eq_ignore_ascii_case(a))
    };
    for (a, b, bound) in PAIRS {
        if pair(a, b) {
            return (Some(bound), second.unwrap_or(before));
        }
    }
    for (word, bound) in SINGLE {
        if before.text().eq_ignore_ascii_case(word) {
            return (Some(bound), before);
        }
    }
    (None, first)
}

/// Two words that bound a number.
const PAIRS: [(&str, &str, Bound); 6] = [
    ("at", "least", Bound::AtLeast),
    ("more", "than", Bound::AtLeast),
    ("at", "most", Bound::AtMost),
    ("fewer", "than", Bound::AtMost),
    ("less", "than", Bound::AtMost),
    ("up", "to", Bound::AtMost),
];

/// Words that bound a number alone.
const SINGLE: [(&str, Bound); 8] = [
    ("over", Bound::AtLeast),
    ("about", Bound::About),
    ("around", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
    ("approximately", Bound::About),
    ("nearly", Bound::AtMost),
    ("almost", Bound::AtMost),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, read_document};

    #[test]
    fn the_table_reads_and_is_sorted() {
        let rows: Vec<_> = entries(include_str!("../../data/sizes.tsv")).collect();
        assert!(rows.iter().all(|row| read_row(row).is_some()));
        assert!(TABLE.is_sorted_by_key(|entry| entry.lemma));
    }

    #[test]
    fn numbers_of_people_are_those_of_their_act() {
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
