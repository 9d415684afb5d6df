//! Who said what: cue, source, content.
//!
//! One rule a file, in this order: quotes with their cues ([`direct`]), headings and transcripts ([`heading`]), clauses that
//! verbs govern ([`clausal`]), *according to* ([`according`]), inserted cues ([`parenthetical`]), nouns with a clause
//! ([`nominal`]). A cue belongs to the first rule that takes it.

mod according;
mod clausal;
mod content;
pub(crate) mod cue;
mod direct;
mod heading;
mod nominal;
mod parenthetical;
pub(crate) mod quote;
mod source;
mod when;

use dateline_core::StatementKind;
use dateline_nlp::{Analysis, Span, Token, TokenIdx};

use crate::{
    entity::{Entities, EntityIdx},
    reading::{Reading, When},
    time::TimeExpression,
};

use quote::Quote;

/// Counts the statements of a document from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StatementIdx(pub(crate) u32);

/// A statement.
#[derive(Debug, Clone)]
pub(crate) struct StatementDraft {
    pub(crate) kind: StatementKind,
    pub(crate) speaker: Option<EntityIdx>,
    pub(crate) source: Option<Span>,
    /// The words of the cue and the token its lemma is read from.
    pub(crate) cue: Option<(Span, TokenIdx)>,
    pub(crate) content: Vec<Span>,
    pub(crate) when: Option<When>,
    pub(crate) addressee: Option<EntityIdx>,
}

impl StatementDraft {
    /// Where the statement stands among the others: at its cue, or else its content.
    fn place(&self) -> usize {
        self.cue.map_or_else(
            || self.content.first().map_or(0, |span| span.start()),
            |(span, _)| span.start(),
        )
    }

    /// Whether a piece of text is part of what is said.
    pub(crate) fn says(&self, span: Span) -> bool {
        self.content.iter().any(|stretch| stretch.contains(span))
    }
}

/// The statements of a document, in the order of the text.
pub(crate) fn read(
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
) -> Vec<StatementDraft> {
    let Some(within) = body(reading.analysis) else { return Vec::new() };
    let quotes = quote::read(reading.analysis.text(), within);
    let mut finder = Finder {
        analysis: reading.analysis,
        entities,
        quotes: &quotes,
        claimed: vec![false; reading.analysis.n_tokens()],
        found: Vec::new(),
    };
    heading::find(&mut finder);
    direct::find(&mut finder);
    clausal::find(&mut finder);
    according::find(&mut finder);
    parenthetical::find(&mut finder);
    nominal::find(&mut finder);

    let mut found = finder.found;
    found.sort_by_key(StatementDraft::place);
    when::date(reading, times, entities, &mut found);
    found
}

/// The stretch of text that was analyzed.
fn body(analysis: &Analysis<'_>) -> Option<Span> {
    let mut sentences = analysis.sentences();
    let first = sentences.next()?;
    Some(first.span().cover(sentences.next_back().unwrap_or(first).span()))
}

/// What the rules share: the text, its quotes, the cues that are taken, and what was found.
struct Finder<'a> {
    analysis: &'a Analysis<'a>,
    entities: &'a Entities,
    quotes: &'a [Quote],
    /// For each token, whether a statement has it as its cue.
    claimed: Vec<bool>,
    found: Vec<StatementDraft>,
}

/// What a rule found; the rest of a statement follows from it.
struct Finding<'a> {
    source: Option<source::Source>,
    /// The head of the cue and all its words.
    cue: Option<(Token<'a>, Span)>,
    content: Vec<Span>,
    addressee: Option<EntityIdx>,
}

impl<'a> Finder<'a> {
    fn is_claimed(&self, token: Token<'_>) -> bool {
        self.claimed[token.idx().index()]
    }

    /// The quote that holds a byte.
    fn quote_at(&self, byte: usize) -> Option<&'a Quote> {
        let after = self.quotes.partition_point(|quote| quote.outer.start() <= byte);
        self.quotes[..after].last().filter(|quote| byte < quote.outer.end())
    }

    /// Takes up a finding, unless nothing is said in it.
    fn add(&mut self, finding: Finding<'_>) {
        let content: Vec<Span> = finding
            .content
            .into_iter()
            .filter_map(|span| content::bare(self.analysis.text(), span))
            .collect();
        if content.is_empty() {
            return;
        }
        if let Some((head, _)) = finding.cue {
            self.claimed[head.idx().index()] = true;
        }
        let kind = content::kind(self.analysis, &content, self.quotes);
        let speaker = finding.source.and_then(|source| source.speaker);
        self.found.push(StatementDraft {
            kind,
            speaker,
            source: finding.source.map(|source| source.span),
            cue: finding.cue.map(|(head, span)| (span, head.idx())),
            content,
            when: None,
            addressee: finding.addressee.filter(|&listener| Some(listener) != speaker),
        });
    }
}

/// The words of a cue: the verb with its particle.
fn cue_span(cue: Token<'_>) -> Span {
    match cue::particle_of(cue) {
        Some(particle) if particle.idx().0 == cue.idx().0 + 1 => cue.span().cover(particle.span()),
        _ => cue.span(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// The statements of a text: source, cue and content, parted by bars.
    fn check(text: &str, expected: &str) {
        let record = Extractor::new().extract(&read_document(text));
        let found: Vec<_> = record
            .statements
            .iter()
            .map(|one| {
                let source = one.source.as_ref().map_or("-", |source| source.text.as_str());
                let cue = one.cue.as_ref().map_or("-", |cue| cue.span.text.as_str());
                let content: Vec<_> = one.content.iter().map(|span| span.text.as_str()).collect();
                format!("{source} | {cue} | {}", content.join(" … "))
            })
            .collect();
        assert_eq!(found.join("\n"), expected, "{text}");
    }

    #[test]
    fn quotes_find_the_cue_beside_them() {
        check(
            "\"We have to go,\" Merkel said. \"The talks are over.\"",
            "Merkel | said | We have to go … The talks are over.",
        );
        check("Merkel said: \"We have to go now.\"", "Merkel | said | We have to go now.");
        check("“We have to go,\" said Merkel.", "Merkel | said | We have to go");
        check("The \"hawks\" won the vote.", "");
    }

    #[test]
    fn clauses_find_their_verb() {
        check("Merkel said that talks had stalled.", "Merkel | said | talks had stalled");
        check("Merkel told reporters that talks had stalled.", "Merkel | told | talks had stalled");
        check("Merkel told reporters a story.", "");
        check(
            "According to the ministry, talks had stalled.",
            "the ministry | According to | talks had stalled.",
        );
    }

    #[test]
    fn a_heading_names_its_speaker_behind_a_colon() {
        check(
            "\"Hope and fear\": German Chancellor Angela Merkel\n\nThe talks went on for days.\n",
            "German Chancellor Angela Merkel | : | Hope and fear",
        );
    }
}
