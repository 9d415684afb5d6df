//! Parts in a row that tell one date: *Friday, May 7, at 5 p.m.*, *the second Monday of next month*, *noon on Saturday*.
//!
//! Reads one atom after the other, over a comma, *of*, *on*, *at*, *in* or nothing, as long as all of them can be said of one
//! date.

use super::{
    atom::{Atom, Stance, longest},
    parts::Parts,
    words::Words,
};
use crate::calendar_words::Sense;

/// Parts that stand together, and the token after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) parts: Parts,
    pub(super) end: usize,
}

/// No date has more atoms.
const MOST: usize = 6;

/// The parts that begin at a word.
pub(super) fn phrase(words: &Words<'_>, at: usize) -> Option<Phrase> {
    let (mut parts, mut end) = longest(words, at, Stance::Alone, Some)?;
    for _ in 1..MOST {
        let Some((joined, after)) = more(words, &parts, end) else { break };
        (parts, end) = (joined, after);
    }
    is_complete(&parts).then_some(Phrase { parts, end })
}

/// The parts joined by the next atom, behind any of the words that bind one.
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

/// What stands between two atoms.
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

/// The words that may bind the next atom, and where it would begin.
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
            // "10:35 a.m. (0735 GMT) Friday": the same time once more.
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
    /// Whether it binds what it stands between; the parts themselves must fit as well.
    fn binds(self, front: &Parts, back: &Parts) -> bool {
        let timed = |parts: &Parts| parts.clock.is_some() || parts.part.is_some();
        match self {
            Self::Nothing => {
                // "2016 June" is one month; "in 2016 Friday prayers" is not one day.
                front.year.is_none()
                    || front.month.is_some()
                    || back.month.is_some()
                    || back.nth.is_some()
                    || back.season.is_some()
            }
            Self::Comma => {
                let year = back.year.is_some()
                    && (front.month.is_some()
                        || front.season.is_some()
                        || front.nth.is_some()
                        || front.named_day.is_some());
                let date = back.month.is_some() && back.day.is_some()
                    || back.whole.is_some()
                    || back.day.is_some() && front.weekday.is_some();
                let day_behind_time =
                    timed(front) && (back.is_day() || back.shift.is_some()) && !front.is_day();
                year || date && front.is_day() || timed(back) && front.is_day() || day_behind_time
            }
            Self::Of => {
                front.year.is_none()
                    && (front.nth.is_some()
                        || front.month.is_some()
                        || front.season.is_some()
                        || front.day.is_some()
                        || front.part.is_some()
                        || front.weekday.is_some()
                        || front.weekend
                        || front.named_day.is_some()
                        || front.clock.is_some())
            }
            Self::In => {
                front.nth.is_some() && !timed(back)
                    || back.part.is_some() && (front.is_day() || front.clock.is_some())
            }
            Self::On => (timed(front) || front.shift.is_some()) && back.is_day() && !timed(back),
            Self::At => back.clock.is_some(),
            Self::Possessive => {
                (front.year.is_some() || front.shift.is_some())
                    && (back.nth.is_some()
                        || back.season.is_some()
                        || back.named_day.is_some()
                        || back.part.is_some())
            }
        }
    }
}

/// A shift needs what it shifts.
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
