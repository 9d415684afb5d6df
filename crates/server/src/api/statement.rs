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

/// The list of statements.
pub(crate) struct Statements;

/// A statement with its document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct StatementRow {
    /// Id of the document.
    pub(crate) document: String,
    /// Id of the statement in the record, such as `s2`.
    pub(crate) statement: String,
    /// Publication date of the document.
    pub(crate) published: Option<String>,
    /// Publisher of the document.
    pub(crate) publisher: Option<String>,
    /// Title of the document.
    pub(crate) title: Option<String>,
    /// Name of the speaker.
    pub(crate) speaker: Option<String>,
    /// Id of the speaker among actors.
    pub(crate) speaker_id: Option<String>,
    /// Words that name the speaker.
    pub(crate) source: Option<TextSpan>,
    /// Quotation style: `direct`, `indirect` or `mixed`.
    pub(crate) kind: &'static str,
    /// Class of the cue: `speech` or `attitude`.
    pub(crate) class: Option<&'static str>,
    /// Cue: the words that signal the statement.
    pub(crate) cue: Option<TextSpan>,
    /// Dictionary form of the cue.
    pub(crate) lemma: Option<String>,
    /// Spans of the content, in the order of the text.
    pub(crate) content: Vec<TextSpan>,
    /// Start of the time of the statement, inclusive.
    pub(crate) from: Option<String>,
    /// End of the time of the statement, exclusive.
    pub(crate) to: Option<String>,
    /// Name of the addressee.
    pub(crate) addressee: Option<String>,
}

impl StatementRow {
    /// Builds the row of a statement from its document and its index in the record.
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
    const ABOUT: &'static str =
        "Statements: who said what, ordered by the publication date of the documents.";
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
