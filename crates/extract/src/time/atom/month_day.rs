//! Months and their days: *May 8*, *8 May*, *the 4th of May*, *May the 4th*, *June*, *the 22nd*.
//!
//! - fires: *They met on May 8.*, *Talks resumed on the 22nd.*
//! - silent: *May said*, *March on Washington*, *April Ruiz*, *31 April*, *the 22nd Infantry*

use dateline_nlp::{Upos, Xpos};

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{figure::Suffix, number, parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    month_first(words, at, stance)
        .or_else(|| day_first(words, at))
        .or_else(|| day(words, at, stance))
}

/// *May 8*, *May the 4th*, *May*.
fn month_first(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let Sense::Month(month) = words.sense(at) else { return None };
    let written_small = !words.at(at).capital;
    let mut next = at + 1;
    // "Sept." may be two tokens; so may "Jan-3", "May/22".
    if matches!(words.mark(next), b'.' | b'/' | b'-') && words.at(next + 1).figure.is_some()
        || words.mark(next) == b'.' && words.is_split_point(next)
    {
        next += 1;
    }
    let day_at = next + usize::from(words.sense(next) == Sense::The);
    if let Some((day, end)) = day_of_month(words, day_at)
        && fits_month(month, day)
        && !(written_small && matches!(month, 3 | 5) && words.at(day_at).figure.is_none())
        && !counts_on(words, end)
        && super::year::after_month(words, next).is_none_or(|(_, after)| after <= end)
    {
        return Some((Parts { month: Some(month), day: Some(day), ..Parts::default() }, end));
    }
    // "February 30" is not a day and is not read as a month; nor is "31 April".
    let impossible = words.at(day_at).figure.is_some()
        && day_of_month(words, day_at).is_some_and(|(day, _)| !fits_month(month, day));
    if impossible {
        return None;
    }
    let of = usize::from(words.before(at).sense == Sense::Of);
    let behind_number =
        at.checked_sub(of + 1).and_then(|day| words.at(day).figure).is_some_and(|figure| {
            (1..=2).contains(&figure.width) && (of == 0 || figure.suffix == Suffix::Ordinal)
        });
    let dated = stance
        .is_behind(|parts| parts.year.is_some() || parts.nth.is_some() || parts.shift.is_some());
    if behind_number && !dated {
        return None;
    }
    let year = super::year::after_month(words, next).is_some()
        || matches!(words.sense(next), Sense::Shift(_)) && words.is(next + 1, "year")
        || dated && !matches!(month, 3 | 5);
    if !year && (written_small || !is_month(words, at, month)) {
        return None;
    }
    // "Dec-2018"
    let end = if words.mark(next - 1) == b'-' && next > at + 1 { next } else { at + 1 };
    Some((Parts { month: Some(month), ..Parts::default() }, end))
}

/// *8 May*, *8th of May*, *the 4th of May*, *twenty-five January*.
fn day_first(words: &Words<'_>, at: usize) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let (day, mut end) = day_of_month(words, at + the)?;
    if words.is(end, "day") && words.sense(end + 1) == Sense::Of {
        end += 1;
    }
    let of = words.sense(end) == Sense::Of;
    let gap = usize::from(of || matches!(words.mark(end), b'-' | b'.'));
    let Sense::Month(month) = words.sense(end + gap) else { return None };
    let word = end + gap;
    let spelled_ordinal =
        words.at(at + the).figure.is_none() && number::ordinal(words, at + the).is_some();
    if spelled_ordinal && !of {
        return None;
    }
    let small = !words.at(word).capital;
    if small && (matches!(month, 3 | 5) || !of && the == 0 && words.at(at).figure.is_none()) {
        return None;
    }
    // "in chapter 3 May says": a verb after all.
    if matches!(words.xpos(word), Some(Xpos::MD)) || !fits_month(month, day) {
        return None;
    }
    Some((Parts { month: Some(month), day: Some(day), ..Parts::default() }, word + 1))
}

