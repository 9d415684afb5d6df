//! Line wrapping, clipping and padding, by the terminal width of each character.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Returns the width of a text, in terminal columns.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Pads a text with spaces up to a width.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{:missing$}", "")
}

/// Cuts a text to a width, with `…` for the rest.
pub(crate) fn clipped(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let kept = prefix(text, width.saturating_sub(1));
    // Cut between words, if that loses little.
    let between = kept.rfind(' ').filter(|&at| at > kept.len() / 2).unwrap_or(kept.len());
    format!("{}…", kept[..between].trim_end())
}

/// Cuts the beginning of a text to fit a width, with `…` in its place.
pub(super) fn clipped_front(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept = text.len();
    for (at, character) in text.char_indices().rev() {
        used += character.width().unwrap_or(0);
        if used > width {
            break;
        }
        if character == ' ' {
            kept = at;
        }
    }
    format!("…{}", &text[kept..])
}

/// The text in lines no wider than `width`, broken between words, and inside a word that is wider than a line.
///
/// At most `n_lines` lines; the last one ends in `…` where there was more.
pub(crate) fn wrapped(text: &str, width: usize, n_lines: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let mut word = word;
        let fits = |used: usize, word: &str| used == 0 || used + 1 + columns(word) <= width;
        if !fits(used, word) {
            lines.push(String::new());
            used = 0;
        }
        loop {
            if lines.len() > n_lines {
                lines.truncate(n_lines);
                let last = lines.last_mut().expect("at least one line is kept");
                *last = format!("{}…", prefix(last, width - 1).trim_end());
                return lines;
            }
            let line = lines.last_mut().expect("there is always a last line");
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            let mut head = prefix(word, width.saturating_sub(used));
            if head.is_empty() && !word.is_empty() {
                // A single character wider than the line is printed anyway.
                head = &word[..word.chars().next().map_or(0, char::len_utf8)];
            }
            line.push_str(head);
            used += columns(head);
            word = &word[head.len()..];
            if word.is_empty() {
                break;
            }
            lines.push(String::new());
            used = 0;
        }
    }
    lines
}

/// Returns the longest prefix no wider than `width`.
fn prefix(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += character.width().unwrap_or(0);
        if used > width {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(wrapped(text, width, 3), expected);
    }

    #[test]
    fn lines_break_between_words() {
        check("talks had stalled", 10, &["talks had", "stalled"]);
        check("", 10, &[""]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        check("a abcdefgh", 4, &["a", "abcd", "efgh"]);
    }

    #[test]
    fn wide_characters_count_for_two() {
        check("会談 会談", 4, &["会談", "会談"]);
        check("会談", 1, &["会", "談"]);
    }

    #[test]
    fn text_that_does_not_fit_is_cut_with_an_ellipsis() {
        check("one two three four five", 5, &["one", "two", "thre…"]);
        assert_eq!(clipped("one two three", 10), "one two…");
        assert_eq!(clipped("incomprehensible", 8), "incompr…");
        assert_eq!(clipped_front("one two three", 8), "… three");
    }
}
