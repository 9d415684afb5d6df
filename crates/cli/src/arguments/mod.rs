//! Command-line arguments: every flag, once, with its help.

mod codebook;
mod confidence;
mod export;
mod groups;
mod ledger;
mod reader;
mod serve;
mod setup;

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline_core::{Moment, Status, codes::PloverType};
use dateline_formats::read::{Field, FieldNames, Format as SourceFormat};

use crate::news::Reading;

pub(crate) use groups::command;
pub(crate) use ledger::{
    Actor, Agenda, CheckLedger, Correction, Database, Difference, Event, Filters, Ingest,
    QueryOptions, Recode, RowFormat, Search, Sql, StatsOf, Timeline,
};
pub(crate) use setup::{Completions, Man};

pub(crate) use codebook::{
    Check, Codebook, CodebookCommand, Explain, ExplainWords, ExportTables, Stats, Tables,
};
pub(crate) use confidence::ConfidenceOption;
pub(crate) use export::{Dump, Export, ExportFormat, Load, Verify};
pub(crate) use reader::ReaderOption;
pub(crate) use serve::{Demo, Listening, Log, Serve, Token};

/// Turn dated English news into records you can check.
///
/// Dateline reads who did and said what to whom, when, where, and how certain the text is. Every field of a record points to the words
/// it was read from. A ledger joins the reports of many articles into events with a history.
///
/// To start, run `dateline extract article.txt` on an article of your own, or `dateline demo` to look around.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    long_version = concat!(env!("DATELINE_VERSION"), "\nfeatures: ", env!("DATELINE_FEATURES")),
    max_term_width = 100,
    after_help = "\
Run `dateline COMMAND --help` for details and examples.

Exit status: 0 success; 1 finished, but some input or check was faulty; 2 could not run, or a file could not be read or written."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Every command, in the order of the top-level help.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Times(Times),
    Statements(Statements),
    Events(Events),
    Actors(Actors),
    Explain(Explain),
    Parse(Parse),
    Ingest(Ingest),
    Recode(Recode),
    Check(CheckLedger),
    Verify(Verify),
    Dump(Dump),
    Load(Load),
    Timeline(Timeline),
    Agenda(Agenda),
    Event(Event),
    Actor(Actor),
    Search(Search),
    Stats(StatsOf),
    Sql(Sql),
    Export(Export),
    Demo(Demo),
    Serve(Serve),
    Token(Token),
    Codebook(Codebook),
    Completions(Completions),
    Man(Man),
}

