//! The publication date in a dateline or in a line above the first paragraph, in the styles of agencies and newspapers.
//!
//! - datelines: *TUNIS, Jan 9, 2019 (AP) --*, *KYIV, 4 May 2023 -*, *GENEVA (8 May 2021) –*, *MOSCOW, May 8, 2021. /TASS/.*
//! - lines: *Published 8 May 2021*, *By Ana Ruiz | May 8, 2021*, *Sat 8 May 2021 09.30 BST*, *Updated: 2021-05-08 09:30*
//! - silent: *OSLO, May 8 (AP) -* (no year), *Oslo, May 8, 2021 was a cold day.*

use dateline_core::Moment;

use super::{
    date,
    header::{Field, key},
};

/// Maximum number of lines searched.
const LINES: usize = 8;

/// Maximum length of a line with a date, in bytes. A longer line is a paragraph.
const LINE: usize = 120;

/// Maximum number of bytes between the start of a dateline and its date.
const PLACE: usize = 60;

/// Maximum length of an agency in a dateline, in bytes.
const AGENCY: usize = 40;

/// Maximum number of words beside the date in a line.
const WORDS: usize = 12;

/// Returns the publication date that the top of a body tells. A date of publication precedes one of an update.
pub(super) fn read(body: &str) -> Option<Moment> {
    let mut updated = None;
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES) {
        match own_line(line) {
            Some((Field::Updated, moment)) => updated = updated.or(Some(moment)),
            Some((_, moment)) => return Some(moment),
            None if is_paragraph(line) => return updated.or_else(|| dateline(line)),
            None => {}
        }
    }
    updated
}

/// Returns true for a line that tells the date, and no more than byline, place and publisher with it.
pub(super) fn is_date_line(line: &str) -> bool {
    own_line(line.trim()).is_some()
}

fn is_paragraph(line: &str) -> bool {
    line.len() > LINE || line.ends_with(['.', '!', '?', '"', '”'])
}

/// Reads a line with a date, and whether it is that of an update.
fn own_line(line: &str) -> Option<(Field, Moment)> {
    if line.len() > LINE || line.ends_with(['.', '!', '?']) {
        return None;
    }
    let pieces = || {
        line.split(['|', '·', '•', '—', '–'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" / "))
            .map(str::trim)
    };
    let is_short = pieces().all(|piece| piece.split_whitespace().count() <= WORDS);
    let mut found: Option<(Field, Moment)> = None;
    for dated in pieces().filter_map(labeled).filter(|_| is_short) {
        if dated.0 == Field::Published {
            return Some(dated);
        }
        found = found.or(Some(dated));
    }
    found
}

/// Reads *Published May 8, 2021*, *May 8, 2021 9:30 GMT*, *By Ana Ruiz, May 8, 2021*.
fn labeled(piece: &str) -> Option<(Field, Moment)> {
    let (field, rest) = label(piece).unwrap_or((Field::Published, piece));
    if let Some(moment) = whole(rest) {
        return Some((field, moment));
    }
    let after = |mark: &'static str| {
        piece.match_indices(mark).map(move |(at, mark)| (at, &piece[at + mark.len()..]))
    };
    after(", ")
        .chain(after(" on "))
        .filter(|(at, _)| is_name(&piece[..*at]))
        .find_map(|(_, rest)| whole(rest))
        .map(|moment| (field, moment))
}

/// Returns what a label at the start of a string names, and the string after it.
fn label(text: &str) -> Option<(Field, &str)> {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, ' ' | ':')).map(|(at, _)| at);
    ends.take(3)
        .filter_map(|end| {
            let field = key(&text[..end])?;
            let rest = text[end..].trim_start_matches([' ', ':']);
            matches!(field, Field::Published | Field::Updated).then_some((field, rest))
        })
        .last()
}

/// Reads a string that is a date, a time of day, a zone and an update's label at most.
fn whole(text: &str) -> Option<Moment> {
    let (moment, len) = date::leading(text)?;
    let rest = text[len..].trim_matches([' ', ',', '.', '(', ')']);
    let is_zone = rest.len() <= 4 && rest.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_zone || label(rest).is_some()).then_some(moment)
}

/// Returns true for words that may stand beside a date: names, and the small words between them.
fn is_name(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        word.starts_with(|c: char| c.is_uppercase())
            || word.len() <= 3 && word.chars().all(char::is_alphabetic)
    })
}

/// Reads the date of a dateline: a place, a date with its year, perhaps an agency, and a dash.
fn dateline(line: &str) -> Option<Moment> {
    let starts = line
        .char_indices()
        .take_while(|(at, _)| *at <= PLACE)
        .filter(|(at, c)| {
            let before = line[..*at].chars().next_back();
            c.is_alphanumeric() && before.is_some_and(|before| !before.is_alphanumeric())
        })
        .map(|(at, _)| at);
    for start in starts {
        let Some((moment, len)) = date::leading(&line[start..]) else { continue };
        let place = line[..start].trim_end_matches([' ', '(', ',', '.', '-', '–', '—', '/']);
        let names = place.trim_start_matches('(').split([' ', ',']).filter(|word| !word.is_empty());
        let is_place = names.clone().count() <= 6
            && names.clone().all(|word| word.starts_with(char::is_uppercase) || word == "of");
        // "May 8, 2021 - the day" has no place; "(Oslo, May 8, 2021) –" has.
        return (is_place && names.count() > 0 && opens_report(&line[start + len..]))
            .then_some(moment);
    }
    None
}

