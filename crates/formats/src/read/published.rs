//! Publication dates in machine formats.
//!
//! The day is the one written: *2021-05-08T23:30:00+02:00* is the evening of the 8th at the place of publication. The time zone is
//! dropped, because news counts days in local time.

use dateline_core::Moment;
use jiff::{civil, fmt::rfc2822};

/// Date formats with the month as a word. *4/5/2021* is not accepted, because countries differ on its order.
const WRITTEN: &[&str] = &[
    "%B %d, %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%a, %d %b %Y",
    "%d-%b-%Y",
    "%Y/%m/%d",
];

/// Parses a date in RFC 3339, ISO 8601 (also without separators), RFC 2822 or English words.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    iso(text).or_else(|| mail(text)).or_else(|| written(text))
}

/// `2021-05-08`, `20210508`, `2021-05-08T09:30:00.123+02:00`, `2021-05-08 09:30:00 +0200`, `20210508T093000Z`.
fn iso(text: &str) -> Option<Moment> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let day_length = match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', ..] => 10,
        bytes if bytes.len() >= 8 && bytes[..8].iter().all(u8::is_ascii_digit) => 8,
        _ => return None,
    };
    let day = text.get(..day_length)?;
    let digits: String = day.chars().filter(|c| *c != '-').collect();
    if digits.len() != 8 || !is_digits(&digits) {
        return None;
    }
    let date = civil::Date::new(
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..].parse().ok()?,
    )
    .ok()?;
    let rest = &text[day_length..];
    if rest.is_empty() {
        return Some(Moment::Day(date));
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let figures: String = clock
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ':')
        .filter(char::is_ascii_digit)
        .collect();
    // A date with a zone but no time is a day.
    let Some((hour, minute)) = figures.get(..2).zip(figures.get(2..4)) else {
        return (figures.is_empty() && !clock.is_empty()).then_some(Moment::Day(date));
    };
    let time = civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    Some(Moment::Minute(date.to_datetime(time)))
}

/// `Sat, 08 May 2021 09:30:00 +0200`.
fn mail(text: &str) -> Option<Moment> {
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    let local = zoned.datetime();
    Some(Moment::Minute(local.date().at(local.hour(), local.minute(), 0, 0)))
}

fn written(text: &str) -> Option<Moment> {
    let read = |form: &&str| civil::Date::strptime(form, text).ok();
    WRITTEN.iter().find_map(read).map(Moment::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn machine_dates_are_read_in_local_time() {
        check("2021-05-08", Some("2021-05-08"));
        check("20210508", Some("2021-05-08"));
        check("2021-05-08T23:30:00+02:00", Some("2021-05-08T23:30"));
        check("2021-05-08T23:30:00.123Z", Some("2021-05-08T23:30"));
        check("2021-05-08 09:30:00 +0200", Some("2021-05-08T09:30"));
        check("20210508T093000-0500", Some("2021-05-08T09:30"));
        check("Sat, 08 May 2021 23:30:00 -0400", Some("2021-05-08T23:30"));
        check("Sat, 8 May 2021 23:30 GMT", Some("2021-05-08T23:30"));
        check("May 8, 2021", Some("2021-05-08"));
        check("8 May 2021", Some("2021-05-08"));
        check("Saturday, May 8, 2021", Some("2021-05-08"));
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in ["", "tomorrow", "4/5/2021", "2021-13-08", "2021-05", "99999999", "2021-05-08X"]
        {
            check(text, None);
        }
    }
}
