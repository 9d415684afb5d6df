//! The date order of a document: day before month (*8 May*, *19/5/2021*) or month first.
//!
//! Ambiguous dates follow the clear ones: *4/6/2021* is in June in a text that also has *19/5/2021*.

use super::word::Word;
use crate::{calendar_words::Sense, reading::Reading};

/// Returns true if more dates have the day first. A text without dates has the month first.
pub(super) fn is_day_first(list: &[Word], reading: Reading<'_>) -> bool {
    written_habit(list) + numeric_habit(reading) > 0
}

/// Returns the number of dates with the day before the month (*8 May*) minus those with it after (*May 8*).
fn written_habit(list: &[Word]) -> i32 {
    let is_day = |word: &Word| {
        word.figure.is_some_and(|figure| (1..=2).contains(&figure.width) && figure.value <= 31)
    };
    let is_month = |word: &Word| matches!(word.sense, Sense::Month(_)) && word.capital;
    let mut score = 0;
    for pair in list.windows(2) {
        score += i32::from(is_day(&pair[0]) && is_month(&pair[1]));
        score -= i32::from(is_month(&pair[0]) && is_day(&pair[1]));
    }
    score
}

/// Returns the same for dates in digits that can be read only one way (*19/5/2021*, *5/19/2021*); these weigh most.
fn numeric_habit(reading: Reading<'_>) -> i32 {
    let mut score = 0;
    for token in reading.analysis.tokens() {
        let text = token.text();
        let is_date = text.len() >= 6 && text.as_bytes()[0].is_ascii_digit();
        let Some((first, rest)) = text.split_once('/').filter(|_| is_date) else { continue };
        let Some((second, year)) = rest.split_once('/') else { continue };
        let number = |text: &str| text.parse::<u8>().ok().filter(|n| (1..=31).contains(n));
        if let (Some(first), Some(second), Ok(_)) =
            (number(first), number(second), year.parse::<u16>())
        {
            score += 100
                * (i32::from(first > 12 && second <= 12) - i32::from(second > 12 && first <= 12));
        }
    }
    score
}
