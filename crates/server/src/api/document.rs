//! `/documents`: what has come in.

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

/// The list.
pub(crate) struct Documents;

impl Listing for Documents {
    type Item = DocumentRow;

    const PATH: &'static str = "/documents";
    const NAME: &'static str = "list_documents";
    const ABOUT: &'static str = "Documents by their publication, those without a date first.";
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

/// One of them, by its id.
pub(crate) const ONE: Endpoint = Endpoint {
    path: "/documents/{id}",
    name: "read_document",
    about: "A document with its record, and what the ledger made of its parts.",
    parameters: &[DOCUMENT_ID],
    answer: Schemas::of::<StoredDocument>,
    kind: JSON,
    work: one,
    twin: None,
};

/// A document as the ledger has it.
#[derive(Debug, Serialize, JsonSchema)]
struct StoredDocument {
    /// Names the document: `d` and 16 hexadecimal digits.
    id: String,
    /// The earliest document with nearly the same words.
    copy_of: Option<String>,
    /// The next version of it.
    superseded: Option<String>,
    /// The program that made the record.
    build: String,
    /// The actor each entity of the record is, by id.
    actors: Vec<Option<String>>,
    /// The event of the world each event of the record reports, by id.
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
