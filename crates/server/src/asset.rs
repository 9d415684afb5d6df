//! Static files of the pages: style sheet, script and icon. They are compiled in. Their URLs contain a hash of their content, so that
//! browsers cache them until they change.

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

/// The files and the version in their addresses.
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

    /// Version in the addresses: a hash of all files.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Returns a file by its name. Only the current version may be cached.
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
