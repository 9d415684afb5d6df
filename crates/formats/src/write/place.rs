//! The location of an event.

use dateline_core::{Coordinates, Entity, Event, codes::Country};

use super::Article;

/// A place with its gazetteer data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// Name in the gazetteer, or else in the text.
    pub(super) name: &'a str,
    /// Text of its first mention.
    pub(super) raw: &'a str,
    pub(super) kind: PlaceKind,
    pub(super) country: Option<Country>,
    /// Digits of its id in `GeoNames`.
    pub(super) geonames: Option<&'a str>,
    /// Coordinates, if it is a city.
    pub(super) coordinates: Option<Coordinates>,
}

/// Kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceKind {
    Country,
    Region,
    City,
    /// Anything else: a building, a river, a town that is not in the gazetteer.
    Other,
}

/// Returns the first place of an event.
pub(super) fn of<'a>(article: &Article<'a>, event: &Event) -> Option<Place<'a>> {
    article.entities(&event.places).next().map(place)
}

/// Returns the place data of an entity.
pub(super) fn place(entity: &Entity) -> Place<'_> {
    let geonames = entity.link.as_ref().and_then(|link| link.id.as_deref()?.strip_prefix("gn:"));
    let link = entity.link.as_ref().filter(|_| geonames.is_some());
    let coordinates = link.and_then(|link| link.coordinates);
    let kind = match (geonames, coordinates) {
        (Some(_), Some(_)) => PlaceKind::City,
        (Some(_), None) => PlaceKind::Region,
        (None, _) if is_country(entity) => PlaceKind::Country,
        (None, _) => PlaceKind::Other,
    };
    Place {
        name: link.map_or(entity.name.as_str(), |link| link.name.as_str()),
        raw: raw(entity),
        kind,
        country: entity.country,
        geonames,
        coordinates,
    }
}

/// Returns the text of the first mention of an entity.
pub(super) fn raw(entity: &Entity) -> &str {
    entity.mentions.first().map_or(entity.name.as_str(), |mention| mention.span.text.as_str())
}

/// Returns true if an entity has the name or a code of its country. Other names of countries are not checked.
fn is_country(entity: &Entity) -> bool {
    let Some(country) = entity.country else { return false };
    let is_letters = |letters: &str| {
        let bare = entity.name.bytes().filter(|byte| *byte != b'.');
        bare.eq(letters.bytes())
    };
    entity.name == country.name() || is_letters(country.alpha2()) || is_letters(country.as_str())
}
