//! Who and where: mentions, the entities they belong to, and their codes.

mod chunk;
mod decision;
mod former;
mod gather;
mod lexicon;
mod mention;
mod names;
mod own;
mod pronoun;
mod quoted;

use dateline_core::{
    EntityKind, Form, Link,
    codes::{Country, Sector},
};
use dateline_nlp::{Span, TokenIdx};

pub(crate) use decision::{Decision, Fact};
pub(crate) use lexicon::{Lexicon, Own};
pub(crate) use names::names;
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
    /// Who it is outside the text, where the lexicon knows.
    pub(crate) link: Option<Link>,
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
    /// The office the lexicon knows it holds.
    held: Option<&'static str>,
    /// Has a name other than a demonym.
    is_named: bool,
    is_country: bool,
    /// The region or country told behind a place.
    within: Option<gather::Within>,
    /// Where its codes and titles come from, in the order of the rules.
    decisions: Vec<Decision>,
    decided: decision::Decided,
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

    /// Whether an entity is a place smaller or larger than a country: *Geneva*, *Europe*.
    pub(crate) fn is_mere_place(&self, idx: EntityIdx) -> bool {
        self.get(idx).kind == EntityKind::Place && !self.facts[idx.0 as usize].is_country
    }

    /// Where the codes and titles of an entity come from, those that still hold.
    pub(crate) fn decisions(&self, idx: EntityIdx) -> impl Iterator<Item = &Decision> {
        let decisions = self.facts[idx.0 as usize].decisions.iter();
        decisions.filter(move |decision| decision.fact.holds(self.get(idx)))
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
    let day = reading.published().map(|day| day.to_string());
    let (mut chunks, mut found) = (Vec::new(), Vec::new());
    let mut next_time = 0;
    for sentence in analysis.sentences() {
        let span = sentence.span();
        while times.get(next_time).is_some_and(|time| time.end() <= span.start()) {
            next_time += 1;
        }
        chunk::chunks(
            sentence,
            &times[next_time..],
            (&surnames, day.as_deref()),
            lexicon,
            &mut chunks,
        );
        mention::mentions(sentence, &chunks, lexicon, &mut found);
    }
    let mut entities = gather::gather(analysis, &found, lexicon, reading.published());
    pronoun::resolve(analysis, &mut entities, |_| Some(None));
    former::resolve(analysis, &mut entities);
    entities
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// The entity with a mention, as `NAME CODE`.
    fn check(text: &str, mention: &str, expected: &str) {
        let record = Extractor::new().extract(&read_document(text));
        let entity = record
            .entities
            .iter()
            .find(|entity| entity.mentions.iter().any(|m| m.span.text == mention))
            .map(|entity| format!("{} {}", entity.name, entity.code.as_deref().unwrap_or("-")));
        assert_eq!(entity.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn titles_bring_country_and_sector() {
        let text = "Kenyan Foreign Minister Alice Mwangi spoke in Oslo.";
        check(text, "Foreign Minister Alice Mwangi", "Alice Mwangi KENGOV");
        let text = "Downing Street spokesman Peter Hall spoke.";
        check(text, "spokesman Peter Hall", "Peter Hall GBRGOV");
    }

    #[test]
    fn names_the_tagger_cuts_or_misses_are_whole() {
        let text = "Swiss President Guy Parmelin welcomed the choice.";
        check(text, "President Guy Parmelin", "Guy Parmelin CHEGOV");
        let text = "date 2021-05-25\nBiden will meet Putin in Geneva.";
        check(text, "Putin", "Putin RUSGOV");
    }

    #[test]
    fn a_body_is_not_its_country() {
        let text = "The Center for American Progress criticized the tax.";
        check(text, "Center for American Progress", "Center for American Progress USAUNK");
    }

    #[test]
    fn leaders_of_one_body_are_not_those_of_another() {
        let text = "The leaders of NATO met in Oslo. The G7 leaders met in Rome.";
        check(text, "The leaders", "The leaders IGONATO");
        check(text, "The G7 leaders", "The G7 leaders IGOG7");
    }

    #[test]
    fn a_critic_of_the_government_is_none_of_it() {
        let text = "Police arrested Kremlin critic Oleg Danilov.";
        check(text, "critic Oleg Danilov", "Oleg Danilov RUSOPP");
    }

    #[test]
    fn a_description_finds_its_holder() {
        let text = "Kenyan President Alice Mwangi met farmers. Later the president left.";
        check(text, "the president", "Alice Mwangi KENGOV");
    }

    #[test]
    fn groups_have_the_country_of_their_words() {
        let text = "Oslo expelled 12 Kenyan diplomats.";
        check(text, "12 Kenyan diplomats", "12 Kenyan diplomats KENGOV");
    }

    #[test]
    fn capitals_act_for_governments_and_are_places_else() {
        check("Nairobi expelled two diplomats.", "Nairobi", "Nairobi KENGOV");
        check("Farmers marched in Nairobi.", "Nairobi", "Nairobi KEN");
    }

    #[test]
    fn all_spellings_of_an_organization_are_one() {
        check("The European Union agreed. The EU will pay.", "EU", "European Union EUR");
    }

    #[test]
    fn she_is_told_from_him() {
        let text = "Alice Mwangi met Peter Hall. She praised the talks.";
        check(text, "She", "Alice Mwangi -");
    }

    #[test]
    fn offices_are_those_of_the_day() {
        check("date 2014-03-03 Merkel spoke on Monday.", "Merkel", "Merkel DEUGOV");
    }
}
