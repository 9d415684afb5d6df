//! Weekdays: *Friday*, *Fri.*, and with a bare number after: *Monday 20*.
//!
//! - fires: *He said on Friday that …*
//! - silent: *Sun*, *Sat*, *the Sunday Times*

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{parts::Parts, words::Words},
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let Sense::Weekday(number) = words.sense(at) else { return None };
    let text = words.token(at).text().trim_end_matches('.');
    // "Sun", "sat", "wed", "mon" are also other words; a date beside them makes them weekdays.
    let short = text.len() <= 4;
    let dated = words.mark(at + 1) == b',' && matches!(words.sense(at + 2), Sense::Month(_))
        || matches!(words.sense(at + 1), Sense::Month(_))
        || words.at(at + 1).figure.is_some();
    let dated = dated || stance.is_behind(|parts| parts.shift.is_some());
    let doubtful = matches!(number, 1 | 3 | 6 | 7) && text.len() <= 3;
    if short && (!words.at(at).capital || doubtful) && !dated {
        return None;
    }
    let in_name = words.at(at).named && words.at(at + 1).named && words.at(at + 1).capital;
    if in_name {
        return None;
    }
    let dot = usize::from(short && words.mark(at + 1) == b'.' && words.is_split_point(at + 1));
    Some((Parts { weekday: Some(number), ..Parts::default() }, at + 1 + dot))
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn weekdays() {
        check("He said on Friday that talks had ended.", &[("Friday", "2021-05-07")]);
        check("The council will meet on Tuesday.", &[("Tuesday", "2021-05-11")]);
        check("They met on Monday 3.", &[("Monday 3", "2021-05-03")]);
        check("Friday's vote was close.", &[("Friday", "2021-05-07")]);
    }

    #[test]
    fn newspapers_and_stars_are_not_weekdays() {
        silent("The Sunday Times said so.");
        silent("The Sun rose.");
    }
}
