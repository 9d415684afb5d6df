//! How long a length is: a count and its unit, or several of them.
//!
//! - *three months*, *a year*, *two-day*, *half an hour*, *two years and six months*, *3h*, *six to nine months* (the least)
//! - none: *a 6-year-old boy*, *"60 Minutes"*, *three-quarters of the city*

use dateline_core::calendar::{Count, Period, Unit};

use super::{number, words::Words};
use crate::calendar_words::Sense;

/// A length of time as the text tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    pub(super) period: Period,
    /// The shortest of its units.
    pub(super) unit: Unit,
    /// How many of the only unit; `None` where it has several.
    pub(super) only: Option<Count>,
    pub(super) end: usize,
}

/// *three months*, *a year*, *two-day*, *half an hour*, *two years and six months*.
pub(super) fn length(words: &Words<'_>, at: usize) -> Option<Length> {
    let mut length = one(words, at)?;
    loop {
        let end = length.end;
        let and = usize::from(words.sense(end) == Sense::And || words.mark(end) == b',');
        // "two years, six months": but "two days and three months" are two lengths.
        let Some(next) = one(words, end + and) else { return Some(length) };
        // "24 hours a day" is a rate.
        let article = and == 0 && words.sense(end) == Sense::Article;
        let shorter = next.unit < length.unit || and == 0;
        if article
            || !shorter
            || length.period.count(next.unit).is_some()
            || next.only == Some(Count::Unknown)
        {
            return Some(length);
        }
        length = Length {
            period: length.period.and(next.unit, next.only?),
            unit: next.unit.min(length.unit),
            only: None,
            end: next.end,
        };
    }
}

/// One unit with its count.
fn one(words: &Words<'_>, at: usize) -> Option<Length> {
    let (count, unit, end) = measured(words, at)?;
    let (unit, count) = plain(unit, count);
    // "a minute and a half"
    let (count, end) = and_a_half(words, count, end);
    Some(Length { period: period(unit, count), unit, only: Some(count), end })
}

/// A period of one unit; a fraction of a minute or an hour is told in the next shorter unit.
fn period(unit: Unit, count: Count) -> Period {
    let whole = |number: u64| Count::Thousandths(number * 1000);
    if let Count::Thousandths(thousandths) = count
        && thousandths % 1000 == 500
        && let Some((shorter, half)) = match unit {
            Unit::Minute => Some((Unit::Second, 30)),
            Unit::Hour => Some((Unit::Minute, 30)),
            _ => None,
        }
    {
        let half = whole(half);
        if thousandths < 1000 {
            return Period::of(shorter, half);
        }
        return Period::of(unit, whole(thousandths / 1000)).and(shorter, half);
    }
    if count == Count::Thousandths(500) && unit == Unit::Year {
        return Period::of(Unit::Month, whole(6));
    }
    Period::of(unit, count)
}

fn and_a_half(words: &Words<'_>, count: Count, end: usize) -> (Count, usize) {
    let half = words.sense(end) == Sense::And
        && words.sense(end + 1) == Sense::Article
        && words.sense(end + 2) == Sense::Half;
    match count {
        Count::Thousandths(number) if half => (Count::Thousandths(number + 500), end + 3),
        _ => (count, end),
    }
}

/// A unit as the text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Unit(Unit),
    Fortnight,
    /// *three nights*: as many days.
    Night,
}

/// The unit and count TIMEX3 has for it: a fortnight is two weeks, a weekend two days, a quarter three months.
fn plain(named: Named, count: Count) -> (Unit, Count) {
    let double = |count| match count {
        Count::Thousandths(number) => Count::Thousandths(number * 2),
        Count::Unknown => Count::Unknown,
    };
    match named {
        Named::Fortnight => (Unit::Week, double(count)),
        Named::Night => (Unit::Day, count),
        Named::Unit(Unit::Weekend) => (Unit::Day, double(count)),
        Named::Unit(Unit::Quarter) => match count {
            Count::Thousandths(number) => (Unit::Month, Count::Thousandths(number * 3)),
            Count::Unknown => (Unit::Month, count),
        },
        Named::Unit(Unit::Decade) if count != Count::Unknown => match count {
            Count::Thousandths(number) => (Unit::Year, Count::Thousandths(number * 10)),
            Count::Unknown => (Unit::Decade, count),
        },
        Named::Unit(unit) => (unit, count),
    }
}

