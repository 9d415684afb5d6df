//! Dates, and rows of dates that share their month or year: *May 8*, *Monday 20, Tuesday 21 and Wednesday 22 April*,
//! *June 14-16*, *between 2014 and 2016*, *from May 3 to 7*.
//!
//! Each date of a row is an expression of its own, with the shared parts filled in. A range links its two ends.
//!
//! - fires: *August and September 1914* are both in 1914, *April 24 and 25* both in April
//! - silent: *on April 24 and 25 people died*

use dateline_core::calendar::Place;
use dateline_nlp::Upos;

use super::{
    atom::day_of_month,
    candidate::{Meaning, TimeCandidate},
    context::Context,
    figure::Suffix,
    parts::Parts,
    phrase::phrase,
    range::put_in_order,
    resolve::resolve,
    words::Words,
};
use crate::calendar_words::Sense;

/// Date, and the further dates of its row.
#[derive(Debug)]
pub(super) struct Points {
    pub(super) first: TimeCandidate,
    pub(super) rest: Vec<TimeCandidate>,
}

impl Points {
    /// Returns the index of the token after the row.
    pub(super) fn end(&self) -> usize {
        self.rest.last().unwrap_or(&self.first).end
    }

    /// Wraps a candidate that is not a row.
    pub(super) fn one(found: TimeCandidate) -> Self {
        Self { first: found, rest: Vec::new() }
    }
}

/// Maximum number of dates in a row.
const MOST: usize = 8;

/// Date of a row, as the text gives it.
#[derive(Debug, Clone, Copy, Default)]
struct Member {
    parts: Parts,
    first: usize,
    end: usize,
    /// The words after it lead to the end of a range.
    to_next: bool,
}

/// Returns the dates that start at a word.
pub(super) fn points(words: &Words<'_>, context: &Context, at: usize) -> Option<Points> {
    let mut row = [Member::default(); MOST];
    let n_members = match phrase(words, at) {
        Some(phrase) => {
            row[0] = Member { parts: phrase.parts, first: at, end: phrase.end, to_next: false };
            go_on(words, &mut row)
        }
        None => days_before_month(words, at, &mut row)
            .or_else(|| years_before_christ(words, at, &mut row))?,
    };
    let row = &mut row[..n_members];
    share(row);
    let mut first = found(words, context, &row[0])?;
    let mut rest: Vec<TimeCandidate> =
        row[1..].iter().map_while(|member| found(words, context, member)).collect();
    for idx in 1..=rest.len() {
        let (front, back) = rest.split_at_mut(idx - 1);
        if row[idx - 1].to_next {
            let begin = front.last_mut().unwrap_or(&mut first);
            put_in_order(begin, &mut back[0], [&row[idx - 1].parts, &row[idx].parts], context);
        }
    }
    // An end beyond the calendar does not end a range.
    let last = rest.last_mut().unwrap_or(&mut first);
    last.begins_range = false;
    Some(Points { first, rest })
}

fn found(words: &Words<'_>, context: &Context, member: &Member) -> Option<TimeCandidate> {
    let resolved = resolve(&member.parts, words, context, member.first)?;
    let first = without_article(words, member);
    let meaning = days_of_feast(&member.parts, resolved.place)
        .unwrap_or(Meaning::Point(resolved.place, resolved.clock));
    let rule = rule(&member.parts);
    Some(TimeCandidate {
        anchor: resolved.anchor,
        direction: resolved.direction,
        begins_range: member.to_next,
        ..TimeCandidate::of(rule, first, member.end, meaning)
    })
}

/// Returns a range of days: *Ramadan 2021*.
fn days_of_feast(parts: &Parts, place: Place) -> Option<Meaning> {
    let Place::Day(first) = place else { return None };
    let alone = !parts.weekend && parts.clock.is_none() && parts.part.is_none();
    let last = parts.named_day.filter(|_| alone)?.last_from(first)?;
    (first < last).then_some(Meaning::Days(first, last))
}

/// Returns the index after an article that belongs to the noun: *the third-quarter results*.
fn without_article(words: &Words<'_>, member: &Member) -> usize {
    let the = words.sense(member.first) == Sense::The;
    let dashed = member.end >= 2 && words.mark(member.end - 2) == b'-';
    let modifies = dashed && member.parts.nth.is_some();
    member.first + usize::from(the && modifies)
}

