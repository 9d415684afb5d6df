//! Decodes bytes to characters: by byte order mark, by the declared encoding, as UTF-8, or by a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dateline_core::{Run, SourceMap};
use encoding_rs::{CoderResult, Encoding, UTF_8};

/// Decoded text of a record, with the source bytes of each character.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) map: SourceMap,
    pub(crate) encoding: &'static str,
    /// Note for the user: invalid bytes, or a guessed encoding.
    pub(crate) note: Option<String>,
}

/// Control characters used in text: tab, line feed, form feed, carriage return, and the escape of ISO-2022-JP.
const IN_TEXT: [u8; 5] = [b'\t', b'\n', 0x0C, b'\r', 0x1B];

/// Returns true if bytes are not text in any encoding but UTF-16: more than one in fifty is a control character.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    let controls = sample.iter().filter(|byte| **byte < 0x20 && !IN_TEXT.contains(byte)).count();
    Encoding::for_bom(bytes).is_none() && controls * 50 > sample.len()
}

/// Decodes bytes. A byte order mark takes precedence over `charset`, the declared encoding. Without either, valid UTF-8 is UTF-8,
/// and for other bytes the encoding is guessed. Invalid bytes become U+FFFD.
pub(crate) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Decoded<'b> {
    let (encoding, mark, is_guess) = encoding(bytes, charset);
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(&bytes[mark..])
    {
        return Decoded {
            text: Cow::Borrowed(text),
            map: SourceMap::verbatim(mark as u64, text.len() as u64),
            encoding: UTF_8.name(),
            note: None,
        };
    }
    let (text, map, replaced) = mapped(bytes, mark, encoding);
    let note = if replaced > 0 {
        let stretches = if replaced == 1 { "stretch" } else { "stretches" };
        Some(format!(
            "not all {}: read {replaced} {stretches} of other bytes as U+FFFD",
            encoding.name()
        ))
    } else {
        is_guess.then(|| format!("no UTF-8: read as {} by a guess", encoding.name()))
    };
    Decoded { text: Cow::Owned(text), map, encoding: encoding.name(), note }
}

/// Returns the encoding, the length of its byte order mark, and true if it was guessed.
fn encoding(bytes: &[u8], charset: Option<&str>) -> (&'static Encoding, usize, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, mark, false);
    }
    if let Some(encoding) = charset.and_then(|name| Encoding::for_label(name.trim().as_bytes())) {
        // Pages that declare Latin-1 and are UTF-8 are common, while Latin-1 hardly ever passes as UTF-8 by chance.
        let is_utf_8 = encoding.is_ascii_compatible() && std::str::from_utf8(bytes).is_ok();
        return (if is_utf_8 { UTF_8 } else { encoding }, 0, false);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0, false);
    }
    // A few invalid bytes are damage in UTF-8; many invalid runs are another encoding.
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good > bad * 2 {
        return (UTF_8, 0, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), 0, true)
}

/// Decodes byte by byte to map each character to its bytes. Also counts replacements.
fn mapped(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> (String, SourceMap, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut map = SourceMap::default();
    let mut replaced = 0;
    let mut buffer = [0_u8; 64];
    let mut start = mark;
    for at in mark..=bytes.len() {
        let is_last = at == bytes.len();
        let piece = if is_last { &[][..] } else { &bytes[at..=at] };
        let (result, _, written, had_errors) = decoder.decode_to_utf8(piece, &mut buffer, is_last);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        if written == 0 {
            continue;
        }
        let read = std::str::from_utf8(&buffer[..written]).expect("the decoder writes UTF-8");
        replaced += usize::from(had_errors);
        let end = (at + 1).min(bytes.len());
        // Of two incomplete characters at the very end, the first is replaced when the second is read, and the second at the end.
        let first = start.min(end.saturating_sub(1));
        map.push(Run {
            text: text.len() as u64,
            source: first as u64,
            length: written as u64,
            width: (end - first) as u64,
            verbatim: read.as_bytes() == &bytes[first..end],
        });
        text.push_str(read);
        start = end;
    }
    (text, map, replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], charset: Option<&str>, text: &str, encoding: &str) -> SourceMap {
        let decoded = decode(bytes, charset);
        assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
        decoded.map
    }

    #[test]
    fn marks_and_names_give_the_encoding() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", Some("latin1"), "café", "UTF-8");
        let map = check(b"caf\xE9 au", Some("ISO-8859-1"), "café au", "windows-1252");
        assert_eq!(map.source(3..5), Some(3..4));
        assert_eq!(map.source(6..8), Some(5..7));
        let map = check(b"\xFF\xFEh\0\xE9\0", None, "hé", "UTF-16LE");
        assert_eq!(map.source(1..3), Some(4..6));
        check("café".as_bytes(), Some("latin1"), "café", "UTF-8");
    }

    #[test]
    fn undeclared_encodings_are_guessed_and_reported() {
        let decoded = decode(b"Le d\xE9put\xE9 fran\xE7ais a \xE9t\xE9 re\xE7u.", None);
        assert_eq!(decoded.text, "Le député français a été reçu.");
        assert!(decoded.note.unwrap().contains("by a guess"));
    }

    #[test]
    fn damage_is_replaced_and_counted() {
        let decoded = decode(
            "é ü ö ä".as_bytes().iter().chain(b"\xFF!").copied().collect::<Vec<_>>().leak(),
            None,
        );
        assert_eq!(decoded.text, "é ü ö ä\u{FFFD}!");
        assert!(decoded.note.unwrap().contains("1 stretch"));
        let bytes = ["é ü ö ä".as_bytes(), b"\xC2\xC2"].concat();
        let map = check(&bytes, None, "é ü ö ä\u{FFFD}\u{FFFD}", "UTF-8");
        assert!(map.runs().iter().all(|run| run.width > 0));
    }

    #[test]
    fn noise_is_not_text() {
        assert!(is_binary(&(0..=255).collect::<Vec<u8>>()));
        assert!(!is_binary(b"Talks resumed.\r\n\tMore soon."));
        assert!(!is_binary(b""));
    }
}
