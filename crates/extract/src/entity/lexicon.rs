//! What the world calls its actors and places: countries, cities, bodies, roles and given names, from `data/lexicon`.
//!
//! All tables are sorted text, compiled in and found by binary search on their first word. Names are matched as written,
//! roles in lowercase and singular.

use std::borrow::Cow;

use dateline_core::codes::{Country, Sector};

use super::Own;
use crate::{actors::Actors, table::entries};

/// All tables of the layer.
#[derive(Debug)]
pub(crate) struct Lexicon {
    names: Vec<Named>,
    roles: Vec<Role>,
    given: Vec<(&'static str, Gender)>,
    leaders: Vec<Leader>,
    /// Surnames of heads of state and government, sorted, with their rows among the leaders.
    heads: Vec<(&'static str, usize)>,
    /// What the user knows better.
    own: Own,
    /// Offices of countries, sorted, with their rows among the leaders.
    offices: Vec<(Country, &'static str, usize)>,
}

/// Somebody in office from one day to another, or from one month or year to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leader {
    /// In full, or the surname where no source has more.
    pub(super) name: &'static str,
    pub(super) country: Country,
    from: &'static str,
    to: &'static str,
    is_head: bool,
    /// Role noun; empty where no source tells it.
    pub(super) office: &'static str,
    sectors: &'static str,
    pub(super) gender: Option<Gender>,
    /// `Q…` (Wikidata), `reign:…` or `bioguide:…`; empty where no source has one.
    pub(super) id: &'static str,
}

impl Leader {
    /// Whether the office was held on a day, written as ISO 8601 has it.
    pub(super) fn is_in_office(&self, day: &str) -> bool {
        let cut = |bound: &str| day.get(..bound.len()).unwrap_or(day);
        cut(self.from) >= self.from && (self.to == "-" || cut(self.to) <= self.to)
    }

    pub(super) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

/// A name the lexicon knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) sense: Sense,
    pub(super) country: Option<Country>,
    /// PLOVER's code in a country's place.
    pub(super) international: Option<&'static str>,
    sectors: &'static str,
    /// Shared by all spellings of one thing; empty where there is one spelling.
    pub(super) shared: &'static str,
}

/// What sort of thing a name of the lexicon names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sense {
    Country,
    Demonym,
    Capital,
    Region,
    City,
    /// Larger than a country.
    Area,
    /// A building that stands for a government.
    Seat,
    Body,
    /// A body spoken of as its members: *the Houthis*.
    People,
    /// Body of no country.
    International,
}

/// A noun for people or bodies that act.
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) noun: Cow<'static, str>,
    sectors: Cow<'static, str>,
    pub(super) usage: Usage,
    pub(super) gender: Option<Gender>,
}

/// How a role noun is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    /// Names an office, alone or before a name: *president*.
    Office,
    /// Names a person only beside a name or behind a country: *leader*.
    Title,
    /// Stands before names alone: *Mr.*
    Honorific,
    /// Any other person: *reporter*.
    Person,
    /// Works for the body or person before it: *aide*.
    Relative,
    /// Stands against the body or person before it: *critic*.
    Opponent,
    /// Holds the same office elsewhere: *counterpart*.
    Counterpart,
    /// Means people in the plural alone: *forces*.
    Plural,
    /// A body: *ministry*.
    Body,
}

/// Of a person, as pronouns have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Named {
    pub(super) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

impl Role {
    pub(super) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(&self.sectors)
    }

    /// The noun, where it is one of the lexicon's.
    pub(super) fn office(&self) -> Option<&'static str> {
        if let Cow::Borrowed(noun) = self.noun { Some(noun) } else { None }
    }

    pub(super) fn with_sectors(self, sectors: String) -> Self {
        Self { sectors: Cow::Owned(sectors), ..self }
    }
}

fn sectors(list: &str) -> impl Iterator<Item = Sector> {
    list.split(' ').filter_map(|code| code.parse().ok())
}

