//! Vague references to present, past and future: *now*, *at this point in time*, *recently*, *the near future*.
//!
//! - fires: *Talks are now under way.*, *They will soon meet.*
//! - silent: *the future of the dam*, *the mob soon had its way*

use std::sync::LazyLock;

use super::{
    candidate::{Meaning, TimeCandidate},
    context::Context,
    direction::{self, Direction},
    words::Words,
};
use crate::table::Table;

/// Phrase of the list.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    value: &'static str,
    /// Number of leading words outside the expression.
    skip: usize,
    /// It counts only in a clause about the future.
    ahead: bool,
}

static PHRASES: LazyLock<Table<Phrase>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/calendar/references.tsv"), |columns| Phrase {
        value: columns[1],
        skip: columns[2].parse().expect("the column holds a number"),
        ahead: columns[3] == "ahead",
    })
});

/// Words after which a one-word phrase introduces a clause or belongs to a longer phrase.
static BOUND_BY: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/calendar/bound-by.tsv"), |_| ()));

/// Returns the longest listed phrase that starts at a word.
pub(super) fn reference(words: &Words<'_>, _: &Context, at: usize) -> Option<TimeCandidate> {
    let (phrase, end) = words.longest_phrase(&PHRASES, at)?;
    let next = words.lower(end);
    let binds = end == at + 1 && BOUND_BY.has(next.as_str());
    // "the future of the dam" is not a time.
    let of = words.is(end - 1, "future") && next.as_str() == "of";
    let past = phrase.ahead && direction::of(words.token(at)) != Direction::Ahead;
    if is_blocked(words, at) || binds || of || past {
        return None;
    }
    Some(TimeCandidate::of("reference", at + phrase.skip, end, Meaning::Reference(phrase.value)))
}

/// Returns true inside *up to date*, *year to date*. The list has them without a value so that *to date* is not read
/// in them.
fn is_blocked(words: &Words<'_>, at: usize) -> bool {
    (at.saturating_sub(2)..=at).any(|first| {
        words
            .longest_phrase(&PHRASES, first)
            .is_some_and(|(phrase, end)| phrase.value == "-" && end > at)
    })
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn references_have_no_interval() {
        check(
            "There is no plan at this point in time.",
            &[("at this point in time", "PRESENT_REF")],
        );
        check("Talks are now under way.", &[("now", "PRESENT_REF")]);
        check("They will soon meet.", &[("soon", "FUTURE_REF")]);
        check("He was recently named.", &[("recently", "PAST_REF")]);
        check(
            "A deal is near in the foreseeable future.",
            &[("the foreseeable future", "FUTURE_REF")],
        );
    }

    #[test]
    fn phrases_that_are_not_references() {
        silent("The future of the dam is open.");
        silent("The mob soon had its way.");
    }
}
