//! `/statements`: who said what.

use dateline_core::{CueClass, EntityId, StatementKind, TextSpan};
use dateline_formats::write::Column;
use dateline_store::{DocumentDetail, StatementFilter};
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{Listing, Part, Take, column};
use crate::{
    app::Question,
    parameter::{
        AFTER, CLASS, LEMMA, LIMIT, ORDER, Parameter, SINCE, SPEAKER, STATEMENT_KIND, UNTIL,
    },
    problem::Problem,
};

/// The list.
pub(crate) struct Statements;

/// A statement with its document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct StatementRow {
    /// The document it stands in.
    pub(crate) document: String,
    /// The statement in its record: `s2`.
    pub(crate) statement: String,
    /// When the document was published.
    pub(crate) published: Option<String>,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// The title of the document.
    pub(crate) title: Option<String>,
    /// Who says it.
    pub(crate) speaker: Option<String>,
    /// The id of the actor that is.
    pub(crate) speaker_id: Option<String>,
    /// The words that name who says it.
    pub(crate) source: Option<TextSpan>,
    /// How it is said: `direct`, `indirect` or `mixed`.
    pub(crate) kind: &'static str,
    /// Whether it is said, or only thought and wanted: `speech` or `attitude`.
    pub(crate) class: Option<&'static str>,
    /// The words that signal it.
    pub(crate) cue: Option<TextSpan>,
    /// Their dictionary form.
    pub(crate) lemma: Option<String>,
    /// What is said, piece by piece.
    pub(crate) content: Vec<TextSpan>,
    /// First moment it was said in.
    pub(crate) from: Option<String>,
    /// First moment after.
    pub(crate) to: Option<String>,
    /// Whom it is said to.
    pub(crate) addressee: Option<String>,
}

impl StatementRow {
    /// The row of a statement of a document, by its index in the record.
    pub(crate) fn of(stored: &DocumentDetail, index: usize) -> Option<Self> {
        let record = &stored.record;
        let statement = record.statements.get(index)?;
        let name = |id: EntityId| Some(record.entities.get(id.index())?.name.clone());
        let origin = &record.document;
        let interval = statement.date.map(|date| date.interval);
        Some(Self {
            document: stored.id.clone(),
            statement: statement.id.to_string(),
            published: origin.published.map(|published| published.to_string()),
            publisher: origin.publisher.clone(),
            title: origin.title.clone(),
            speaker: statement.speaker.and_then(name),
            speaker_id: statement
                .speaker
                .and_then(|id| stored.actors.get(id.index()).cloned().flatten()),
            source: statement.source.clone(),
            kind: statement.kind.as_str(),
            class: statement.cue.as_ref().map(|cue| cue.class.as_str()),
            cue: statement.cue.as_ref().map(|cue| cue.span.clone()),
            lemma: statement.cue.as_ref().map(|cue| cue.lemma.clone()),
            content: statement.content.clone(),
            from: interval.map(|interval| interval.from().to_string()),
            to: interval.map(|interval| interval.to().to_string()),
            addressee: statement.addressee.and_then(name),
        })
    }
}

impl Listing for Statements {
    type Item = StatementRow;

    const PATH: &'static str = "/statements";
    const NAME: &'static str = "list_statements";
    const ABOUT: &'static str = "Who said what, by the publication of the documents.";
    const PARAMETERS: &'static [Parameter] =
        &[SPEAKER, STATEMENT_KIND, CLASS, LEMMA, SINCE, UNTIL, ORDER, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("document"),
        column("statement"),
        column("published"),
        column("publisher"),
        column("title"),
        column("speaker"),
        column("speaker_id"),
        column("source.text"),
        column("kind"),
        column("class"),
        column("cue.text"),
        column("lemma"),
        column("content"),
        column("from"),
        column("to"),
        column("addressee"),
    ];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, StatementRow>,
    ) -> Result<(), Problem> {
        let asked = question.asked;
        let filter = StatementFilter::new()
            .speaker(asked.text("speaker"))
            .kind(asked.get::<StatementKind>("kind"))
            .class(asked.get::<CueClass>("class"))
            .lemma(asked.text("lemma"))
            .since(asked.day("since"))
            .until(asked.day("until"))
            .limit(part.limit)
            .is_latest_first(asked.is_latest_first())
            .after(part.after);
        question.ledger.each_statement(&filter, &mut |stored, index, cursor| {
            StatementRow::of(stored, index).is_none_or(|row| take(row, cursor))
        })?;
        Ok(())
    }
}
