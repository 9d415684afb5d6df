//! Quotations and the cue beside them.
//!
//! The cue is after the quotation, in front of it, or at the end of the paragraph before if that ends in a colon.
//! A quotation that continues after its cue belongs to the same statement. One that makes up its whole paragraph keeps
//! the speaker of the quotation before.
//!
//! - fires: *"We go," Ito said. "We have to."* · *Ito said: "We go."* · *"We go," said Ito, adding, "Now."*
//! - silent: *The "hawks" won.* · *He read "War and Peace".* (no clause, no cue)

use dateline_lexicon::predicate::{self, Complement};
use dateline_nlp::{Span, Token, TokenIdx, Upos};

use super::{
    Finder, Finding, content, cue_span,
    quote::Quote,
    source::{self, Source},
};
use crate::clause;

/// Maximum number of tokens searched beside a quotation.
const REACH: u32 = 40;

pub(super) fn find(finder: &mut Finder<'_>) {
    let quotes = finder.quotes;
    let mut at = 0;
    let mut last: Option<Last> = None;
    while at < quotes.len() {
        // A speech of several paragraphs is one group.
        let mut end = at + 1;
        while end < quotes.len() && quotes[end].continues {
            end += 1;
        }
        last = group(finder, at, end, last);
        at = end;
    }
}

/// The last statement found, which later quotations may continue.
#[derive(Debug, Clone, Copy)]
struct Last {
    /// Index of the statement.
    statement: usize,
    /// Byte where the cue and its clause end.
    cue_end: usize,
    paragraph: u32,
    quote_end: usize,
}

/// Reads one quotation, or one speech of several paragraphs.
fn group(finder: &mut Finder<'_>, from: usize, to: usize, last: Option<Last>) -> Option<Last> {
    let quotes = &finder.quotes[from..to];
    let (first, final_) = (quotes[0], quotes[quotes.len() - 1]);
    let text = finder.analysis.text();
    let here = |statement, cue_end| {
        Some(Last {
            statement,
            cue_end,
            paragraph: final_.paragraph,
            quote_end: final_.outer.end(),
        })
    };
    let spans: Vec<Span> = quotes.iter().map(|quote| quote.inner).collect();

    // "A," he said, "B": only the clause of the cue stands between.
    if let Some(last) = last
        && last.paragraph == first.paragraph
        && last.cue_end <= first.outer.start()
        && last.cue_end > last.quote_end
        && text[last.cue_end..first.outer.start()].chars().all(|c| !c.is_alphanumeric())
    {
        let found = &mut finder.found[last.statement];
        found.content.extend(spans.iter().filter_map(|&span| content::bare(text, span)));
        return here(last.statement, final_.outer.end());
    }
    let signed = signed(finder, &final_);
    if signed.is_none() && (!is_speech(finder, &first) || is_fragment(finder, &first)) {
        return last;
    }
    let beside = signed
        .or_else(|| behind(finder, &final_))
        .or_else(|| before(finder, &first))
        .or_else(|| (quotes.len() > 1).then(|| behind(finder, &first)).flatten());
    if let Some(beside) = beside {
        let addressee = source::addressee(beside.cue, finder.entities);
        finder.add(Finding {
            rule: "quote",
            source: beside.source,
            cue: Some((beside.cue, cue_span(beside.cue))),
            content: spans,
            addressee,
        });
        return here(finder.found.len() - 1, beside.end);
    }
    // Alone in its paragraph, or after another quotation in it: the speaker continues.
    let last = last?;
    let near = first.paragraph <= last.paragraph + 1 && is_sentence(finder, &first);
    let alone = last.paragraph == first.paragraph || stands_alone(finder, &first);
    if near && alone {
        if first.paragraph == last.paragraph + 1 {
            let found = &mut finder.found[last.statement];
            found.content.extend(spans.iter().filter_map(|&span| content::bare(text, span)));
            return here(last.statement, final_.outer.end());
        }
        let speaker = finder.found[last.statement].speaker;
        let carried = Finding {
            rule: "quote-carried-on",
            source: None,
            cue: None,
            content: spans,
            addressee: None,
        };
        if speaker.is_some() {
            finder.add(carried);
            let statement = finder.found.len() - 1;
            finder.found[statement].speaker = speaker;
            return here(statement, final_.outer.end());
        }
    }
    Some(last)
}

/// Returns true if a quotation is speech: a clause, or words set off like one.
fn is_speech(finder: &Finder<'_>, quote: &Quote) -> bool {
    let (mut words, mut verb) = (0, false);
    for token in clause::tokens_in(finder.analysis, quote.inner).take(60) {
        words += usize::from(content::is_word(token));
        verb |= matches!(token.upos(), Upos::Verb | Upos::Aux);
    }
    let inner = quote.inner.of(finder.analysis.text());
    let closed_off = inner.ends_with([',', '.', '!', '?', '—', '…']);
    words >= 4 && verb || words >= 1 && closed_off
}

