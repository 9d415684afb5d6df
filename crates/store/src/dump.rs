//! Dumps: the whole ledger as JSON lines, which later versions can read. A dump holds what cannot be computed: documents, records
//! and manual overrides. Everything else follows from these when the dump is loaded.
//!
//! The first line identifies the format. One line for each document follows, by publication date, with its record, the build that
//! made it and its source; then one line for each manual override, which names reports by document and trigger. The last line has
//! the counts, so a truncated dump is recognized.

use std::io::{self, BufRead, Write};

use dateline_core::{Record, Source};
use serde::{Deserialize, Serialize};

use crate::{
    check, document,
    error::{StoreError, Trying as _},
    intake::{IncomingDocument, IngestOutcome},
    ledger::Ledger,
    manual_override::{self, PortableSide},
    merge::{self, DumpedOverride},
    query::document_filter::DocumentFilter,
    schema, source,
};

/// Version of the format this crate writes, and the newest it reads.
const VERSION: u32 = 1;
/// Maximum length of a line in bytes.
const LONGEST: u64 = 256 << 20;
/// Number of documents in one transaction.
const BATCH: usize = 200;

/// Counts of [`Ledger::dump`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DumpCounts {
    /// Number of documents.
    pub documents: u64,
    /// Number of manual overrides.
    #[serde(rename = "decisions")]
    pub overrides: u64,
}

/// Counts of [`Ledger::load`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LoadCounts {
    /// Number of documents that were not in the ledger before.
    pub new: u64,
    /// Number of documents that were in the ledger already.
    pub duplicate: u64,
    /// Number of manual overrides.
    #[serde(rename = "decisions")]
    pub overrides: u64,
    /// Number of lines that could not be read.
    pub failed: u64,
}

/// A line of a dump, told apart by its keys.
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
    /// A manual override. Its first key is `hand`, as dumps have always had it.
    Override {
        hand: String,
        left: PortableSide,
        right: PortableSide,
    },
    End {
        end: DumpCounts,
    },
}

impl Ledger {
    /// Writes the whole ledger as JSON lines, which [`Ledger::load`] reads. Two ledgers with the same documents and manual overrides
    /// have the same dump, whatever the order they arrived in.
    ///
    /// ```
    /// use std::{path::Path, time::Duration};
    /// use dateline_store::Ledger;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("copy.db");
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let mut dump = Vec::new();
    /// ledger.dump(&mut dump)?;
    ///
    /// let mut copy = Ledger::open_for_writing(&path, "example", Duration::ZERO)?;
    /// let counts = copy.load(&mut dump.as_slice(), &mut |line, reason| eprintln!("line {line}: {reason}"))?;
    /// assert_eq!((counts.new, counts.failed), (3, 0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::Sqlite`] if the file cannot be read.
    /// - [`StoreError::System`] if `out` cannot be written.
    pub fn dump(&self, out: &mut dyn Write) -> std::result::Result<DumpCounts, StoreError> {
        let mut dumped = DumpCounts::default();
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
        for (kind, left, right) in manual_override::all(&self.db).trying("read manual overrides")? {
            dumped.overrides += 1;
            written = written
                .and_then(|()| write(out, &Line::Override { hand: kind.to_string(), left, right }));
        }
        written
            .and_then(|()| write(out, &Line::End { end: dumped }))
            .map_err(|source| self.unwritten(source))?;
        Ok(dumped)
    }

