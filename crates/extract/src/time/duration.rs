//! Lengths of time: *for three months*, *48 hours*, *a two-day visit*, *two years and six months*, *the past decade*, *the first
//! nine months*, *all week*, *for years*.
//!
//! - fires: *Talks went on for three months.*, *in the past three months*
//! - silent: *a second time*, *a 6-year-old boy*, *three-quarters of the city*, *a minute's walk*

use dateline_core::{
    TimeMod,
    calendar::{Count, Period, Unit},
};
use jiff::civil::Date;

use super::{
    bound::bound,
    context::Context,
    found::{Found, Meaning},
    number,
    words::Words,
};
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

/// A length that begins at a word.
pub(super) fn duration(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let (modifier, from) = bound(words, at).map_or((None, at), |(name, end)| (Some(name), end));
    if let Some(found) = anchored(words, context, from) {
        // "over the past decade": a preposition, no bound.
        let over = from > at && words.is(at, "over");
        return (!over).then_some(Found { first: at, modifier, ..found });
    }
    let definite = from == at && words.sense(at) == Sense::The;
    let length = if definite { of_report(words, at)? } else { length(words, from)? };
    let end = length.end + or_so(words, length.end);
    let (modifier, end) = either(words, end, modifier);
    let found = Found::duration("duration", at, end, length.period);
    Some(Found { modifier, reports: definite && length.unit >= Unit::Month, ..found })
}

/// *or so*, *or more* behind a length.
pub(super) fn or_so(words: &Words<'_>, at: usize) -> usize {
    let fits = words.is(at, "or") && (words.is(at + 1, "so") || words.is(at + 1, "more"));
    if fits { 2 } else { 0 }
}

/// *two years or more*, *two-plus years*: the words behind a length, or behind its number, that bound it.
fn either(words: &Words<'_>, end: usize, modifier: Option<TimeMod>) -> (Option<TimeMod>, usize) {
    if end >= 2 && words.is(end - 2, "plus") {
        return (modifier.or(Some(TimeMod::EqualOrMore)), end);
    }
    if end >= 2 && words.is(end - 2, "or") {
        let name = if words.is(end - 1, "more") { TimeMod::EqualOrMore } else { TimeMod::Approx };
        return (modifier.or(Some(name)), end);
    }
    (modifier, end)
}

