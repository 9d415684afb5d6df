//! Results of readers: records of a file, documents in them, and problems with either.

use std::{collections::BTreeMap, fmt, io};

use dateline_core::{Document, SourceMap};

use super::{Field, Format};

/// Maximum size of a record in bytes (64 MiB). No article is as long, and a record must fit in memory.
pub const LARGEST: usize = 64 << 20;

/// A record of a file: one page, feed, row or line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Offset in the file, in bytes after decompression. In a WARC file made of gzip members, the offset of the member in the
    /// compressed file.
    pub at: u64,
    /// Number of the line or row, from 1; `None` for formats without lines or rows.
    pub number: Option<u64>,
    /// Format to read it as.
    pub format: Format,
    /// Information about the record from the file around it.
    pub about: About,
    /// Bytes of the record, decompressed.
    pub bytes: Vec<u8>,
}

/// Information about a record from the file around it, such as HTTP headers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Address it was fetched from.
    pub url: Option<String>,
    /// Name of the character encoding.
    pub charset: Option<String>,
    /// Names of the columns, for a row of a table.
    pub columns: Vec<String>,
}

/// A document that was read from a record, with its source map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedDocument {
    /// The document. Its `id` is the one in the source, if any.
    pub document: Document,
    /// Map from the text to the bytes of the record.
    pub map: SourceMap,
    /// Character encoding of the record, by its name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Field names of the source whose meaning was guessed.
    pub guessed: BTreeMap<String, Field>,
    /// Note for the user about how it was read.
    pub note: Option<String>,
}

/// A record, or part of a file, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Offset in bytes, as in [`Cut::at`].
    pub at: u64,
    /// Number of the line or row, from 1.
    pub number: Option<u64>,
    /// Message: what was read, what was expected, and what to do.
    pub why: String,
}

impl Problem {
    /// Creates a problem at an offset.
    pub fn at(at: u64, why: impl fmt::Display) -> Self {
        Self { at, number: None, why: why.to_string() }
    }

    /// Converts an error of a stream that is about damaged data. Any other I/O error is returned.
    pub(super) fn of_stream(at: u64, number: Option<u64>, error: io::Error) -> io::Result<Self> {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Ok(Self { at, number, why: error.to_string() })
            }
            _ => Err(error),
        }
    }
}

/// Callback that receives each record or problem. Returns `false` to stop reading.
pub type Take<'a> = dyn FnMut(Result<Cut, Problem>) -> bool + 'a;
