//! Language of a text: English or unknown, by a count of frequent words.

use std::sync::LazyLock;

use crate::table::{Lower, Table};

static FREQUENT: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/document/english.tsv"), |_| ()));

/// Number of words to sample.
const SAMPLE: usize = 300;

/// Returns `en` if at least one word in six is a frequent word of English, else `None`.
pub(super) fn read(body: &str) -> Option<&'static str> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let mut n_words = 0;
    let mut n_frequent = 0;
    for word in body.split_whitespace().take(SAMPLE) {
        let word = word.trim_matches(is_edge);
        if word.starts_with(char::is_alphabetic) {
            n_words += 1;
            n_frequent += usize::from(FREQUENT.has(Lower::of(word).as_str()));
        }
    }
    (n_frequent > 0 && n_frequent * 6 >= n_words).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_distinguished_from_related_languages() {
        assert_eq!(read("The ministers said that they had met with the envoys."), Some("en"));
        assert_eq!(read("Die Minister haben am Montag mit den Gesandten gesprochen."), None);
        assert_eq!(
            read("De ministers hebben maandag met de gezanten van het land gesproken."),
            None
        );
        assert_eq!(read("Los ministros se reunieron el lunes con los enviados."), None);
        assert_eq!(read(""), None);
    }
}
