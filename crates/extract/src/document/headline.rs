//! Headline and byline: the lines above the first paragraph.
//!
//! - headline: a short first line without a full stop, then a blank line, then prose
//! - byline: *By Jane Doe*, *By Jane Doe and Ali Khan*

use super::dating;

/// Maximum length of a headline, in bytes and in words.
const LONGEST: (usize, usize) = (150, 24);

/// Returns the headline a body starts with, if it clearly is one.
pub(super) fn title(body: &str) -> Option<&str> {
    let body = body.trim_start();
    let (first, rest) = body.split_once('\n')?;
    let first = first.trim();
    let (gap, rest) = rest.split_once('\n')?;
    gap.trim().is_empty().then_some(())?;
    let next = rest.lines().map(str::trim).find(|line| !line.is_empty() && !is_credit(line))?;

    let n_words = first.split_whitespace().count();
    let short = first.len() <= LONGEST.0 && (3..=LONGEST.1).contains(&n_words);
    let open = !first.ends_with(['.', '!', ':', ';', ',', '"', '”', ')', '-', '—']);
    let begins =
        first.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "'‘\"“".contains(c));
    let is_prose = next.len() > first.len() && next.contains(['.', '!', '?']);
    (short && open && begins && is_prose && !is_credit(first)).then_some(first)
}

/// Returns true for a line with the author or the date.
fn is_credit(line: &str) -> bool {
    byline_of(line).is_some() || dating::is_date_line(line)
}

/// Returns the byline in the first lines of a body, and the start of the next line if nothing stands before the
/// byline.
pub(super) fn byline(body: &str) -> Option<(&str, Option<usize>)> {
    let mut at = 0;
    let mut above = 0;
    for line in body.split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(names) = byline_of(line) {
            return Some((names, (above == 0).then_some(at)));
        }
        above += 1;
        if above == 3 {
            break;
        }
    }
    None
}

/// Returns the names in a line *By NAME*.
fn byline_of(line: &str) -> Option<&str> {
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?.trim();
    let mut n_words = 0;
    for word in names.split_whitespace() {
        n_words += 1;
        let joins = ["and", "&", "in", "of", "for", "de", "la", "van", "von", "bin", "al", "der"];
        let is_name = word.starts_with(char::is_uppercase) || joins.contains(&word);
        if !is_name || word.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
    let initial =
        names.trim_end_matches('.').rsplit(' ').next().is_some_and(|last| last.len() <= 2);
    let is_sentence =
        names.ends_with(['!', '?', ':', ';', ',']) || names.ends_with('.') && !initial;
    ((2..=10).contains(&n_words) && names.len() <= 100 && !is_sentence).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_stands_apart() {
        let prose = "Ministers met on Monday to talk about the dam, and parted in anger.";
        assert_eq!(
            title(&format!("Dam talks end in anger\n\n{prose}\n")),
            Some("Dam talks end in anger")
        );
        assert_eq!(title(&format!("Dam talks end in anger\n{prose}\n")), None);
        assert_eq!(title(&format!("Ministers met.\n\n{prose}\n")), None);
        assert_eq!(title(&format!("{prose}\n\nThey left.\n")), None);
        assert_eq!(title("Dam talks end in anger\n\nMore soon\n"), None);
    }

    #[test]
    fn bylines_name_people() {
        assert_eq!(
            byline("By Ana Ruiz and Per Holm\nMinisters met."),
            Some(("Ana Ruiz and Per Holm", Some(25)))
        );
        assert_eq!(
            byline("Dam talks end\n\nBy Ana Ruiz\n\nMinisters met."),
            Some(("Ana Ruiz", None))
        );
        assert_eq!(byline("By Monday the talks had ended.\n"), None);
        assert_eq!(byline("By Friday\n"), None);
    }
}
