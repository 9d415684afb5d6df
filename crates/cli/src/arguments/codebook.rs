//! Arguments of `dateline explain` and `dateline codebook`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, Lists, ReadOptions, ReaderOption, TableFormat, TextOptions};

/// Explain how one part of a record was read
///
/// For an event: the codebook frame that matched and its line, where each argument was found, and the words that made the event planned,
/// denied or uncertain. For a time: its rule, and the date it was counted from. For an entity: the rules that gave its country, sectors
/// and titles. For a statement: how it was found.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline explain article.txt v3
  dateline explain --format json article.txt t1")]
pub(crate) struct Explain {
    /// File with the text; `-` for standard input
    ///
    /// Reads all formats of `dateline extract`.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Id in the record: e1 for an entity, t1 a time, s1 a statement, v1 an event
    ///
    /// `dateline extract --format json` and `dateline events` print the ids.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Document in a file of several, by its id or its position, such as feed.ndjson:3
    ///
    /// `dateline extract` prints it as the `id` of the `document`.
    #[arg(long, value_name = "DOCUMENT")]
    pub(crate) document: Option<String>,

    /// Output format: json or text [default: text on a terminal, else json]
    ///
    /// `json` prints one object per line for each rule that made the part: `of` names the part, `rule` the rule, and `reasons` lists why,
    /// each with the words as `evidence`. `text` prints the same for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<Format>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) reads: ReadOptions,
}

/// Check, look up, count or export the codebook of events
///
/// The codebook says which words tell of which act. It is one table per PLOVER type; a row, called a frame, has a trigger word and the
/// arguments it needs. To change it, export the tables, edit them or add your own, check them, and pass their folder to any command with
/// `--codebook`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline codebook export mine
  dateline codebook check mine
  dateline codebook explain expel 'break off' diplomat
  dateline codebook stats --codebook mine
  dateline events --codebook mine news/*.txt")]
pub(crate) struct Codebook {
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    Check(Check),
    Explain(ExplainWords),
    Stats(Stats),
    Export(ExportTables),
}

/// Check tables line by line, and that every frame matches its example
///
/// Prints each fault with file and line. The exit status is 1 if there is one.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folder of tables; the built-in tables if not given
    ///
    /// A file named like a built-in table, such as `sanction.tsv` or `classes.tsv`, replaces it. A file with a longer name, such as
    /// `sanction.tariffs.tsv`, adds to it.
    #[arg(value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) reader: ReaderOption,
}

/// Show the frames of a trigger word, or the lemmas of a class
///
/// A word is a lemma such as `expel`, `break off` or `break_off.v`, or the name of a class such as `diplomat`. Frames are listed in the
/// order in which they are tried.
#[derive(Debug, Args)]
pub(crate) struct ExplainWords {
    /// Trigger words or classes
    ///
    /// Words that the codebook does not have are reported, and the exit status is then 1.
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// Count frames, triggers, modes and codes by type
///
/// Prints one row per PLOVER type, and one for all.
#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// Output format: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints an object per line for each type. `csv` and `tsv` print a table with a header, `text` one for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// Write the built-in tables to a folder, to read or change
///
/// The folder is created if it does not exist. Existing files are kept, and reported.
#[derive(Debug, Args)]
pub(crate) struct ExportTables {
    /// Folder to write to
    ///
    /// Pass it to any command with `--codebook DIR`.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Folder of the user's own codebook.
#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// Folder of tables that replace or extend the codebook
    ///
    /// A file named like a built-in table, such as `sanction.tsv`, replaces it. A file with a longer name, such as
    /// `sanction.tariffs.tsv`, adds to it. Files that do not end in `.tsv` are ignored. A faulty row is reported and skipped.
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
}
