//! Named days: *Christmas Eve*, *Labor Day*, *Eid al-Fitr*, *New Year's Day*.
//!
//! Names and rules are data (`data/en/calendar/holidays.tsv`). [`rule`] computes the days in a given year; the rest of
//! the time layer decides on the year.
//!
//! - fires: *before Christmas*, *on Presidents' Day*, *since Yom Kippur*
//! - silent: *christmas* in lowercase, *Tariq Ramadan*, *White Christmas*, *Ukraine's Independence Day* (not July 4)

mod calendars;
mod easter;
mod rule;

use std::sync::LazyLock;

use dateline_core::calendar::Place;
use dateline_nlp::Upos;
use jiff::civil::Date;

use self::rule::Rule;
use super::words::Words;
use crate::{calendar_words::Sense, table::Table};

/// Named day, or named range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holiday(Rule);

#[derive(Debug, Clone, Copy)]
struct HolidayEntry {
    holiday: Holiday,
    /// Words for the country that celebrates it; empty if all do.
    country: &'static str,
    /// In lowercase it is a common word.
    capital: bool,
}

static NAMES: LazyLock<Table<HolidayEntry>> = LazyLock::new(|| {
    Table::read(include_str!("../../../data/en/calendar/holidays.tsv"), |columns| {
        let rule = Rule::read(columns[1]).expect("every row has a valid rule");
        let (country, capital) = (columns[2], columns[3] == "capital");
        HolidayEntry { holiday: Holiday(rule), country, capital }
    })
});

/// Returns true if a listed name starts with this word.
pub(super) fn may_begin(words: &Words<'_>, at: usize) -> bool {
    let first = words.lower(at);
    !first.as_str().is_empty() && NAMES.starting_with(first.as_str()).next().is_some()
}

/// Returns the longest name that starts at a word, and the index after it.
pub(super) fn name(words: &Words<'_>, at: usize) -> Option<(Holiday, usize)> {
    let first = words.lower(at);
    let first = first.as_str();
    (!first.is_empty()).then_some(())?;
    let (row, end) = NAMES
        .starting_with(first)
        .filter_map(|(name, row)| Some((row, end_of(words, at, name)?)))
        .max_by_key(|(_, end)| *end)?;
    if row.capital && !words.at(at).capital {
        return None;
    }
    let silent = end == at + 1 && is_somebody(words, at) || is_abroad(words, at, row.country);
    (!silent).then_some((row.holiday, end))
}

impl Holiday {
    /// Returns its place in a year: the day, or the first of its days.
    pub(super) fn in_year(self, year: i16) -> Option<Place> {
        self.0.days(year).map(|(first, _)| Place::Day(first))
    }

    /// Returns the last of its days, given the first. For most holidays it is the same day.
    pub(super) fn last_from(self, first: Date) -> Option<Date> {
        self.0.days(first.year()).filter(|days| days.0 == first).map(|(_, last)| last)
    }

    /// Returns its place in an unknown year; `None` for movable days.
    pub(super) fn open(self) -> Option<Place> {
        self.0.open()
    }
}

/// Returns the index after a listed name that starts at a token. Apostrophes, hyphens and full stops do not matter:
/// *New Year's Day*, *New Years Day*, *Eid al-Fitr*.
fn end_of(words: &Words<'_>, at: usize, name: &str) -> Option<usize> {
    let mut name = name.chars().peekable();
    let mut idx = at;
    // A hyphen counts as the space before the next word.
    let mut joined = true;
    loop {
        words.holds(idx).then_some(())?;
        if words.mark(idx) == b'-' {
            (name.next()? == ' ').then_some(())?;
            joined = true;
            idx += 1;
            continue;
        }
        let text = words.token(idx).text();
        let is_suffix = text.starts_with(['\'', '’']);
        if !joined && !is_suffix {
            (name.next()? == ' ').then_some(())?;
        }
        for character in text.chars() {
            match character {
                '\'' | '’' | '.' => {}
                '-' => (name.next()? == ' ').then_some(())?,
                _ => (name.next()? == character.to_ascii_lowercase()).then_some(())?,
            }
        }
        joined = false;
        idx += 1;
        if name.peek().is_none() {
            return Some(idx);
        }
    }
}

