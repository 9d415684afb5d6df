//! Settings of a server.

use std::{num::NonZeroU32, time::Duration};

use crate::guard::token::Tokens;

/// Access rules and limits of a server.
///
/// [`Settings::default`] lets in this machine only, without tokens: 100 requests a second from an address, 1,024 connections, request
/// bodies of 32 MiB, 10 seconds for a query, and 5 seconds to finish when the server shuts down. The struct may grow, so start from
/// the default and change what you need:
///
/// ```
/// use std::time::Duration;
///
/// let mut settings = dateline_server::Settings::default();
/// settings.hosts = vec!["desk.example".to_owned()];
/// settings.deadline = Duration::from_secs(30);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Tokens that requests must carry. With `None`, anyone who reaches the server may read and write.
    pub tokens: Option<Tokens>,
    /// Host names of the server, besides `localhost` and its IP address. Requests with any other `Host` header are refused.
    pub hosts: Vec<String>,
    /// Origins of other web pages that may call the API, such as `https://desk.example`.
    pub origins: Vec<String>,
    /// Number of reverse proxies in front of the server: that many addresses at the end of `X-Forwarded-For` are trusted.
    pub trusted_proxies: usize,
    /// Maximum number of requests a second from one address, on average; bursts may be twice as large. `None` is no limit.
    pub rate: Option<NonZeroU32>,
    /// Maximum number of open connections. Only [`Server::serve`](crate::Server::serve) applies it.
    pub connections: usize,
    /// Maximum size of a request body, in bytes.
    pub body: usize,
    /// Maximum time for one query of the ledger.
    pub deadline: Duration,
    /// Time that running requests are given to finish when the server shuts down.
    pub drain: Duration,
    /// Name and version of the program, stored with the records it makes. Records stored by another build count as outdated.
    pub build: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tokens: None,
            hosts: Vec::new(),
            origins: Vec::new(),
            trusted_proxies: 0,
            rate: NonZeroU32::new(100),
            connections: 1024,
            body: 32 << 20,
            deadline: Duration::from_secs(10),
            drain: Duration::from_secs(5),
            build: format!("dateline {}", env!("CARGO_PKG_VERSION")),
        }
    }
}
