//! Access checks in front of every route, in this order:
//!
//! 1. [`host`]: the `Host` header names this server, which stops DNS rebinding.
//! 2. [`origin`]: requests that change something come from a program or from our own pages.
//! 3. [`rate`]: no address sends more requests than its limit.
//! 4. [`token`]: the token of the request permits it.

mod connection;
mod host;
mod origin;
mod peer;
mod rate;
pub(crate) mod token;

use axum::http::{HeaderMap, Method, request::Parts};

use crate::{problem::Problem, settings::Settings};

pub(crate) use connection::Connection;
pub(crate) use rate::Rate;
pub use token::{Scope, TokenError, Tokens};

/// The checks, configured by the settings.
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: host::Hosts,
    origins: Vec<String>,
    proxies: usize,
    pub(crate) rate: Rate,
    tokens: Option<Tokens>,
}

impl Guard {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            hosts: host::Hosts::new(settings),
            origins: settings.origins.clone(),
            proxies: settings.trusted_proxies,
            rate: Rate::new(settings.rate),
            tokens: settings.tokens.clone(),
        }
    }

    /// Checks host, origin and rate of a request.
    ///
    /// # Errors
    ///
    /// The reason for which it is refused.
    pub(crate) fn admit(&self, request: &Parts, connection: Connection) -> Result<(), Problem> {
        self.hosts.check(request, connection.is_loopback)?;
        let asks_only = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
        if !asks_only {
            origin::check(request, &self.origins)?;
        }
        self.rate.check(peer::of(request, connection.peer, self.proxies))
    }

    /// Checks that a request has a token with a scope, if the server has tokens.
    ///
    /// # Errors
    ///
    /// The reason for which it is refused.
    pub(crate) fn allow(&self, headers: &HeaderMap, scope: Scope) -> Result<(), Problem> {
        match &self.tokens {
            Some(tokens) => tokens.check(headers, scope),
            None => Ok(()),
        }
    }
}
