//! Results of the earlier layers for a document, shared by the steps of this layer.

use dateline_core::EntityKind;
use dateline_nlp::{SentenceIdx, Span, Token};

use super::{actor::Actors, class, codebook::Codebook, lead, scare_quote};
use crate::{
    clause, document,
    entity::{Entities, EntityIdx},
    reading::Reading,
    statement::StatementDraft,
    time::TimeExpression,
};

/// Results of the layers before this one, and what this layer derives from them once per document.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    pub(super) codebook: &'a Codebook,
    pub(super) reading: Reading<'a>,
    pub(super) times: &'a [TimeExpression],
    pub(super) entities: &'a Entities,
    pub(super) statements: &'a [StatementDraft],
    pub(super) actors: Actors<'a>,
    /// Pairs of a sentence and a statement that has content in it; sorted.
    pub(super) content_sentences: Vec<(u32, u32)>,
    /// Words in scare quotes; sorted.
    pub(super) scare_quotes: Vec<Span>,
    /// The country that the document is about: the one with the most mentions.
    pub(super) focus: Option<EntityIdx>,
    /// Headline in the text, if it has one.
    pub(super) headline: Option<Span>,
    /// Share of entities of politics among the sentences, in steps from 0 to 4.
    pub(super) politics: u32,
    /// First sentence of the text below headline, byline and dateline.
    pub(super) lead: Option<SentenceIdx>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        codebook: &'a Codebook,
        reading: Reading<'a>,
        times: &'a [TimeExpression],
        entities: &'a Entities,
        statements: &'a [StatementDraft],
    ) -> Self {
        let headline = document::headline(reading.document);
        Self {
            codebook,
            reading,
            times,
            entities,
            statements,
            actors: Actors::new(entities, statements),
            content_sentences: content_sentences(reading, statements),
            scare_quotes: scare_quote::find(reading, statements),
            focus: focus(entities),
            politics: politics(reading, entities),
            headline,
            lead: lead::lead(reading, headline),
        }
    }

    /// Returns true if a word stands in the headline: it mentions an act that the text tells.
    pub(super) fn is_in_headline(&self, word: Token<'_>) -> bool {
        self.headline.is_some_and(|headline| headline.contains(word.span()))
    }
}

/// Returns how many mentions of entities of politics there are to a sentence, in steps from 0 to 4.
fn politics(reading: Reading<'_>, entities: &Entities) -> u32 {
    let mentions: usize = entities
        .list()
        .iter()
        .filter(|entity| class::has_office(entity))
        .map(|entity| entity.mentions.len())
        .sum();
    let sentences = reading.analysis.sentences().count().max(1);
    match 10 * mentions / sentences {
        0 => 0,
        1..3 => 1,
        3..7 => 2,
        7..14 => 3,
        _ => 4,
    }
}

/// Returns the country with the most mentions, the first of equal ones.
fn focus(entities: &Entities) -> Option<EntityIdx> {
    let countries = entities.list().iter().zip(0..).filter(|&(entity, number)| {
        entity.kind == EntityKind::Place && !entities.is_mere_place(EntityIdx(number))
    });
    countries
        .max_by_key(|&(entity, number)| (entity.mentions.len(), std::cmp::Reverse(number)))
        .map(|(_, number)| EntityIdx(number))
}

/// Returns the pairs of a sentence and a statement that has content in it, sorted.
fn content_sentences(reading: Reading<'_>, statements: &[StatementDraft]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (statement, idx) in statements.iter().zip(0..) {
        for span in &statement.content {
            let mut last = None;
            for token in clause::tokens_in(reading.analysis, *span) {
                let sentence = token.sentence().idx().0;
                if last != Some(sentence) {
                    pairs.push((sentence, idx));
                    last = Some(sentence);
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