impl Lexicon {
    /// Reads the compiled-in tables.
    pub(crate) fn new() -> Self {
        let mut names: Vec<Named> = countries().chain(bodies()).chain(cities()).collect();
        // Stable: of two tables with one name, the first keeps it.
        names.sort_by_key(|named| named.name);
        names.dedup_by_key(|named| named.name);
        let given = rows(include_str!("../../data/lexicon/given-names.tsv"))
            .map(|[name, gender, ..]: [&str; 3]| (name, gender_of(gender)))
            .filter_map(|(name, gender)| Some((name, gender?)))
            .collect();
        let leaders: Vec<Leader> = leaders().collect();
        let surname = |leader: &Leader| leader.name.rsplit(' ').next().unwrap_or(leader.name);
        let mut heads: Vec<(&str, usize)> = leaders
            .iter()
            .enumerate()
            .filter(|(_, leader)| leader.is_head)
            .map(|(at, leader)| (surname(leader), at))
            .collect();
        heads.sort_unstable();
        let mut offices: Vec<(Country, &str, usize)> = leaders
            .iter()
            .enumerate()
            .filter(|(_, leader)| !leader.office.is_empty() && leader.name.contains(' '))
            .map(|(at, leader)| (leader.country, leader.office, at))
            .collect();
        offices.sort_unstable();
        Self {
            names,
            roles: roles().collect(),
            given,
            leaders,
            heads,
            offices,
            own: Own::default(),
        }
    }

    /// Asks the user's list first, from now on.
    pub(crate) fn with_own(mut self, actors: Actors) -> Self {
        self.own = Own::new(actors, &self);
        self
    }

    /// The user's list.
    pub(super) fn own(&self) -> &Own {
        &self.own
    }

    /// What is known of a noun; of one that is not known, that it is a person's.
    pub(super) fn role_of(&self, noun: &str) -> Role {
        let known = self.roles.binary_search_by(|role| (*role.noun).cmp(noun)).ok();
        known.map_or_else(
            || Role {
                noun: Cow::Owned(noun.to_owned()),
                sectors: Cow::Borrowed(""),
                usage: Usage::Person,
                gender: None,
            },
            |at| self.roles[at].clone(),
        )
    }

    /// The longest known name that starts with a word and goes on as the text does; with how many bytes of text it takes.
    pub(super) fn name_at(&self, first: &str, text: &str) -> Option<(&Named, usize)> {
        longest(
            &self.names,
            first,
            |named| named.name,
            |named| match_length(text, named.name, false),
        )
    }

    /// The longest known role that starts with a word, read without regard to case and number, with the bytes it takes.
    pub(super) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        let mut lower = [0; LONGEST];
        let first = lowercase(first, &mut lower)?;
        let found = |first: &str| {
            longest(
                &self.roles,
                first,
                |role| &role.noun,
                |role| match_length(text, &role.noun, true),
            )
        };
        found(first).or_else(|| {
            // The plural of a one-word role: the word itself is not in the table.
            let mut singular = [0; LONGEST + 1];
            let singular = singular_of(first, &mut singular)?;
            let at = self.roles.binary_search_by(|role| (*role.noun).cmp(singular)).ok()?;
            Some((&self.roles[at], first.len()))
        })
    }

    /// The offices of everybody of a full name.
    pub(super) fn leaders(&self, name: &str) -> &[Leader] {
        let from = self.leaders.partition_point(|leader| leader.name < name);
        let to = self.leaders.partition_point(|leader| leader.name <= name);
        &self.leaders[from..to]
    }

    /// The one head of state or government with a surname who is in office on a day; in a country, if one is given.
    pub(super) fn head(
        &self,
        surname: &str,
        country: Option<Country>,
        day: &str,
    ) -> Option<Leader> {
        let from = self.heads.partition_point(|row| row.0 < surname);
        let mut fits = self.heads[from..]
            .iter()
            .take_while(|row| row.0 == surname)
            .map(|row| self.leaders[row.1])
            .filter(|leader| country.is_none_or(|country| leader.country == country))
            .filter(|leader| leader.is_in_office(day));
        let first = fits.next()?;
        fits.all(|other| other.country == first.country).then_some(first)
    }

    /// The only country that ever had a head with a surname.
    pub(super) fn country_of_head(&self, surname: &str) -> Option<Country> {
        let from = self.heads.partition_point(|row| row.0 < surname);
        let mut countries = self.heads[from..]
            .iter()
            .take_while(|row| row.0 == surname)
            .map(|row| self.leaders[row.1].country);
        let first = countries.next()?;
        countries.all(|other| other == first).then_some(first)
    }

    /// Who held an office of a country on a day: *the French president* in 2008. The office is a role noun. On the day
    /// of a handover it is the one who came.
    pub(super) fn office(&self, country: Country, office: &str, day: &str) -> Option<Leader> {
        let office = if office == "premier" { "prime minister" } else { office };
        let from = self.offices.partition_point(|row| (row.0, row.1) < (country, office));
        self.offices[from..]
            .iter()
            .take_while(|row| (row.0, row.1) == (country, office))
            .map(|row| self.leaders[row.2])
            .filter(|leader| leader.is_in_office(day))
            .max_by_key(|leader| (leader.is_head, leader.from))
    }

    /// The gender of those who bear a given name, where one is usual.
    pub(super) fn gender(&self, given: &str) -> Option<Gender> {
        let at = self.given.binary_search_by(|row| row.0.cmp(given)).ok()?;
        Some(self.given[at].1)
    }
}

