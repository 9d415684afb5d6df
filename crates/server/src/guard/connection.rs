//! The connection of a request: the address of its client, and whether the server listens on loopback.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

/// The two ends of a connection, attached to each of its requests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    /// Address of the client, or of the last proxy.
    pub(crate) peer: IpAddr,
    /// Whether the server listens on a loopback address.
    pub(crate) is_loopback: bool,
}

impl Connection {
    /// The connection of a request. In a program with its own HTTP server, the client is known by axum's `ConnectInfo`, and the address
    /// listened on is unknown.
    pub(crate) fn of(request: &Request) -> Self {
        let extensions = request.extensions();
        extensions.get().copied().unwrap_or_else(|| {
            let client = extensions.get::<ConnectInfo<SocketAddr>>();
            let peer = client.map_or(Ipv4Addr::LOCALHOST.into(), |ConnectInfo(client)| client.ip());
            Self { peer, is_loopback: false }
        })
    }
}
