//! Detects the format of a stream by its first bytes, or else by its file name.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Cursor, Read},
    sync::LazyLock,
};

use serde_json::value::RawValue;

use dateline_data::{Row, rows};

use super::{FieldNames, Format, compressed, encoding};

/// Number of bytes examined.
const HEAD: usize = 64 << 10;

/// Formats by file name ending.
static ENDINGS: LazyLock<BTreeMap<&'static str, Format>> = LazyLock::new(|| {
    let ending = |row: Row<'static>| {
        let [ending, format] = row.columns()?;
        Some((ending, format.parse().ok()?))
    };
    rows(include_str!("../../data/endings.tsv"))
        .map(|row| ending(row).expect("a test reads data/endings.tsv"))
        .collect()
});

/// Formats by XML root element.
const ROOTS: [(&str, Format); 10] = [
    ("feed", Format::Feed),
    ("html", Format::Html),
    ("newsitem", Format::NewsMl),
    ("newsmessage", Format::NewsMl),
    ("nitf", Format::Nitf),
    ("packageitem", Format::NewsMl),
    ("rdf:rdf", Format::Feed),
    ("rss", Format::Feed),
    ("head", Format::Html),
    ("body", Format::Html),
];

/// A stream with its detected format, decompressed.
pub struct Stream<'r> {
    /// Format to read it as.
    pub format: Format,
    /// Decompressed bytes, from the start. A WARC file stays compressed, because its gzip members are its records.
    pub from: Box<dyn BufRead + 'r>,
}

impl std::fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").field("format", &self.format).finish_non_exhaustive()
    }
}

/// Detects the format of a stream. `said` is the format if the user named one.
///
/// A stream that starts with a line of JSON is recognized by that line, so a stream that is still being written can be read.
///
/// # Errors
///
/// If the stream cannot be read.
pub fn sniff<'r>(
    mut from: Box<dyn Read + 'r>,
    name: &str,
    said: Option<Format>,
) -> io::Result<Stream<'r>> {
    let mut head = Vec::new();
    while head.len() < HEAD && !is_line_of_json(&head) {
        let begun = head.len();
        head.resize((begun + (8 << 10)).min(HEAD), 0);
        let read = match from.read(&mut head[begun..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                head.truncate(begun);
                continue;
            }
            other => other?,
        };
        head.truncate(begun + read);
        if read == 0 {
            break;
        }
    }
    let format = said.unwrap_or_else(|| format(&compressed::prefix(&head, HEAD), name));
    let whole = Cursor::new(head).chain(from);
    let whole: Box<dyn BufRead + 'r> = Box::new(BufReader::with_capacity(HEAD, whole));
    let from = if format == Format::Warc { whole } else { compressed::unpacked(whole)? };
    Ok(Stream { format, from })
}

/// Returns the format of a file name ending, or `None` if no news comes in files with that ending.
pub fn by_name(name: &str) -> Option<Format> {
    let name = name.to_ascii_lowercase();
    let bare = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    ENDINGS.get(bare.rsplit_once('.')?.1).copied()
}

fn is_line_of_json(head: &[u8]) -> bool {
    let line = head.trim_ascii_start();
    line.starts_with(b"{") && line.contains(&b'\n')
}

fn format(head: &[u8], name: &str) -> Format {
    let named = by_name(name);
    if head.starts_with(b"WARC/") {
        return Format::Warc;
    }
    if head.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    let decoded = encoding::decode(head, None);
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    let found = match text.bytes().next() {
        Some(b'{') => Some(json(text, named)),
        Some(b'[') if text[1..].trim_start().starts_with(['{', ']']) => Some(Format::Json),
        Some(b'<') => root(text),
        _ => None,
    };
    let by_ending = || named.filter(|format| !matches!(format, Format::Warc | Format::Parquet));
    found.or_else(by_ending).or_else(|| table(text)).unwrap_or(Format::Text)
}