/// Reads a day of the month: *the 22nd* after a preposition or weekday; *the 20th* before its month.
fn day(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let the = words.sense(at) == Sense::The;
    let behind_weekday = stance.is_behind(|parts| parts.weekday.is_some() && parts.day.is_none());
    let first = at + usize::from(the);
    let (day, mut end) = if behind_weekday {
        // "Thursday, two envoys left"
        let spelled =
            !the && words.at(first).figure.is_none() && number::ordinal(words, first).is_none();
        if spelled {
            return None;
        }
        day_of_month(words, first)?
    } else {
        (the || words.before(at).sense == Sense::On && words.at(at).figure.is_some())
            .then_some(())?;
        number::ordinal(words, first)?;
        day_of_month(words, first)?
    };
    let spelled_small = words.at(first).figure.is_none() && end == first + 1;
    if words.is(end, "day") && words.sense(end + 1) == Sense::Of {
        end += 1;
    }
    let of = words.sense(end) == Sense::Of;
    let of_month = of
        && (matches!(words.sense(end + 1), Sense::Month(_) | Sense::Shift(_))
            || matches!(words.sense(end + 2), Sense::Shift(_) | Sense::Relative(_)));
    let led = words.is_led(at)
        && !of
        && !spelled_small
        && words.at(first).figure.is_none_or(|figure| figure.suffix == Suffix::Ordinal);
    let goes_on = matches!(
        words.upos(end),
        Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb)
    ) && !words.is_calendar(end)
        || words.mark(end) == b'-'
        || words.mark(end) == b'%'
        || matches!(words.sense(end), Sense::Unit(_) | Sense::Units(_));
    let fits = behind_weekday && !goes_on || of_month || led && !goes_on;
    fits.then_some((Parts { day: Some(day), ..Parts::default() }, end))
}

/// Returns a day of the month in digits or words: *8*, *8th*, *twenty-first*, *five*.
pub(in crate::time) fn day_of_month(words: &Words<'_>, at: usize) -> Option<(i8, usize)> {
    if let Some(figure) = words.at(at).figure {
        let plain = figure.suffix != Suffix::Plural && (1..=2).contains(&figure.width);
        let fits = plain && (1..=31).contains(&figure.value);
        return fits.then(|| Some((i8::try_from(figure.value).ok()?, at + 1)))?;
    }
    let (day, end) = number::ordinal(words, at).or_else(|| number::plain(words, at))?;
    (1..=31).contains(&day).then(|| Some((i8::try_from(day).ok()?, end)))?
}

/// Returns true if the number belongs to something else: *May 5 percent*, *June 12:30*.
fn counts_on(words: &Words<'_>, at: usize) -> bool {
    words.mark(at) == b'%'
        || matches!(words.sense(at), Sense::Scale(_))
        || words.mark(at) == b':' && words.at(at + 1).figure.is_some()
}

/// Returns true if the month has such a day in some year.
fn fits_month(month: i8, day: i8) -> bool {
    jiff::civil::Date::new(2000, month, day).is_ok()
}

/// Returns true if a bare month word is a month: *May* may be a verb or a minister, *March* a walk.
fn is_month(words: &Words<'_>, at: usize, month: i8) -> bool {
    let text = words.token(at).text().trim_end_matches('.');
    let before = words.before(at).sense;
    let led = words.is_led(at)
        || matches!(
            before,
            Sense::Shift(_)
                | Sense::Of
                | Sense::To
                | Sense::Every
                | Sense::Portion(_)
                | Sense::Relative(_)
                | Sense::Past
                | Sense::Later
                | Sense::Earlier
        )
        || matches!(words.before(at).mark, b'-' | b'/')
        || words.at(at).mid;
    if words.at(at).named && words.at(at + 1).capital
        || words.sense(at + 1) == Sense::Other && words.at(at + 1).named
    {
        return false;
    }
    let doubtful =
        matches!(month, 3 | 5) || text.len() <= 3 || matches!(month, 4 | 6 | 8) && text.len() > 3;
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

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn days_of_months() {
        check("They met on May 8.", &[("May 8", "2021-05-08")]);
        check("They met on 8 May.", &[("8 May", "2021-05-08")]);
        check("They met on the 4th of May.", &[("the 4th of May", "2021-05-04")]);
        check("They met on May the 4th.", &[("May the 4th", "2021-05-04")]);
        check("Talks resumed on the 22nd.", &[("the 22nd", "2021-04-22")]);
        check("They met in June.", &[("June", "2020-06")]);
    }

    #[test]
    fn names_and_verbs_are_not_months() {
        silent("May said she would resign.");
        silent("The March on Washington was long.");
        silent("April Ruiz left.");
        check("They may march on Friday.", &[("Friday", "2021-05-14")]);
        silent("The 22nd Infantry left.");
    }

    #[test]
    fn impossible_days_are_not_read() {
        check("It closed on 31 April 2019.", &[("2019", "2019")]);
        silent("It closed on February 30.");
    }
}