/// Returns true if a quotation continues a clause that begins outside of it: *Ito said talks had "stalled again"*.
fn is_fragment(finder: &Finder<'_>, quote: &Quote) -> bool {
    if !quote.inner.of(finder.analysis.text()).starts_with(char::is_lowercase) {
        return false;
    }
    let first = clause::token_from(finder.analysis, quote.inner.start());
    let mut before = finder.analysis.token(TokenIdx(first)).previous();
    while let Some(mark) = before.filter(|token| quote.outer.contains(token.span())) {
        before = mark.previous();
    }
    before.is_some_and(|word| content::is_word(word) && !is_quote_cue(finder, word))
}

/// Returns true if a quotation is a sentence or more: it begins with a capital and ends with a stop.
fn is_sentence(finder: &Finder<'_>, quote: &Quote) -> bool {
    let inner = quote.inner.of(finder.analysis.text());
    inner.starts_with(char::is_uppercase)
        && (inner.ends_with(['.', '!', '?', '…']) || !quote.closed)
}

/// Returns true if a quotation is the whole paragraph.
fn stands_alone(finder: &Finder<'_>, quote: &Quote) -> bool {
    let text = finder.analysis.text();
    let opens = text[..quote.outer.start()].trim_end_matches([' ', '\t']).ends_with('\n');
    let rest = text[quote.outer.end()..].trim_start_matches([' ', '\t', '\r']);
    opens && (rest.is_empty() || rest.starts_with('\n'))
}

/// Cue beside a quotation.
struct Beside<'a> {
    cue: Token<'a>,
    source: Option<Source>,
    /// Byte where its clause ends.
    end: usize,
}

/// Returns the cue after a quotation: *"…," said Ito* · *"…," he told reporters on Friday*.
fn behind<'a>(finder: &Finder<'a>, quote: &Quote) -> Option<Beside<'a>> {
    let text = finder.analysis.text();
    let inner = quote.inner.of(text);
    if !quote.closed {
        return None;
    }
    let zone = zone_behind(finder, quote);
    let first = *zone.first()?;
    // A full stop in the quotation ends the sentence, unless a lowercase word or a bare cue follows.
    let stopped = inner.ends_with('.') && !text[quote.outer.end()..].starts_with(',');
    if stopped && first.text().starts_with(char::is_uppercase) {
        return None;
    }
    let limit = zone.len().min(14);
    let cue = zone[..limit].iter().copied().find(|&token| is_quote_cue(finder, token))?;
    let source = source_beside(finder, cue, &zone);
    source?;
    let end = zone.last().map_or(quote.outer.end(), |token| token.span().end());
    Some(Beside { cue, source, end })
}

/// Returns the name after a dash at the end of a paragraph: *"We go." — Ana Ruiz*.
fn signed<'a>(finder: &Finder<'a>, quote: &Quote) -> Option<Beside<'a>> {
    let text = finder.analysis.text();
    let rest = &text[quote.outer.end()..];
    let line = rest.lines().next().unwrap_or_default();
    let name = line.trim_start().strip_prefix(['—', '–', '―', '-'])?.trim_start_matches('-');
    let words = name.split_whitespace().count();
    let starts = quote.inner.of(text).starts_with(char::is_uppercase);
    if !quote.closed
        || !starts
        || words == 0
        || words > 8
        || !name.trim_start().starts_with(char::is_uppercase)
    {
        return None;
    }
    let end = quote.outer.end() + line.len();
    let span = content::bare(text, Span::new(end - name.len(), end))?;
    let first = clause::token_from(finder.analysis, quote.outer.end());
    let dash = finder.analysis.token(TokenIdx(first));
    let mut speaker = None;
    for token in clause::tokens_in(finder.analysis, span) {
        if matches!(token.upos(), Upos::Verb | Upos::Aux) {
            return None;
        }
        speaker = finder.entities.headed_by(token.idx()).or(speaker);
    }
    (dash.span().end() <= span.start()).then_some(Beside {
        cue: dash,
        source: Some(Source { span, speaker }),
        end,
    })
}

/// Returns the tokens after a quotation up to the end of the sentence or the next quotation.
fn zone_behind<'a>(finder: &Finder<'a>, quote: &Quote) -> Vec<Token<'a>> {
    let analysis = finder.analysis;
    let from = clause::token_from(analysis, quote.outer.end());
    let next = finder.quotes.partition_point(|other| other.outer.start() < quote.outer.end());
    let stop = finder.quotes.get(next).map_or(usize::MAX, |other| other.outer.start());
    let gap =
        |last: usize, token: Token<'_>| analysis.text()[last..token.span().start()].contains('\n');
    let mut zone = Vec::new();
    let mut end = quote.outer.end();
    for idx in from..(from + REACH).min(u32::try_from(analysis.n_tokens()).unwrap_or(u32::MAX)) {
        let token = analysis.token(TokenIdx(idx));
        if token.span().start() >= stop || gap(end, token) {
            break;
        }
        if !content::is_word(token) && zone.is_empty() {
            end = token.span().end();
            continue;
        }
        // A stop inside brackets, as in *(D-Md.)*, does not end the sentence.
        let ends = token.sentence().last().idx().0 <= token.idx().0 + 2;
        if matches!(token.text(), "?" | "!" | ";") || token.text() == "." && ends {
            break;
        }
        end = token.span().end();
        zone.push(token);
    }
    zone
}

