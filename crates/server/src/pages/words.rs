//! Labels and days in words, for people.

use dateline_core::{Moment, Standing, codes::PloverType};
use dateline_store::EventRow;
use jiff::civil::Date;

/// A sign that goes before a status, so that it is not told by color alone.
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

/// How firmly an event stands, from 0 (called off) to 5 (it happened): the height of its line.
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

/// The quad class of a type in a word a style knows: `vc`, `mc`, `vf`, `mf`.
pub(crate) fn quad(kind: &str) -> &'static str {
    match kind.parse::<PloverType>().map(|kind| kind.quad().as_str()) {
        Ok("verbal cooperation") => "vc",
        Ok("material cooperation") => "mc",
        Ok("verbal conflict") => "vf",
        Ok("material conflict") => "mf",
        _ => "",
    }
}

/// A type as a word: `Consult`.
pub(crate) fn kind(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect()
}

/// A day as people write it: `16 June 2021`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates lend their fields")]
pub(crate) fn day(date: &Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A day or minute as the ledger has it, as people write it; as it is where it is none.
pub(crate) fn moment(text: &str) -> String {
    match text.parse() {
        Ok(Moment::Day(date)) => day(&date),
        Ok(Moment::Minute(minute)) => minute.strftime("%-d %B %Y, %H:%M").to_string(),
        Err(_) => text.to_owned(),
    }
}

/// The days of an event, or that no text tells them.
pub(crate) fn days(event: &EventRow) -> String {
    match (event.from, event.to) {
        (Some(from), Some(to)) => between(from, to),
        _ => "day not told".to_owned(),
    }
}

/// The days of a stretch as the ledger writes it, `2021-06-01/2021-07-01`; as it is where it is none.
pub(crate) fn stretch(text: &str) -> String {
    let (from, to) = text.split_once('/').unwrap_or((text, ""));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) => between(from, to),
        _ => moment(text),
    }
}

/// Days as people write them: `16 June 2021`, `11 – 13 June 2021`, `June 2021`.
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

/// The parties of an event in a row.
pub(crate) fn parties(event: &EventRow) -> String {
    event.parties.join(", ")
}

/// The first words of a text, cut between two of them.
pub(crate) fn opening(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let end = line.char_indices().nth(most).map_or(line.len(), |(at, _)| at);
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", line[..end].trim_end_matches([',', '.', ';', ':']))
}

/// A number with its noun.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates lend their fields")]
pub(crate) fn count(n: &u32, noun: &str) -> String {
    if *n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The address of a page of a document that may be followed: one of the web, and nothing that runs.
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
    fn only_addresses_of_the_web_are_followed() {
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