/// Returns the name of the rule, by the parts of the date.
fn rule(parts: &Parts) -> &'static str {
    if parts.named_day.is_some() {
        "named-day"
    } else if parts.nth.is_some() {
        "ordinal"
    } else if parts.whole.is_some() {
        "whole-date"
    } else if parts.month.is_some() && parts.day.is_some() {
        "month-day"
    } else if parts.month.is_some() {
        "month"
    } else if parts.weekday.is_some() {
        "weekday"
    } else if parts.season.is_some() {
        "season"
    } else if parts.year.is_some() {
        "year"
    } else if parts.day.is_some() {
        "day-of-month"
    } else if parts.shift.is_some() {
        "shift"
    } else if parts.weekend {
        "weekend"
    } else {
        "time-of-day"
    }
}

/// Reads the dates after the first that share something with it, and returns their number.
fn go_on(words: &Words<'_>, row: &mut [Member; MOST]) -> usize {
    let between = words.is_before(row[0].first, "between");
    let mut n_members = 1;
    // A comma continues a row only if "and" closes the row.
    let mut closed = 1;
    while n_members < MOST {
        let last = row[n_members - 1];
        let (link, next) = match words.sense(last.end) {
            Sense::And if between => (Link::To, last.end + 1),
            Sense::And => (Link::And, last.end + 1),
            Sense::To => (Link::To, last.end + 1),
            _ if words.is(last.end, "or") => (Link::And, last.end + 1),
            _ if words.mark(last.end) == b'-' => (Link::Dash, last.end + 1),
            _ if words.mark(last.end) == b',' && words.sense(last.end + 1) == Sense::And => {
                (Link::And, last.end + 2)
            }
            _ if words.mark(last.end) == b',' => (Link::Comma, last.end + 1),
            _ => break,
        };
        let Some((parts, end)) = next_of_row(words, &last.parts, next, link) else { break };
        row[n_members - 1].to_next = matches!(link, Link::To | Link::Dash);
        row[n_members] = Member { parts, first: next, end, to_next: false };
        n_members += 1;
        if link != Link::Comma {
            closed = n_members;
        }
        if link != Link::Comma && link != Link::And {
            break;
        }
    }
    closed
}

/// Link between two dates of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Comma,
    And,
    To,
    Dash,
}

/// Returns the next date of a row, if it shares something with the last one or ends a range.
fn next_of_row(words: &Words<'_>, last: &Parts, at: usize, link: Link) -> Option<(Parts, usize)> {
    if let Some(found) = bare_day(words, last, at, link) {
        return Some(found);
    }
    // "from 1939 to '45"
    let short = at + usize::from(words.mark(at) == b'\'');
    let quoted = short > at || words.holds(at) && words.token(at).text().starts_with(['\'', '’']);
    if (link == Link::Dash || link == Link::To && quoted)
        && let Some(found) = bare_year(words, last, short)
    {
        return Some(found);
    }
    let next = phrase(words, at)?;
    let ranges = matches!(link, Link::To | Link::Dash) && same_kind(last, &next.parts);
    // "Monday 20, Tuesday 21 and Wednesday 22 April": the month comes last.
    let waits =
        |parts: &Parts| parts.weekday.is_some() && parts.day.is_some() && parts.month.is_none();
    let goes_on = waits(last) && waits(&next.parts) || lent(last, &next.parts).is_some();
    (ranges || goes_on).then_some((next.parts, next.end))
}

/// Reads a day of the same month: *April 24 and 25*, *March 5-9, 1918*.
fn bare_day(words: &Words<'_>, last: &Parts, at: usize, link: Link) -> Option<(Parts, usize)> {
    let day = last.day.filter(|_| last.month.is_some() && last.clock.is_none())?;
    let the = usize::from(words.sense(at) == Sense::The);
    let (next, mut end) = day_of_month(words, at + the)?;
    let counts = matches!(words.upos(end), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num))
        && !words.is_calendar(end)
        || matches!(words.sense(end), Sense::Month(_) | Sense::Units(_) | Sense::Scale(_))
        || matches!(words.mark(end), b'%' | b':');
    if counts || matches!(link, Link::To | Link::Dash) && next <= day {
        return None;
    }
    let mut parts = Parts { day: Some(next), weekday: None, ..*last };
    if last.year.is_none() {
        let comma = usize::from(words.mark(end) == b',');
        if let Some((year, after)) = super::atom::plain_year(words, end + comma) {
            parts.year = Some(year);
            end = after;
        }
    }
    Some((parts, end))
}

