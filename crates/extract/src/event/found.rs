//! Words that may tell an event: those that a reader takes for triggers, and those that a frame fits.

use dateline_nlp::{TokenIdx, Trigger};

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
        .map(|trigger| Found {
            act: Act::of(known.codebook, analysis.token(trigger.token)),
            fit: None,
            is_taken_in: false,
            trigger: Some(trigger),
        })
        .collect();
    found.extend(more);
    found.sort_by_key(|one| one.act.head.idx());
    found
}
