//! The command line: every flag, once, with its help.

mod codebook;
mod export;
mod ledger;
mod serve;

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline_core::{Moment, Status, codes::PloverType};
use dateline_formats::read::{Field, FieldNames, Format as SourceFormat};

use crate::news::Reading;

pub(crate) use ledger::{
    Actor, Agenda, Asked, ByHand, CheckLedger, Database, Event, Filters, Ingest, Recode, RowFormat,
    Search, Sql, StatsOf, Timeline,
};

pub(crate) use codebook::{
    Check, Codebook, CodebookCommand, Explain, ExplainWords, ExportTables, Stats, Tables,
};
pub(crate) use export::{Dump, Export, ExportFormat, Load, Verify};
pub(crate) use serve::{Demo, Listening, Log, Serve, Token};

/// Turn dated English news text into a record one can check.
///
/// Dateline reads who said and did what to whom, when, where, and how sure the text is. Every field of the record
/// points back to the words it was read from.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done; 1 done, with faults in what was read or checked; 2 could not run, or some file could not be read or written."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Times(Times),
    Statements(Statements),
    Events(Events),
    Actors(Actors),
    Ingest(Ingest),
    Timeline(Timeline),
    Agenda(Agenda),
    Event(Event),
    Search(Search),
    Actor(Actor),
    Stats(StatsOf),
    Sql(Sql),
    Export(Export),
    Dump(Dump),
    Load(Load),
    Check(CheckLedger),
    Verify(Verify),
    Recode(Recode),
    Serve(Serve),
    Demo(Demo),
    Token(Token),
    Explain(Explain),
    Codebook(Codebook),
    Parse(Parse),
}

