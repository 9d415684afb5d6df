//! How many: *three*, *twenty-four*, *two and a half*, *a couple of*, *several*, *a hundred*.

use crate::calendar_words::Sense;

use super::words::{Suffix, Words};

/// A count, in thousandths; `None` where the text does not tell (*several*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count(pub(super) Option<i32>);

impl Count {
    pub(super) fn whole(number: i32) -> Self {
        Self(number.checked_mul(1000))
    }

    /// The count where it is a whole number.
    pub(super) fn as_whole(self) -> Option<i32> {
        self.0.filter(|thousandths| thousandths % 1000 == 0).map(|thousandths| thousandths / 1000)
    }
}

/// The count that begins at a word, and where it ends.
pub(super) fn count(words: &Words<'_>, at: usize) -> Option<(Count, usize)> {
    match words.sense(at) {
        Sense::Article => {
            if let Sense::Vague = words.sense(at + 1) {
                return Some((Count(None), at + 2));
            }
            if words.is(at + 1, "couple") {
                let of = usize::from(words.sense(at + 2) == Sense::Of);
                return Some((Count::whole(2), at + 2 + of));
            }
            if matches!(words.sense(at + 1), Sense::Scale(_) | Sense::Dozen | Sense::Half) {
                return count(words, at + 1);
            }
            return None;
        }
        Sense::Vague => return Some((Count(None), at + 1)),
        Sense::Dozen => return Some((Count::whole(12), at + 1)),
        Sense::Half => {
            let article = matches!(words.sense(at + 1), Sense::Article);
            return article.then_some((Count(Some(500)), at + 2));
        }
        _ => {}
    }
    let (number, mut end) = plain(words, at)?;
    let mut thousandths = number.checked_mul(1000)?;
    if let Some(figure) = words.at(at).figure {
        thousandths += figure.thousandths;
    }
    // "two and a half", "2 1/2", "2-1/2".
    if words.sense(end) == Sense::And
        && words.sense(end + 1) == Sense::Article
        && words.sense(end + 2) == Sense::Half
    {
        thousandths += 500;
        end += 3;
    } else if words.holds(end) {
        let dash = usize::from(words.mark(end) == b'-');
        if words.holds(end + dash) && matches!(words.token(end + dash).text(), "1/2" | "½") {
            thousandths += 500;
            end += dash + 1;
        }
    }
    Some((Count(Some(thousandths)), end))
}

/// A whole number in figures or words.
pub(super) fn plain(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(figure) = words.at(at).figure {
        return (figure.suffix == Suffix::None && figure.value <= 100_000)
            .then_some((figure.value, at + 1));
    }
    let (mut number, mut end) = match words.sense(at) {
        Sense::Cardinal(number) => (number, at + 1),
        Sense::Tens(tens) => {
            let dash = usize::from(words.mark(at + 1) == b'-');
            match words.sense(at + 1 + dash) {
                Sense::Cardinal(ones @ 1..=9) => (tens + ones, at + 2 + dash),
                _ => (tens, at + 1),
            }
        }
        Sense::Scale(scale) => (scale, at + 1),
        _ => return None,
    };
    while let Sense::Scale(scale) = words.sense(end) {
        number = number.checked_mul(scale)?;
        end += 1;
    }
    Some((number, end))
}

/// An ordinal, and where it ends: *third*, *20th*, *twenty-first*.
pub(super) fn ordinal(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(figure) = words.at(at).figure {
        return (figure.suffix == Suffix::Ordinal).then_some((figure.value, at + 1));
    }
    match words.sense(at) {
        Sense::Ordinal(number) => Some((number, at + 1)),
        Sense::Second => Some((2, at + 1)),
        Sense::Tens(tens) => {
            let dash = usize::from(words.mark(at + 1) == b'-');
            match ordinal_word(words.sense(at + 1 + dash)) {
                Some(ones @ 1..=9) => Some((tens + ones, at + 2 + dash)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn ordinal_word(sense: Sense) -> Option<i32> {
    match sense {
        Sense::Ordinal(number) => Some(number),
        Sense::Second => Some(2),
        _ => None,
    }
}
