//! Training of the models; each trainer stands beside the model whose features it shares.

/// Training of the statement model.
pub mod statements {
    use dateline_core::Document;

    use crate::Extractor;
    pub use crate::statement::model::train::{Annotated, Example, Reach, Settings, train};

    /// Returns the candidates for statements in a document, with those its annotation marks as right.
    pub fn examples(
        extractor: &Extractor,
        document: &Document,
        annotated: &[Annotated],
        reach: &mut Reach,
    ) -> Vec<Example> {
        extractor.statement_examples(document, annotated, reach)
    }
}

/// Training of the event ranker.
pub mod events {
    use std::ops::Range;

    use dateline_core::{Document, codes::PloverType};

    use crate::Extractor;
    pub use crate::event::ranker::train::{Example, Model, Settings, train};

    /// Returns a training example: two spans of a document (bytes, half-open) and the event types that may hold
    /// between them. An empty `right` says that none does.
    pub fn example(
        extractor: &Extractor,
        document: &Document,
        source: Option<Range<usize>>,
        target: Option<Range<usize>>,
        right: &[PloverType],
    ) -> Example {
        Example::new(extractor.pair_features(document, source, target), right, 1.0)
    }
}

/// Training of the models of events: confidence, parties and status.
pub mod acts {
    use dateline_core::{Document, Record};

    use crate::Extractor;
    pub use crate::event::model::{
        Limits, Models,
        train::{Annotated, Examples, Party, confidences, fit, statuses_right},
    };

    /// Returns the training examples of a document. The extractor's reader should not have learned from it.
    pub fn examples(
        extractor: &Extractor,
        document: &Document,
        annotated: &[Annotated],
    ) -> Examples {
        extractor.act_examples(document, annotated)
    }

    /// Extracts the record of a document with other models than the compiled-in ones.
    pub fn extract(extractor: &Extractor, models: &Models, document: &Document) -> Record {
        extractor.extract_with(models, document)
    }
}

/// Training of the models of actors: the countries and sectors that a text does not tell.
pub mod actors {
    use dateline_core::Document;

    use crate::Extractor;
    pub use crate::entity::inferred::train::{Annotated, Answers, Cases, LEAST, Trained, fit};

    /// Returns the annotated actors of a document of whom it does not tell everything.
    pub fn cases(extractor: &Extractor, document: &Document, annotated: &[Annotated]) -> Cases {
        extractor.actor_cases(document, annotated)
    }
}

/// Training of the model of factuality.
pub mod factuality {
    pub use crate::factuality::model::train::{Judged, Settings, has_modal, is_negated, train};
}
