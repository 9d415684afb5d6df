//! Attributes and counts of actors, in one text and over all texts.

use std::collections::{BTreeMap, BTreeSet};

use dateline_core::{
    EntityKind, Explanation, Form, Record,
    codes::{Country, Sector},
};
use serde::Serialize;

use crate::text::Lines;

/// An actor with its attributes and counts.
#[derive(Debug, Clone)]
pub(super) struct ActorRow {
    pub(super) code: Option<String>,
    pub(super) name: String,
    pub(super) kind: EntityKind,
    pub(super) country: Option<Country>,
    pub(super) sectors: Vec<Sector>,
    pub(super) titles: Vec<String>,
    pub(super) counts: Counts,
    /// First decision on each country, sector and title.
    pub(super) decisions: Vec<Decision>,
}

/// Counts of an actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    /// Number of texts that mention it.
    pub(super) documents: u64,
    pub(super) mentions: u64,
    /// Number of its statements.
    pub(super) statements: u64,
    /// Number of events in which it is a source.
    pub(super) source: u64,
    /// Number of events in which it is a target.
    pub(super) target: u64,
}

/// Reason for a country, sector or title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Decision {
    pub(super) field: String,
    pub(super) value: String,
    pub(super) rule: String,
    /// Words it was read from; `null` if it does not come from the text.
    pub(super) words: Option<String>,
    pub(super) file: String,
    /// Line of the words or, without words, of the first mention.
    pub(super) line: usize,
}

/// JSON output of an actor.
#[derive(Debug, Serialize)]
pub(super) struct ActorJson<'a> {
    code: Option<&'a str>,
    name: &'a str,
    kind: EntityKind,
    country: Option<Country>,
    sectors: &'a [Sector],
    titles: &'a [String],
    #[serde(flatten)]
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<&'a [Decision]>,
}

impl ActorRow {
    pub(super) fn json(&self, explained: bool) -> ActorJson<'_> {
        ActorJson {
            code: self.code.as_deref(),
            name: &self.name,
            kind: self.kind,
            country: self.country,
            sectors: &self.sectors,
            titles: &self.titles,
            counts: self.counts,
            decisions: explained.then_some(&self.decisions[..]),
        }
    }

    /// Name of the kind, as in the record.
    pub(super) fn kind_name(&self) -> &'static str {
        match self.kind {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Group => "group",
        }
    }

    /// Adds the attributes and counts of the same actor in another text.
    fn add(&mut self, other: Self) {
        for sector in other.sectors {
            if !self.sectors.contains(&sector) {
                self.sectors.push(sector);
            }
        }
        for title in other.titles {
            if !self.titles.iter().any(|known| known.eq_ignore_ascii_case(&title)) {
                self.titles.push(title);
            }
        }
        let (own, more) = (&mut self.counts, other.counts);
        own.documents += more.documents;
        own.mentions += more.mentions;
        own.statements += more.statements;
        own.source += more.source;
        own.target += more.target;
        for decision in other.decisions {
            let is_same =
                |known: &Decision| known.field == decision.field && known.value == decision.value;
            if !self.decisions.iter().any(is_same) {
                self.decisions.push(decision);
            }
        }
    }
}

/// Actors of all texts read so far.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// Keyed by lowercase name, and code.
    rows: BTreeMap<(String, Option<String>), ActorRow>,
}

impl Corpus {
    pub(super) fn add(&mut self, rows: Vec<ActorRow>) {
        // Two entities of one text with the same name and code count as one text.
        let mut seen = BTreeSet::new();
        for mut row in rows {
            let key = (row.name.to_lowercase(), row.code.clone());
            row.counts.documents = u64::from(seen.insert(key.clone()));
            match self.rows.get_mut(&key) {
                Some(known) => known.add(row),
                None => {
                    self.rows.insert(key, row);
                }
            }
        }
    }

