//! From the day of writing, or from what was spoken of: *yesterday*, *last month*, *next Friday*, *this summer*, *the following
//! year*, *the third quarter*, *Tuesday next week*.

use dateline_core::calendar::{Clock, DayPart, Place, Season, weekday};
use dateline_nlp::Upos;

use super::{
    context::Context,
    direction::Direction,
    found::{Found, Meaning},
    number,
    words::Words,
    year,
};
use crate::calendar_words::{Sense, Unit};

/// A relative date that begins at a word.
pub(super) fn relative(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    match words.sense(at) {
        Sense::Day(by) => {
            let place = Context::shifted(Unit::Day, context.present(), i32::from(by))?;
            Some(Found::point(at, at + 1, place))
        }
        Sense::Tonight => {
            let place = Context::shifted(Unit::Day, context.present(), 0)?;
            Some(Found::of(at, at + 1, Meaning::Point(place, Some(Clock::Part(DayPart::Night)))))
        }
        Sense::Season(_) => season(words, context, at),
        _ => weekend_at_hand(words, context, at)
            .or_else(|| quarter(words, context, at))
            .or_else(|| quarter_spoken_of(words, context, at))
            .or_else(|| shifted(words, context, at)),
    }
}

/// *last month*, *the following year*, *that day*, *the same week*.
fn shifted(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let the = usize::from(words.sense(at) == Sense::The);
    let mut next = at + the;
    let (by, from) = match words.sense(next) {
        Sense::Shift(by) => {
            // "the next day" goes on from what was told; "next week" from today.
            let told = the == 1 && by != 0 && is_past(words, context, at);
            (i32::from(by), if told { context.spoken_of() } else { context.present() })
        }
        Sense::Past if the == 1 || matches!(words.before(at).sense, Sense::Shift(0)) => {
            (-1, context.present())
        }
        Sense::Past => (-1, context.present()),
        Sense::Relative(by) => (i32::from(by), context.spoken_of()),
        Sense::That if the == 0 => (0, context.spoken_of()),
        Sense::Same if the == 1 => (0, context.spoken_of()),
        _ => return None,
    };
    let current = matches!(words.sense(next), Sense::Shift(0)) && words.is(next, "current");
    if current && the == 0 {
        return None;
    }
    next += 1;
    // "this past week", "this coming Friday", "that same day".
    let mut by = by;
    match words.sense(next) {
        Sense::Past if by == 0 => {
            by = -1;
            next += 1;
        }
        Sense::Shift(more) if by == 0 => {
            by = i32::from(more);
            next += 1;
        }
        Sense::Same if by == 0 => next += 1,
        _ => {}
    }
    if words.sense(next) == Sense::Fiscal {
        next += 1;
    }
    match words.sense(next) {
        Sense::Unit(Unit::Second | Unit::Minute | Unit::Hour) | Sense::Second => None,
        // "the past decade" is the ten years until now.
        Sense::Unit(Unit::Decade | Unit::Century)
            if by < 0 && words.sense(next - 1) == Sense::Past =>
        {
            None
        }
        Sense::Unit(Unit::Weekend) => {
            weekend(by, context, next).map(|found| Found { first: at, ..found })
        }
        Sense::Unit(unit) => {
            let place = Context::shifted(unit, from, by)?;
            let place = if unit == Unit::Fortnight { return None } else { place };
            Some(Found::point(at, next + 1, place))
        }
        Sense::Weekday(number) => {
            let place = shifted_weekday(context, number, by)?;
            Some(Found::point(at, next + 1, place))
        }
        Sense::Month(month) if words.at(next).capital => {
            let place = shifted_month(context, month, by)?;
            if let Some((year, end)) = year::after_month(words, next + 1) {
                return Some(Found::point(at, end, Place::Month(year, month)));
            }
            // "this May 4": the day is the date's to read.
            if words.at(next + 1).figure.is_some() {
                return None;
            }
            Some(Found::point(at, next + 1, place))
        }
        Sense::Season(season) => {
            let Place::Month(year, _) = shifted_month(context, season.first_month(), by)? else {
                return None;
            };
            Some(Found::point(at, next + 1, Place::Season(year, season)))
        }
        Sense::Part(part) => {
            let place = Context::shifted(Unit::Day, from, by)?;
            Some(Found::of(at, next + 1, Meaning::Point(place, Some(Clock::Part(part)))))
        }
        _ => None,
    }
}

fn is_past(words: &Words<'_>, context: &Context, at: usize) -> bool {
    context.narrative
        || context.direction(words, at) == Direction::Behind && context.anchor.is_some()
}

/// *last Friday* is the last one before today; *next Friday* the first after it; *this Friday* the one of this week.
fn shifted_weekday(context: &Context, number: i8, by: i32) -> Option<Place> {
    let now = context.present()?;
    match by {
        0 => context.weekday_of_week(number, 0),
        ..0 => match context.weekday(number, Direction::Behind) {
            Place::Day(day) if day == now => Place::Day(day).shift(-7),
            place => Some(place),
        },
        _ => match context.weekday(number, Direction::Ahead) {
            Place::Day(day) if day == now => Place::Day(day).shift(7),
            place => Some(place),
        },
    }
}

