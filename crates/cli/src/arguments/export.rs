//! The flags of the commands that take a ledger out: `export`, `dump`, `load`, `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_formats::write::Sheet;

use super::{
    ledger::{Asked, Database, Filters},
    one_of,
};

/// Write the ledger as others read it: tables, POLECAT, GDELT, ICEWS, PLOVER, calendars, annotations
///
/// Everything is written as it is read, with no limit on rows, and the count stands on standard error at the end. Which events are
/// written is chosen as in `dateline timeline`; of documents and statements by `--since`, `--until` (of publication) and `--actor`.
/// What a format cannot say is left blank, and `--columns` says how each column is filled.
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
    /// What to write
    ///
    /// Tables of events, mentions, statements, actors or documents: `csv`, `tsv`, `ndjson`, `parquet`. As other event data sets have
    /// them: `polecat`, `gdelt` (events), `gdelt-mentions`, `icews`, `plover`. Of events: `ics` (the agenda as iCalendar), `schema-org`
    /// (JSON-LD, an event a line). Of documents: `timeml`, `annotations` (W3C, a page a line), `brat`.
    #[arg(value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: ExportFormat,

    /// Which table, for csv, tsv, ndjson and parquet: events, mentions, statements, actors or documents [default: events]
    ///
    /// Other formats have one of their own.
    #[arg(value_name = "TABLE", value_parser = sheet)]
    pub(crate) table: Option<Sheet>,

    /// Where to write, in place of standard output; for timeml and brat a folder
    ///
    /// A file of the same name is replaced. A folder is made if it is not there.
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Leave text as it is, even where a spreadsheet would run it
    ///
    /// In csv, tsv and the event data sets a text that opens with `=`, `+`, `-`, `@`, a tab or a carriage return gets a `'` in front,
    /// for news is not to be trusted. With the flag it stays as it is.
    #[arg(long)]
    pub(crate) raw: bool,

    /// Write denied and hypothetical events, too, as if they were not
    ///
    /// The event data sets have no word for what did not happen, so such events are left out and counted. Only they take it.
    #[arg(long)]
    pub(crate) all: bool,

    /// Of icews: one row a day, source, target and code
    ///
    /// The filter that ICEWS applies to its releases; the first report stays.
    #[arg(long)]
    pub(crate) one_a_day: bool,

    /// Say how each column is filled, and write nothing else
    ///
    /// Prints the columns in their order with what stands in each.
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

/// A table, by its name.
fn sheet(text: &str) -> Result<Sheet, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Sheet::ALL.iter().map(|it| it.as_str())))
}

/// Write the whole ledger as lines of JSON that any version of the program reads
///
/// A line a document with its record, the program that made it and where it was read from; then decisions by hand; the last line
/// counts them. The same ledger gives the same bytes, whatever the order documents came in. `dateline load` reads it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline dump | zstd > ledger.ndjson.zst
  zstd -dc ledger.ndjson.zst | dateline load --db copy.db -")]
pub(crate) struct Dump {
    #[command(flatten)]
    pub(crate) database: Database,
}

/// Read what `dateline dump` wrote into a ledger
///
/// Beside what is there already; documents that are there are passed over. Records are taken as they are. A damaged line is reported
/// and left out, and a dump that was cut off is known by its missing end: exit status is then 1.
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// The dump, plain or compressed with gzip or zstd; `-` is standard input
    ///
    /// As `dateline dump` wrote it.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) database: Database,
}

/// Look up every document where it was read from, and every span of its record there
///
/// The files documents were read from are cut again. For each document the record is to be the one that was read, each stretch of the
/// text is to be what the bytes say that it was read from, and each span of the record is to lead back to them. Files that are not
/// there any more are listed apart. Exit status is 1 where something is otherwise, 2 where a file could not be read.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The folder that names of files are to be read from [default: this one]
    ///
    /// The one `dateline ingest` ran in, for files that were named without their whole path.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) asked: Asked,
}
