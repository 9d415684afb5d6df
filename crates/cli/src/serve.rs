//! `dateline serve`, `demo` and `token`: the ledger over HTTP.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    net::SocketAddr,
    num::NonZeroU32,
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use dateline_extract::{Extractor, read_document};
use dateline_server::{Settings, Tokens};
use dateline_store::{Incoming, Ledger};
use tracing_subscriber::fmt;

use crate::{
    arguments::{Demo, Listening, Log, Serve, Token},
    batch::Outcome,
    input::complain,
    ledger::{PATIENCE, build},
    lists,
    text::escaped,
};

/// The story `dateline demo` tells, a text a file.
const STORY: [(&str, &str); 16] = [
    ("01-call", include_str!("../../../fixtures/geneva-2021/01-call.txt")),
    ("02-sanctions", include_str!("../../../fixtures/geneva-2021/02-sanctions.txt")),
    ("03-answer", include_str!("../../../fixtures/geneva-2021/03-answer.txt")),
    ("04-dates-studied", include_str!("../../../fixtures/geneva-2021/04-dates-studied.txt")),
    ("05-hope", include_str!("../../../fixtures/geneva-2021/05-hope.txt")),
    ("06-reykjavik", include_str!("../../../fixtures/geneva-2021/06-reykjavik.txt")),
    ("07-announced", include_str!("../../../fixtures/geneva-2021/07-announced.txt")),
    ("08-announced-wire", include_str!("../../../fixtures/geneva-2021/08-announced-wire.txt")),
    ("09-called-off", include_str!("../../../fixtures/geneva-2021/09-called-off.txt")),
    ("10-denial", include_str!("../../../fixtures/geneva-2021/10-denial.txt")),
    ("11-itinerary", include_str!("../../../fixtures/geneva-2021/11-itinerary.txt")),
    (
        "12-itinerary-corrected",
        include_str!("../../../fixtures/geneva-2021/12-itinerary-corrected.txt"),
    ),
    ("13-brussels", include_str!("../../../fixtures/geneva-2021/13-brussels.txt")),
    ("14-geneva", include_str!("../../../fixtures/geneva-2021/14-geneva.txt")),
    ("15-geneva-wire", include_str!("../../../fixtures/geneva-2021/15-geneva-wire.txt")),
    ("16-aftermath", include_str!("../../../fixtures/geneva-2021/16-aftermath.txt")),
];

/// Runs `dateline serve`.
///
/// # Errors
///
/// If the ledger or a file that is named cannot be read, or the address cannot be listened on.
pub(crate) fn serve(serve: &Serve) -> anyhow::Result<Outcome> {
    let db = serve.database.db.clone();
    if serve.create && !db.exists() {
        drop(Ledger::write(&db, "dateline serve", PATIENCE)?);
    }
    let mut settings = Settings::new(db, serve.listening.listen, build());
    if let Some(path) = &serve.token_file {
        let name = escaped(&path.to_string_lossy());
        let file = fs::read_to_string(path).with_context(|| format!("could not read {name}"))?;
        settings.tokens = Some(Tokens::read(&file).with_context(|| name)?);
    }
    settings.hosts.clone_from(&serve.hosts);
    settings.origins.clone_from(&serve.origins);
    settings.trusted_proxies = serve.trusted_proxies;
    settings.rate = NonZeroU32::new(serve.rate_limit);
    settings.connections = serve.max_connections.max(1);
    settings.body = serve.max_body;
    settings.deadline = Duration::from_secs(serve.deadline.max(1));
    run(settings, lists::extractor(&serve.lists)?, &serve.listening)
}

/// Runs `dateline demo`.
///
/// # Errors
///
/// If the ledger cannot be made, or the address cannot be listened on.
pub(crate) fn demo(demo: &Demo) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir().context("could not make a folder for the ledger")?;
    let db = folder.path().join("story.db");
    let extractor = Extractor::new();
    let story: Vec<Incoming> = STORY
        .iter()
        .map(|(name, text)| {
            let mut document = read_document(text);
            document.id = Some(format!("{name}.txt"));
            extractor.extract(&document).into()
        })
        .collect();
    Ledger::write(&db, "dateline demo", PATIENCE)?.ingest(&story, &build())?;
    let settings = Settings::new(db, demo.listening.listen, build());
    run(settings, extractor, &demo.listening)
}

fn run(settings: Settings, extractor: Extractor, listening: &Listening) -> anyhow::Result<Outcome> {
    log(listening.log);
    let ready = |address: SocketAddr| complain(&format!("serving http://{address}/"));
    dateline_server::run(settings, extractor, ready)?;
    Ok(Outcome::Done)
}

fn log(format: Log) {
    let lines = fmt().with_writer(io::stderr).with_target(false);
    match format {
        Log::None => {}
        Log::Text => lines.with_ansi(false).init(),
        Log::Json => lines.json().flatten_event(true).init(),
    }
}

/// Runs `dateline token`.
///
/// # Errors
///
/// If the system gives no random bytes, or the file cannot be written.
pub(crate) fn token(token: &Token) -> anyhow::Result<Outcome> {
    let quarter = || getrandom::u64().map_err(|error| anyhow!("no random bytes: {error}"));
    let secret =
        format!("{:016x}{:016x}{:016x}{:016x}", quarter()?, quarter()?, quarter()?, quarter()?);
    let name = escaped(&token.file.to_string_lossy());
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&token.file).with_context(|| format!("could not write {name}"))?;
    if !ends_a_line(&token.file)? {
        bail!("{name} does not end its last line; mend it first");
    }
    writeln!(file, "{}", Tokens::line(&token.name, &token.scopes, &secret))
        .with_context(|| format!("could not write {name}"))?;
    writeln!(io::stdout(), "{secret}")?;
    Ok(Outcome::Done)
}

/// Whether a line may be added to a file.
fn ends_a_line(path: &std::path::Path) -> anyhow::Result<bool> {
    let bytes = fs::read(path)?;
    Ok(bytes.last().is_none_or(|byte| *byte == b'\n'))
}
