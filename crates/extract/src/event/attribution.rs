//! Statements that an act is part of: *Ito said that Oslo had attacked Bergen* attributes the attack to Ito.

use dateline_core::StatementKind;
use dateline_nlp::Token;

use super::known::Known;
use crate::{
    entity::EntityIdx,
    statement::{StatementDraft, StatementIdx},
};

/// Maximum number of statements an act is attributed to.
const LIMIT: usize = 8;

/// Returns the statements whose content holds a trigger, the outermost first.
pub(super) fn of(known: &Known<'_>, trigger: Token<'_>) -> Vec<StatementIdx> {
    let sentence = trigger.sentence().idx().0;
    let pairs = &known.content_sentences;
    let from = pairs.partition_point(|&(other, _)| other < sentence);
    let mut holding: Vec<(usize, StatementIdx)> = pairs[from..]
        .iter()
        .take_while(|&&(other, _)| other == sentence)
        .map(|&(_, idx)| (&known.statements[idx as usize], StatementIdx(idx)))
        .filter(|(statement, _)| statement.says(trigger.span()))
        .map(|(statement, idx)| (content_length(statement), idx))
        .take(LIMIT)
        .collect();
    holding.sort_by_key(|&(length, idx)| (std::cmp::Reverse(length), idx));
    holding.into_iter().map(|(_, idx)| idx).collect()
}

/// Returns the speaker of the innermost statement that a word is part of.
pub(super) fn speaker(known: &Known<'_>, word: Token<'_>) -> Option<EntityIdx> {
    let innermost = of(known, word).pop()?;
    known.statements[innermost.0 as usize].speaker
}

/// Returns true if a word stands in a quotation.
pub(super) fn is_quoted(known: &Known<'_>, word: Token<'_>) -> bool {
    of(known, word).iter().any(|idx| known.statements[idx.0 as usize].kind == StatementKind::Direct)
}

/// Length of the content of a statement, in bytes.
fn content_length(statement: &StatementDraft) -> usize {
    statement.content.iter().map(|span| span.len()).sum()
}
