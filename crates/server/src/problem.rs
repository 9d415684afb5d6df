//! Problems: responses to requests that fail, as `application/problem+json` (RFC 9457) for programs and as a page for people.
//!
//! A client error is described in the response. An internal error is logged, and the response says only that there was one.

use std::fmt;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dateline_store::StoreError;
use schemars::JsonSchema;
use serde::Serialize;

/// Value of `Retry-After`, in seconds.
const LATER: &str = "1";

/// A failed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    parameter: Option<String>,
    challenge: bool,
}

/// Body of a problem response.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemBody<'a> {
    /// Type of the problem: always `about:blank`, as the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What was wrong, and how to fix it.
    detail: &'a str,
    /// Name of the faulty parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), parameter: None, challenge: false }
    }

    /// Builds the problem of a parameter with a faulty value.
    pub(crate) fn parameter(name: &str, why: impl fmt::Display) -> Self {
        Self {
            parameter: Some(name.to_owned()),
            ..Self::new(StatusCode::BAD_REQUEST, format!("parameter `{name}`: {why}"))
        }
    }

    /// Builds the problem of an unknown parameter.
    pub(crate) fn unknown_parameter(name: &str, known: &[&str]) -> Self {
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Self::parameter(name, format!("is unknown; known parameters are {known}"))
    }

    /// Builds a problem that asks the client to authenticate.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self { challenge: true, ..Self::new(StatusCode::UNAUTHORIZED, detail) }
    }

    /// Builds a problem that asks the client to try again later.
    pub(crate) fn busy(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Logs an internal error and builds a problem without its details.
    pub(crate) fn internal(error: &dyn fmt::Display) -> Self {
        tracing::error!(error = %error, "could not answer");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal error; the log of the server has the details",
        )
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// The status in words.
    pub(crate) fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Problem")
    }

    /// Adds the headers that go with the problem.
    pub(crate) fn headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if self.challenge {
            let challenge =
                "Bearer realm=\"dateline\", Basic realm=\"dateline\", charset=\"UTF-8\"";
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(LATER));
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let sent = ProblemBody {
            kind: "about:blank",
            title: self.title(),
            status: self.status.as_u16(),
            detail: &self.detail,
            parameter: self.parameter.as_deref(),
        };
        let body = serde_json::to_vec(&sent).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.headers(&mut response);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::NoSuchEvent(id) => {
                Self::new(StatusCode::NOT_FOUND, format!("no event {id}"))
            }
            StoreError::NoSuchDocument(id) => {
                Self::new(StatusCode::NOT_FOUND, format!("no document {id}"))
            }
            StoreError::NoSuchActor(_) | StoreError::NotYetReported { .. } => {
                Self::new(StatusCode::NOT_FOUND, error.to_string())
            }
            StoreError::Query(why) => Self::parameter("q", why),
            StoreError::Cursor(_) => Self::parameter("after", &error),
            StoreError::Interrupted => {
                Self::busy("the query took too long; narrow it by dates, an actor or a type")
            }
            StoreError::Held { .. } => Self::busy(
                "another program is writing to the ledger; try again when it has finished",
            ),
            _ => Self::internal(&chain(&error)),
        }
    }
}

/// Joins an error and its causes on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        said = format!("{said}: {error}");
        source = error.source();
    }
    said
}
