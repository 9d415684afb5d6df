//! Countries as other data sets name them: Correlates of War, FIPS 10-4, ISO 3166-1.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::codes::Country;

use super::columns::rows;

/// What a country is called elsewhere; `None` where a list does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Names {
    /// Number in the Correlates of War list.
    pub(super) cow: Option<u16>,
    /// Two letters of FIPS 10-4.
    pub(super) fips: Option<&'static str>,
    /// Two letters of ISO 3166-1.
    pub(super) iso2: &'static str,
    /// English name.
    pub(super) name: &'static str,
}

static TABLE: LazyLock<BTreeMap<&'static str, Names>> = LazyLock::new(|| {
    let names = |cells: Vec<&'static str>| {
        let [iso3, cow, fips, iso2, name, _] = cells.try_into().expect("a test reads the table");
        let fips = (fips != "-").then_some(fips);
        (iso3, Names { cow: cow.parse().ok(), fips, iso2, name })
    };
    rows(include_str!("../../data/countries.tsv")).map(names).collect()
});

/// The names of a country, if it is in the table: `EUR` is none.
pub(super) fn names(country: Country) -> Option<Names> {
    TABLE.get(country.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(iso3: &str, cow: Option<u16>, fips: &str) {
        let names = names(iso3.parse().unwrap()).unwrap();
        assert_eq!((names.cow, names.fips), (cow, Some(fips)), "{iso3}");
    }

    #[test]
    fn codes_are_those_of_their_lists() {
        for (iso3, cow, fips) in [
            ("AUS", 900, "AS"),
            ("AUT", 305, "AU"),
            ("CHE", 225, "SZ"),
            ("CHN", 710, "CH"),
            ("DEU", 255, "GM"),
            ("ESP", 230, "SP"),
            ("FRA", 220, "FR"),
            ("GBR", 200, "UK"),
            ("IRN", 630, "IR"),
            ("IRQ", 645, "IZ"),
            ("ISR", 666, "IS"),
            ("JPN", 740, "JA"),
            ("KOS", 347, "KV"),
            ("PRK", 731, "KN"),
            ("RUS", 365, "RS"),
            ("UKR", 369, "UP"),
            ("USA", 2, "US"),
            ("VNM", 816, "VM"),
            ("YEM", 679, "YM"),
        ] {
            check(iso3, Some(cow), fips);
        }
        check("VAT", None, "VT");
        assert_eq!(names("EUR".parse().unwrap()), None);
    }
}