/// Returns true for people and works named after a day, and for *Lent* as a verb: *Tariq Ramadan*, *Father
/// Christmas*, *White Christmas*.
fn is_somebody(words: &Words<'_>, at: usize) -> bool {
    if words.upos(at) == Some(Upos::Verb) {
        return true;
    }
    let word = words.before(at);
    let is_name = match at.checked_sub(1).and_then(|before| words.upos(before)) {
        Some(Upos::Propn) => true,
        // At the start of a sentence every word is capitalized.
        Some(Upos::Adj | Upos::Noun) => at > 1 && words.holds(at - 2),
        _ => false,
    };
    is_name && word.capital && word.sense == Sense::Other
}

/// Returns true if another country owns the day: *Ukraine's Independence Day*, *Israeli Independence Day*; not
/// *America's*.
fn is_abroad(words: &Words<'_>, at: usize, country: &str) -> bool {
    let is_owned = matches!(words.before_lower(at).as_str(), "'s" | "'");
    let Some(owner) = at.checked_sub(1 + usize::from(is_owned)) else { return false };
    let is_name = words.at(owner).capital
        && words.sense(owner) == Sense::Other
        && matches!(words.upos(owner), Some(Upos::Propn | Upos::Adj));
    let lower = words.lower(owner);
    is_name && !country.is_empty() && !country.split(' ').any(|word| word == lower.as_str())
}

#[cfg(test)]
mod tests {
    use dateline_nlp::{English, ReaderKind};

    use super::*;
    use crate::{read_document, reading::Reading};

    /// Returns the first name in a text, and its days in a year.
    fn found(text: &str, year: i16) -> Option<(String, String)> {
        let document = read_document(text);
        let analysis = English::new(ReaderKind::Fast).analyze(text);
        let mut words = Words::new(Reading { document: &document, analysis: &analysis });
        let n_tokens = analysis.n_tokens();
        words.enter(0, n_tokens, 0);
        let (at, (holiday, end)) = (0..n_tokens).find_map(|at| Some((at, name(&words, at)?)))?;
        let place = holiday.in_year(year).map_or(String::from("none"), |place| place.to_string());
        Some((words.span(at, end).of(text).to_owned(), place))
    }

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = found(text, 2021);
        let found = found.as_ref().map(|(name, place)| (name.as_str(), place.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_are_read_in_all_spellings() {
        check("Talks end before Christmas.", Some(("Christmas", "2021-12-25")));
        check("Talks ended on Christmas Eve.", Some(("Christmas Eve", "2021-12-24")));
        check("They met on New Year's Day.", Some(("New Year's Day", "2021-01-01")));
        check("They met on New Year’s Eve.", Some(("New Year’s Eve", "2021-12-31")));
        check("They met on Presidents' Day.", Some(("Presidents' Day", "2021-02-15")));
        check("They met on Mothers’ Day.", Some(("Mothers’ Day", "2021-05-09")));
        check("They met on Mother's Day.", Some(("Mother's Day", "2021-05-09")));
        check("They met on Eid al-Fitr.", Some(("Eid al-Fitr", "2021-05-13")));
        check("They met on St. Patrick's Day.", Some(("St. Patrick's Day", "2021-03-17")));
        check(
            "It shut on Martin Luther King Jr. Day.",
            Some(("Martin Luther King Jr. Day", "2021-01-18")),
        );
        check("Shops closed for Rosh Hashanah.", Some(("Rosh Hashanah", "2021-09-07")));
    }

    #[test]
    fn people_and_common_words_are_not_days() {
        check("We met at the thanksgiving service.", None);
        check("The scholar Tariq Ramadan spoke.", None);
        check("Children saw Father Christmas.", None);
        check("They sang \"White Christmas\" at the end.", None);
        check("Parliament met on Victory Boulevard.", None);
    }

    #[test]
    fn days_of_other_countries_are_left_alone() {
        check("Crowds marked Ukraine's Independence Day.", None);
        check("Crowds marked Independence Day.", Some(("Independence Day", "2021-07-04")));
        check(
            "Crowds marked America's Independence Day.",
            Some(("Independence Day", "2021-07-04")),
        );
        check(
            "They spoke on Canadian Thanksgiving.",
            Some(("Canadian Thanksgiving", "2021-10-11")),
        );
    }

    #[test]
    fn every_row_of_the_list_has_a_day() {
        for (name, row) in NAMES.entries() {
            let years = (2001..=2040).filter_map(|year| row.holiday.0.days(year)).count();
            assert!(years >= 10, "{name}");
        }
        let row = |name: &str| NAMES.get(name).unwrap();
        assert_eq!(row("christmas").holiday.open(), Some(Place::OpenDay(12, 25)));
        assert_eq!(row("easter").holiday.open(), None);
    }
}
