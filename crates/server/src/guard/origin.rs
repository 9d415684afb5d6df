//! Check that a request that changes something comes from a program or from our own pages, not from a foreign page in a browser.

use axum::http::{StatusCode, header, request::Parts};

use crate::problem::Problem;

/// Accepts a request without an origin, from our own pages, or from a configured origin.
///
/// # Errors
///
/// If a browser reports another origin.
pub(super) fn check(request: &Parts, named: &[String]) -> Result<(), Problem> {
    let text = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN.as_str());
    let is_own = match origin {
        // Programs send no origin. A browser that sends none sends `Sec-Fetch-Site`.
        None => text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none")),
        Some(origin) => {
            let own = origin.split_once("://").map(|(_, host)| host);
            named.iter().any(|named| named == origin)
                || own.is_some() && own == text(header::HOST.as_str())
        }
    };
    if is_own {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "a page of another origin may not change anything; to allow it, add its origin to the settings (`dateline serve --cors`)",
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn check_one(headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method("POST").header("host", "desk.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let parts = request.body(()).unwrap().into_parts().0;
        check(&parts, &["https://named.example".to_owned()]).is_ok()
    }

    #[test]
    fn pages_of_others_change_nothing() {
        assert!(check_one(&[]));
        assert!(check_one(&[("origin", "http://desk.example")]));
        assert!(check_one(&[("origin", "https://named.example")]));
        assert!(check_one(&[("sec-fetch-site", "same-origin")]));
        assert!(!check_one(&[("origin", "https://evil.example")]));
        assert!(!check_one(&[("origin", "null")]));
        assert!(!check_one(&[("sec-fetch-site", "cross-site")]));
    }
}
