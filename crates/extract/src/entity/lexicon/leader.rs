//! Who held which office of which country on which day.

use dateline_core::codes::{Country, Sector};

use super::{
    compiled::{HEADS, LEADERS, OFFICES},
    role::Gender,
    sectors,
};

/// Somebody in office from one day to another, or from one month or year to another.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) struct Leader {
    /// In full, or the surname where no source has more.
    pub(in crate::entity) name: &'static str,
    pub(in crate::entity) country: Country,
    from: &'static str,
    to: &'static str,
    is_head: bool,
    /// Role noun; empty where no source tells it.
    pub(in crate::entity) office: &'static str,
    pub(super) sectors: &'static str,
    pub(in crate::entity) gender: Option<Gender>,
    /// `Q…` (Wikidata), `reign:…` or `bioguide:…`; empty where no source has one.
    pub(in crate::entity) id: &'static str,
}

impl Leader {
    /// `None` if the row has no code of a country, which the tests see.
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

    /// Whether the office was held on a day, written as ISO 8601 has it.
    pub(in crate::entity) fn is_in_office(&self, day: &str) -> bool {
        let cut = |bound: &str| day.get(..bound.len()).unwrap_or(day);
        cut(self.from) >= self.from && (self.to == "-" || cut(self.to) <= self.to)
    }

    /// Whether a day lies so near to the term that the person may be in the news for it; heads stay known.
    pub(in crate::entity) fn is_remembered(&self, day: &str) -> bool {
        let year = |bound: &str| bound.get(..4).and_then(|year| year.parse::<i32>().ok());
        let Some(now) = year(day) else { return true };
        let begins = year(self.from).is_none_or(|from| from <= now + REMEMBERED);
        let ends = year(self.to).is_none_or(|to| now <= to + REMEMBERED);
        self.is_head || begins && ends
    }

    pub(in crate::entity) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

/// Years in which somebody is still, or already, known for an office.
const REMEMBERED: i32 = 10;

/// The offices of everybody of a full name.
pub(in crate::entity) fn leaders(name: &str) -> impl Iterator<Item = Leader> {
    LEADERS.equal(name).filter_map(Leader::at)
}

/// The one head of state or government with a surname who is in office on a day; in a country, if one is given.
pub(in crate::entity) fn head(
    surname: &str,
    country: Option<Country>,
    day: &str,
) -> Option<Leader> {
    let mut fits = heads(surname)
        .filter(|leader| country.is_none_or(|country| leader.country == country))
        .filter(|leader| leader.is_in_office(day));
    let first = fits.next()?;
    fits.all(|other| other.country == first.country).then_some(first)
}

/// The only country that ever had a head with a surname.
pub(in crate::entity) fn country_of_head(surname: &str) -> Option<Country> {
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

/// Who held an office of a country on a day: *the French president* in 2008. The office is a role noun. On the day of a
/// handover it is the one who came.
pub(in crate::entity) fn office(country: Country, office: &str, day: &str) -> Option<Leader> {
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
    fn an_office_is_held_on_its_days_alone() {
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
    fn an_office_of_a_country_has_its_holder_of_the_day() {
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