/// Detects a line of JSON, an object over several lines, or a JSON feed.
fn json(text: &str, named: Option<Format>) -> Format {
    if text.contains("https://jsonfeed.org/version/") {
        return Format::JsonFeed;
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let is_object = serde_json::from_str::<&RawValue>(first).is_ok();
    let is_named = named == Some(Format::Ndjson);
    // An object that ends with its line, alone or followed by another, is NDJSON; so may be one whose end is out of view.
    let is_line = is_object || first.len() == text.len() && named != Some(Format::Json);
    let goes_on = rest.trim_start().is_empty() || rest.trim_start().starts_with('{');
    if is_named || is_line && (goes_on || is_object) { Format::Ndjson } else { Format::Json }
}

fn root(text: &str) -> Option<Format> {
    let name = root_name(text)?;
    ROOTS.iter().find(|(root, _)| *root == name).map(|(_, format)| *format)
}

/// Returns the lowercase name of the root, from the doctype or the first element, skipping comments and instructions.
pub(super) fn root_name(text: &str) -> Option<String> {
    let mut rest = text;
    for _ in 0..64 {
        rest = rest.trim_start();
        let skipped = if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            None
        };
        match skipped {
            Some(at) => rest = &rest[at..],
            None => break,
        }
    }
    let inner = rest.strip_prefix('<')?;
    let doctype = inner.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype"));
    let name = if doctype { inner[8..].trim_start() } else { inner };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(name.len());
    Some(name[..end].to_ascii_lowercase())
}

/// Detects a header line with a column for the text of a document.
fn table(text: &str) -> Option<Format> {
    let line = text.lines().next()?;
    [(Format::Tsv, '\t'), (Format::Csv, ',')].into_iter().find_map(|(format, mark)| {
        let names: Vec<&str> = line.split(mark).map(|name| name.trim().trim_matches('"')).collect();
        let is_head = names.len() > 1
            && names.iter().all(|name| !name.is_empty() && name.len() < 40 && !name.contains(' '))
            && FieldNames::has_text(names.iter().copied());
        is_head.then_some(format)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, name: &str, expected: Format) {
        assert_eq!(format(head.as_bytes(), name), expected, "{head}");
    }

    #[test]
    fn content_decides_and_names_help() {
        check("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", "a", Format::Ndjson);
        check("{\"text\":\"One.\"}", "-", Format::Ndjson);
        check("{\"text\":\"One.\"}\nrubbish\n", "-", Format::Ndjson);
        check("{\n \"text\": \"One.\"\n}\n", "a", Format::Json);
        check("[\n {\"text\": \"One.\"}]", "a.txt", Format::Json);
        check("[Editor's note: moved up] Talks resumed.", "a", Format::Text);
        check("rubbish\n{\"text\":\"One.\"}", "a.jsonl", Format::Ndjson);
        check("{\"version\":\"https://jsonfeed.org/version/1.1\",", "a", Format::JsonFeed);
        check("<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">", "a", Format::Feed);
        check("<feed xmlns=\"http://www.w3.org/2005/Atom\">", "a.xml", Format::Feed);
        check("<!DOCTYPE HTML>\n<p>One.", "a.txt", Format::Html);
        check("<p>One.</p>", "a.txt", Format::Text);
        check("<p>One.</p>", "a.htm", Format::Html);
        check(
            "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>",
            "a",
            Format::Nitf,
        );
        check("<newsItem guid=\"x\">", "a.xml", Format::NewsMl);
        check("WARC/1.0\r\n", "a", Format::Warc);
        check("PAR1\u{15}", "a", Format::Parquet);
        check("date,headline,text\n2021-05-08,Dam,Talks.\n", "a", Format::Csv);
        check("id\tdate\tbody\n", "a", Format::Tsv);
        check("Talks, long ones, resumed.\n", "a", Format::Text);
        check("Date: 2021-05-08\n\nTalks resumed.", "a.txt", Format::Text);
    }

    #[test]
    fn endings_are_recognized_before_compression_suffixes() {
        assert_eq!(by_name("b/CC-NEWS.warc.gz"), Some(Format::Warc));
        assert_eq!(by_name("a.NDJSON.zst"), Some(Format::Ndjson));
        assert_eq!(by_name("notes.pdf"), None);
    }
}
