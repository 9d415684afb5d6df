//! `cargo xtask load`: requests per second and response times of the server, one figure per line as `NAME VALUE`.
//!
//! Uses wrk, which distributions package, over the loopback interface and on the same processors as the server. As far as possible, every
//! request of a run is different, so that responses are not served from a cache; figures that end in `-again` repeat a few requests.
//! Times are in milliseconds. Make a ledger with `cargo xtask ledger --documents 100000 --db FILE`.

use std::{
    fmt::Write as _,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use dateline_core::codes::PloverType;
use dateline_store::{EventFilter, Ledger};
use jiff::{ToSpan as _, civil::date};

use xtask::{program::Server, root, succeed};

use crate::ledger::generator;

/// Flags of `load`.
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// Ledger to serve
    ///
    /// With `--ingest`, documents are added to it.
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Duration of each run in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    seconds: u32,
    /// Also measure while this many documents a second are ingested
    #[arg(long, value_name = "N", default_value_t = 200)]
    ingest: u64,
}

/// The most frequent country codes of the generated news.
const COUNTRIES: [&str; 12] =
    ["NOR", "JPN", "KEN", "POL", "BRA", "CAN", "IND", "GRC", "EGY", "PER", "CHL", "TUR"];
/// Number of clients that send documents in parallel.
const FEEDERS: u64 = 4;
/// Words of the generated news, for searches.
const WORDS: [&str; 8] =
    ["harbor", "grain", "ferries", "protesters", "agreement", "minister", "summit", "fishing"];

/// A run: its name, its requests, and the number of connections.
struct Run {
    name: &'static str,
    paths: Vec<String>,
    connections: u32,
}

/// Starts the server and measures it.
pub(crate) fn run(load: &Load) -> Result<()> {
    let wrk = Command::new("wrk").arg("--version").output();
    if wrk.is_err() {
        eprintln!("skipped: wrk is not installed (package `wrk`)");
        return Ok(());
    }
    succeed(&mut xtask::cargo(&["build", "--quiet", "--release", "--package", "dateline"]))?;
    let program = root().join("target/release/dateline");
    let db = load.db.canonicalize().context("the ledger is not there")?;
    let runs = runs(&Ledger::open(&db)?)?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let db = db.to_string_lossy().into_owned();
    let server = Server::start(&program, &folder, &["serve", "--db", &db, "--rate-limit", "0"])?;
    for run in &runs {
        run.ask(&server, load.seconds, "")?;
    }
    if load.ingest > 0 {
        let is_done = AtomicBool::new(false);
        let address = server.url.trim_start_matches("http://").to_owned();
        thread::scope(|scope| -> Result<()> {
            let begun = Instant::now();
            let (address, is_done) = (&address, &is_done);
            let feeders: Vec<_> = (0..FEEDERS)
                .map(|nth| scope.spawn(move || feed(address, nth, load.ingest, is_done)))
                .collect();
            let asked = runs
                .iter()
                .take(2)
                .try_for_each(|run| run.ask(&server, load.seconds, "-while-ingesting"));
            is_done.store(true, Ordering::Relaxed);
            let mut documents = 0;
            for feeder in feeders {
                documents += feeder.join().expect("it does not panic")?;
            }
            #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
            let rate = documents as f64 / begun.elapsed().as_secs_f64();
            println!("ingested-per-second {rate:.0}");
            asked
        })?;
    }
    Ok(())
}

