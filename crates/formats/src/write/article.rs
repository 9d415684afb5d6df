//! Input of the row writers: a document with its record, and the reports of events in it.

use dateline_core::{
    Entity, EntityId, Event, Moment, Record, Sentence, Standing, codes::PloverType,
};
use jiff::civil::Date;

/// Number of code points between two entries of an [`Article`]'s index.
const STEP: usize = 64;

/// A document with its record, indexed by code point. Create one per document, not per row.
#[derive(Debug, Clone)]
pub struct Article<'a> {
    id: &'a str,
    record: &'a Record,
    actors: &'a [Option<String>],
    /// Byte offset of every [`STEP`]th code point; empty for ASCII text.
    marks: Vec<usize>,
    /// Number of code points in the text.
    length: usize,
}

impl<'a> Article<'a> {
    /// Creates an article. `id` is the document's id in the ledger (`d` and 16 hexadecimal digits), or any unique name. `actors` is
    /// the ledger's actor id of each entity (`a` and 12 digits), in record order; it may be shorter or empty.
    pub fn new(id: &'a str, record: &'a Record, actors: &'a [Option<String>]) -> Self {
        let text = &record.document.text;
        let (mut marks, mut length) = (Vec::new(), text.len());
        if !text.is_ascii() {
            length = 0;
            for (at, _) in text.char_indices() {
                if length % STEP == 0 {
                    marks.push(at);
                }
                length += 1;
            }
        }
        Self { id, record, actors, marks, length }
    }

    /// Identifier of the document.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Record of the document.
    pub fn record(&self) -> &'a Record {
        self.record
    }

    /// Length of the text in code points.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Returns the text between two code points, half-open. The range is clamped to the text.
    pub fn text(&self, start: u32, end: u32) -> &'a str {
        let text = &self.record.document.text;
        let (from, to) = (self.byte(start), self.byte(end));
        text.get(from..to).unwrap_or_default()
    }

    fn byte(&self, point: u32) -> usize {
        let text = &self.record.document.text;
        let point = usize::try_from(point).unwrap_or(usize::MAX);
        if point >= self.length {
            return text.len();
        }
        if self.marks.is_empty() {
            return point;
        }
        let mark = self.marks[point / STEP];
        text[mark..].char_indices().nth(point % STEP).map_or(text.len(), |(at, _)| mark + at)
    }

    /// Returns a sentence by index.
    pub fn sentence(&self, index: u32) -> Option<Sentence> {
        self.record.sentences.get(usize::try_from(index).ok()?).copied()
    }

    /// Returns an entity by id.
    pub fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.record.entities.get(id.index())
    }

    /// Returns the entities of a list that are in the record.
    pub(super) fn entities(&self, ids: &[EntityId]) -> impl Iterator<Item = &'a Entity> {
        ids.iter().filter_map(|id| self.entity(*id))
    }

    /// Returns the ledger's actor id of an entity.
    pub fn actor(&self, id: EntityId) -> Option<&'a str> {
        self.actors.get(id.index())?.as_deref()
    }

    /// Publisher, or else the agency.
    pub fn source(&self) -> Option<&'a str> {
        let document = &self.record.document;
        document.publisher.as_deref().or(document.agency.as_deref())
    }
}

/// A report of an event. Most formats write one row for it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Document that reports it.
    pub article: &'a Article<'a>,
    /// Event in the record of the article.
    pub event: &'a Event,
    /// Event in the ledger that it reports, if known.
    pub world: Option<&'a World>,
}

impl Report<'_> {
    /// Identifier of document and event: `d0123456789abcdef-v1`.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.article.id, self.event.id)
    }
}

/// An event in the ledger, across all its reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Identifier: `w` and 12 hexadecimal digits.
    pub id: String,
    /// PLOVER event type.
    pub kind: PloverType,
    /// Status across all reports.
    pub status: Standing,
    /// First moment, if known.
    pub from: Option<Moment>,
    /// First moment after it, if known.
    pub to: Option<Moment>,
    /// Names of the participants.
    pub parties: Vec<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// Date of the first report.
    pub first_reported: Date,
    /// Date of the report that set the current status.
    pub reported: Date,
    /// Number of independent sources.
    pub sources: u32,
    /// Number of reports.
    pub mentions: u32,
    /// Number of documents with a report.
    pub documents: u32,
}

#[cfg(test)]
pub(crate) mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::*;

    /// The record of a text of our own.
    pub(crate) fn record(text: &str) -> Record {
        Extractor::new().extract(&read_document(text))
    }

    #[test]
    fn code_point_ranges_give_words() {
        let words = "Zürich – ".repeat(40);
        let record = record(&words);
        let article = Article::new("d1", &record, &[]);
        let points: Vec<char> = record.document.text.chars().collect();
        assert_eq!(article.length(), points.len());
        for (start, end) in [(0, 6), (63, 65), (64, 128), (100, 1000), (9, 3), (5000, 5001)] {
            let bound = |at: u32| (at as usize).min(points.len());
            let expected: String =
                points.get(bound(start)..bound(end)).unwrap_or_default().iter().collect();
            assert_eq!(article.text(start, end), expected, "{start}..{end}");
        }
    }
}
