//! `POST /extract`: the record of one document, without storing it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use dateline_core::{Document, Explanation, Moment, Record};
use dateline_extract::complete;
use dateline_formats::read::{self, FieldNames, Format};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::task;

use crate::{
    Shared, body,
    parameter::{Asked, DATE, EXPLAIN, Parameter},
    problem::Problem,
    reply::Reply,
};

/// Summary of the endpoint.
pub(super) const ABOUT: &str = "Extracts the record of one document. Nothing is stored.";
/// Parameters of the endpoint.
pub(super) const PARAMETERS: &[Parameter] = &[DATE, EXPLAIN];

/// Content types and their formats. Without a content type, the format is recognized by content.
pub(super) const KINDS: &[(&str, Format)] = &[
    ("application/json", Format::Json),
    ("text/plain", Format::Text),
    ("application/x-ndjson", Format::Ndjson),
    ("text/html", Format::Html),
    ("text/csv", Format::Csv),
];

/// Further content types, left out of the documentation.
const OTHER_KINDS: &[(&str, Format)] = &[
    ("application/ndjson", Format::Ndjson),
    ("application/jsonl", Format::Ndjson),
    ("application/feed+json", Format::JsonFeed),
    ("application/rss+xml", Format::Feed),
    ("application/atom+xml", Format::Feed),
    ("application/warc", Format::Warc),
    ("text/tab-separated-values", Format::Tsv),
];

/// A record, followed by its explanations.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExtractedRecord {
    #[serde(flatten)]
    record: Record,
    /// Explanations of the parts, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<Vec<Explanation>>,
}

/// Handles the request.
pub(super) async fn extract(
    State(app): State<Shared>,
    request: Request,
) -> Result<Response, Problem> {
    let asked = Asked::read(PARAMETERS, [], request.uri().query().unwrap_or_default())?;
    let format = format(request.headers())?;
    let body = body::read(&app, request.into_body()).await?;
    let place = app.extractions.clone().acquire_owned().await;
    let place = place.map_err(|closed| Problem::internal(&closed))?;
    let work = move || -> Result<Reply, Problem> {
        let _place = place;
        let mut documents = Vec::new();
        documents_of(&body.bytes, format, asked.get(DATE.name), &mut |found| {
            documents.push(found);
            documents.len() < 2
        })?;
        let unreadable = |why: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why);
        if documents.len() > 1 {
            return Err(unreadable(
                "the body has several documents; send one, or post them to `/documents`",
            ));
        }
        let document =
            documents.pop().unwrap_or_else(|| Err("the body has no document".to_owned()));
        let document = document.map_err(|why| unreadable(&why))?;
        let extracted = if asked.get(EXPLAIN.name) == Some(true) {
            let (record, explanations) = app.extractor.explain(&document);
            ExtractedRecord { record, explanations: Some(explanations) }
        } else {
            ExtractedRecord { record: app.extractor.extract(&document), explanations: None }
        };
        Reply::json(&extracted)
    };
    let reply =
        task::spawn_blocking(work).await.map_err(|panicked| Problem::internal(&panicked))??;
    Ok(reply.response(&HeaderMap::new()))
}

/// Returns the format of a body by its content type; `None` if it has to be recognized.
///
/// # Errors
///
/// If the content type is not supported.
pub(super) fn format(headers: &HeaderMap) -> Result<Option<Format>, Problem> {
    let Some(said) = headers.get(header::CONTENT_TYPE) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default();
    let kind = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.is_empty()
        || kind == "application/octet-stream"
        || kind == "application/x-www-form-urlencoded"
    {
        return Ok(None);
    }
    let found = KINDS.iter().chain(OTHER_KINDS).find(|(own, _)| *own == kind);
    found.map(|(_, format)| Some(*format)).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("content type `{kind}` is not supported; use one of {}", known.join(", ")),
        )
    })
}

/// Passes each document of a body to `take`, completed from the header of its text, or the reason why it could not be read.
///
/// # Errors
///
/// If the body as a whole cannot be read.
pub(super) fn documents_of(
    body: &[u8],
    format: Option<Format>,
    date: Option<Moment>,
    take: &mut dyn FnMut(Result<Document, String>) -> bool,
) -> Result<(), Problem> {
    let unreadable =
        |error: std::io::Error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string());
    let names = FieldNames::default();
    let mut stream = read::sniff(Box::new(body), "-", format).map_err(unreadable)?;
    let mut hand_on = |found: Result<Document, String>| {
        take(found.map(|mut document| {
            document.published = date.or(document.published);
            complete(document)
        }))
    };
    read::cut(&mut stream.from, stream.format, &mut |piece| match piece {
        Err(problem) => hand_on(Err(problem.why)),
        Ok(cut) => read::open(&cut, &names)
            .into_iter()
            .all(|found| hand_on(found.map(|found| found.document))),
    })
    .map_err(unreadable)
}
