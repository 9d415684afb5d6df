//! An extracted record, converted to the terms of the gold annotation.

use std::ops::Range;

use dateline_core::{Entity, EntityId, Event, Form, Polarity, Record, codes::PloverType};

/// Codes that stand in a country's place: international bodies and kinds of organization.
const BODIES: [&str; 7] = ["EUR", "UNO", "IGO", "NGO", "IMG", "MNC", "ISM"];

/// An extracted event.
#[derive(Debug)]
pub(super) struct FoundEvent {
    /// Trigger, in code points.
    pub(super) trigger: Range<u32>,
    pub(super) words: String,
    pub(super) kind: PloverType,
    pub(super) sources: Vec<FoundParty>,
    pub(super) targets: Vec<FoundParty>,
    pub(super) status: String,
    pub(super) is_negative: bool,
    /// First day, as `YYYY-MM-DD`.
    pub(super) day: Option<String>,
}

impl FoundEvent {
    fn new(record: &Record, event: &Event) -> Self {
        let parties =
            |ids: &[EntityId]| ids.iter().map(|id| FoundParty::new(entity(record, *id))).collect();
        Self {
            trigger: event.trigger.span.start..event.trigger.span.end,
            words: event.trigger.span.text.clone(),
            kind: event.kind,
            sources: parties(&event.sources),
            targets: parties(&event.targets),
            status: event.status.to_string(),
            is_negative: event.polarity == Polarity::Negative,
            day: event.date.map(|date| date.interval.from().date().to_string()),
        }
    }
}

/// A party of an extracted event.
#[derive(Debug)]
pub(super) struct FoundParty {
    /// Country, or the code of a body; empty if neither is known.
    pub(super) country: String,
    pub(super) sectors: Vec<String>,
    /// The entity's name, then its mentions except pronouns.
    pub(super) names: Vec<String>,
}

impl FoundParty {
    pub(super) fn new(entity: &Entity) -> Self {
        let sectors: Vec<String> = entity.sectors.iter().map(ToString::to_string).collect();
        let is_body = |code: &&str| BODIES.contains(code);
        let country = entity.country.map(|country| country.to_string());
        let of_code = || entity.code.as_deref().and_then(|code| code.get(..3)).filter(is_body);
        let of_sectors = || sectors.iter().map(String::as_str).find(is_body);
        let country =
            country.unwrap_or_else(|| of_code().or_else(of_sectors).unwrap_or_default().to_owned());
        let mentions = entity.mentions.iter().filter(|mention| mention.form != Form::Pronoun);
        let names = [&entity.name].into_iter().chain(mentions.map(|mention| &mention.span.text));
        Self { country, names: names.cloned().collect(), sectors }
    }

    /// The entity's name.
    pub(super) fn name(&self) -> &str {
        &self.names[0]
    }
}

/// An extracted statement.
#[derive(Debug)]
pub(super) struct FoundStatement {
    /// Spans of the content, in code points.
    pub(super) content: Vec<Range<u32>>,
    /// Names of the speaker; empty if no entity speaks.
    pub(super) speaker: Vec<String>,
}

/// The events of a record.
pub(super) fn events(record: &Record) -> Vec<FoundEvent> {
    record.events.iter().map(|event| FoundEvent::new(record, event)).collect()
}

/// The statements of a record.
pub(super) fn statements(record: &Record) -> Vec<FoundStatement> {
    let names = |id: EntityId| FoundParty::new(entity(record, id)).names;
    let statement = |one: &dateline_core::Statement| FoundStatement {
        content: one.content.iter().map(|span| span.start..span.end).collect(),
        speaker: one.speaker.map(names).unwrap_or_default(),
    };
    record.statements.iter().map(statement).collect()
}

fn entity(record: &Record, id: EntityId) -> &Entity {
    &record.entities[id.index()]
}
