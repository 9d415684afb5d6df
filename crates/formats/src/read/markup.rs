//! Converts markup to running text: white space and line breaks as displayed, with the source bytes of each span.

use std::collections::BTreeMap;

use dateline_core::{Run, SourceMap};
use dateline_data::{Row, rows};

/// Effect of an element on running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Inline.
    Inline,
    /// On a line of its own.
    Line,
    /// A paragraph of its own.
    Paragraph,
    /// Skipped.
    None,
}

impl Layout {
    /// Reads a table of elements: name, then `paragraph`, `line` or `none`.
    pub(crate) fn table(tsv: &'static str) -> BTreeMap<&'static str, Self> {
        let layout = |row: Row<'static>| match row.cells().nth(1) {
            Some("paragraph") => Self::Paragraph,
            Some("line") => Self::Line,
            _ => Self::None,
        };
        rows(tsv).map(|row| (row.key(), layout(row))).collect()
    }
}

/// Running text under construction.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    text: String,
    map: SourceMap,
    gap: Gap,
}

/// Gap between the last word and the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// White space and its source: offset, length, and true if it is a single plain space there.
    Blank {
        source: u64,
        width: u64,
        verbatim: bool,
    },
    Line,
    Paragraph,
}

impl Flow {
    /// Adds words as they are between tags; a run of white space becomes one space. `map` leads from `words` to the source.
    pub(crate) fn words(&mut self, words: &str, map: &SourceMap) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            if blanks > 0 {
                self.blank(map, at, at + blanks, &rest[..blanks] == " ");
                at += blanks;
                continue;
            }
            let end = at + rest.find(is_blank).unwrap_or(rest.len());
            self.close_gap();
            self.push(words, map, at, end);
            at = end;
        }
    }

    /// Starts or ends an element.
    pub(crate) fn apart(&mut self, layout: Layout) {
        match layout {
            Layout::Paragraph => self.paragraph(),
            Layout::Line => self.line(),
            Layout::Inline | Layout::None => {}
        }
    }

    /// Ends a line: what follows starts on the next one.
    pub(crate) fn line(&mut self) {
        if self.gap != Gap::Paragraph {
            self.gap = Gap::Line;
        }
    }

    /// Ends a paragraph: what follows starts after an empty line.
    pub(crate) fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// Returns the text, which ends with a line feed unless it is empty, and its map.
    pub(crate) fn finish(mut self) -> (String, SourceMap) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        (self.text, self.map)
    }

    fn blank(&mut self, map: &SourceMap, from: usize, to: usize, is_plain: bool) {
        if self.gap != Gap::None {
            return;
        }
        let source = map.source(from as u64..to as u64).unwrap_or_default();
        let width = source.end - source.start;
        // The space may replace a line feed of the source.
        let is_as_read = map.touched(from as u64..to as u64).iter().all(|run| run.verbatim);
        let verbatim = is_plain && width == 1 && is_as_read;
        self.gap = Gap::Blank { source: source.start, width, verbatim };
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if self.text.is_empty() {
            return;
        }
        match gap {
            Gap::None => {}
            Gap::Blank { source, width, verbatim } => {
                if width > 0 {
                    let text = self.text.len() as u64;
                    self.map.push(Run { text, source, length: 1, width, verbatim });
                }
                self.text.push(' ');
            }
            Gap::Line => self.text.push('\n'),
            Gap::Paragraph => self.text.push_str("\n\n"),
        }
    }

    fn push(&mut self, words: &str, map: &SourceMap, from: usize, to: usize) {
        let (from, to, base) = (from as u64, to as u64, self.text.len() as u64);
        for run in map.touched(from..to) {
            let start = run.text.max(from);
            let end = (run.text + run.length).min(to);
            let (source, width) = if run.verbatim {
                (run.source + (start - run.text), end - start)
            } else {
                (run.source, run.width)
            };
            self.map.push(Run {
                text: base + (start - from),
                source,
                length: end - start,
                width,
                verbatim: run.verbatim,
            });
        }
        self.text.push_str(&words[usize_of(from)..usize_of(to)]);
    }
}

fn usize_of(place: u64) -> usize {
    usize::try_from(place).expect("an offset in a string in memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_collapse_and_paragraphs_are_separated() {
        let mut flow = Flow::default();
        flow.paragraph();
        flow.words("  Talks\n   resumed", &SourceMap::verbatim(100, 18));
        flow.words(" on ", &SourceMap::verbatim(121, 4));
        flow.words("Friday.", &SourceMap::verbatim(128, 7));
        flow.paragraph();
        flow.line();
        flow.words(" ", &SourceMap::verbatim(140, 1));
        flow.words("More soon.", &SourceMap::verbatim(150, 10));
        let (text, map) = flow.finish();
        assert_eq!(text, "Talks resumed on Friday.\n\nMore soon.\n");
        assert_eq!(map.source(0..5), Some(102..107));
        assert_eq!(map.source(6..16), Some(111..124));
        assert_eq!(map.source(26..30), Some(150..154));
        assert_eq!(map.source(24..26), None);
        // After a second pass, a space made of a line feed is still not verbatim.
        let mut flow = Flow::default();
        flow.words("One\nday", &SourceMap::verbatim(7, 7));
        let (text, map) = flow.finish();
        let mut flow = Flow::default();
        flow.words(&text, &map);
        assert!(flow.finish().1.runs().iter().all(|run| run.verbatim == (run.source != 10)));
    }
}
