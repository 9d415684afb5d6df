//! Training of the models of countries and sectors on annotated documents.

use dateline_core::Form;
use dateline_nlp::Analysis;

use super::{
    super::{draft::EntityDraft, entities::Entities},
    LEAST_CALLING, LEAST_HOME, Models,
    calling::{self, CLASSES, SECTORS},
    home::Map,
};
use crate::sparse::{
    Features,
    train::{Example, train},
};

/// An annotated actor.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// Words of the text that name it.
    pub words: String,
    /// ISO 3166-1 alpha-3 code of its country, the code of a body, or empty if it has neither.
    pub country: String,
    /// PLOVER sector, or empty if it has none.
    pub sector: String,
}

/// Actors of a document of whom it does not tell everything.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    /// For each actor without a country, an example for each that it may belong to.
    homes: Vec<Vec<Example<2>>>,
    callings: Vec<Example<CLASSES>>,
}

/// The models.
#[derive(Debug, Clone)]
pub struct Trained(Models);

/// Answers of a model to the cases of a document: the probability of each, whether it is a code, and whether it is right.
pub type Answers = Vec<(f32, bool, bool)>;

impl Trained {
    /// Returns the bytes of the weights file.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.0.home.to_bytes(), self.0.calling.to_bytes()].concat()
    }

    /// Returns the most likely country of each actor without one.
    pub fn homes(&self, cases: &Cases) -> Answers {
        let share = |one: &Example<2>| self.0.home.probabilities(&one.features)[1];
        let best = |candidates: &Vec<Example<2>>| {
            let all = candidates.iter().map(|one| (share(one), true, one.right[1]));
            all.reduce(|best, one| if one.0 > best.0 { one } else { best })
        };
        cases.homes.iter().filter_map(best).collect()
    }

    /// Returns the most likely sector of each actor without one.
    pub fn callings(&self, cases: &Cases) -> Answers {
        let answer = |one: &Example<CLASSES>| {
            let (share, sector) = calling::best(&self.0.calling, &one.features);
            let row = sector.map_or(0, |sector| row(sector.as_str()));
            (share, sector.is_some(), one.right[row])
        };
        cases.callings.iter().map(answer).collect()
    }
}

/// Least probabilities of a country and of a sector in a record.
pub const LEAST: [f32; 2] = [LEAST_HOME, LEAST_CALLING];

/// Trains the models; `pull` draws weights toward zero.
pub fn fit<'a>(cases: impl Iterator<Item = &'a Cases> + Clone, pull: f32) -> Trained {
    let homes: Vec<_> = cases.clone().flat_map(|cases| cases.homes.iter().flatten()).collect();
    let callings: Vec<_> = cases.flat_map(|cases| &cases.callings).collect();
    Trained(Models { home: train(&homes, pull), calling: train(&callings, pull) })
}

/// Returns the answer that a sector is, 0 if it is none that can be inferred.
fn row(sector: &str) -> usize {
    SECTORS.iter().position(|one| one.as_str() == sector).map_or(0, |at| at + 1)
}

/// Returns the cases of a document.
pub(crate) fn cases(
    analysis: &Analysis<'_>,
    entities: &Entities,
    annotated: &[Annotated],
) -> Cases {
    let map = Map::new(analysis, entities);
    let topic = calling::Topic::new(entities);
    let mut cases = Cases::default();
    for (at, entity) in entities.list.iter().enumerate() {
        let Some(right) = meant(analysis, entity, annotated) else { continue };
        let mut features = Features::default();
        let homes: Vec<Example<2>> = map
            .candidates(analysis, entities, at)
            .iter()
            .map(|candidate| {
                map.features(analysis, entities, candidate, &mut features);
                let is_right = candidate.country.as_str() == right.country;
                Example { features: features.clone(), right: [!is_right, is_right] }
            })
            .collect();
        if !homes.is_empty() {
            cases.homes.push(homes);
        }
        if calling::is_open(entities, at) {
            calling::features(analysis, entities, &topic, at, &mut features);
            let row = row(&right.sector);
            let right = std::array::from_fn(|at| at == row);
            cases.callings.push(Example { features: features.clone(), right });
        }
    }
    cases
}

/// Returns the annotation of an entity: that of its name or of one of its mentions, the first with a sector.
fn meant<'a>(
    analysis: &Analysis<'_>,
    entity: &EntityDraft,
    annotated: &'a [Annotated],
) -> Option<&'a Annotated> {
    let told = entity.mentions.iter().filter(|mention| mention.form != Form::Pronoun);
    let mut names: Vec<&str> = told.map(|mention| mention.span.of(analysis.text())).collect();
    names.push(&entity.name);
    let own = || annotated.iter().filter(|one| names.contains(&one.words.as_str()));
    own().find(|one| !one.sector.is_empty()).or_else(|| own().next())
}
