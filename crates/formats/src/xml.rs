//! Characters of XML 1.0: those it cannot represent, and those that must be escaped.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;

/// Replacement for a character XML cannot represent.
const REPLACEMENT: char = '\u{FFFD}';

/// Replaces every character that XML 1.0 forbids by U+FFFD, keeping the number of characters.
pub(crate) fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let replaced = |character| if is_allowed(character) { character } else { REPLACEMENT };
    Cow::Owned(text.chars().map(replaced).collect())
}

/// Escapes text for element content. Carriage returns are escaped too, because readers turn them into line feeds.
pub(crate) fn content(text: &str) -> Cow<'_, str> {
    match allowed(text) {
        Cow::Borrowed(text) => partial_escape(text),
        Cow::Owned(text) => Cow::Owned(partial_escape(text.as_str()).into_owned()),
    }
}

/// Returns true for characters XML 1.0 allows: `Char` in section 2.2.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{1_0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(content(text), expected);
    }

    #[test]
    fn xml_markup_is_escaped_and_quotes_are_not() {
        check("<b>Q&A</b> \"x\"", "&lt;b&gt;Q&amp;A&lt;/b&gt; \"x\"");
        check("]]>", "]]&gt;");
        check("one\r\ntwo\tthree", "one&#13;\ntwo\tthree");
    }

    #[test]
    fn characters_xml_forbids_are_replaced_one_for_one() {
        check("a\0b\u{1b}c\u{fffe}d\u{ffff}", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
        check("\u{7f}\u{85}\u{feff}\u{1fffe}", "\u{7f}\u{85}\u{feff}\u{1fffe}");
    }
}
