//! Where on earth a name may lie: cities of at least 15,000 people by all their spellings, and regions of countries.

use dateline_core::{Coordinates, codes::Country};

use super::compiled::{PLACES, REGIONS, SPELLINGS};

/// A city.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) struct City {
    pub(in crate::entity) name: &'static str,
    /// `gn:…` (GeoNames).
    pub(in crate::entity) id: &'static str,
    pub(in crate::entity) country: Country,
    /// State of the United States; empty elsewhere.
    pub(in crate::entity) region: &'static str,
    pub(in crate::entity) coordinates: Coordinates,
    pub(in crate::entity) population: u32,
}

/// A region of a country. It has no coordinates: no point of it is it.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) struct Region {
    pub(in crate::entity) name: &'static str,
    pub(in crate::entity) country: Country,
    /// `gn:…` (GeoNames); empty where no source has one.
    pub(in crate::entity) id: &'static str,
}

impl City {
    /// `None` if a cell cannot be read, which the tests see.
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

/// The cities of a name, in all spellings.
pub(in crate::entity) fn cities(name: &str) -> impl Iterator<Item = City> {
    SPELLINGS.equal(name).filter_map(|row| City::at(SPELLINGS.number(row, 1) as usize))
}

/// The regions of a name.
pub(in crate::entity) fn regions(name: &str) -> impl Iterator<Item = Region> {
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
    fn every_row_can_be_read() {
        assert!((0..PLACES.len()).all(|row| City::at(row).is_some()));
        assert_eq!(
            regions("Sindh").map(|region| region.country.to_string()).next().unwrap(),
            "PAK"
        );
        assert!((0..REGIONS.len()).all(|row| REGIONS.text(row, 1).parse::<Country>().is_ok()));
    }
}
