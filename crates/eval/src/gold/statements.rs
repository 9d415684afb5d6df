//! Scores the statements of one article.

use std::ops::Range;

use dateline_core::Record;

use super::{
    annotation::{GoldRecord, code_point},
    found,
    names::same_name,
    tally::StatementCounts,
};

/// Counts the statements of an article, and describes each that is missed or given to somebody else.
pub(super) fn score(
    text: &str,
    gold: &GoldRecord,
    record: &Record,
    counts: &mut StatementCounts,
    differences: &mut Vec<String>,
) {
    let found = found::statements(record);
    for statement in gold.statements.iter().filter(|statement| !statement.is_optional) {
        counts.expected += 1;
        let content = text
            .find(&statement.content)
            .map(|from| code_point(text, from)..code_point(text, from + statement.content.len()));
        let is_hit = |own: &&found::FoundStatement| {
            content.as_ref().is_some_and(|content| covers_half(&own.content, content))
        };
        let hits: Vec<&found::FoundStatement> = found.iter().filter(is_hit).collect();
        let has_speaker = hits
            .iter()
            .any(|own| own.speaker.iter().any(|name| same_name(&statement.speaker, name)));
        counts.found += usize::from(!hits.is_empty());
        counts.speaker += usize::from(has_speaker);
        if !has_speaker {
            let start: String = statement.content.chars().take(60).collect();
            let speakers: Vec<&str> =
                hits.iter().map(|own| own.speaker.first().map_or("-", String::as_str)).collect();
            let (by, got) = (&statement.speaker, speakers.join("; "));
            differences.push(if hits.is_empty() {
                format!("unsaid {start:?} by {by}")
            } else {
                format!("speaker {start:?} by {by} got {got}")
            });
        }
    }
}

/// Whether spans have at least half of the code points of another.
fn covers_half(spans: &[Range<u32>], content: &Range<u32>) -> bool {
    let shared =
        |span: &Range<u32>| span.end.min(content.end).saturating_sub(span.start.max(content.start));
    2 * spans.iter().map(shared).sum::<u32>() >= content.end - content.start
}

#[cfg(test)]
mod tests {
    use super::covers_half;

    #[test]
    fn pieces_of_a_split_quotation_add_up() {
        assert!(covers_half(&[0..3, 8..10], &(0..10)));
        assert!(!covers_half(&[0..2, 3..5], &(0..10)));
        assert!(!covers_half(&[20..25, 25..30], &(0..10)));
    }
}
