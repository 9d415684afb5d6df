//! Files cut into records: what one thread reads for others to open.

use std::{io, path::PathBuf, sync::Arc};

use dateline_formats::read::{self, Cut, FieldNames, Format, Problem, Stream};

use super::walk;
use crate::input::{Input, ReadError};

/// What was cut from a file.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(super) file: Arc<File>,
    pub(super) content: Content,
}

/// A file that is cut.
#[derive(Debug)]
pub(super) struct File {
    pub(super) input: Input,
    /// What it is read as. `None` where it could not be opened.
    pub(super) format: Option<Format>,
}

#[derive(Debug)]
pub(super) enum Content {
    Cut(Cut),
    /// A row that was read already, with its number.
    #[cfg(feature = "parquet")]
    Row(Box<read::OpenedDocument>, u64),
    /// A stretch of the file nothing could be made of.
    Bad(Problem),
    /// Nothing of the file, or nothing more, could be read.
    Unreadable(String),
}

/// Reads all paths and deals out their pieces in order, each with its size in bytes.
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

/// Cuts a file again, as the format it was read as; stops when `take` says so. What cannot be cut is left out.
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

/// `false` where nobody wants more.
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

/// Damage is a fault of the data, all else one of the system.
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
        let why =
            "Parquet is read from its end, which a pipe does not have; save it to a file first";
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
    let why = "is Parquet, which this build does not read; build it with `--features parquet`";
    deal(Content::Unreadable(why.to_owned()));
}
