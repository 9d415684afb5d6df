//! Places: the entry of the gazetteer that a name means.
//!
//! - *Hyderabad* is the city in Sindh in a text about Pakistan, and the far larger one in a text about India.
//! - *Paris, Texas* is identified by the words after the comma, *Paris* alone by population.
//! - *Helmand province* is a region: it has a country, but no point on the map.

use std::collections::BTreeSet;

use dateline_core::{EntityKind, Link, codes::Country};
use dateline_lexicon::names::{self, City, Named, Region, Sense};
use dateline_nlp::{Deprel, TokenIdx};

use super::Gatherer;
use crate::entity::{
    facts::Within,
    mention::{Designation, RawMention},
    near_name::NearName,
};

/// Gazetteer entry that a name may mean.
#[derive(Debug, Clone, Copy)]
enum PlaceCandidate {
    City(City),
    Region(Region),
}

/// Countries named in a text: by sentence (keyed by its first token), and anywhere.
#[derive(Debug, Default)]
struct CountriesNamed {
    by_sentence: BTreeSet<(TokenIdx, Country)>,
    anywhere: BTreeSet<Country>,
}

/// What is known about a place before it is looked up.
#[derive(Debug, Clone)]
struct PlaceName<'a> {
    draft: usize,
    text: &'a str,
    known: Option<Named>,
    /// A word such as *province* stands beside it.
    is_region: bool,
    /// First tokens of the sentences that mention it.
    sentences: Vec<TokenIdx>,
}

