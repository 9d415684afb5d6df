//! What went wrong, as RFC 9457 has it: `application/problem+json` for programs, a page for people.
//!
//! What a client can mend is said in words; what only we can mend goes to the log and not to the client.

use std::fmt;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dateline_store::StoreError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::parameter::Parameter;

/// Seconds after which somebody who is sent away may come again.
const LATER: &str = "1";

/// A request that is not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    parameter: Option<String>,
    challenge: bool,
}

/// A problem as it is sent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Sent<'a> {
    /// What sort of problem it is; `about:blank`, as the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What was wrong, and what to do.
    detail: &'a str,
    /// The parameter that was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), parameter: None, challenge: false }
    }

    /// A parameter has a value it does not take.
    pub(crate) fn parameter(name: &str, why: impl fmt::Display) -> Self {
        Self {
            parameter: Some(name.to_owned()),
            ..Self::new(StatusCode::BAD_REQUEST, format!("parameter `{name}`: {why}"))
        }
    }

    /// A parameter is none of those that are known.
    pub(crate) fn unknown_parameter(name: &str, known: &[Parameter]) -> Self {
        let known: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Self::parameter(name, format!("is not known here; known are {known}"))
    }

    /// Who asks has to say who they are.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self { challenge: true, ..Self::new(StatusCode::UNAUTHORIZED, detail) }
    }

    /// More is asked than can be answered now.
    pub(crate) fn busy(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Something is wrong with us; what it is goes to the log.
    pub(crate) fn internal(error: &dyn fmt::Display) -> Self {
        tracing::error!(error = %error, "could not answer");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "something went wrong here; the log of the server says what",
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

    /// Headers that go with it, whatever the body.
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
        let sent = Sent {
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
                Self::new(StatusCode::NOT_FOUND, format!("there is no event {id}"))
            }
            StoreError::NoSuchDocument(id) => {
                Self::new(StatusCode::NOT_FOUND, format!("there is no document {id}"))
            }
            StoreError::NoSuchActor(_) | StoreError::NotYetReported { .. } => {
                Self::new(StatusCode::NOT_FOUND, error.to_string())
            }
            StoreError::Query(why) => Self::parameter("q", why),
            StoreError::Cursor(_) => Self::parameter("after", &error),
            StoreError::Interrupted => {
                Self::busy("the query took too long; narrow it by dates, an actor or a type")
            }
            StoreError::Held { .. } => {
                Self::busy("another program writes to the ledger; try again when it has ended")
            }
            _ => Self::internal(&chain(&error)),
        }
    }
}

/// An error with what lies behind it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        said = format!("{said}: {error}");
        source = error.source();
    }
    said
}
