//! Countries and sectors that the text implies and does not tell.
//!
//! - *Police arrested the mayor*, in an article about Kenya: the police are Kenyan ([`home`]).
//! - *Ann Lee, who leads in the polls, thanked her voters*: she is a politician ([`calling`]).
//!
//! Two small log-linear models weigh what the text says around an actor. What they find is an inference: it is kept apart from what the
//! text tells, later layers do not build on it, and a record marks it.
//!
//! `cargo xtask train actors` makes the weights, `model/actors.weights`.

mod calling;
mod home;
#[cfg(feature = "train")]
pub(crate) mod train;

use std::sync::LazyLock;

use dateline_core::codes::{Country, Sector};
use dateline_nlp::{Analysis, Span};

use self::home::Map;
use super::{draft::Inferred, entities::Entities};
use crate::sparse::{Features, Model};

/// Least probability of a country.
const LEAST_HOME: f32 = 0.6;

/// Least probability of a sector.
const LEAST_CALLING: f32 = 0.55;

/// The models.
#[derive(Debug, Clone)]
struct Models {
    home: Model<2>,
    calling: Model<{ calling::CLASSES }>,
}

impl Models {
    /// Reads a weights file; `None` if its length is wrong.
    fn read(file: &[u8]) -> Option<Self> {
        let (home, calling) = file.split_at_checked(Model::<2>::SIZE)?;
        Some(Self { home: Model::read(home)?, calling: Model::read(calling)? })
    }

    /// Returns the compiled-in models.
    fn compiled_in() -> &'static Self {
        static MODELS: LazyLock<Models> = LazyLock::new(|| {
            Models::read(include_bytes!("../../../model/actors.weights"))
                .expect("model/actors.weights is read by a test")
        });
        &MODELS
    }
}

impl Entities {
    /// Infers the countries and sectors that the text does not tell.
    pub(crate) fn infer(&mut self, analysis: &Analysis<'_>) {
        let models = Models::compiled_in();
        let map = Map::new(analysis, self);
        let topic = calling::Topic::new(self);
        let mut features = Features::default();
        let inferred: Vec<Inferred> = (0..self.list.len())
            .map(|at| Inferred {
                home: home(analysis, self, &map, at, &models.home, &mut features),
                sector: sector(analysis, self, &topic, at, &models.calling, &mut features),
            })
            .collect();
        for (entity, inferred) in self.list.iter_mut().zip(inferred) {
            entity.inferred = inferred;
        }
    }
}

fn home(
    analysis: &Analysis<'_>,
    entities: &Entities,
    map: &Map,
    at: usize,
    model: &Model<2>,
    features: &mut Features,
) -> Option<(Country, Span)> {
    let mut best = None;
    let mut top = LEAST_HOME;
    for candidate in map.candidates(analysis, entities, at) {
        map.features(analysis, entities, &candidate, features);
        let [_, share] = model.probabilities(features);
        if share >= top {
            (best, top) = (Some((candidate.country, candidate.evidence)), share);
        }
    }
    best
}

fn sector(
    analysis: &Analysis<'_>,
    entities: &Entities,
    topic: &calling::Topic,
    at: usize,
    model: &Model<{ calling::CLASSES }>,
    features: &mut Features,
) -> Option<Sector> {
    if !calling::is_open(entities, at) {
        return None;
    }
    calling::features(analysis, entities, topic, at, features);
    let (share, sector) = calling::best(model, features);
    sector.filter(|_| share >= LEAST_CALLING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, read_document};

    /// Checks the code of the entity of a mention, and what of it is inferred.
    fn check(text: &str, mention: &str, expected: Option<&str>, inferred: &[&str]) {
        let record = Extractor::new().extract(&read_document(text));
        let entity = record
            .entities
            .iter()
            .find(|entity| entity.mentions.iter().any(|one| one.span.text == mention))
            .unwrap_or_else(|| panic!("no entity of {mention}: {text}"));
        let marks: Vec<&str> = entity.inferred.iter().map(|fact| fact.as_str()).collect();
        assert_eq!((entity.code.as_deref(), &marks[..]), (expected, inferred), "{text}");
    }

    #[test]
    fn the_compiled_in_models_read() {
        Models::compiled_in();
        assert!(Models::read(&[0; 100]).is_none());
    }

    #[test]
    fn local_actors_belong_to_the_country_the_text_is_about() {
        let text = "NAIROBI - Kenya's parliament passed the budget on Tuesday. In Kenya's capital crowds gathered.\n\n\
                    Police arrested the mayor on Monday.\n";
        check(text, "Police", Some("KENCOP"), &["country"]);
        check(text, "Kenya", Some("KEN"), &[]);
    }

    #[test]
    fn nobody_belongs_to_a_country_the_text_does_not_mention() {
        check("Police arrested the mayor.", "Police", None, &[]);
    }
}
