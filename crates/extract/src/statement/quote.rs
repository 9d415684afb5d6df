//! Quotations from quotation marks, one paragraph at a time.
//!
//! Marks are straight, curly, single or mismatched, and some are missing. The characters beside a mark decide what it
//! does. Pairing ends with the paragraph, so an odd mark affects nothing after it.
//!
//! - `“Go," he said.`: any double mark closes any double mark.
//! - `the ‘large-scale’ attack`: a single mark opens in front of a word and closes after one.
//! - `the ministers’ talks, O'Brien, the '90s`: apostrophes are not quotation marks.
//! - A paragraph that leaves a quotation open, before one that opens with a mark, is continued by it.

use std::ops::Range;

use dateline_nlp::Span;

/// Quotation: words between two quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the opening mark to the closing one, both included.
    pub(crate) outer: Span,
    /// Words between the marks, without whitespace at the edges.
    pub(crate) inner: Span,
    /// True if there is a closing mark; if not, the quotation ends with its paragraph.
    pub(crate) closed: bool,
    /// Number of its paragraph.
    pub(crate) paragraph: u32,
    /// True if it continues the open quotation of the paragraph before.
    pub(crate) continues: bool,
}

/// Returns the outermost quotations of a span of text, in order.
pub(crate) fn read(text: &str, within: Span) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut marks = Vec::new();
    for (paragraph, range) in paragraphs(text, within).enumerate() {
        marks.clear();
        marks.extend(marks_of(text, &range));
        let paragraph = u32::try_from(paragraph).expect("fewer paragraphs than bytes");
        let before = quotes.len();
        pair(text, &range, &marks, paragraph, &mut quotes);
        if before > 0 && before < quotes.len() {
            let open = !quotes[before - 1].closed && quotes[before - 1].paragraph + 1 == paragraph;
            let first = &mut quotes[before];
            first.continues = open && text[range.start..first.outer.start()].trim().is_empty();
        }
    }
    quotes
}

/// Returns the paragraphs of a span of text: separated by blank lines, or by single line breaks if lines are not
/// wrapped.
pub(crate) fn paragraphs(text: &str, within: Span) -> impl Iterator<Item = Range<usize>> {
    let end = within.end();
    let mut start = within.start();
    std::iter::from_fn(move || {
        while start < end {
            let from = start;
            let mut line = from;
            loop {
                let stop = text[line..end].find('\n').map_or(end, |at| line + at);
                let next = (stop + 1).min(end);
                if stop == end || !is_wrapped(&text[line..stop], &text[next..end]) {
                    start = next;
                    if !text[from..stop].trim().is_empty() {
                        return Some(from..stop);
                    }
                    break;
                }
                line = next;
            }
        }
        None
    })
}

/// Returns true if a line continues in the next: it is as long as wrapped lines are, ends no sentence, and text
/// follows.
fn is_wrapped(line: &str, rest: &str) -> bool {
    let ends_open = line.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
    ends_open && (45..=120).contains(&line.len()) && rest.starts_with(|c: char| !c.is_whitespace())
}

/// Quotation mark, and what it can do in its place.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own; all sixteen mixes occur"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    span: Span,
    double: bool,
    opens: bool,
    closes: bool,
    /// True for a single mark that may be the apostrophe of *the ministers’ talks*.
    doubtful: bool,
    /// True for an opening mark by shape, which opens even inside an open quotation.
    shaped: bool,
}

fn marks_of<'t>(text: &'t str, range: &Range<usize>) -> impl Iterator<Item = Mark> + use<'t> {
    let (start, piece) = (range.start, &text[range.clone()]);
    let mut skip = 0;
    piece.char_indices().filter_map(move |(at, mark)| {
        if at < skip
            || !matches!(mark, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\'' | '‘' | '’' | '`')
        {
            return None;
        }
        let mut end = at + mark.len_utf8();
        let doubled = matches!(mark, '\'' | '`') && piece[end..].starts_with(mark);
        if doubled {
            end += 1;
            skip = end;
        }
        let before = piece[..at].chars().next_back();
        let after = piece[end..].chars().next();
        let span = Span::new(start + at, start + end);
        let double = doubled || !matches!(mark, '\'' | '‘' | '’' | '`');
        Some(read_mark(mark, double, span, before, after))
    })
}

fn read_mark(
    mark: char,
    double: bool,
    span: Span,
    before: Option<char>,
    after: Option<char>,
) -> Mark {
    let open_side = before.is_none_or(|c| c.is_whitespace() || is_opening(c) || is_dash(c));
    let word_follows = after.is_some_and(|c| !c.is_whitespace() && !is_closing(c) && !is_dash(c));
    // A straight mark before it may close an inner quotation: 'Go,'"
    let close_side = before.is_some_and(|c| {
        !c.is_whitespace() && (!is_opening(c) || matches!(c, '\'' | '"') && !word_follows)
    });
    let no_word_follows = after.is_none_or(|c| !c.is_alphanumeric());
    let (opens, closes) = match mark {
        '“' | '„' | '«' | '‟' => (true, false),
        // A closing mark typed in front of a word opens: ”Go,” he said.
        '”' | '»' => {
            (open_side && word_follows && before != Some('—'), !(open_side && word_follows))
        }
        '`' if double => (true, false),
        // A straight mark with a space on both sides, or on neither, does what the open quotation needs.
        _ if double => {
            let undecided =
                open_side == close_side || word_follows == no_word_follows && !open_side;
            (open_side && word_follows || undecided, close_side && no_word_follows || undecided)
        }
        '‘' => (open_side && word_follows, false),
        '`' => (false, false),
        _ => {
            let decade = after.is_some_and(|c| c.is_ascii_digit());
            (open_side && word_follows && !decade, close_side && no_word_follows)
        }
    };
    let doubtful = !double && before.is_some_and(|c| c == 's' || c == 'S') && after == Some(' ');
    Mark { span, double, opens, closes, doubtful, shaped: matches!(mark, '“' | '«') }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '“' | '‘' | '\'' | '/' | '«' | '„' | '¿' | '¡')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | ',' | '.' | ';' | ':' | '?' | '!' | '”' | '’' | '»')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// Pairs the marks of one paragraph.
