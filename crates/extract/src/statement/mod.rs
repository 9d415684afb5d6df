//! Statements: source, cue and content of speech and attitude.
//!
//! Each rule is a file. They run in this order: headings and transcripts ([`heading`]), quotations with their cues
//! ([`direct`]), *according to* ([`according`]). A cue belongs to the first rule that takes it. All other words go
//! through [`choice`]: [`candidate`] lists what each of them could say, and [`model`] chooses.

mod according;
mod candidate;
mod choice;
mod content;
mod direct;
mod heading;
pub(crate) mod model;
pub(crate) mod quote;
mod source;
mod when;

use dateline_core::{CueClass, StatementKind};
use dateline_lexicon::predicate;
use dateline_nlp::{Analysis, Span, Token, TokenIdx, Upos};

use crate::{
    clause,
    entity::{Entities, EntityIdx},
    reading::Reading,
    time::{TimeExpression, When},
};

use quote::Quote;

/// Number of a statement in its document, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StatementIdx(pub(crate) u32);

/// A statement.
#[derive(Debug, Clone)]
pub(crate) struct StatementDraft {
    /// Name of the rule that found it, in kebab-case.
    pub(crate) rule: &'static str,
    pub(crate) kind: StatementKind,
    pub(crate) speaker: Option<EntityIdx>,
    pub(crate) source: Option<Span>,
    /// Words of the cue, and the token its lemma is read from.
    pub(crate) cue: Option<(Span, TokenIdx)>,
    pub(crate) class: CueClass,
    pub(crate) content: Vec<Span>,
    pub(crate) when: Option<When>,
    pub(crate) addressee: Option<EntityIdx>,
}

impl StatementDraft {
    /// Returns the byte that orders the statement among others: the start of its cue, else of its content.
    pub(crate) fn place(&self) -> usize {
        self.cue.map_or_else(
            || self.content.first().map_or(0, |span| span.start()),
            |(span, _)| span.start(),
        )
    }

    /// Returns true if a span is part of the content.
    pub(crate) fn says(&self, span: Span) -> bool {
        self.content.iter().any(|stretch| stretch.contains(span))
    }
}

/// Returns the statements of a document, in the order of the text.
pub(crate) fn read(
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
) -> Vec<StatementDraft> {
    let Some(within) = body(reading.analysis) else { return Vec::new() };
    let quotes = quote::read(reading.analysis.text(), within);
    let mut finder = Finder::new(reading.analysis, entities, &quotes);
    finder.by_rule();
    choice::find(&mut finder);

    let mut found = finder.found;
    found.sort_by_key(StatementDraft::place);
    when::date(reading, times, entities, &mut found);
    found
}

/// Returns the span of the text that was analyzed.
fn body(analysis: &Analysis<'_>) -> Option<Span> {
    let mut sentences = analysis.sentences();
    let first = sentences.next()?;
    Some(first.span().cover(sentences.next_back().unwrap_or(first).span()))
}

/// Returns the words of a document with their candidates and the right ones among them, to train on.
#[cfg(feature = "train")]
pub(crate) fn examples(
    reading: Reading<'_>,
    entities: &Entities,
    annotated: &[model::train::Annotated],
    reach: &mut model::train::Reach,
) -> Vec<model::train::Example> {
    let Some(within) = body(reading.analysis) else { return Vec::new() };
    let quotes = quote::read(reading.analysis.text(), within);
    let mut finder = Finder::new(reading.analysis, entities, &quotes);
    finder.by_rule();
    model::train::examples(&mut finder, annotated, reach)
}

/// State that the rules share: the text, its quotations, the cues that are taken, and the statements found.
pub(crate) struct Finder<'a> {
    analysis: &'a Analysis<'a>,
    entities: &'a Entities,
    quotes: &'a [Quote],
    /// For each token, true if it is the cue of a statement.
    claimed: Vec<bool>,
    /// For each token, true if it is part of the content of a statement.
    said: Vec<bool>,
    found: Vec<StatementDraft>,
}

/// Finding of a rule; the rest of a statement follows from it.
struct Finding<'a> {
    /// Name of the rule, in kebab-case.
    rule: &'static str,
    source: Option<source::Source>,
    /// Head of the cue, and all its words.
    cue: Option<(Token<'a>, Span)>,
    content: Vec<Span>,
    addressee: Option<EntityIdx>,
}

impl<'a> Finder<'a> {
    fn new(analysis: &'a Analysis<'a>, entities: &'a Entities, quotes: &'a [Quote]) -> Self {
        let none = vec![false; analysis.n_tokens()];
        Self { analysis, entities, quotes, claimed: none.clone(), said: none, found: Vec::new() }
    }

    /// Runs the rules that need no choice.
    fn by_rule(&mut self) {
        heading::find(self);
        direct::find(self);
        according::find(self);
    }

    /// Returns true if a word is part of the content of a statement found so far.
    fn says(&self, word: Span) -> bool {
        self.analysis.token_at(word.start()).is_some_and(|token| self.said[token.idx().index()])
    }

    /// Returns true if the first or last word of a range of bytes is part of the content of a statement found so far.
    fn is_said(&self, from: usize, to: usize) -> bool {
        let said = |at: u32| self.said.get(at as usize).is_some_and(|said| *said);
        let first = clause::token_from(self.analysis, from);
        let last = clause::token_from(self.analysis, to).saturating_sub(1);
        said(first) || said(last)
    }

    /// Marks a span as content.
    fn say(&mut self, span: Span) {
        for token in clause::tokens_in(self.analysis, span) {
            self.said[token.idx().index()] = true;
        }
    }

    fn is_claimed(&self, token: Token<'_>) -> bool {
        self.claimed[token.idx().index()]
    }

    /// Returns the quotation that holds a byte.
    fn quote_at(&self, byte: usize) -> Option<&'a Quote> {
        let after = self.quotes.partition_point(|quote| quote.outer.start() <= byte);
        self.quotes[..after].last().filter(|quote| byte < quote.outer.end())
    }

    /// Adds a statement, unless it has no content.
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
        for &span in &content {
            self.say(span);
        }
        let kind = content::kind(self.analysis, &content, self.quotes);
        let speaker = finding.source.and_then(|source| source.speaker);
        // An unlisted word that takes a quotation is a word of speech.
        let listed = finding.cue.and_then(|(head, _)| predicate::cue_class(head));
        let class = listed.unwrap_or(match kind {
            StatementKind::Indirect
                if finding.cue.is_some_and(|(head, _)| head.upos() == Upos::Verb) =>
            {
                CueClass::Attitude
            }
            _ => CueClass::Speech,
        });
        self.found.push(StatementDraft {
            rule: finding.rule,
            kind,
            speaker,
            source: finding.source.map(|source| source.span),
            cue: finding.cue.map(|(head, span)| (span, head.idx())),
            class,
            content,
            when: None,
            addressee: finding.addressee.filter(|&listener| Some(listener) != speaker),
        });
    }
}

/// Returns the words of a cue: a verb with its particle.
fn cue_span(cue: Token<'_>) -> Span {
    match clause::particle(cue) {
        Some(particle) if particle.idx().0 == cue.idx().0 + 1 => cue.span().cover(particle.span()),
        _ => cue.span(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Draws the statements of a text: source, cue and content, separated by bars.
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
        check("Merkel cut a ribbon in Hamburg.", "");
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
