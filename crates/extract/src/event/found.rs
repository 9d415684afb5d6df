//! Words that may tell an event: those that a reader takes for triggers, and those that a frame fits.

use dateline_nlp::{Token, TokenIdx, Trigger, Triggers};

use super::{argument::Act, frame::Fit, known::Known, single, trigger};

/// A word that may tell an event.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    pub(super) act: Act<'a>,
    /// Frame that fits, with its parties.
    pub(super) fit: Option<Fit<'a>>,
    /// The act is part of another, by the frames of both.
    pub(super) is_taken_in: bool,
    /// Scores of the reader.
    pub(super) trigger: Option<&'a Trigger>,
    /// Best scores of any word of its window, as source and target: natural logarithms of odds.
    pub(super) top: [f32; 2],
    /// It stands in the headline.
    pub(super) is_in_title: bool,
}

/// Returns the words of a document that may tell an event, in the order of the text.
pub(super) fn find<'a>(known: &Known<'a>) -> Vec<Found<'a>> {
    let analysis = known.reading.analysis;
    let fits = trigger::all(known);
    let taken = single::taken_in(&fits);
    let mut found: Vec<Found<'a>> = fits
        .into_iter()
        .zip(taken)
        .map(|((act, fit), is_taken_in)| Found {
            act,
            fit: Some(fit),
            is_taken_in,
            trigger: analysis.triggers().at(act.head.idx()),
            top: [0.0; 2],
            is_in_title: known.is_in_headline(act.head),
        })
        .collect();
    let has = |token: TokenIdx, found: &[Found<'_>]| {
        found.binary_search_by_key(&token, |one| one.act.head.idx()).is_ok()
    };
    let more: Vec<Found<'a>> = analysis
        .triggers()
        .list()
        .iter()
        .filter(|trigger| !has(trigger.token, &found))
        .map(|trigger| {
            let word = analysis.token(trigger.token);
            Found {
                act: act(known, word),
                fit: None,
                is_taken_in: false,
                trigger: Some(trigger),
                top: [0.0; 2],
                is_in_title: known.is_in_headline(word),
            }
        })
        .collect();
    found.extend(more);
    found.sort_by_key(|one| one.act.head.idx());
    for one in &mut found {
        if let Some(trigger) = one.trigger {
            one.top = top(analysis.triggers(), trigger);
        }
    }
    found
}

/// Returns the best scores of any word for source and target.
fn top(triggers: &Triggers, trigger: &Trigger) -> [f32; 2] {
    let window = triggers.window(trigger);
    let mut best = [i16::MIN; 2];
    for token in window.start.0..window.end.0 {
        if let Some([source, target, ..]) = triggers.roles(trigger, TokenIdx(token)) {
            best = [best[0].max(*source), best[1].max(*target)];
        }
    }
    best.map(|score| f32::from(score) / 1024.0)
}

/// Returns the act that a word of any kind would tell.
fn act<'a>(known: &Known<'a>, token: Token<'a>) -> Act<'a> {
    if token.upos() == dateline_nlp::Upos::Verb {
        Act::verb(known.codebook, token)
    } else {
        Act::noun(known.codebook, token)
    }
}
