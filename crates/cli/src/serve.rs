//! `dateline serve`, `demo` and `token`: a ledger over HTTP.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    net::SocketAddr,
    num::NonZeroU32,
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use dateline_extract::{Extractor, read_document};
use dateline_server::{Builder, ServeError, Server, Settings, Tokens};
use dateline_store::{IncomingDocument, Ledger};
use tracing_subscriber::fmt;

use crate::{
    arguments::{Demo, Listening, Log, Serve, Token},
    batch::Outcome,
    input::complain,
    ledger::{PATIENCE, build},
    lists,
    text::escaped,
};

/// Articles of `dateline demo`. The fixtures `geneva-2021` are the same texts, which a test compares.
const DEMO_ARTICLES: [(&str, &str); 16] = [
    ("01-call.txt", include_str!("../demo/01-call.txt")),
    ("02-sanctions.txt", include_str!("../demo/02-sanctions.txt")),
    ("03-answer.txt", include_str!("../demo/03-answer.txt")),
    ("04-dates-studied.txt", include_str!("../demo/04-dates-studied.txt")),
    ("05-hope.txt", include_str!("../demo/05-hope.txt")),
    ("06-reykjavik.txt", include_str!("../demo/06-reykjavik.txt")),
    ("07-announced.txt", include_str!("../demo/07-announced.txt")),
    ("08-announced-wire.txt", include_str!("../demo/08-announced-wire.txt")),
    ("09-called-off.txt", include_str!("../demo/09-called-off.txt")),
    ("10-denial.txt", include_str!("../demo/10-denial.txt")),
    ("11-itinerary.txt", include_str!("../demo/11-itinerary.txt")),
    ("12-itinerary-corrected.txt", include_str!("../demo/12-itinerary-corrected.txt")),
    ("13-brussels.txt", include_str!("../demo/13-brussels.txt")),
    ("14-geneva.txt", include_str!("../demo/14-geneva.txt")),
    ("15-geneva-wire.txt", include_str!("../demo/15-geneva-wire.txt")),
    ("16-aftermath.txt", include_str!("../demo/16-aftermath.txt")),
];

/// Runs `dateline serve`.
///
/// # Errors
///
/// If the ledger or the file of tokens cannot be read, or the address cannot be listened on.
pub(crate) fn serve(serve: &Serve) -> anyhow::Result<Outcome> {
    let db = &serve.database.db;
    if serve.create && !db.exists() {
        drop(Ledger::open_for_writing(db, "dateline serve", PATIENCE)?);
    }
    let mut settings = settings();
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
    let server = Server::builder(db).settings(settings).extractor(lists::extractor(&serve.lists)?);
    run(server, &serve.listening)
}

/// Runs `dateline demo`.
///
/// # Errors
///
/// If the ledger cannot be made, or the address cannot be listened on.
pub(crate) fn demo(demo: &Demo) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir().context("could not make a temporary folder for the ledger")?;
    let db = folder.path().join("story.db");
    let extractor = Extractor::builder().reader(demo.reader.kind()).build();
    let articles: Vec<IncomingDocument> = DEMO_ARTICLES
        .iter()
        .map(|(name, text)| {
            let mut document = read_document(text);
            document.id = Some((*name).to_owned());
            extractor.extract(&document).into()
        })
        .collect();
    Ledger::open_for_writing(&db, "dateline demo", PATIENCE)?.ingest(&articles, &build())?;
    run(Server::builder(&db).settings(settings()).extractor(extractor), &demo.listening)
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.build = build();
    settings
}

fn run(server: Builder, listening: &Listening) -> anyhow::Result<Outcome> {
    log(listening.log);
    let ready = |address: SocketAddr| complain(&format!("serving http://{address}/"));
    match server.build()?.run(listening.listen, ready) {
        Err(error @ ServeError::Exposed(_)) => Err(anyhow!("{error} (see --token-file)")),
        ran => Ok(ran.map(|()| Outcome::Done)?),
    }
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
/// If there are no random bytes, or the file cannot be written.
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
        bail!("the last line of {name} has no line break; add one first");
    }
    writeln!(file, "{}", Tokens::line(&token.name, &token.scopes, &secret))
        .with_context(|| format!("could not write {name}"))?;
    writeln!(io::stdout(), "{secret}")?;
    Ok(Outcome::Done)
}

/// Returns `true` if the file is empty or ends with a line break.
fn ends_a_line(path: &std::path::Path) -> anyhow::Result<bool> {
    let bytes = fs::read(path)?;
    Ok(bytes.last().is_none_or(|byte| *byte == b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demo_articles_are_the_fixtures() {
        let fixtures =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/geneva-2021");
        let texts = fs::read_dir(&fixtures)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().extension().unwrap() == "txt");
        assert_eq!(texts.count(), DEMO_ARTICLES.len());
        for (name, text) in DEMO_ARTICLES {
            assert!(fs::read_to_string(fixtures.join(name)).unwrap() == text, "{name} differs");
        }
    }
}
