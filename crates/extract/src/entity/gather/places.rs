//! Which place of the world a name means.
//!
//! - *Hyderabad* in a text of Pakistan is the city in Sindh, in one of India the far larger one.
//! - *Paris, Texas* is told by what stands behind it, *Paris* alone by its people.
//! - *Helmand province* is a region: it has a country, but no point on the map.

use std::collections::BTreeSet;

use dateline_core::{EntityKind, Link, codes::Country};
use dateline_nlp::{Deprel, TokenIdx};

use super::Gatherer;
use crate::entity::{
    lexicon::{self, City, Named, Region, Sense},
    mention::{Found, What},
};

/// What a name may mean.
#[derive(Debug, Clone, Copy)]
enum Candidate {
    City(City),
    Region(Region),
}

/// The region or country told behind a place: *Texas* in *Paris, Texas*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::entity) struct Within {
    pub(super) country: Country,
    /// State of the United States; empty where a country or another region is told.
    pub(super) state: &'static str,
}

/// The countries a text tells of: in the sentence that starts at a token, and anywhere.
#[derive(Debug, Default)]
struct Told {
    by_sentence: BTreeSet<(TokenIdx, Country)>,
    anywhere: BTreeSet<Country>,
}

/// What is known of a place before it is looked up.
#[derive(Debug, Clone)]
struct Name<'a> {
    draft: usize,
    text: &'a str,
    known: Option<Named>,
    /// *province* stands beside it.
    is_region: bool,
    /// The first tokens of the sentences that speak of it.
    sentences: Vec<TokenIdx>,
}