    /// Returns all actors, by falling number of mentions, then by name and code.
    pub(super) fn finish(self) -> Vec<ActorRow> {
        let mut rows: Vec<ActorRow> = self.rows.into_values().collect();
        rows.sort_by(|a, b| {
            let most = b.counts.mentions.cmp(&a.counts.mentions);
            most.then_with(|| a.name.cmp(&b.name)).then_with(|| a.code.cmp(&b.code))
        });
        rows
    }
}

/// Returns the actors of one text, in the order of its entities.
pub(super) fn of_document(
    record: &Record,
    explanations: &[Explanation],
    file: &str,
) -> Vec<ActorRow> {
    let mut counts = vec![Counts::default(); record.entities.len()];
    for statement in &record.statements {
        if let Some(speaker) = statement.speaker {
            counts[speaker.index()].statements += 1;
        }
    }
    for event in &record.events {
        event.sources.iter().for_each(|id| counts[id.index()].source += 1);
        event.targets.iter().for_each(|id| counts[id.index()].target += 1);
    }
    let mut decisions: BTreeMap<&str, Vec<&Explanation>> = BTreeMap::new();
    for explanation in explanations {
        decisions.entry(&explanation.of).or_default().push(explanation);
    }
    let lines = Lines::new(&record.document);
    let mut rows = Vec::new();
    for (entity, mut counts) in record.entities.iter().zip(counts) {
        let acts = counts.statements + counts.source + counts.target > 0;
        let is_named = entity.mentions.iter().any(|mention| mention.form == Form::Name);
        let is_somebody =
            entity.kind != EntityKind::Place && (is_named || entity.told_code().is_some());
        if !acts && !is_somebody {
            continue;
        }
        counts.mentions = entity.mentions.len() as u64;
        let first = entity.mentions.first().map_or(0, |mention| mention.span.start);
        let id = entity.id.to_string();
        // Rows are of whole corpora, so they hold what texts tell; what is inferred is true of one text.
        let decided = decisions.get(id.as_str()).into_iter().flatten();
        let decided = decided.filter(|explanation| explanation.rule != "inferred");
        let decided = decided.flat_map(|explanation| {
            explanation.reasons.iter().map(|reason| Decision {
                field: reason.name.clone(),
                value: reason.value.clone(),
                rule: explanation.rule.clone(),
                words: reason.evidence.as_ref().map(|evidence| evidence.text.clone()),
                file: file.to_owned(),
                line: lines.at(reason.evidence.as_ref().map_or(first, |evidence| evidence.start)),
            })
        });
        rows.push(ActorRow {
            code: entity.told_code(),
            name: one_line(&entity.name),
            kind: entity.kind,
            country: entity.told_country(),
            sectors: entity.told_sectors().to_vec(),
            titles: entity.titles.iter().map(|title| one_line(title)).collect(),
            counts,
            decisions: decided.collect(),
        });
    }
    rows
}

/// Replaces line breaks in a name by spaces.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::*;

    /// Compares the rows of texts, each as `NAME CODE documents mentions statements source target`.
    fn check(texts: &[&str], expected: &[&str]) {
        let extractor = Extractor::new();
        let mut corpus = Corpus::default();
        for text in texts {
            let (record, explanations) = extractor.explain(&read_document(text));
            corpus.add(of_document(&record, &explanations, "a.txt"));
        }
        let rows = corpus.finish().into_iter().map(|row| {
            let Counts { documents, mentions, statements, source, target } = row.counts;
            let code = row.code.unwrap_or_default();
            format!("{} {code} {documents} {mentions} {statements} {source} {target}", row.name)
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn texts_are_added_up() {
        let text = "Kenyan Foreign Minister Alice Mwangi said on Monday that talks would go on.\n";
        check(&[text], &["Alice Mwangi KENGOV 1 1 1 0 0"]);
        check(&[text, text], &["Alice Mwangi KENGOV 2 2 2 0 0"]);
    }

    #[test]
    fn places_are_listed_where_they_act() {
        check(
            &["Kenya condemned Uganda.\n", "Farmers live in Kenya.\n"],
            &["Kenya KEN 1 1 1 1 0", "Uganda UGA 1 1 0 0 1"],
        );
    }
}
