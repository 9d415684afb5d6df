//! Dates with a named month or weekday: *May 8, 2021*, *8 May*, *Friday, May 7*, *June 2020*, *June*, *Friday*.
//!
//! - silent: *May said*, *March on Washington*, *April Ruiz*, *31 April*

use dateline_core::calendar::Place;
use dateline_nlp::{Upos, Xpos};
use jiff::civil::Date;

use super::{
    context::Context,
    direction::Direction,
    found::{Found, Meaning},
    number,
    words::{Suffix, Words},
    year,
};
use crate::calendar_words::Sense;

/// A date that begins at a word.
pub(super) fn date(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    match words.sense(at) {
        Sense::Weekday(_) => weekday_first(words, context, at),
        Sense::Month(_) => month_first(words, context, at),
        Sense::The => {
            let after = matches!(number::ordinal(words, at + 1), Some((1..=31, end)) if words.sense(end) == Sense::Of);
            if after {
                day_first(words, context, at + 1).map(|found| Found { first: at, ..found })
            } else {
                None
            }
        }
        _ => day_first(words, context, at),
    }
}

/// *Friday*, *Friday, May 7, 2021*, *Friday 7 May*.
fn weekday_first(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let Sense::Weekday(number) = words.sense(at) else { return None };
    let word = words.at(at);
    let short = words.token(at).text().trim_end_matches('.').len() <= 4;
    if !word.capital && short {
        return None;
    }
    let mut next = at + 1;
    if words.mark(next) == b'.' {
        next += 1;
    }
    let comma = usize::from(words.mark(next) == b',');
    let with_date = |from: usize| match words.sense(from) {
        Sense::Month(_) => month_first(words, context, from),
        Sense::The => date(words, context, from),
        _ => day_first(words, context, from),
    };
    if let Some(found) =
        with_date(next + comma).or_else(|| super::numeric::date(words, next + comma))
        && found.meaning.is_day()
    {
        return Some(Found { first: at, ..found });
    }
    if !is_weekday_alone(words, at) {
        return None;
    }
    // "Tuesday next week", "Monday of this week".
    let of = usize::from(words.sense(next) == Sense::Of);
    if let Sense::Shift(by) = words.sense(next + of)
        && words.is(next + of + 1, "week")
    {
        let place = context.weekday_of_week(number, i32::from(by))?;
        return Some(Found::point(at, next + of + 2, place));
    }
    Some(Found::point(at, at + 1, context.weekday(number, context.direction(words, at))))
}

/// "Sun", "Sat", "Wed" and names such as "Sunday Times" are no weekdays.
fn is_weekday_alone(words: &Words<'_>, at: usize) -> bool {
    let text = words.token(at).text();
    let ambiguous = ["Sun", "Sat", "Wed", "Mon"].contains(&text);
    let in_name = words.at(at).named && words.at(at + 1).named && words.at(at + 1).capital;
    !ambiguous && !in_name
}

/// *May 8, 2021*, *May 8*, *May 2021*, *May*.
fn month_first(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let Sense::Month(month) = words.sense(at) else { return None };
    let written_small = !words.at(at).capital;
    if written_small && (matches!(month, 3 | 5) || words.at(at + 1).figure.is_none()) {
        return None;
    }
    let mut next = at + 1;
    // "Sept." may be two tokens.
    if words.mark(next) == b'.' {
        next += 1;
    }
    let mut after_the = next + usize::from(words.sense(next) == Sense::The);
    if let Some((day, mut end)) = day_of_month(words, &mut after_the) {
        let comma = usize::from(words.mark(end) == b',');
        if let Some(year) = year::plain(words, end + comma) {
            let date = Date::new(year, month, day).ok()?;
            return Some(Found::point(at, end + comma + 1, Place::Day(date)));
        }
        let direction = context.direction(words, at);
        let place = context.day(month, day, direction)?;
        // "June 14-16", "May 3 to 7": a range in one month.
        if (words.mark(end) == b'-' || words.sense(end) == Sense::To)
            && let Some((last, after)) = day_of_month(words, &mut (end + 1))
            && last > day
        {
            end = after;
            let comma = usize::from(words.mark(end) == b',');
            let year = year::plain(words, end + comma);
            if year.is_some() {
                end += comma + 1;
            }
            let year = year.or_else(|| place.year())?;
            let (from, to) =
                (Date::new(year, month, day).ok()?, Date::new(year, month, last).ok()?);
            return Some(Found::of(at, end, Meaning::Range(from, to)));
        }
        return Some(Found::point(at, end, place));
    }
    // "31 April" is no day, and is not mended into a month.
    let behind_number =
        words.before(at).figure.is_some_and(|figure| (1..=2).contains(&figure.width));
    if behind_number {
        return None;
    }
    if let Some((year, end)) = year::after_month(words, next) {
        return Some(Found::point(at, end, Place::Month(year, month)));
    }
    if written_small || !is_month_alone(words, at, month) {
        return None;
    }
    if let Some((by, end)) = of_shifted_year(words, next) {
        let year = context.present()?.year() + i16::from(by);
        return Some(Found::point(at, end, Place::Month(year, month)));
    }
    let direction = if words
        .token(at)
        .previous()
        .is_some_and(|before| before.text().eq_ignore_ascii_case("since"))
    {
        Direction::Behind
    } else {
        context.direction(words, at)
    };
    Some(Found::point(at, next.min(at + 1), context.month(month, direction)))
}

