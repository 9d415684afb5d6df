//! The precision of an interval as the date of an event.
//!
//! The record stores *in June* as the days from June 1 to July 1. A meeting *in June* does not last all these days but takes
//! place on some of them, while a summit *from June 11 to 13* lasts all of its days. The shape of the interval tells one from the
//! other: a week, month, season or year, a third of one, or a part of the day contains the event; any other interval is its
//! duration. A conference of exactly one week therefore counts as an event on some day of that week, which claims less than is
//! known, never more.

use dateline_core::{
    Interval, Moment, TimeMod,
    calendar::{Clock, DayPart, Place, Season, Unit, monday},
};
use jiff::civil::Date;

/// Precision of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// `minute`, `hours`, `part-of-day`, `day`, `days`; `week`, `month`, `quarter`, `half-year`, `season`, `year`, `decade`,
    /// `century`, and `part-of-month` and so on for a third of one.
    pub(super) precision: String,
    /// Description, if the interval contains the day or hour without being it: *late June 2021*.
    pub(super) words: Option<String>,
}

/// Returns the precision of an interval.
pub(super) fn stretch(interval: Interval) -> Stretch {
    let plain = |precision: &str| Stretch { precision: precision.to_owned(), words: None };
    match (interval.from(), interval.to()) {
        (Moment::Day(from), Moment::Day(_)) if Interval::day(from) == Some(interval) => {
            plain("day")
        }
        (Moment::Day(from), Moment::Day(_)) => {
            unit(from, interval).unwrap_or_else(|| plain("days"))
        }
        (Moment::Minute(from), Moment::Minute(_)) => {
            let (clock, day) = (Clock::Minute(from.hour(), from.minute()), from.date());
            if clock.interval(day) == Some(interval) {
                return plain("minute");
            }
            let is_it = |part: &&DayPart| Clock::Part(**part).interval(day) == Some(interval);
            let part = DayPart::ALL.iter().find(is_it);
            part.map_or_else(
                || plain("hours"),
                |part| Stretch {
                    precision: "part-of-day".to_owned(),
                    words: Some(format!("{} of {}", part_of_day(*part), day_in_words(day))),
                },
            )
        }
        _ => plain("hours"),
    }
}

/// Returns the ISO 8601 date, of reduced precision if necessary, that contains the whole interval: `2021-06-16`, `2021-06`,
/// `2021`; `None` if it crosses a year.
pub(super) fn held_by(interval: Interval) -> Option<String> {
    let (first, last) = (interval.from().date(), last_day(interval.to()));
    let units = [Unit::Day, Unit::Month, Unit::Year].into_iter();
    let mut places = units.map(|unit| (Place::around(unit, first), Place::around(unit, last)));
    let place = places.find(|(one, other)| one == other)?.0;
    Some(match place {
        Place::Month(year, month) => format!("{}-{month:02}", year_in_figures(year)),
        Place::Year(year) => year_in_figures(year),
        _ => first.to_string(),
    })
}

/// Returns the last day before a moment, or the day it lies in.
pub(super) fn last_day(to: Moment) -> Date {
    match to {
        Moment::Day(day) => day.yesterday().unwrap_or(day),
        Moment::Minute(minute) if minute.hour() == 0 && minute.minute() == 0 => {
            minute.date().yesterday().unwrap_or(minute.date())
        }
        Moment::Minute(minute) => minute.date(),
    }
}

/// Formats a year as jiff does: six digits and a sign before the year 0.
fn year_in_figures(year: i16) -> String {
    if year < 0 { format!("-{:06}", -i32::from(year)) } else { format!("{year:04}") }
}

/// Returns the calendar unit, or third of one, that an interval is.
fn unit(from: Date, interval: Interval) -> Option<Stretch> {
    let year = from.year();
    let half = if from.month() > 6 { 2 } else { 1 };
    let mut places = vec![
        ("week", Place::Week(monday(from))),
        ("month", Place::around(Unit::Month, from)),
        ("quarter", Place::around(Unit::Quarter, from)),
        ("half-year", Place::Half(year, half)),
    ];
    places.extend(Season::ALL.map(|season| ("season", Place::Season(year, season))));
    // January belongs to the winter that starts in the previous year.
    places.push(("season", Place::Season(year.saturating_sub(1), Season::Winter)));
    places.push(("year", Place::Year(year)));
    places.push(("decade", Place::around(Unit::Decade, from)));
    places.push(("century", Place::around(Unit::Century, from)));
    let thirds = [
        (None, ""),
        (Some(TimeMod::Start), "early "),
        (Some(TimeMod::Mid), "mid-"),
        (Some(TimeMod::End), "late "),
    ];
    for (third, before) in thirds {
        for (name, place) in &places {
            // Thirds of a week have no name; each is a row of days.
            if (third.is_some() && *name == "week") || place.interval(None, third) != Some(interval)
            {
                continue;
            }
            let part = if third.is_some() { "part-of-" } else { "" };
            let words = Some(format!("{before}{}", in_words(*place)?));
            return Some(Stretch { precision: format!("{part}{name}"), words });
        }
    }
    None
}

