//! Arguments of the commands that copy a ledger or write it in other formats: `export`, `dump`, `load`, `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_formats::write::Sheet;

use super::{
    ledger::{Database, Filters, QueryOptions},
    one_of,
};

/// Export events, statements and documents to other formats
///
/// Rows are written as they are read, with no limit on their number; the count is printed on standard error. The filters select events
/// as in `dateline timeline`. Documents and statements are selected by `--actor` and, by publication date, `--since` and `--until`. What a
/// format has no place for is left blank; `--columns` says how each column is filled.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[command(after_long_help = "\
Examples:
  dateline export csv > events.csv
  dateline export csv statements --actor Putin --since 2021-05-01 > said.csv
  dateline export polecat --since 2021-01-01 --until 2022-01-01 > polecat-2021.txt
  dateline export icews --one-a-day > icews.tab
  dateline export ics --actor USA --output agenda.ics
  dateline export brat --output annotated
  dateline export gdelt --columns")]
pub(crate) struct Export {
    /// Format: csv, tsv, ndjson, parquet, polecat, gdelt, icews, plover, ics, brat or another
    ///
    /// Tables of events, mentions, statements, actors or documents: `csv`, `tsv`, `ndjson`, `parquet`. Columns of other event data sets:
    /// `polecat`, `gdelt` (events), `gdelt-mentions`, `icews`, `plover`. Events: `ics` (the agenda as iCalendar), `schema-org` (JSON-LD, one
    /// event per line). Documents: `timeml`, `annotations` (W3C, one page per line), `brat`.
    #[arg(value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: ExportFormat,

    /// Table: events, mentions, statements, actors or documents [default: events]
    ///
    /// For csv, tsv, ndjson and parquet only.
    #[arg(value_name = "TABLE", value_parser = sheet)]
    pub(crate) table: Option<Sheet>,

    /// File to write instead of standard output; for timeml and brat, a folder
    ///
    /// An existing file is replaced. The folder is created if it does not exist.
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Do not protect text from spreadsheets
    ///
    /// In csv, tsv and the event data sets, text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets a `'` in front, because
    /// a spreadsheet would run it as a formula. With the flag, text is written unchanged.
    #[arg(long)]
    pub(crate) raw: bool,

    /// Include denied and hypothetical events, as if they had happened
    ///
    /// For the formats of event data sets, which cannot mark what did not happen. Without the flag, such events are left out and counted.
    #[arg(long)]
    pub(crate) all: bool,

    /// Keep one row per date, source, target and code (icews only)
    ///
    /// ICEWS filters its releases in the same way. The first report is kept.
    #[arg(long)]
    pub(crate) one_a_day: bool,

    /// Describe the columns and exit
    ///
    /// Prints each column in order, and how it is filled.
    #[arg(long)]
    pub(crate) columns: bool,

    #[command(flatten)]
    pub(crate) filters: Filters,

    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Csv,
    Tsv,
    Ndjson,
    Parquet,
    Polecat,
    Gdelt,
    GdeltMentions,
    Icews,
    Plover,
    Ics,
    SchemaOrg,
    // The name has no hyphen.
    #[value(name = "timeml")]
    TimeMl,
    Annotations,
    Brat,
}

/// Parses the name of a table.
fn sheet(text: &str) -> Result<Sheet, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Sheet::ALL.iter().map(|it| it.as_str())))
}

/// Write a ledger as JSON lines, to back it up or move it
///
/// Prints one line per document with its record, the version that made it and its source file, then the manual overrides, then a line
/// with counts. Any version of Dateline can read it with `dateline load`. The same ledger gives the same bytes, whatever the order in
/// which documents were added.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline dump | zstd > ledger.ndjson.zst
  zstd -dc ledger.ndjson.zst | dateline load --db copy.db -")]
pub(crate) struct Dump {
    #[command(flatten)]
    pub(crate) database: Database,
}

/// Load the output of `dateline dump` into a ledger
///
/// Records are taken as they are, and documents already in the ledger are skipped. A damaged line is reported and skipped. A dump that
/// was cut off lacks its last line; the exit status is then 1.
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// Dump file, plain or compressed with gzip or zstd; `-` for standard input
    ///
    /// Written by `dateline dump`.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) database: Database,
}

/// Check documents against the files they were read from
///
/// Reads the source files again. For each document it checks that the file still holds the same record, that each part of the text
/// matches the bytes it was read from, and that each span of the record leads back to them. Missing files are listed separately. The
/// exit status is 1 if something differs, 2 if a file could not be read.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Folder that relative file names start from [default: the current folder]
    ///
    /// The folder in which `dateline ingest` was run.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}
