//! Labels and dates, written for people.

use dateline_core::{Moment, Standing, codes::PloverType};
use dateline_store::EventRow;
use jiff::civil::Date;

/// Symbol before a status, so that color is not its only mark.
pub(crate) fn sign(status: &str) -> &'static str {
    match status {
        "proposed" => "◇",
        "expected" => "◔",
        "scheduled" => "◑",
        "ongoing" => "◕",
        "occurred" => "●",
        "postponed" => "↷",
        "cancelled" => "✕",
        "hypothetical" => "∴",
        "disputed" => "≠",
        _ => "○",
    }
}

/// Height of a status in the status chart, from 0 (cancelled) to 5 (occurred).
pub(crate) fn height(status: Standing) -> u8 {
    match status {
        Standing::Cancelled => 0,
        Standing::Hypothetical | Standing::Unreported => 1,
        Standing::Proposed | Standing::Postponed | Standing::Disputed => 2,
        Standing::Expected => 3,
        Standing::Scheduled => 4,
        Standing::Ongoing | Standing::Occurred => 5,
    }
}

/// CSS class of the quad class of a type: `vc`, `mc`, `vf` or `mf`.
pub(crate) fn quad(kind: &str) -> &'static str {
    match kind.parse::<PloverType>().map(|kind| kind.quad().as_str()) {
        Ok("verbal cooperation") => "vc",
        Ok("material cooperation") => "mc",
        Ok("verbal conflict") => "vf",
        Ok("material conflict") => "mf",
        _ => "",
    }
}

/// Name of a type for display, such as `Consult`.
pub(crate) fn kind(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect()
}

/// Formats a date, such as `16 June 2021`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates lend their fields")]
pub(crate) fn day(date: &Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Formats a date or time of the ledger; returns other text unchanged.
pub(crate) fn moment(text: &str) -> String {
    match text.parse() {
        Ok(Moment::Day(date)) => day(&date),
        Ok(Moment::Minute(minute)) => minute.strftime("%-d %B %Y, %H:%M").to_string(),
        Err(_) => text.to_owned(),
    }
}

/// Formats the dates of an event.
pub(crate) fn days(event: &EventRow) -> String {
    match (event.from, event.to) {
        (Some(from), Some(to)) => between(from, to),
        _ => "date unknown".to_owned(),
    }
}

/// Formats a half-open period of the ledger, such as `2021-06-01/2021-07-01`; returns other text unchanged.
pub(crate) fn stretch(text: &str) -> String {
    let (from, to) = text.split_once('/').unwrap_or((text, ""));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) => between(from, to),
        _ => moment(text),
    }
}

/// Formats a half-open period, such as `16 June 2021`, `11 – 13 June 2021` or `June 2021`.
fn between(from: Moment, to: Moment) -> String {
    if let Moment::Minute(minute) = from {
        return minute.strftime("%-d %B %Y, %H:%M").to_string();
    }
    let (from, to) = (from.date(), to.date());
    let last = to.yesterday().unwrap_or(to).max(from);
    if from == last {
        return day(&from);
    }
    let is_whole = |months: i32| {
        from.day() == 1
            && from.checked_add(jiff::Span::new().months(months)).is_ok_and(|end| end == to)
    };
    if is_whole(1) {
        return from.strftime("%B %Y").to_string();
    }
    if is_whole(12) && from.month() == 1 {
        return from.strftime("%Y").to_string();
    }
    let first = if (from.year(), from.month()) == (last.year(), last.month()) {
        from.strftime("%-d").to_string()
    } else if from.year() == last.year() {
        from.strftime("%-d %B").to_string()
    } else {
        day(&from)
    };
    format!("{first} – {}", day(&last))
}

/// Parties of an event, separated by commas.
pub(crate) fn parties(event: &EventRow) -> String {
    event.parties.join(", ")
}

/// Shortens a text to a number of code points, between words.
pub(crate) fn opening(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let end = line.char_indices().nth(most).map_or(line.len(), |(at, _)| at);
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", line[..end].trim_end_matches([',', '.', ';', ':']))
}

/// Formats a number with its noun, in the plural if needed.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates lend their fields")]
pub(crate) fn count(n: &u32, noun: &str) -> String {
    if *n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Returns the address if it is safe to link to: http or https only.
pub(crate) fn web(url: &str) -> Option<&str> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(opening("Talks in  Geneva", 40), "Talks in Geneva");
        assert_eq!(opening("Talks in Geneva, and more", 17), "Talks in Geneva…");
        assert_eq!(opening("Donaudampfschifffahrt", 5), "Donau…");
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert_eq!(web("https://a.example/"), Some("https://a.example/"));
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web(" https://a.example/"), None);
    }

    #[test]
    fn days_are_written_as_people_do() {
        assert_eq!(moment("2021-06-16"), "16 June 2021");
        assert_eq!(moment("2021-06-16T10:05"), "16 June 2021, 10:05");
        assert_eq!(stretch("2021-06-16"), "16 June 2021");
        assert_eq!(stretch("2021-06-11/2021-06-14"), "11 – 13 June 2021");
        assert_eq!(stretch("2021-06-01/2021-07-01"), "June 2021");
        assert_eq!(stretch("2021-06-01/2021-09-01"), "1 June – 31 August 2021");
        assert_eq!(stretch("2020-01-01/2021-01-01"), "2020");
        assert_eq!(kind("CONSULT"), "Consult");
    }
}
