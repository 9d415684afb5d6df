//! `/documents`: the documents of the ledger.

use dateline_core::Record;
use dateline_formats::write::Column;
use dateline_store::{DocumentDetail, DocumentFilter, DocumentRow};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Endpoint, JSON, Schemas,
    list::{Listing, Part, Take, column},
};
use crate::{
    app::Question,
    parameter::{ACTOR, AFTER, DOCUMENT_ID, LIMIT, ORDER, PUBLISHER, Parameter, SINCE, UNTIL},
    problem::Problem,
    reply::Reply,
};

/// The list of documents.
pub(crate) struct Documents;

impl Listing for Documents {
    type Item = DocumentRow;

    const PATH: &'static str = "/documents";
    const NAME: &'static str = "list_documents";
    const ABOUT: &'static str = "Documents by publication date; those without a date come first.";
    const PARAMETERS: &'static [Parameter] = &[ACTOR, PUBLISHER, SINCE, UNTIL, ORDER, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("id"),
        column("name"),
        column("published"),
        column("title"),
        column("publisher"),
        column("agency"),
        column("byline"),
        column("url"),
        column("copy_of"),
        column("superseded"),
        column("statements"),
        column("mentions"),
    ];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, DocumentRow>,
    ) -> Result<(), Problem> {
        let asked = question.asked;
        let filter = DocumentFilter::new()
            .since(asked.day("since"))
            .until(asked.day("until"))
            .actor(asked.text("actor"))
            .publisher(asked.text("publisher"))
            .limit(part.limit)
            .is_latest_first(asked.is_latest_first())
            .after(part.after);
        Ok(question.ledger.each_document_row(&filter, take)?)
    }
}

/// One document.
pub(crate) const ONE: Endpoint = Endpoint {
    path: "/documents/{id}",
    name: "read_document",
    about: "One document with its record, and the actors and events of the ledger that its parts belong to.",
    parameters: &[DOCUMENT_ID],
    answer: Schemas::of::<StoredDocument>,
    kind: JSON,
    work: one,
    whole: None,
};

/// A document of the ledger.
#[derive(Debug, Serialize, JsonSchema)]
struct StoredDocument {
    /// Id of the document: `d` and 16 hexadecimal digits.
    id: String,
    /// Id of the earliest document with nearly the same words.
    copy_of: Option<String>,
    /// Id of the next version.
    superseded: Option<String>,
    /// Name and version of the program that made the record.
    build: String,
    /// Ids of actors, one for each entity of the record.
    actors: Vec<Option<String>>,
    /// Ids of ledger events, one for each event of the record.
    events: Vec<Option<String>>,
    /// The record.
    record: Record,
}

fn one(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.asked.text("id").unwrap_or_default();
    let DocumentDetail { id, record, copy_of, superseded, build, actors, events, .. } =
        question.ledger.document(id)?;
    Reply::json(&StoredDocument { id, copy_of, superseded, build, actors, events, record })
}
