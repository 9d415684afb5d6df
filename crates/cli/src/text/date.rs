//! Calendar intervals for people.

use dateline_core::{Interval, Moment};
use jiff::{ToSpan as _, civil::Date};

/// Formats an interval as shortly as possible: `2021`, `2021-04`, `2021-05-07`, else first and last day.
pub(super) fn interval(interval: Interval) -> String {
    let (from, to) = (interval.from(), interval.to());
    let (Moment::Day(first), Moment::Day(after)) = (from, to) else {
        return format!("{} to {}", moment(from), moment(to));
    };
    let ends_after = |span: jiff::Span| first.checked_add(span).is_ok_and(|end| end == after);
    let opens_year = first.month() == 1 && first.day() == 1;
    if ends_after(1.day()) {
        first.to_string()
    } else if first.day() == 1 && ends_after(1.month()) {
        format!("{:04}-{:02}", first.year(), first.month())
    } else if opens_year && ends_after(1.year()) {
        format!("{:04}", first.year())
    } else {
        let last = after.yesterday().unwrap_or(after);
        format!("{first} to {}", shortened(first, last))
    }
}

/// Formats a day, or a day and a minute.
pub(super) fn moment(moment: Moment) -> String {
    moment.to_string().replace('T', " ")
}

/// Formats the last day, without the year if it is that of the first.
fn shortened(first: Date, last: Date) -> String {
    if first.year() == last.year() {
        format!("{:02}-{:02}", last.month(), last.day())
    } else {
        last.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &str) {
        let read = |text: &str| text.parse::<Moment>().unwrap();
        assert_eq!(super::interval(Interval::new(read(from), read(to)).unwrap()), expected);
    }

    #[test]
    fn an_interval_is_formatted_as_shortly_as_possible() {
        check("2021-05-07", "2021-05-08", "2021-05-07");
        check("2021-04-01", "2021-05-01", "2021-04");
        check("2021-01-01", "2022-01-01", "2021");
        check("2021-06-11", "2021-06-21", "2021-06-11 to 06-20");
        check("2021-12-30", "2022-01-02", "2021-12-30 to 2022-01-01");
        check("2021-05-07T09:30", "2021-05-07T10:30", "2021-05-07 09:30 to 2021-05-07 10:30");
    }
}
