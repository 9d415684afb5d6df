//! Replies that can be cached and sent again.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

use crate::problem::Problem;

/// A successful response.
#[derive(Debug)]
pub(crate) struct Reply {
    kind: &'static str,
    body: Bytes,
    /// Entity tag of the body.
    tag: HeaderValue,
    link: Option<HeaderValue>,
}

impl Reply {
    pub(crate) fn new(kind: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let hash = blake3::hash(&body).to_hex();
        // Weak, as the bytes may go out compressed.
        let tag = format!("W/\"{}\"", &hash[..20]);
        let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits in quotes");
        Self { kind, body, tag, link: None }
    }

    /// Builds a reply from a value as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(|error| Problem::internal(&error))?;
        Ok(Self::new("application/json", body))
    }

    /// Builds a reply from a page.
    pub(crate) fn page(template: &impl askama::Template) -> Result<Self, Problem> {
        let page = template.render().map_err(|error| Problem::internal(&error))?;
        Ok(Self::new("text/html; charset=utf-8", page))
    }

    /// Adds a `Link` to the next page.
    pub(crate) fn with_next(mut self, address: &str) -> Self {
        self.link = HeaderValue::from_str(&format!("<{address}>; rel=\"next\"")).ok();
        self
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// Builds the response; status 304 without a body if the client has the same bytes already.
    pub(crate) fn response(&self, request: &HeaderMap) -> Response {
        let known = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let own = self.tag.to_str().unwrap_or_default();
        let is_known = known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == own));
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Body::from(self.body.clone()).into_response();
            let kind = HeaderValue::from_static(self.kind);
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.tag.clone());
        // The ledger may have changed, so clients ask again each time, and proxies keep nothing.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Some(link) = &self.link {
            headers.insert(header::LINK, link.clone());
        }
        response
    }
}
