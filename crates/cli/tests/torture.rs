//! Writers are killed at random moments: no acknowledged document is lost or stored twice, and the ledger stays consistent.
#![expect(clippy::unwrap_used, reason = "a test fails where the ledger does something else")]

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use dateline_store::Ledger;

/// Documents that are written while their writers are killed.
const DOCUMENTS: usize = 600;

/// A small generator of random numbers (`SplitMix64`, Steele and others 2014), the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

fn document(number: usize) -> String {
    let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
    let acts = ["will meet", "met", "telephoned", "wants to meet"];
    format!(
        "{{\"published\":\"2021-{month:02}-{day:02}\",\"publisher\":\"Paper {}\",\"url\":\"https://paper.example/{number}\",\
         \"text\":\"Norwegian Prime Minister Kari Lund {} Japanese Foreign Minister Ana Ito, office {number} said. Ship \
         {number} left port {} with {} tons of grain.\\n\"}}\n",
        number % 7,
        acts[number % acts.len()],
        number * 7 % 91,
        number * 13 % 1000,
    )
}

/// Feeds a writer from document `first` on and kills it after some acknowledgements; gives back what it acknowledged.
fn killed(ledger: &Path, first: usize, acknowledgements: u64, delay: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["ingest", "--reader", "fast", "--follow", "--threads", "2", "--db"])
        .arg(ledger)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeder = thread::spawn(move || {
        for number in first..DOCUMENTS {
            // The writer is gone: that is what the test is about.
            if stdin.write_all(document(number).as_bytes()).is_err() {
                return;
            }
        }
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    while (acknowledged.len() as u64) < acknowledgements {
        let Some(Ok(line)) = lines.next() else { break };
        acknowledged.push(line);
    }
    thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    // What was said before the end counts, too; the last line may be cut.
    acknowledged
        .extend(lines.map_while(Result::ok).filter(|line| line == "duplicate" || line.len() > 17));
    feeder.join().unwrap();
    acknowledged
}

#[test]
fn nothing_acknowledged_is_lost_when_writers_are_killed() {
    let kills: u64 = env::var("DATELINE_KILLS").map_or(50, |kills| kills.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("a.db");
    let mut random = Random(2021);
    let mut ids: Vec<String> = Vec::new();
    let mut done = 0;
    for kill in 0..kills {
        // Spread over the run, some before the first document is through and some in the middle of a commit.
        let acknowledgements = random.below(2 * DOCUMENTS as u64 / kills + 2);
        let delay = Duration::from_micros(random.below(20_000));
        let first = if done >= DOCUMENTS { 0 } else { done };
        let acknowledged = killed(&ledger, first, acknowledgements, delay);
        done = first + acknowledged.len();
        ids.extend(acknowledged.iter().filter_map(|line| Some(line.split_once(' ')?.1.to_owned())));
        if kill % 10 == 9 && ledger.exists() {
            let mut whole =
                Ledger::open_for_writing(&ledger, "test", Duration::from_secs(5)).unwrap();
            let checked = whole.check().unwrap();
            assert!(checked.faults.is_empty(), "{:#?}", checked.faults);
        }
    }
    let known = Ledger::open(&ledger).unwrap();
    let stored = known.sql("SELECT id FROM document").unwrap();
    let stored: Vec<&str> = stored.rows.iter().filter_map(|row| row[0].as_str()).collect();
    for id in &ids {
        assert_eq!(stored.iter().filter(|stored| *stored == id).count(), 1, "{id}");
    }
    let urls = known.sql("SELECT count(*) - count(DISTINCT url) FROM document").unwrap();
    assert_eq!(urls.rows[0][0], 0, "a document is there twice");
    assert!(ids.len() as u64 >= kills, "only {} documents were acknowledged", ids.len());
    println!("{kills} kills, {} acknowledged, {} stored", ids.len(), stored.len());
}
