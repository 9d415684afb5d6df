//! The flags of the commands that fill a ledger and ask it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use dateline_core::{Moment, Standing, codes::PloverType};
use dateline_store::Filter;
use jiff::civil::Date;

use super::{Lists, Reads, one_of, plover_type};

/// Store texts with their records in the ledger, and join their reports into events
///
/// Reads what `dateline extract` reads: texts, JSON, tables, pages, feeds, NewsML-G2, NITF and WARC archives, compressed or not, and
/// folders of them. A record of `dateline extract` is a document, too, and is read anew. The ledger keeps where each document was
/// read from; `dateline verify` looks it up again.
///
/// What is there already is passed over, so a run that was cut off is taken up by running it again. Documents without a date
/// of publication are kept and found, but tell no events.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline ingest news/ archive.ndjson
  dateline ingest --db iran.db news/
  dateline ingest CC-NEWS-20210508.warc.gz
  dateline ingest --map text=story,published=day table.csv
  tail -f feed.ndjson | dateline ingest --follow -")]
pub(crate) struct Ingest {
    /// Files and folders to read; `-` is standard input
    ///
    /// A file or record that cannot be read is reported, and the others are done. Documents in other languages than English are
    /// counted and set aside.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Make each document safe on disk as it comes, and say so
    ///
    /// Prints a line such as `new d0123456789abcdef` for each document when it is committed. Without the flag documents are
    /// committed some hundred at a time, which is much faster.
    #[arg(long)]
    pub(crate) follow: bool,

    /// The date of publication of all documents, YYYY-MM-DD
    ///
    /// It takes the place of the dates they tell.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Moment>,

    /// How to print what was done: table or json [default: table on a terminal, else ndjson]
    ///
    /// `table` prints one line of counts, `json` and `ndjson` an object with them; `csv` prints a head and a row.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<RowFormat>,

    #[command(flatten)]
    pub(crate) reads: Reads,

    #[command(flatten)]
    pub(crate) database: Database,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// List events in the order of their days
///
/// An event is what several reports tell of, with the status all of them amount to. Without `--as-of` that is by all reports,
/// and as of the last day on which anything was published.
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
    pub(crate) asked: Asked,
}

/// List what is ahead, or was ahead on a day, with its status and who said so
///
/// Plans that are neither over, nor called off, nor forgotten, by their days; those without a date come last and are forgotten
/// some time after they were last spoken of. `--since` and `--until` are of the day planned for.
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
    pub(crate) asked: Asked,
}

/// Tell one event: its history with the words behind each change, who reported it, and what it answers
///
/// The id is that of a row of `dateline timeline` or `dateline agenda`; ids an event had before lead to it, too.
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
    /// The event
    ///
    /// `w` and 12 hexadecimal digits.
    #[arg(value_name = "ID", required = true)]
    pub(crate) id: Option<String>,

    /// By what was reported until the end of this day, YYYY-MM-DD
    ///
    /// Later reports, and corrections that came later, are left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,

    #[command(flatten)]
    pub(crate) asked: Asked,

    #[command(subcommand)]
    pub(crate) by_hand: Option<ByHand>,
}

/// What can be decided by hand.
#[derive(Debug, Subcommand)]
pub(crate) enum ByHand {
    /// Make one event of two, now and later
    ///
    /// The decision goes before what is computed, and stays when documents come or are coded anew. Prints the id of the event.
    Merge {
        /// An event
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        one: String,
        /// The other
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        other: String,
        #[command(flatten)]
        database: Database,
    },
    /// Take a report out of its event, now and later
    ///
    /// Prints the id of the event the report is of from then on.
    Split {
        /// The event
        ///
        /// `w` and 12 hexadecimal digits.
        #[arg(value_name = "ID")]
        event: String,
        /// The report: its document and the event in its record, as in d0123456789abcdef:v3
        ///
        /// `dateline event ID` lists them.
        #[arg(value_name = "REPORT")]
        report: String,
        #[command(flatten)]
        database: Database,
    },
}

/// Find documents by their words
///
/// All the words have to be there; documents that are most about them come first. `"…"` asks for words in a row, `OR` and `NOT` join
/// and exclude, a word ending in `*` asks for all that begin so, and `title:` and `statements:` ask there alone.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline search ceasefire Idlib
  dateline search 'statements: \"red line\"' --since 2021-05-01")]
pub(crate) struct Search {
    /// The words
    ///
    /// Capitals, small letters and accents are the same.
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,

    /// Only documents published on this day or later, YYYY-MM-DD
    ///
    /// Documents without a date are left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,

    /// Only documents published before this day, YYYY-MM-DD
    ///
    /// Documents without a date are left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,