/// Make the record of each text: times, entities, statements, events and their relations
///
/// A text may open with a header (front matter, or a line such as `date 2021-05-08`) that tells its publication date,
/// title and source. Relative times such as "Friday" are read against that date; without one they get no place on the
/// calendar, and all else is read as usual.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline extract article.txt
  dateline extract --format json news/*.txt > records.jsonl
  curl -s https://example.org/article.txt | dateline extract --date 2021-05-08")]
pub(crate) struct Extract {
    /// How to print: json, text, or as event data sets do: polecat, icews, plover [default: text on a terminal, else json]
    ///
    /// `json` prints one record a line, in the order of the files. `text` prints each article's timeline, who said
    /// what, and what happened or may happen, with the words it was read from and their line in the file. `polecat`, `icews` and
    /// `plover` print rows as `dateline export` does, of each text by itself. Without the flag it is `text` on a terminal and
    /// `json` everywhere else.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<ExtractFormat>,

    /// Say how each time was read, where codes and titles come from, and how statements and events were found
    ///
    /// JSON gets a key `explanations` behind all others: the rule that read each time, the day or the earlier time it
    /// was counted from, and whether its clause looks behind or ahead; the rules that gave each entity its country,
    /// sectors and titles, with the words they went by; how each statement was found; and the frame, arguments and cues of
    /// each event. Text gets the entities and the times as last sections, with the same below each; `dateline explain` prints
    /// it for any one part.
    #[arg(long)]
    pub(crate) explain: bool,

    /// Say where each document was read from, with a map from its text to the bytes of the file
    ///
    /// JSON gets a key `source` behind all others: the file, the record in it by its first byte and length, and runs of
    /// `[text, source, length]` in bytes that lead from the text back to the record; a run with a fourth number was read from so
    /// many bytes as a whole, as an entity of HTML is.
    #[arg(long)]
    pub(crate) source: bool,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find the time expressions of each text and place them on the calendar
///
/// This is the `times` of `dateline extract` alone: TIMEX3 types and values, and the stretch of the calendar each stands
/// for. Texts are read as there, header and all.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline times article.txt
  dateline times --format json news/*.txt > times.jsonl
  dateline times --format timeml --date 2021-05-08 article.txt > article.tml
  dateline times --format timeml --output tagged news/*.txt")]
pub(crate) struct Times {
    /// How to print: json, timeml or text [default: text on a terminal, else json]
    ///
    /// `json` prints an object a line with the `document` and the `times` of its record, in the order of the files.
    /// `timeml` prints the text as an XML document with a TIMEX3 tag around each time, in the layout of TempEval-3.
    /// `text` prints a line a time, for people. Without the flag it is `text` on a terminal and `json` everywhere else.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TimesFormat>,

    /// Folder for TimeML, a file NAME.tml for each text NAME.txt
    ///
    /// An XML document holds one text, so several texts in TimeML need a folder to go to. It is made if it is not there;
    /// files of the same name in it are replaced. Only `--format timeml` takes it.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// Say how each time was read: by which rule, from which day, looking which way
    ///
    /// JSON gets a key `explanations`, text a line below each time. TimeML has no place for it.
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find who said what in each text: speaker, cue and words
///
/// These are the `statements` of `dateline extract` alone, with the entities that speak and are spoken to. Texts are read
/// as there, header and all.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline statements article.txt
  dateline statements --speaker Kremlin --class speech news/*.txt
  dateline statements --format csv news/*.txt > statements.csv")]
pub(crate) struct Statements {
    /// How to print: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints an object a line with the `document`, the `statements` and the `entities` they name of each text, in the
    /// order of the files. `csv` and `tsv` print a table with a head, a row a statement; the pieces of what is said are
    /// parted by ` … `. `text` prints speakers with what they said, for people. Without the flag it is `text` on a
    /// terminal and `json` everywhere else.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Only what this speaker said: some words of a name, or the beginning of a code such as RUSGOV
    ///
    /// Capitals and small letters are the same. Names are those of the speaker's entity anywhere in the text, so `Putin`
    /// finds what *he* said, too; a code is that of country and sector.
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Only statements of this class: speech or attitude
    ///
    /// Speech was said or written (*said, denied, according to*); an attitude is what somebody thinks or wants (*hopes,
    /// supports*) and need not have said.
    #[arg(long, value_name = "CLASS", hide_possible_values = true)]
    pub(crate) class: Option<Class>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Find who did what to whom in each text, when and where, and whether it happened
///
/// These are the `events` of `dateline extract` alone, with the entities that take part, the statements that vouch for them
/// and the relations between them. Texts are read as there, header and all.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline events article.txt
  dateline events --type CONSULT --status scheduled news/*.txt
  dateline events --actor RUS --since 2021-04-01 --until 2021-05-01 --format csv news/*.txt > events.csv")]
pub(crate) struct Events {
    /// How to print: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints an object a line with the `document`, the `events`, the `relations` between them, and the `entities` and
    /// `statements` they name of each text, in the order of the files. `csv` and `tsv` print a table with a head, a row an
    /// event; several parties, places and contexts are parted by `|`. `text` prints events with the words they were read
    /// from, for people. Without the flag it is `text` on a terminal and `json` everywhere else.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Only events of this PLOVER type, such as CONSULT
    ///
    /// A type says what an act is, or would be: a meeting somebody hopes for is a CONSULT that is proposed. Capitals and small
    /// letters are the same.
    #[arg(long = "type", value_name = "TYPE", value_parser = plover_type)]
    pub(crate) kind: Option<PloverType>,

    /// Only events this actor takes part in: some words of a name, or the beginning of a code such as RUSGOV
    ///
    /// Capitals and small letters are the same. Names are those of the actor's entity anywhere in the text.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,

    /// Only events of this status, such as scheduled
    ///
    /// One of proposed, expected, scheduled, ongoing, occurred, postponed, cancelled and hypothetical.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(crate) status: Option<Status>,

    /// Only events on this day or later, YYYY-MM-DD
    ///
    /// The day is that of the event; where the text tells none, that of publication.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Moment>,

    /// Only events before this day, YYYY-MM-DD
    ///
    /// The day itself is left out, so that `--since 2021-04-01 --until 2021-05-01` is April.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Moment>,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// What a word should have been.
fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("expected one of {}", names.collect::<Vec<_>>().join(", "))
}

/// A PLOVER type, capitals or not.
fn plover_type(text: &str) -> Result<PloverType, String> {
    text.to_uppercase().parse().map_err(|_| one_of(PloverType::ALL.iter().map(|it| it.as_str())))
}

/// The status of an event, by its name in JSON.
fn status(text: &str) -> Result<Status, String> {
    text.to_lowercase().parse().map_err(|_| one_of(Status::ALL.iter().map(|it| it.as_str())))
}

/// List the actors of all texts together, with codes, titles and what they said and did
///
/// One row an actor over all texts, merged by name and code, those spoken of most first: people, bodies and groups that
/// have a name or a code, and all who say or do something or have something done to them. Countries and places are listed
/// where they act.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline actors article.txt
  dateline actors --format csv news/*.txt > actors.csv
  dateline actors --explain --actors mine.tsv news/*.txt
  dateline actors --petrarch-actors Phoenix.Countries.actors.txt --petrarch-actors Phoenix.agents.txt news/*.txt")]
pub(crate) struct Actors {
    /// How to print: text, csv, tsv or json [default: text on a terminal, else json]
    ///
    /// `json` prints an object a line for each actor. `csv` and `tsv` print a table with a head; sectors are parted by
    /// blanks and titles by `|`. `text` prints each actor on a line, with kind, country, sectors and titles below. Without
    /// the flag it is `text` on a terminal and `json` everywhere else.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: Option<TableFormat>,

    /// Say where countries, sectors and titles come from: by which rule, from which words, in which line
    ///
    /// For each country, sector and title of an actor the first rule and words that gave it, with their file and line.
    /// JSON gets them under `decisions`, CSV and TSV in a last column `decided`, text a line each.
    #[arg(long)]
    pub(crate) explain: bool,

    #[command(flatten)]
    pub(crate) lists: Lists,

    #[command(flatten)]
    pub(crate) manner: Manner,

    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Print the sentences, tokens, tags and trees of each text as CoNLL-U
///
/// CoNLL-U is the format of Universal Dependencies: a token a line, a blank line after each sentence. Where there are
/// several files, the first sentence of each says `# newdoc id = FILE`.
#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// Files to read, in UTF-8; `-` or none at all is standard input
    ///
    /// Bytes that are no UTF-8 are read as U+FFFD and reported. A file that cannot be read is reported, and the others
    /// are done.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Threads to work with [default: one a processor]
    ///
    /// Output is the same, and in the same order, with any number.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Read CoNLL-U and keep its sentences and tokens
    ///
    /// The files are CoNLL-U instead of text. Their sentences and tokens are kept; tags, lemmas and trees are made anew.
    #[arg(long)]
    pub(crate) gold_tokens: bool,
}

/// Actors and acts the user knows better, for all commands that read them.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// Your own actors, tab-separated: name, aliases, country, sectors, from, to
    ///
    /// Goes before all Dateline knows and before what a text says. Aliases are parted by `|`, sectors (PLOVER's, such as
    /// GOV or MIL) by blanks; country is ISO 3166-1 alpha-3, or UNO, EUR or IGO and a short name; from and to are dates
    /// such as 2021-05-08, both included, or empty. Rows of one name are one actor, each with the codes of its days. Lines
    /// that begin with `#` are comments; a first row of the columns' names may stand or not. A row with a mistake is
    /// reported and left out. The flag may be given more than once; the last file has the last word.
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,

    /// Actor or agent file of PETRARCH or TABARI, as it is; once for each file
    ///
    /// Names in capitals with codes such as `[USAGOV >20090120]`, other names behind `+`, and nouns with roles such as
    /// `[~MIL]`. CAMEO codes become countries and PLOVER sectors. Codes with dates hold on the day of the text; where that is
    /// not known, one without dates does, else the latest. Lines with a mistake are reported and left out. What `--actors`
    /// says goes before these files.
    #[arg(long, value_name = "FILE")]
    pub(crate) petrarch_actors: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// How to read and to print, for all commands that read dated texts.
#[derive(Debug, Args)]
pub(crate) struct Manner {
    /// Publication date, YYYY-MM-DD or YYYY-MM-DDTHH:MM, in place of any a text tells
    ///
    /// The day or minute every text was published, such as 2021-05-08 or 2021-05-08T09:30. It takes the place of a date
    /// in a text's header. It has no time zone: it is the date where the text was published.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Moment>,

    /// When to color the text format: auto, always or never [default: auto]
    ///
    /// `auto` colors on a terminal, unless `NO_COLOR` is set. JSON is never colored.
    #[arg(
        long,
        value_name = "WHEN",
        hide_possible_values = true,
        hide_default_value = true,
        default_value = "auto"
    )]
    pub(crate) color: Color,
}

/// What to read, for all commands that read news.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files and folders to read; `-` or none at all is standard input
    ///
    /// Texts with or without a header, JSON objects (one, several, or a line each), CSV and TSV with the names of the columns in the
    /// first row, pages in HTML, RSS, Atom and JSON feeds, NewsML-G2, NITF, and WARC archives, each also compressed with gzip or
    /// zstd. Folders are walked for files with the usual endings. A file or record that cannot be read is reported, and the
    /// others are done. Documents in other languages than English are counted and set aside.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reads: Reads,
}

impl Inputs {
    /// What is to be read; `date` is that of all documents.
    pub(crate) fn reading(&self, date: Option<Moment>) -> Reading {
        self.reads.reading(self.paths.clone(), date)
    }
}

/// How to read news, and with how many threads.
#[derive(Debug, Args)]
pub(crate) struct Reads {
    /// What the files are, where their content does not tell
    ///
    /// One of text, ndjson, json, csv, tsv, parquet, html, feed, jsonfeed, newsml, nitf and warc. Without the flag each file is
    /// known by its content, and by the ending of its name where that does not tell.
    #[arg(long, value_name = "FORMAT", value_parser = source_format)]
    pub(crate) from: Option<SourceFormat>,

    /// What the fields of JSON and the columns of tables are called, such as title=headline,text=body
    ///
    /// Fields are text, html, published, title, publisher, agency, byline, url, language and id. A name may lead into objects
    /// within objects: `title=meta.headline`. Without the flag the usual names are known, and each guess is reported once a file.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = field_name)]
    pub(crate) map: Vec<(Field, String)>,

    /// Threads to work with [default: one a processor]
    ///
    /// What comes of it is the same, and in the same order, with any number.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

impl Reads {
    /// What is to be read, of these paths.
    pub(crate) fn reading(&self, paths: Vec<PathBuf>, date: Option<Moment>) -> Reading {
        let said = self.map.iter().map(|(field, name)| (name.clone(), *field)).collect();
        let names = FieldNames { said };
        Reading { paths, from: self.from, names, date, threads: self.threads }
    }
}

/// A format news comes in, by its name.
fn source_format(text: &str) -> Result<SourceFormat, String> {
    text.to_lowercase().parse().map_err(|_| one_of(SourceFormat::ALL.iter().map(|it| it.as_str())))
}

/// A field of a document and what the source calls it.
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
