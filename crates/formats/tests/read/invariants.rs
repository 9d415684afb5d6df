//! Invariants of every document a reader returns, for any input bytes. The fuzz targets check the same.

use dateline_formats::read::{
    Cut, FieldNames, Format, LARGEST, OpenedDocument, Problem, cut, open,
};

/// A record with its documents, or the reason there are none.
pub(crate) type Piece = Result<(Cut, Vec<Result<OpenedDocument, String>>), Problem>;

/// Reads bytes as a format, checks the results, and returns them.
pub(crate) fn check(format: Format, bytes: &[u8]) -> Vec<Piece> {
    let mut came = Vec::new();
    let mut last = 0;
    // Offsets in decompressed data may exceed the length of the file.
    let is_packed =
        [&b"\x1F\x8B\x08"[..], b"\x28\xB5\x2F\xFD", b"\x2A\x4D\x18"].iter().any(|mark| {
            bytes.starts_with(mark) || bytes.get(1..).is_some_and(|rest| rest.starts_with(mark))
        });
    cut(&mut &bytes[..], format, &mut |piece| {
        let piece = piece.map(|record| {
            assert!(
                record.at >= last && (is_packed || record.at <= bytes.len() as u64),
                "records are cut in order"
            );
            assert!(record.bytes.len() <= LARGEST);
            last = record.at;
            let documents = open(&record, &FieldNames::default());
            for found in documents.iter().flatten() {
                check_found(&record, found);
            }
            (record, documents)
        });
        came.push(piece);
        true
    })
    .expect("memory can be read");
    came
}

/// Checks that the map leads from the text to bytes of the record, which are identical if it says so.
pub(crate) fn check_found(record: &Cut, found: &OpenedDocument) {
    let text = &found.document.text;
    assert!(!text.trim().is_empty(), "a document has a text");
    let mut end = 0;
    for run in found.map.runs() {
        let place = |at: u64| usize::try_from(at).expect("a place in memory");
        let (from, to) = (place(run.text), place(run.text + run.length));
        assert!(end <= from && from < to, "runs are in order: {run:?}");
        assert!(
            text.is_char_boundary(from) && text.is_char_boundary(to),
            "runs part no character: {run:?}"
        );
        let (start, stop) = (place(run.source), place(run.source + run.width));
        let bytes = record.bytes.get(start..stop).expect("a run leads into the record");
        if run.verbatim {
            assert_eq!(
                bytes,
                &text.as_bytes()[from..to],
                "a verbatim run is the same bytes: {run:?}"
            );
        } else {
            assert!(!bytes.is_empty(), "a run was read from something: {run:?}");
        }
        end = to;
    }
    let mapped: u64 = found.map.runs().iter().map(|run| run.length).sum();
    let words = text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    assert!(mapped >= words as u64, "all words were read from somewhere: {mapped} of {words}");
}
