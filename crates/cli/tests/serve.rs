//! Tests of `dateline serve` and `dateline demo` as processes: replies on a socket, and a clean shutdown.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails where the command does something else")]

mod shared;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use shared::{dateline, shown};

/// A server that was started, and where it listens.
struct Serving {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
    }
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = dateline(folder.path(), arguments);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("dateline: serving http://").expect("it says where");
        let address = address.trim_end_matches('/').to_owned();
        // Whatever else it says is read, so that it is not held up.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, address, _folder: folder }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    /// Tells it to end; how it ended, and how long that took.
    fn end(&mut self) -> (Option<i32>, Duration) {
        let begun = Instant::now();
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        (self.child.wait().unwrap().code(), begun.elapsed())
    }
}

const HERE: &str = "[::1]:0";

#[test]
fn the_demo_shows_the_story_and_ends_when_told() {
    let mut serving = Serving::start(&["demo", "--listen", HERE]);
    let front = serving.get("/");
    assert!(
        front.starts_with("HTTP/1.1 200 OK\r\n") && front.contains("16 documents report"),
        "{front}"
    );
    assert!(serving.get("/api/v1/events/wfadce1c8bbb5").contains("\"status\":\"occurred\""));
    // A reader of the stream does not hold it up.
    let mut reader = TcpStream::connect(&serving.address).unwrap();
    write!(reader, "GET /api/v1/stream HTTP/1.1\r\nHost: {}\r\n\r\n", serving.address).unwrap();
    let (code, took) = serving.end();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(6), "{took:?}");
}

#[test]
fn heads_that_are_too_large_or_no_heads_are_refused() {
    let serving = Serving::start(&["demo", "--listen", HERE, "--log", "none"]);
    let long = format!("GET /?q={} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(100_000));
    let many = "X-A: b\r\n".repeat(100);
    let many = format!("GET / HTTP/1.1\r\nHost: {}\r\n{many}\r\n", serving.address);
    for (request, expected) in [
        (long.as_str(), "HTTP/1.1 4"),
        (many.as_str(), "HTTP/1.1 431"),
        ("\0\0\0\r\n\r\n", "HTTP/1.1 400"),
    ] {
        let mut stream = TcpStream::connect(&serving.address).unwrap();
        // The server may hang up before it has read all of it.
        drop(stream.write_all(request.as_bytes()));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with(expected), "{answer}");
    }
    assert!(serving.get("/healthz").ends_with("ok\n"));
}

#[test]
fn a_ledger_is_made_where_that_is_asked_and_takes_documents_in() {
    let serving = Serving::start(&["serve", "--create", "--listen", HERE, "--log", "json"]);
    let body = "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Wednesday.\n";
    let answer = serving.ask(&format!(
        "POST /api/v1/documents HTTP/1.1\r\nHost: {}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        serving.address,
        body.len()
    ));
    assert!(answer.contains("\"new\":1"), "{answer}");
    assert!(serving.get("/api/v1/events").contains("\"SANCTION\""));
}

#[test]
fn serve_reports_errors() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| dateline(folder.path(), arguments).output().unwrap();
    let missing = run(&["serve", "--listen", HERE]);
    assert!(shown(&missing).contains("dateline.db"), "{}", shown(&missing));
    assert_eq!(missing.status.code(), Some(2));
    let open = run(&["serve", "--create", "--listen", "0.0.0.0:0"]);
    assert!(shown(&open).contains("--token-file"), "{}", shown(&open));
    fs::write(folder.path().join("tokens.txt"), "desk read secret\n").unwrap();
    let bad = run(&["serve", "--listen", HERE, "--token-file", "tokens.txt"]);
    assert!(shown(&bad).contains("line 1: the hash is not"), "{}", shown(&bad));
}

#[test]
fn a_token_is_printed_once_and_kept_as_its_hash() {
    let folder = TempDir::new().unwrap();
    let make = |name: &str| {
        let arguments = ["token", "--name", name, "--scope", "read", "--file", "tokens.txt"];
        let output = dateline(folder.path(), &arguments).output().unwrap();
        assert!(output.status.success(), "{}", shown(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let (one, other) = (make("desk"), make("feed"));
    assert!(one.len() == 64 && one != other);
    let file = fs::read_to_string(folder.path().join("tokens.txt")).unwrap();
    assert_eq!(file.lines().count(), 2);
    assert!(!file.contains(&one) && file.starts_with("desk read "), "{file}");
    assert!(dateline_server::Tokens::read(&file).is_ok());
}