    /// Loads a dump into this ledger, in addition to what it holds. Records are stored as they are in the dump.
    ///
    /// Calls `bad` with the number of each line that cannot be read, counted from 1, and the reason; also if the last line is
    /// missing.
    ///
    /// # Errors
    ///
    /// - [`StoreError::NotADump`] if the first line is not that of a dump.
    /// - [`StoreError::NewerDump`] if a newer version of this crate wrote the dump.
    /// - [`StoreError::System`] if `from` cannot be read.
    /// - [`StoreError::Sqlite`] if the ledger cannot be written.
    pub fn load(
        &mut self,
        from: &mut dyn BufRead,
        bad: &mut dyn FnMut(u64, String),
    ) -> std::result::Result<LoadCounts, StoreError> {
        let mut load = Load {
            loaded: LoadCounts::default(),
            batch: Vec::new(),
            build: String::new(),
            overrides: Vec::new(),
        };
        let mut end = None;
        let mut number = 0;
        let mut line = Vec::new();
        loop {
            number += 1;
            let read = next_line(from, &mut line).map_err(|source| self.unwritten(source))?;
            let parsed = match read {
                Read::End => break,
                Read::TooLong => Err(format!("longer than {} MiB", LONGEST >> 20)),
                Read::Line if number == 1 => {
                    head(&line)?;
                    continue;
                }
                Read::Line if line.trim_ascii().is_empty() => continue,
                Read::Line => {
                    serde_json::from_slice(&line).map_err(|_| "not a line of a dump".to_owned())
                }
            };
            let taken = match parsed {
                Err(why) => Err(why),
                Ok(Line::Head { .. }) => Err("a second first line".to_owned()),
                Ok(Line::End { end: counts }) => {
                    end = Some(counts);
                    Ok(())
                }
                Ok(Line::Override { hand, left, right }) => {
                    load.overrides.push(DumpedOverride { line: number, kind: hand, left, right });
                    Ok(())
                }
                Ok(Line::Document { document, build, source, record }) => {
                    if let Some(why) = fault(&document, &record, source.as_ref()) {
                        Err(why)
                    } else {
                        load.take(self, build, IncomingDocument { record: *record, source })?;
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
        let read = DumpCounts {
            documents: load.loaded.new + load.loaded.duplicate,
            overrides: load.loaded.overrides,
        };
        match end {
            None => bad(number, "the dump is truncated: its last line is missing".to_owned()),
            Some(end) if end != read && load.loaded.failed == 0 => bad(
                number,
                format!(
                    "read {} documents and {} manual overrides, but the dump has {} and {}",
                    read.documents, read.overrides, end.documents, end.overrides
                ),
            ),
            Some(_) => return Ok(load.loaded),
        }
        load.loaded.failed += 1;
        Ok(load.loaded)
    }

    fn unwritten(&self, source: io::Error) -> StoreError {
        StoreError::System {
            operation: "read or write the dump of",
            path: self.path.clone(),
            source,
        }
    }
}

/// A dump while it is loaded.
struct Load {
    loaded: LoadCounts,
    batch: Vec<IncomingDocument>,
    build: String,
    /// Overrides wait until all documents are stored.
    overrides: Vec<DumpedOverride>,
}

impl Load {
    fn take(
        &mut self,
        ledger: &mut Ledger,
        build: String,
        incoming: IncomingDocument,
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
                IngestOutcome::Duplicate => self.loaded.duplicate += 1,
                IngestOutcome::New | IngestOutcome::Changed => self.loaded.new += 1,
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
        let overrides = std::mem::take(&mut self.overrides);
        let refused = ledger
            .transaction(|db, caches| merge::restore(db, &mut caches.sketches, &overrides))
            .trying("store manual overrides")?;
        self.loaded.overrides += (overrides.len() - refused.len()) as u64;
        self.loaded.failed += refused.len() as u64;
        for (number, why) in refused {
            bad(number, why);
        }
        Ok(())
    }
}

/// Returns what is wrong with the line of a document, if anything.
fn fault(id: &str, record: &Record, source: Option<&Source>) -> Option<String> {
    if document::id(&record.document) != id {
        return Some(format!("its content is not that of {id}"));
    }
    check::span_fault(record)
        .or_else(|| source.and_then(|source| source::fault(source, &record.document.text)))
}

fn write(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Reads the first line.
fn head(line: &[u8]) -> std::result::Result<(), StoreError> {
    match serde_json::from_slice(line) {
        Ok(Line::Head { dateline, version, .. }) if dateline == "dump" => {
            if version <= VERSION {
                Ok(())
            } else {
                Err(StoreError::NewerDump { found: version, known: VERSION })
            }
        }
        _ => Err(StoreError::NotADump),
    }
}

enum Read {
    Line,
    TooLong,
    End,
}

/// Reads a line. One that is too long is skipped without being held in memory.
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
