//! Escapes news text for display: characters that control a terminal, change writing direction or are invisible.

use std::fmt::Write as _;

/// Returns the text on one line, with runs of white space as one space and hidden characters as `\u{…}`.
///
/// White space at both ends is removed. [`is_hidden`] says which characters count as hidden.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_hidden(character) {
            write!(out, "\\u{{{:x}}}", u32::from(character))
                .expect("writing to a string does not fail");
        } else {
            out.push(character);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns true for control characters, characters that change writing direction, and characters without width.
///
/// Combining marks are not hidden: they are part of words in many languages.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers, Mongolian separators.
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            // Zero-width spaces and joiners, direction marks, embeddings, overrides, isolates.
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            // Shorthand and musical controls, tags.
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[test]
    fn escape_sequences_are_written_out() {
        check("a\u{1b}[31mred\u{7}", "a\\u{1b}[31mred\\u{7}");
        check("a\u{9b}31m", "a\\u{9b}31m");
        check("nul\0", "nul\\u{0}");
    }

    #[test]
    fn direction_and_zero_width_are_written_out() {
        check("pay \u{202e}evil", "pay \\u{202e}evil");
        check("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}");
    }

    #[test]
    fn words_stay_and_spaces_collapse() {
        check("  Café\n\n über\u{a0}„drei“\t", "Café über „drei“");
        check("e\u{301}", "e\u{301}");
    }
}
