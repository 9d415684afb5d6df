//! What readers hand on: records cut from a file, the documents in them, and what was wrong with either.

use std::{collections::BTreeMap, fmt, io};

use dateline_core::{Document, SourceMap};

use super::{Field, Format};

/// A record of more bytes than this is refused: no article is as long, and memory has to hold one record whole.
pub const LARGEST: usize = 64 << 20;

/// A stretch of a file that holds one page, one feed, one row or one line: what is read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Its first byte in the file, after decompression. In a WARC file of gzip members it is the first byte of the member in the
    /// file as it lies.
    pub at: u64,
    /// How people count it: the number of a line or a row, from 1. `None` where `at` says all there is.
    pub number: Option<u64>,
    /// What it is to be read as.
    pub format: Format,
    /// What stands around it and is about it.
    pub about: About,
    /// The record itself, as it lies in the file, compression undone.
    pub bytes: Vec<u8>,
}

/// What stands around a record and is about it: headers of the file it lies in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The address it was fetched from.
    pub url: Option<String>,
    /// The name of its encoding.
    pub charset: Option<String>,
    /// Names of columns, for a row of a table.
    pub columns: Vec<String>,
}

/// A document, where its text stands, and what had to be done to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedDocument {
    /// The document. Its `id` is the one its source gives it, if any.
    pub document: Document,
    /// Which bytes of the record the text was read from.
    pub map: SourceMap,
    /// How the record's characters are encoded, by the name the WHATWG Encoding Standard gives.
    pub encoding: &'static str,
    /// Names the source calls its fields by, where they were guessed.
    pub guessed: BTreeMap<String, Field>,
    /// For people: what had to be done to read it.
    pub note: Option<String>,
}

/// A record, or a part of a file, nothing could be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: a byte as in [`Cut::at`].
    pub at: u64,
    /// The number of the line or row, from 1.
    pub number: Option<u64>,
    /// What was read, what was expected, and what to do.
    pub why: String,
}

impl Problem {
    /// A problem at a byte.
    pub fn at(at: u64, why: impl fmt::Display) -> Self {
        Self { at, number: None, why: why.to_string() }
    }

    /// What is wrong with a stream that gives an error: damage of what is read. Any other error is one of reading, and comes back.
    pub(super) fn of_stream(at: u64, number: Option<u64>, error: io::Error) -> io::Result<Self> {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Ok(Self { at, number, why: error.to_string() })
            }
            _ => Err(error),
        }
    }
}

/// Takes what a reader cuts; `false` to stop reading.
pub type Take<'a> = dyn FnMut(Result<Cut, Problem>) -> bool + 'a;