impl<'a> Gatherer<'a> {
    /// Finds the places of a text in the gazetteer.
    pub(super) fn places(&mut self, found: &[Found<'a>]) {
        let told = self.told(found);
        for name in self.place_names(found) {
            let Some((candidate, rule)) = self.located(&name, &told) else { continue };
            let link = candidate.link();
            let entity = &mut self.drafts[name.draft];
            entity.country = Some(candidate.country());
            entity.link = Some(link);
            self.decide(name.draft, rule, None);
        }
    }

    /// The names of places that are no countries, each once.
    fn place_names(&self, found: &[Found<'a>]) -> Vec<Name<'a>> {
        let mut names: Vec<Name<'a>> = Vec::new();
        let mut by_draft = vec![None; self.drafts.len()];
        for (at, mention) in found.iter().enumerate() {
            let Some(draft) = self.owner[at] else { continue };
            let is_own = self.own.get(at).is_some_and(Option::is_some);
            let is_place = self.drafts[draft].kind == EntityKind::Place;
            if !is_place || is_own || self.facts[draft].is_country {
                continue;
            }
            let known = match mention.what {
                What::Known(it, _) if it.sense == Sense::Area => continue,
                What::Known(it, _) => Some(it),
                What::Place => None,
                _ => continue,
            };
            let number = *by_draft[draft].get_or_insert_with(|| {
                let text = self.text(mention.first, mention.last);
                names.push(Name { draft, text, known, is_region: false, sentences: Vec::new() });
                names.len() - 1
            });
            names[number].is_region |= self.is_region(mention);
            names[number].sentences.push(self.sentence_of(mention));
        }
        names
    }

    fn sentence_of(&self, mention: &Found<'_>) -> TokenIdx {
        self.analysis.token(mention.first).sentence().first().idx()
    }

    /// Whether the words say that a name is a region's: *Sindh province*, *the province of Sindh*.
    fn is_region(&self, mention: &Found<'_>) -> bool {
        let is_word = |at: TokenIdx| {
            let word = self.word(at);
            REGIONS.iter().any(|region| region.eq_ignore_ascii_case(word))
        };
        let head = self.analysis.token(mention.head).head();
        let heads = head.is_some_and(|head| is_word(head.idx()));
        let deprel = self.analysis.token(mention.head).deprel();
        heads && matches!(deprel, Deprel::Compound | Deprel::Nmod) || is_word(mention.last)
    }

    fn told(&self, found: &[Found<'_>]) -> Told {
        let mut told = Told::default();
        for (at, mention) in found.iter().enumerate() {
            let named = match mention.what {
                // A capital that does not act is what is looked for.
                What::Known(named, acts) if acts || named.sense != Sense::Capital => named,
                What::People(named) => named,
                _ => continue,
            };
            let tells = matches!(
                named.sense,
                Sense::Country | Sense::Demonym | Sense::Capital | Sense::Region
            );
            if let Some(country) = named.country.filter(|_| tells) {
                told.anywhere.insert(country);
                // *US President Ann Lee* may speak anywhere.
                let is_title = found.get(at + 1).is_some_and(|next| {
                    next.owner == Some(at) && matches!(next.what, What::Person(..))
                });
                if !is_title {
                    told.by_sentence.insert((self.sentence_of(mention), country));
                }
            }
        }
        told
    }

    /// The place a name means and the rule that says so.
    fn located(&self, name: &Name<'_>, told: &Told) -> Option<(Candidate, &'static str)> {
        let within = self.facts[name.draft].within;
        let country = within.map(|within| within.country).or_else(|| {
            // "the Kenyan coast": words inside a name the lexicon does not know.
            self.drafts[name.draft].country.filter(|_| name.known.is_none())
        });
        let wants_city = name.known.is_none_or(|known| known.sense != Sense::Region);
        let cities = lexicon::cities(name.text)
            .filter(|_| wants_city && !name.is_region)
            .map(Candidate::City);
        let regions = lexicon::regions(name.text)
            .filter(|_| {
                name.known.is_none_or(|known| known.sense == Sense::Region) || name.is_region
            })
            .map(Candidate::Region);
        let fits = |candidate: &Candidate| {
            country.is_none_or(|country| candidate.country() == country)
                && within.is_none_or(|within| candidate.is_in(within.state))
        };
        let ranked = cities.chain(regions).filter(fits).map(|candidate| {
            let near = |country| {
                let is_near = |&first: &TokenIdx| told.by_sentence.contains(&(first, country));
                name.sentences.iter().any(is_near)
            };
            let (boost, rule) = match candidate.country() {
                _ if country.is_some() => (1, "place-within"),
                near_country if near(near_country) => (NEAR, "place-near-country"),
                there if told.anywhere.contains(&there) => (ANYWHERE, "place-of-country"),
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
        // Of equals the first: the tables are sorted.
        let best = ranked.iter().rev().max_by_key(|(weight, ..)| *weight)?;
        let is_sure = name.known.is_some()
            || best.2 != "place-by-population"
            || best.1.weight() >= LARGE
            || ranked.len() == 1;
        is_sure.then_some((best.1, best.2))
    }

    /// The region or country told behind a place and a comma.
    pub(super) fn within(&self, place: &Found<'_>, next: Option<&Found<'_>>) -> Option<Within> {
        let may_lie = match place.what {
            What::Known(named, _) => matches!(named.sense, Sense::City | Sense::Capital),
            What::Place => true,
            _ => false,
        };
        let next = next.filter(|next| may_lie && next.first.0 == place.last.0 + 2)?;
        let comma = self.analysis.token(place.last).next()?.text() == ",";
        let around = match next.what {
            What::Known(around, _) => {
                let is_state = around.sense == Sense::Region
                    && around.country.is_some_and(|country| country.as_str() == "USA");
                matches!(around.sense, Sense::Region | Sense::Country).then_some(())?;
                Within { country: around.country?, state: if is_state { around.name } else { "" } }
            }
            What::Place => {
                let mut regions = lexicon::regions(self.text(next.first, next.last));
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

/// Places of a country told in the same sentence are worth so many times their people.
const NEAR: u64 = 64;
/// The same for a country told anywhere in the text.
const ANYWHERE: u64 = 8;
/// A city of so many people needs nothing around it to be meant.
const LARGE: u64 = 100_000;

/// Nouns that make a name a region's.
const REGIONS: [&str; 14] = [
    "canton",
    "county",
    "department",
    "district",
    "governorate",
    "oblast",
    "prefecture",
    "province",
    "provinces",
    "region",
    "regions",
    "state",
    "states",
    "territory",
];

impl Candidate {
    fn country(&self) -> Country {
        match self {
            Self::City(city) => city.country,
            Self::Region(region) => region.country,
        }
    }

    /// People, for a region as many as a middling city has.
    fn weight(&self) -> u64 {
        match self {
            Self::City(city) => city.population.into(),
            Self::Region(_) => LARGE,
        }
    }

    /// Whether it goes by this name, rather than by one in another language or of another time.
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

    /// A place as `COUNTRY ID LATITUDE`.
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
    fn what_stands_behind_a_comma_tells_the_place() {
        check("The mayor spoke in Paris, Texas, on Monday.", "Paris", "USA gn:4717560 33.661");
        check("The mayor spoke in Paris.", "Paris", "FRA gn:2988507 48.853");
    }

    #[test]
    fn a_region_has_no_point() {
        check("Troops moved into Texas on Monday.", "Texas", "USA gn:4736286 -");
    }
}
