//! Spans of text in code points, as annotated files give them.

use std::ops::Range;

/// The text between two code points; clipped at the end of the text.
pub(crate) fn code_points(text: &str, range: Range<u32>) -> String {
    let length = range.end.saturating_sub(range.start);
    text.chars().skip(range.start as usize).take(length as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::code_points;

    #[test]
    fn a_code_point_may_be_several_bytes() {
        assert_eq!(code_points("Ñandú ran", 1..5), "andú");
        assert_eq!(code_points("ran", 2..9), "n");
    }
}
