//! Annotated text, cut at the boundaries of annotations, so that the same annotations cover the whole of each piece.

use dateline_core::{Record, TextSpan};

/// Kind of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    Actor,
    Time,
    Statement,
    Event,
}

impl Layer {
    /// CSS class of the layer.
    fn class(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Time => "time",
            Self::Statement => "statement",
            Self::Event => "event",
        }
    }
}

/// Annotation of a half-open span of the text, in code points.
#[derive(Debug, Clone)]
struct Annotation {
    start: usize,
    end: usize,
    layer: Layer,
    id: String,
}

/// A line of the text.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) pieces: Vec<Piece>,
    /// `true` before the first sentence, where the header is.
    pub(crate) is_head: bool,
}

/// A piece of a line between two boundaries of annotations.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// CSS classes of its layers, separated by spaces.
    pub(crate) classes: String,
    /// Ids of its annotations, narrowest first, separated by spaces.
    pub(crate) ids: String,
    /// Id of the narrowest annotation.
    pub(crate) link: Option<String>,
    /// Ids of the annotations that first begin here.
    pub(crate) begins: Vec<String>,
}

/// Returns the non-empty lines of a record's text.
pub(crate) fn lines(record: &Record) -> Vec<Line> {
    let marks = marks(record);
    let text = &record.document.text;
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut by_start: Vec<usize> = (0..marks.len()).collect();
    by_start.sort_by_key(|nth| marks[*nth].start);
    let opens = record.sentences.first().map_or(0, |sentence| sentence.start as usize);
    let (mut opening, mut cuts) = (by_start.into_iter().peekable(), cuts.into_iter().peekable());
    let mut open: Vec<usize> = Vec::new();
    let mut begun: Vec<&str> = Vec::new();
    let (mut lines, mut line, mut piece) = (Vec::new(), Line::default(), String::new());
    for (at, c) in text.chars().enumerate() {
        let is_cut = cuts.next_if_eq(&at).is_some();
        if is_cut || c == '\n' {
            close(&mut line, &mut piece, &marks, &open, &mut begun);
        }
        if is_cut {
            open.retain(|nth| marks[*nth].end > at);
            while let Some(nth) = opening.next_if(|nth| marks[*nth].start <= at) {
                if marks[nth].end > at {
                    open.push(nth);
                }
            }
            // Narrowest first; among equally wide ones, the later layer.
            open.sort_by_key(|nth| (marks[*nth].end - marks[*nth].start, std::cmp::Reverse(*nth)));
        }
        if c == '\n' {
            line.is_head = at <= opens;
            lines.push(std::mem::take(&mut line));
        } else {
            piece.push(c);
        }
    }
    close(&mut line, &mut piece, &marks, &open, &mut begun);
    lines.push(line);
    lines.retain(|line| line.pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    lines
}

/// Ends a piece and adds it to its line.
fn close<'m>(
    line: &mut Line,
    piece: &mut String,
    marks: &'m [Annotation],
    open: &[usize],
    begun: &mut Vec<&'m str>,
) {
    if piece.is_empty() {
        return;
    }
    let (mut classes, mut ids, mut begins): (Vec<&str>, Vec<&str>, Vec<String>) =
        (Vec::new(), Vec::new(), Vec::new());
    for nth in open {
        let mark = &marks[*nth];
        if !classes.contains(&mark.layer.class()) {
            classes.push(mark.layer.class());
        }
        if !ids.contains(&mark.id.as_str()) {
            ids.push(&mark.id);
        }
        if !begun.contains(&mark.id.as_str()) {
            begun.push(&mark.id);
            begins.push(mark.id.clone());
        }
    }
    line.pieces.push(Piece {
        text: std::mem::take(piece),
        classes: classes.join(" "),
        link: ids.first().map(|id| (*id).to_owned()),
        ids: ids.join(" "),
        begins,
    });
}

fn marks(record: &Record) -> Vec<Annotation> {
    let mut marks = Vec::new();
    let mut mark = |layer, id: String, span: &TextSpan| {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < end {
            marks.push(Annotation { start, end, layer, id });
        }
    };
    for statement in &record.statements {
        let cue = statement.cue.as_ref().map(|cue| &cue.span);
        for span in statement.content.iter().chain(cue) {
            mark(Layer::Statement, statement.id.to_string(), span);
        }
    }
    for entity in &record.entities {
        for mention in &entity.mentions {
            mark(Layer::Actor, entity.id.to_string(), &mention.span);
        }
    }
    for time in &record.times {
        mark(Layer::Time, time.id.to_string(), &time.span);
    }
    for event in &record.events {
        mark(Layer::Event, event.id.to_string(), &event.trigger.span);
    }
    marks
}

#[cfg(test)]
mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::*;

    const TEXT: &str = "date 2021-05-08\n\n\"We will meet on Friday,\" Foreign Minister Ana López told reporters.\n\nJapan expelled two \
                        Norwegian diplomats on Wednesday.\n";

    #[test]
    fn pieces_add_up_to_the_text_and_know_their_annotations() {
        let record = Extractor::new().extract(&read_document(TEXT));
        let lines = lines(&record);
        let text: Vec<String> = lines
            .iter()
            .map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect())
            .collect();
        let expected: Vec<&str> = TEXT.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(text, expected);
        let pieces = || lines.iter().flat_map(|line| &line.pieces);
        let find = |words: &str| pieces().find(|piece| piece.text == words).unwrap();
        assert_eq!(find("Friday").classes, "time statement");
        assert_eq!(find("expelled").classes, "event");
        assert_eq!(find("told").classes, "statement");
        assert_eq!(find("Friday").ids.split(' ').count(), 2);
        let heads: Vec<bool> = lines.iter().map(|line| line.is_head).collect();
        assert_eq!(heads, [true, false, false]);
        // Every part of the record begins exactly once.
        let mut begun: Vec<&String> = pieces().flat_map(|piece| &piece.begins).collect();
        let n = begun.len();
        begun.sort();
        begun.dedup();
        assert_eq!(begun.len(), n);
        let parts = record.entities.len() + record.times.len() + record.statements.len();
        assert_eq!(n, parts + record.events.len());
    }

    #[test]
    fn a_text_without_annotations_is_unchanged() {
        let record = Extractor::new().extract(&read_document("Oh."));
        assert_eq!(lines(&record).len(), 1);
    }
}