fn pair(text: &str, range: &Range<usize>, marks: &[Mark], paragraph: u32, quotes: &mut Vec<Quote>) {
    let mut push = |open: Mark, end: Option<Span>| {
        let stop = end.map_or(range.end, Span::start);
        let outer = Span::new(open.span.start(), end.map_or(range.end, Span::end));
        let inner = trimmed(text, open.span.end(), stop);
        if inner.is_empty() {
            return;
        }
        quotes.push(Quote { outer, inner, closed: end.is_some(), paragraph, continues: false });
    };
    let last_single_close =
        marks.iter().rposition(|mark| !mark.double && mark.closes).unwrap_or_default();
    let mut open: Option<Mark> = None;
    let mut at = 0;
    while at < marks.len() {
        let mark = marks[at];
        match open {
            None if mark.double && mark.opens => open = Some(mark),
            None if mark.opens && at < last_single_close => {
                if let Some(close) = single_close(marks, at) {
                    push(mark, Some(marks[close].span));
                    at = close;
                }
            }
            Some(first) if mark.double && mark.closes => {
                push(first, Some(mark.span));
                open = None;
            }
            // An opening mark inside an open quotation: the first was never closed.
            Some(_) if mark.double && mark.shaped => open = Some(mark),
            _ => {}
        }
        at += 1;
    }
    if let Some(first) = open {
        push(first, None);
    }
}

/// Maximum number of marks searched after an opening single mark, since quotations in single marks are short.
const SINGLE_REACH: usize = 24;

/// Returns the mark that closes the single quotation opened at `open`: the first that can, but a certain one before the
/// next opening rather than an apostrophe.
fn single_close(marks: &[Mark], open: usize) -> Option<usize> {
    let mut doubtful = None;
    for (at, mark) in marks.iter().enumerate().skip(open + 1).take(SINGLE_REACH) {
        match mark {
            Mark { double: true, .. } => {}
            Mark { closes: true, doubtful: false, .. } => return Some(at),
            Mark { closes: true, .. } => doubtful = doubtful.or(Some(at)),
            Mark { opens: true, .. } => break,
            _ => {}
        }
    }
    doubtful
}

/// Returns the span between two bytes without whitespace at its edges.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let piece = &text[start..end.max(start)];
    let from = start + (piece.len() - piece.trim_start().len());
    Span::new(from, from + piece.trim().len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Draws the quotations of a text between slashes; an open one ends in `…`.
    fn check(text: &str, expected: &str) {
        let found: Vec<_> = read(text, Span::new(0, text.len()))
            .iter()
            .map(|quote| {
                let go_on = if quote.continues { "+" } else { "" };
                let open = if quote.closed { "" } else { "…" };
                format!("{go_on}{}{open}", quote.inner.of(text))
            })
            .collect();
        assert_eq!(found.join(" / "), expected, "{text}");
    }

    #[test]
    fn marks_of_any_shape_pair() {
        check("\"We go,\" she said. \"Now.\"", "We go, / Now.");
        check("“We go,” she said, “now.”", "We go, / now.");
        check("“We go,\" she said.", "We go,");
        check("”We go,” she said.", "We go,");
        check("``We go,'' she said.", "We go,");
        check("It was a ‘large-scale’ attack.", "large-scale");
        check("He called it 'a first step' today.", "a first step");
        check("«Ça va», she said.", "Ça va");
    }

    #[test]
    fn apostrophes_are_not_quotation_marks() {
        check("The ministers' talks and O'Brien's plan of the '90s", "");
        check("The ministers’ talks didn’t end.", "");
        check("He praised the 'envoys' work' at last.", "envoys' work");
    }

    #[test]
    fn a_quote_in_a_quote_belongs_to_it() {
        check("\"He said 'no' to us,\" she said.", "He said 'no' to us,");
        check("“He said ‘no’ to us,” she said.", "He said ‘no’ to us,");
    }

    #[test]
    fn an_odd_mark_does_not_spoil_the_next_paragraph() {
        check("A 6\" pipe burst.\n\n\"We go,\" she said.", "We go,");
        check("\"We go, she said.\n\nShe said \"no\" twice.", "We go, she said.… / no");
        check("She left.\"\n\n\"We go,\" she said.", "We go,");
    }

    #[test]
    fn a_speech_continues_over_paragraphs() {
        check("\"We go.\n\n\"Now,\" she said.", "We go.… / +Now,");
        check("“We go.\n“Now,” she said.", "We go.… / +Now,");
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        check(
            "The minister told reporters at length, \"we have to go now and\nwe will,\" and left.",
            "we have to go now and\nwe will,",
        );
    }

    proptest! {
        #[test]
        fn quotes_are_ordered_and_inside(text in "([\"“”‘’' a.\n]|\\PC){0,200}") {
            let mut end = 0;
            for quote in read(&text, Span::new(0, text.len())) {
                prop_assert!(quote.outer.start() >= end && quote.outer.contains(quote.inner));
                prop_assert!(text.get(quote.outer.range()).is_some());
                end = quote.outer.end();
            }
            prop_assert!(end <= text.len());
        }
    }
}
