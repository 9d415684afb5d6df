//! Content of a statement: its edges, and how much of it is quoted.

use dateline_core::StatementKind;
use dateline_nlp::{Analysis, Span, Token};

use super::quote::Quote;
use crate::clause;

/// Maximum number of words examined to distinguish direct from indirect.
const WORDS: usize = 2000;

/// Returns a span without whitespace, quotation marks, commas and dashes at its edges, or `None` if nothing is left.
pub(super) fn bare(text: &str, span: Span) -> Option<Span> {
    let piece = span.of(text);
    let is_edge = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | ',' | ';' | ':' | '—' | '–' | '`')
    };
    let start = piece.len() - piece.trim_start_matches(is_edge).len();
    let mut end = piece.trim_end_matches(is_edge).len();
    if start >= end {
        return None;
    }
    let mut start = start;
    // A single mark at an edge is a quotation mark unless its partner is inside.
    let inner = &piece[start..end];
    let short = inner.len() < WORDS;
    let opens = short && inner.starts_with(['\'', '‘', '’']);
    let closes = short && inner.ends_with(['\'', '’']);
    if opens && (closes || inner.matches(['\'', '’']).count() == 1) {
        start += inner.chars().next().map_or(0, char::len_utf8);
    }
    if closes
        && (opens || !inner.contains('‘'))
        && !inner.trim_end_matches(['\'', '’']).ends_with('s')
    {
        end -= inner.chars().next_back().map_or(0, char::len_utf8);
    }
    let piece = &piece[start..end.max(start)];
    let first = span.start() + start + (piece.len() - piece.trim_start_matches(is_edge).len());
    let kept = piece.trim_matches(is_edge).len();
    (kept > 0).then(|| Span::new(first, first + kept))
}

/// Returns direct if all words are in quotation marks, indirect if none is, else mixed.
pub(super) fn kind(analysis: &Analysis<'_>, content: &[Span], quotes: &[Quote]) -> StatementKind {
    let (mut inside, mut outside) = (false, false);
    for &span in content {
        let mut at = quotes.partition_point(|quote| quote.outer.end() <= span.start());
        for token in clause::tokens_in(analysis, span).take(WORDS) {
            if !is_word(token) {
                continue;
            }
            while at < quotes.len() && quotes[at].outer.end() <= token.span().start() {
                at += 1;
            }
            let in_marks = at < quotes.len() && quotes[at].outer.contains(token.span());
            inside |= in_marks;
            outside |= !in_marks;
        }
    }
    match (inside, outside) {
        (true, true) => StatementKind::Mixed,
        (true, false) => StatementKind::Direct,
        (false, _) => StatementKind::Indirect,
    }
}

/// Returns true if a token is a word or a number.
pub(super) fn is_word(token: Token<'_>) -> bool {
    token.text().chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_lose_marks_and_commas() {
        for (text, expected) in [
            ("“We go,”", "We go"),
            (" 'We go' ", "We go"),
            ("the envoys'", "the envoys'"),
            ("‘We go.’", "We go."),
            ("— talks failed,", "talks failed"),
        ] {
            let span = bare(text, Span::new(0, text.len())).unwrap();
            assert_eq!(span.of(text), expected);
        }
        assert_eq!(bare("\", \"", Span::new(0, 4)), None);
    }
}