/// Longer words are in no table.
const LONGEST: usize = 24;

/// A word in lowercase, on the stack.
fn lowercase<'b>(word: &str, into: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = into.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

/// A plural without its ending.
fn singular_of<'b>(word: &str, into: &'b mut [u8; LONGEST + 1]) -> Option<&'b str> {
    let (stem, ending) = if let Some(stem) = word.strip_suffix("ies") {
        (stem, "y")
    } else if let Some(stem) = word.strip_suffix("men") {
        (stem, "man")
    } else if let Some(stem) = word.strip_suffix("ren") {
        (stem, "")
    } else if let Some(stem) = word.strip_suffix("sses") {
        (stem, "ss")
    } else {
        (word.strip_suffix('s')?, "")
    };
    let whole = into.get_mut(..stem.len() + ending.len())?;
    whole[..stem.len()].copy_from_slice(stem.as_bytes());
    whole[stem.len()..].copy_from_slice(ending.as_bytes());
    std::str::from_utf8(whole).ok()
}

/// The entry of a sorted table that starts with a word and takes most of the text.
fn longest<'t, T>(
    table: &'t [T],
    first: &str,
    key: impl Fn(&T) -> &str,
    length: impl Fn(&T) -> Option<usize>,
) -> Option<(&'t T, usize)> {
    let from = table.partition_point(|entry| key(entry) < first);
    table[from..]
        .iter()
        .take_while(|entry| {
            let rest = key(entry).strip_prefix(first);
            // All that may follow a word sorts before letters and digits.
            rest.is_some_and(|rest| rest.bytes().next().is_none_or(|byte| byte < b'0'))
        })
        .filter_map(|entry| Some((entry, length(entry)?)))
        .max_by_key(|found| found.1)
}

/// How many bytes of the start of a text read as a phrase and end where a word ends; any run of blanks is one.
fn match_length(text: &str, phrase: &str, folded: bool) -> Option<usize> {
    let mut rest = text;
    for (number, word) in phrase.split(' ').enumerate() {
        if number > 0 {
            let trimmed = rest.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}']);
            // Blanks between words of a name are few; a desert of them is no name.
            if trimmed.len() == rest.len() || rest.len() - trimmed.len() > 8 {
                return None;
            }
            rest = trimmed;
        }
        let (head, tail) = rest.split_at_checked(word.len())?;
        if !(head == word || folded && head.eq_ignore_ascii_case(word)) {
            return None;
        }
        rest = tail;
    }
    // A plural: *prime ministers*.
    if folded && let Some(tail) = rest.strip_prefix('s') {
        rest = tail;
    }
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then(|| text.len() - rest.len())
}

/// The rows of a table with `N` columns.
fn rows<const N: usize>(tsv: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    entries(tsv).filter_map(|line| {
        let mut columns = [""; N];
        let mut cells = line.split('\t');
        for column in &mut columns {
            *column = cells.next()?;
        }
        Some(columns)
    })
}

fn countries() -> impl Iterator<Item = Named> {
    let table = include_str!("../../data/lexicon/countries.tsv");
    rows(table).map(|[name, country, sense, _]: [&str; 4]| {
        let (sense, sectors) = match sense {
            "demonym" => (Sense::Demonym, ""),
            "capital" => (Sense::Capital, "GOV"),
            "region" => (Sense::Region, ""),
            "city" => (Sense::City, ""),
            "seat" => (Sense::Seat, "GOV"),
            _ => (Sense::Country, ""),
        };
        Named {
            name,
            sense,
            country: country.parse().ok(),
            international: None,
            sectors,
            shared: "",
        }
    })
}

fn cities() -> impl Iterator<Item = Named> {
    let table = include_str!("../../data/lexicon/cities.tsv");
    rows(table).map(|[name, country, _]: [&str; 3]| Named {
        name,
        sense: Sense::City,
        country: country.parse().ok(),
        international: None,
        sectors: "",
        shared: "",
    })
}

fn bodies() -> impl Iterator<Item = Named> {
    let table = include_str!("../../data/lexicon/bodies.tsv");
    rows(table).map(|[name, code, sectors, kind, shared, _]: [&str; 6]| {
        let sense = match kind {
            "seat" => Sense::Seat,
            "people" => Sense::People,
            "body" => Sense::Body,
            "area" => Sense::Area,
            _ => Sense::International,
        };
        let is_igo = kind == "igo";
        Named {
            name,
            sense,
            country: if is_igo { None } else { code.parse().ok() },
            international: is_igo.then_some(code),
            sectors,
            shared: if shared == "-" { "" } else { shared },
        }
    })
}

