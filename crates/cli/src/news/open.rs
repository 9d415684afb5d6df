//! Documents of a piece of input, completed from the headers of their texts.

use std::{collections::BTreeMap, sync::Arc};

use dateline_core::{Document, Moment, Source};
use dateline_extract::{complete, reads_as_english};
use dateline_formats::read::{self, Cut, Field, FieldNames, Format, OpenedDocument};

use super::piece::{Content, File, Piece};
use crate::input::Input;

/// A document and its source.
#[derive(Debug)]
pub(crate) struct News {
    /// Name in messages: its file, with a number if the file holds several.
    pub(crate) name: String,
    pub(crate) document: Document,
    pub(crate) source: Source,
    /// Field names that were guessed.
    pub(super) guessed: BTreeMap<String, Field>,
    /// Warning about how it was decoded.
    pub(super) note: Option<String>,
}

/// Content of a piece. `N` is the document or, after processing, its result.
#[derive(Debug)]
pub(super) enum Opened<N = Box<News>> {
    News(N),
    /// A document that is not in English.
    Foreign {
        name: String,
        language: String,
    },
    /// A record that could not be read.
    Bad {
        path: String,
        name: String,
        why: String,
    },
    /// A file that could not be read.
    Unreadable {
        name: String,
        why: String,
    },
}

impl<N> Opened<N> {
    /// Replaces the document.
    pub(super) fn map<M>(self, work: impl FnOnce(N) -> M) -> Opened<M> {
        match self {
            Self::News(news) => Opened::News(work(news)),
            Self::Foreign { name, language } => Opened::Foreign { name, language },
            Self::Bad { path, name, why } => Opened::Bad { path, name, why },
            Self::Unreadable { name, why } => Opened::Unreadable { name, why },
        }
    }
}

/// Opens a piece; `date` overrides the publication dates of its documents.
pub(super) fn open(piece: Piece, names: &FieldNames, date: Option<Moment>) -> Vec<Opened> {
    let Piece { file, content } = piece;
    match content {
        Content::Unreadable(why) => vec![Opened::Unreadable { name: file.input.name(), why }],
        Content::Bad(problem) => {
            let path = file.input.name();
            let name = match (problem.number, problem.at) {
                (Some(number), _) => format!("{path}:{number}"),
                (None, 0) => path,
                (None, at) => format!("{path} at byte {at}"),
            };
            vec![Opened::Bad { path: file.input.name(), name, why: problem.why }]
        }
        #[cfg(feature = "parquet")]
        Content::Row(found, number) => {
            let text = found.document.text.as_bytes();
            let source = Source {
                at: number,
                length: text.len() as u64,
                hash: read::hash(text),
                ..blank(&file)
            };
            vec![dated(*found, format!("{}:{number}", file.input.name()), source, &file, date)]
        }
        Content::Cut(cut) => {
            let hash = read::hash(&cut.bytes);
            let found = read::open(&cut, names);
            let n = found.len();
            let each = found.into_iter().zip(0_u32..).map(|(found, part)| {
                let name = name(&file, &cut, part, n);
                match found {
                    Err(why) => Opened::Bad { path: file.input.name(), name, why },
                    Ok(found) => {
                        let length = cut.bytes.len() as u64;
                        let source =
                            Source { at: cut.at, length, part, hash: hash.clone(), ..blank(&file) };
                        dated(found, name, source, &file, date)
                    }
                }
            });
            each.collect()
        }
    }
}

/// Returns the name of a document: its file, with its number there if the format can hold several.
fn name(file: &Arc<File>, cut: &Cut, part: u32, n: usize) -> String {
    let path = file.input.name();
    match (file.format, cut.number) {
        (Some(Format::Text | Format::Html | Format::Nitf), _) => path,
        (Some(Format::Warc), _) => format!("{path}@{}", cut.at),
        (_, None) => format!("{path}:{}", part + 1),
        (_, Some(number)) if n == 1 => format!("{path}:{number}"),
        (_, Some(number)) => format!("{path}:{number}.{}", part + 1),
    }
}

fn blank(file: &File) -> Source {
    Source {
        path: file.input.name(),
        format: file.format.map(|format| format.to_string()).unwrap_or_default(),
        at: 0,
        length: 0,
        part: 0,
        hash: String::new(),
        encoding: String::new(),
        map: dateline_core::SourceMap::default(),
    }
}

fn dated(
    found: OpenedDocument,
    name: String,
    source: Source,
    file: &File,
    date: Option<Moment>,
) -> Opened {
    let mut document = found.document;
    document.published = date.or(document.published);
    let document = complete(document);
    if let Some(language) = read::foreign(&document, reads_as_english) {
        return Opened::Foreign { name, language };
    }
    let is_nameless = file.input == Input::Standard && name == "-";
    let id = document.id.clone().or_else(|| (!is_nameless).then(|| name.clone()));
    let source = Source { encoding: found.encoding.to_owned(), map: found.map, ..source };
    let mut document = document;
    document.id = id;
    Opened::News(Box::new(News {
        name,
        document,
        source,
        guessed: found.guessed,
        note: found.note,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str, stated: Option<&str>) -> Option<String> {
        let mut document = dateline_extract::read_document(text);
        document.language = stated.map(str::to_owned);
        read::foreign(&complete(document), reads_as_english)
    }

    #[test]
    fn foreign_languages_are_recognized_by_words_and_by_label() {
        let german =
            "Die Minister haben am Montag lange mit den Gesandten aus beiden Ländern gesprochen.";
        assert_eq!(language(german, None).as_deref(), Some("de"));
        assert_eq!(language(german, Some("en-US")).as_deref(), Some("de"));
        let english =
            "The ministers said on Monday that they had met with the envoys of both countries.";
        assert_eq!(language(english, None), None);
        assert_eq!(language(english, Some("de")), None);
        assert_eq!(language("Oslo", None), None);
        assert_eq!(language("Oslo", Some("nb")).as_deref(), Some("nb"));
    }
}
