//! Lists: page by page as JSON, whole as CSV and NDJSON.
//!
//! A list says once how its items are asked for and what they are; the page, the two twins and their descriptions follow from that.

use std::io;

use axum::{
    body::{Body, Bytes},
    extract::{RawPathParams, State},
    http::{HeaderValue, Uri, header},
    response::IntoResponse as _,
    routing::{MethodRouter, get},
};
use dateline_formats::write::{Cell, Column, ColumnKind, Shape, Table};
use dateline_store::Cursor;
use futures_util::stream;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{Endpoint, JSON, Schemas, asked};
use crate::{
    Shared,
    app::Question,
    parameter::{Asked, LIMIT, Parameter},
    problem::Problem,
    reply::Reply,
};

/// Items that are asked for at once where a list is given whole: each part is a question of its own, so that a slow reader holds
/// nothing.
const PART: usize = 500;
/// Items of a page, unless it is said.
const PAGE: usize = 50;

/// What a list is given whole as, by the ending of its address.
pub(crate) const SHAPES: &[(&str, Shape)] = &[("csv", Shape::Csv), ("ndjson", Shape::Ndjson)];

/// Takes items with their places in the list, until it says to stop.
pub(crate) type Take<'t, T> = dyn FnMut(T, Cursor) -> bool + 't;

/// A list.
pub(crate) trait Listing {
    /// What it is a list of.
    type Item: Serialize + JsonSchema;

    /// Its path under the base of the API.
    const PATH: &'static str;
    /// What it is called among operations.
    const NAME: &'static str;
    /// What it lists, in a line.
    const ABOUT: &'static str;
    /// What it is asked with.
    const PARAMETERS: &'static [Parameter];
    /// The fields of an item that are columns of a table; those of fields within fields after a dot.
    const COLUMNS: &'static [Column];

    /// Hands on items behind a place, at most so many, in the order of the list.
    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, Self::Item>,
    ) -> Result<(), Problem>;
}

/// Which items of a list.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) after: Option<Cursor>,
    pub(crate) limit: usize,
}

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(crate) struct Page<T> {
    /// The items, in the order of the list.
    pub(crate) items: Vec<T>,
    /// What to ask `after` for the next page; `null` where this is the last.
    pub(crate) next: Option<String>,
}

/// A list whole: the function that gives a part of it, with the head of the table if it is the first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Twin {
    part: fn(&Question<'_>, Part, Shape, bool) -> Result<Written, Problem>,
}

/// A part of a list as it is sent, and where the next begins.
#[derive(Debug)]
struct Written {
    bytes: Vec<u8>,
    next: Option<Cursor>,
}

/// The row of a list in the table of endpoints.
pub(crate) const fn endpoint<L: Listing>() -> Endpoint {
    Endpoint {
        path: L::PATH,
        name: L::NAME,
        about: L::ABOUT,
        parameters: L::PARAMETERS,
        answer: Schemas::of::<Page<L::Item>>,
        kind: JSON,
        work: page::<L>,
        twin: Some(Twin { part: written::<L> }),
    }
}

/// A column of a table, by the field it shows.
pub(crate) const fn column(name: &'static str) -> Column {
    Column { name, kind: ColumnKind::Text, about: "" }
}

fn page<L: Listing>(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let limit = asked.get(LIMIT.name).unwrap_or(PAGE);
    let page = items::<L>(question, Part { after: asked.get("after"), limit })?;
    let next = page.next.clone();
    let reply = Reply::json(&page)?;
    Ok(match next {
        // The path is that of the request, so the query alone will do.
        Some(next) => reply.with_next(&format!("?{}", asked.with("after", Some(&next)))),
        None => reply,
    })
}

/// A page of a list.
pub(crate) fn items<L: Listing>(
    question: &Question<'_>,
    part: Part,
) -> Result<Page<L::Item>, Problem> {
    let limit = part.limit;
    let mut items = Vec::new();
    let (mut last, mut next) = (None, None);
    // One more is asked for, to know whether there is more.
    L::each(question, Part { limit: limit.saturating_add(1), ..part }, &mut |item, cursor| {
        if items.len() == limit {
            next = last.take();
            return false;
        }
        items.push(item);
        last = Some(cursor);
        true
    })?;
    Ok(Page { items, next: next.map(|cursor: Cursor| cursor.to_string()) })
}

