//! Runs of parts that form one date: *Friday, May 7, at 5 p.m.*, *the second Monday of next month*, *noon on
//! Saturday*.
//!
//! Reads one atom after another, across a comma, *of*, *on*, *at*, *in* or nothing, for as long as all of them can
//! belong to one date.

use super::{
    atom::{Atom, Stance, longest},
    part_set::PartSet as P,
    parts::Parts,
    words::Words,
};
use crate::calendar_words::Sense;

/// Parts of one date, and the index of the token after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) parts: Parts,
    pub(super) end: usize,
}

/// Maximum number of atoms in a date.
const MOST: usize = 6;

/// Returns the parts that start at a word.
pub(super) fn phrase(words: &Words<'_>, at: usize) -> Option<Phrase> {
    let (mut parts, mut end) = longest(words, at, Stance::Alone, Some)?;
    for _ in 1..MOST {
        let Some((joined, after)) = more(words, &parts, end) else { break };
        (parts, end) = (joined, after);
    }
    is_complete(&parts).then_some(Phrase { parts, end })
}

/// Adds the next atom, across any of the words that link atoms.
fn more(words: &Words<'_>, parts: &Parts, end: usize) -> Option<Atom> {
    let (links, n_links) = links(words, end);
    links[..n_links].iter().find_map(|&(link, from)| {
        longest(words, from, Stance::Behind(parts), |atom| {
            if link.binds(parts, &atom.0) {
                parts.join(atom.0).map(|both| (both, atom.1))
            } else {
                None
            }
        })
    })
}

/// Link between two atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Nothing,
    Comma,
    Of,
    In,
    On,
    At,
    Possessive,
}

/// Returns the possible links at a token, each with the index at which the next atom would start.
fn links(words: &Words<'_>, end: usize) -> ([(Link, usize); 3], usize) {
    let mut links = [(Link::Nothing, end); 3];
    let mut n_links = 1;
    let mut add = |link, from| {
        links[n_links] = (link, from);
        n_links += 1;
    };
    match words.sense(end) {
        Sense::Of => add(Link::Of, end + 1),
        Sense::In => add(Link::In, end + 1),
        Sense::On => add(Link::On, end + 1),
        Sense::At | Sense::Bound => add(Link::At, end + 1),
        _ if words.is(end, "'s") => add(Link::Possessive, end + 1),
        _ => match words.mark(end) {
            b',' => {
                add(Link::Comma, end + 1);
                match words.sense(end + 1) {
                    Sense::At => add(Link::At, end + 2),
                    Sense::In => add(Link::In, end + 2),
                    Sense::On => add(Link::On, end + 2),
                    _ => {}
                }
            }
            b'\'' => add(Link::Possessive, end + 1),
            // "10:35 a.m. (0735 GMT) Friday": the same time twice.
            b'(' => {
                if let Some(close) = (end + 2..end + 5).find(|&idx| words.mark(idx) == b')')
                    && words.sense(close - 1) == Sense::Zone
                {
                    add(Link::Nothing, close + 1);
                }
            }
            _ => {}
        },
    }
    (links, n_links)
}

impl Link {
    /// Returns true if the link can connect two sets of parts. Whether the parts fit each other is a separate check.
    fn binds(self, front: &Parts, back: &Parts) -> bool {
        let (before, after) = (front.kinds(), back.kinds());
        match self {
            // "2016 June" is one month; "in 2016 Friday prayers" is not one day.
            Self::Nothing => {
                !before.has(P::YEAR)
                    || before.has(P::MONTH)
                    || after.has(P::MONTH | P::NTH | P::SEASON)
            }
            Self::Comma => {
                let year =
                    after.has(P::YEAR) && before.has(P::MONTH | P::SEASON | P::NTH | P::NAMED_DAY);
                let date = after.has(P::MONTH) && after.has(P::DAY)
                    || after.has(P::WHOLE)
                    || after.has(P::DAY) && before.has(P::WEEKDAY);
                let day_after_time = before.has(P::TIME)
                    && (back.is_day() || after.has(P::SHIFT))
                    && !front.is_day();
                year || (date || after.has(P::TIME)) && front.is_day() || day_after_time
            }
            Self::Of => {
                !before.has(P::YEAR)
                    && before.has(P::NTH | P::DAY | P::DAY_PART | P::WEEKEND | P::CLOCK | P::NAMED)
            }
            Self::In => {
                before.has(P::NTH) && !after.has(P::TIME)
                    || after.has(P::DAY_PART) && (front.is_day() || before.has(P::CLOCK))
            }
            Self::On => before.has(P::TIME | P::SHIFT) && back.is_day() && !after.has(P::TIME),
            Self::At => after.has(P::CLOCK),
            Self::Possessive => {
                before.has(P::YEAR | P::SHIFT)
                    && after.has(P::NTH | P::SEASON | P::NAMED_DAY | P::DAY_PART)
            }
        }
    }
}

/// Returns true if every shift has something to shift.
fn is_complete(parts: &Parts) -> bool {
    parts.join(Parts::default()).is_some()
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn parts_join_into_one_date() {
        check(
            "They met on Friday, May 7, at 5 p.m.",
            &[("Friday, May 7, at 5 p.m.", "2021-05-07T17:00")],
        );
        check(
            "They meet on the second Monday of next month.",
            &[("the second Monday of next month", "2021-06-14")],
        );
        check("Talks began at noon on Saturday.", &[("noon on Saturday", "2021-05-08T12:00")]);
        check(
            "It was signed on the evening of May 5.",
            &[("the evening of May 5", "2021-05-05TEV")],
        );
    }

    #[test]
    fn parts_of_two_dates_stay_two() {
        check("They met on Friday in 2019.", &[("Friday", "2021-05-07"), ("2019", "2019")]);
        check("He came on Friday at the age of 7.", &[("Friday", "2021-05-07")]);
    }
}
