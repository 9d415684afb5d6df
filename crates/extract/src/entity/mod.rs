//! Who and where: mentions, the entities they belong to, and their codes.

mod chunk;
mod gather;
mod lexicon;
mod mention;
mod pronoun;
mod quoted;

use dateline_core::{
    EntityKind, Form,
    codes::{Country, Sector},
};
use dateline_nlp::{Span, TokenIdx};

pub(crate) use lexicon::Lexicon;
pub(crate) use quoted::Quote;

use crate::{reading::Reading, time::TimeExpression};

/// Counts the entities of a document from 0, in the order of their first mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityIdx(pub(crate) u32);

/// An entity with all its mentions.
#[derive(Debug, Clone)]
pub(crate) struct EntityDraft {
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) country: Option<Country>,
    /// PLOVER's code in a country's place: `EUR`, `UNO`, or `IGO` and a short name.
    pub(crate) international: Option<String>,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) titles: Vec<String>,
    /// In the order of the text.
    pub(crate) mentions: Vec<MentionDraft>,
}

/// One place where the text speaks of an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MentionDraft {
    pub(crate) span: Span,
    /// The token the rest of the mention hangs on.
    pub(crate) head: TokenIdx,
    pub(crate) form: Form,
}

/// The entities of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    list: Vec<EntityDraft>,
    /// What the layer knows of each entity and does not print.
    facts: Vec<Facts>,
    /// For each token that heads a mention, its entity.
    by_head: Vec<Option<EntityIdx>>,
    /// Descriptions that wait for a speaker: *our president*.
    pending: Vec<Pending>,
}

/// What the layer knows of an entity and does not print.
#[derive(Debug, Clone, Default)]
struct Facts {
    gender: Option<lexicon::Gender>,
    /// Role nouns the text gives to it.
    offices: Vec<&'static str>,
    /// Has a name other than a demonym.
    is_named: bool,
    is_country: bool,
}

/// A description that waits for a speaker.
#[derive(Debug, Clone)]
struct Pending {
    mention: MentionDraft,
    office: &'static str,
    sectors: Vec<Sector>,
}

impl Entities {
    /// All of them, by first mention, but those that only quotes brought in stand last.
    pub(crate) fn list(&self) -> &[EntityDraft] {
        &self.list
    }

    /// The entity at an index.
    pub(crate) fn get(&self, idx: EntityIdx) -> &EntityDraft {
        &self.list[idx.0 as usize]
    }

    /// The entity a token speaks of, where the token heads a mention or is part of a name.
    pub(crate) fn headed_by(&self, token: TokenIdx) -> Option<EntityIdx> {
        self.by_head.get(token.index()).copied().flatten()
    }

    /// Resolves what depends on who speaks: *I*, *we*, *our president*, *him* inside a quote. Quotes stand in the order of
    /// the text and do not overlap.
    pub(crate) fn resolve_quoted(&mut self, reading: Reading<'_>, quotes: &[Quote]) {
        quoted::resolve(reading.analysis, self, quotes);
    }

    /// The indices by first mention, which quotes may have changed.
    pub(crate) fn by_first_mention(&self) -> Vec<EntityIdx> {
        let mut order: Vec<EntityIdx> =
            (0..self.list.len()).filter_map(|at| u32::try_from(at).ok()).map(EntityIdx).collect();
        order.sort_by_key(|&idx| {
            self.get(idx).mentions.first().map(|mention| (mention.span.start(), mention.span.end()))
        });
        order
    }

    /// The entity that is a country.
    fn country(&self, country: Option<Country>) -> Option<EntityIdx> {
        let is_country = |entity: &EntityDraft, facts: &Facts| {
            entity.kind == EntityKind::Place && facts.is_country && entity.country == country
        };
        let at = country.and_then(|_| {
            self.list.iter().zip(&self.facts).position(|(entity, facts)| is_country(entity, facts))
        })?;
        u32::try_from(at).ok().map(EntityIdx)
    }

    /// Adds a mention at its place among those of an entity.
    fn attach(&mut self, idx: EntityIdx, mention: MentionDraft) {
        let mentions = &mut self.list[idx.0 as usize].mentions;
        let at = mentions.partition_point(|other| other.span <= mention.span);
        mentions.insert(at, mention);
        self.by_head[mention.head.index()] = Some(idx);
    }

    /// Takes mentions away.
    fn detach(&mut self, is_taken: impl Fn(&MentionDraft) -> bool) {
        for entity in &mut self.list {
            entity.mentions.retain(|mention| {
                let taken = is_taken(mention);
                if taken {
                    self.by_head[mention.head.index()] = None;
                }
                !taken
            });
        }
    }
}

/// Finds the mentions of a document and gathers them into entities.
pub(crate) fn read(reading: Reading<'_>, times: &[TimeExpression], lexicon: &Lexicon) -> Entities {
    let analysis = reading.analysis;
    let times: Vec<Span> = times.iter().map(|time| time.span).collect();
    let surnames = chunk::surnames(analysis);
    let (mut chunks, mut found) = (Vec::new(), Vec::new());
    let mut next_time = 0;
    for sentence in analysis.sentences() {
        let span = sentence.span();
        while times.get(next_time).is_some_and(|time| time.end() <= span.start()) {
            next_time += 1;
        }
        chunk::chunks(sentence, &times[next_time..], &surnames, lexicon, &mut chunks);
        mention::mentions(sentence, &chunks, lexicon, &mut found);
    }
    let mut entities = gather::gather(analysis, &found, lexicon);
    pronoun::resolve(analysis, &mut entities, |_| Some(None));
    entities
}
