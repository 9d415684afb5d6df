//! Days as numbers, for windows and buckets; in the tables days are text.

use dateline_core::{Interval, Moment};
use jiff::{Span, civil::Date};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970-01-01.
pub(crate) fn number(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// The day with this number; the last day of the calendar where it lies beyond.
pub(crate) fn date(number: i32) -> Date {
    Span::new()
        .try_days(number)
        .ok()
        .and_then(|days| EPOCH.checked_add(days).ok())
        .unwrap_or(Date::MAX)
}

/// Whole days an interval touches: the first, and the first after it.
pub(crate) fn days(interval: Interval) -> (i32, i32) {
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
            "2021-06-16T13:00".parse::<Moment>().unwrap(),
            "2021-06-16T14:00".parse::<Moment>().unwrap(),
        );
        let day = number(jiff::civil::date(2021, 6, 16));
        assert_eq!(days(hour.unwrap()), (day, day + 1));
    }
}
