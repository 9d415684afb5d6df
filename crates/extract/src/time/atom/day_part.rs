//! Parts of the day: *Friday morning*, *in the evening*, *late-night Tuesday*.
//!
//! - fires: *on Tuesday evening*, *in the morning of May 5*, *this afternoon*
//! - silent: *a night of violence*, *morning newspapers*

use dateline_core::calendar::DayPart;

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let with = |part: DayPart, end| Some((Parts { part: Some(part), ..Parts::default() }, end));
    let the = usize::from(words.sense(at) == Sense::The);
    let (portion, word) = portioned(words, at + the);
    // "Feb. 5 AM"
    if let (Sense::Meridiem(half), Stance::Behind(_)) = (words.sense(at), stance)
        && words.at(at).capital
    {
        let part = if half == 0 { DayPart::Morning } else { DayPart::Afternoon };
        return with(part, at + 1);
    }
    let Sense::Part(part) = words.sense(word) else { return None };
    let plural = words.token(word).text().ends_with('s');
    let found = with(part, word + 1);
    match stance {
        Stance::Behind(_) => (!plural || the == 1 || portion).then_some(())?,
        Stance::Alone => {
            // "in the morning" is this morning; "the morning of May 5" needs its day.
            let in_the =
                the == 1 && (words.before(at).sense == Sense::In || words.is_before(at, "during"));
            let dated = words.sense(word + 1) == Sense::Of && dated(words, word + 2)
                || matches!(words.sense(word + 1), Sense::Weekday(_) | Sense::Day(_))
                || words.sense(word + 1) == Sense::On
                    && matches!(words.sense(word + 2), Sense::Weekday(_));
            let of = words.sense(word + 1) == Sense::Of && !dated;
            if plural && !portion || of || !(in_the || dated) {
                return None;
            }
        }
    }
    found
}

/// Reads *late-* before a part of the day.
fn portioned(words: &Words<'_>, at: usize) -> (bool, usize) {
    if !matches!(words.sense(at), Sense::Portion(_)) {
        return (false, at);
    }
    let next = at + 1 + usize::from(words.mark(at + 1) == b'-');
    if matches!(words.sense(next), Sense::Part(_)) { (true, next) } else { (false, at) }
}

fn dated(words: &Words<'_>, at: usize) -> bool {
    let the = usize::from(words.sense(at) == Sense::The);
    matches!(
        words.sense(at + the),
        Sense::Month(_)
            | Sense::Weekday(_)
            | Sense::Shift(_)
            | Sense::Day(_)
            | Sense::Relative(_)
            | Sense::That
    ) || words.at(at + the).figure.is_some()
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn parts_of_the_day() {
        check("They met on Tuesday evening.", &[("Tuesday evening", "2021-05-04TEV")]);
        check("It fell in the morning of May 5.", &[("the morning of May 5", "2021-05-05TMO")]);
        check("They left this afternoon.", &[("this afternoon", "2021-05-08TAF")]);
        check("He spoke last night.", &[("last night", "2021-05-07TNI")]);
        check("Late Friday night they left.", &[("Late Friday night", "2021-05-07TNI End")]);
    }

    #[test]
    fn nights_that_are_not_times_of_day() {
        silent("It was a night of violence.");
        silent("Morning newspapers told of it.");
    }
}