/// Reads the last digits of a later year: *1990-94*, *2007-08*.
fn bare_year(words: &Words<'_>, last: &Parts, at: usize) -> Option<(Parts, usize)> {
    let year = last.year.filter(|_| *last == Parts { year: last.year, ..Parts::default() })?;
    let figure = words.at(at).figure.filter(|figure| figure.suffix == Suffix::None)?;
    let value = i16::try_from(figure.value).ok()?;
    let next = match figure.width {
        2 => year - year % 100 + value,
        4 => value,
        _ => return None,
    };
    let later = (year + 1..year + 300).contains(&next) && next < 2200;
    later.then_some((Parts { year: Some(next), ..Parts::default() }, at + 1))
}

/// Returns true if two dates have the same kind of parts, so that one can be the end of the other.
fn same_kind(a: &Parts, b: &Parts) -> bool {
    let timed = |parts: &Parts| parts.clock.is_some() || parts.part.is_some();
    a.is_day() && b.is_day()
        || a.month.is_some() && b.month.is_some()
        || a.year.is_some() && b.year.is_some()
        || timed(a) && timed(b)
        || a.season.is_some() && b.season.is_some()
        || a.whole.is_some() && b.whole.is_some()
        || a.nth.is_some() && b.nth.is_some()
}

/// Returns a date completed by what it shares with the next one; `None` if they share nothing.
fn lent(parts: &Parts, next: &Parts) -> Option<Parts> {
    let bare =
        |parts: &Parts| parts.year.is_none() && parts.shift.is_none() && parts.whole.is_none();
    if parts.is_time_alone() && next.clock.is_some() && !next.is_time_alone() {
        return Some(Parts { clock: parts.clock, part: parts.part, ..*next });
    }
    if !bare(parts) {
        return None;
    }
    if parts.weekday.is_some()
        && parts.day.is_some()
        && parts.month.is_none()
        && next.month.is_some()
    {
        return Some(Parts { month: next.month, year: next.year, ..*parts });
    }
    let named = parts.month.is_some() && next.month.is_some()
        || parts.season.is_some() && next.season.is_some()
        || parts.nth.is_some()
            && next.nth.is_some_and(|nth| Some(nth.of) == parts.nth.map(|nth| nth.of));
    if !named
        || parts.nth.is_some()
            && next.month.is_some() != parts.month.is_some()
            && parts.month.is_some()
    {
        return None;
    }
    if let Some(year) = next.year {
        // "December and January 2020": the December before.
        let before = parts.month > next.month && parts.month.is_some();
        let month = parts.month.or(if parts.nth.is_some() { next.month } else { None });
        return Some(Parts { year: Some(if before { year - 1 } else { year }), month, ..*parts });
    }
    next.shift.filter(|_| next.day.is_none()).map(|shift| Parts { shift: Some(shift), ..*parts })
}

/// Fills in the parts each date shares with the next one, and carries the year to the end of a range.
fn share(row: &mut [Member]) {
    for idx in 1..row.len() {
        let (last, next) = (row[idx - 1], row[idx].parts);
        // "from December 2019 to March"
        if let Some(year) = last.parts.year.filter(|_| last.to_next)
            && next.month.is_some()
            && last.parts.month.is_some()
            && next.year.is_none()
            && next.shift.is_none()
        {
            let turns = i16::from(next.month < last.parts.month);
            row[idx].parts.year = Some(year + turns);
        }
    }
    for idx in (1..row.len()).rev() {
        let next = row[idx].parts;
        if let Some(parts) = lent(&row[idx - 1].parts, &next) {
            row[idx - 1].parts = parts;
        }
    }
}

