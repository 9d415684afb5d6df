//! Language identification by letter trigrams (whatlang).

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::Document;
use dateline_data::rows;

/// Number of bytes examined.
const SAMPLE: usize = 4096;

/// ISO 639-1 codes by ISO 639-3 code.
static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/languages.tsv"))
        .filter_map(|row| row.columns().map(|[three, two]| (three, two)))
        .collect()
});

/// Language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code, or ISO 639-3 if there is none.
    pub code: &'static str,
    /// Whether the text is long and clear enough for a reliable result.
    pub is_sure: bool,
}

/// Identifies the language of a text by its first 4 KiB, or returns `None` if it has no words.
///
/// ```
/// let found = dateline_formats::read::language("Die Minister haben am Montag lange mit den Gesandten gesprochen.");
/// assert_eq!(found.map(|language| language.code), Some("de"));
/// ```
pub fn language(text: &str) -> Option<Language> {
    let end = text.floor_char_boundary(SAMPLE);
    let found = whatlang::detect(&text[..end])?;
    let long = found.lang().code();
    Some(Language { code: CODES.get(long).copied().unwrap_or(long), is_sure: found.is_reliable() })
}

/// Returns the language of a document that is not in English.
///
/// If the evidence conflicts, the document counts as English: templates declare wrong languages, and short texts are misjudged. The
/// caller decides if a text `reads_as_english`, because this crate knows no English words.
pub fn foreign(document: &Document, reads_as_english: impl Fn(&str) -> bool) -> Option<String> {
    if reads_as_english(&document.text) {
        return None;
    }
    let stated = document.language.as_deref().filter(|code| *code != "en");
    let detected = || {
        let found = language(&document.text)?;
        (found.is_sure && found.code != "en").then_some(found.code)
    };
    stated.or_else(detected).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_two_letter_codes() {
        let code = |text: &str| language(text).map(|language| (language.code, language.is_sure));
        let english = "The foreign ministers of both countries will meet in the capital on Friday to talk about the border.";
        assert_eq!(code(english), Some(("en", true)));
        let russian = "Министры иностранных дел встретились в пятницу в столице и говорили о границе между странами.";
        assert_eq!(code(russian), Some(("ru", true)));
        assert_eq!(code("12 345"), None);
        for lang in whatlang::Lang::all() {
            assert!(CODES.contains_key(lang.code()), "{lang}");
        }
    }
}
