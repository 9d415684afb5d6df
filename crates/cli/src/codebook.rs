//! `dateline codebook`: checks, looks up, counts and exports the frames that map words to event types.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
};

use anyhow::Context as _;
use dateline_core::codes::PloverType;
use dateline_extract::{Codebook, Extractor, Frame};
use serde::Serialize;

use crate::{
    arguments::{self, Check, CodebookCommand, ExplainWords, ExportTables, Stats, TableFormat},
    batch::Outcome,
    input::complain,
    lists, output, table,
    text::{columns, escaped, padded},
};

/// Runs the command.
///
/// # Errors
///
/// If tables cannot be read, or output cannot be written.
pub(crate) fn run(codebook: &arguments::Codebook) -> anyhow::Result<Outcome> {
    match &codebook.command {
        CodebookCommand::Check(arguments) => check(arguments),
        CodebookCommand::Explain(arguments) => explain(arguments),
        CodebookCommand::Stats(arguments) => stats(arguments),
        CodebookCommand::Export(arguments) => export(arguments),
    }
}

/// Reads the codebook of a folder and reports its faulty rows; returns the built-in one without a folder. `true` if there were no
/// faults.
fn read(folder: Option<&Path>) -> anyhow::Result<(Codebook, bool)> {
    let Some(folder) = folder else { return Ok((Codebook::new(), true)) };
    let (codebook, bad) = lists::codebook(folder)?;
    for row in &bad {
        complain(&escaped(&row.to_string()));
    }
    Ok((codebook, bad.is_empty()))
}

fn check(arguments: &Check) -> anyhow::Result<Outcome> {
    let (codebook, bad) = match &arguments.codebook {
        Some(folder) => lists::codebook(folder)?,
        None => (Codebook::new(), Vec::new()),
    };
    let mut faults: Vec<String> = bad.iter().map(ToString::to_string).collect();
    let n_frames = codebook.frames().len();
    let reader = arguments.reader.kind();
    let extractor = Extractor::builder().reader(reader).codebook(codebook).build();
    // A built-in frame may stay silent because the user's table has the same word.
    let compiled_in: Vec<&str> = match &arguments.codebook {
        Some(folder) => Codebook::tables()
            .map(|(name, _)| name)
            .filter(|name| !folder.join(name).exists())
            .collect(),
        None => Vec::new(),
    };
    let silent = extractor.silent_frames().into_iter();
    for frame in silent.filter(|frame| !compiled_in.contains(&&*frame.file)) {
        let Frame { line, example, .. } = frame;
        let file = match &arguments.codebook {
            Some(folder) => folder.join(&*frame.file).to_string_lossy().into_owned(),
            None => frame.file.to_string(),
        };
        let trigger = frame.trigger();
        faults.push(format!(
            "{file}:{line}: {trigger} does not match its example `{example}`; run `dateline events` on it to see what does"
        ));
    }
    let mut out = io::stdout().lock();
    for fault in &faults {
        writeln!(out, "{}", escaped(fault))?;
    }
    let fault = if faults.len() == 1 { "fault" } else { "faults" };
    writeln!(out, "{n_frames} frames, {} {fault}", faults.len())?;
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Faults })
}

fn explain(arguments: &ExplainWords) -> anyhow::Result<Outcome> {
    let (codebook, _) = read(arguments.tables.codebook.as_deref())?;
    let mut out = io::stdout().lock();
    let mut all_known = true;
    for word in &arguments.words {
        let asked = word.trim().replace(' ', "_");
        let frames: Vec<&Frame> =
            codebook.frames().iter().filter(|frame| is_asked(frame, &asked)).collect();
        let class = codebook.classes().find(|(name, _)| *name == asked);
        if frames.is_empty() && class.is_none() {
            complain(&format!("`{}` is not a trigger or class of the codebook", escaped(word)));
            all_known = false;
        }
        for frame in frames {
            out.write_all(in_words(frame).as_bytes())?;
        }
        if let Some((name, lemmas)) = class {
            writeln!(out, "class {}: {}", escaped(name), escaped(&lemmas.join(", ")))?;
        }
    }
    Ok(if all_known { Outcome::Done } else { Outcome::Faults })
}

/// Returns `true` if a frame has this trigger, given as `break`, `break_off` or `break_off.v`.
fn is_asked(frame: &Frame, asked: &str) -> bool {
    let trigger = frame.trigger();
    let without_pos = trigger.rsplit_once('.').map_or("", |(word, _)| word);
    [frame.lemma(), without_pos, &trigger].contains(&asked)
}

