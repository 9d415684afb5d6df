//! Lists, in pages as JSON or whole as CSV and NDJSON.
//!
//! A list defines its items and how to query them once; pages, CSV, NDJSON and documentation follow from that.

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

/// Items per query when a whole list is streamed. Each part is a query of its own, so that a slow client holds no connection.
const PART: usize = 500;
/// Default number of items on a page.
const PAGE: usize = 50;

/// Formats of whole lists, by the extension of the address.
pub(crate) const SHAPES: &[(&str, Shape)] = &[("csv", Shape::Csv), ("ndjson", Shape::Ndjson)];

/// Receives items with their positions in the list; returns `false` to stop.
pub(crate) type Take<'t, T> = dyn FnMut(T, Cursor) -> bool + 't;

/// A list of the API.
pub(crate) trait Listing {
    /// Type of the items.
    type Item: Serialize + JsonSchema;

    /// Path under the base of the API.
    const PATH: &'static str;
    /// Operation id.
    const NAME: &'static str;
    /// Summary, one line.
    const ABOUT: &'static str;
    /// Parameters.
    const PARAMETERS: &'static [Parameter];
    /// Fields that are columns of the CSV; a dot leads into a nested field.
    const COLUMNS: &'static [Column];

    /// Passes the items of a part to `take`, in the order of the list.
    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, Self::Item>,
    ) -> Result<(), Problem>;
}

/// Part of a list: a position to start after, and a maximum number of items.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) after: Option<Cursor>,
    pub(crate) limit: usize,
}

/// One page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(crate) struct ListPage<T> {
    /// Items, in the order of the list.
    pub(crate) items: Vec<T>,
    /// Value of `after` for the next page; `null` on the last page.
    pub(crate) next: Option<String>,
}

/// Writer of one part of a whole list, with the header of the table in the first part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WholeList {
    part: fn(&Question<'_>, Part, Shape, bool) -> Result<WrittenPart, Problem>,
}

/// A serialized part of a list, and the position of the next.
#[derive(Debug)]
struct WrittenPart {
    bytes: Vec<u8>,
    next: Option<Cursor>,
}

/// Makes the row of a list in the table of endpoints.
pub(crate) const fn endpoint<L: Listing>() -> Endpoint {
    Endpoint {
        path: L::PATH,
        name: L::NAME,
        about: L::ABOUT,
        parameters: L::PARAMETERS,
        answer: Schemas::of::<ListPage<L::Item>>,
        kind: JSON,
        work: page::<L>,
        whole: Some(WholeList { part: written::<L> }),
    }
}

/// Makes a column from the name of its field.
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
        // Relative to the path of the request, so the query is enough.
        Some(next) => reply.with_next(&format!("?{}", asked.with("after", Some(&next)))),
        None => reply,
    })
}

/// Queries one page of a list.
pub(crate) fn items<L: Listing>(
    question: &Question<'_>,
    part: Part,
) -> Result<ListPage<L::Item>, Problem> {
    let limit = part.limit;
    let mut items = Vec::new();
    let (mut last, mut next) = (None, None);
    // One item more tells whether there is a next page.
    L::each(question, Part { limit: limit.saturating_add(1), ..part }, &mut |item, cursor| {
        if items.len() == limit {
            next = last.take();
            return false;
        }
        items.push(item);
        last = Some(cursor);
        true
    })?;
    Ok(ListPage { items, next: next.map(|cursor: Cursor| cursor.to_string()) })
}

/// Builds the handler that streams a whole list.
pub(super) fn whole(
    endpoint: &'static Endpoint,
    whole: WholeList,
    shape: Shape,
) -> MethodRouter<Shared> {
    get(move |State(app): State<Shared>, path: RawPathParams, uri: Uri| async move {
        let asked = match asked(endpoint.parameters, &path, &uri) {
            Ok(asked) => asked,
            Err(problem) => return problem.into_response(),
        };
        let limit = asked.get(LIMIT.name);
        let begin = Rest { asked, after: None, is_first: true, left: limit };
        let first = match next(&app, whole, shape, begin).await {
            Ok(first) => first,
            Err(problem) => return problem.into_response(),
        };
        let (bytes, rest) = first;
        // A later error cuts the response off, which a client sees as an incomplete body.
        let parts = stream::try_unfold((Some(bytes), rest), move |(ready, rest)| {
            let app = Shared::clone(&app);
            async move {
                let (bytes, rest) = match (ready, rest) {
                    (Some(bytes), rest) => (bytes, rest),
                    (None, Some(rest)) => {
                        let cut = |problem: Problem| io::Error::other(problem.detail().to_owned());
                        next(&app, whole, shape, rest).await.map_err(cut)?
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

/// Rest of a list that is still to be streamed.
struct Rest {
    asked: Asked,
    after: Option<Cursor>,
    is_first: bool,
    left: Option<usize>,
}

/// Writes the next part of a list, and returns the rest.
async fn next(
    app: &Shared,
    whole: WholeList,
    shape: Shape,
    rest: Rest,
) -> Result<(Bytes, Option<Rest>), Problem> {
    let shared = Shared::clone(app);
    app.ask(move |ledger| {
        let limit = rest.left.unwrap_or(PART).min(PART);
        let after = rest.after.clone().or_else(|| rest.asked.get("after"));
        let question = Question { ledger, asked: &rest.asked, app: &shared };
        let written = (whole.part)(&question, Part { after, limit }, shape, rest.is_first)?;
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
) -> Result<WrittenPart, Problem> {
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
    Ok(WrittenPart { bytes, next })
}

/// Looks up a field; dots lead into nested objects.
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

/// Returns a list element as text; for a span, its words.
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
