//! Dates in digits: *2021-05-08*, *13/5/2021*, *8-May-2021*, *19-Nov-12*, *05/2021*, *4/22*, *2021-05-08T09:30*.
//!
//! The order of day and month in *4/5/2021* follows the habit of the document ([`Words::day_first`]).
//!
//! - silent: *1/2*, *24/7*, *9/11*, *2021-2022*, *3-2*

use dateline_core::calendar::{Clock, Place};
use jiff::civil::Date;

use super::{
    clock::digits,
    stance::{Atom, Stance},
};
use crate::{
    calendar_words::{Sense, sense},
    table::Lower,
    time::{parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, _: Stance<'_>) -> Option<Atom> {
    let text = words.rest(at)?;
    text.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(())?;
    let Fields { first, second, third, mark, mut len } = split(text)?;
    let mut parts = match third {
        Some(third) => {
            let date = whole(words, [first, second, third])?;
            Parts { whole: Some(Place::Day(date)), ..Parts::default() }
        }
        None => month_and_year(first, second)
            .or_else(|| day_and_month(words, at, first, second, mark))?,
    };
    if parts.whole.is_some()
        && text.as_bytes().get(len) == Some(&b'T')
        && let Some((hour, minute, second, more)) = digits(&text[len + 1..])
    {
        parts.clock = Some(match second {
            Some(second) => Clock::Second(hour, minute, second),
            None => Clock::Minute(hour, minute),
        });
        len += 1 + more;
        len += usize::from(text.as_bytes().get(len) == Some(&b'Z'));
    }
    let end = words.index_after(at, words.token(at).span().start() + len)?;
    Some((parts, end))
}

/// Reads a date of three fields, in one of the orders of English.
fn whole(words: &Words<'_>, [first, second, third]: [&str; 3]) -> Option<Date> {
    let date = |year: i16, month: i8, day: i8| {
        Date::new(year, month, day).ok().filter(|date| (1000..=2999).contains(&date.year()))
    };
    if first.len() == 4 {
        let year = number(first)?;
        return match (named(second), named(third)) {
            (Some(month), _) => date(year, month, small(third)?),
            // "2020/23/Sep"
            (None, Some(month)) => date(year, month, small(second)?),
            _ => date(year, small(second)?, small(third)?),
        };
    }
    let year = match third.len() {
        4 => number(third)?,
        // "19-Nov-12", "5/13/98": a two-digit year.
        2 => century_of(number(third)?),
        _ => return None,
    };
    if let Some(month) = named(first) {
        return date(year, month, small(second)?);
    }
    if let Some(month) = named(second) {
        return date(year, month, small(first)?);
    }
    let (month, day) = in_order(words, small(first)?, small(second)?)?;
    date(year, month, day)
}

/// *05/2021*, *12-2015*.
fn month_and_year(first: &str, second: &str) -> Option<Parts> {
    (first.len() <= 2 && second.len() == 4).then_some(())?;
    let month = small(first).filter(|month| (1..=12).contains(month))?;
    let year = number(second).filter(|year| (1000..=2200).contains(year))?;
    Some(Parts { year: Some(year), month: Some(month), ..Parts::default() })
}

/// Reads *4/22* after a weekday or a preposition of time; fractions and *24/7* look the same.
fn day_and_month(
    words: &Words<'_>,
    at: usize,
    first: &str,
    second: &str,
    mark: u8,
) -> Option<Parts> {
    let led = words.is_led_by_time(at) || matches!(words.before(at).sense, Sense::Weekday(_));
    (led && mark == b'/' && first.len() <= 2 && second.len() <= 2).then_some(())?;
    // The attacks are an event, not a date.
    if matches!((first, second), ("9", "11") | ("24", "7")) {
        return None;
    }
    let (month, day) = in_order(words, small(first)?, small(second)?)?;
    Date::new(2000, month, day).ok()?;
    Some(Parts { month: Some(month), day: Some(day), ..Parts::default() })
}

/// Orders two numbers as month and day, by their values, else by the habit of the document.
fn in_order(words: &Words<'_>, first: i8, second: i8) -> Option<(i8, i8)> {
    match (first > 12, second > 12) {
        (true, true) => None,
        (true, false) => Some((second, first)),
        (false, false) if words.day_first() => Some((second, first)),
        (false, _) => Some((first, second)),
    }
}

/// Two or three fields with the same mark between them.
struct Fields<'t> {
    first: &'t str,
    second: &'t str,
    third: Option<&'t str>,
    mark: u8,
    /// Length of all fields in bytes.
    len: usize,
}

