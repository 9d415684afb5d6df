//! The layers in their order.
//!
//! Each function runs the one before it and adds the next layer, so the order is written down once and a caller can stop
//! early: training needs the drafts of the lower layers only.

use dateline_core::StatementKind;

use crate::{
    entity::{self, Entities, Quote, Vocabulary},
    event::{self, EventDraft, LeastConfidence, codebook::Codebook, model::Models},
    reading::Reading,
    relation::{self, RelationDraft},
    statement::{self, StatementDraft},
    time::{self, TimeExpression},
};

/// Everything the layers found in a document.
pub(super) struct Drafts {
    pub(super) times: Vec<TimeExpression>,
    pub(super) entities: Entities,
    pub(super) statements: Vec<StatementDraft>,
    pub(super) events: Vec<EventDraft>,
    pub(super) relations: Vec<RelationDraft>,
}

/// Runs all layers.
pub(super) fn all(
    reading: Reading<'_>,
    vocabulary: &Vocabulary,
    codebook: &Codebook,
    models: &Models,
    least: LeastConfidence,
) -> Drafts {
    let (times, mut entities, statements) = through_statements(reading, vocabulary);
    entities.infer(reading.analysis);
    let mut events = event::read(codebook, models, least, reading, &times, &entities, &statements);
    let relations = relation::read(reading, &entities, &mut events);
    Drafts { times, entities, statements, events, relations }
}

/// Runs the layers up to statements, then resolves the pronouns inside quotations to their speakers.
pub(super) fn through_statements(
    reading: Reading<'_>,
    vocabulary: &Vocabulary,
) -> (Vec<TimeExpression>, Entities, Vec<StatementDraft>) {
    let (times, mut entities) = through_entities(reading, vocabulary);
    let statements = statement::read(reading, &times, &entities);
    entities.resolve_quoted(reading, &quotations(&statements));
    (times, entities, statements)
}

/// Runs the layers up to entities.
pub(super) fn through_entities(
    reading: Reading<'_>,
    vocabulary: &Vocabulary,
) -> (Vec<TimeExpression>, Entities) {
    let times = time::read(reading);
    let entities = entity::read(reading, &times, vocabulary);
    (times, entities)
}

/// Returns the quotations among statements, in text order and without overlaps, with speaker and addressee.
fn quotations(statements: &[StatementDraft]) -> Vec<Quote> {
    let direct = statements.iter().filter(|statement| statement.kind == StatementKind::Direct);
    let mut quotes: Vec<Quote> = direct
        .flat_map(|statement| {
            let (speaker, addressee) = (statement.speaker, statement.addressee);
            statement.content.iter().map(move |&span| Quote { span, speaker, addressee })
        })
        .collect();
    quotes.sort_by_key(|quote| (quote.span.start(), std::cmp::Reverse(quote.span.end())));
    let mut end = 0;
    quotes.retain(|quote| {
        let apart = quote.span.start() >= end;
        end = end.max(quote.span.end());
        apart
    });
    quotes
}
