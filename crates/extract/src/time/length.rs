//! Lengths: a count and its unit, or several of them.
//!
//! - fires: *three months*, *a year*, *two-day*, *half an hour*, *two years and six months*, *3h*, *six to nine
//!   months* (the lower end)
//! - silent: *a 6-year-old boy*, *"60 Minutes"*, *three-quarters of the city*

use std::sync::LazyLock;

use dateline_core::calendar::{Count, Period, Unit};

use super::{number, words::Words};
use crate::{
    calendar_words::{Sense, unit_named},
    table::Table,
};

/// Abbreviations of units right after a number: *3h*.
static SUFFIXES: LazyLock<Table<Unit>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/calendar/unit-suffixes.tsv"), |columns| {
        unit_named(columns[1]).expect("every row names a unit")
    })
});

/// Length of time as the text gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    pub(super) period: Period,
    /// Shortest of its units.
    pub(super) unit: Unit,
    /// Count of its only unit; `None` if there are several units.
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

/// Reads one unit with its count.
fn one(words: &Words<'_>, at: usize) -> Option<Length> {
    let (count, unit, end) = measured(words, at)?;
    let (unit, count) = plain(unit, count);
    // "a minute and a half"
    let (count, end) = and_a_half(words, count, end);
    Some(Length { period: period(unit, count), unit, only: Some(count), end })
}

/// Returns a period of one unit. A fraction of a minute or an hour is given in the next shorter unit.
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

/// Unit as the text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedUnit {
    Unit(Unit),
    Fortnight,
    /// *three nights*: counts as days.
    Night,
}

/// Returns the TIMEX3 unit and count: a fortnight is two weeks, a weekend two days, a quarter three months.
fn plain(named: NamedUnit, count: Count) -> (Unit, Count) {
    let double = |count| match count {
        Count::Thousandths(number) => Count::Thousandths(number * 2),
        Count::Unknown => Count::Unknown,
    };
    match named {
        NamedUnit::Fortnight => (Unit::Week, double(count)),
        NamedUnit::Night => (Unit::Day, count),
        NamedUnit::Unit(Unit::Weekend) => (Unit::Day, double(count)),
        NamedUnit::Unit(Unit::Quarter) => match count {
            Count::Thousandths(number) => (Unit::Month, Count::Thousandths(number * 3)),
            Count::Unknown => (Unit::Month, count),
        },
        NamedUnit::Unit(Unit::Decade) if count != Count::Unknown => match count {
            Count::Thousandths(number) => (Unit::Year, Count::Thousandths(number * 10)),
            Count::Unknown => (Unit::Decade, count),
        },
        NamedUnit::Unit(unit) => (unit, count),
    }
}

/// Reads a count and the unit it counts, and the index after them.
fn measured(words: &Words<'_>, at: usize) -> Option<(Count, NamedUnit, usize)> {
    match words.sense(at) {
        Sense::Article | Sense::Another => match after_article(words, at) {
            Article::Reads(count, unit, end) => return Some((count, unit, end)),
            Article::Idiom => return None,
            Article::Other => {}
        },
        Sense::Whole => {
            if let Some(unit) = single(words, at + 1) {
                return whole(words, at, unit);
            }
        }
        _ => {}
    }
    if let Some((count, unit)) = glued(words, at) {
        return Some((count, NamedUnit::Unit(unit), at + 1));
    }
    counted(words, at)
}

/// What follows an article.
enum Article {
    /// A count and a unit: *a year*, *half an hour*.
    Reads(Count, NamedUnit, usize),
    /// A unit that is not a length here: *a second*.
    Idiom,
    /// Neither.
    Other,
}

/// Reads the unit after an article: *a year*, *a whole week*, *a half hour*.
fn after_article(words: &Words<'_>, at: usize) -> Article {
    let filler = usize::from(matches!(words.sense(at + 1), Sense::Whole | Sense::Filler));
    if let Some(unit) = single(words, at + 1 + filler) {
        let end = at + 2 + filler;
        // "a second", "a quarter" are idioms more often than lengths.
        let idiom = matches!(
            unit,
            NamedUnit::Unit(Unit::Second | Unit::Weekend | Unit::Quarter) | NamedUnit::Night
        );
        if idiom || words.mark(end) == b'-' {
            return Article::Idiom;
        }
        return Article::Reads(Count::whole(1), unit, end);
    }
    match single(words, at + 2) {
        Some(unit) if words.sense(at + 1) == Sense::Half => {
            Article::Reads(Count::Thousandths(500), unit, at + 3)
        }
        _ => Article::Other,
    }
}

