//! Headings and transcripts: a colon between the speaker and the words.
//!
//! - fires: *"Hope and fear": Mayor Ana Ruiz* · *Ruiz: "We go."* · *MODERATOR: We go on.*
//! - silent: *Rule one: never run.* · *Update: "Casa" is the word.* (neither can speak)

use std::ops::Range;

use dateline_core::EntityKind;
use dateline_nlp::{Span, Token, TokenIdx, Upos};

use super::{Finder, Finding, content, quote, source};
use crate::{clause, entity::EntityIdx};

/// Maximum number of words in the name of a speaker.
const NAME: usize = 10;

pub(super) fn find(finder: &mut Finder<'_>) {
    let Some(within) = super::body(finder.analysis) else { return };
    let text = finder.analysis.text();
    let paragraphs: Vec<Range<usize>> = quote::paragraphs(text, within).collect();
    let lines = paragraphs
        .iter()
        .filter(|range| transcript_label(&text[(*range).clone()]).is_some())
        .count();
    for range in paragraphs {
        let line = &text[range.clone()];
        if !line.contains(':') {
            continue;
        }
        let finding = quoted_heading(finder, &range)
            .or_else(|| named_quote(finder, &range))
            .or_else(|| (lines >= 2).then(|| transcript(finder, &range)).flatten());
        if let Some(finding) = finding {
            finder.add(finding);
        }
    }
}

/// *"Hope and fear": Mayor Ana Ruiz*
fn quoted_heading<'a>(finder: &Finder<'a>, range: &Range<usize>) -> Option<Finding<'a>> {
    let text = finder.analysis.text();
    let quote = first_quote(finder, range)
        .filter(|quote| quote.closed && text[range.start..quote.outer.start()].trim().is_empty())?;
    let rest = &text[quote.outer.end()..range.end];
    let after = rest.trim_start().strip_prefix(':')?;
    let colon = colon_token(finder, range.end - after.len() - 1)?;
    let name = Span::new(range.end - after.len(), range.end);
    let source = speaker(finder, name)?;
    Some(Finding {
        rule: "heading",
        source: Some(source),
        cue: Some((colon, colon.span())),
        content: vec![quote.inner],
        addressee: None,
    })
}

/// *Ruiz: "We go."*
fn named_quote<'a>(finder: &Finder<'a>, range: &Range<usize>) -> Option<Finding<'a>> {
    let text = finder.analysis.text();
    let quote = first_quote(finder, range).filter(|quote| {
        quote.closed && text[quote.outer.end()..range.end].trim_matches(['.', ' ', '\r']).is_empty()
    })?;
    let lead = text[range.start..quote.outer.start()].trim_end();
    let name = lead.strip_suffix(':')?;
    let colon = colon_token(finder, range.start + name.len())?;
    let source = speaker(finder, Span::new(range.start, range.start + name.len()))?;
    Some(Finding {
        rule: "name-and-colon",
        source: Some(source),
        cue: Some((colon, colon.span())),
        content: vec![quote.inner],
        addressee: None,
    })
}

/// *MODERATOR: We go on.*, in a text with more such lines.
fn transcript<'a>(finder: &Finder<'a>, range: &Range<usize>) -> Option<Finding<'a>> {
    let line = &finder.analysis.text()[range.clone()];
    let label = transcript_label(line)?;
    let colon = colon_token(finder, range.start + label)?;
    let span = content::bare(finder.analysis.text(), Span::new(range.start, range.start + label))?;
    let speaker = clause::tokens_in(finder.analysis, span)
        .find_map(|token| finder.entities.headed_by(token.idx()));
    Some(Finding {
        rule: "transcript",
        source: Some(source::Source { span, speaker }),
        cue: Some((colon, colon.span())),
        content: vec![Span::new(colon.span().end(), range.end)],
        addressee: None,
    })
}

/// Returns the byte of the colon after a label in capitals at the start of a line.
fn transcript_label(line: &str) -> Option<usize> {
    let at = line.find(':').filter(|&at| at <= 60)?;
    let label = line[..at].trim();
    let capitals = label.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !label.chars().any(char::is_lowercase);
    (capitals && label.split_whitespace().count() <= 6 && line.len() > at + 2).then_some(at)
}

fn first_quote(finder: &Finder<'_>, range: &Range<usize>) -> Option<quote::Quote> {
    let at = finder.quotes.partition_point(|quote| quote.outer.start() < range.start);
    finder.quotes.get(at).copied().filter(|quote| quote.outer.end() <= range.end)
}

fn colon_token<'a>(finder: &Finder<'a>, byte: usize) -> Option<Token<'a>> {
    let idx = clause::token_from(finder.analysis, byte);
    ((idx as usize) < finder.analysis.n_tokens())
        .then(|| finder.analysis.token(TokenIdx(idx)))
        .filter(|token| token.text() == ":")
}

/// Returns the speaker named in a few words without a verb.
fn speaker(finder: &Finder<'_>, name: Span) -> Option<source::Source> {
    let span = content::bare(finder.analysis.text(), name)?;
    let mut named = None;
    let mut words = 0;
    for token in clause::tokens_in(finder.analysis, span) {
        words += 1;
        if words > NAME || matches!(token.upos(), Upos::Verb | Upos::Aux) {
            return None;
        }
        // The last mention is the name: `US President Joe Biden`.
        named = finder.entities.headed_by(token.idx()).or(named);
    }
    let speaker = named.or_else(|| namesake(finder, span.of(finder.analysis.text())))?;
    Some(source::Source { span, speaker: Some(speaker) })
}

/// Maximum number of people searched for a name that is not a mention.
const PEOPLE: usize = 1000;

/// Returns the first person in the text whose name ends with a word.
fn namesake(finder: &Finder<'_>, word: &str) -> Option<EntityIdx> {
    let people = finder.entities.list().iter().take(PEOPLE).zip(0..);
    let mut named = people.filter(|(entity, _)| {
        entity.kind == EntityKind::Person && entity.name.split(' ').next_back() == Some(word)
    });
    named.next().map(|(_, at)| EntityIdx(at))
}
