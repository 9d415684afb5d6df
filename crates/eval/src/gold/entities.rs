//! Scores people, organizations, and references to them in one article.

use dateline_core::{Entity, Form, Record};

use super::{
    annotation::{GoldRecord, place},
    names::same_name,
    pairing::overlap,
    tally::Share,
};

/// Counts people and organizations that are found with the right country and sector.
pub(super) fn score_actors(
    gold: &GoldRecord,
    record: &Record,
    counts: &mut Share,
    differences: &mut Vec<String>,
) {
    for actor in &gold.actors {
        let mut cells = actor.split('|');
        let mut next = || cells.next().unwrap_or_default();
        let (name, _kind, country, sector) = (next(), next(), next(), next());
        let named: Vec<&Entity> =
            record.entities.iter().filter(|entity| is_named(entity, name)).collect();
        let is_right =
            named.iter().any(|entity| has_country(entity, country) && has_sector(entity, sector));
        counts.expected += 1;
        counts.right += usize::from(is_right);
        if !is_right {
            let got: Vec<String> = named.iter().map(|entity| describe(entity)).collect();
            differences.push(format!("actor {actor} got {}", got.join("; ")));
        }
    }
}

/// Counts pronouns, titles and short names that are mentions of the right entity.
pub(super) fn score_references(
    text: &str,
    gold: &GoldRecord,
    record: &Record,
    counts: &mut Share,
    differences: &mut Vec<String>,
) {
    for reference in &gold.references {
        let Some(span) = place(text, &reference.mention, &reference.stretch) else { continue };
        let is_mentioned = |entity: &&Entity| {
            let mut spans = entity.mentions.iter().map(|mention| &mention.span);
            spans.any(|own| overlap(&(own.start..own.end), &span))
        };
        let there: Vec<&Entity> = record.entities.iter().filter(is_mentioned).collect();
        let is_meant = |entity: &&Entity| {
            same_name(&entity.name, &reference.name)
                || entity.mentions.iter().any(|mention| mention.span.text == reference.name)
        };
        let is_right = there.iter().any(is_meant);
        counts.expected += 1;
        counts.right += usize::from(is_right);
        if !is_right {
            let got: Vec<&str> = there.iter().map(|entity| entity.name.as_str()).collect();
            let (mention, stretch, name) =
                (&reference.mention, &reference.stretch, &reference.name);
            differences.push(format!(
                "reference {mention:?} in {stretch:?} is {name} got {}",
                got.join("; ")
            ));
        }
    }
}

/// Whether an entity goes by a name, has a mention of those very words, or is named by part of them.
fn is_named(entity: &Entity, name: &str) -> bool {
    let mut mentions = entity.mentions.iter();
    entity.name == name
        || mentions.any(|mention| {
            let words = mention.span.text.as_str();
            words == name || mention.form == Form::Name && same_name(words, name)
        })
}

/// Whether an entity has a country, its code begins with it, or it is among the sectors, as `IGO` is; any will do if none is expected.
fn has_country(entity: &Entity, country: &str) -> bool {
    country.is_empty()
        || entity.country.is_some_and(|own| own.to_string() == country)
        || entity.code.as_deref().and_then(|code| code.get(..3)) == Some(country)
        || has_sector(entity, country)
}

/// Whether an entity has a sector; any will do if none is expected.
fn has_sector(entity: &Entity, sector: &str) -> bool {
    sector.is_empty() || entity.sectors.iter().any(|own| own.as_str() == sector)
}

fn describe(entity: &Entity) -> String {
    format!("{} {}", entity.name, entity.code.as_deref().unwrap_or("-"))
}
