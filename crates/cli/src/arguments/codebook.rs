//! The flags of `dateline codebook` and `dateline explain`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, Lists, Manner, Reads, TableFormat};

/// Say how a part of a text's record came to be what it is
///
/// For an event: which frame of the codebook fits and where it stands, which argument came from which place in the clause, and
/// which words made it planned, denied or unsure. For a time: the rule that read it, and the day it was counted from. For an
/// entity: the rules that gave it country, sectors and titles. For a statement: how it was found.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline explain article.txt v3
  dateline explain --format json article.txt t1")]
pub(crate) struct Explain {
    /// The file the text is in; `-` is standard input
    ///
    /// It is read as by `dateline extract`.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The id of the part in its record: e1 an entity, t1 a time, s1 a statement, v1 an event
    ///
    /// `dateline extract --format json` and `dateline events` print the ids.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Which document of a file that holds several, by its id or by its place such as feed.ndjson:3
    ///
    /// `dateline extract` prints it as the `id` of the `document`.
    #[arg(long, value_name = "DOCUMENT")]
    pub(crate) document: Option<String>,

    /// How to print: json, or text for people [default: text on a terminal, else json]
    ///
    /// `json` prints one object a line for each rule that made the part: the part it is `of`, the `rule`, and the `reasons` it
    /// went by, each with the words as `evidence`. `text` prints the part with the same below it.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<Format>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) reads: Reads,
}

/// Check, read and count the codebook: the frames that turn words into acts
///
/// The codebook is tables, one a PLOVER type: a row says which trigger, with which arguments, tells which act. `dateline codebook
/// export` writes the tables compiled in; change them or write your own, check them, and give their folder to any command by
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

/// Check tables line by line, and that every frame fires on its example
///
/// Prints each fault with file and line. Exit status is 1 where there is one.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folder of tables; without it those compiled in are checked
    ///
    /// A file named as a table compiled in, such as `sanction.tsv` or `classes.tsv`, takes its place; one with more behind the
    /// type, such as `sanction.tariffs.tsv`, adds to it.
    #[arg(value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
}

/// Say what the codebook has for words: the frames of a trigger, in the order in which they are tried, or the lemmas of a class
///
/// A word is a lemma such as `expel`, `break off` or `break_off.v`, or the name of a class such as `diplomat`.
#[derive(Debug, Args)]
pub(crate) struct ExplainWords {
    /// Triggers or classes
    ///
    /// Any number of them; what the codebook does not have is told of, and exit status is then 1.
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// Count frames, triggers, modes and codes by type
///
/// One row a PLOVER type, and one for all.
#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// How to print: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints an object a line for each type. `csv` and `tsv` print a table with a head, `text` one for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// Write the tables compiled in to a folder, to read or to change
///
/// The folder is made if it is not there. A file that is there already is left as it is, and told of.
#[derive(Debug, Args)]
pub(crate) struct ExportTables {
    /// Where to write them
    ///
    /// Its tables can then be given to any command by `--codebook DIR`.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Which codebook.
#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// Folder of tables that replace or extend the codebook
    ///
    /// A file named as a table compiled in, such as `sanction.tsv`, takes its place; one with more behind the type, such as
    /// `sanction.tariffs.tsv`, adds to it. Files that end in anything but `.tsv` are left alone. A row with a mistake is
    /// reported and left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
}