fn measured(words: &Words<'_>, at: usize) -> Option<(Count, Named, usize)> {
    if matches!(words.sense(at), Sense::Article | Sense::Another) {
        let filler = usize::from(matches!(words.sense(at + 1), Sense::Whole | Sense::Filler));
        if let Some(unit) = single(words, at + 1 + filler) {
            // "a second", "a quarter" are idioms more often than lengths.
            let idiom = matches!(
                unit,
                Named::Unit(Unit::Second | Unit::Weekend | Unit::Quarter) | Named::Night
            );
            let joined = words.mark(at + 2 + filler) == b'-';
            return (!idiom && !joined).then_some((Count::whole(1), unit, at + 2 + filler));
        }
        if words.sense(at + 1) == Sense::Half
            && let Some(unit) = single(words, at + 2)
        {
            return Some((Count::Thousandths(500), unit, at + 3));
        }
    }
    // "all week", "full day"
    if words.sense(at) == Sense::Whole
        && let Some(unit) = single(words, at + 1)
    {
        let fits = matches!(
            unit,
            Named::Unit(Unit::Day | Unit::Week | Unit::Month | Unit::Year) | Named::Night
        );
        let alone = !matches!(words.before(at).sense, Sense::The);
        return (fits && alone && words.mark(at + 2) != b'-').then_some((
            Count::whole(1),
            unit,
            at + 2,
        ));
    }
    let (count, mut end) = match glued(words, at) {
        Some((count, unit)) => return Some((count, Named::Unit(unit), at + 1)),
        None => number::count(words, at)?,
    };
    // "six to nine months": as the one says who speaks of the least.
    let ranges = words.is(end, "to")
        || words.is(end, "or")
        || words.mark(end) == b'-' && words.at(end + 1).figure.is_some();
    if ranges
        && let Some((_, after)) = number::count(words, end + 1)
        && plural(words, after).is_some()
    {
        end = after;
    }
    // "four-plus months"
    let dash = usize::from(words.mark(end) == b'-');
    if words.is(end + dash, "plus") {
        end += dash + 1;
    }
    while matches!(words.sense(end), Sense::Filler | Sense::Whole | Sense::Past | Sense::Shift(-1))
        || words.is(end, "more")
    {
        end += 1;
    }
    let dash = usize::from(words.mark(end) == b'-');
    let at_unit = end + dash;
    let end = at_unit + 1;
    // "60 Minutes" is a program.
    if dash == 0 && words.at(at_unit).capital && !words.at(at).capital {
        return None;
    }
    if words.mark(end) == b'-' && words.is(end + 1, "old") || words.is(end, "old") {
        // "a 6-year-old boy", "52 years old": an age, no stretch of the calendar.
        return None;
    }
    if let Some(unit) = plural(words, at_unit) {
        // "three-quarters of the city"
        let of = words.sense(end) == Sense::Of && count == Count::whole(3);
        let other = unit == Named::Unit(Unit::Quarter) && (dash == 1 || of);
        return (!other).then_some((count, unit, end));
    }
    // "two-day", "one year", "three month"; not "1988 second quarter".
    let unit = single(words, at_unit)?;
    let small = match count {
        Count::Thousandths(count) => count < 1_000_000,
        Count::Unknown => dash == 1,
    };
    let named = matches!(unit, Named::Unit(Unit::Weekend | Unit::Quarter)) && dash == 0;
    let second = unit == Named::Unit(Unit::Second)
        && dash == 0
        && count != Count::whole(1)
        && words.at(at).figure.is_none();
    (small && !named && !second).then_some((count, unit, end))
}

/// *3h*, *30min*: a number and its unit in one word.
fn glued(words: &Words<'_>, at: usize) -> Option<(Count, Unit)> {
    words.holds(at).then_some(())?;
    let text = words.token(at).text();
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&len) || len == text.len() {
        return None;
    }
    let unit = match &text[len..] {
        "h" | "hr" | "hrs" => Unit::Hour,
        "min" | "mins" => Unit::Minute,
        "sec" | "secs" => Unit::Second,
        _ => return None,
    };
    Some((Count::whole(text[..len].parse().ok()?), unit))
}

fn single(words: &Words<'_>, at: usize) -> Option<Named> {
    match words.sense(at) {
        Sense::Unit(unit) => Some(Named::Unit(unit)),
        Sense::Fortnight => Some(Named::Fortnight),
        Sense::Second => Some(Named::Unit(Unit::Second)),
        _ if words.is(at, "night") => Some(Named::Night),
        _ => None,
    }
}

pub(super) fn plural(words: &Words<'_>, at: usize) -> Option<Named> {
    match words.sense(at) {
        Sense::Units(unit) => Some(Named::Unit(unit)),
        Sense::Fortnights => Some(Named::Fortnight),
        _ if words.is(at, "nights") => Some(Named::Night),
        _ => None,
    }
}
