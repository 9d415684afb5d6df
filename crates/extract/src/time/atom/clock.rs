//! Times of day: *10:30 a.m.*, *0900 GMT*, *noon*, *three o'clock*, *half past seven*, *a quarter to six*, *at 7*
//! after a day.
//!
//! - fires: *at 9:30*, *by midnight*, *10 p.m. Moscow time*
//! - silent: *a 3:2 majority*, *I am*, *at 7 percent*

use dateline_core::calendar::{Clock, DayPart};
use dateline_nlp::Upos;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{figure::Suffix, number, parts::Parts, words::Words},
};

/// Hour, minute and second, and the index of the token after them.
type ClockFields = (i8, i8, Option<i8>, usize);

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let (clock, end) = named(words, at)
        .or_else(|| past_or_to(words, at))
        .or_else(|| written(words, at))
        .or_else(|| bare(words, at, stance))?;
    let end = zone(words, end);
    Some((Parts { clock: Some(clock), ..Parts::default() }, end))
}

/// *noon*, *midnight*.
fn named(words: &Words<'_>, at: usize) -> Option<(Clock, usize)> {
    let Sense::Clock(hour) = words.sense(at) else { return None };
    // "High Noon" is a film.
    let capital = words.at(at).capital && words.before(at).capital;
    (!capital).then_some((Clock::Minute(hour, 0), at + 1))
}

/// *half past seven*, *a quarter to six*, *twenty minutes past five*, *15 past seven o'clock*.
fn past_or_to(words: &Words<'_>, at: usize) -> Option<(Clock, usize)> {
    let article = usize::from(words.sense(at) == Sense::Article);
    let (minutes, mut end) = match words.sense(at + article) {
        Sense::Half if article == 0 => (30, at + 1),
        Sense::Unit(dateline_core::calendar::Unit::Quarter) => (15, at + article + 1),
        _ if article == 0 => {
            number::plain(words, at).filter(|(minutes, _)| (1..=59).contains(minutes))?
        }
        _ => return None,
    };
    let counted = words.is(end, "minutes");
    end += usize::from(counted);
    let before_hour = match words.sense(end) {
        Sense::Past => false,
        Sense::To if words.is(end, "to") => true,
        _ => return None,
    };
    let (hour, after) =
        number::plain(words, end + 1).filter(|(hour, _)| (1..=12).contains(hour))?;
    let bare_numbers =
        !counted && !matches!(words.sense(at + article), Sense::Half | Sense::Unit(_));
    let oclock = words.sense(after) == Sense::Oclock;
    let timed = oclock
        || matches!(words.sense(after), Sense::Meridiem(_) | Sense::Day(_) | Sense::Tonight)
        || words.sense(after) == Sense::In && matches!(words.sense(after + 2), Sense::Part(_));
    // "11 to 9" is a score.
    if bare_numbers && !timed {
        return None;
    }
    let after = after + usize::from(oclock);
    let hour = i8::try_from(hour).ok()?;
    let minutes = i8::try_from(minutes).ok()?;
    let (hour, minutes) =
        if before_hour { ((hour + 23) % 24, 60 - minutes) } else { (hour, minutes) };
    let (hour, after) = meridiem(words, hour, after);
    Some((Clock::Minute(hour, minutes), after))
}

/// *10:30*, *10.30 a.m.*, *0900 GMT*, *10 p.m.*, *three o'clock*, *five-thirty*.
fn written(words: &Words<'_>, at: usize) -> Option<(Clock, usize)> {
    let (hour, minute, second, end) = figures(words, at).or_else(|| spelled(words, at))?;
    let (hour, end) = meridiem(words, hour, end);
    let clock = match second {
        Some(second) => Clock::Second(hour, minute, second),
        None => Clock::Minute(hour, minute),
    };
    Some((clock, end))
}

fn figures(words: &Words<'_>, at: usize) -> Option<ClockFields> {
    let starts_with_digit =
        words.holds(at) && words.token(at).text().starts_with(|c: char| c.is_ascii_digit());
    starts_with_digit.then_some(())?;
    let figure = words.at(at).figure;
    if figure.is_none() || words.token(at).text().contains(':') || words.mark(at + 1) == b':' {
        let (hour, minute, second, len) = digits(words.rest(at)?)?;
        // "a 3:2 majority", "10:9": minutes have two digits.
        let end = words.index_after(at, words.token(at).span().start() + len)?;
        return Some((hour, minute, second, end));
    }
    let figure = figure.filter(|figure| figure.suffix == Suffix::None)?;
    let meridiem = matches!(words.sense(at + 1), Sense::Meridiem(_));
    let small = |number: i32| i8::try_from(number).ok();
    // "0900 GMT", "1430 hours", "1140 a.m."
    let zoned = words.sense(at + 1) == Sense::Zone && words.at(at + 1).capital;
    if figure.width == 4 && (zoned || meridiem || words.is(at + 1, "hours")) {
        let (hour, minute) = (figure.value / 100, figure.value % 100);
        let end = at + 1 + usize::from(words.is(at + 1, "hours"));
        return (hour < 24 && minute < 60).then_some((small(hour)?, small(minute)?, None, end));
    }
    // "10.30 a.m."
    if figure.width == 0 && figure.thousandths > 0 {
        let minute = figure.thousandths / 10;
        let fits = meridiem && figure.value < 24 && minute < 60;
        return fits.then_some((small(figure.value)?, small(minute)?, None, at + 1));
    }
    None
}

