//! Arguments of the commands that serve a ledger over HTTP.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use dateline_server::Scope;

use super::{Database, Lists, ReaderOption, one_of};

/// Default address to listen on.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8642);

/// Serve a ledger as web pages and an HTTP API
///
/// Pages begin at `/` and work without JavaScript. The API begins at `/api/v1`; `/api` describes it for people, and
/// `/api/v1/openapi.json` for programs. Nothing is loaded from other sites.
///
/// SIGTERM or Ctrl-C stops the server; running requests have five seconds to finish. Other commands may write to the ledger meanwhile.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline serve
  dateline serve --db iran.db --listen [::1]:9000
  dateline token --name desk --scope read --file tokens.txt
  dateline serve --listen 0.0.0.0:8642 --host desk.example --token-file tokens.txt --trusted-proxies 1")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) database: Database,

    /// Create the ledger if it does not exist
    ///
    /// Without the flag, a missing ledger is an error, since the name may be mistyped.
    #[arg(long)]
    pub(crate) create: bool,

    #[command(flatten)]
    pub(crate) listening: Listening,

    /// File of access tokens, written by `dateline token`
    ///
    /// Every request then needs a token: a program sends `Authorization: Bearer TOKEN`; a browser asks for a password, which is the
    /// token. Required to listen on an address that other machines can reach.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    /// Host name of the server, besides localhost and its IP address; may be repeated
    ///
    /// Requests for other host names are refused. This keeps foreign web pages from reaching the server through DNS rebinding.
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,

    /// Origin whose pages may call the API, such as `https://desk.example`; may be repeated
    ///
    /// By default, pages of other sites may not.
    #[arg(long = "cors", value_name = "ORIGIN")]
    pub(crate) origins: Vec<String>,

    /// Number of reverse proxies in front of the server
    ///
    /// That many addresses at the end of `X-Forwarded-For` are trusted.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) trusted_proxies: usize,

    /// Maximum number of requests per second from one address; 0 for no limit
    ///
    /// Bursts may be twice as large. Clients beyond the limit are told to wait.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) rate_limit: u32,

    /// Maximum number of open connections
    ///
    /// Further connections wait until one closes.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    pub(crate) max_connections: usize,

    /// Maximum size of a request body, in bytes
    ///
    /// Larger bodies are refused; send documents in several requests.
    #[arg(long, value_name = "BYTES", default_value_t = 32 << 20)]
    pub(crate) max_body: usize,

    /// Maximum time for a query of the ledger, in seconds
    ///
    /// A longer query is stopped, and the client is told to ask for less.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) deadline: u64,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// Serve a built-in example ledger, to look around
///
/// Sixteen articles, written for Dateline, tell how Presidents Biden and Putin came to meet in Geneva in 2021: a call, doubts, an
/// announcement, a false report of a cancellation, a wrong date and its correction, wire copies, and the meeting. The ledger is temporary
/// and is deleted when the server stops.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) reader: ReaderOption,

    #[command(flatten)]
    pub(crate) listening: Listening,
}

/// Address and log of a server.
#[derive(Debug, Args)]
pub(crate) struct Listening {
    /// Address and port to listen on
    ///
    /// Port 0 picks a free port.
    #[arg(long, value_name = "ADDRESS", default_value_t = LISTEN)]
    pub(crate) listen: SocketAddr,

    /// Log of requests on standard error: text, json or none
    ///
    /// One line per request, with its id, path and time. Search terms and tokens are not logged.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub(crate) log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Log {
    Text,
    Json,
    None,
}

/// Create an access token for `dateline serve`
///
/// Prints the token once; it is not stored. The file gets a line with its name, scopes and hash. To revoke a token, delete its line and
/// restart the server.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline token --name desk --scope read --file tokens.txt
  dateline token --name feed --scope read --scope ingest --file tokens.txt")]
pub(crate) struct Token {
    /// Name of its holder, one word
    ///
    /// Only for your own overview of the file.
    #[arg(long, value_name = "NAME", value_parser = word)]
    pub(crate) name: String,

    /// Permission: read, ingest or admin; may be repeated
    ///
    /// `read` allows queries, `ingest` adds documents, `admin` allows both and shows the server's metrics.
    #[arg(long = "scope", value_name = "SCOPE", value_parser = scope, required = true)]
    pub(crate) scopes: Vec<Scope>,

    /// File of tokens to add to
    ///
    /// The file is created if it does not exist.
    #[arg(long, value_name = "FILE")]
    pub(crate) file: PathBuf,
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|_| one_of(Scope::ALL.iter().map(|it| it.as_str())))
}

fn word(text: &str) -> Result<String, String> {
    let is_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '#');
    is_word.then(|| text.to_owned()).ok_or_else(|| "expected one word".to_owned())
}
