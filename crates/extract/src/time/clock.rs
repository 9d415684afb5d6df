//! Times of day: *10:30 a.m.*, *0900 GMT*, *noon*, *three o'clock*, and with their day: *noon Thursday*, *Friday morning*,
//! *10 p.m. on Wednesday*.

use dateline_core::calendar::{Clock, DayPart, Place};

use super::{
    context::Context,
    found::{Found, Meaning},
    number, point,
    words::Words,
};
use crate::calendar_words::Sense;

/// A time of day, with its day before or after it.
pub(super) fn clock(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    if let Some((clock, end)) = bare(words, at) {
        let on = usize::from(
            words.sense(end) == Sense::On
                || words.mark(end) == b','
                || words.sense(end) == Sense::Of,
        );
        if let Some(day) = point(words, context, end + on)
            && let Some(place @ (Place::Day(_) | Place::OpenDay(..) | Place::OpenWeekday(_))) =
                day.place()
        {
            return Some(Found::of(at, day.end, Meaning::Point(place, Some(clock))));
        }
        let place = context.present().map_or(Place::Nowhere, Place::Day);
        return Some(Found::of(at, end, Meaning::Point(place, Some(clock))));
    }
    let day = point(words, context, at)?;
    with_day(words, &day)
}

/// *Friday morning*, *May 8 at 10:30*, *late Friday night*: the time of day behind its day.
pub(super) fn with_day(words: &Words<'_>, day: &Found) -> Option<Found> {
    let place @ (Place::Day(_) | Place::OpenDay(..) | Place::OpenWeekday(_)) = day.place()? else {
        return None;
    };
    if let Sense::Part(part) = words.sense(day.end) {
        return Some(Found::of(
            day.first,
            day.end + 1,
            Meaning::Point(place, Some(Clock::Part(part))),
        ));
    }
    if let (Sense::Portion(edge), Sense::Part(part)) =
        (words.sense(day.end), words.sense(day.end + 1))
    {
        let mut found =
            Found::of(day.first, day.end + 2, Meaning::Point(place, Some(Clock::Part(part))));
        found.modifier = super::modifier(edge);
        return Some(found);
    }
    let mut next = day.end + usize::from(words.mark(day.end) == b',');
    if words.sense(next) == Sense::At {
        next += 1;
    }
    let (clock, end) = bare(words, next)?;
    Some(Found::of(day.first, end, Meaning::Point(place, Some(clock))))
}

/// A time of day by itself, and where it ends.
fn bare(words: &Words<'_>, at: usize) -> Option<(Clock, usize)> {
    if let Sense::Clock(hour) = words.sense(at) {
        return Some((Clock::Minute(hour, 0), zone(words, at + 1)));
    }
    let figure = words.at(at).figure;
    if figure.is_some() && words.token(at).text().contains(':')
        || words.at(at).figure.is_none() && starts_with_digit(words, at)
    {
        let (hour, minute, len) = digits(words.rest(at))?;
        let end = words.index_after(at, words.token(at).span().start() + len)?;
        return Some(finish(words, hour, minute, end));
    }
    if let Some(figure) = figure {
        // "0900 GMT".
        if figure.width == 4 && words.sense(at + 1) == Sense::Zone {
            let (hour, minute) = (figure.value / 100, figure.value % 100);
            let fits = hour < 24 && minute < 60;
            return fits.then_some((
                Clock::Minute(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?),
                zone(words, at + 1),
            ));
        }
        // "10.30 a.m."
        if figure.width == 0 && figure.thousandths > 0 && figure.value < 24 {
            let minute = figure.thousandths / 10;
            if matches!(words.sense(at + 1), Sense::Meridiem(_)) && minute < 60 {
                return Some(finish(
                    words,
                    i8::try_from(figure.value).ok()?,
                    i8::try_from(minute).ok()?,
                    at + 1,
                ));
            }
            return None;
        }
    }
    let (hour, end) = number::plain(words, at)?;
    (1..=12).contains(&hour).then_some(())?;
    let hour = i8::try_from(hour).ok()?;
    match words.sense(end) {
        Sense::Meridiem(_) => {
            // "I am": a lone "am" behind a spelled number is a verb.
            (figure.is_some() || words.token(end).text().contains('.'))
                .then(|| finish(words, hour, 0, end))
        }
        Sense::Oclock => Some(finish(words, hour, 0, end + 1)),
        // "4 in the morning".
        Sense::In
            if words.sense(end + 1) == Sense::The
                && matches!(words.sense(end + 2), Sense::Part(_)) =>
        {
            Some(finish(words, hour, 0, end))
        }
        _ => None,
    }
}

/// Takes *a.m.* and a zone behind a time.
fn finish(words: &Words<'_>, hour: i8, minute: i8, at: usize) -> (Clock, usize) {
    let mut end = at;
    let mut hour = hour;
    if let Sense::Meridiem(half) = words.sense(end) {
        if hour <= 12 {
            hour = hour % 12 + half;
        }
        end += 1;
    } else if words.sense(end) == Sense::In
        && words.sense(end + 1) == Sense::The
        && let Sense::Part(part) = words.sense(end + 2)
    {
        if part != DayPart::Morning && hour < 12 {
            hour += 12;
        }
        end += 3;
    }
    (Clock::Minute(hour, minute), zone(words, end))
}

fn zone(words: &Words<'_>, at: usize) -> usize {
    if words.sense(at) == Sense::Zone && words.at(at).capital { at + 1 } else { at }
}

fn starts_with_digit(words: &Words<'_>, at: usize) -> bool {
    words.holds(at) && words.token(at).text().starts_with(|c: char| c.is_ascii_digit())
}

/// *9:30*, *09:30:15* at the front of a text: hour, minute, bytes.
pub(super) fn digits(text: &str) -> Option<(i8, i8, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes
            .get(from..)?
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .or(Some(bytes.len() - from))
    };
    let hour = run(0).filter(|len| (1..=2).contains(len))?;
    if bytes.get(hour) != Some(&b':') {
        return None;
    }
    let minute = run(hour + 1).filter(|len| *len == 2)?;
    let mut end = hour + 1 + minute;
    if bytes.get(end) == Some(&b':') && run(end + 1) == Some(2) {
        end += 3;
    }
    let (hour, minute) = (text[..hour].parse().ok()?, text[hour + 1..hour + 3].parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute, end))
}