fn in_words(place: Place) -> Option<String> {
    Some(match place {
        Place::Week(day) => format!("week of {}", day_in_words(day)),
        Place::Month(year, month) => Date::new(year, month, 1).ok()?.strftime("%B %Y").to_string(),
        Place::Quarter(year, quarter) => format!("quarter {quarter} of {year}"),
        Place::Half(year, 1) => format!("first half of {year}"),
        Place::Half(year, _) => format!("second half of {year}"),
        Place::Season(year, Season::Spring) => format!("spring {year}"),
        Place::Season(year, Season::Summer) => format!("summer {year}"),
        Place::Season(year, Season::Autumn) => format!("autumn {year}"),
        Place::Season(year, Season::Winter) => format!("winter {year}/{}", year + 1),
        Place::Year(year) => year.to_string(),
        _ => {
            let (from, to) = place.days()?;
            format!("{} to {}", from.year(), to.year() - 1)
        }
    })
}

fn part_of_day(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "morning",
        DayPart::Midday => "midday",
        DayPart::Afternoon => "afternoon",
        DayPart::Evening => "evening",
        DayPart::Night => "night",
        DayPart::Daytime => "daytime",
    }
}

fn day_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, precision: &str, words: Option<&str>, iso: Option<&str>) {
        let (from, to): (Moment, Moment) = (from.parse().unwrap(), to.parse().unwrap());
        let interval = Interval::new(from, to).unwrap();
        let got = stretch(interval);
        assert_eq!((got.precision.as_str(), got.words.as_deref()), (precision, words));
        assert_eq!(held_by(interval).as_deref(), iso);
    }

    #[test]
    fn days_and_runs_of_days_are_exact() {
        check("2021-06-16", "2021-06-17", "day", None, Some("2021-06-16"));
        check("2021-06-11", "2021-06-14", "days", None, Some("2021-06"));
        check("2021-06-29", "2021-07-02", "days", None, Some("2021"));
        check("2020-12-30", "2021-01-02", "days", None, None);
        check("2021-06-16T13:00", "2021-06-16T13:01", "minute", None, Some("2021-06-16"));
        check("2021-06-16T13:00", "2021-06-16T15:00", "hours", None, Some("2021-06-16"));
    }

    #[test]
    fn calendar_units_contain_the_event() {
        let june = Some("2021-06");
        check("2021-06-14", "2021-06-21", "week", Some("week of 14 June 2021"), june);
        check("2021-06-01", "2021-07-01", "month", Some("June 2021"), june);
        check("2021-06-21", "2021-07-01", "part-of-month", Some("late June 2021"), june);
        check("2021-04-01", "2021-07-01", "quarter", Some("quarter 2 of 2021"), Some("2021"));
        check("2021-07-01", "2022-01-01", "half-year", Some("second half of 2021"), Some("2021"));
        check("2021-06-01", "2021-09-01", "season", Some("summer 2021"), Some("2021"));
        check("2020-12-01", "2021-03-01", "season", Some("winter 2020/2021"), None);
        check("2021-01-01", "2022-01-01", "year", Some("2021"), Some("2021"));
        check("1980-01-01", "1990-01-01", "decade", Some("1980 to 1989"), None);
    }

    #[test]
    fn parts_of_the_day_contain_the_event() {
        let (words, day) = (Some("evening of 16 June 2021"), Some("2021-06-16"));
        check("2021-06-16T18:00", "2021-06-17T00:00", "part-of-day", words, day);
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        check("-009999-01-01", "-009998-01-01", "year", Some("-9999"), Some("-009999"));
        check("9999-12-30", "9999-12-31", "day", None, Some("9999-12-30"));
    }
}
