//! Characters of print that both readers take for those of a keyboard.

/// Replaces typographic quotes and hyphens by ASCII ones.
pub(crate) fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}