/// Write one record per article: times, actors, statements, events
///
/// An article may begin with a header, such as the line `date 2021-05-08` or front matter, that gives its publication date, title and
/// source. Relative times such as "Friday" are counted from that date. Without a date they have no place on the calendar; everything else is
/// read as usual.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline extract article.txt
  dateline extract --format json news/*.txt > records.jsonl
  curl -s https://example.org/article.txt | dateline extract --date 2021-05-08")]
pub(crate) struct Extract {
    /// Output format: json, text, polecat, icews or plover [default: text on a terminal, else json]
    ///
    /// `json` prints one record per line, in the order of the files. `text` is for people: a timeline, who said what, and what happened
    /// or may happen, with the words each was read from and their line. `polecat`, `icews` and `plover` print rows in the columns of
    /// those data sets, as `dateline export` does, for each article by itself.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<ExtractFormat>,

    /// Explain how every part of the record was read
    ///
    /// JSON gets a last key `explanations`: for each time, its rule and the date it was counted from; for each entity, the rules and
    /// words that gave its country, sectors and titles; for each statement, how it was found; for each event, its codebook frame,
    /// arguments and cues. Text gets sections of entities and times with the same. To explain one part only, use `dateline explain`.
    #[arg(long)]
    pub(crate) explain: bool,

    /// Include the source file of each document and the bytes it was read from
    ///
    /// JSON gets a last key `source`: the file, the first byte and length of the document in it, and runs of `[text, source, length]`
    /// that map bytes of the text to bytes of the source. A run with a fourth number was read as a whole from that many bytes, such as
    /// an HTML entity.
    #[arg(long)]
    pub(crate) source: bool,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find time expressions and place them on the calendar
///
/// Prints the `times` of the records of `dateline extract`: their TIMEX3 type and value, and the days or minutes they span.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline times article.txt
  dateline times --format json news/*.txt > times.jsonl
  dateline times --format timeml --date 2021-05-08 article.txt > article.tml
  dateline times --format timeml --output tagged news/*.txt")]
pub(crate) struct Times {
    /// Output format: json, timeml or text [default: text on a terminal, else json]
    ///
    /// `json` prints one object per line with the `document` and its `times`, in the order of the files. `timeml` prints the text as XML
    /// with a TIMEX3 tag around each time, in the layout of TempEval-3. `text` prints a line per time, for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TimesFormat>,

    /// Folder for TimeML files, one NAME.tml for each NAME.txt
    ///
    /// Needed for more than one text, since an XML file holds one. The folder is created if it does not exist; files of the same name
    /// are replaced. Works with `--format timeml` only.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// Explain each time: its rule, and the date it was counted from
    ///
    /// JSON gets a key `explanations`, text a line below each time. TimeML has no place for explanations.
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) reader: ReaderOption,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find who said what: speaker, cue and words
///
/// Prints the `statements` of the records of `dateline extract`, with the speakers and addressees.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline statements article.txt
  dateline statements --speaker Kremlin --class speech news/*.txt
  dateline statements --format csv news/*.txt > statements.csv")]
pub(crate) struct Statements {
    /// Output format: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints one object per article with the `document`, its `statements` and the `entities` they name, in the order of the
    /// files. `csv` and `tsv` print a header and a row per statement; the parts of an interrupted quotation are joined by ` … `. `text`
    /// prints each speaker with what they said, for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Only statements by this speaker: words of a name, or the start of a code such as RUSGOV
    ///
    /// Case does not matter. Names match anywhere in the text, so `Putin` also finds what *he* said. A code is country plus sector.
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Only statements of this class: speech or attitude
    ///
    /// Speech was said or written (*said, denied, according to*). An attitude is what somebody thinks or wants (*hopes, supports*),
    /// spoken or not.
    #[arg(long, value_name = "CLASS", hide_possible_values = true)]
    pub(crate) class: Option<Class>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find who did what to whom, and whether it happened
///
/// Prints the `events` of the records of `dateline extract`, with the actors in them, the statements they were read from and the
/// relations between them.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline events article.txt
  dateline events --type CONSULT --status scheduled news/*.txt
  dateline events --actor RUS --since 2021-04-01 --until 2021-05-01 --format csv news/*.txt > events.csv")]
pub(crate) struct Events {
    /// Output format: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints one object per article with the `document`, its `events` and `relations`, and the `entities` and `statements` they
    /// name, in the order of the files. `csv` and `tsv` print a header and a row per event; several parties, places or contexts are
    /// separated by `|`. `text` prints events with the words they were read from, for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Only events of this PLOVER type, such as CONSULT
    ///
    /// The type says what the act is, real or not: a meeting somebody hopes for is a CONSULT with the status proposed. Case does not
    /// matter.
    #[arg(long = "type", value_name = "TYPE", value_parser = plover_type)]
    pub(crate) kind: Option<PloverType>,

    /// Only events with this actor: words of a name, or the start of a code such as RUSGOV
    ///
    /// Case does not matter. Names match anywhere in the text, so `Putin` also finds what *he* did.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Only events with this status, such as scheduled
    ///
    /// One of proposed, expected, scheduled, ongoing, occurred, postponed, cancelled and hypothetical.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(crate) status: Option<Status>,

    /// Only events on or after this date, YYYY-MM-DD
    ///
    /// Compares the date of the event, or the publication date if the text gives none.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Moment>,

    /// Only events before this date, YYYY-MM-DD
    ///
    /// The date itself is excluded: `--since 2021-04-01 --until 2021-05-01` is April.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Moment>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Error message that lists the accepted values.
fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("expected one of {}", names.collect::<Vec<_>>().join(", "))
}

/// Parses a PLOVER type in any case.
fn plover_type(text: &str) -> Result<PloverType, String> {
    text.to_uppercase().parse().map_err(|_| one_of(PloverType::ALL.iter().map(|it| it.as_str())))
}

/// Parses the status of a reported event in any case.
fn status(text: &str) -> Result<Status, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Status::ALL.iter().map(|it| it.as_str())))
}

/// List actors with countries, sectors, titles and counts
///
/// Prints one row per actor over all articles, most mentioned first. Mentions are merged by name and code. Lists people,
/// organizations and groups with a name or a code, and anyone who says or does something or is acted on. Countries and places are
/// listed where they act.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline actors article.txt
  dateline actors --format csv news/*.txt > actors.csv
  dateline actors --explain --actors mine.tsv news/*.txt
  dateline actors --petrarch-actors Phoenix.Countries.actors.txt --petrarch-actors Phoenix.agents.txt news/*.txt")]
pub(crate) struct Actors {
    /// Output format: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints one object per line. `csv` and `tsv` print a header and a row per actor, with sectors separated by spaces and titles
    /// by `|`. `text` prints a line per actor, with kind, country, sectors and titles below, for people.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Explain where each country, sector and title comes from
    ///
    /// Gives the first rule and words that decided each, with file and line. JSON gets them under `decisions`, CSV and TSV in a last
    /// column `decided`, text on a line each.
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) text: TextOptions,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Print sentences, tokens, tags and trees as CoNLL-U
///
/// CoNLL-U is the format of Universal Dependencies: one token per line and a blank line after each sentence. With several files, the
/// first sentence of each has a comment `# newdoc id = FILE`.
#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// Files to read, in UTF-8; standard input if there are none, or for `-`
    ///
    /// Invalid UTF-8 is read as U+FFFD and reported. A file that cannot be read is reported and skipped.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Number of threads [default: one per processor]
    ///
    /// The output is the same, and in the same order, with any number.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Read CoNLL-U and keep its sentences and tokens
    ///
    /// The input is CoNLL-U instead of text. Tags, lemmas and trees are computed again.
    #[arg(long)]
    pub(crate) gold_tokens: bool,

    #[command(flatten)]
    pub(crate) reader: ReaderOption,

    /// Show no progress
    ///
    /// A long run shows its progress on standard error if that is a terminal. Messages are printed all the same.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// The reader, and the user's own actors and codebook, for all commands that extract.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    #[command(flatten)]
    pub(crate) reader: ReaderOption,

    #[command(flatten)]
    pub(crate) confidence: ConfidenceOption,

    /// Your own actors: a tab-separated file of name, aliases, country, sectors, from, to
    ///
    /// These take precedence over Dateline's actors and over what the text says. Separate aliases by `|` and sectors by spaces. Sectors
    /// are PLOVER's, such as GOV or MIL. A country is an ISO 3166-1 alpha-3 code, or UNO, EUR, or IGO plus a short name. From and to are
    /// dates such as 2021-05-08, inclusive; leave them empty for no limit. Rows with the same name are one actor, with the codes of each
    /// period. Lines that begin with `#` are comments, and the first row may name the columns. A faulty row is reported and skipped. If
    /// given more than once, later files take precedence.
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,

    /// Actor or agent file of PETRARCH or TABARI; may be repeated
    ///
    /// The file is read unchanged: names in capitals with codes such as `[USAGOV >20090120]`, aliases after `+`, and nouns with roles
    /// such as `[~MIL]`. CAMEO codes become countries and PLOVER sectors. A dated code applies to articles published within its dates.
    /// For articles without a date, a code without dates applies, else the latest. A faulty line is reported and skipped. `--actors`
    /// takes precedence.
    #[arg(long, value_name = "FILE")]
    pub(crate) petrarch_actors: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// Publication date and color, for all commands that read dated texts.
#[derive(Debug, Args)]
pub(crate) struct TextOptions {
    /// Publication date of all texts, YYYY-MM-DD or YYYY-MM-DDTHH:MM
    ///
    /// Such as 2021-05-08 or 2021-05-08T09:30. Overrides the date in a text's header. It is local to the place of publication and has no
    /// time zone.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Moment>,

    /// Color the text format: auto, always or never [default: auto]
    ///
    /// `auto` uses color on a terminal, unless `NO_COLOR` is set. Other formats are never colored.
    #[arg(
        long,
        value_name = "WHEN",
        hide_possible_values = true,
        hide_default_value = true,
        default_value = "auto"
    )]
    pub(crate) color: Color,
}

/// Files to read, for all commands that read news.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files and folders to read; standard input if there are none, or for `-`
    ///
    /// Reads text, JSON, CSV and TSV with column names, Parquet, HTML pages, RSS, Atom and JSON feeds, NewsML-G2, NITF, and WARC
    /// archives, plain or compressed with gzip or zstd. Formats are recognized by content. In folders, files with the usual extensions
    /// are read. What cannot be read is reported and skipped. Documents in languages other than English are counted and skipped.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reads: ReadOptions,
}

impl Inputs {
    /// Combines the paths with the options; `date` overrides the publication date of all documents.
    pub(crate) fn reading(&self, date: Option<Moment>) -> Reading {
        self.reads.reading(self.paths.clone(), date)
    }
}

/// Input format, field names, threads and progress.
#[derive(Debug, Args)]
pub(crate) struct ReadOptions {
    /// Input format, for files that are not recognized
    ///
    /// One of text, ndjson, json, csv, tsv, parquet, html, feed, jsonfeed, newsml, nitf and warc. Without the flag, each file is
    /// recognized by its content, or else by its extension.
    #[arg(long, value_name = "FORMAT", value_parser = source_format)]
    pub(crate) from: Option<SourceFormat>,

    /// Names of JSON fields or table columns, such as title=headline,text=body
    ///
    /// The fields are text, html, published, title, publisher, agency, byline, url, language and id. A dot leads into a nested object:
    /// `title=meta.headline`. Without the flag, common names are recognized, and each guess is reported once per file.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = field_name)]
    pub(crate) map: Vec<(Field, String)>,

    /// Number of threads [default: one per processor]
    ///
    /// The output is the same, and in the same order, with any number.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Show no progress
    ///
    /// A long run shows its progress on standard error if that is a terminal. Messages are printed all the same.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl ReadOptions {
    /// Combines the options with the paths to read.
    pub(crate) fn reading(&self, paths: Vec<PathBuf>, date: Option<Moment>) -> Reading {
        let said = self.map.iter().map(|(field, name)| (name.clone(), *field)).collect();
        let names = FieldNames { said };
        let Self { from, threads, quiet, .. } = *self;
        Reading { paths, from, names, date, threads, quiet }
    }
}

/// Parses the name of an input format.
fn source_format(text: &str) -> Result<SourceFormat, String> {
    text.to_lowercase().parse().map_err(|_| one_of(SourceFormat::ALL.iter().map(|it| it.as_str())))
}

/// Parses FIELD=NAME, a field of a document and its name in the source.
fn field_name(text: &str) -> Result<(Field, String), String> {
    let (field, name) = text
        .split_once('=')
        .filter(|(_, name)| !name.is_empty())
        .ok_or_else(|| "expected FIELD=NAME, such as title=headline".to_owned())?;
    let field = field.parse().map_err(|_| {
        let fields = one_of(Field::ALL.iter().map(|it| it.as_str()));
        format!("{fields} before the `=`")
    })?;
    Ok((field, name.to_owned()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    Json,
    Text,
    Polecat,
    Icews,
    Plover,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Text,
    Csv,
    Tsv,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Class {
    Speech,
    Attitude,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimesFormat {
    Json,
    // The name has no hyphen.
    #[value(name = "timeml")]
    TimeMl,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_flag_and_command_has_short_and_long_help() {
        let mut root = Arguments::command();
        root.build();
        let mut commands = vec![&root];
        while let Some(command) = commands.pop() {
            let name = command.get_name();
            if name == "help" {
                continue;
            }
            assert!(command.get_about().is_some(), "{name} has no short help");
            assert!(command.get_long_about().is_some(), "{name} has no long help");
            for flag in command.get_arguments() {
                let id = flag.get_id().as_str();
                assert!(flag.get_help().is_some(), "{name} {id} has no short help");
                let own = !matches!(id, "help" | "version");
                let long = flag.get_long_help().is_some();
                assert!(!own || long, "{name} {id} has no long help");
            }
            commands.extend(command.get_subcommands());
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
