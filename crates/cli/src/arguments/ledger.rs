//! Arguments of the commands that build and query a ledger.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use dateline_core::{Moment, Standing, codes::PloverType};
use dateline_store::EventFilter;
use jiff::civil::Date;

use super::{Lists, ReadOptions, one_of, plover_type};

/// Store articles in a ledger and join their reports into events
///
/// Reads all formats of `dateline extract`, and the records it writes, which are extracted again. The ledger is created if it does not
/// exist. It remembers which file and bytes each document was read from, so that `dateline verify` can check them.
///
/// Documents already in the ledger are skipped; to resume an interrupted run, run it again. Documents without a publication date are
/// stored and can be found, but report no events.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline ingest news/ archive.ndjson
  dateline ingest --db iran.db news/
  dateline ingest CC-NEWS-20210508.warc.gz
  dateline ingest --map text=story,published=day table.csv
  tail -f feed.ndjson | dateline ingest --follow -")]
pub(crate) struct Ingest {
    /// Files and folders to read; `-` for standard input
    ///
    /// A file or record that cannot be read is reported and skipped. Documents in languages other than English are counted and skipped.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Commit each document as it arrives, and print its id
    ///
    /// Prints a line such as `new d0123456789abcdef` once the document is safe on disk. Without the flag, documents are committed some
    /// hundred at a time, which is much faster.
    #[arg(long)]
    pub(crate) follow: bool,

    /// Publication date of all documents, YYYY-MM-DD
    ///
    /// Overrides the dates in the documents.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Moment>,

    /// Format of the summary: table, json, ndjson or csv [default: table on a terminal, else ndjson]
    ///
    /// `table` prints a line of counts, `json` and `ndjson` an object, `csv` a header and a row.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<RowFormat>,

    #[command(flatten)]
    pub(crate) reads: ReadOptions,

    #[command(flatten)]
    pub(crate) database: Database,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// List events by date
///
/// An event joins the reports of several articles; its status follows from all of them. Without `--as-of`, "today" is the date of the
/// newest article.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline timeline --actor RUS --type SANCTION
  dateline timeline --actor Putin --with Biden --as-of 2021-05-08
  dateline timeline --since 2021-05-01 --until 2021-06-01 --format csv > may.csv")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) filters: Filters,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// List planned events, as known today or on an earlier date
///
/// Plans are listed by date, with their status and source. Plans that have taken place or were cancelled are left out. Those without a
/// date come last, and are dropped some time after they were last mentioned. `--since` and `--until` refer to the planned date. Without
/// `--as-of`, "today" is the date of the newest article.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline agenda
  dateline agenda --as-of 2021-05-08 --actor USA
  dateline agenda --status scheduled --format json")]
pub(crate) struct Agenda {
    #[command(flatten)]
    pub(crate) filters: Filters,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Show the history and sources of an event, or correct it
///
/// Prints how the status, date and place of the event changed, the quotation behind each change, who reported it, and related events.
/// `dateline timeline` and `dateline agenda` print ids. Former ids of an event still work.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_long_help = "\
Examples:
  dateline event w0123456789ab --as-of 2021-06-05
  dateline event merge w0123456789ab wba9876543210
  dateline event split w0123456789ab d0123456789abcdef:v3"
)]
pub(crate) struct Event {
    /// Id of the event
    ///
    /// `w` and 12 hexadecimal digits.
    #[arg(value_name = "ID", required = true)]
    pub(crate) id: Option<String>,

    /// Show what was known at the end of this date, YYYY-MM-DD
    ///
    /// Ignores later reports and later corrections.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,

    #[command(flatten)]
    pub(crate) options: QueryOptions,

    #[command(subcommand)]
    pub(crate) correction: Option<Correction>,
}

/// Manual overrides of which reports form one event.
#[derive(Debug, Subcommand)]
pub(crate) enum Correction {
    /// Merge two events into one, permanently
    ///
    /// A manual override: it takes precedence over Dateline's own decision and remains when documents are added or extracted again.
    /// Prints the id of the merged event.
    Merge {
        /// Id of an event
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        one: String,
        /// Id of the other event
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        other: String,
        #[command(flatten)]
        database: Database,
    },
    /// Remove a report from its event, permanently
    ///
    /// A manual override: it takes precedence over Dateline's own decision and remains when documents are added or extracted again.
    /// Prints the id of the event that the report now belongs to.
    Split {
        /// Id of the event
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        event: String,
        /// Report to remove: a document and the event in its record, such as d0123456789abcdef:v3
        ///
        /// `dateline event ID` lists the reports.
        #[arg(value_name = "REPORT")]
        report: String,
        #[command(flatten)]
        database: Database,
    },
}

/// Search documents by words
///
/// Finds documents with all the words, best matches first. Put a phrase in double quotes. `OR` and `NOT` combine words, `sanction*`
/// finds all words that start so, and `title:` and `statements:` search only there.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline search ceasefire Idlib
  dateline search 'statements: \"red line\"' --since 2021-05-01")]
pub(crate) struct Search {
    /// Words to search for
    ///
    /// Case and accents do not matter.
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,

    /// Only documents published on or after this date, YYYY-MM-DD
    ///
    /// Excludes documents without a date.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,

    /// Only documents published before this date, YYYY-MM-DD
    ///
    /// Excludes documents without a date.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,