/// Reads an hour in words or with a suffix: *10 p.m.*, *ten o'clock*, *4 in the morning*, *five-thirty*.
fn spelled(words: &Words<'_>, at: usize) -> Option<ClockFields> {
    let (hour, end) = number::plain(words, at)?;
    let is_figure = words.at(at).figure.is_some();
    if !(1..=12).contains(&hour) {
        return (is_figure && (13..24).contains(&hour) && words.sense(end) == Sense::Oclock)
            .then(|| Some((i8::try_from(hour).ok()?, 0, None, end + 1)))?;
    }
    let hour = i8::try_from(hour).ok()?;
    match words.sense(end) {
        Sense::Meridiem(_) => {
            // "I am": a bare "am" after a spelled number is a verb.
            (is_figure || words.token(end).text().contains('.')).then_some((hour, 0, None, end))
        }
        Sense::Oclock => Some((hour, 0, None, end + 1)),
        // "4 in the morning".
        Sense::In
            if words.sense(end + 1) == Sense::The
                && matches!(words.sense(end + 2), Sense::Part(_)) =>
        {
            Some((hour, 0, None, end))
        }
        _ => {
            let next = end + usize::from(words.mark(end) == b'-');
            let Sense::Tens(minutes) = words.sense(next) else { return None };
            let (minutes, after) = number::plain(words, next).unwrap_or((minutes, next + 1));
            let timed = words.is_before(at, "at")
                || matches!(words.sense(after), Sense::Meridiem(_) | Sense::Day(_));
            (!is_figure && timed && minutes < 60)
                .then(|| Some((hour, i8::try_from(minutes).ok()?, None, after)))?
        }
    }
}

/// Reads an hour alone after a day: *at 7*, *around four*.
fn bare(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<(Clock, usize)> {
    let led = words.is_before(at, "at") || words.is_before(at, "around");
    (led && stance.is_behind(|parts| parts.is_day() || parts.part.is_some())).then_some(())?;
    let (hour, end) = number::plain(words, at).filter(|(hour, _)| (1..=24).contains(hour))?;
    let counts = matches!(
        words.upos(end),
        Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Sym)
    ) && !words.is_calendar(end)
        || matches!(words.mark(end), b'%' | b'-' | b'/' | b'.' if !words.ends_sentence(end))
        || matches!(words.sense(end), Sense::Units(_) | Sense::Unit(_) | Sense::Of);
    let hour = i8::try_from(hour).ok()?;
    (!counts).then_some((Clock::Minute(hour, 0), end))
}

/// Applies *a.m.* or *in the evening* to an hour.
fn meridiem(words: &Words<'_>, hour: i8, at: usize) -> (i8, usize) {
    let half = match words.sense(at) {
        Sense::Meridiem(half) if hour <= 12 => Some((half, at + 1)),
        // "20:15 p.m."
        Sense::Meridiem(_) => return (hour, at + 1),
        Sense::In | Sense::At => {
            let the = usize::from(words.sense(at + 1) == Sense::The);
            match words.sense(at + 1 + the) {
                Sense::Part(part) if hour <= 12 => Some((half_of(part), at + 2 + the)),
                _ => None,
            }
        }
        _ => None,
    };
    match half {
        Some((half, end)) => (hour % 12 + half, end),
        None => (hour, at),
    }
}

/// Returns the offset of a part of the day: 0 before noon, 12 after.
pub(in crate::time) fn half_of(part: DayPart) -> i8 {
    if part == DayPart::Morning { 0 } else { 12 }
}

/// Returns the index after a time zone: *GMT*, *local time*, *Moscow time*.
fn zone(words: &Words<'_>, at: usize) -> usize {
    if words.sense(at) == Sense::Zone && words.at(at).capital {
        return at + 1;
    }
    for len in 1..=3 {
        if words.is(at + len, "time") {
            let led = (at..at + len).all(|idx| {
                words.at(idx).capital || words.is(idx, "local") || words.mark(idx) == b'-'
            });
            return if led { at + len + 1 } else { at };
        }
    }
    at
}

/// Reads *9:30*, *09:30:15* at the start of a text: hour, minute, second, and length in bytes.
pub(super) fn digits(text: &str) -> Option<(i8, i8, Option<i8>, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| -> usize {
        bytes[from.min(bytes.len())..]
            .iter()
            .take(3)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let number = |from: usize, len: usize| text.get(from..from + len)?.parse::<i8>().ok();
    let hour_len = run(0);
    if !(1..=2).contains(&hour_len) || bytes.get(hour_len) != Some(&b':') || run(hour_len + 1) != 2
    {
        return None;
    }
    let mut end = hour_len + 3;
    let mut second = None;
    if bytes.get(end) == Some(&b':') && run(end + 1) == 2 {
        second = number(end + 1, 2).filter(|second| *second < 60);
        end += 3;
    }
    let (hour, minute) = (number(0, hour_len)?, number(hour_len + 1, 2)?);
    (hour < 24 && minute < 60).then_some((hour, minute, second, end))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn times_of_day() {
        check("They met at 10:30 a.m. on Friday.", &[("10:30 a.m. on Friday", "2021-05-07T10:30")]);
        check("It began at 0900 GMT on May 3.", &[("0900 GMT on May 3", "2021-05-03T09:00")]);
        check("It ended at noon.", &[("noon", "2021-05-08T12:00")]);
        check("He rose at half past seven.", &[("half past seven", "2021-05-08T07:30")]);
        check("They left at a quarter to six.", &[("a quarter to six", "2021-05-08T05:45")]);
        check("It began on Friday at 7.", &[("Friday at 7", "2021-05-07T07:00")]);
    }

    #[test]
    fn numbers_that_are_not_times_of_day() {
        silent("A 3:2 majority agreed.");
        silent("I am here.");
        silent("Prices rose by 7 percent.");
    }
}
