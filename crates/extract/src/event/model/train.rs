//! Training of the models of events on annotated documents.

use std::ops::Range;

use dateline_core::{Status, codes::PloverType};
use dateline_nlp::{N_STATUSES, Span};

use super::{Limits, Models, act, role, status};
use crate::{
    entity::EntityIdx,
    event::{assembly, draft::Rule, found, found::Found, frame::Fit, known::Known},
    sparse::{
        Features, first_best,
        train::{Example, train},
    },
};

/// An annotated event.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// Places of its triggers (bytes, half-open).
    pub triggers: Vec<Range<usize>>,
    /// Types that are right, the better one first.
    pub types: Vec<PloverType>,
    /// Parties that act.
    pub sources: Vec<Party>,
    /// Parties acted on.
    pub targets: Vec<Party>,
    /// Statuses that are right.
    pub statuses: Vec<Status>,
    /// It is denied.
    pub is_denied: bool,
    /// Neither finding nor missing it is an error.
    pub is_optional: bool,
}

/// An annotated party.
#[derive(Debug, Clone)]
pub struct Party {
    /// Words of the text that name it.
    pub words: String,
    /// Code of its country or body; empty if it has none.
    pub country: String,
}

/// Training examples of documents.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    acts: Vec<Example<2>>,
    roles: Vec<Example<3>>,
    statuses: Vec<Example<N_STATUSES>>,
    denials: Vec<Example<2>>,
    /// Annotated parties, and those among them that no entity means.
    parties: (usize, usize),
    /// Statuses, and those among them that the rules have right.
    by_rule: (usize, usize),
}

impl Examples {
    /// Adds those of another document.
    pub fn append(&mut self, mut other: Self) {
        self.acts.append(&mut other.acts);
        self.roles.append(&mut other.roles);
        self.statuses.append(&mut other.statuses);
        self.denials.append(&mut other.denials);
        self.parties.0 += other.parties.0;
        self.parties.1 += other.parties.1;
        self.by_rule.0 += other.by_rule.0;
        self.by_rule.1 += other.by_rule.1;
    }

    /// Returns a line that counts them.
    pub fn summary(&self) -> String {
        format!(
            "words {} parties of pairs {} statuses {} right by rule {} annotated parties {} without an entity {}",
            self.acts.len(),
            self.roles.len(),
            self.statuses.len(),
            self.by_rule.1,
            self.parties.0,
            self.parties.1
        )
    }
}

/// Pairs of the confidence of a word and whether it tells an event of the type, for examples that the models did not learn from.
pub fn confidences(models: &Models, examples: &Examples) -> Vec<(f32, bool)> {
    let judge = |one: &Example<2>| (models.act.probabilities(&one.features)[1], one.right[1]);
    examples.acts.iter().map(judge).collect()
}

/// Returns the number of statuses that the model has right, for examples it did not learn from, and their number.
pub fn statuses_right(models: &Models, examples: &Examples) -> (usize, usize) {
    let is_right = |one: &&Example<N_STATUSES>| {
        one.right[first_best(&models.status.probabilities(&one.features))]
    };
    (examples.statuses.iter().filter(is_right).count(), examples.statuses.len())
}

/// Trains the models; `pull` draws weights toward zero.
pub fn fit(examples: &[&Examples], pull: f32) -> Models {
    let acts: Vec<_> = examples.iter().flat_map(|one| &one.acts).collect();
    let roles: Vec<_> = examples.iter().flat_map(|one| &one.roles).collect();
    let statuses: Vec<_> = examples.iter().flat_map(|one| &one.statuses).collect();
    let denials: Vec<_> = examples.iter().flat_map(|one| &one.denials).collect();
    Models {
        act: train(&acts, pull),
        role: train(&roles, pull),
        status: train(&statuses, pull),
        denial: train(&denials, pull),
        limits: Limits::default(),
    }
}

/// Returns the examples of a document.
pub(crate) fn examples(known: &Known<'_>, annotated: &[Annotated]) -> Examples {
    let mut out = Examples::default();
    for one in &found::find(known) {
        let span = one.act.head.span();
        let here: Vec<&Annotated> = annotated
            .iter()
            .filter(|event| event.triggers.iter().any(|at| overlaps(span, at)))
            .collect();
        let required: Vec<&&Annotated> = here.iter().filter(|event| !event.is_optional).collect();
        let kind = act::best_type(one);
        if here.is_empty() || !required.is_empty() {
            let mut features = Features::default();
            act::features(known, one, kind, &mut features);
            let right = required.iter().any(|event| event.types.contains(&kind));
            out.acts.push(Example { features, right: [!right, right] });
        }
        if let Some(event) = required.first().copied().or(here.first())
            && let Some(kind) = event.types.first()
        {
            reality(known, one, *kind, event, &mut out);
            parties(known, one, *kind, event, &mut out);
        }
    }
    out
}

