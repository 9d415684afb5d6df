//! Readers of news files: from files and streams to documents, each with a map back to the bytes it was read from.
//!
//! Reading has two steps. [`cut`] splits a stream into records, one at a time, so a stream can have any length. [`open`] makes
//! documents of a record. The first step needs the stream and is fast; the second is a pure function of the record and can run on
//! any thread. [`sniff`] finds the format and undoes compression.
//!
//! Nothing is fetched, and no content of a file makes these readers open another.

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

/// Splits a stream into records and passes each to `take`, in order, until `take` returns false.
///
/// Damage is passed as a [`Problem`]; reading continues after it where possible. Memory holds one record of at most [`LARGEST`]
/// bytes, whatever lengths the stream claims.
///
/// ```
/// use dateline_formats::read::{self, FieldNames, Format};
///
/// let lines = b"{\"text\": \"Talks resumed.\"}\n{\"text\": \"Talks failed.\"}\n";
/// let mut texts = Vec::new();
/// read::cut(&mut &lines[..], Format::Ndjson, &mut |piece| {
///     let documents = piece.map(|cut| read::open(&cut, &FieldNames::default())).unwrap_or_default();
///     texts.extend(documents.into_iter().flatten().map(|opened| opened.document.text));
///     true
/// })?;
/// assert_eq!(texts, ["Talks resumed.", "Talks failed."]);
/// # Ok::<(), std::io::Error>(())
/// ```
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
                "a Parquet file cannot be read from a stream; save it to a file first",
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

/// Returns the documents of a record, with the reason for each that could not be read.
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

/// Returns the hash of a record: the first 32 hexadecimal digits of its BLAKE3.
pub fn hash(record: &[u8]) -> String {
    blake3::hash(record).to_hex()[..32].to_owned()
}

/// Decompresses a stream if its first bytes are those of gzip or zstd; returns any other stream unchanged.
///
/// # Errors
///
/// If the first bytes cannot be read or decompressed.
pub fn unpacked<'r>(from: impl BufRead + 'r) -> io::Result<Box<dyn BufRead + 'r>> {
    compressed::unpacked(Box::new(from))
}

/// Returns the text of a piece of HTML.
pub(crate) fn words(markup: &str) -> String {
    html::words(markup, &dateline_core::SourceMap::default()).0
}

/// Reads a stream that is one record.
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
        // Text before the damage is still read.
        Err(error) => {
            let problem = Problem::of_stream(0, None, error)?;
            if take(Err(problem)) {
                take(Ok(cut));
            }
        }
    }
    Ok(())
}
