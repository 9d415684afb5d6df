//! Which language a text is in, by the three-letter runs of its words (whatlang).

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::Document;
use dateline_data::rows;

/// Bytes of a text that are looked at.
const SAMPLE: usize = 4096;

/// Two-letter codes by the three-letter ones.
static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/languages.tsv"))
        .filter_map(|row| row.columns().map(|[three, two]| (three, two)))
        .collect()
});

/// A language a text was found to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1, or ISO 639-3 where that has none.
    pub code: &'static str,
    /// Whether the text is long and plain enough to be sure.
    pub is_sure: bool,
}

/// The language of a text, by its first 4 KiB; `None` where it has no words.
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

/// The language of a document that is in another than English. Where two signs are at odds it is taken for English: a template in one
/// language is often filled in another, and short texts are guessed wrongly. Whether a text `reads_as_english` is for those to say who
/// know its words.
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
    fn languages_go_by_two_letters() {
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