/// Formats a frame for people.
fn in_words(frame: &Frame) -> String {
    let mode = frame.mode.map(|mode| format!(" {mode}")).unwrap_or_default();
    let contexts: Vec<&str> = frame.contexts.iter().map(|context| context.as_str()).collect();
    let contexts =
        if contexts.is_empty() { String::new() } else { format!(", {}", contexts.join(", ")) };
    let head = format!(
        "{}  {}{mode}, CAMEO {}, Goldstein {:+.1}{contexts}\n",
        frame.trigger(),
        frame.kind,
        frame.cameo,
        frame.cameo.goldstein()
    );
    let rows = [
        ("source", frame.source()),
        ("target", frame.target()),
        ("if", frame.conditions().join("; ")),
        ("example", frame.example.to_string()),
        ("row", format!("{}:{}", frame.file, frame.line)),
    ];
    let row = |(name, value): &(&str, String)| format!("    {name:<8}{}\n", escaped(value));
    let rows: String = rows.iter().filter(|(_, value)| !value.is_empty()).map(row).collect();
    format!("{head}{rows}\n")
}

/// Counts of one type in a codebook.
#[derive(Debug, Serialize)]
struct TypeCounts {
    #[serde(rename = "type")]
    kind: Option<PloverType>,
    frames: usize,
    verbs: usize,
    nouns: usize,
    /// Distinct triggers, including their particles.
    triggers: usize,
    modes: usize,
    /// Number of modes the ontology defines for the type.
    of_modes: usize,
    cameo: usize,
}

impl TypeCounts {
    fn of(kind: Option<PloverType>, frames: &[&Frame]) -> Self {
        let triggers: BTreeSet<String> = frames.iter().map(|frame| frame.trigger()).collect();
        let is = |pos: &'static str| move |trigger: &&String| trigger.ends_with(pos);
        let modes: BTreeSet<_> =
            frames.iter().filter_map(|frame| Some((frame.kind, frame.mode?))).collect();
        let cameo: BTreeSet<String> = frames.iter().map(|frame| frame.cameo.to_string()).collect();
        let of_modes = match kind {
            Some(kind) => kind.modes().count(),
            None => PloverType::ALL.iter().map(|kind| kind.modes().count()).sum(),
        };
        Self {
            kind,
            frames: frames.len(),
            verbs: triggers.iter().filter(is(".v")).count(),
            nouns: triggers.iter().filter(is(".n")).count(),
            triggers: triggers.len(),
            modes: modes.len(),
            of_modes,
            cameo: cameo.len(),
        }
    }

    fn cells(&self) -> Vec<String> {
        let kind = self.kind.map_or_else(|| "all".to_owned(), |kind| kind.to_string());
        let numbers = [
            self.frames,
            self.triggers,
            self.verbs,
            self.nouns,
            self.modes,
            self.of_modes,
            self.cameo,
        ];
        std::iter::once(kind).chain(numbers.map(|number| number.to_string())).collect()
    }
}

const COLUMNS: [&str; 8] =
    ["type", "frames", "triggers", "verbs", "nouns", "modes", "of_modes", "cameo"];

fn stats(arguments: &Stats) -> anyhow::Result<Outcome> {
    let (codebook, _) = read(arguments.tables.codebook.as_deref())?;
    let for_people = io::stdout().is_terminal();
    let default = if for_people { TableFormat::Text } else { TableFormat::Json };
    let all: Vec<&Frame> = codebook.frames().iter().collect();
    let mut counts: Vec<TypeCounts> = PloverType::ALL
        .iter()
        .map(|&kind| {
            let own: Vec<&Frame> = all.iter().copied().filter(|frame| frame.kind == kind).collect();
            TypeCounts::of(Some(kind), &own)
        })
        .collect();
    counts.push(TypeCounts::of(None, &all));
    let head = COLUMNS.map(str::to_owned).to_vec();
    let rows = std::iter::once(head).chain(counts.iter().map(TypeCounts::cells));
    let printed = match arguments.format.unwrap_or(default) {
        TableFormat::Json => counts.iter().map(output::json_line).collect(),
        TableFormat::Csv => table::csv(rows),
        TableFormat::Tsv => table::tsv(rows),
        TableFormat::Text => aligned(&rows.collect::<Vec<_>>()),
    };
    io::stdout().lock().write_all(printed.as_bytes())?;
    Ok(Outcome::Done)
}

/// Aligns rows in columns as wide as their widest cell.
fn aligned(rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn export(arguments: &ExportTables) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let name = escaped(&folder.to_string_lossy());
    fs::create_dir_all(folder).with_context(|| format!("could not create the folder {name}"))?;
    let (mut written, mut kept) = (0, 0);
    for (table, text) in Codebook::tables() {
        let file = folder.join(table);
        match fs::OpenOptions::new().write(true).create_new(true).open(&file) {
            Ok(mut open) => {
                open.write_all(text.as_bytes()).with_context(|| {
                    format!("could not write {}", escaped(&file.to_string_lossy()))
                })?;
                written += 1;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                complain(&format!(
                    "{}: already exists; kept unchanged",
                    escaped(&file.to_string_lossy())
                ));
                kept += 1;
            }
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("could not write {}", escaped(&file.to_string_lossy()))
                });
            }
        }
    }
    writeln!(io::stdout().lock(), "{written} tables written to {name}, {kept} kept")?;
    Ok(Outcome::Done)
}