/// *last June* is the last one that is over; *next June* the first to come; *this June* this year's.
fn shifted_month(context: &Context, month: i8, by: i32) -> Option<Place> {
    let now = context.present()?;
    let here = now.month();
    let year = match by {
        0 => now.year(),
        ..0 => {
            if month < here {
                now.year()
            } else {
                now.year() - 1
            }
        }
        _ => {
            if month > here {
                now.year()
            } else {
                now.year() + 1
            }
        }
    };
    Some(Place::Month(year, month))
}

fn weekend(by: i32, context: &Context, at: usize) -> Option<Found> {
    let place = Context::shifted(Unit::Weekend, context.present(), by)?;
    Some(Found::point(at, at + 1, place))
}

/// *the weekend*: the last one, or the coming one.
fn weekend_at_hand(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let fits = words.sense(at) == Sense::The && words.sense(at + 1) == Sense::Unit(Unit::Weekend);
    fits.then_some(())?;
    let now = context.present()?;
    let today = weekday(now);
    let ahead = context.direction(words, at + 1) == Direction::Ahead;
    let by = if today < 6 && !ahead { -1 } else { 0 };
    let place = Context::shifted(Unit::Weekend, Some(now), by)?;
    Some(Found::point(at, at + 2, place))
}

/// *the quarter*, *the latest quarter*: the one spoken of last.
fn quarter_spoken_of(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    (words.sense(at) == Sense::The).then_some(())?;
    let next = at + 1 + usize::from(words.is(at + 1, "latest"));
    let is_quarter = words.sense(next) == Sense::Unit(Unit::Quarter);
    (is_quarter && words.sense(next + 1) != Sense::Of).then_some(())?;
    Some(Found::point(at, next + 1, context.quarter?))
}

/// *summer*, *summer 2020*, *the summer of 2020*; bare only behind a preposition or an article.
fn season(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let Sense::Season(season) = words.sense(at) else { return None };
    let the = usize::from(words.before(at).sense == Sense::The);
    let first = at - the;
    if let Some((year, end)) = year::after_month(words, at + 1) {
        return Some(Found::point(first, end, Place::Season(year, season)));
    }
    let doubtful = matches!(season, Season::Spring | Season::Autumn);
    let led = matches!(words.before(first).sense, Sense::In)
        || ["by", "since", "until", "during", "over"].contains(&words.before_lower(first).as_str());
    let is_noun = matches!(words.upos(at), Some(Upos::Noun | Upos::Propn));
    if !led || !is_noun || doubtful && the == 1 && words.sense(at + 1) == Sense::Of {
        return None;
    }
    if words.upos(at + 1) == Some(Upos::Noun) {
        return None;
    }
    Some(Found::point(first, at + 1, context.season(season, context.direction(words, at))))
}

/// *the third quarter of 2020*, *the first half*, *Q3 2020*, *this year's third quarter*, *third-quarter*.
fn quarter(words: &Words<'_>, context: &Context, at: usize) -> Option<Found> {
    let mut next = at;
    let mut year = None;
    // "this year's third quarter".
    if let Sense::Shift(by) = words.sense(at)
        && words.is(at + 1, "year")
        && words.is(at + 2, "'s")
    {
        year = Some(context.present()?.year() + i16::from(by));
        next = at + 3;
    } else if let Some(stated) = year::plain(words, at)
        && words.is(at + 1, "'s")
    {
        year = Some(stated);
        next = at + 2;
    } else if words.sense(at) == Sense::The {
        next += 1;
    }
    if words.sense(next) == Sense::Fiscal {
        next += 1;
    }
    let (number, mut end, half) = if let Some(number) = short_quarter(words, next) {
        (number, next + 1, false)
    } else {
        let (number, end) = number::ordinal(words, next)?;
        let end = end + usize::from(words.sense(end) == Sense::Fiscal);
        let end = end + usize::from(words.mark(end) == b'-');
        match words.sense(end) {
            Sense::Unit(Unit::Quarter) if (1..=4).contains(&number) => (number, end + 1, false),
            Sense::Half if (1..=2).contains(&number) && words.sense(end + 1) == Sense::Of => {
                (number, end + 1, true)
            }
            _ => return None,
        }
    };
    let number = i8::try_from(number).ok()?;
    let of = usize::from(words.sense(end) == Sense::Of || words.mark(end) == b',');
    if let Some(stated) = year::plain(words, end + of) {
        year = Some(stated);
        end += of + 1;
    } else {
        let from = end + of + usize::from(words.sense(end + of) == Sense::The);
        if let Sense::Shift(by) = words.sense(from)
            && words.is(from + 1, "year")
        {
            year = Some(context.present()?.year() + i16::from(by));
            end = from + 2;
        }
    }
    if half {
        return Some(Found::point(at, end, Place::Half(year?, number)));
    }
    let year = match year {
        Some(year) => year,
        None => match context.month(number * 3 - 2, Direction::Behind) {
            Place::Month(year, _) => year,
            _ => return None,
        },
    };
    Some(Found::point(at, end, Place::Quarter(year, number)))
}

/// *Q3*.
fn short_quarter(words: &Words<'_>, at: usize) -> Option<i32> {
    if !words.holds(at) {
        return None;
    }
    match words.token(at).text().as_bytes() {
        [b'Q', digit @ b'1'..=b'4'] => Some(i32::from(digit - b'0')),
        _ => None,
    }
}
