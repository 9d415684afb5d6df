//! CAMEO actor codes as country, PLOVER sectors or international code: *USAGOVMIL*, *IGOWSTNAT*, *~COP*.
//!
//! A code is a row of three letters. The first names a country or a kind of actor, those behind it roles, and finer
//! groups PLOVER does not tell apart. Some letters mean one thing in the first place and another behind it: *MUS* is
//! Mauritius in *MUSGOV* and Muslims in *IMGMUS*.

use std::collections::BTreeMap;

use dateline_core::codes::{Country, Sector};

use super::Codes;
use crate::table::entries;

/// What files mean by letters that CAMEO and PLOVER, or files of countries and of groups, use differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dialect {
    /// `MED` is health care, as PLOVER has it, not media.
    pub(super) plover: bool,
    /// The first letters name a faith before a country: *MUS* is Muslims.
    pub(super) faiths: bool,
    /// The letters are of ethnic groups, and name no country even where they look like one.
    pub(super) groups: bool,
}

/// What three letters mean.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Country(Country),
    Sector(Sector),
    /// A sector where no other letters name one.
    Alone(Sector),
    /// An international organization, with PLOVER's code.
    Body(&'static str),
    Nothing,
}

/// What stands in `data/actors/cameo.tsv`.
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

    /// The country three letters stand for, in ISO's or CAMEO's way.
    pub(super) fn country(&self, letters: &str) -> Option<Country> {
        match self.countries.get(letters) {
            Some(Meaning::Country(country)) => Some(*country),
            _ => None,
        }
    }

    /// Whether three letters in the first place are known for something other than a country.
    pub(super) fn is_known_role(&self, letters: &str) -> bool {
        self.others.contains_key(letters)
    }

    /// Reads a code; `None` if its first letters mean nothing known.
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

/// The letters of a code by threes; what is left over at the end is dropped.
pub(super) fn triples(code: &str) -> impl Iterator<Item = &str> {
    (0..code.len() / 3).filter_map(move |at| code.get(at * 3..at * 3 + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code as `COUNTRY SECTORS…`.
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
    fn bodies_of_no_country_have_plover_s_codes() {
        check("IGOUNO", "UNO IGO");
        check("IGOUNODEVWBK", "IGOWB IGO");
        check("IGOEUREEC", "EUR IGO");
        check("IGOWSTNAT", "IGONATO IGO");
        check("IGOSAMXYZ", "IGOXYZ IGO");
        check("MNCUSA", "USA MNC");
        check("NGOCHRCTHDEV", "- NGO");
    }

    #[test]
    fn the_place_of_letters_tells_mauritius_from_muslims() {
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
    fn what_is_no_code_is_not_taken_for_one() {
        check("XQZGOV", "?");
        check("", "?");
        check("ÅÅ", "?");
    }
}