fn overlaps(span: Span, range: &Range<usize>) -> bool {
    span.start() < range.end && range.start < span.end()
}

fn reality(
    known: &Known<'_>,
    one: &Found<'_>,
    kind: PloverType,
    event: &Annotated,
    out: &mut Examples,
) {
    let nobody =
        Fit { rule: Rule::Model, frame: None, kind, sources: Vec::new(), targets: Vec::new() };
    let setting = assembly::setting(known, &one.act);
    let rule = assembly::reality_by_rule(known, &one.act, &setting, &nobody, &[]);
    let mut features = Features::default();
    status::features(one, kind, rule, &mut features);
    out.denials
        .push(Example { features: features.clone(), right: [!event.is_denied, event.is_denied] });
    if !event.is_denied {
        let right = std::array::from_fn(|at| event.statuses.contains(&Status::ALL[at]));
        out.by_rule.0 += 1;
        out.by_rule.1 += usize::from(event.statuses.contains(&rule.status));
        out.statuses.push(Example { features, right });
    }
}

fn parties(
    known: &Known<'_>,
    one: &Found<'_>,
    kind: PloverType,
    event: &Annotated,
    out: &mut Examples,
) {
    let field = role::field(known, one);
    let list: Vec<EntityIdx> = field.candidates.iter().map(|one| one.entity).collect();
    let mut means = |parties: &[Party]| -> Vec<EntityIdx> {
        let found: Vec<_> = parties.iter().map(|party| meant(known, &list, party)).collect();
        out.parties.0 += found.len();
        out.parties.1 += found.iter().filter(|one| one.is_none()).count();
        found.into_iter().flatten().collect()
    };
    let (sources, targets) = (means(&event.sources), means(&event.targets));
    let country = |idx: EntityIdx| {
        let entity = known.entities.get(idx);
        entity
            .country
            .map(|country| country.as_str().to_owned())
            .or_else(|| entity.international.clone())
    };
    let beside = |idx: EntityIdx| {
        let own = country(idx);
        own.is_some() && sources.iter().chain(&targets).any(|other| country(*other) == own)
    };
    for (at, entity) in list.iter().enumerate() {
        let (source, target) = (sources.contains(entity), targets.contains(entity));
        if !source && !target && beside(*entity) {
            // Another actor of the same country: neither right nor plainly wrong.
            continue;
        }
        let mut features = Features::default();
        role::features(known, one, kind, &field, at, &mut features);
        out.roles.push(Example { features, right: [!source && !target, source, target] });
    }
}

/// Returns the entity among some that an annotated party means.
fn meant(known: &Known<'_>, among: &[EntityIdx], party: &Party) -> Option<EntityIdx> {
    let words = plain(&party.words);
    let score = |idx: EntityIdx| -> u32 {
        let entity = known.entities.get(idx);
        let country = entity.country.map(dateline_core::codes::Country::as_str);
        let same_country = country == Some(party.country.as_str()) && !party.country.is_empty();
        let mut best = 0;
        for mention in
            entity.mentions.iter().filter(|mention| mention.form != dateline_core::Form::Pronoun)
        {
            let own = plain(mention.span.of(known.reading.analysis.text()));
            let common = own.iter().filter(|word| words.contains(word)).count();
            let score = match () {
                () if own == words => 100,
                () if common > 0 && own.last() == words.last() => 60,
                () if common > 0 && same_country => 30,
                () => 0,
            };
            best = best.max(score);
        }
        if best > 0 && best < 100 && !party.country.is_empty() && country.is_some() && !same_country
        {
            return 0;
        }
        best + if same_country { 5 } else { 0 }
    };
    let (best, score) = among
        .iter()
        .map(|idx| (*idx, score(*idx)))
        .max_by_key(|(idx, score)| (*score, std::cmp::Reverse(*idx)))?;
    (score >= 5).then_some(best)
}

/// Lowercase words without articles.
fn plain(words: &str) -> Vec<String> {
    words
        .split(|character: char| !character.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "the" | "a" | "an" | "s"))
        .collect()
}
