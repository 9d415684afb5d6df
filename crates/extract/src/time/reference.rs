//! The present, the past and the future as such: *now*, *at this point in time*, *recently*, *the near future*.
//!
//! - fires: *Talks are now under way.*, *They will soon meet.*
//! - silent: *the future of the dam*, *the mob soon had its way*

use std::sync::LazyLock;

use super::{
    context::Context,
    direction::{self, Direction},
    found::{Found, Meaning},
    words::Words,
};
use crate::table::Table;

/// A phrase of the list.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    value: &'static str,
    /// How many first words stand outside the expression.
    skip: usize,
    /// Only a clause about the future makes it one.
    ahead: bool,
}

static PHRASES: LazyLock<Table<Phrase>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/calendar/references.tsv"), |columns| Phrase {
        value: columns[1],
        skip: columns[2].parse().expect("the column holds a number"),
        ahead: columns[3] == "ahead",
    })
});

/// Words, lowercase, behind which a phrase of one word binds a clause or belongs to a longer one.
const BINDS: [&str; 3] = ["as", "after", "enough"];

/// The longest phrase of the list that begins at a word.
pub(super) fn reference(words: &Words<'_>, _: &Context, at: usize) -> Option<Found> {
    let (phrase, end) = words.longest_phrase(&PHRASES, at)?;
    let next = words.lower(end);
    let binds = end == at + 1 && BINDS.contains(&next.as_str());
    // "the future of the dam" is no time of its own.
    let of = words.is(end - 1, "future") && next.as_str() == "of";
    let past = phrase.ahead && direction::of(words.token(at)) != Direction::Ahead;
    if is_blocked(words, at) || binds || of || past {
        return None;
    }
    Some(Found::of("reference", at + phrase.skip, end, Meaning::Reference(phrase.value)))
}

/// *up to date*, *year to date*: the list has them without a value, so that *to date* is not read in them.
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
    fn references_have_no_place() {
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
    fn silent_references() {
        silent("The future of the dam is open.");
        silent("The mob soon had its way.");
    }
}
