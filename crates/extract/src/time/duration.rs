//! Lengths of time: *for three months*, *48 hours*, *a two-day visit*, *two years and six months*, *the past decade*,
//! *the first nine months*, *all week*, *for years*.
//!
//! - fires: *Talks went on for three months.*, *in the past three months*
//! - silent: *a second time*, *a 6-year-old boy*, *three-quarters of the city*

use dateline_core::{
    TimeMod,
    calendar::{Count, Period, Unit},
};
use jiff::civil::Date;

use super::{
    bound::bound,
    candidate::{Meaning, TimeCandidate},
    context::Context,
    length::{Length, NamedUnit, length, plural},
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the length that starts at a word.
pub(super) fn duration(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let (modifier, from) = bound(words, at).map_or((None, at), |(name, end)| (Some(name), end));
    if let Some(found) = anchored(words, context, from) {
        // "over the past decade": a preposition, not a bound.
        let over = from > at && words.is(at, "over");
        return (!over).then_some(TimeCandidate { first: at, modifier, ..found });
    }
    let definite = from == at && words.sense(at) == Sense::The;
    let length = if definite { of_report(words, at)? } else { length(words, from)? };
    let end = length.end + or_so(words, length.end);
    let (modifier, end) = either(words, end, modifier);
    let found = TimeCandidate::duration("duration", at, end, length.period);
    Some(TimeCandidate { modifier, reports: definite && length.unit >= Unit::Month, ..found })
}

/// Returns the index after *or so*, *or more* following a length.
pub(super) fn or_so(words: &Words<'_>, at: usize) -> usize {
    let fits = words.is(at, "or") && (words.is(at + 1, "so") || words.is(at + 1, "more"));
    if fits { 2 } else { 0 }
}

/// Reads a bound after a length or its number: *two years or more*, *two-plus years*.
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

/// Reads a length as reports give it: *the nine months*, *the first nine months*, *the latest two years*.
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

/// *the past three months*, *the next two weeks*, *the last decade*.
fn anchored(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(matches!(words.sense(at), Sense::The | Sense::Shift(0) | Sense::These));
    let mut shift = at + the;
    // "the four previous weeks"
    let (back, from_focus) = match words.sense(shift) {
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
    let (day, anchor) = if from_focus { context.spoken_of() } else { context.present() };
    let days = day.and_then(|day| stretch(length.period, day, back));
    let end = length.end + or_so(words, length.end);
    let mut found = TimeCandidate::duration("duration-anchored", at, end, length.period);
    found.meaning = Meaning::Duration(length.period, days);
    if days.is_some() {
        found.anchor = anchor;
    }
    Some(found)
}

/// Returns the days of a length that ends, or begins, with a date.
fn stretch(period: Period, day: Date, back: bool) -> Option<(Date, Date)> {
    if back {
        Some((period.checked_sub_from(day)?, day))
    } else {
        Some((day, period.checked_add_to(day)?))
    }
}

/// Reads units without a count: *for years*, *in weeks*, *months of talks*; *recent years*, *the coming weeks*.
pub(super) fn uncounted(words: &Words<'_>, _: &Context, at: usize) -> Option<TimeCandidate> {
    let the = usize::from(words.sense(at) == Sense::The);
    let adjective = usize::from(
        words.sense(at + the) == Sense::Recent
            || matches!(words.sense(at + the), Sense::Shift(1) | Sense::Relative(1)),
    );
    let from = if adjective == 1 { at + the + 1 } else { at };
    let Some(NamedUnit::Unit(unit)) = plural(words, from) else { return None };
    let led = adjective == 1 || words.is_led_by_length(at);
    let fits = !matches!(unit, Unit::Second | Unit::Weekend | Unit::Millennium)
        && (unit != Unit::Quarter || adjective == 1);
    (fits && led).then_some(())?;
    if adjective == 1 {
        let value = if words.sense(at + the) == Sense::Recent { "PAST_REF" } else { "FUTURE_REF" };
        return Some(TimeCandidate::of("reference", at, from + 1, Meaning::Reference(value)));
    }
    let period = Period::of(unit, Count::Unknown);
    Some(TimeCandidate::duration("duration-uncounted", at, from + 1, period))
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
    fn phrases_that_are_not_lengths() {
        silent("A second time they failed.");
        silent("His 6-year-old son left.");
        silent("Three-quarters of the city was dark.");
        silent("He ran \"60 Minutes\" once.");
    }

    #[test]
    fn lengths_before_or_after_today_have_an_interval() {
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
