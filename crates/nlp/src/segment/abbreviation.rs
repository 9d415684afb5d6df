//! Full stops that belong to the word before them: abbreviations, initials, acronyms.
//!
//! - kept: *Dr. Ito*, *Sept. 5*, *No. 10*, *J. Smith*, *U.S.*, *Inc.*, *in Jackson, Miss., police*
//! - split: *I said no.*, *the sun.*, *He sat. She left.*

use std::sync::LazyLock;

use dateline_data::Table;

use super::{
    Lower,
    chunk::Chunk,
    kind::{Abbreviation, Kind},
};

/// Context of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    /// Kind of the token before it.
    pub(super) before: Option<Kind>,
    /// True if that token is a capitalized word.
    pub(super) after_name: bool,
    /// Next character after the full stop and any white space, in the same paragraph.
    pub(super) after: Option<char>,
    /// True if that character follows directly.
    pub(super) glued: bool,
}

/// Returns the kind of abbreviation that a word and the full stop after it form, if any.
pub(super) fn with_stop(
    chunk: &Chunk,
    from: usize,
    to: usize,
    around: Around,
) -> Option<Abbreviation> {
    /// Kind, and true for a form that is also the title of a person.
    static ABBREVIATIONS: LazyLock<Table<(Abbreviation, bool)>> = LazyLock::new(|| {
        Table::read(
            include_str!("../../data/en/segment/abbreviations.tsv"),
            |columns| match columns[1] {
                "title" => (Abbreviation::Title, false),
                "month" => (Abbreviation::Month, false),
                "day" => (Abbreviation::Day, false),
                "number" => (Abbreviation::Number, false),
                "number-title" => (Abbreviation::Number, true),
                "unit" => (Abbreviation::Unit, false),
                "state" => (Abbreviation::State, false),
                "state-title" => (Abbreviation::State, true),
                "middle" => (Abbreviation::Middle, false),
                "time" => (Abbreviation::Time, false),
                _ => (Abbreviation::End, false),
            },
        )
    });
    if to - from > 16 {
        return None;
    }
    let first = chunk.at(from);
    let is_upper = first.is_uppercase();
    if to == from + 1 && is_upper {
        let follows_initial = around.before == Some(Kind::Abbreviation(Abbreviation::Initial));
        let name_follows = around.after.is_some_and(|c| {
            c.is_uppercase() || matches!(c, ',' | '-') || follows_initial && c.is_ascii_digit()
        });
        let is_pronoun = first == 'I' && !follows_initial && !around.after_name;
        return (name_follows && !is_pronoun).then_some(Abbreviation::Initial);
    }
    let digit_follows = around.after.is_some_and(|c| c.is_ascii_digit());
    // *N°. 10*
    if digit_follows && to == from + 2 && matches!(chunk.at(from + 1), '°' | 'º') {
        return Some(Abbreviation::Number);
    }
    let lower = Lower::of_chars(chunk.chars(from, to));
    let has_stops = lower.as_str().contains('.');
    let Some((kind, is_title)) = ABBREVIATIONS.get(lower.as_str()) else {
        let is_acronym = has_stops
            && first.is_alphabetic()
            && lower.as_str().split('.').all(|part| {
                (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
            });
        return is_acronym.then_some(Abbreviation::Acronym);
    };
    let all_upper = || chunk.chars(from, to).all(char::is_uppercase);
    let goes_on =
        around.after.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')' | '-'));
    let holds = match kind {
        Abbreviation::Title | Abbreviation::Month => is_upper,
        Abbreviation::Day => is_upper && (digit_follows || goes_on),
        Abbreviation::Number => digit_follows,
        Abbreviation::Unit => around.before == Some(Kind::Number) && goes_on,
        Abbreviation::State => {
            is_upper
                && !all_upper()
                && (around.before == Some(Kind::Comma) || around.glued && around.after == Some(','))
        }
        Abbreviation::Middle => has_stops || !all_upper(),
        _ => has_stops || is_upper || lower.as_str() == "etc",
    };
    // *Sec. 5*, but *Sec. Ito*; *in Dover, Del.*, but *met Del. Ito*.
    let name_follows = || !around.glued && around.after.is_some_and(char::is_uppercase);
    if is_title && !holds && is_upper && name_follows() {
        return Some(Abbreviation::Title);
    }
    holds.then_some(kind)
}
