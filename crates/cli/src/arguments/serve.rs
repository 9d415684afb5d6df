//! The flags of the commands that serve a ledger over HTTP.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use dateline_server::Scope;

use super::{Database, Lists, one_of};

/// Where a server listens unless it is told.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8642);

/// Serve the ledger: pages for people, and an API for programs
///
/// Pages begin at `/`, and are read without a script; the API begins at `/api/v1` and is described at `/api` for people and at
/// `/api/v1/openapi.json` for programs. Nothing is loaded from anywhere else.
///
/// The server ends on SIGTERM or Ctrl-C, and first answers what was asked, for up to five seconds. Other commands may write to the
/// ledger while it is served.
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

    /// Make the ledger if it is not there
    ///
    /// Without it a ledger that is not there is taken for a mistyped name.
    #[arg(long)]
    pub(crate) create: bool,

    #[command(flatten)]
    pub(crate) listening: Listening,

    /// A file of tokens, as `dateline token` writes it
    ///
    /// With it every page and every question asks for a token: a program sends `Authorization: Bearer TOKEN`, a browser takes it
    /// as a password. An address that other machines reach is not listened on without it.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    /// A name the server goes by, besides localhost and its address
    ///
    /// Requests to other names are refused, so that no page of a foreign name can be turned on this server. May be given several
    /// times.
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,

    /// An origin whose pages may ask the API, such as `https://desk.example`
    ///
    /// Without it no page of others may. May be given several times.
    #[arg(long = "cors", value_name = "ORIGIN")]
    pub(crate) origins: Vec<String>,

    /// Proxies in front of the server
    ///
    /// That many addresses at the end of `X-Forwarded-For` are believed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) trusted_proxies: usize,

    /// Requests a second from one address; 0 is no limit
    ///
    /// Twice as many may come at once. Who asks more is told to wait.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) rate_limit: u32,

    /// Connections at once
    ///
    /// More wait until one ends.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    pub(crate) max_connections: usize,

    /// Bytes of what is posted, at most
    ///
    /// Larger bodies are refused; documents may be sent in any number of them.
    #[arg(long, value_name = "BYTES", default_value_t = 32 << 20)]
    pub(crate) max_body: usize,

    /// How long a question to the ledger may take, in seconds
    ///
    /// Then it is ended, and who asked is told to ask for less.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) deadline: u64,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// Serve a ledger of a story that comes along, to look around in
///
/// Sixteen articles of our own that tell how Presidents Biden and Putin came to meet in Geneva in 2021: a call, doubts, an
/// announcement, a false report that it is off, a wrong date and its correction, wire copies, and the meeting. The ledger is made
/// in a folder of its own and goes when the server ends.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) listening: Listening,
}

/// Where to listen, and what to say of it.
#[derive(Debug, Args)]
pub(crate) struct Listening {
    /// The address and port to listen on
    ///
    /// Port 0 takes one that is free.
    #[arg(long, value_name = "ADDRESS", default_value_t = LISTEN)]
    pub(crate) listen: SocketAddr,

    /// What to log on standard error: text, json or none
    ///
    /// A line a request, with its id, route and time; what was searched for and tokens are left out.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub(crate) log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Log {
    Text,
    Json,
    None,
}

/// Make a token for `dateline serve`
///
/// The token is printed once, and kept nowhere. The file gets a line with its name, its scopes and its hash; remove the line and
/// start the server again to take the token back.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline token --name desk --scope read --file tokens.txt
  dateline token --name feed --scope read --scope ingest --file tokens.txt")]
pub(crate) struct Token {
    /// Who it is for, in one word
    ///
    /// Only for those who read the file.
    #[arg(long, value_name = "NAME", value_parser = word)]
    pub(crate) name: String,

    /// What it lets them do: read, ingest or admin
    ///
    /// `read` asks, `ingest` brings in documents, `admin` does both and sees the figures of the server. May be given several times.
    #[arg(long = "scope", value_name = "SCOPE", value_parser = scope, required = true)]
    pub(crate) scopes: Vec<Scope>,

    /// The file of tokens
    ///
    /// A line is added; the file is made if it is not there.
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
