//! The whole ledger as lines of JSON, over versions: what cannot be computed anew is written, and all else follows from it when
//! it is read.
//!
//! The first line says what it is. Then comes a line for each document, by publication, with its record, the program that made it
//! and where it was read from; then one for each decision by hand, which names reports by document and trigger. The last line
//! counts them, so that a dump that was cut off is known for it.

use std::io::{self, BufRead, Write};

use dateline_core::{Record, Source};
use serde::{Deserialize, Serialize};

use crate::{
    DocumentFilter, Incoming, StoreError, check, document, error::Trying as _, hand,
    intake::Outcome, ledger::Ledger, schema, source,
};

/// The version of the lines this build writes, and the newest it reads.
const VERSION: u32 = 1;
/// A line longer than this many bytes is no part of a dump.
const LONGEST: u64 = 256 << 20;
/// Documents of one transaction.
const BATCH: usize = 200;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dumped {
    /// Documents with their records.
    pub documents: u64,
    /// Decisions by hand.
    pub decisions: u64,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// Documents that were not there before.
    pub new: u64,
    /// Documents that were there already.
    pub duplicate: u64,
    /// Decisions by hand.
    pub decisions: u64,
    /// Lines nothing could be made of.
    pub failed: u64,
}

/// A line, by its only key or by several.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Head {
        dateline: String,
        version: u32,
        schema: u32,
    },
    Document {
        document: String,
        build: String,
        #[serde(default)]
        source: Option<Source>,
        record: Box<Record>,
    },
    Hand {
        hand: String,
        left: (String, u32),
        right: (String, u32),
    },
    End {
        end: Dumped,
    },
}

impl Ledger {
    /// Writes the ledger as lines of JSON. The same documents and decisions give the same bytes, in whatever order they came.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or `out` not be written.
    pub fn dump(&self, out: &mut dyn Write) -> std::result::Result<Dumped, StoreError> {
        let mut dumped = Dumped::default();
        let mut written = write(
            out,
            &Line::Head { dateline: "dump".to_owned(), version: VERSION, schema: schema::SCHEMA },
        );
        if written.is_ok() {
            self.each_document(&DocumentFilter::default(), &mut |stored| {
                dumped.documents += 1;
                let record = Box::new(stored.record);
                let line = Line::Document {
                    document: stored.id,
                    build: stored.build,
                    source: stored.source,
                    record,
                };
                written = write(out, &line);
                written.is_ok()
            })?;
        }
        for (hand, left, right) in hand::all(&self.db).trying("read decisions by hand")? {
            dumped.decisions += 1;
            written = written.and_then(|()| write(out, &Line::Hand { hand, left, right }));
        }
        written
            .and_then(|()| write(out, &Line::End { end: dumped }))
            .map_err(|source| self.unwritten(source))?;
        Ok(dumped)
    }

    /// Reads what [`Ledger::dump`] wrote into this ledger, beside what is there. Records are taken as they are. `bad` is told of
    /// each line nothing could be made of, by its number from 1, and of an end that is not there.
    ///
    /// # Errors
    ///
    /// If it is no dump, or of a newer version; if `from` cannot be read, or the ledger not be written.
    pub fn load(
        &mut self,
        from: &mut dyn BufRead,
        bad: &mut dyn FnMut(u64, String),
    ) -> std::result::Result<Loaded, StoreError> {
        let mut load = Load {
            loaded: Loaded::default(),
            batch: Vec::new(),
            build: String::new(),
            decisions: Vec::new(),
        };
        let mut end = None;
        let mut number = 0;
        let mut line = Vec::new();
        loop {
            number += 1;
            let read = next_line(from, &mut line).map_err(|source| self.unwritten(source))?;
            let parsed = match read {
                Read::End => break,
                Read::TooLong => {
                    Err(format!("longer than {} MiB, which no line of a dump is", LONGEST >> 20))
                }
                Read::Line if number == 1 => {
                    head(&line)?;
                    continue;
                }
                Read::Line if line.trim_ascii().is_empty() => continue,
                Read::Line => serde_json::from_slice(&line)
                    .map_err(|_| "no line of a dump, or a damaged one".to_owned()),
            };
            let taken = match parsed {
                Err(why) => Err(why),
                Ok(Line::Head { .. }) => Err("a second beginning".to_owned()),
                Ok(Line::End { end: counts }) => {
                    end = Some(counts);
                    Ok(())
                }
                Ok(Line::Hand { hand, left, right }) => {
                    load.decisions.push((number, hand, left, right));
                    Ok(())
                }
                Ok(Line::Document { document, build, source, record }) => {
                    if let Some(why) = fault(&document, &record, source.as_ref()) {
                        Err(why)
                    } else {
                        load.take(self, build, Incoming { record: *record, source })?;
                        Ok(())
                    }
                }
            };
            if let Err(why) = taken {
                load.loaded.failed += 1;
                bad(number, why);
            }
        }
        load.commit(self)?;
        load.decide(self, bad)?;
        let read = Dumped {
            documents: load.loaded.new + load.loaded.duplicate,
            decisions: load.loaded.decisions,
        };
        match end {
            None => bad(
                number,
                "the dump ends too early: its last line, which counts the others, is not there"
                    .to_owned(),
            ),
            Some(end) if end != read && load.loaded.failed == 0 => bad(
                number,
                format!(
                    "{} documents and {} decisions read, the dump counts {} and {}",
                    read.documents, read.decisions, end.documents, end.decisions
                ),
            ),
            Some(_) => return Ok(load.loaded),
        }
        load.loaded.failed += 1;
        Ok(load.loaded)
    }

