//! Dates in figures: *2021-05-08*, *13/5/2021*, *8-May-2021*, *2021-05-08T09:30*.
//!
//! - silent: *4/5/2021* has no day (April or May?), *1/2*, *24/7*, *2021-2022*

use dateline_core::calendar::{Clock, Place};
use jiff::civil::Date;

use super::{
    found::{Found, Meaning},
    words::Words,
};
use crate::{
    calendar_words::{Sense, sense},
    table::Lower,
};

/// A date in figures that begins at a word.
pub(super) fn date(words: &Words<'_>, at: usize) -> Option<Found> {
    let starts =
        words.holds(at) && words.token(at).text().starts_with(|c: char| c.is_ascii_digit());
    starts.then_some(())?;
    let text = words.rest(at);
    let bytes = text.as_bytes();
    let (parts, marks, mut end) = split(text)?;
    let number = |part: &str| part.parse::<i16>().ok();
    let small = |part: &str| part.parse::<i8>().ok();
    if marks[0] != marks[1] {
        return None;
    }
    let month = |part: &str| match sense(&Lower::of(part)) {
        Sense::Month(month) => Some(month),
        _ => small(part),
    };
    let [first, second, third] = parts;
    let date = if first.len() == 4 {
        Date::new(number(first)?, month(second)?, small(third)?).ok()?
    } else {
        let year = match (third.len(), marks[0]) {
            (4, _) => number(third)?,
            // "19-Nov-12", "5/13/98": two figures of a year.
            (2, _) => century_of(number(third)?),
            _ => return None,
        };
        let (first_number, second_number) = (small(first)?, month(second)?);
        let named = small(second).is_none();
        match (first_number > 12, second_number > 12) {
            _ if named => Date::new(year, second_number, first_number).ok()?,
            (true, false) => Date::new(year, second_number, first_number).ok()?,
            (false, true) => Date::new(year, first_number, second_number).ok()?,
            _ if first_number == second_number => {
                Date::new(year, first_number, second_number).ok()?
            }
            _ => return None,
        }
    };
    (1000..=2999).contains(&date.year()).then_some(())?;
    let mut clock = None;
    if bytes.get(end) == Some(&b'T')
        && let Some((hour, minute, len)) = super::clock::digits(&text[end + 1..])
    {
        clock = Some(Clock::Minute(hour, minute));
        end += 1 + len;
        if bytes.get(end) == Some(&b'Z') {
            end += 1;
        }
    }
    let after = words.index_after(at, words.token(at).span().start() + end)?;
    Some(Found::of(at, after, Meaning::Point(Place::Day(date), clock)))
}

/// Three parts with marks between them, and where they end.
fn split(text: &str) -> Option<([&str; 3], [u8; 2], usize)> {
    let bytes = text.as_bytes();
    let part = |from: usize| {
        let len =
            bytes[from..].iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let len = bytes[from..from + len]
            .iter()
            .position(|&byte| byte == b'T')
            .filter(|at| *at > 0 && bytes[from].is_ascii_digit())
            .unwrap_or(len);
        (1..=9).contains(&len).then_some(from + len)
    };
    let mark = |at: usize| bytes.get(at).copied().filter(|byte| matches!(byte, b'-' | b'/' | b'.'));
    let first = part(0)?;
    let mark_one = mark(first)?;
    let second = part(first + 1)?;
    let mark_two = mark(second)?;
    let third = part(second + 1)?;
    let is_open = bytes.get(third).is_some_and(|byte| matches!(byte, b'/' | b'-'));
    (!is_open).then_some((
        [&text[..first], &text[first + 1..second], &text[second + 1..third]],
        [mark_one, mark_two],
        third,
    ))
}

/// The year of two figures: news of our time.
pub(super) fn century_of(short: i16) -> i16 {
    if short < 50 { 2000 + short } else { 1900 + short }
}
