//! Who is let in: checks that stand before every route, in this order.
//!
//! 1. [`host`]: the `Host` is one of ours, so that no page of a foreign name can be turned on this server.
//! 2. [`origin`]: what changes something comes from a program or from our own pages.
//! 3. [`rate`]: an address asks no more than its share.
//! 4. [`token`]: who asks may do so.

mod host;
mod origin;
mod peer;
mod rate;
mod token;

use axum::http::{HeaderMap, Method, request::Parts};

use crate::{problem::Problem, route::Connection, settings::Settings};

pub(crate) use rate::Rate;
pub use token::{Scope, TokenError, Tokens};

/// Everything that is checked, from the settings.
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

    /// Whether a request may go on to its route; `peer` is who is at the other end of the connection.
    ///
    /// # Errors
    ///
    /// Why it may not.
    pub(crate) fn admit(&self, request: &Parts, connection: Connection) -> Result<(), Problem> {
        self.hosts.check(request, connection.is_loopback)?;
        let asks_only = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
        if !asks_only {
            origin::check(request, &self.origins)?;
        }
        self.rate.check(peer::of(request, connection.peer, self.proxies))
    }

    /// Whether a request may do what a scope lets one do.
    ///
    /// # Errors
    ///
    /// Why it may not.
    pub(crate) fn allow(&self, headers: &HeaderMap, scope: Scope) -> Result<(), Problem> {
        match &self.tokens {
            Some(tokens) => tokens.check(headers, scope),
            None => Ok(()),
        }
    }
}
