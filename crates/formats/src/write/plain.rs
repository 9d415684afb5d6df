//! Text for cells of formats without quotes.

/// Returns the text for a cell without quotes: control characters become spaces, and in a list, `;` becomes a comma.
pub(super) fn plain(text: &str, in_list: bool) -> String {
    let shown = |c: char| match c {
        ';' if in_list => ',',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn separators_are_replaced() {
        assert_eq!(plain("a;b\tc\nd", true), "a,b c d");
        assert_eq!(plain("a;b", false), "a;b");
    }
}
