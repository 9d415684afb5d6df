//! `POST /extract`: a document to its record. Nothing is kept.

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

/// What it does, in a line.
pub(super) const ABOUT: &str = "The record of one document. Nothing is kept of it.";
/// What it is asked with.
pub(super) const PARAMETERS: &[Parameter] = &[DATE, EXPLAIN];

/// What a body may be said to be, and what it is read as; without a word of it, it is looked at.
pub(super) const KINDS: &[(&str, Format)] = &[
    ("application/json", Format::Json),
    ("text/plain", Format::Text),
    ("application/x-ndjson", Format::Ndjson),
    ("text/html", Format::Html),
    ("text/csv", Format::Csv),
];

/// Other names of the same.
const OTHER_KINDS: &[(&str, Format)] = &[
    ("application/ndjson", Format::Ndjson),
    ("application/jsonl", Format::Ndjson),
    ("application/feed+json", Format::JsonFeed),
    ("application/rss+xml", Format::Feed),
    ("application/atom+xml", Format::Feed),
    ("application/warc", Format::Warc),
    ("text/tab-separated-values", Format::Tsv),
];

/// A record, with what explains it behind all else.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Extracted {
    #[serde(flatten)]
    record: Record,
    /// Why each part was read as it was, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<Vec<Explanation>>,
}

/// Answers the route.
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
                "the body holds several documents; send one, or all of them to `/documents`",
            ));
        }
        let document =
            documents.pop().unwrap_or_else(|| Err("the body holds no document".to_owned()));
        let document = document.map_err(|why| unreadable(&why))?;
        let extracted = if asked.get(EXPLAIN.name) == Some(true) {
            let (record, explanations) = app.extractor.explain(&document);
            Extracted { record, explanations: Some(explanations) }
        } else {
            Extracted { record: app.extractor.extract(&document), explanations: None }
        };
        Reply::json(&extracted)
    };
    let reply =
        task::spawn_blocking(work).await.map_err(|panicked| Problem::internal(&panicked))??;
    Ok(reply.response(&HeaderMap::new()))
}

/// What a body is said to be.
///
/// # Errors
///
/// If it is something that is not read.
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
            format!("read `{kind}` as the content type, expected one of {}", known.join(", ")),
        )
    })
}

/// Hands on the documents of a body, each or why it is none, with what their texts tell of themselves filled in.
///
/// # Errors
///
/// If the body is no stream of documents at all.
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