/// What answers a list that is asked for whole.
pub(super) fn whole(endpoint: &'static Endpoint, twin: Twin, shape: Shape) -> MethodRouter<Shared> {
    get(move |State(app): State<Shared>, path: RawPathParams, uri: Uri| async move {
        let asked = match asked(endpoint.parameters, &path, &uri) {
            Ok(asked) => asked,
            Err(problem) => return problem.into_response(),
        };
        let limit = asked.get(LIMIT.name);
        let begin = Rest { asked, after: None, is_first: true, left: limit };
        let first = match next(&app, twin, shape, begin).await {
            Ok(first) => first,
            Err(problem) => return problem.into_response(),
        };
        let (bytes, rest) = first;
        // What fails later cuts the answer off, which a client notices as the end is missing.
        let parts = stream::try_unfold((Some(bytes), rest), move |(ready, rest)| {
            let app = Shared::clone(&app);
            async move {
                let (bytes, rest) = match (ready, rest) {
                    (Some(bytes), rest) => (bytes, rest),
                    (None, Some(rest)) => {
                        let cut = |problem: Problem| io::Error::other(problem.detail().to_owned());
                        next(&app, twin, shape, rest).await.map_err(cut)?
                    }
                    (None, None) => return Ok(None),
                };
                Ok::<_, io::Error>(Some((bytes, (None, rest))))
            }
        });
        let mut response = Body::from_stream(parts).into_response();
        let kind = match shape {
            Shape::Ndjson => "application/x-ndjson",
            Shape::Csv | Shape::Tsv => "text/csv; charset=utf-8; header=present",
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    })
}

/// What is still to be given of a list.
struct Rest {
    asked: Asked,
    after: Option<Cursor>,
    is_first: bool,
    left: Option<usize>,
}

/// The next part of a list, and what is left then.
async fn next(
    app: &Shared,
    twin: Twin,
    shape: Shape,
    rest: Rest,
) -> Result<(Bytes, Option<Rest>), Problem> {
    let shared = Shared::clone(app);
    app.ask(move |ledger| {
        let limit = rest.left.unwrap_or(PART).min(PART);
        let after = rest.after.clone().or_else(|| rest.asked.get("after"));
        let question = Question { ledger, asked: &rest.asked, app: &shared };
        let written = (twin.part)(&question, Part { after, limit }, shape, rest.is_first)?;
        let left = rest.left.map(|left| left - limit);
        let goes_on = written.next.is_some() && left != Some(0);
        let rest = goes_on.then_some(Rest { after: written.next, is_first: false, left, ..rest });
        Ok((Bytes::from(written.bytes), rest))
    })
    .await
}

fn written<L: Listing>(
    question: &Question<'_>,
    part: Part,
    shape: Shape,
    with_head: bool,
) -> Result<Written, Problem> {
    let page = items::<L>(question, part)?;
    let mut bytes = Vec::new();
    let write = |error: &dyn std::fmt::Display| Problem::internal(error);
    if shape == Shape::Ndjson {
        for item in &page.items {
            serde_json::to_writer(&mut bytes, item).map_err(|error| write(&error))?;
            bytes.push(b'\n');
        }
    } else {
        let mut table =
            Table::new(&mut bytes, L::COLUMNS, shape, false).map_err(|error| write(&error))?;
        for item in &page.items {
            let value = serde_json::to_value(item).map_err(|error| write(&error))?;
            let cells: Vec<Cell> =
                L::COLUMNS.iter().map(|column| cell(field(&value, column.name))).collect();
            table.row(&cells).map_err(|error| write(&error))?;
        }
        if !with_head {
            let head = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            bytes.drain(..head);
        }
    }
    let next = page.next.map(|next| next.parse()).transpose()?;
    Ok(Written { bytes, next })
}

/// A field of an object, and of those within it.
fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
    name.split('.').fold(value, |value, name| value.get(name).unwrap_or(&Value::Null))
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(is) => Cell::Bool(*is),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Cell::Integer(number),
            None => Cell::Real(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Cell::Text(text.clone()),
        Value::Array(items) => Cell::List(items.iter().map(text).collect()),
        Value::Object(_) => Cell::Text(text(value)),
    }
}

/// A value within a list as text; of a stretch, its words.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => match fields.get("text") {
            Some(Value::String(text)) => text.clone(),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
