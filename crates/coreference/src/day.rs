//! Calendar days as numbers, so that windows and distances are plain arithmetic.

use dateline_core::{Interval, Moment};
use jiff::{Span, civil::Date};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Returns the number of days from 1970-01-01 to a date; negative for earlier dates.
///
/// ```
/// use dateline_coreference::day;
///
/// assert_eq!(day::number("1970-01-02".parse()?), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn number(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// Returns the date with this [`number`], or the last date of the calendar if it lies beyond.
pub fn date(number: i32) -> Date {
    Span::new()
        .try_days(number)
        .ok()
        .and_then(|days| EPOCH.checked_add(days).ok())
        .unwrap_or(Date::MAX)
}

/// Returns the whole days an interval touches, half-open: its first day and the day after its last.
pub fn days(interval: Interval) -> (i32, i32) {
    let from = number(interval.from().date());
    let to = match interval.to() {
        Moment::Day(date) => number(date),
        Moment::Minute(minute) => {
            number(minute.date()) + i32::from(minute.time() != jiff::civil::Time::midnight())
        }
    };
    (from, to.max(from + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_epoch_and_back() {
        assert_eq!(number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(date(number(jiff::civil::date(2021, 6, 16))), jiff::civil::date(2021, 6, 16));
        assert_eq!(date(i32::MAX), Date::MAX);
    }

    #[test]
    fn an_hour_touches_its_day() {
        let hour = Interval::new(
            "2021-06-16T13:00".parse::<Moment>().expect("a moment"),
            "2021-06-16T14:00".parse::<Moment>().expect("a moment"),
        );
        let day = number(jiff::civil::date(2021, 6, 16));
        assert_eq!(days(hour.expect("it runs forward")), (day, day + 1));
    }
}
