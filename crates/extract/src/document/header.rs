//! Header lines: fields named before the body.
//!
//! - front matter: lines `key: value` between two lines of dashes
//! - header lines: *Date: May 8, 2021*, up to a blank line or the first line that is not a header
//! - header words before running text: *date 2021-05-08 The council met …*

use std::sync::LazyLock;

use dateline_core::Moment;

use super::date;
use crate::table::{Lower, Table};

/// Fields of a header, and the position of the text after it.
#[derive(Debug, Default)]
pub(super) struct Header<'t> {
    pub(super) published: Option<Moment>,
    /// Date of the last change.
    pub(super) updated: Option<Moment>,
    pub(super) title: Option<&'t str>,
    pub(super) publisher: Option<&'t str>,
    pub(super) agency: Option<&'t str>,
    pub(super) byline: Option<&'t str>,
    pub(super) url: Option<&'t str>,
    pub(super) language: Option<&'t str>,
    /// Length of the header in bytes.
    pub(super) body: usize,
}

/// Field of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Published,
    Updated,
    Title,
    Publisher,
    Agency,
    Byline,
    Url,
    Language,
    Other,
}

static KEYS: LazyLock<Table<Field>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/document/keys.tsv"), |columns| match columns[1] {
        "published" => Field::Published,
        "updated" => Field::Updated,
        "title" => Field::Title,
        "publisher" => Field::Publisher,
        "agency" => Field::Agency,
        "byline" => Field::Byline,
        "url" => Field::Url,
        "language" => Field::Language,
        _ => Field::Other,
    })
});

/// Maximum number of lines of a header.
const MOST_LINES: usize = 100;

/// Reads the header of a text.
pub(super) fn read(text: &str) -> Header<'_> {
    let lead = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']).len();
    front_matter(text, lead)
        .or_else(|| header_lines(text, lead))
        .unwrap_or_else(|| header_words(text, lead))
}

fn front_matter(text: &str, lead: usize) -> Option<Header<'_>> {
    let mut lines = Lines { text, at: lead };
    is_fence(lines.next()?.1).then_some(())?;
    let mut header = Header::default();
    for (_, line) in lines.by_ref().take(MOST_LINES) {
        if is_fence(line) || line.trim_end() == "..." {
            header.body = lines.at;
            return Some(header);
        }
        // Lists and nested keys are indented, and are not ours.
        if line.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        if let Some((field, value)) = field_of(line) {
            header.set(field, value);
        }
    }
    None
}

fn header_lines(text: &str, lead: usize) -> Option<Header<'_>> {
    let mut header = Header::default();
    let mut lines = Lines { text, at: lead };
    for (start, line) in lines.by_ref().take(MOST_LINES) {
        let Some((field, value)) = field_of(line) else {
            header.body = start;
            break;
        };
        if field == Field::Published {
            // "Date: 2021-05-08 The council met …": the text starts on the date line.
            let from = line.len() - value.len();
            if let Some((moment, len)) = date::leading(value) {
                header.published.get_or_insert(moment);
                if begins_prose(&value[len..]) {
                    header.body = start + from + len;
                    return Some(header);
                }
            }
        } else {
            header.set(field, value);
        }
        header.body = start + line.len();
    }
    (header.body > lead).then_some(header)
}

/// Reads *date 2021-05-08 The council …*, and a line that is only a date.
fn header_words(text: &str, lead: usize) -> Header<'_> {
    let mut header = Header::default();
    let line = Lines { text, at: lead }.next().map_or("", |(_, line)| line);
    let after_key = line.split_once([' ', '\t']).and_then(|(key, rest)| {
        (KEYS.get(Lower::of(key).as_str())? == Field::Published).then_some(line.len() - rest.len())
    });
    let from = after_key.unwrap_or(0);
    if let Some((moment, len)) = date::leading(&line[from..])
        && (after_key.is_some() || line[len..].trim().is_empty())
    {
        header.published = Some(moment);
        header.body = lead + from + len;
    }
    header
}

impl<'t> Header<'t> {
    /// Sets a field unless it is already set.
    fn set(&mut self, field: Field, value: &'t str) {
        let value = unquoted(value);
        let slot = match field {
            Field::Published => {
                if self.published.is_none() {
                    self.published = date::leading(value).map(|(moment, _)| moment);
                }
                return;
            }
            Field::Updated => {
                if self.updated.is_none() {
                    self.updated = date::leading(value).map(|(moment, _)| moment);
                }
                return;
            }
            Field::Other => return,
            Field::Title => &mut self.title,
            Field::Publisher => &mut self.publisher,
            Field::Agency => &mut self.agency,
            Field::Byline => &mut self.byline,
            Field::Url => &mut self.url,
            Field::Language => &mut self.language,
        };
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value);
        }
    }
}

/// Lines with the offset of their first byte, without line ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let start = self.at;
        let end = rest.find('\n').unwrap_or(rest.len());
        self.at = (start + end + 1).min(self.text.len());
        Some((start, rest[..end].trim_end_matches('\r')))
    }
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// Returns the field that a key names.
pub(super) fn key(name: &str) -> Option<Field> {
    KEYS.get(Lower::of(name.trim()).as_str())
}

/// Returns the field and value of *Key: value* if the key is known.
fn field_of(line: &str) -> Option<(Field, &str)> {
    let (key, value) = line.split_once(':')?;
    let field = self::key(key)?;
    // "source://": a URL is not a header.
    (!value.starts_with("//")).then(|| (field, value.trim_start()))
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// Returns true if more follows than the rest of a date line: a zone, brackets, a place.
fn begins_prose(rest: &str) -> bool {
    rest.split_whitespace().nth(3).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, published: Option<&str>, body: &str) {
        let header = read(text);
        assert_eq!(header.published.map(|moment| moment.to_string()).as_deref(), published);
        assert_eq!(text[header.body..].trim(), body);
    }

    #[test]
    fn front_matter_is_read() {
        let text = "---\ntitle: \"Dam talks resume\"\ndate: 2021-05-08\nsource: The Courier\n\
                    tags:\n  - water\n---\nMinisters met.\n";
        check(text, Some("2021-05-08"), "Ministers met.");
        let header = read(text);
        assert_eq!(
            (header.title, header.publisher),
            (Some("Dam talks resume"), Some("The Courier"))
        );
    }

    #[test]
    fn header_lines_end_where_prose_begins() {
        check(
            "Date: May 8, 2021\nURL: https://a.example/b\n\nMinisters met.",
            Some("2021-05-08"),
            "Ministers met.",
        );
        check(
            "Date: 2021-05-08 Ministers met in the old town hall.",
            Some("2021-05-08"),
            "Ministers met in the old town hall.",
        );
        check("Correction: Ministers met.", None, "Correction: Ministers met.");
    }

    #[test]
    fn header_words_stand_before_running_text() {
        check(" date 2021-05-08 The mayor spoke.", Some("2021-05-08"), "The mayor spoke.");
        check("8 May 2021\nThe mayor spoke.", Some("2021-05-08"), "The mayor spoke.");
        check("May 8, 2021 was a cold day.", None, "May 8, 2021 was a cold day.");
        check("Date palms grow here.", None, "Date palms grow here.");
    }

    #[test]
    fn an_open_fence_is_text() {
        check("---\ndate: 2021-05-08\nNo end.", None, "---\ndate: 2021-05-08\nNo end.");
    }
}