/// Returns the cue in front of a quotation: *Ito said, "…"* · *Ito said: "…"*. Behind a colon, the quotation may open
/// the next paragraph.
fn before<'a>(finder: &Finder<'a>, quote: &Quote) -> Option<Beside<'a>> {
    let analysis = finder.analysis;
    let text = analysis.text();
    let lead = text[..quote.outer.start()].trim_end();
    let colon = lead.ends_with(':');
    if !colon && text[lead.len()..quote.outer.start()].contains('\n') {
        return None;
    }
    let until = clause::token_from(analysis, lead.len());
    let sentence = analysis.token(TokenIdx(until.checked_sub(1)?)).sentence();
    let earlier = finder.quotes.partition_point(|other| other.outer.start() < quote.outer.start());
    let floor = earlier.checked_sub(1).map_or(0, |last| finder.quotes[last].outer.end());
    let start = sentence.first().idx().0.max(until.saturating_sub(REACH));
    let zone: Vec<_> = (start..until)
        .map(|idx| analysis.token(TokenIdx(idx)))
        .filter(|token| token.span().start() >= floor)
        .collect();
    let at = zone.iter().rposition(|&token| is_quote_cue(finder, token))?;
    let between = &zone[at + 1..];
    let closed_off = lead.ends_with([',', ':']);
    // Between the cue and its quotation: nothing, or a listener and a time before a comma or colon.
    let plain = between.iter().all(|token| {
        matches!(token.upos(), Upos::Punct | Upos::Adv | Upos::Part) || clause::is(*token, "that")
    });
    let short = closed_off
        && between.len() <= if colon { 20 } else { 10 }
        && !between.iter().any(|token| token.upos() == Upos::Verb);
    if !plain && !short {
        return None;
    }
    let cue = zone[at];
    let source = source_beside(finder, cue, &zone);
    source?;
    let end = text[..quote.outer.start()].len();
    Some(Beside { cue, source, end })
}

/// Returns true if a token is a cue that takes quotations and is not taken yet.
fn is_quote_cue(finder: &Finder<'_>, token: Token<'_>) -> bool {
    token.upos() == Upos::Verb
        && !finder.is_claimed(token)
        && predicate::cue(token).is_some_and(|entry| entry.takes(Complement::Quote))
        && finder.quote_at(token.span().start()).is_none()
}

/// Returns the source of a cue among the tokens beside a quotation: its subject in the tree, else the nearest name.
fn source_beside(finder: &Finder<'_>, cue: Token<'_>, zone: &[Token<'_>]) -> Option<Source> {
    let inside = |token: Token<'_>| zone.iter().any(|other| other.idx() == token.idx());
    let agent = clause::relative_subject(cue)
        .or_else(|| clause::agent_behind_comma(cue))
        .or_else(|| clause::agent(cue));
    if let Some(subject) = agent
        && (inside(subject) || finder.quote_at(subject.span().start()).is_none())
        && clause::is_nominal(subject)
        && !clause::is(subject, "it")
    {
        let mut source = source::of(subject, finder.entities);
        let own = subject.span();
        // Trees sometimes reach into quotations; the source does not.
        let (from, to) = (source.span.start(), source.span.end());
        let at = finder.quotes.partition_point(|quote| quote.outer.end() <= from);
        for quote in finder.quotes[at..].iter().take_while(|quote| quote.outer.start() < to) {
            source.span = if quote.outer.end() <= own.start() {
                Span::new(quote.outer.end(), source.span.end())
            } else if quote.outer.start() >= own.end() {
                Span::new(source.span.start(), quote.outer.start().min(source.span.end()))
            } else {
                own
            };
        }
        if source.span.overlaps(cue.span()) {
            source.span = own;
        }
        source.span = content::bare(finder.analysis.text(), source.span).unwrap_or(own);
        return Some(source);
    }
    let at = zone.iter().position(|token| token.idx() == cue.idx())?;
    let named = |token: &&Token<'_>| {
        matches!(token.upos(), Upos::Propn | Upos::Pron | Upos::Noun)
            || token.text().starts_with(char::is_uppercase)
    };
    let head = zone[..at].iter().rev().take(3).find(named).or_else(|| {
        zone[at + 1..].iter().take(8).take_while(|token| token.text() != ",").filter(named).last()
    })?;
    Some(source::of(*head, finder.entities)).filter(|source| !source.span.overlaps(cue.span()))
}
