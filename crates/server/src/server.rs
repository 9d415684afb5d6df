//! The server: built over a ledger, then mounted as a router, served on a listener, or run until the process ends.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use axum::Router;
use dateline_extract::{Extractor, MissingReader, ReaderKind};
use dateline_store::StoreError;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{Shared, app::App, connection, route, settings::Settings, signal::EndSignal};

/// A server over one ledger.
///
/// It can be used in three ways:
///
/// - [`router`](Self::router) gives an axum router for a program that has its own HTTP server;
/// - [`serve`](Self::serve) accepts connections on a listener in the background and gives a [`Handle`] to stop it;
/// - [`run`](Self::run) does so for a program without a tokio runtime, until the process gets SIGTERM or Ctrl-C.
///
/// ```
/// use std::time::Duration;
///
/// use dateline_extract::{Extractor, read_document};
/// use dateline_server::{
///     Server,
///     axum::{body::Body, http::Request},
/// };
/// use dateline_store::Ledger;
/// use tower::ServiceExt as _;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("news.db");
/// let text = "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Wednesday.\n";
/// let record = Extractor::new().extract(&read_document(text));
/// Ledger::open_for_writing(&path, "example", Duration::ZERO)?.ingest(&[record.into()], "example")?;
///
/// let router = Server::builder(&path).build()?.router();
/// let request = Request::get("/api/v1/events").header("host", "localhost").body(Body::empty())?;
/// assert_eq!(router.oneshot(request).await?.status(), 200);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    app: Shared,
}

/// Builder of a [`Server`], made by [`Server::builder`].
#[derive(Debug)]
#[must_use = "`build` makes the server"]
pub struct Builder {
    ledger: PathBuf,
    settings: Settings,
    reader: Option<ReaderKind>,
    extractor: Option<Extractor>,
}

impl Builder {
    /// Sets access rules and limits.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets the reader of posted documents. The default is the most accurate one of this build: the careful reader with the feature
    /// `careful`, else the fast one. Has no effect together with [`extractor`](Self::extractor), which brings its own.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use dateline_extract::ReaderKind;
    /// use dateline_server::Server;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("news.db");
    /// # dateline_store::Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let server = Server::builder(&path).reader(ReaderKind::Fast).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reader(mut self, reader: ReaderKind) -> Self {
        self.reader = Some(reader);
        self
    }

    /// Sets the extractor that reads posted documents, such as one with a codebook or actors of your own.
    pub fn extractor(mut self, extractor: Extractor) -> Self {
        self.extractor = Some(extractor);
        self
    }

    /// Opens the ledger.
    ///
    /// # Errors
    ///
    /// - [`ServeError::Ledger`] if the ledger does not exist or cannot be read. To make an empty one, open it with
    ///   [`Ledger::open_for_writing`](dateline_store::Ledger::open_for_writing) first.
    /// - [`ServeError::Reader`] if this build does not have the reader.
    pub fn build(self) -> Result<Server, ServeError> {
        let extractor = if let Some(extractor) = self.extractor {
            extractor
        } else {
            let reader = self.reader.unwrap_or_else(ReaderKind::best).require()?;
            Extractor::builder().reader(reader).build()
        };
        Ok(Server { app: App::new(self.ledger, self.settings, extractor)? })
    }
}

impl Server {
    /// Starts a builder for the ledger at a path.
    pub fn builder(ledger: impl AsRef<Path>) -> Builder {
        Builder {
            ledger: ledger.as_ref().to_owned(),
            settings: Settings::default(),
            reader: None,
            extractor: None,
        }
    }

    /// Returns a router with the pages and the API, for a program with its own HTTP server.
    ///
    /// Links between pages begin at the root of the host, so mount it there: routes of your own first, then
    /// `.fallback_service(server.router())`. It has to run inside a tokio runtime with time enabled.
    ///
    /// The checks of `Host`, origin, rate and token apply as in [`serve`](Self::serve); name your host in [`Settings::hosts`]. The
    /// rate limit goes by the address in axum's `ConnectInfo<SocketAddr>`; without it, all requests count as one address.
    pub fn router(&self) -> Router {
        route::router(&self.app)
    }

    /// Accepts connections on a listener, in a background task of the current tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns [`ServeError::Exposed`] if the listener can be reached from other machines and no tokens are set.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use dateline_server::{Server, tokio::{self, net::TcpListener}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("news.db");
    /// # dateline_store::Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let listener = TcpListener::bind("127.0.0.1:0").await?;
    /// let handle = Server::builder(&path).build()?.serve(listener)?;
    /// println!("serving http://{}/", handle.local_addr());
    /// handle.shutdown().await;
    /// # Ok(())
    /// # }
    /// ```
    pub fn serve(self, listener: TcpListener) -> Result<Handle, ServeError> {
        let address = listener.local_addr()?;
        if !address.ip().is_loopback() && self.app.settings.tokens.is_none() {
            return Err(ServeError::Exposed(address));
        }
        self.app.start_background_tasks();
        let accepting = connection::accept(Shared::clone(&self.app), listener, address);
        Ok(Handle { address, task: tokio::spawn(accepting), app: self.app })
    }

    /// Serves on an address until the process gets SIGTERM or Ctrl-C, then shuts down. Blocks the thread.
    ///
    /// `ready` is called with the address once connections are accepted; port 0 takes a free port.
    ///
    /// # Errors
    ///
    /// If the address cannot be listened on, can be reached from other machines without tokens, or if the operating system refuses
    /// threads or signals.
    pub fn run(
        self,
        address: SocketAddr,
        ready: impl FnOnce(SocketAddr),
    ) -> Result<(), ServeError> {
        if !address.ip().is_loopback() && self.app.settings.tokens.is_none() {
            return Err(ServeError::Exposed(address));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let ran = runtime.block_on(async {
            let listener = TcpListener::bind(address)
                .await
                .map_err(|source| ServeError::Listen { address, source })?;
            let mut signal = EndSignal::listen()?;
            let handle = self.serve(listener)?;
            ready(handle.local_addr());
            signal.received().await;
            handle.shutdown().await;
            Ok(())
        });
        // A query that does not end does not keep the process alive.
        runtime.shutdown_timeout(Duration::from_millis(200));
        ran
    }
}

/// A running server, made by [`Server::serve`].
///
/// Dropping the handle leaves the server running until its runtime ends.
#[derive(Debug)]
#[must_use = "a server without its handle cannot be stopped"]
pub struct Handle {
    app: Shared,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Handle {
    /// Address the server listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting connections and waits until running requests are answered, at most for [`Settings::drain`].
    pub async fn shutdown(self) {
        self.app.shutdown.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the server ended early");
        }
    }
}

/// A server that could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// This build does not have the reader that was asked for.
    #[error(transparent)]
    Reader(#[from] MissingReader),
    /// Other machines could reach the server, and no token would be asked of them.
    #[error(
        "{0} can be reached from other machines; require tokens, or listen on a loopback address"
    )]
    Exposed(SocketAddr),
    /// The address could not be listened on.
    #[error("could not listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// Error of the operating system.
        source: io::Error,
    },
    /// The operating system refused threads, signals or the address of a listener.
    #[error("could not start the server")]
    System(#[from] io::Error),
}