    /// At most so many
    ///
    /// Those that are most about the words.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Tell who an actor is: names, offices, company, events and statements
///
/// Of several actors that a name may mean, those in most events come first.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline actor Lavrov
  dateline actor RUSGOV --limit 20 --format csv")]
pub(crate) struct Actor {
    /// A name as texts have it or some words of one, an id, or the beginning of a code such as RUSGOV
    ///
    /// Capitals and small letters are the same, but for codes.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// At most so many
    ///
    /// Those in most events.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Count what is in the ledger
///
/// Documents, copies, actors, statements, events by type and status, and bytes.
#[derive(Debug, Args)]
pub(crate) struct StatsOf {
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Ask the ledger in SQL
///
/// One query that reads. `SELECT sql FROM sqlite_schema` prints the tables with what their columns mean.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline sql 'SELECT type, count(*) FROM event GROUP BY type ORDER BY 2 DESC'")]
pub(crate) struct Sql {
    /// The query
    ///
    /// In the SQL of `SQLite`.
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,

    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Prove that the ledger holds together
///
/// Reads everything: references, spans against the texts, rows against the records, histories against the reports, and what
/// `SQLite` and its index of words say of themselves. Exit status 1 where something is wrong.
#[derive(Debug, Args)]
pub(crate) struct CheckLedger {
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Make the records of documents anew that an older build has made
///
/// Each document has its old record or its new one, with all that follows from it, whenever the run ends. Ids of events and
/// decisions by hand stay.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline recode --diff --dry-run
  dateline recode --all")]
pub(crate) struct Recode {
    /// All documents, also those this build has coded
    ///
    /// As after a change of the codebook or of your own actors.
    #[arg(long)]
    pub(crate) all: bool,

    /// Say what each new record has otherwise
    ///
    /// Parts that came, went or changed, a line each.
    #[arg(long)]
    pub(crate) diff: bool,

    /// Change nothing
    ///
    /// With `--diff` it shows what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) asked: Asked,

    #[command(flatten)]
    pub(crate) lists: Lists,
}

/// Which ledger.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// The ledger, one file
    ///
    /// Where the flag is not given, the environment's `DATELINE_DB` is asked, and else it is dateline.db in this folder.
    #[arg(
        long,
        value_name = "FILE",
        env = "DATELINE_DB",
        hide_env_values = true,
        default_value = "dateline.db"
    )]
    pub(crate) db: PathBuf,
}

/// Which ledger, and how to print.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    #[command(flatten)]
    pub(crate) database: Database,

    /// How to print: table, json, ndjson or csv [default: table on a terminal, else ndjson]
    ///
    /// `table` is for people. `json` prints one array, `ndjson` an object a line. `csv` prints a head and a row each; several
    /// values in a cell are parted by `|`.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<RowFormat>,
}

/// Which events; the same in every command that lists them.
#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// Only events this actor takes part in: a name or some words of one, an id, or the beginning of a code such as RUSGOV
    ///
    /// Capitals and small letters are the same, but for codes.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Only events this actor takes part in, too
    ///
    /// Read as `--actor`.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) with: Option<String>,

    /// Only events of this PLOVER type, such as CONSULT
    ///
    /// Capitals and small letters are the same.
    #[arg(long = "type", value_name = "TYPE", value_parser = plover_type)]
    pub(crate) kind: Option<PloverType>,

    /// Only events that stand so, such as scheduled
    ///
    /// One of proposed, expected, scheduled, ongoing, occurred, postponed, cancelled, hypothetical, disputed and unreported.
    #[arg(long, value_name = "STATUS", value_parser = standing)]
    pub(crate) status: Option<Standing>,

    /// Only events at this place
    ///
    /// By its name, as `--actor`.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,

    /// Only events on this day or later, YYYY-MM-DD
    ///
    /// The day is that of the event; where nobody tells it, that of the last report that changed something.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,

    /// Only events before this day, YYYY-MM-DD
    ///
    /// The day itself is left out, so that `--since 2021-04-01 --until 2021-05-01` is April.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,

    /// By what was reported until the end of this day, YYYY-MM-DD
    ///
    /// Later reports, and corrections that came later, are left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,

    /// At most so many, the earliest first
    ///
    /// Without it all are listed.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

impl Filters {
    /// The same for the ledger.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            actor: self.actor.clone(),
            with: self.with.clone(),
            kind: self.kind,
            status: self.status,
            place: self.place.clone(),
            since: self.since,
            until: self.until,
            as_of: self.as_of,
            limit: self.limit,
            ..Filter::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Json,
    Ndjson,
    Csv,
}

/// How an event stands, by its name in JSON.
fn standing(text: &str) -> Result<Standing, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Standing::ALL.iter().map(|it| it.as_str())))
}