    /// Maximum number of documents
    ///
    /// The best matches are listed.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Show an actor: names, offices, contacts, events and statements
///
/// If a name fits several actors, those in most events come first.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline actor Lavrov
  dateline actor RUSGOV --limit 20 --format csv")]
pub(crate) struct Actor {
    /// Words of a name, an id, or the start of a code such as RUSGOV
    ///
    /// Case does not matter in names.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// Maximum number of actors
    ///
    /// Those in most events are shown.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Count what is in a ledger
///
/// Prints the number of documents, copies, actors and statements, of events by type and status, and the size in bytes.
#[derive(Debug, Args)]
pub(crate) struct StatsOf {
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Query a ledger in SQL
///
/// Runs one read-only query. `SELECT sql FROM sqlite_schema` prints the tables and the meaning of their columns.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline sql 'SELECT type, count(*) FROM event GROUP BY type ORDER BY 2 DESC'")]
pub(crate) struct Sql {
    /// Query in the SQL dialect of SQLite
    ///
    /// Statements that write are refused.
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,

    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Check the integrity of a ledger
///
/// Checks references between rows, spans against the texts, rows against the records, histories against the reports, and SQLite's own
/// integrity checks. The exit status is 1 if something is wrong.
#[derive(Debug, Args)]
pub(crate) struct CheckLedger {
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Re-extract documents stored by another version or reader
///
/// Safe to interrupt: each document keeps its old record until the new one is complete. Event ids and manual overrides are kept.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline recode --diff --dry-run
  dateline recode --reader careful --only reader
  dateline recode --all")]
pub(crate) struct Recode {
    /// Re-extract all documents, not only those of other versions and readers
    ///
    /// Use it after you have changed your codebook or your actors.
    #[arg(long)]
    pub(crate) all: bool,

    /// Re-extract only what differs in this: version or reader
    ///
    /// `version` takes documents that another version of Dateline extracted, `reader` those that another reader read than the one asked
    /// for. Without the flag, both are taken.
    #[arg(long, value_name = "WHAT", hide_possible_values = true, conflicts_with = "all")]
    pub(crate) only: Option<Difference>,

    /// Print how each record changes
    ///
    /// A line for each part that was added, removed or changed.
    #[arg(long)]
    pub(crate) diff: bool,

    /// Change nothing
    ///
    /// With `--diff`, shows what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Show no progress
    ///
    /// A long run shows its progress on standard error if that is a terminal. Messages are printed all the same.
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) options: QueryOptions,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// Path of the ledger.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// Ledger file
    ///
    /// If the flag is not given, the environment variable `DATELINE_DB` names the file, else it is dateline.db in the current folder.
    #[arg(
        long,
        value_name = "FILE",
        env = "DATELINE_DB",
        hide_env_values = true,
        default_value = "dateline.db"
    )]
    pub(crate) db: PathBuf,
}

/// Ledger and output format, for all commands that query a ledger.
#[derive(Debug, Args)]
pub(crate) struct QueryOptions {
    #[command(flatten)]
    pub(crate) database: Database,

    /// Output format: table, json, ndjson or csv [default: table on a terminal, else ndjson]
    ///
    /// `table` is for people. `json` prints an array, `ndjson` an object per line, and `csv` a header and rows, with several values in a
    /// cell separated by `|`.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<RowFormat>,
}

/// Filters of events, the same in every command that lists them.
#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// Only events with this actor: words of a name, an id, or the start of a code such as RUSGOV
    ///
    /// Case does not matter in names.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Only events in which this actor takes part as well
    ///
    /// Takes the same values as `--actor`.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) with: Option<String>,

    /// Only events of this PLOVER type, such as CONSULT
    ///
    /// Case does not matter.
    #[arg(long = "type", value_name = "TYPE", value_parser = plover_type)]
    pub(crate) kind: Option<PloverType>,

    /// Only events with this status, such as scheduled
    ///
    /// One of proposed, expected, scheduled, ongoing, occurred, postponed, cancelled, hypothetical, disputed and unreported.
    #[arg(long, value_name = "STATUS", value_parser = standing)]
    pub(crate) status: Option<Standing>,

    /// Only events at this place
    ///
    /// Words of its name, an id, or the start of a code.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,

    /// Only events on or after this date, YYYY-MM-DD
    ///
    /// Compares the date of the event or, if it has none, the date of the last report that changed it.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,

    /// Only events before this date, YYYY-MM-DD
    ///
    /// The date itself is excluded: `--since 2021-04-01 --until 2021-05-01` is April.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,

    /// Show what was known at the end of this date, YYYY-MM-DD
    ///
    /// Ignores later reports and later corrections.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,

    /// Maximum number of events, earliest first
    ///
    /// Without it, all are listed.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

impl Filters {
    /// Converts to the filter of the ledger.
    pub(crate) fn filter(&self) -> EventFilter {
        EventFilter::new()
            .actor(self.actor.as_deref())
            .with(self.with.as_deref())
            .kind(self.kind)
            .status(self.status)
            .place(self.place.as_deref())
            .since(self.since)
            .until(self.until)
            .as_of(self.as_of)
            .limit(self.limit)
    }
}

/// What makes a stored record outdated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Difference {
    Version,
    Reader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Json,
    Ndjson,
    Csv,
}

/// Parses the status of a ledger event in any case.
fn standing(text: &str) -> Result<Standing, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Standing::ALL.iter().map(|it| it.as_str())))
}
