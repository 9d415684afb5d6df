//! Where an act takes place, as far as the gazetteer knows.

use dateline_core::{Coordinates, Entity, Event, codes::Country};

use super::Article;

/// A place and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The name it goes by in the gazetteer, or else the text.
    pub(super) name: &'a str,
    /// The words the text first speaks of it with.
    pub(super) raw: &'a str,
    pub(super) sort: Sort,
    pub(super) country: Option<Country>,
    /// Digits of its id in `GeoNames`.
    pub(super) geonames: Option<&'a str>,
    /// Where it lies, if it is a city.
    pub(super) coordinates: Option<Coordinates>,
}

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Country,
    Region,
    City,
    /// Anything else: a building, a river, a town no gazetteer has.
    Other,
}

/// The first place of an act.
pub(super) fn of<'a>(article: &Article<'a>, event: &Event) -> Option<Place<'a>> {
    article.entities(&event.places).next().map(place)
}

/// What is known of an entity as a place.
pub(super) fn place(entity: &Entity) -> Place<'_> {
    let geonames = entity.link.as_ref().and_then(|link| link.id.as_deref()?.strip_prefix("gn:"));
    let link = entity.link.as_ref().filter(|_| geonames.is_some());
    let coordinates = link.and_then(|link| link.coordinates);
    let sort = match (geonames, coordinates) {
        (Some(_), Some(_)) => Sort::City,
        (Some(_), None) => Sort::Region,
        (None, _) if is_country(entity) => Sort::Country,
        (None, _) => Sort::Other,
    };
    Place {
        name: link.map_or(entity.name.as_str(), |link| link.name.as_str()),
        raw: raw(entity),
        sort,
        country: entity.country,
        geonames,
        coordinates,
    }
}

/// The words a text first speaks of an entity with.
pub(super) fn raw(entity: &Entity) -> &str {
    entity.mentions.first().map_or(entity.name.as_str(), |mention| mention.span.text.as_str())
}

/// Whether the entity goes by the name or the letters of its country. Other names of countries are not known here.
fn is_country(entity: &Entity) -> bool {
    let Some(country) = entity.country else { return false };
    let is_letters = |letters: &str| {
        let bare = entity.name.bytes().filter(|byte| *byte != b'.');
        bare.eq(letters.bytes())
    };
    entity.name == country.name() || is_letters(country.alpha2()) || is_letters(country.as_str())
}