fn roles() -> impl Iterator<Item = Role> {
    let table = include_str!("../../data/lexicon/roles.tsv");
    rows(table).map(|[noun, sectors, usage, gender, _]: [&str; 5]| {
        let usage = match usage {
            "m" => Usage::Office,
            "t" => Usage::Title,
            "h" => Usage::Honorific,
            "r" => Usage::Relative,
            "p" => Usage::Opponent,
            "c" => Usage::Counterpart,
            "g" => Usage::Plural,
            "b" => Usage::Body,
            _ => Usage::Person,
        };
        Role { noun: noun.into(), sectors: sectors.into(), usage, gender: gender_of(gender) }
    })
}

fn leaders() -> impl Iterator<Item = Leader> {
    let table = include_str!("../../data/lexicon/leaders.tsv");
    rows(table).filter_map(|row: [&str; 10]| {
        let [name, country, from, to, kind, office, sectors, gender, id, _] = row;
        let known = |cell: &'static str| if cell == "-" { "" } else { cell };
        Some(Leader {
            name,
            country: country.parse().ok()?,
            from,
            to,
            is_head: matches!(kind, "head" | "deputy"),
            office: known(office),
            sectors,
            gender: gender_of(gender),
            id: known(id),
        })
    })
}

fn gender_of(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<(&'static str, usize)> {
        let lexicon = Lexicon::new();
        let first = text.split(' ').next().unwrap();
        lexicon.name_at(first, text).map(|(named, length)| (named.name, length))
    }

    fn role(text: &str) -> Option<(&'static str, usize)> {
        let lexicon = Lexicon::new();
        let first = text.split(' ').next().unwrap();
        lexicon.role_at(first, text).map(|(role, length)| (role.office().unwrap(), length))
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(name("South Korea said"), Some(("South Korea", 11)));
        assert_eq!(name("South  Korean troops"), Some(("South Korean", 13)));
        assert_eq!(name("Nigerians"), Some(("Nigerians", 9)));
        assert_eq!(name("Southland"), None);
    }

    #[test]
    fn roles_are_read_in_any_case_and_number() {
        assert_eq!(role("Foreign Minister Ito"), Some(("foreign minister", 16)));
        assert_eq!(role("foreign ministers met"), Some(("foreign minister", 17)));
        assert_eq!(role("spokesmen"), Some(("spokesman", 9)));
        assert_eq!(role("ministries"), Some(("ministry", 10)));
        assert_eq!(role("ministerial"), None);
    }

    #[test]
    fn an_office_is_held_on_its_days_alone() {
        let lexicon = Lexicon::new();
        let held = |surname, day| {
            lexicon.head(surname, None, day).map(|leader| leader.country.to_string())
        };
        assert_eq!(held("Merkel", "2015-06-01").as_deref(), Some("DEU"));
        assert_eq!(held("Merkel", "2024-06-01"), None);
        assert_eq!(held("Obama", "2009-01-19"), None);
        assert_eq!(held("Obama", "2009-01-21").as_deref(), Some("USA"));
    }

    #[test]
    fn an_office_of_a_country_has_its_holder_of_the_day() {
        let lexicon = Lexicon::new();
        let check = |country: &str, office: &str, expected: &[&str]| {
            let days = ["1995-10-01", "2008-10-01", "2014-10-01", "2021-03-01", "2025-10-01"];
            for (day, surname) in days.iter().zip(expected) {
                let holder = lexicon.office(country.parse().unwrap(), office, day);
                let name = holder.map_or("nobody", |holder| holder.name);
                assert!(name.ends_with(surname), "{office} of {country} on {day}: {name}");
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

    #[test]
    fn every_row_has_codes_that_are_known() {
        let lexicon = Lexicon::new();
        let known = |list: &str| list == "-" || list.split(' ').count() == sectors(list).count();
        assert!(lexicon.names.iter().all(|named| named.sectors.is_empty() || known(named.sectors)));
        assert!(lexicon.roles.iter().all(|role| known(&role.sectors)));
        assert!(lexicon.roles.is_sorted_by(|a, b| a.noun < b.noun));
        assert!(lexicon.leaders.is_sorted_by(|a, b| a.name <= b.name));
        assert!(lexicon.given.is_sorted_by(|a, b| a.0 < b.0));
    }
}
