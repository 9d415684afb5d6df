//! Readers of what news comes in: files and streams to documents, each with a map back to the bytes it was read from.
//!
//! Reading has two steps. [`cut`] goes through a stream and hands on its records, one at a time, whatever the length of the
//! stream; [`open`] makes documents of a record. The first needs the stream and is quick; the second is a pure function of the
//! record and may be done on any thread.
//!
//! Nothing is fetched, and nothing in a file makes these readers open another.

mod compressed;
mod encoding;
mod field;
mod format;
mod html;
mod json;
mod language;
mod markup;
#[cfg(feature = "parquet")]
pub mod parquet;
mod published;
mod record;
mod sniff;
mod table;
mod text;
mod warc;
mod xml;

use std::io::{self, BufRead};

pub use field::{Field, FieldNames};
pub use format::Format;
pub use language::{Language, foreign, language};
pub use record::{About, Cut, LARGEST, OpenedDocument, Problem, Take};
pub use sniff::{Stream, by_name, sniff};

/// Goes through a stream and hands on its records in their order, until `take` says to stop. Damage is handed on as a
/// [`Problem`], and reading goes on behind it where that can be found.
///
/// Memory holds one record, of at most [`LARGEST`] bytes, whatever the stream claims.
///
/// # Errors
///
/// If the stream cannot be read.
pub fn cut(from: &mut dyn BufRead, format: Format, take: &mut Take<'_>) -> io::Result<()> {
    match format {
        Format::Ndjson => json::lines(from, take),
        Format::Json => json::values(from, take),
        Format::Csv => table::rows(from, Format::Csv, take),
        Format::Tsv => table::rows(from, Format::Tsv, take),
        Format::Warc => warc::records(from, take),
        Format::Parquet => {
            take(Err(Problem::at(
                0,
                "a Parquet file is read from its end, which a stream does not have",
            )));
            Ok(())
        }
        Format::Text
        | Format::Html
        | Format::Feed
        | Format::JsonFeed
        | Format::NewsMl
        | Format::Nitf => whole(from, format, take),
    }
}

/// The documents of a record, each or why it is none.
pub fn open(cut: &Cut, names: &FieldNames) -> Vec<Result<OpenedDocument, String>> {
    match cut.format {
        Format::Text => vec![text::document(cut)],
        Format::Ndjson | Format::Json => json::documents(cut, names),
        Format::JsonFeed => json::feed(cut),
        Format::Csv | Format::Tsv => vec![table::document(cut, names)],
        Format::Html => vec![html::document(cut)],
        Format::Feed => xml::feed::documents(cut),
        Format::NewsMl => xml::newsml::documents(cut),
        Format::Nitf => vec![xml::nitf::document(cut)],
        Format::Parquet | Format::Warc => {
            vec![Err(format!("a record of {} holds no text", cut.format))]
        }
    }
}

/// Names the bytes of a record by their content: BLAKE3, the first 32 hexadecimal digits.
pub fn hash(record: &[u8]) -> String {
    blake3::hash(record).to_hex()[..32].to_owned()
}

/// A stream with the gzip or zstd it is packed in undone, as its first bytes tell; any other as it is.
///
/// # Errors
///
/// If the first bytes cannot be read or unpacked.
pub fn unpacked<'r>(from: impl BufRead + 'r) -> io::Result<Box<dyn BufRead + 'r>> {
    compressed::unpacked(Box::new(from))
}

/// The words of a piece of HTML.
pub(crate) fn words(markup: &str) -> String {
    html::words(markup, &dateline_core::SourceMap::default()).0
}

/// Cuts a stream that is one record.
fn whole(from: &mut dyn BufRead, format: Format, take: &mut Take<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    let read = io::Read::read_to_end(&mut io::Read::take(from, LARGEST as u64 + 1), &mut bytes);
    if bytes.len() > LARGEST {
        let why = format!("longer than {} MiB; split it into its articles", LARGEST >> 20);
        take(Err(Problem::at(0, why)));
        return Ok(());
    }
    let cut = Cut { at: 0, number: None, format, about: About::default(), bytes };
    match read {
        Ok(_) => {
            take(Ok(cut));
        }
        // What came before the damage is read all the same.
        Err(error) => {
            let problem = Problem::of_stream(0, None, error)?;
            if take(Err(problem)) {
                take(Ok(cut));
            }
        }
    }
    Ok(())
}
