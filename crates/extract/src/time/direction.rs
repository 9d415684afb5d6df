//! Direction of a date without a year, past or future: the tense of its clause and the words that govern it.
//!
//! - past: *expelled in June*, *said on Friday*, *had met in May*
//! - future: *scheduled in June*, *will meet on Friday*, *is to meet in May*, *plans for June*

use std::sync::LazyLock;

use dateline_nlp::{Deprel, Token, Upos, Xpos};

use crate::{
    calendar_words::{Sense, sense},
    table::{Lower, Table},
};

/// Words that put dates in the future. True if they do so even in the past tense: *planned a march on Saturday*.
static AHEAD: LazyLock<Table<bool>> = LazyLock::new(|| {
    Table::read(include_str!("../../data/en/calendar/ahead.tsv"), |columns| columns[1] == "always")
});

/// Verbs whose present tense reports arrangements.
static ARRANGED: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../data/en/calendar/arranged.tsv"), |_| ()));

/// Direction of a date from the publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Behind,
    Ahead,
    /// The clause is in the present tense.
    Near,
    Unknown,
}

impl Direction {
    /// Name in an explanation.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
            Self::Near => "near",
            Self::Unknown => "unknown",
        }
    }
}

/// Maximum number of heads to climb.
const CLIMB: usize = 12;

/// Returns the direction given by the verb that governs a token.
pub(super) fn of(token: Token<'_>) -> Direction {
    let token = head_of_expression(token);
    let before = token.previous();
    if before.is_some_and(|before| Lower::of(before.text()).as_str() == "since") {
        return Direction::Behind;
    }
    // "is due in March": the adjective governs the preposition as much as the verb does.
    let leads = before
        .and_then(Token::previous)
        .is_some_and(|leads| leads.xpos() == Xpos::JJ && is_ahead_word(leads));
    if leads {
        return Direction::Ahead;
    }
    // "a June agreement", "the Oct. 23 slaying": the date identifies, it does not say when the clause happens.
    let names = token.deprel() == Deprel::Compound
        && token.head().is_some_and(|head| head.upos() == Upos::Noun && !is_ahead_word(head));
    if names {
        return Direction::Unknown;
    }
    let direction = verb_direction(token);
    // "by Friday", "until June" look ahead unless the clause is in the past.
    if direction != Direction::Behind && before.is_some_and(is_ahead_word) {
        return Direction::Ahead;
    }
    direction
}

/// Returns true if a length depends on a present-tense verb that reports an arrangement: *begins in two weeks*.
pub(super) fn is_arranged(token: Token<'_>) -> bool {
    token.ancestors().take(2).any(|verb| {
        matches!(verb.xpos(), Xpos::VBZ | Xpos::VBP)
            && ARRANGED.has(Lower::of(verb.text()).as_str())
    })
}

/// Returns the head of the whole expression. In *Tuesday morning*, *Tuesday* depends on *morning*, which depends on the clause.
fn head_of_expression(token: Token<'_>) -> Token<'_> {
    let is_calendar = |token: &Token<'_>| {
        match sense(&Lower::of(token.text())) {
            Sense::Part(_) | Sense::Weekday(_) | Sense::Unit(_) => true,
            // "may march on Friday" is not a month.
            Sense::Month(_) => token.text().starts_with(|c: char| c.is_ascii_uppercase()),
            _ => false,
        }
    };
    token.ancestors().take(3).take_while(is_calendar).last().unwrap_or(token)
}

fn verb_direction(token: Token<'_>) -> Direction {
    let until = token.children().any(is_until) || token.previous().is_some_and(is_until);
    for (steps, head) in token.ancestors().take(CLIMB).enumerate() {
        // "postponed until Tuesday" looks ahead, "postponed the vote on Tuesday" back.
        if let Some(always) = AHEAD.get(Lower::of(head.text()).as_str())
            && (always || head.xpos() != Xpos::VBD || has_be(head) || until)
        {
            return Direction::Ahead;
        }
        match head.upos() {
            Upos::Verb | Upos::Aux => {
                let direction = tense(head);
                // "The two meet Monday": the present tense with a day reports an arrangement.
                if direction == Direction::Near && steps == 0 && head.upos() == Upos::Verb {
                    return Direction::Ahead;
                }
                if direction != Direction::Unknown {
                    return direction;
                }
            }
            _ => {
                // A nominal predicate: the copula and auxiliaries carry the tense.
                if head.child(Deprel::Cop).is_some() || head.children().any(is_auxiliary) {
                    let direction = tense(head);
                    if direction != Direction::Unknown {
                        return direction;
                    }
                }
            }
        }
    }
    Direction::Unknown
}

/// Returns the direction of a verb's tense, including its auxiliaries.
fn tense(verb: Token<'_>) -> Direction {
    let mut past = false;
    let mut present = false;
    for child in verb.children() {
        if child.xpos() == Xpos::TO && child.deprel() == Deprel::Mark {
            // "raised its offer to buy the firm Friday": the verb above carries the tense.
            let bound = matches!(verb.deprel(), Deprel::Acl | Deprel::Advcl);
            return if bound { Direction::Unknown } else { Direction::Ahead };
        }
        if is_auxiliary(child) {
            match child.xpos() {
                Xpos::MD => {
                    return Direction::Ahead;
                }
                Xpos::VBD => past = true,
                // "has met": a completed action.
                Xpos::VBZ | Xpos::VBP if verb.xpos() == Xpos::VBN => {
                    if is_have(child) {
                        past = true;
                    } else {
                        present = true;
                    }
                }
                Xpos::VBZ | Xpos::VBP => present = true,
                _ => {}
            }
        }
    }
    if past {
        return Direction::Behind;
    }
    match verb.xpos() {
        Xpos::VBD => Direction::Behind,
        Xpos::VBN if !present => Direction::Behind,
        Xpos::VBG if present => Direction::Ahead,
        Xpos::VBZ | Xpos::VBP => Direction::Near,
        _ if present => Direction::Near,
        _ => Direction::Unknown,
    }
}

fn is_until(token: Token<'_>) -> bool {
    matches!(Lower::of(token.text()).as_str(), "until" | "till")
}

fn is_auxiliary(token: Token<'_>) -> bool {
    matches!(token.deprel(), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
}

fn is_have(token: Token<'_>) -> bool {
    matches!(Lower::of(token.text()).as_str(), "has" | "have" | "'ve" | "had")
}

fn has_be(verb: Token<'_>) -> bool {
    verb.child(Deprel::AuxPass).is_some()
}

fn is_ahead_word(token: Token<'_>) -> bool {
    AHEAD.has(Lower::of(token.text()).as_str())
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn past_dates() {
        check("They expelled two envoys in December.", &[("December", "2020-12")]);
        check("The mayor said on Friday that talks had ended.", &[("Friday", "2021-05-07")]);
        check("He had met her in June.", &[("June", "2020-06")]);
        check("They have met since March.", &[("March", "2021-03")]);
    }

    #[test]
    fn future_dates() {
        check("The council will meet on Tuesday.", &[("Tuesday", "2021-05-11")]);
        check("He spoke of the trip scheduled in June.", &[("June", "2021-06")]);
        check("The two sides are to meet in April.", &[("April", "2022-04")]);
        check("There are plans for February.", &[("February", "2022-02")]);
        check("The rent is due in March.", &[("March", "2022-03")]);
        check("The summit was postponed until Thursday.", &[("Thursday", "2021-05-13")]);
        check("The two meet Monday.", &[("Monday", "2021-05-10")]);
    }
}