fn split(text: &str) -> Option<Fields<'_>> {
    let bytes = text.as_bytes();
    // A field is a run of digits or of letters; "T09:30" is not one.
    let field = |from: usize| {
        let is_digit = bytes.get(from)?.is_ascii_digit();
        let same = |byte: &&u8| {
            if is_digit { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() }
        };
        let len = bytes[from..].iter().take(10).take_while(same).count();
        let most = if is_digit { 4 } else { 9 };
        (1..=most).contains(&len).then(|| from + len)
    };
    let mark = |at: usize| bytes.get(at).copied().filter(|byte| matches!(byte, b'-' | b'/' | b'.'));
    let first = field(0)?;
    let between = mark(first)?;
    let second = field(first + 1)?;
    let third = if mark(second) == Some(between) { field(second + 1) } else { None };
    let len = third.unwrap_or(second);
    let open = bytes.get(len).is_some_and(|byte| matches!(byte, b'/' | b'-' | b'%'))
        && bytes.get(len + 1).is_some_and(u8::is_ascii_alphanumeric);
    let glued = bytes.get(len).is_some_and(u8::is_ascii_alphanumeric)
        && !(bytes.get(len) == Some(&b'T') && third.is_some());
    // "2.5 percent", "3.14": full stops separate only dates of three fields.
    let decimal = between == b'.' && third.is_none();
    (!open && !glued && !decimal).then(|| Fields {
        first: &text[..first],
        second: &text[first + 1..second],
        third: third.map(|third| &text[second + 1..third]),
        mark: between,
        len,
    })
}

fn number(part: &str) -> Option<i16> {
    part.parse().ok()
}

fn small(part: &str) -> Option<i8> {
    part.parse().ok()
}

fn named(part: &str) -> Option<i8> {
    match sense(&Lower::of(part)) {
        Sense::Month(month) => Some(month),
        _ => None,
    }
}

/// Returns the year of two digits, within living memory.
pub(super) fn century_of(short: i16) -> i16 {
    if short < 50 { 2000 + short } else { 1900 + short }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn dates_in_digits() {
        check("It closed on 2019-05-04.", &[("2019-05-04", "2019-05-04")]);
        check("It closed on 13/5/2021.", &[("13/5/2021", "2021-05-13")]);
        check("It closed on 8-May-2021.", &[("8-May-2021", "2021-05-08")]);
        check("It closed on 19-Nov-12.", &[("19-Nov-12", "2012-11-19")]);
        check("It closed on 4/5/2019.", &[("4/5/2019", "2019-04-05")]);
        check(
            "It opened on 8 May 2019 and closed on 4/6/2019.",
            &[("8 May 2019", "2019-05-08"), ("4/6/2019", "2019-06-04")],
        );
        check(
            "It opened on 19/5/2019 and closed on 4/6/2019.",
            &[("19/5/2019", "2019-05-19"), ("4/6/2019", "2019-06-04")],
        );
        check("It began at 2021-05-08T09:30.", &[("2021-05-08T09:30", "2021-05-08T09:30")]);
    }

    #[test]
    fn digits_that_are_not_dates() {
        silent("Mix 1/2 cup.");
        silent("It is open 24/7.");
        silent("They won 3-2.");
    }
}
