//! *According to X*: the clause the phrase belongs to is what X says.
//!
//! - fires: *According to the ministry, talks had stalled.* · *Talks had stalled, aides to Ito said, according to Reuters.*
//! - silent: *They acted according to plan.* (a bare noun that cannot speak)

use dateline_nlp::{Deprel, Span, Token, Upos};

use super::{Finder, Finding, source};
use crate::clause;

pub(super) fn find(finder: &mut Finder<'_>) {
    for token in finder.analysis.tokens() {
        if !matches!(token.text(), "according" | "According") || finder.is_claimed(token) {
            continue;
        }
        if let Some(finding) = read(finder, token) {
            finder.add(finding);
        }
    }
}

fn read<'a>(finder: &Finder<'_>, according: Token<'a>) -> Option<Finding<'a>> {
    let to = according.next().filter(|next| clause::is(*next, "to"))?;
    // Trees attach `according` to the source as its case, or the source to `according`.
    let nominal = according
        .head()
        .filter(|head| head.idx() > to.idx() && clause::is_nominal(*head))
        .or_else(|| clause::oblique(according, "to").filter(|nominal| nominal.idx() > to.idx()))?;
    let bare_noun = nominal.upos() == Upos::Noun
        && nominal.children().all(|child| child.deprel() == Deprel::Case);
    if bare_noun && source::entity(nominal, finder.entities).is_none() {
        return None;
    }
    let phrase = if nominal.head() == Some(according) { according } else { nominal };
    let clause_head = clause::near_head(phrase)?;
    let source = source::of(nominal, finder.entities);
    let mut span = source.span;
    if span.start() < to.span().end() {
        span = Span::new(to.span().end(), span.end().max(to.span().end()));
        span = super::content::bare(finder.analysis.text(), span)?;
    }
    let own = phrase.subtree_span().cover(according.span());
    let whole = said(finder, according, own, clause_head);
    let content = [
        (whole.start() < own.start()).then(|| Span::new(whole.start(), own.start())),
        (own.end() < whole.end()).then(|| Span::new(own.end(), whole.end())),
    ];
    Some(Finding {
        rule: "according-to",
        source: Some(source::Source { span, ..source }),
        cue: Some((according, according.span().cover(to.span()))),
        content: content.into_iter().flatten().collect(),
        addressee: None,
    })
}

/// Returns the content: the whole sentence if the phrase opens or closes it, else the clause it belongs to.
fn said(finder: &Finder<'_>, according: Token<'_>, own: Span, clause_head: Token<'_>) -> Span {
    let sentence = according.sentence();
    let text = finder.analysis.text();
    let blank =
        |from: usize, to: usize| from >= to || text[from..to].chars().all(|c| !c.is_alphanumeric());
    let closes = blank(own.end(), sentence.span().end())
        && according.previous().is_some_and(|before| before.text() == ",");
    if closes || blank(sentence.span().start(), own.start()) {
        return sentence.span();
    }
    clause_head.subtree_span()
}
