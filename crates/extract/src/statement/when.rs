//! Dates of statements: the time in the clause of the cue, else the date of the statement before.
//!
//! - *Ito said on Friday that …* is dated Friday; so is *She added …* after it.
//! - The spokesman of a body continues what the body said, if the source words name it.

use dateline_nlp::{Deprel, Token};

use super::{Entities, StatementDraft};
use crate::{
    entity::EntityIdx,
    reading::Reading,
    time::{TimeExpression, TimeIdx, When},
};

/// Dates statements, which are in the order of the text.
pub(super) fn date(
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &mut [StatementDraft],
) {
    for at in 0..statements.len() {
        let own = own_time(reading, times, &statements[at]);
        statements[at].when = own.or_else(|| {
            let before =
                statements[..at].iter().rev().take(3).find(|before| before.when.is_some())?;
            let speaker = before.speaker?;
            let same = statements[at].speaker == Some(speaker)
                || speaks_for(reading, &statements[at], speaker, entities);
            (same && is_past(reading, &statements[at]))
                .then_some(before.when)
                .flatten()
                .map(|when| When { time: None, ..when })
        });
    }
}

/// Returns the time that depends on the cue, or stands between the source and the cue.
fn own_time(
    reading: Reading<'_>,
    times: &[TimeExpression],
    statement: &StatementDraft,
) -> Option<When> {
    let (span, cue) = statement.cue?;
    let cue = reading.analysis.token(cue);
    let sentence = cue.sentence();
    let from = times.partition_point(|time| time.first < sentence.first().idx());
    times
        .iter()
        .enumerate()
        .skip(from)
        .take_while(|(_, time)| time.first <= sentence.last().idx())
        .filter(|(_, time)| !statement.content.iter().any(|said| said.overlaps(time.span)))
        .find_map(|(idx, time)| {
            let interval = time.stretch(times)?;
            let between = statement.source.is_some_and(|source| {
                source.cover(span).contains(time.span)
                    || time.span.start() >= span.end().max(source.end())
                        && time.span.start() <= span.end().max(source.end()) + 4
            });
            if !between && !hangs_on(reading, time, cue) {
                return None;
            }
            let idx = TimeIdx(u32::try_from(idx).expect("fewer times than bytes"));
            Some(When { interval, time: Some(idx) })
        })
}

/// Returns true if a time expression depends on a word with no clause between.
fn hangs_on(reading: Reading<'_>, time: &TimeExpression, word: Token<'_>) -> bool {
    let mut token = reading.analysis.token(time.first);
    for _ in 0..6 {
        if time.first <= token.idx() && token.idx() <= time.last {
            match token.head() {
                Some(head) => token = head,
                None => return false,
            }
        } else {
            break;
        }
    }
    token == word
}

/// Returns true if the source words name an entity, as *White House press secretary* names the White House.
fn speaks_for(
    reading: Reading<'_>,
    statement: &StatementDraft,
    body: EntityIdx,
    entities: &Entities,
) -> bool {
    let Some(source) = statement.source else { return false };
    let name = &entities.get(body).name;
    !name.is_empty() && source.of(reading.document.text.as_str()).contains(name.as_str())
}

/// Returns true if the cue is in the past; *says* keeps no earlier date.
fn is_past(reading: Reading<'_>, statement: &StatementDraft) -> bool {
    use dateline_nlp::Xpos;
    let Some((_, cue)) = statement.cue else { return true };
    let cue = reading.analysis.token(cue);
    matches!(cue.xpos(), Xpos::VBD | Xpos::VBN | Xpos::VBG) || cue.deprel() == Deprel::Acl
}
