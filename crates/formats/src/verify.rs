//! Verification of a text against the source bytes its map leads to.

use dateline_core::{Run, Source};
use encoding_rs::{Encoding, UTF_8};

use crate::read;

/// Checks the text of a document against the bytes of the record it was read from, and returns the number of runs compared.
///
/// A verbatim run must have the same bytes on both sides. Any other run was read from an encoded form of the same words (another
/// character encoding, an HTML or XML entity, an escape in JSON or a table, white space), which is decoded and compared. Every
/// word of the text must be covered by a run.
///
/// # Errors
///
/// Describes the first difference and its position: the record is not the one that was read, or a run leads to other words.
pub fn verify(record: &[u8], source: &Source, text: &str) -> Result<u64, String> {
    if record.len() as u64 != source.length {
        return Err(format!("a record of {} bytes, expected {}", record.len(), source.length));
    }
    if read::hash(record) != source.hash {
        return Err("the record has changed since it was read".to_owned());
    }
    let encoding = Encoding::for_label(source.encoding.as_bytes()).unwrap_or(UTF_8);
    let mut end = 0;
    for run in source.map.runs() {
        let words = place(run.text, run.length).and_then(|range| text.get(range));
        let bytes = place(run.source, run.width).and_then(|range| record.get(range));
        let (Some(words), Some(bytes)) = (words, bytes) else {
            return Err(format!("{} is outside the text or the record", shown(run)));
        };
        let holds = if run.verbatim {
            words.as_bytes() == bytes
        } else {
            is_written(&encoding.decode_without_bom_handling(bytes).0, words)
        };
        if !holds {
            return Err(format!("{} reads `{words}`, and is otherwise in the record", shown(run)));
        }
        let between = place(end, run.text - end).and_then(|range| text.get(range));
        if between.is_none_or(|between| !between.trim().is_empty()) {
            return Err(format!("words before {} have no source", shown(run)));
        }
        end = run.text + run.length;
    }
    let rest = usize::try_from(end).ok().and_then(|end| text.get(end..));
    if rest.is_none_or(|rest| !rest.trim().is_empty()) {
        return Err(format!("words after byte {end} of the text have no source"));
    }
    Ok(source.map.runs().len() as u64)
}

fn place(start: u64, length: u64) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(start).ok()?;
    Some(start..start.checked_add(usize::try_from(length).ok()?)?)
}

fn shown(run: &Run) -> String {
    format!("bytes {}..{} of the text", run.text, run.text + run.length)
}

/// Returns true if `raw` encodes `words` in up to three layers, such as HTML in XML in JSON.
fn is_written(raw: &str, words: &str) -> bool {
    // Bytes that may decode to nothing prove nothing.
    if words == "\u{FFFD}" {
        return true;
    }
    let mut readings = vec![raw.to_owned()];
    for _ in 0..3 {
        if readings.iter().any(|reading| is_same(reading, words)) {
            return true;
        }
        readings = readings.iter().flat_map(|reading| undone(reading)).collect();
    }
    readings.iter().any(|reading| is_same(reading, words))
}

/// Compares two texts except for white space and quotes around a cell.
fn is_same(reading: &str, words: &str) -> bool {
    let bare = |text: &str| -> String { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    let (reading, words) = (bare(reading), bare(words));
    reading == words || reading.replace('"', "") == words.replace('"', "") && reading.len() > 2
}

/// Returns the possible decodings of a text.
fn undone(raw: &str) -> Vec<String> {
    let mut readings = Vec::new();
    if raw.contains('\\') {
        readings.extend(serde_json::from_str::<String>(&format!("\"{raw}\"")));
        readings.push(
            raw.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\\\", "\\"),
        );
    }
    if raw.contains(['&', '<']) {
        readings.push(read::words(raw));
    }
    if raw.contains("\"\"") {
        readings.push(raw.replace("\"\"", "\""));
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{About, Cut, FieldNames, Format, open};

    fn check(format: Format, bytes: &[u8]) -> (Source, String) {
        let about = About::default();
        let cut = Cut { at: 0, number: None, format, about, bytes: bytes.to_owned() };
        let found = open(&cut, &FieldNames::default()).remove(0).unwrap();
        let source = Source {
            path: "a".to_owned(),
            format: format.to_string(),
            at: 0,
            length: bytes.len() as u64,
            part: 0,
            hash: read::hash(bytes),
            encoding: found.encoding.to_owned(),
            map: found.map,
        };
        verify(bytes, &source, &found.document.text).unwrap();
        (source, found.document.text)
    }

    #[test]
    fn text_matches_its_source_in_any_encoding() {
        check(Format::Text, b"\xFF\xFEh\0i\0");
        check(Format::Text, b"The caf\xE9 closed on Friday, they said.");
        check(
            Format::Ndjson,
            br#"{"text":"Talks \u2014 \"long\" ones,\nresumed \ud83d\ude42 \ud83d."}"#,
        );
        check(
            Format::Ndjson,
            br#"{"html":"<p>Q&amp;A \u0026amp; talks&nbsp;&mdash; <b>all</b>\n of them.</p>"}"#,
        );
        check(Format::Html, b"<p>Ministers met &amp; talked, &hellip; and met&#x20;again &#0; for an hour.</p>\n<p>They left.</p>");
    }

    #[test]
    fn differences_are_described() {
        let bytes =
            br"{'text':'Talks resumed.'}".map(|byte| if byte == b'\'' { b'"' } else { byte });
        let (source, text) = check(Format::Ndjson, &bytes);
        let why =
            |record: &[u8], source: &Source, text: &str| verify(record, source, text).unwrap_err();
        assert!(why(&bytes[1..], &source, &text).contains("of 24 bytes, expected 25"));
        let mut other = bytes;
        other[9] = b'W';
        assert!(why(&other, &source, &text).contains("has changed"));
        let forged = Source { hash: read::hash(&other), ..source.clone() };
        assert!(why(&other, &forged, &text).contains("reads `Talks resumed.`"));
        assert!(why(&bytes, &source, "Talks resumed. Then").contains("after byte 14"));
        let empty = Source { map: dateline_core::SourceMap::default(), ..source };
        assert!(why(&bytes, &empty, &text).contains("have no source"));
    }
}
