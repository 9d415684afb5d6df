//! Connections: accepted up to a limit, each with bounds on its headers and idle time, and drained at shutdown.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time,
};
use tower::Service as _;

use crate::{Shared, guard::Connection, route};

/// Maximum size of a request head, in bytes.
const HEAD_BYTES: usize = 64 << 10;
/// Maximum number of headers of a request.
const HEADERS: usize = 64;
/// Time for a request head to arrive, and for a connection to stay idle.
const IDLE: Duration = Duration::from_secs(30);
/// Pause after the operating system refuses a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until the server is told to shut down, then waits for running requests, at most for
/// [`Settings::drain`](crate::Settings::drain).
pub(crate) async fn accept(app: Shared, listener: TcpListener, address: SocketAddr) {
    let router = route::router(&app);
    let mut shutdown = app.shutdown.subscribe();
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(app.settings.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS);
    loop {
        // While all slots are taken, new connections wait in the queue of the operating system.
        let slot = Arc::clone(&slots).acquire_owned();
        let accepted = tokio::select! {
            _ = shutdown.wait_for(|shutdown| *shutdown) => break,
            accepted = async {
                let slot = slot.await;
                (slot, listener.accept().await)
            } => accepted,
        };
        let (slot, (stream, peer)) = match accepted {
            (Ok(slot), Ok(accepted)) => (slot, accepted),
            (_, Err(error)) => {
                tracing::warn!(%error, "could not accept a connection");
                time::sleep(PAUSE).await;
                continue;
            }
            (Err(_), _) => break,
        };
        let ends = Connection { peer: peer.ip(), is_loopback: address.ip().is_loopback() };
        let connection = graceful.watch(connection(&http, stream, ends, router.clone()));
        let app = Shared::clone(&app);
        tokio::spawn(async move {
            app.metrics.connections.inc();
            // A client that breaks off is not an error of the server.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
            app.metrics.connections.dec();
            drop(slot);
        });
    }
    drop(listener);
    tracing::info!("shutting down");
    if time::timeout(app.settings.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off by the shutdown");
    }
}

/// Serves one connection with the router.
fn connection(
    http: &http1::Builder,
    stream: TcpStream,
    ends: Connection,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    // Responses go out whole; waiting for more data would only delay them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ends);
        router.clone().call(request)
    });
    http.serve_connection(TokioIo::new(stream), service)
}
