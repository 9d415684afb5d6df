//! Access checks: host names, origins, tokens, rate limits.

use std::num::NonZeroU32;

use axum::{body::Body, http::Request};

use super::Server;
use crate::{Scope, Tokens, api::BASE};

async fn status(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await.status.as_u16()
}

#[tokio::test]
async fn tokens_open_what_their_scopes_name() {
    let server = Server::with(&[], |settings| {
        let file = [("desk", Scope::Read), ("feed", Scope::Ingest), ("root", Scope::Admin)]
            .map(|(name, scope)| Tokens::line(name, &[scope], name));
        settings.tokens = Some(Tokens::read(&file.join("\n")).unwrap());
    });
    let expected = [
        ("GET", "/", [401, 200, 403, 200]),
        ("GET", "/api/v1/events", [401, 200, 403, 200]),
        ("GET", "/api/v1/events.csv", [401, 200, 403, 200]),
        ("GET", "/api/v1/openapi.json", [401, 200, 403, 200]),
        ("POST", "/api/v1/documents", [401, 403, 422, 422]),
        ("GET", "/metrics", [401, 403, 403, 200]),
        ("GET", "/healthz", [200, 200, 200, 200]),
    ];
    for (method, path, statuses) in expected {
        let mut found = vec![status(&server, method, path, &[]).await];
        for token in ["desk", "feed", "root"] {
            let header = format!("Bearer {token}");
            found.push(status(&server, method, path, &[("authorization", &header)]).await);
        }
        assert_eq!(found, statuses, "{method} {path}");
    }
    let refused = server.get("/").await;
    assert!(refused.header("www-authenticate").contains("Basic"));
}

#[tokio::test]
async fn other_hosts_and_pages_of_others_are_refused() {
    let server =
        Server::with(&[], |settings| settings.origins = vec!["https://a.example".to_owned()]);
    assert_eq!(status(&server, "GET", "/", &[("host", "evil.example")]).await, 421);
    let post = format!("{BASE}/documents");
    assert_eq!(status(&server, "POST", &post, &[("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&server, "POST", &post, &[("origin", "https://a.example")]).await, 422);
    let asked = |origin: &str| {
        Request::get(format!("{BASE}/events"))
            .header("host", "localhost")
            .header("origin", origin)
            .body(Body::empty())
            .unwrap()
    };
    let named = server.send(asked("https://a.example")).await;
    assert_eq!(named.header("access-control-allow-origin"), "https://a.example");
    let other = server.send(asked("https://evil.example")).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn rate_limit_applies() {
    let server = Server::with(&[], |settings| settings.rate = NonZeroU32::new(2));
    let mut found = Vec::new();
    for _ in 0..8 {
        found.push(status(&server, "GET", "/healthz", &[]).await);
    }
    assert!(found.starts_with(&[200, 200, 200, 200]) && found.contains(&429), "{found:?}");
}

#[tokio::test]
async fn every_response_has_security_headers() {
    let server = Server::story();
    for path in ["/", "/nowhere", "/api/v1/events", "/api/v1/nowhere", "/healthz"] {
        let answer = server.get(path).await;
        assert!(
            answer.header("content-security-policy").starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    assert_eq!(status(&server, "DELETE", "/api/v1/events", &[]).await, 405);
    assert_eq!(status(&server, "BREW", "/", &[]).await, 405);
}

#[tokio::test]
async fn a_request_keeps_a_plain_name_and_is_given_one_otherwise() {
    let server = Server::with(&[], |_| {});
    let asked = |id: &str| {
        let request =
            Request::get("/healthz").header("host", "localhost").header("x-request-id", id);
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(server.send(asked("abc-1")).await.header("x-request-id"), "abc-1");
    assert_ne!(server.send(asked("a b")).await.header("x-request-id"), "a b");
}
