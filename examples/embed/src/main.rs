//! Dateline inside a program of your own.
//!
//! ```sh
//! cargo run --manifest-path examples/embed/Cargo.toml            # asks its own server once, and ends
//! cargo run --manifest-path examples/embed/Cargo.toml -- 8080    # serves on this port until Ctrl-C
//! cargo run --manifest-path examples/embed/Cargo.toml --features careful    # reads with the careful reader
//! ```

use std::{
    error::Error,
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

use dateline_extract::{Extractor, ReaderKind, read_document};
use dateline_server::{
    Server, Settings,
    axum::{self, Router, routing::get},
    tokio::{self, net::TcpListener},
};
use dateline_store::{EventFilter, Ledger, jiff::civil::date};

const ARTICLES: [&str; 2] = [
    "date 2021-05-06\npublisher: Harbor Gazette\n\nJapan will expel two Norwegian diplomats, Foreign Minister Ana Ito said on Thursday.\n",
    "date 2021-05-08\npublisher: Fjord Herald\n\nJapan expelled two Norwegian diplomats on Friday.\n",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("news.db");
    fill(&path)?;
    print_events(&path)?;

    let port: Option<u16> = std::env::args().nth(1).map(|port| port.parse()).transpose()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
    let address = listener.local_addr()?;
    println!("serving on http://{address}/");
    let server = tokio::spawn(axum::serve(listener, router(&path)?).into_future());
    if port.is_some() {
        return Ok(server.await??);
    }
    for route in ["/hello", "/api/v1/events?type=SANCTION"] {
        let answer = tokio::task::spawn_blocking(move || ask(address, route)).await??;
        println!("{route}: {answer}");
    }
    server.abort();
    Ok(())
}

/// Extracts the articles and stores their records.
fn fill(path: &Path) -> Result<(), Box<dyn Error>> {
    // The careful reader if it is compiled in. `Extractor::new()` would read with the fast one in any case.
    let extractor = Extractor::builder().reader(ReaderKind::best()).build();
    let mut ledger = Ledger::open_for_writing(path, "embed", Duration::from_secs(5))?;
    for text in ARTICLES {
        let record = extractor.extract(&read_document(text));
        for event in &record.events {
            println!("extracted {} {}, “{}”", event.kind, event.status, event.trigger.span.text);
        }
        ledger.ingest(&[record.into()], "embed 0.1")?;
    }
    Ok(())
}

/// Prints what the ledger knew on two days.
fn print_events(path: &Path) -> Result<(), Box<dyn Error>> {
    let ledger = Ledger::open(path)?;
    for day in [date(2021, 5, 6), date(2021, 5, 8)] {
        for event in ledger.timeline(&EventFilter::new().actor("JPN").as_of(day))? {
            println!("known on {day}: {} {}: {}", event.kind, event.status, event.summary);
        }
    }
    Ok(())
}

/// Your own routes come first; Dateline answers all other paths.
fn router(path: &Path) -> Result<Router, Box<dyn Error>> {
    let dateline = Server::builder(path).settings(Settings::default()).build()?;
    Ok(Router::new().route("/hello", get(|| async { "hello" })).fallback_service(dateline.router()))
}

/// Asks a route of a server and returns the first line of its answer and the number of bytes.
fn ask(address: SocketAddr, route: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {route} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(format!("{}, {} bytes", answer.lines().next().unwrap_or_default(), answer.len()))
}
