//! Country codes, with the codes and names other data sets use for the same country.

use std::{fmt, str::FromStr, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use dateline_data::rows;

use super::CodeError;

/// A country, by its ISO 3166-1 alpha-3 code.
///
/// The list is `data/countries.tsv`: today's countries and territories, `KOS` for Kosovo (as in PLOVER), and a few former
/// states such as `SUN` and `YUG`. A code outside the list does not parse. International bodies such as the European Union are
/// not countries; their codes (`EUR`, `IGONATO`) appear in [`Entity::code`](crate::Entity::code) only.
///
/// Countries order by code.
///
/// ```
/// use dateline_core::codes::Country;
///
/// let germany: Country = "DEU".parse()?;
/// assert_eq!(germany.name(), "Germany");
/// assert_eq!(germany.alpha2(), "DE");
/// assert_eq!(germany.fips(), Some("GM"));
/// assert_eq!(germany.cow(), Some(255));
/// assert!("EUR".parse::<Country>().is_err());
/// # Ok::<(), dateline_core::codes::CodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

#[derive(Debug)]
struct CountryEntry {
    code: &'static str,
    cow: Option<u16>,
    fips: Option<&'static str>,
    alpha2: &'static str,
    name: &'static str,
}

/// Sorted by code.
static COUNTRIES: LazyLock<Vec<CountryEntry>> = LazyLock::new(|| {
    let entry = |[code, cow, fips, alpha2, name, _source]: [&'static str; 6]| {
        let given = |cell: &'static str| (cell != "-").then_some(cell);
        let cow = given(cow).map(|cow| cow.parse().expect("a test reads data/countries.tsv"));
        CountryEntry { code, cow, fips: given(fips), alpha2, name }
    };
    rows(include_str!("../../data/countries.tsv"))
        .map(|row| entry(row.columns().expect("a test reads data/countries.tsv")))
        .collect()
});

impl Country {
    /// Returns every country, ordered by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..u16::try_from(COUNTRIES.len()).unwrap_or(u16::MAX)).map(Self)
    }

    /// The three-letter code: `DEU`.
    pub fn as_str(self) -> &'static str {
        self.entry().code
    }

    /// The common English name: `Germany`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The ISO 3166-1 alpha-2 code: `DE`.
    pub fn alpha2(self) -> &'static str {
        self.entry().alpha2
    }

    /// The FIPS 10-4 code, which GDELT uses: `GM`. `None` if FIPS has none.
    pub fn fips(self) -> Option<&'static str> {
        self.entry().fips
    }

    /// The country number in the Correlates of War list: 255. `None` for territories and others it does not count.
    pub fn cow(self) -> Option<u16> {
        self.entry().cow
    }

    fn entry(self) -> &'static CountryEntry {
        &COUNTRIES[usize::from(self.0)]
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        COUNTRIES
            .binary_search_by(|entry| entry.code.cmp(text))
            .ok()
            .and_then(|row| u16::try_from(row).ok())
            .map(Self)
            .ok_or_else(|| {
                CodeError::new(
                    text,
                    "a three-letter country code, as in `RUS` (ISO 3166-1 alpha-3)",
                )
            })
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "ISO 3166-1 alpha-3", "pattern": "^[A-Z]{3}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_code_reads_back() {
        assert_eq!(Country::all().len(), 257);
        assert!(COUNTRIES.is_sorted_by(|one, other| one.code < other.code));
        for country in Country::all() {
            assert_eq!(country.as_str().parse(), Ok(country));
            assert_eq!((country.as_str().len(), country.alpha2().len()), (3, 2), "{country}");
            assert!(country.fips().is_none_or(|letters| letters.len() == 2), "{country}");
        }
    }

    fn check(code: &str, cow: Option<u16>, fips: &str) {
        let country: Country = code.parse().unwrap();
        assert_eq!((country.cow(), country.fips()), (cow, Some(fips)), "{code}");
    }

    #[test]
    fn cow_and_fips_codes_are_those_of_their_lists() {
        for (code, cow, fips) in [
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
            check(code, Some(cow), fips);
        }
        check("VAT", None, "VT");
    }

    #[test]
    fn codes_of_international_bodies_and_unknown_codes_are_refused() {
        for code in ["EUR", "UNO", "IGO", "QQQ", "deu", "DE", ""] {
            assert!(code.parse::<Country>().is_err(), "{code}");
        }
        assert_eq!(
            "JON".parse::<Country>().unwrap_err().to_string(),
            "read `JON`, expected a three-letter country code, as in `RUS` (ISO 3166-1 alpha-3)"
        );
    }
}