impl<'a> Gatherer<'a> {
    /// Looks up the places of a text in the gazetteer.
    pub(super) fn places(&mut self, mentions: &[RawMention<'a>]) {
        let countries = self.countries_named(mentions);
        for name in self.place_names(mentions) {
            let Some((candidate, rule)) = self.located(&name, &countries) else { continue };
            let link = candidate.link();
            let entity = &mut self.drafts[name.draft];
            entity.country = Some(candidate.country());
            entity.link = Some(link);
            self.decide(name.draft, rule, None);
        }
    }

    /// Returns the names of places that are not countries, each once.
    fn place_names(&self, mentions: &[RawMention<'a>]) -> Vec<PlaceName<'a>> {
        let mut names: Vec<PlaceName<'a>> = Vec::new();
        let mut by_draft = vec![None; self.drafts.len()];
        for (at, mention) in mentions.iter().enumerate() {
            let Some(draft) = self.owner[at] else { continue };
            let is_user = self.by_user.get(at).is_some_and(Option::is_some);
            let is_place = self.drafts[draft].kind == EntityKind::Place;
            if !is_place || is_user || self.facts[draft].is_country {
                continue;
            }
            let known = match mention.designation {
                Designation::Known(it, _) if it.sense == Sense::Area => continue,
                Designation::Known(it, _) => Some(it),
                Designation::Place => None,
                _ => continue,
            };
            let number = *by_draft[draft].get_or_insert_with(|| {
                let text = self.text(mention.first, mention.last);
                names.push(PlaceName {
                    draft,
                    text,
                    known,
                    is_region: false,
                    sentences: Vec::new(),
                });
                names.len() - 1
            });
            names[number].is_region |= self.is_region(mention);
            names[number].sentences.push(self.sentence_of(mention));
        }
        names
    }

    fn sentence_of(&self, mention: &RawMention<'_>) -> TokenIdx {
        self.analysis.token(mention.first).sentence().first().idx()
    }

    /// Returns true if the words make a name a region: *Sindh province*, *the province of Sindh*.
    fn is_region(&self, mention: &RawMention<'_>) -> bool {
        let is_word = |at: TokenIdx| NearName::Region.has(self.word(at));
        let head = self.analysis.token(mention.head).head();
        let heads = head.is_some_and(|head| is_word(head.idx()));
        let deprel = self.analysis.token(mention.head).deprel();
        heads && matches!(deprel, Deprel::Compound | Deprel::Nmod) || is_word(mention.last)
    }

    fn countries_named(&self, mentions: &[RawMention<'_>]) -> CountriesNamed {
        let mut countries = CountriesNamed::default();
        for (at, mention) in mentions.iter().enumerate() {
            let named = match mention.designation {
                // A capital that does not act is itself to be located.
                Designation::Known(named, acts) if acts || named.sense != Sense::Capital => named,
                Designation::People(named) => named,
                _ => continue,
            };
            let tells = matches!(
                named.sense,
                Sense::Country | Sense::Demonym | Sense::Capital | Sense::Region
            );
            if let Some(country) = named.country.filter(|_| tells) {
                countries.anywhere.insert(country);
                // *US President Ann Lee* may speak anywhere.
                let is_title = mentions.get(at + 1).is_some_and(|next| {
                    next.owner == Some(at) && matches!(next.designation, Designation::Person(..))
                });
                if !is_title {
                    countries.by_sentence.insert((self.sentence_of(mention), country));
                }
            }
        }
        countries
    }

    /// Returns the place a name means, and the rule that chose it.
    fn located(
        &self,
        name: &PlaceName<'_>,
        countries: &CountriesNamed,
    ) -> Option<(PlaceCandidate, &'static str)> {
        let within = self.facts[name.draft].within;
        let country = within.map(|within| within.country).or_else(|| {
            // "the Kenyan coast": words inside a name the lexicon does not know.
            self.drafts[name.draft].country.filter(|_| name.known.is_none())
        });
        let wants_city = name.known.is_none_or(|known| known.sense != Sense::Region);
        let cities = names::cities(name.text)
            .filter(|_| wants_city && !name.is_region)
            .map(PlaceCandidate::City);
        let regions = names::regions(name.text)
            .filter(|_| {
                name.known.is_none_or(|known| known.sense == Sense::Region) || name.is_region
            })
            .map(PlaceCandidate::Region);
        let fits = |candidate: &PlaceCandidate| {
            country.is_none_or(|country| candidate.country() == country)
                && within.is_none_or(|within| candidate.is_in(within.state))
        };
        let ranked = cities.chain(regions).filter(fits).map(|candidate| {
            let near = |country| {
                let is_near = |&first: &TokenIdx| countries.by_sentence.contains(&(first, country));
                name.sentences.iter().any(is_near)
            };
            let (boost, rule) = match candidate.country() {
                _ if country.is_some() => (1, "place-within"),
                near_country if near(near_country) => (NEAR, "place-near-country"),
                there if countries.anywhere.contains(&there) => (ANYWHERE, "place-of-country"),
                _ => (1, "place-by-population"),
            };
            let is_capital = name.known.is_some_and(|known| {
                known.sense == Sense::Capital && known.country == Some(candidate.country())
            });
            let boost = if is_capital { boost * ANYWHERE } else { boost };
            let boost = if candidate.is_called(name.text) { boost * ANYWHERE } else { boost };
            (candidate.weight() * boost, candidate, rule)
        });
        let ranked: Vec<_> = ranked.collect();
        // Of equal candidates the first one; the tables are sorted.
        let best = ranked.iter().rev().max_by_key(|(weight, ..)| *weight)?;
        let is_sure = name.known.is_some()
            || best.2 != "place-by-population"
            || best.1.weight() >= LARGE
            || ranked.len() == 1;
        is_sure.then_some((best.1, best.2))
    }

    /// Returns the region or country named after a place and a comma.
    pub(super) fn within(
        &self,
        place: &RawMention<'_>,
        next: Option<&RawMention<'_>>,
    ) -> Option<Within> {
        let may_lie = match place.designation {
            Designation::Known(named, _) => matches!(named.sense, Sense::City | Sense::Capital),
            Designation::Place => true,
            _ => false,
        };
        let next = next.filter(|next| may_lie && next.first.0 == place.last.0 + 2)?;
        let comma = self.analysis.token(place.last).next()?.text() == ",";
        let around = match next.designation {
            Designation::Known(around, _) => {
                let is_state = around.sense == Sense::Region
                    && around.country.is_some_and(|country| country.as_str() == "USA");
                matches!(around.sense, Sense::Region | Sense::Country).then_some(())?;
                Within { country: around.country?, state: if is_state { around.name } else { "" } }
            }
            Designation::Place => {
                let mut regions = names::regions(self.text(next.first, next.last));
                let region = regions.next().filter(|_| comma)?;
                if regions.next().is_some() {
                    return None;
                }
                Within { country: region.country, state: "" }
            }
            _ => return None,
        };
        comma.then_some(around)
    }
}

/// Factor by which a candidate's population counts if the same sentence names its country.
const NEAR: u64 = 64;
/// The same if the text names its country anywhere.
const ANYWHERE: u64 = 8;
/// Population above which a city needs no context to be meant.
const LARGE: u64 = 100_000;

impl PlaceCandidate {
    fn country(&self) -> Country {
        match self {
            Self::City(city) => city.country,
            Self::Region(region) => region.country,
        }
    }

    /// Returns the population; a region counts as a medium-sized city.
    fn weight(&self) -> u64 {
        match self {
            Self::City(city) => city.population.into(),
            Self::Region(_) => LARGE,
        }
    }

    /// Returns true if this is its current English name, not a historical or foreign one.
    fn is_called(&self, text: &str) -> bool {
        match self {
            Self::City(city) => city.name == text,
            Self::Region(_) => true,
        }
    }

    fn is_in(&self, state: &str) -> bool {
        state.is_empty() || matches!(self, Self::City(city) if city.region == state)
    }

    fn link(&self) -> Link {
        let id = |id: &str| Some(id.to_owned()).filter(|id| !id.is_empty());
        match self {
            Self::City(city) => Link {
                id: id(city.id),
                name: city.name.to_owned(),
                coordinates: Some(city.coordinates),
            },
            Self::Region(region) => {
                Link { id: id(region.id), name: region.name.to_owned(), coordinates: None }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Checks a place, as `COUNTRY ID LATITUDE`.
    fn check(text: &str, place: &str, expected: &str) {
        let record = Extractor::new().extract(&read_document(text));
        let entity = record.entities.iter().find(|entity| entity.name == place);
        let entity = entity.unwrap_or_else(|| panic!("no {place} in {text}"));
        let link = entity.link.as_ref();
        let id = link.and_then(|link| link.id.as_deref()).unwrap_or("-");
        let north = link.and_then(|link| link.coordinates);
        let north = north.map_or("-".to_owned(), |north| north.latitude.to_string());
        let country = entity.country.map_or("-".to_owned(), |country| country.to_string());
        assert_eq!(format!("{country} {id} {north}"), expected, "{text}");
    }

    #[test]
    fn a_place_is_resolved_by_its_neighbors() {
        let text = "Farmers from Sindh marched through Hyderabad, and police in Pakistan watched.";
        check(text, "Hyderabad", "PAK gn:1176734 25.397");
        check("Farmers marched in Hyderabad.", "Hyderabad", "IND gn:1269843 17.384");
        let text = "Lebanon sent troops to Tripoli.";
        check(text, "Tripoli", "LBN gn:266826 34.434");
    }

    #[test]
    fn words_after_a_comma_identify_a_place() {
        check("The mayor spoke in Paris, Texas, on Monday.", "Paris", "USA gn:4717560 33.661");
        check("The mayor spoke in Paris.", "Paris", "FRA gn:2988507 48.853");
    }

    #[test]
    fn a_region_has_no_coordinates() {
        check("Troops moved into Texas on Monday.", "Texas", "USA gn:4736286 -");
    }
}
