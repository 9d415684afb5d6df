//! People in office, by name, by surname and by country and office.

use dateline_core::codes::{Country, Sector};

use super::{
    compiled::{HEADS, LEADERS, OFFICES},
    role::Gender,
    sectors,
};

/// Term of one person in one office.
#[derive(Debug, Clone, Copy)]
pub struct Leader {
    /// Full name, or the surname if no source has more.
    pub name: &'static str,
    /// Country of the office.
    pub country: Country,
    from: &'static str,
    to: &'static str,
    is_head: bool,
    /// Office as a role noun (`prime minister`); empty if unknown.
    pub office: &'static str,
    pub(super) sectors: &'static str,
    /// Gender, if a source has it.
    pub gender: Option<Gender>,
    /// Id of the person: `Q…` (Wikidata), `reign:…` or `bioguide:…`; empty if unknown.
    pub id: &'static str,
}

impl Leader {
    /// Reads a row; a test checks that every row has a country.
    pub(super) fn at(row: usize) -> Option<Self> {
        let [name, country, from, to, kind, office, sectors, gender, id] = LEADERS.row(row);
        let known = |cell: &'static str| if cell == "-" { "" } else { cell };
        Some(Self {
            name,
            country: country.parse().ok()?,
            from,
            to,
            is_head: matches!(kind, "head" | "deputy"),
            office: known(office),
            sectors,
            gender: Gender::of(gender),
            id: known(id),
        })
    }

    /// Returns true if the office was held on a day, given as `YYYY-MM-DD`.
    pub fn is_in_office(&self, day: &str) -> bool {
        let cut = |bound: &str| day.get(..bound.len()).unwrap_or(day);
        cut(self.from) >= self.from && (self.to == "-" || cut(self.to) <= self.to)
    }

    /// Returns true if the person may be in the news for the office on a day: within ten years of the term, or at any time for
    /// a head of state or government.
    pub fn is_remembered(&self, day: &str) -> bool {
        let year = |bound: &str| bound.get(..4).and_then(|year| year.parse::<i32>().ok());
        let Some(now) = year(day) else { return true };
        let begins = year(self.from).is_none_or(|from| from <= now + REMEMBERED);
        let ends = year(self.to).is_none_or(|to| now <= to + REMEMBERED);
        self.is_head || begins && ends
    }

    /// Returns the sectors of the office, the most specific first.
    pub fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

/// Number of years before and after a term in which the person is known for the office.
const REMEMBERED: i32 = 10;

/// Returns the terms of everybody with a full name.
pub fn leaders(name: &str) -> impl Iterator<Item = Leader> {
    LEADERS.equal(name).filter_map(Leader::at)
}

/// Returns the head of state or government with a surname who is in office on a day (`YYYY-MM-DD`), in a country if one is
/// given; `None` if heads of two countries fit.
///
/// ```
/// use dateline_lexicon::names::head;
///
/// assert_eq!(head("Obama", None, "2009-01-21").unwrap().country.as_str(), "USA");
/// assert!(head("Obama", None, "2009-01-19").is_none());
/// ```
pub fn head(surname: &str, country: Option<Country>, day: &str) -> Option<Leader> {
    let mut fits = heads(surname)
        .filter(|leader| country.is_none_or(|country| leader.country == country))
        .filter(|leader| leader.is_in_office(day));
    let first = fits.next()?;
    fits.all(|other| other.country == first.country).then_some(first)
}

/// Returns the country of all heads with a surname; `None` if there are none, or they are of several countries.
pub fn country_of_head(surname: &str) -> Option<Country> {
    let mut countries = heads(surname).map(|leader| leader.country);
    let first = countries.next()?;
    countries.all(|other| other == first).then_some(first)
}

fn heads(surname: &str) -> impl Iterator<Item = Leader> {
    let surname_of = |row: usize| {
        let name = LEADERS.text(row, 0);
        name.rsplit(' ').next().unwrap_or(name)
    };
    HEADS
        .from(move |row| surname_of(row) < surname)
        .take_while(move |&row| surname_of(row) == surname)
        .filter_map(Leader::at)
}

/// Returns the holder of an office of a country on a day (`YYYY-MM-DD`): *the French president* in 2008.
///
/// The office is a role noun. On the day of a handover, the successor holds it.
pub fn office(country: Country, office: &str, day: &str) -> Option<Leader> {
    let office = if office == "premier" { "prime minister" } else { office };
    let key = (country.as_str(), office);
    let key_of = |row: usize| (LEADERS.text(row, 1), LEADERS.text(row, 5));
    OFFICES
        .from(|row| key_of(row) < key)
        .take_while(|&row| key_of(row) == key)
        .filter_map(Leader::at)
        .filter(|leader| leader.is_in_office(day))
        .max_by_key(|leader| (leader.is_head, leader.from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_held_only_during_its_term() {
        let held = |surname, day| head(surname, None, day).map(|leader| leader.country.to_string());
        assert_eq!(held("Merkel", "2015-06-01").as_deref(), Some("DEU"));
        assert_eq!(held("Merkel", "2024-06-01"), None);
        assert_eq!(held("Obama", "2009-01-19"), None);
        assert_eq!(held("Obama", "2009-01-21").as_deref(), Some("USA"));
    }

    #[test]
    fn ministers_are_forgotten_and_heads_are_not() {
        let remembered = |name, day| leaders(name).any(|leader| leader.is_remembered(day));
        assert!(remembered("A. K. Antony", "2013-01-01"));
        assert!(!remembered("A. K. Antony", "2030-01-01"));
        assert!(remembered("Jacques Chirac", "2024-01-01"));
    }

    #[test]
    fn an_office_of_a_country_has_one_holder_on_a_day() {
        let check = |country: &str, noun: &str, expected: &[&str]| {
            let days = ["1995-10-01", "2008-10-01", "2014-10-01", "2021-03-01", "2025-10-01"];
            for (day, surname) in days.iter().zip(expected) {
                let holder = office(country.parse().unwrap(), noun, day);
                let name = holder.map_or("nobody", |holder| holder.name);
                assert!(name.ends_with(surname), "{noun} of {country} on {day}: {name}");
            }
        };
        check("USA", "president", &["Clinton", "Bush", "Obama", "Biden", "Trump"]);
        check("GBR", "prime minister", &["Major", "Brown", "Cameron", "Johnson", "Starmer"]);
        check("FRA", "president", &["Chirac", "Sarkozy", "Hollande", "Macron", "Macron"]);
        check("FRA", "premier", &["Juppe", "Fillon", "Valls", "Castex", "Lecornu"]);
        check("RUS", "president", &["Yeltsin", "Medvedev", "Putin", "Putin", "Putin"]);
        check("RUS", "prime minister", &["Chernomyrdin", "Putin", "Medvedev", "Mishustin"]);
        check("DEU", "chancellor", &["Kohl", "Merkel", "Merkel", "Merkel", "Merz"]);
    }
}