/// Reads days before the month they share: *12-14 July*, *20, 21 and 22 April 2020*.
fn days_before_month(words: &Words<'_>, at: usize, row: &mut [Member; MOST]) -> Option<usize> {
    let mut n_members = 0;
    let mut next = at;
    while n_members < MOST {
        let the = usize::from(words.sense(next) == Sense::The && n_members > 0);
        words.at(next + the).figure?;
        if n_members > 0
            && let Some(last) = phrase(words, next)
            && let (Some(day), Some(_)) = (last.parts.day, last.parts.month)
        {
            let rising = row[..n_members].iter().all(|member| member.parts.day < Some(day));
            rising.then_some(())?;
            row[n_members] =
                Member { parts: last.parts, first: next, end: last.end, to_next: false };
            for member in &mut row[..n_members] {
                member.parts.month = last.parts.month;
                member.parts.year = last.parts.year;
                member.parts.shift = last.parts.shift;
            }
            return Some(n_members + 1);
        }
        let (day, end) = day_of_month(words, next + the)?;
        let parts = Parts { day: Some(day), ..Parts::default() };
        row[n_members] = Member { parts, first: next, end, to_next: false };
        let between = words.is_before(at, "between");
        let (to, after) = match words.sense(end) {
            Sense::And => (between, end + 1),
            Sense::To => (true, end + 1),
            _ if words.mark(end) == b'-' => (true, end + 1),
            _ if words.mark(end) == b',' || words.is(end, "or") => (false, end + 1),
            _ => return None,
        };
        row[n_members].to_next = to;
        n_members += 1;
        next = after;
    }
    None
}

/// Makes both years of a range BC: *499-493 BC*.
fn years_before_christ(words: &Words<'_>, at: usize, row: &mut [Member; MOST]) -> Option<usize> {
    let figure = words.at(at).figure.filter(|figure| (1..=4).contains(&figure.width))?;
    let links = words.mark(at + 1) == b'-' || matches!(words.sense(at + 1), Sense::To | Sense::And);
    links.then_some(())?;
    let last = phrase(words, at + 2)?;
    let year = last.parts.year.filter(|year| *year <= 0)?;
    let first = 1 - i16::try_from(figure.value).ok()?;
    (first < year && Place::Year(first).days().is_some()).then_some(())?;
    let to_next = words.sense(at + 1) != Sense::And || words.is_before(at, "between");
    row[0] = Member {
        parts: Parts { year: Some(first), ..Parts::default() },
        first: at,
        end: at + 1,
        to_next,
    };
    row[1] = Member { parts: last.parts, first: at + 2, end: last.end, to_next: false };
    Some(2)
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, check_stretches};

    #[test]
    fn rows_share_their_month() {
        check(
            "They met on Monday 20, Tuesday 21 and Wednesday 22 April.",
            &[
                ("Monday 20", "2020-04-20"),
                ("Tuesday 21", "2020-04-21"),
                ("Wednesday 22 April", "2020-04-22"),
            ],
        );
        check(
            "War began in August and September 1914.",
            &[("August", "1914-08"), ("September 1914", "1914-09")],
        );
        check("Two died on April 24 and 25.", &[("April 24", "2021-04-24"), ("25", "2021-04-25")]);
        check(
            "It was held on May 3, 5 and 7, 2019.",
            &[("May 3", "2019-05-03"), ("5", "2019-05-05"), ("7, 2019", "2019-05-07")],
        );
    }

    #[test]
    fn a_count_is_not_a_day() {
        check("On April 24 and 25 people died.", &[("April 24", "2021-04-24")]);
    }

    #[test]
    fn ranges_cover_both_ends() {
        check_stretches(
            "They met from May 3 to 7.",
            &[("May 3", "2021-05-03 to 2021-05-08"), ("7", "2021-05-07 to 2021-05-08")],
        );
        check_stretches(
            "He served between 2014 and 2016.",
            &[("2014", "2014-01-01 to 2017-01-01"), ("2016", "2016-01-01 to 2017-01-01")],
        );
        check_stretches(
            "The trial runs June 14-16.",
            &[("June 14", "2021-06-14 to 2021-06-17"), ("16", "2021-06-16 to 2021-06-17")],
        );
        check_stretches(
            "Guards watched from 10 p.m. on May 3 to 6 a.m.",
            &[
                ("10 p.m. on May 3", "2021-05-03T22:00 to 2021-05-04T06:01"),
                ("6 a.m.", "2021-05-04T06:00 to 2021-05-04T06:01"),
            ],
        );
    }

    #[test]
    fn ranges_run_forward() {
        check_stretches(
            "It was shut from December 2019 to March.",
            &[("December 2019", "2019-12-01 to 2020-04-01"), ("March", "2020-03-01 to 2020-04-01")],
        );
    }
}
