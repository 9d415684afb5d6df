//! Features of documents for the trainers of the statement model and the event ranker.

use std::ops::Range;

use dateline_core::Document;
use dateline_nlp::Span;

use super::{Extractor, layers};
use crate::{
    entity::inferred::train as inferred,
    event::{
        self,
        model::train::{Annotated, Examples},
        ranker::Features,
    },
    reading::Reading,
    statement::{
        self,
        model::train::{Annotated as Said, Example, Reach},
    },
};

impl Extractor {
    /// Returns the training examples of the statement model in a document.
    pub(crate) fn statement_examples(
        &self,
        document: &Document,
        annotated: &[Said],
        reach: &mut Reach,
    ) -> Vec<Example> {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let (_, entities) = layers::through_entities(reading, &self.vocabulary);
        statement::examples(reading, &entities, annotated, reach)
    }

    /// Returns the annotated actors of a document of whom it does not tell everything.
    pub(crate) fn actor_cases(
        &self,
        document: &Document,
        annotated: &[inferred::Annotated],
    ) -> inferred::Cases {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let (_, entities, _) = layers::through_statements(reading, &self.vocabulary);
        inferred::cases(&analysis, &entities, annotated)
    }

    /// Returns the training examples of the models of events in a document.
    pub(crate) fn act_examples(&self, document: &Document, annotated: &[Annotated]) -> Examples {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let (times, entities, statements) = layers::through_statements(reading, &self.vocabulary);
        event::examples(&self.codebook, reading, &times, &entities, &statements, annotated)
    }

    /// Returns the features the event ranker sees between two spans of a document (bytes, half-open).
    pub(crate) fn pair_features(
        &self,
        document: &Document,
        source: Option<Range<usize>>,
        target: Option<Range<usize>>,
    ) -> Features {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let (times, entities, statements) = layers::through_statements(reading, &self.vocabulary);
        let events = event::by_frames(&self.codebook, reading, &times, &entities, &statements);
        let span = |range: Range<usize>| Span::new(range.start, range.end);
        event::confidence::features(
            &self.codebook,
            reading,
            &entities,
            &events,
            source.map(span),
            target.map(span),
        )
    }
}
