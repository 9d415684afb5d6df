//! Counts and ordinals: *three*, *twenty-four*, *two and a half*, *a couple of*, *several*, *a hundred*, *third*.

use dateline_core::calendar::Count;

use super::{figure::Suffix, words::Words};
use crate::calendar_words::Sense;

/// Returns the count that starts at a word, and the index after it.
pub(super) fn count(words: &Words<'_>, at: usize) -> Option<(Count, usize)> {
    match words.sense(at) {
        Sense::Article => {
            return match words.sense(at + 1) {
                Sense::Vague => Some((Count::Unknown, at + 2)),
                Sense::Couple | Sense::Scale(_) | Sense::Dozen | Sense::Half => {
                    count(words, at + 1)
                }
                _ => None,
            };
        }
        Sense::Couple => {
            let of = usize::from(words.sense(at + 1) == Sense::Of);
            return Some((Count::whole(2), at + 1 + of));
        }
        Sense::Vague => {
            // "hundreds of", "some thirty"
            let of = usize::from(words.sense(at + 1) == Sense::Of);
            return Some((Count::Unknown, at + 1 + of));
        }
        Sense::Dozen => return Some((Count::whole(12), at + 1)),
        // "half a dozen", "half-dozen", "half-a-dozen"
        Sense::Half if let Some(dozen) = dozen_behind(words, at) => {
            return Some((Count::whole(6), dozen + 1));
        }
        Sense::Half => {
            let article = matches!(words.sense(at + 1), Sense::Article);
            return article.then_some((Count::Thousandths(500), at + 2));
        }
        _ => {}
    }
    let (number, mut end) = plain(words, at)?;
    let mut thousandths = u64::try_from(number).ok()? * 1000;
    if let Some(figure) = words.at(at).figure {
        thousandths += u64::try_from(figure.thousandths).ok()?;
    }
    // "two and a half", "two and half", "2 1/2", "2-1/2".
    if words.sense(end) == Sense::And {
        let article = usize::from(words.sense(end + 1) == Sense::Article);
        if words.sense(end + 1 + article) == Sense::Half {
            thousandths += 500;
            end += 2 + article;
        }
    } else if words.holds(end) {
        let dash = usize::from(words.mark(end) == b'-');
        if words.holds(end + dash) && matches!(words.token(end + dash).text(), "1/2" | "½") {
            thousandths += 500;
            end += dash + 1;
        }
    }
    Some((Count::Thousandths(thousandths), end))
}

/// Returns the index after the *dozen* that follows *half*.
fn dozen_behind(words: &Words<'_>, half: usize) -> Option<usize> {
    let dash = |at: usize| at + usize::from(words.mark(at) == b'-');
    let next = dash(half + 1);
    let dozen = if words.sense(next) == Sense::Article { dash(next + 1) } else { next };
    (words.sense(dozen) == Sense::Dozen).then_some(dozen)
}

/// Returns the whole number, in digits or words, that starts at a word, and the index after it.
pub(super) fn plain(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(figure) = words.at(at).figure {
        return (figure.suffix == Suffix::None && figure.value <= 100_000)
            .then_some((figure.value, at + 1));
    }
    let (mut number, mut end) = below_hundred(words, at).or(match words.sense(at) {
        Sense::Scale(scale) => Some((scale, at + 1)),
        _ => None,
    })?;
    // "one thousand seven hundred and eighty-nine"
    let mut total = 0_i32;
    while let Sense::Scale(scale) = words.sense(end) {
        number = number.checked_mul(scale)?;
        end += 1;
        let and = usize::from(words.sense(end) == Sense::And);
        let Some((next, after)) = below_hundred(words, end + and) else { break };
        if and == 1 && next >= scale || scale < 100 {
            break;
        }
        if let Sense::Scale(inner) = words.sense(after)
            && inner < scale
        {
            total = total.checked_add(number)?;
            (number, end) = (next, after);
            continue;
        }
        total = total.checked_add(number)?;
        return Some((total.checked_add(next)?, after));
    }
    Some((total.checked_add(number)?, end))
}

fn below_hundred(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    match words.sense(at) {
        Sense::Cardinal(number) => Some((number, at + 1)),
        Sense::Tens(tens) => {
            let dash = usize::from(words.mark(at + 1) == b'-');
            match words.sense(at + 1 + dash) {
                Sense::Cardinal(ones @ 1..=9) => Some((tens + ones, at + 2 + dash)),
                _ => Some((tens, at + 1)),
            }
        }
        _ => None,
    }
}

/// Returns the ordinal that starts at a word, and the index after it: *third*, *20th*, *twenty-first*.
pub(super) fn ordinal(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(figure) = words.at(at).figure {
        return (figure.suffix == Suffix::Ordinal).then_some((figure.value, at + 1));
    }
    match words.sense(at) {
        Sense::Tens(tens) => {
            let dash = usize::from(words.mark(at + 1) == b'-');
            match ordinal_word(words.sense(at + 1 + dash)) {
                Some(ones @ 1..=9) => Some((tens + ones, at + 2 + dash)),
                _ => None,
            }
        }
        sense => Some((ordinal_word(sense)?, at + 1)),
    }
}

fn ordinal_word(sense: Sense) -> Option<i32> {
    match sense {
        Sense::Ordinal(number) => Some(number),
        Sense::Second => Some(2),
        _ => None,
    }
}
