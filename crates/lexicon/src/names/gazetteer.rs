//! The gazetteer: cities of at least 15,000 people by all their spellings, and regions of countries.

use dateline_core::{Coordinates, codes::Country};

use super::compiled::{PLACES, REGIONS, SPELLINGS};

/// City of at least 15,000 people.
#[derive(Debug, Clone, Copy)]
pub struct City {
    /// Usual English name.
    pub name: &'static str,
    /// GeoNames id, as `gn:2643743`.
    pub id: &'static str,
    /// Country it lies in.
    pub country: Country,
    /// State if the city is in the United States, else empty.
    pub region: &'static str,
    /// Latitude and longitude in degrees (WGS 84).
    pub coordinates: Coordinates,
    /// Number of people.
    pub population: u32,
}

/// First-order region of a country: a state, province or governorate. It has no coordinates, since no single point stands for it.
#[derive(Debug, Clone, Copy)]
pub struct Region {
    /// Usual English name.
    pub name: &'static str,
    /// Country it belongs to.
    pub country: Country,
    /// GeoNames id, as `gn:1164807`; empty if unknown.
    pub id: &'static str,
}

impl City {
    /// Reads a row; a test checks that every row reads.
    fn at(row: usize) -> Option<Self> {
        let [name, id, country, region, latitude, longitude, population] = PLACES.row(row);
        Some(Self {
            name,
            id,
            country: country.parse().ok()?,
            region: if region == "-" { "" } else { region },
            coordinates: Coordinates {
                latitude: latitude.parse().ok()?,
                longitude: longitude.parse().ok()?,
            },
            population: population.parse().ok()?,
        })
    }
}

/// Returns the cities with a name, in any of their spellings.
///
/// ```
/// use dateline_lexicon::names::cities;
///
/// let states: Vec<_> = cities("Paris").map(|city| city.region).collect();
/// assert!(states.contains(&"Texas") && states.contains(&""));
/// assert_eq!(cities("Kyiv").next().unwrap().id, cities("Kiev").next().unwrap().id);
/// ```
pub fn cities(name: &str) -> impl Iterator<Item = City> {
    SPELLINGS.equal(name).filter_map(|row| City::at(SPELLINGS.number(row, 1) as usize))
}

/// Returns the regions with a name.
pub fn regions(name: &str) -> impl Iterator<Item = Region> {
    REGIONS.equal(name).filter_map(|row| {
        let [name, country, id] = REGIONS.row(row);
        Some(Region { name, country: country.parse().ok()?, id: if id == "-" { "" } else { id } })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cities_of_a_name_are_found() {
        let found: Vec<_> = cities("Tripoli").map(|city| city.country.to_string()).collect();
        assert!(
            found.contains(&"LBY".to_owned()) && found.contains(&"LBN".to_owned()),
            "{found:?}"
        );
        let paris: Vec<_> = cities("Paris").map(|city| city.region).collect();
        assert!(paris.contains(&"Texas"), "{paris:?}");
        assert_eq!(cities("Kyiv").next().unwrap().id, cities("Kiev").next().unwrap().id);
    }

    #[test]
    fn every_row_reads() {
        assert!((0..PLACES.len()).all(|row| City::at(row).is_some()));
        assert_eq!(
            regions("Sindh").map(|region| region.country.to_string()).next().unwrap(),
            "PAK"
        );
        assert!((0..REGIONS.len()).all(|row| REGIONS.text(row, 1).parse::<Country>().is_ok()));
    }
}
