//! `dateline verify`: checks every document against its source file.
//!
//! The ledger yields documents in the order of their files and positions. Another thread reads the file in the same order, so that memory
//! holds one document and one record at a time.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    thread,
};

use dateline_core::Source;
use dateline_formats::{
    read::{Cut, FieldNames, Format},
    verify,
};
use dateline_store::DocumentDetail;
use serde::Serialize;
use serde_json::Value;

use super::rows;
use crate::{
    arguments::{RowFormat, Verify},
    batch::Outcome,
    input::ReadError,
    news, output,
};

/// Number of records read ahead.
const AHEAD: usize = 4;

/// Result of the check.
#[derive(Debug, Default, Serialize)]
struct Verified {
    /// Number of documents checked.
    documents: u64,
    /// Number of runs of text compared with their source bytes.
    runs: u64,
    /// Number of spans traced to the source.
    spans: u64,
    faults: Vec<Fault>,
    /// Files that could not be checked.
    missing: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Fault {
    of: String,
    what: String,
}

/// Runs the command.
///
/// # Errors
///
/// If there is no ledger, or it cannot be read.
pub(crate) fn run(verify: &Verify) -> anyhow::Result<Outcome> {
    let ledger = verify.options.ledger()?;
    let mut verified = Verified::default();
    let mut file: Option<SourceFile> = None;
    ledger.each_source(&mut |stored| {
        let Some(source) = &stored.source else { return true };
        if file.as_ref().is_none_or(|file| file.path != source.path || file.format != source.format)
        {
            file = Some(SourceFile::new(verify.root.as_deref(), source, &mut verified));
        }
        if let Some(file) = &mut file {
            file.look_up(&stored, source, &mut verified);
        }
        true
    })?;
    print(verify, &verified)?;
    Ok(match (verified.missing.is_empty(), verified.faults.is_empty()) {
        (true, true) => Outcome::Done,
        (true, false) => Outcome::Faults,
        (false, _) => Outcome::SomeUnreadable,
    })
}

/// A source file that is read again.
struct SourceFile {
    path: String,
    format: String,
    /// Records of the file; `None` if it cannot be read.
    cuts: Option<Receiver<Cut>>,
    /// Last record received.
    last: Option<Cut>,
}

impl SourceFile {
    fn new(root: Option<&Path>, source: &Source, verified: &mut Verified) -> Self {
        let mut own = Self {
            path: source.path.clone(),
            format: source.format.clone(),
            cuts: None,
            last: None,
        };
        let mut missing = |what: &str| {
            verified.missing.push(Fault { of: source.path.clone(), what: what.to_owned() });
        };
        let format = match source.format.parse::<Format>() {
            Ok(Format::Parquet) => {
                missing("is Parquet, which has no byte positions to check");
                return own;
            }
            Ok(format) => format,
            Err(error) => {
                missing(&error.to_string());
                return own;
            }
        };
        if source.path == "-" {
            missing("was read from standard input and cannot be read again");
            return own;
        }
        let path = root.map_or_else(|| PathBuf::from(&source.path), |root| root.join(&source.path));
        if let Err(error) = std::fs::File::open(&path) {
            missing(&ReadError::System(error).to_string());
            return own;
        }
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        // Ends with the file, or when the receiver is dropped.
        thread::spawn(move || {
            news::cuts(path, format, &FieldNames::default(), &mut |cut| sender.send(cut).is_ok());
        });
        own.cuts = Some(receiver);
        own
    }

    /// Checks one document.
    fn look_up(&mut self, stored: &DocumentDetail, source: &Source, verified: &mut Verified) {
        let Some(cuts) = &self.cuts else { return };
        verified.documents += 1;
        let is_it = |cut: &Cut| {
            cut.at == source.at && dateline_formats::read::hash(&cut.bytes) == source.hash
        };
        let mut is_found = self.last.as_ref().is_some_and(is_it);
        while !is_found && self.last.as_ref().is_none_or(|last| last.at <= source.at) {
            let Ok(cut) = cuts.recv() else { break };
            is_found = is_it(&cut);
            self.last = Some(cut);
        }
        let name = stored.record.document.id.clone().unwrap_or_else(|| stored.id.clone());
        let mut fault = |what: String| verified.faults.push(Fault { of: name.clone(), what });
        let Some(cut) = self.last.as_ref().filter(|_| is_found) else {
            fault(format!(
                "{} has changed: the record at byte {} is missing or different",
                source.path, source.at
            ));
            return;
        };
        match verify(&cut.bytes, source, &stored.record.document.text) {
            Ok(runs) => verified.runs += runs,
            Err(what) => fault(what),
        }
        verified.spans += spans(stored, source, &mut fault);
    }
}

/// Checks that every span in a record matches the text and traces back to source bytes; returns the number of spans.
fn spans(stored: &DocumentDetail, source: &Source, fault: &mut dyn FnMut(String)) -> u64 {
    let text = &stored.record.document.text;
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let record = serde_json::to_value(&stored.record).expect("records serialize to JSON");
    let mut left: Vec<&Value> = vec![&record];
    let mut n = 0;
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => {
                let point = |name: &str| usize::try_from(fields.get(name)?.as_u64()?).ok();
                if let (Some(start), Some(end), Some(words)) =
                    (point("start"), point("end"), fields.get("text").and_then(Value::as_str))
                {
                    n += 1;
                    let range = bytes.get(start).zip(bytes.get(end));
                    let holds = range.is_some_and(|(&from, &to)| {
                        let led = !source.map.touched(from as u64..to as u64).is_empty();
                        text.get(from..to) == Some(words) && (led || words.trim().is_empty())
                    });
                    if !holds {
                        fault(format!("words `{words}` at {start}..{end} do not match the source"));
                    }
                }
                left.extend(fields.values());
            }
            _ => {}
        }
    }
    n
}

fn print(verify: &Verify, verified: &Verified) -> anyhow::Result<()> {
    match verify.options.format() {
        RowFormat::Json | RowFormat::Ndjson => rows::write(&output::json_line(verified)),
        RowFormat::Csv => rows::print(RowFormat::Csv, &verified.faults, &["of", "what"], &[]),
        RowFormat::Table => {
            for list in [&verified.faults, &verified.missing] {
                if !list.is_empty() {
                    rows::print(RowFormat::Table, list, &[], &["of", "what"])?;
                }
            }
            rows::write(&format!(
                "{} documents, {} runs, {} spans, {} faults, {} files not checked\n",
                verified.documents,
                verified.runs,
                verified.spans,
                verified.faults.len(),
                verified.missing.len()
            ))
        }
    }
}
