//! Reports of events: their ids outside the ledger and their numbers inside.
//!
//! Each event in a record is a report of an event in the ledger. Outside, its id is made of the document's id and the event's id in
//! the record (`d0123456789abcdef:v3`). In the tables it is one integer, the key of `mention`, made of the document's number and the
//! event's position in the record.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::Doc;

/// Bits of a report's number that hold its place in the record.
const PLACE_BITS: u32 = 20;

/// Maximum number of reports a document has in the tables. Any further events are in its record alone.
pub(crate) const MOST: usize = (1 << PLACE_BITS) - 1;

/// A report of an event: the id of the document, and of the event in its record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[schemars(rename = "Report")]
pub struct ReportId {
    /// Id of the document.
    pub document: String,
    /// Id of the event in the document's record, such as `v3`.
    pub event: String,
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.document, self.event)
    }
}

/// Returns the number of the report at a place of a document's record, counted from 1.
pub(crate) fn number(doc: Doc, place: usize) -> i64 {
    (doc << PLACE_BITS) | i64::try_from(place).expect("a place is below 2^20")
}

/// Returns the lowest and the highest number a report of a document can have.
pub(crate) fn numbers(doc: Doc) -> [i64; 2] {
    [number(doc, 0), number(doc, MOST)]
}

/// Returns the document of a report and its place in the record, the inverse of [`number`].
pub(crate) fn place(number: i64) -> (Doc, usize) {
    let place = number & ((1 << PLACE_BITS) - 1);
    (number >> PLACE_BITS, usize::try_from(place).expect("an offset is not negative"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_back_to_document_and_place() {
        assert_eq!(place(number(48, 3)), (48, 3));
        assert_eq!(place(number(1, MOST)), (1, MOST));
        assert!(number(1, MOST) < number(2, 0));
    }
}
