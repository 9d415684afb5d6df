//! The server on a listener, and as a router in another program.

use std::{net::SocketAddr, num::NonZeroU32, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
    routing::get,
};
use dateline_store::Ledger;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt as _;

use crate::{ServeError, Server, Settings};

fn server(settings: Settings) -> (Server, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    Ledger::open_for_writing(&path, "test", Duration::ZERO).unwrap();
    (Server::builder(&path).settings(settings).build().unwrap(), folder)
}

#[tokio::test]
async fn a_handle_stops_the_server() {
    let (server, _folder) = server(Settings::default());
    let handle = server.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let address = handle.local_addr();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    handle.shutdown().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn other_machines_need_tokens() {
    let (server, _folder) = server(Settings::default());
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    assert!(matches!(server.serve(listener), Err(ServeError::Exposed(_))));
}

#[tokio::test]
async fn a_router_serves_beside_other_routes_and_knows_its_clients() {
    let settings = Settings { rate: NonZeroU32::new(1), ..Settings::default() };
    let (server, _folder) = server(settings);
    let app =
        Router::new().route("/own", get(|| async { "own" })).fallback_service(server.router());
    let status = async |path: &str, client: &str| {
        let mut request =
            Request::get(path).header("host", "localhost").body(Body::empty()).unwrap();
        let client: SocketAddr = client.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(client));
        app.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!(status("/own", "192.0.2.1:1").await, StatusCode::OK);
    let mut last = StatusCode::OK;
    for _ in 0..4 {
        last = status("/healthz", "192.0.2.1:1").await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(status("/healthz", "192.0.2.2:1").await, StatusCode::OK);
}
