//! Check that the `Host` of a request is a name of this server.
//!
//! Without it, a foreign page could point its own host name at this machine (DNS rebinding) and read what only this machine may.

use std::net::IpAddr;

use axum::http::{StatusCode, header, request::Parts, uri::Authority};

use crate::{problem::Problem, settings::Settings};

/// Host names of the local machine.
const LOOPBACK: [&str; 1] = ["localhost"];

/// Host names of the server.
#[derive(Debug)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    pub(super) fn new(settings: &Settings) -> Self {
        let named = LOOPBACK.iter().map(|name| (*name).to_owned()).chain(settings.hosts.clone());
        Self(named.collect())
    }

    /// Accepts a request whose `Host` is a name of the server or an IP address: a loopback address, or any if the server does not
    /// listen on loopback only. DNS rebinding cannot forge an IP address.
    ///
    /// # Errors
    ///
    /// If the host is missing or belongs to somebody else.
    pub(super) fn check(&self, request: &Parts, is_loopback: bool) -> Result<(), Problem> {
        let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| request.uri.authority().map(Authority::as_str));
        let named = host.and_then(name).unwrap_or_default();
        let is_ours = self.0.iter().any(|own| own.eq_ignore_ascii_case(named))
            || named
                .trim_matches(['[', ']'])
                .parse::<IpAddr>()
                .is_ok_and(|address| !is_loopback || address.is_loopback());
        if is_ours {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            format!(
                "`{named}` is not a host name of this server; to allow it, add it to the settings (`dateline serve --host {named}`)"
            ),
        ))
    }
}

/// Returns the host without its port.
fn name(host: &str) -> Option<&str> {
    let authority: Authority = host.parse().ok()?;
    let length = authority.host().len();
    host.get(..length).filter(|name| !name.contains('@'))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn check(is_loopback: bool, host: &str) -> bool {
        let settings = Settings { hosts: vec!["desk.example".to_owned()], ..Settings::default() };
        let request = Request::builder().header("host", host).body(()).unwrap();
        Hosts::new(&settings).check(&request.into_parts().0, is_loopback).is_ok()
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for host in ["127.0.0.1:8642", "localhost", "[::1]:8642", "DESK.example:80"] {
            assert!(check(true, host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "a@localhost", "192.0.2.7", ""] {
            assert!(!check(true, host), "{host}");
        }
        assert!(check(false, "192.0.2.7:8642"));
        assert!(!check(false, "evil.example"));
    }
}