fn runs(ledger: &Ledger) -> Result<Vec<Run>> {
    let mut ids = Vec::new();
    ledger.each_event_row(&EventFilter::default(), &mut |row, _| {
        ids.push(row.id);
        true
    })?;
    ensure!(!ids.is_empty(), "the ledger has no events");
    // Consecutive requests are far apart.
    let n = ids.len();
    let events = (0..n).map(|nth| format!("/api/v1/events/{}", ids[nth * 7919 % n])).collect();
    let first = date(2021, 1, 10);
    let mut lists = Vec::new();
    for back in 0..300 {
        let day = first.checked_add(back.days())?;
        for (nth, country) in COUNTRIES.iter().enumerate() {
            let kind = PloverType::ALL[(nth + usize::try_from(back)?) % PloverType::ALL.len()];
            lists.push(format!("/api/v1/events?actor={country}&type={kind}&since={day}"));
            lists.push(format!(
                "/api/v1/events?type={kind}&status=occurred&since={day}&limit={}",
                20 + nth
            ));
        }
    }
    let mut facets = Vec::new();
    let mut timelines = Vec::new();
    for back in 0..300 {
        let day = first.checked_add(back.days())?;
        for word in WORDS {
            facets.push(format!("/api/v1/facets?q={word}&since={day}"));
        }
        for country in COUNTRIES {
            timelines.push(format!("/api/v1/timeline?actor={country}&since={day}&unit=week"));
        }
    }
    let again = |paths: &Vec<String>| paths.iter().take(200).cloned().collect();
    let run = |name, paths, connections| Run { name, paths, connections };
    Ok(vec![
        run("lists-again", again(&lists), 32),
        run("event-by-id", events, 32),
        run("lists", lists, 32),
        run("facets", facets, 4),
        run("facets-of-all", vec!["/api/v1/facets".to_owned()], 4),
        run("timeline", timelines, 4),
        run("front-page", vec!["/".to_owned()], 4),
    ])
}

impl Run {
    fn ask(&self, server: &Server, seconds: u32, while_what: &str) -> Result<()> {
        let mut script = String::from("paths = {\n");
        for path in &self.paths {
            writeln!(script, "{path:?},")?;
        }
        script.push_str(
            "}\nlocal n = 0\nfunction request()\n  n = n + 1\n  return wrk.format(\"GET\", paths[(n - 1) % #paths + 1])\nend\n\
             function done(summary, latency)\n  local errors = summary.errors\n  io.write(string.format(\"figures %d %d %f %f %f %d\\n\", \
             summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(95) / 1000, \
             latency:percentile(99) / 1000, errors.status + errors.read + errors.timeout + errors.connect))\nend\n",
        );
        let file = root().join(format!("target/bench/{}.lua", self.name));
        fs::write(&file, script)?;
        let output = Command::new("wrk")
            .args(["-t1", &format!("-c{}", self.connections), &format!("-d{seconds}s")])
            .arg("-s")
            .arg(&file)
            .arg(&server.url)
            .output()?;
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let figures = output.lines().find_map(|line| line.strip_prefix("figures "));
        let figures: Vec<f64> = figures
            .with_context(|| format!("wrk said: {output}"))?
            .split(' ')
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [requests, micros, median, p95, p99, errors] = figures[..] else {
            bail!("wrk said: {output}")
        };
        let name = format!("{}{while_what}", self.name);
        println!("{name}-per-second {:.0}", requests / micros * 1e6);
        println!("{name}-p50-ms {median:.2}");
        println!("{name}-p95-ms {p95:.2}");
        println!("{name}-p99-ms {p99:.2}");
        println!("{name}-errors {errors}");
        Ok(())
    }
}

/// Sends generated news in batches of ten until told to stop; returns the number of documents.
fn feed(address: &str, nth: u64, a_second: u64, is_done: &AtomicBool) -> Result<u64> {
    const BATCH: u64 = 10;
    // Numbers above a million, which no generated ledger has.
    const FIRST: u64 = 1_000_000;
    const SPREAD: usize = 2_000_000;
    let pause =
        Duration::from_secs(1) * u32::try_from(FEEDERS * BATCH)? / u32::try_from(a_second.max(1))?;
    let (mut sent, mut due) = (0, Instant::now());
    while !is_done.load(Ordering::Relaxed) {
        let mut body = String::new();
        for _ in 0..BATCH {
            let number = usize::try_from(FIRST + sent * FEEDERS + nth)?;
            let document = generator::document(number, SPREAD);
            writeln!(body, "{}", serde_json::to_string(&document)?)?;
            sent += 1;
        }
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "POST /api/v1/documents HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        ensure!(answer.starts_with("HTTP/1.1 200"), "the server said: {answer}");
        due += pause;
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    Ok(sent)
}
