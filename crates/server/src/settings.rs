//! What a server is started with.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use crate::guard::Tokens;

/// What a server is started with. [`Settings::new`] gives what is usual.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The ledger, which has to be there.
    pub db: PathBuf,
    /// Where to listen. Other machines are listened to only with [`Settings::tokens`].
    pub listen: SocketAddr,
    /// Who may do what; without any, whoever reaches the server may do everything.
    pub tokens: Option<Tokens>,
    /// Names the server goes by, besides its address and `localhost`: what a `Host` may say.
    pub hosts: Vec<String>,
    /// Origins whose pages may ask the API: `https://desk.example`.
    pub origins: Vec<String>,
    /// Proxies in front of the server, whose addresses at the end of `X-Forwarded-For` are believed.
    pub trusted_proxies: usize,
    /// Requests a second from one address, as a mean; none is as many as it likes. Twice as many may come at once.
    pub rate: Option<NonZeroU32>,
    /// Connections at once.
    pub connections: usize,
    /// Bytes of what is posted, at most.
    pub body: usize,
    /// How long a question to the ledger may take.
    pub deadline: Duration,
    /// How long requests may go on once the server is told to end.
    pub drain: Duration,
    /// What records are said to be made by.
    pub build: String,
}

impl Settings {
    /// The usual: this machine alone, no tokens, 100 requests a second, 1,024 connections, 32 MiB, 10 seconds for a question and 5 to
    /// end.
    pub fn new(db: PathBuf, listen: SocketAddr, build: String) -> Self {
        Self {
            db,
            listen,
            tokens: None,
            hosts: Vec::new(),
            origins: Vec::new(),
            trusted_proxies: 0,
            rate: NonZeroU32::new(100),
            connections: 1024,
            body: 32 << 20,
            deadline: Duration::from_secs(10),
            drain: Duration::from_secs(5),
            build,
        }
    }
}