/// Reads a whole unit without an article: *all week*, *full day*.
fn whole(words: &Words<'_>, at: usize, unit: NamedUnit) -> Option<(Count, NamedUnit, usize)> {
    let fits = matches!(
        unit,
        NamedUnit::Unit(Unit::Day | Unit::Week | Unit::Month | Unit::Year) | NamedUnit::Night
    );
    let alone = words.before(at).sense != Sense::The && words.mark(at + 2) != b'-';
    (fits && alone).then_some((Count::whole(1), unit, at + 2))
}

/// Reads a number and its unit: *three months*, *two-day*, *six to nine months*.
fn counted(words: &Words<'_>, at: usize) -> Option<(Count, NamedUnit, usize)> {
    let (count, end) = number::count(words, at)?;
    let end = after_count(words, end);
    let dash = usize::from(words.mark(end) == b'-');
    let at_unit = end + dash;
    let end = at_unit + 1;
    // "60 Minutes" is a program.
    let is_title = dash == 0 && words.at(at_unit).capital && !words.at(at).capital;
    // "a 6-year-old boy", "52 years old": an age.
    let is_age = words.mark(end) == b'-' && words.is(end + 1, "old") || words.is(end, "old");
    if is_title || is_age {
        return None;
    }
    let is_quarter = |unit| unit == NamedUnit::Unit(Unit::Quarter);
    if let Some(unit) = plural(words, at_unit) {
        // "three-quarters of the city"
        let of = words.sense(end) == Sense::Of && count == Count::whole(3);
        return (!(is_quarter(unit) && (dash == 1 || of))).then_some((count, unit, end));
    }
    // "two-day", "one year", "three month"; not "1988 second quarter".
    let unit = single(words, at_unit)?;
    let small = match count {
        Count::Thousandths(count) => count < 1_000_000,
        Count::Unknown => dash == 1,
    };
    let is_period = is_quarter(unit) || unit == NamedUnit::Unit(Unit::Weekend);
    let is_ordinal = unit == NamedUnit::Unit(Unit::Second)
        && count != Count::whole(1)
        && words.at(at).figure.is_none();
    (small && (dash == 1 || !is_period && !is_ordinal)).then_some((count, unit, end))
}

/// Returns the index after the words between a count and its unit: *six to nine*, *four-plus*, *three more*.
fn after_count(words: &Words<'_>, count_end: usize) -> usize {
    let mut end = count_end;
    // "six to nine months": the lower end.
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
    end
}

/// Reads a number and its unit in one word: *3h*, *30min*.
fn glued(words: &Words<'_>, at: usize) -> Option<(Count, Unit)> {
    words.holds(at).then_some(())?;
    let text = words.token(at).text();
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&len) || len == text.len() {
        return None;
    }
    let unit = SUFFIXES.get(&text[len..])?;
    Some((Count::whole(text[..len].parse().ok()?), unit))
}

fn single(words: &Words<'_>, at: usize) -> Option<NamedUnit> {
    match words.sense(at) {
        Sense::Unit(unit) => Some(NamedUnit::Unit(unit)),
        Sense::Fortnight => Some(NamedUnit::Fortnight),
        Sense::Second => Some(NamedUnit::Unit(Unit::Second)),
        _ if words.is(at, "night") => Some(NamedUnit::Night),
        _ => None,
    }
}

pub(super) fn plural(words: &Words<'_>, at: usize) -> Option<NamedUnit> {
    match words.sense(at) {
        Sense::Units(unit) => Some(NamedUnit::Unit(unit)),
        Sense::Fortnights => Some(NamedUnit::Fortnight),
        _ if words.is(at, "nights") => Some(NamedUnit::Night),
        _ => None,
    }
}
