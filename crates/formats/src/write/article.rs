//! What rows are made of: a document with its record, and the reports of events in it.

use dateline_core::{
    Entity, EntityId, Event, Moment, Record, Sentence, Standing, codes::PloverType,
};
use jiff::civil::Date;

/// Code points between two marks of an [`Article`]'s index.
const STEP: usize = 64;

/// A document of the ledger with its record, ready to be looked up by code points. Made once a document, whatever the number
/// of its rows.
#[derive(Debug, Clone)]
pub struct Article<'a> {
    id: &'a str,
    record: &'a Record,
    actors: &'a [Option<String>],
    /// The byte at which every [`STEP`]th code point begins; none for a text of ASCII, where they are the same.
    marks: Vec<usize>,
    /// Code points of the text.
    length: usize,
}

impl<'a> Article<'a> {
    /// A document by its id in the ledger (`d` and 16 hexadecimal digits), or any name that is its own. `actors` is the ledger's
    /// actor (`a` and 12 digits) of each entity, in the order of the record; what is missing has none.
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

    /// What the document is called.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// What was read from it.
    pub fn record(&self) -> &'a Record {
        self.record
    }

    /// Code points of its text.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The text between two code points, half-open; what lies outside of it is left out.
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

    /// A sentence by its index.
    pub fn sentence(&self, index: u32) -> Option<Sentence> {
        self.record.sentences.get(usize::try_from(index).ok()?).copied()
    }

    /// An entity by its id.
    pub fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.record.entities.get(id.index())
    }

    /// Those of a list that the record has.
    pub(super) fn entities(&self, ids: &[EntityId]) -> impl Iterator<Item = &'a Entity> {
        ids.iter().filter_map(|id| self.entity(*id))
    }

    /// The ledger's id of an entity.
    pub fn actor(&self, id: EntityId) -> Option<&'a str> {
        self.actors.get(id.index())?.as_deref()
    }

    /// Who published it, or the agency.
    pub fn source(&self) -> Option<&'a str> {
        let document = &self.record.document;
        document.publisher.as_deref().or(document.agency.as_deref())
    }
}

/// One report of an event: most formats make a row of it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Where it is told.
    pub article: &'a Article<'a>,
    /// The act, one of the article's record.
    pub event: &'a Event,
    /// The event of the world it is a report of, where a ledger knows it.
    pub world: Option<&'a World>,
}

impl Report<'_> {
    /// `d0123456789abcdef-v1`: document and event.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.article.id, self.event.id)
    }
}

/// An event of the world, as all its reports together tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Names the event: `w` and 12 hexadecimal digits.
    pub id: String,
    /// What the act is.
    pub kind: PloverType,
    /// How it stands.
    pub status: Standing,
    /// First moment of it, as far as known.
    pub from: Option<Moment>,
    /// First moment after it.
    pub to: Option<Moment>,
    /// Who takes part, by name.
    pub parties: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// The day of the first report.
    pub first_reported: Date,
    /// The day of the report that made it stand as it does.
    pub reported: Date,
    /// Independent sources.
    pub sources: u32,
    /// Reports.
    pub mentions: u32,
    /// Documents with a report.
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
    fn code_points_lead_to_words() {
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
