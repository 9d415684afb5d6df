//! Files cut into records, by the thread that reads them.

use std::{io, path::PathBuf, sync::Arc};

use dateline_formats::read::{self, Cut, FieldNames, Format, Problem, Stream};

use super::walk;
use crate::input::{Input, ReadError};

/// A piece of a file.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(super) file: Arc<File>,
    pub(super) content: Content,
}

/// An input file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) input: Input,
    /// Format; `None` if the file could not be opened.
    pub(super) format: Option<Format>,
}

#[derive(Debug)]
pub(super) enum Content {
    Cut(Cut),
    /// A row that is already decoded, with its number.
    #[cfg(feature = "parquet")]
    Row(Box<read::OpenedDocument>, u64),
    /// A part of the file that could not be read.
    Bad(Problem),
    /// The file, or its rest, could not be read.
    Unreadable(String),
}

/// Reads all paths and passes their pieces to `deal` in order, each with its size in bytes.
pub(super) fn cut(
    paths: &[PathBuf],
    said: Option<Format>,
    names: &FieldNames,
    deal: &mut dyn FnMut(Piece, usize) -> bool,
) {
    walk::files(paths, &mut |input, error| {
        let opened = match error {
            Some(error) => Err(error),
            None => input.open(),
        };
        let sniffed = opened.and_then(|from| read::sniff(from, &input.name(), said));
        match sniffed {
            Ok(stream) => cut_stream(input, stream, names, deal),
            Err(error) => {
                let file = Arc::new(File { input, format: None });
                deal(Piece { file, content: failed(error) }, 0)
            }
        }
    });
}

/// Reads the records of a file in a known format; stops when `take` returns `false`. Faulty records are skipped.
pub(crate) fn cuts(
    path: PathBuf,
    format: Format,
    names: &FieldNames,
    take: &mut dyn FnMut(Cut) -> bool,
) {
    cut(&[path], Some(format), names, &mut |piece, _| match piece.content {
        Content::Cut(cut) => take(cut),
        _ => true,
    });
}

/// Reads one file; returns `false` if `deal` asked to stop.
fn cut_stream(
    input: Input,
    mut stream: Stream<'_>,
    names: &FieldNames,
    deal: &mut dyn FnMut(Piece, usize) -> bool,
) -> bool {
    let file = Arc::new(File { input, format: Some(stream.format) });
    let mut goes_on = true;
    let mut deal = |content| {
        let size = match &content {
            Content::Cut(cut) => cut.bytes.len(),
            #[cfg(feature = "parquet")]
            Content::Row(found, _) => found.document.text.len(),
            Content::Bad(_) | Content::Unreadable(_) => 0,
        };
        goes_on = deal(Piece { file: Arc::clone(&file), content }, size);
        goes_on
    };
    if stream.format == Format::Parquet {
        rows(&file.input, names, &mut deal);
    } else {
        let mut take =
            |piece: Result<Cut, Problem>| deal(piece.map_or_else(Content::Bad, Content::Cut));
        if let Err(error) = read::cut(&mut stream.from, stream.format, &mut take) {
            deal(failed(error));
        }
    }
    goes_on
}

/// Classifies an error: damaged data is a bad record, anything else an unreadable file.
fn failed(error: io::Error) -> Content {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Content::Bad(Problem::at(0, error))
        }
        _ => Content::Unreadable(ReadError::System(error).to_string()),
    }
}

#[cfg(feature = "parquet")]
fn rows(input: &Input, names: &FieldNames, deal: &mut dyn FnMut(Content) -> bool) {
    let Input::File(path) = input else {
        let why = "Parquet cannot be read from a pipe; save it to a file first";
        deal(Content::Unreadable(why.to_owned()));
        return;
    };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) => {
            deal(failed(error));
            return;
        }
    };
    let mut number = 0;
    let read = read::parquet::rows(file, names, &mut |row| {
        number += 1;
        deal(match row {
            Ok(found) => Content::Row(Box::new(found), number),
            Err(problem) => Content::Bad(problem),
        })
    });
    if let Err(why) = read {
        deal(Content::Bad(Problem::at(0, why)));
    }
}

#[cfg(not(feature = "parquet"))]
fn rows(_: &Input, _: &FieldNames, deal: &mut dyn FnMut(Content) -> bool) {
    let why =
        "is Parquet, which this build cannot read; install dateline with its default features";
    deal(Content::Unreadable(why.to_owned()));
}
