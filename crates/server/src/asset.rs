//! What pages bring along: the style, the script and the mark in the tab. They lie in the program, and are named by their content, so
//! that a browser keeps them as long as they are the same.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

const FILES: [(&str, &str, &str); 3] = [
    ("dateline.css", "text/css; charset=utf-8", include_str!("../assets/dateline.css")),
    ("dateline.js", "text/javascript; charset=utf-8", include_str!("../assets/dateline.js")),
    ("dateline.svg", "image/svg+xml", include_str!("../assets/dateline.svg")),
];

/// The files, with the name they go by.
#[derive(Debug)]
pub(crate) struct Assets {
    version: String,
}

impl Assets {
    pub(crate) fn new() -> Self {
        let mut hasher = blake3::Hasher::new();
        for (_, _, content) in FILES {
            hasher.update(content.as_bytes());
        }
        Self { version: hasher.finalize().to_hex()[..12].to_owned() }
    }

    /// What stands before their names.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// A file; none where there is no such.
    pub(crate) fn file(&self, version: &str, name: &str) -> Option<Response> {
        let (_, kind, content) = FILES.iter().find(|(own, _, _)| *own == name)?;
        let mut response = Bytes::from_static(content.as_bytes()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        let keep = if version == self.version {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        Some(response)
    }
}
