//! CAMEO actor codes to country, PLOVER sectors or international code: *USAGOVMIL*, *IGOWSTNAT*, *~COP*.
//!
//! A code is a sequence of three-letter groups. The first names a country or a kind of actor, later ones name roles
//! and finer groups that PLOVER does not distinguish. Some groups mean one thing in first position and another later:
//! *MUS* is Mauritius in *MUSGOV* and Muslims in *IMGMUS*.

use std::collections::BTreeMap;

use dateline_core::codes::{Country, Sector};

use super::Codes;
use crate::table::entries;

/// Conventions of a file, for letters that CAMEO and PLOVER, or files of countries and files of groups, use
/// differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dialect {
    /// `MED` is health care, as in PLOVER, not media.
    pub(super) plover: bool,
    /// First letters name a faith rather than a country: *MUS* is Muslims.
    pub(super) faiths: bool,
    /// First letters name ethnic groups and never a country, even if they look like one.
    pub(super) groups: bool,
}

/// Meaning of three letters.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Country(Country),
    Sector(Sector),
    /// Sector that applies only if no other letters name one.
    Alone(Sector),
    /// International organization, with PLOVER's code.
    Body(&'static str),
    Nothing,
}

/// Contents of `data/actors/cameo.tsv`.
#[derive(Debug)]
pub(super) struct Letters {
    countries: BTreeMap<&'static str, Meaning>,
    others: BTreeMap<&'static str, Meaning>,
}

impl Letters {
    pub(super) fn new() -> Self {
        let (mut countries, mut others) = (BTreeMap::new(), BTreeMap::new());
        for line in entries(include_str!("../../data/actors/cameo.tsv")) {
            let mut cells = line.split('\t');
            let [Some(letters), Some(kind), Some(value)] =
                [cells.next(), cells.next(), cells.next()]
            else {
                continue;
            };
            let sector = || value.parse().ok();
            let meaning = match kind {
                "country" => value.parse().ok().map(Meaning::Country),
                "sector" => sector().map(Meaning::Sector),
                "alone" => sector().map(Meaning::Alone),
                "body" => Some(Meaning::Body(value)),
                _ => None,
            };
            let table = if kind == "country" { &mut countries } else { &mut others };
            table.insert(letters, meaning.unwrap_or(Meaning::Nothing));
        }
        Self { countries, others }
    }

    /// Returns the country three letters stand for, in ISO or CAMEO spelling.
    pub(super) fn country(&self, letters: &str) -> Option<Country> {
        match self.countries.get(letters) {
            Some(Meaning::Country(country)) => Some(*country),
            _ => None,
        }
    }

    /// Returns true if three letters in first position have a meaning other than a country.
    pub(super) fn is_known_role(&self, letters: &str) -> bool {
        self.others.contains_key(letters)
    }

    /// Reads a code; `None` if its first letters are unknown.
    pub(super) fn read(&self, code: &str, dialect: Dialect) -> Option<Codes> {
        let (code, is_agent) = match code.strip_prefix('~') {
            Some(role) => (role, true),
            None => (code.trim_end_matches('~'), code.ends_with('~')),
        };
        triples(code).next()?;
        if dialect.groups && !is_agent {
            return Some(Codes::default());
        }
        let mut codes = Codes::default();
        let mut alone = None;
        let mut is_body = false;
        let mut own_letters = None;
        for (place, letters) in triples(code).enumerate() {
            let country = self.countries.get(letters);
            let other = self.others.get(letters);
            let country_first = place == 0 && !is_agent && !dialect.faiths;
            let meaning = if country_first { country.or(other) } else { other.or(country) };
            match meaning {
                None if place == 0 => return None,
                None => own_letters = Some(letters),
                Some(Meaning::Country(country)) => {
                    codes.country = codes.country.or((!is_body).then_some(*country));
                }
                Some(Meaning::Sector(sector)) => {
                    let sector =
                        if letters == "MED" && dialect.plover { Sector::Med } else { *sector };
                    is_body |= sector == Sector::Igo;
                    if !codes.sectors.contains(&sector) {
                        codes.sectors.push(sector);
                    }
                }
                Some(Meaning::Alone(sector)) => alone = alone.or(Some(*sector)),
                Some(Meaning::Body(body)) => {
                    // "IGOUNODEVWBK" is the World Bank, of the United Nations.
                    if is_body && codes.international.as_deref().is_none_or(|code| code == "UNO") {
                        codes.international = Some((*body).to_owned());
                    }
                }
                Some(Meaning::Nothing) => {}
            }
        }
        if codes.sectors.is_empty() {
            codes.sectors.extend(alone);
        }
        if is_body && codes.international.is_none() && codes.country.is_none() && !is_agent {
            codes.international = Some(format!("IGO{}", own_letters.unwrap_or_default()));
        }
        Some(codes)
    }
}

/// Splits a code into groups of three letters. A remainder at the end is dropped.
pub(super) fn triples(code: &str) -> impl Iterator<Item = &str> {
    (0..code.len() / 3).filter_map(move |at| code.get(at * 3..at * 3 + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a code to `COUNTRY SECTORS…`.
    fn read(code: &str, dialect: Dialect) -> String {
        let Some(codes) = Letters::new().read(code, dialect) else { return "?".to_owned() };
        let country = codes.country.map(|country| country.to_string());
        let mut shown = country.or(codes.international).unwrap_or_else(|| "-".to_owned());
        for sector in codes.sectors {
            shown = format!("{shown} {sector}");
        }
        shown
    }

    fn check(code: &str, expected: &str) {
        assert_eq!(read(code, Dialect::default()), expected, "{code}");
    }

    #[test]
    fn countries_come_with_roles() {
        check("USAGOVMIL", "USA GOV MIL");
        check("KENREB", "KEN REB");
        check("TMPGOV", "TLS GOV");
        check("USAASM", "USA");
        check("CHNUIG", "CHN");
    }

    #[test]
    fn international_bodies_have_plover_codes() {
        check("IGOUNO", "UNO IGO");
        check("IGOUNODEVWBK", "IGOWB IGO");
        check("IGOEUREEC", "EUR IGO");
        check("IGOWSTNAT", "IGONATO IGO");
        check("IGOSAMXYZ", "IGOXYZ IGO");
        check("MNCUSA", "USA MNC");
        check("NGOCHRCTHDEV", "- NGO");
    }

    #[test]
    fn position_distinguishes_mauritius_from_muslims() {
        check("MUSGOV", "MUS GOV");
        check("IMGMUSALQ", "- IMG");
        check("~MUS", "- REL");
        assert_eq!(read("MUS", Dialect { faiths: true, ..Dialect::default() }), "- REL");
    }

    #[test]
    fn media_and_medicine_depend_on_the_file() {
        check("USAMED", "USA JRN");
        check("~HLH", "- MED");
        assert_eq!(read("~MED", Dialect { plover: true, ..Dialect::default() }), "- MED");
    }

    #[test]
    fn other_text_is_not_a_code() {
        check("XQZGOV", "?");
        check("", "?");
        check("ÅÅ", "?");
    }
}