/// *last year*, *of this year* after a month.
fn of_shifted_year(words: &Words<'_>, at: usize) -> Option<(i8, usize)> {
    let of = usize::from(words.sense(at) == Sense::Of);
    let Sense::Shift(by) = words.sense(at + of) else { return None };
    (words.is(at + of + 1, "year")).then_some((by, at + of + 2))
}

/// Whether a bare month word is a month: *May* may be a verb or a minister, *March* a walk.
fn is_month_alone(words: &Words<'_>, at: usize, month: i8) -> bool {
    let text = words.token(at).text().trim_end_matches('.');
    let before = words.before(at).sense;
    let led = matches!(
        before,
        Sense::In
            | Sense::To
            | Sense::From
            | Sense::Between
            | Sense::Shift(_)
            | Sense::Of
            | Sense::Every
            | Sense::Portion(_)
            | Sense::Relative(_)
            | Sense::Past
            | Sense::Later
            | Sense::Earlier
    ) || matches!(
        at.checked_sub(1).and_then(|before| words.upos(before)),
        Some(Upos::Adp | Upos::Sconj)
    ) || words.before(at).mark == b'-';
    if words.at(at).named && words.at(at + 1).capital
        || words.sense(at + 1) == Sense::Other && words.at(at + 1).named
    {
        return false;
    }
    let doubtful =
        matches!(month, 3 | 5) || text.len() <= 3 || matches!(text, "April" | "June" | "August");
    if !doubtful {
        return true;
    }
    if matches!(words.xpos(at), Some(Xpos::MD | Xpos::VB | Xpos::VBP)) {
        return false;
    }
    if led {
        // "of March on Washington", "by May Ruiz".
        return !(words.at(at + 1).capital
            && words.upos(at + 1) == Some(Upos::Propn)
            && words.at(at + 1).sense == Sense::Other
            && text.len() <= 5
            && month != 6);
    }
    let is_subject = matches!(words.upos(at + 1), Some(Upos::Verb | Upos::Aux | Upos::Propn));
    text.len() > 3
        && !matches!(month, 3 | 5)
        && !is_subject
        && !at.checked_sub(1).is_some_and(|before| {
            words.upos(before) == Some(Upos::Propn) && words.at(before).sense == Sense::Other
        })
}

/// *8 May 2021*, *8th of May*, *3-7 May*.
fn day_first(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let (day, end) = day_of_month(words, &mut { at })?;
    let mut next = end;
    let mut last = None;
    if words.mark(next) == b'-'
        && let Some((to, after)) = day_of_month(words, &mut (next + 1))
        && to > day
    {
        last = Some(to);
        next = after;
    } else if words.mark(next) == b'-' {
        next += 1;
    }
    if words.sense(next) == Sense::Of {
        next += 1;
    }
    let Sense::Month(month) = words.sense(next) else { return None };
    if !words.at(next).capital && matches!(month, 3 | 5) {
        return None;
    }
    // "chapter 3 May say": a month that is no month after a bare number is rare; a verb after it is the sign.
    if matches!(words.xpos(next), Some(Xpos::MD)) {
        return None;
    }
    let mut after = next + 1;
    let comma = usize::from(words.mark(after) == b',');
    let year = year::plain(words, after + comma);
    let place = match year {
        Some(year) => {
            after += comma + 1;
            Place::Day(Date::new(year, month, day).ok()?)
        }
        None => context.day(month, day, context.direction(words, next))?,
    };
    if let (Some(last), Some(year)) = (last, place.year()) {
        let (from, to) = (Date::new(year, month, day).ok()?, Date::new(year, month, last).ok()?);
        return Some(Found::of(at, after, Meaning::Range(from, to)));
    }
    Some(Found::point(at, after, place))
}

/// A number that can be a day of a month.
fn day_of_month(words: &Words<'_>, at: &mut usize) -> Option<(i8, usize)> {
    let figure = words.at(*at).figure;
    if let Some(figure) = figure {
        let fits = figure.suffix != Suffix::Plural && (1..=2).contains(&figure.width);
        // "May 10,000", "May 5:30" are other numbers.
        return (fits && (1..=31).contains(&figure.value))
            .then_some((i8::try_from(figure.value).ok()?, *at + 1));
    }
    let (number, end) = number::ordinal(words, *at)?;
    (1..=31).contains(&number).then_some((i8::try_from(number).ok()?, end))
}

impl Meaning {
    fn is_day(self) -> bool {
        matches!(self, Self::Point(Place::Day(_) | Place::OpenDay(..), None) | Self::Range(..))
    }
}