/// Returns true if the end of a dateline follows: *(AP) --*, *INTERFAX -*, */TASS/.*, and a new sentence.
fn opens_report(after_date: &str) -> bool {
    let blanks = [' ', ',', '.', ')', '\u{a0}'];
    let mut rest = after_date.trim_start_matches(blanks);
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some(inside) = rest.strip_prefix(open)
            && let Some(end) = inside.find(close).filter(|&end| end <= AGENCY)
        {
            rest = inside[end + 1..].trim_start_matches(blanks);
            if open == '/' && rest.starts_with(char::is_uppercase) {
                return true;
            }
        }
    }
    // *OSLO, May 8, 2021 Reuters -*
    let agency: usize = rest
        .split_inclusive(' ')
        .take_while(|word| word.starts_with(char::is_uppercase))
        .map(str::len)
        .sum();
    let dash = &rest[agency.min(if agency <= AGENCY { agency } else { 0 })..];
    let text = dash.trim_start_matches(['-', '–', '—', '―', ':']);
    let is_dash = text.len() < dash.len() && (text.starts_with(' ') || !dash.starts_with("- "));
    is_dash && !text.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = read(text).map(|moment| moment.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    const PROSE: &str = "Ministers met on Tuesday and agreed to meet again.";

    #[test]
    fn datelines_with_a_year_date_the_document() {
        for dateline in [
            "OSLO, May 8, 2021 (AP) --",
            "OSLO, 8 May 2021 -",
            "OSLO, 8th May 2021:",
            "OSLO, May. 08, 2021 (Xinhua) --",
            "Oslo. May 8, 2021. INTERFAX -",
            "OSLO, May 8, 2021. /TASS/.",
            "OSLO (8 May 2021) –",
            "(Oslo, May 8, 2021) –",
            "OSLO, Norway, May 8, 2021/APO Group/ --",
            "OSLO, May 8, 2021 /PRNewswire/ --",
            "OSLO — May 8, 2021 —",
            "OSLO, Saturday, May 8, 2021 (AFP) –",
            "Port of Spain, 8 May 2021 (CNS) -",
            "OSLO, 2021-05-08 (dpa) -",
        ] {
            check(&format!("{dateline} {PROSE}"), Some("2021-05-08"));
            check(&format!("Dam talks resume\n\n{dateline} {PROSE}"), Some("2021-05-08"));
        }
    }

    #[test]
    fn lines_above_the_text_date_the_document() {
        for (line, expected) in [
            ("Published 8 May 2021", "2021-05-08"),
            ("Published On 8 May 2021", "2021-05-08"),
            ("First published on May 8, 2021", "2021-05-08"),
            ("Sat 8 May 2021 09.30 BST", "2021-05-08T09:30"),
            ("May 8, 2021, 9:30 a.m. ET", "2021-05-08T09:30"),
            ("May 08, 2021 9:30 AM", "2021-05-08T09:30"),
            ("May 8, 2021 / 9:30 AM / CBS", "2021-05-08"),
            ("By Ana Ruiz | May 8, 2021", "2021-05-08"),
            ("By Ana Ruiz, May 8, 2021", "2021-05-08"),
            ("By ANA RUIZ - Associated Press - Saturday, May 8, 2021", "2021-05-08"),
            ("Posted by Ana Ruiz on May 8, 2021", "2021-05-08"),
            ("8 May 2021 | Geneva", "2021-05-08"),
            ("Washington, DC, May 8, 2021", "2021-05-08"),
            ("Xinhua | Updated: 2021-05-08 09:30", "2021-05-08T09:30"),
            ("Source: Xinhua| 2021-05-08 22:01:31", "2021-05-08T22:01"),
            ("Updated: May 9, 2021 | Published: May 8, 2021", "2021-05-08"),
            ("Published May 8, 2021 Updated May 9, 2021, 3:00 a.m. ET", "2021-05-08"),
        ] {
            check(&format!("Dam talks resume\n\n{line}\n\n{PROSE}"), Some(expected));
            check(&format!("For immediate release\n{line}\n{PROSE}"), Some(expected));
        }
    }

    #[test]
    fn dates_in_prose_and_dates_without_a_year_are_left() {
        for text in [
            "OSLO, May 8 (AP) - Ministers met on Tuesday.",
            "Oslo, May 8, 2021 was a cold day.",
            "In Oslo, May 8, 2021 — the day the war ended — was cold.",
            "The treaty of May 8, 2021 - Signed in Oslo.",
            "Ministers met.\n\nMay 8, 2021",
            "OSLO, 4/5/2021 (AP) - Ministers met.",
        ] {
            check(text, None);
        }
    }
}
