//! Connections: taken in up to a number, each with a limit to its heads and its patience, and given time to end.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use dateline_extract::Extractor;
use dateline_store::StoreError;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal,
    sync::Semaphore,
    time,
};
use tower::Service as _;

use crate::{
    Shared,
    app::App,
    route::{self, Peer},
    settings::Settings,
};

/// Bytes of the head of a request.
const HEAD: usize = 64 << 10;
/// Headers of a request.
const HEADERS: usize = 64;
/// How long the head of a request may take, and a connection may be idle.
const IDLE: Duration = Duration::from_secs(30);
/// How often addresses that have not asked for a while are forgotten.
const FORGET: Duration = Duration::from_mins(1);
/// A pause when the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(100);

/// A server that could not begin or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// Other machines would be let in, and nobody has to say who they are.
    #[error(
        "{0} can be reached from other machines; give a file of tokens with --token-file, or listen on a loopback address"
    )]
    Open(SocketAddr),
    /// The address cannot be listened on.
    #[error("could not listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no threads or no signals.
    #[error("could not start")]
    System(#[from] io::Error),
}

/// Serves a ledger until the process is told to end (SIGTERM, SIGINT), and then up to [`Settings::drain`] longer, until what was begun
/// is answered. `ready` is told the address once connections are taken.
///
/// # Errors
///
/// If it could not begin.
pub fn run(
    settings: Settings,
    extractor: Extractor,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if !settings.listen.ip().is_loopback() && settings.tokens.is_none() {
        return Err(ServeError::Open(settings.listen));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ran = runtime.block_on(serve(settings, extractor, ready));
    // A question that will not end does not keep the process.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ran
}

async fn serve(
    settings: Settings,
    extractor: Extractor,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let address = settings.listen;
    let (most, drain) = (settings.connections, settings.drain);
    let app = App::new(settings, extractor)?;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let mut told = signals()?;
    ready(listener.local_addr()?);
    tokio::spawn(Arc::clone(&app.watch).look(Arc::clone(&app.lookout)));
    tokio::spawn(forget(Shared::clone(&app)));
    let router = route::router(&app);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(most));
    let mut head = http1::Builder::new();
    head.timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(HEAD).max_headers(HEADERS);
    loop {
        // Those that come when all places are taken wait in the queue of the system.
        let place = Arc::clone(&places).acquire_owned();
        let accepted = tokio::select! {
            () = told.ended() => break,
            accepted = async {
                let place = place.await;
                (place, listener.accept().await)
            } => accepted,
        };
        let (place, (stream, peer)) = match accepted {
            (Ok(place), Ok(accepted)) => (place, accepted),
            (_, Err(error)) => {
                tracing::warn!(%error, "could not take a connection");
                time::sleep(PAUSE).await;
                continue;
            }
            (Err(_), _) => break,
        };
        let connection = connection(&head, stream, peer, router.clone());
        let connection = graceful.watch(connection);
        let app = Shared::clone(&app);
        tokio::spawn(async move {
            app.metrics.connections.inc();
            // A client that breaks off is no fault of ours.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
            app.metrics.connections.dec();
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("told to end");
    app.ending.send_replace(true);
    if time::timeout(drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered in time");
    }
    Ok(())
}

/// A connection as it is served.
fn connection(
    head: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    // Answers go out whole; waiting for more to send would only hold them back.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        router.clone().call(request)
    });
    head.serve_connection(TokioIo::new(stream), service)
}

async fn forget(app: Shared) {
    let mut pauses = time::interval(FORGET);
    loop {
        pauses.tick().await;
        app.guard.rate.forget();
    }
}

/// What tells the process to end.
struct Told {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
}

fn signals() -> io::Result<Told> {
    #[cfg(unix)]
    {
        use signal::unix::{SignalKind, signal};
        Ok(Told {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }
    #[cfg(not(unix))]
    Ok(Told {})
}

impl Told {
    /// Waits until the process is told to end.
    async fn ended(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        {
            // Without signals to listen to, the process is ended from outside.
            let _ = signal::ctrl_c().await;
        }
    }
}