/// *the nine months*, *the first nine months*, *the latest two years*: lengths reports speak of.
fn of_report(words: &Words<'_>, at: usize) -> Option<Length> {
    let next = at + 1;
    let ordinal = matches!(words.sense(next), Sense::Ordinal(1) | Sense::Shift(_) | Sense::Final)
        || words.is(next, "latest")
        || words.is(next, "full");
    let from = next + usize::from(ordinal);
    let length = length(words, from)?;
    let counted = length.only.is_none_or(|count| count != Count::Unknown);
    // "the two-day visit": the article belongs to the visit.
    let modifies = words.mark(length.end - 2) == b'-' || words.mark(length.end) == b'-';
    (counted && !modifies).then_some(length)
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
enum Named {
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

/// *the past three months*, *the next two weeks*, *the last decade*.
fn anchored(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let the = usize::from(matches!(words.sense(at), Sense::The | Sense::Shift(0) | Sense::These));
    let mut shift = at + the;
    // "the four previous weeks"
    let (back, from_told) = match words.sense(shift) {
        Sense::Past | Sense::Shift(-1) => (true, false),
        Sense::Relative(-1) => (true, true),
        Sense::Shift(1) => (false, false),
        Sense::Relative(1) => (false, true),
        _ => return None,
    };
    while matches!(words.sense(shift + 1), Sense::Filler) {
        shift += 1;
    }
    let short = match (words.sense(shift), words.sense(shift + 1)) {
        (_, Sense::Unit(unit @ Unit::Decade)) => Some(unit),
        (Sense::Past, Sense::Unit(unit @ (Unit::Century | Unit::Millennium))) if the == 1 => {
            Some(unit)
        }
        _ => None,
    };
    let length = match short {
        Some(Unit::Decade) => Length {
            period: Period::of(Unit::Year, Count::whole(10)),
            unit: Unit::Year,
            only: Some(Count::whole(10)),
            end: shift + 2,
        },
        Some(unit) => Length {
            period: Period::of(unit, Count::whole(1)),
            unit,
            only: Some(Count::whole(1)),
            end: shift + 2,
        },
        None => length(words, shift + 1)?,
    };
    let (day, anchor) = if from_told { context.spoken_of() } else { context.present() };
    let days = day.and_then(|day| stretch(length.period, day, back));
    let end = length.end + or_so(words, length.end);
    let mut found = Found::duration("duration-anchored", at, end, length.period);
    found.meaning = Meaning::Duration(length.period, days);
    if days.is_some() {
        found.anchor = anchor;
    }
    Some(found)
}

/// The stretch of such a length that ends, or begins, with a day.
fn stretch(period: Period, day: Date, back: bool) -> Option<(Date, Date)> {
    if back {
        Some((period.checked_sub_from(day)?, day))
    } else {
        Some((day, period.checked_add_to(day)?))
    }
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

fn plural(words: &Words<'_>, at: usize) -> Option<Named> {
    match words.sense(at) {
        Sense::Units(unit) => Some(Named::Unit(unit)),
        Sense::Fortnights => Some(Named::Fortnight),
        _ if words.is(at, "nights") => Some(Named::Night),
        _ => None,
    }
}

/// Units without a count: *for years*, *in weeks*, *months of talks*; *recent years*, *the coming weeks*.
pub(super) fn uncounted(words: &Words<'_>, _: &Context, at: usize) -> Option<Found> {
    let the = usize::from(words.sense(at) == Sense::The);
    let adjective = usize::from(
        words.sense(at + the) == Sense::Recent
            || matches!(words.sense(at + the), Sense::Shift(1) | Sense::Relative(1)),
    );
    let from = if adjective == 1 { at + the + 1 } else { at };
    let Some(Named::Unit(unit)) = plural(words, from) else { return None };
    let led = adjective == 1 || words.is_led_by_length(at);
    let fits = !matches!(unit, Unit::Second | Unit::Weekend | Unit::Millennium)
        && (unit != Unit::Quarter || adjective == 1);
    (fits && led).then_some(())?;
    if adjective == 1 {
        let value = if words.sense(at + the) == Sense::Recent { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Found::of("reference", at, from + 1, Meaning::Reference(value)));
    }
    let period = Period::of(unit, Count::Unknown);
    Some(Found::duration("duration-uncounted", at, from + 1, period))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, check_stretches, silent};

    #[test]
    fn lengths() {
        check("Talks went on for three months.", &[("three months", "P3M")]);
        check("The two-day visit ended.", &[("two-day", "P2D")]);
        check("He waited two years and six months.", &[("two years and six months", "P2Y6M")]);
        check("It lasted half an hour.", &[("half an hour", "PT30M")]);
        check("They talked for two and a half hours.", &[("two and a half hours", "PT2H30M")]);
        check("It took a fortnight.", &[("a fortnight", "P2W")]);
        check("They fought for years.", &[("years", "PXY")]);
        check("It rained all week.", &[("all week", "P1W")]);
        check("Half a dozen days passed.", &[("Half a dozen days", "P6D")]);
        check("The past four-plus months were hard.", &[("The past four-plus months", "P4M")]);
        check("It takes six to nine months.", &[("six to nine months", "P6M")]);
    }

    #[test]
    fn lengths_that_end_today() {
        check("Nothing was built in the past decade.", &[("the past decade", "P10Y")]);
        check("It grew in the past three months.", &[("the past three months", "P3M")]);
        check("They will meet over the next two weeks.", &[("the next two weeks", "P2W")]);
    }

    #[test]
    fn what_is_no_length() {
        silent("A second time they failed.");
        silent("His 6-year-old son left.");
        silent("Three-quarters of the city was dark.");
        silent("He ran \"60 Minutes\" once.");
    }

    #[test]
    fn lengths_beside_today_have_a_stretch() {
        check_stretches(
            "Nothing was built in the past decade.",
            &[("the past decade", "2011-05-08 to 2021-05-08")],
        );
        check_stretches(
            "They will meet over the next two weeks.",
            &[("the next two weeks", "2021-05-08 to 2021-05-22")],
        );
        check_stretches("Talks went on for three months.", &[("three months", "nowhere")]);
    }
}