    fn unwritten(&self, source: io::Error) -> StoreError {
        StoreError::System { operation: "pass on the lines of", path: self.path.clone(), source }
    }
}

/// Documents on their way in.
struct Load {
    loaded: Loaded,
    batch: Vec<Incoming>,
    build: String,
    /// Decisions wait until all documents are there.
    decisions: Vec<(u64, String, hand::At, hand::At)>,
}

impl Load {
    fn take(
        &mut self,
        ledger: &mut Ledger,
        build: String,
        incoming: Incoming,
    ) -> std::result::Result<(), StoreError> {
        if build != self.build || self.batch.len() >= BATCH {
            self.commit(ledger)?;
            self.build = build;
        }
        self.batch.push(incoming);
        Ok(())
    }

    fn commit(&mut self, ledger: &mut Ledger) -> std::result::Result<(), StoreError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        for arrival in ledger.ingest(&self.batch, &self.build)? {
            match arrival.outcome {
                Outcome::Duplicate => self.loaded.duplicate += 1,
                Outcome::New | Outcome::Changed => self.loaded.new += 1,
            }
        }
        self.batch.clear();
        Ok(())
    }

    fn decide(
        &mut self,
        ledger: &mut Ledger,
        bad: &mut dyn FnMut(u64, String),
    ) -> std::result::Result<(), StoreError> {
        let decisions = std::mem::take(&mut self.decisions);
        let refused = ledger
            .transaction(|db, caches| hand::restore(db, &mut caches.sketches, &decisions))
            .trying("store decisions by hand")?;
        self.loaded.decisions += (decisions.len() - refused.len()) as u64;
        self.loaded.failed += refused.len() as u64;
        for (number, why) in refused {
            bad(number, why);
        }
        Ok(())
    }
}

/// What contradicts itself in a line of a document.
fn fault(id: &str, record: &Record, source: Option<&Source>) -> Option<String> {
    if document::id(&record.document) != id {
        return Some(format!("the document is not {id}: its content is another"));
    }
    check::span_fault(record)
        .or_else(|| source.and_then(|source| source::fault(source, &record.document.text)))
}

fn write(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// What is to be known before anything is stored.
fn head(line: &[u8]) -> std::result::Result<(), StoreError> {
    match serde_json::from_slice(line) {
        Ok(Line::Head { dateline, version, .. }) if dateline == "dump" && version <= VERSION => Ok(()),
        Ok(Line::Head { dateline, version, .. }) if dateline == "dump" => Err(StoreError::Refused(format!(
            "the dump is of version {version}, this build reads {VERSION}; upgrade dateline"
        ))),
        _ => Err(StoreError::Refused(
            "no dump of a ledger: its first line is not that of `dateline dump`; `dateline ingest` reads other files".to_owned(),
        )),
    }
}

enum Read {
    Line,
    TooLong,
    End,
}

/// Reads a line; one that is too long is passed over without being held.
fn next_line(from: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Read> {
    line.clear();
    let n = io::Read::take(&mut *from, LONGEST).read_until(b'\n', line)?;
    if n == 0 {
        return Ok(Read::End);
    }
    if (n as u64) < LONGEST || line.ends_with(b"\n") {
        return Ok(Read::Line);
    }
    line.clear();
    loop {
        let buffer = from.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (length, is_over) =
            (end.map_or(buffer.len(), |at| at + 1), end.is_some() || buffer.is_empty());
        from.consume(length);
        if is_over {
            return Ok(Read::TooLong);
        }
    }
}
