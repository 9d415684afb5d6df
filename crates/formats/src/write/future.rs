//! What an act is filed as in formats that say an act took place: PLOVER's rule by type and status.
//!
//! - done or under way: the act itself.
//! - proposed, expected, scheduled, postponed: the announcement. *They will meet* is AGREE, *they will leave* CONCEDE, *they will
//!   strike* THREATEN. What was put off is still to come, so it is filed the same way. Verbal acts stay what they are.
//! - cancelled: a meeting called off is REJECT meet, as the codebook has it; help called off is a refusal, and a hostile deed
//!   called off a concession. A verbal act called off is no act.
//! - hypothetical, or said not to be so: left out, unless everything is asked for; neither an act nor an announcement took place.
//!
//! An announcement, a refusal or a concession takes place when it is made, not on the day it speaks of.

use std::sync::LazyLock;

use dateline_core::{
    Event, Moment, Polarity, Status,
    codes::{Cameo, Mode, PloverType},
};
use dateline_data::rows;

use super::Report;

/// What an act is filed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// The PLOVER type.
    pub kind: PloverType,
    /// The PLOVER mode.
    pub mode: Option<Mode>,
    /// The CAMEO code.
    pub cameo: Cameo,
    /// Whether what took place are words about the act, and not the act.
    pub is_words: bool,
}

impl Filed {
    /// The PLOVER score of type and mode, -10 to 10.
    pub fn score(self) -> f64 {
        let of_mode = self.kind.modes().find(|(mode, _)| Some(*mode) == self.mode);
        of_mode.map_or_else(|| self.kind.score(), |(_, score)| score)
    }

    /// When that took place: the day of the act, or of the statement that vouches for the announcement; else that of
    /// publication.
    pub(super) fn moment(self, report: &Report<'_>) -> Option<Moment> {
        let record = report.article.record();
        let date = if self.is_words {
            let statement = report.event.attribution.first();
            statement.and_then(|id| record.statements.get(id.index())?.date)
        } else {
            report.event.date
        };
        date.map(|date| date.interval.from()).or(record.document.published)
    }
}

/// Why a report has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// The text says it is not so.
    Negated,
    /// The text says it may be, or under which condition.
    Hypothetical,
    /// A verbal act that was called off.
    CalledOff,
    /// Neither the act nor its document has a date.
    Undated,
    /// The format asks for who did it, and the text does not tell.
    WithoutActor,
    /// The format asks for two parties, and the text does not tell them.
    WithoutPair,
    /// One of more pairs than a row each is written of.
    BeyondPairs,
    /// The same act between the same two has a row of that day.
    Repeated,
}

impl LeftOut {
    /// For people: *said not to be so*.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Negated => "said not to be so",
            Self::Hypothetical => "hypothetical",
            Self::CalledOff => "words that were called off",
            Self::Undated => "without a date",
            Self::WithoutActor => "without an actor",
            Self::WithoutPair => "without two parties",
            Self::BeyondPairs => "beyond the first hundred pairs of an act",
            Self::Repeated => "told before of the same day",
        }
    }
}

/// What an act is filed as, or why it is not. With `all`, what is said not to be so is filed as if it were, and what is
/// hypothetical as if it were announced.
///
/// # Errors
///
/// Why the act has no place in formats that say what took place.
pub fn filed(event: &Event, all: bool) -> Result<Filed, LeftOut> {
    let cameo = event.cameo.unwrap_or_else(|| Cameo::general(event.kind));
    let itself = Filed { kind: event.kind, mode: event.mode, cameo, is_words: false };
    match event.status {
        _ if event.polarity == Polarity::Negative && !all => Err(LeftOut::Negated),
        Status::Hypothetical if !all => Err(LeftOut::Hypothetical),
        Status::Occurred | Status::Ongoing => Ok(itself),
        Status::Proposed
        | Status::Expected
        | Status::Scheduled
        | Status::Postponed
        | Status::Hypothetical => Ok(looked_up("announced", event).unwrap_or(itself)),
        Status::Cancelled => {
            looked_up("cancelled", event).or(all.then_some(itself)).ok_or(LeftOut::CalledOff)
        }
    }
}

/// A row of `filing.tsv`; a mode of `None` in a key is any other.
struct Rule {
    case: &'static str,
    kind: PloverType,
    mode: Option<Mode>,
    filed: Filed,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    rows(include_str!("../../data/filing.tsv"))
        .map(|row| row.columns().and_then(read).expect("a test reads the table"))
        .collect()
});

fn read([case, kind, mode, as_kind, as_mode, cameo, _source]: [&'static str; 7]) -> Option<Rule> {
    let mode_of = |cell: &str| if cell == "-" { Some(None) } else { cell.parse().ok().map(Some) };
    let filed = Filed {
        kind: as_kind.parse().ok()?,
        mode: mode_of(as_mode)?,
        cameo: cameo.parse().ok()?,
        is_words: true,
    };
    Some(Rule { case, kind: kind.parse().ok()?, mode: mode_of(mode)?, filed })
}

fn looked_up(case: &str, event: &Event) -> Option<Filed> {
    let mut rules = RULES.iter().filter(|rule| rule.case == case && rule.kind == event.kind);
    let any = rules.clone().find(|rule| rule.mode.is_none());
    rules.find(|rule| rule.mode.is_some() && rule.mode == event.mode).or(any).map(|rule| rule.filed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::article::tests::record;

    fn check(
        kind: &str,
        mode: Option<&str>,
        status: Status,
        expected: Result<(&str, Option<&str>, &str), LeftOut>,
    ) {
        let record = record("date: 2021-05-08\n\nFrance expelled two Russian diplomats.\n");
        let mut event = record.events[0].clone();
        event.kind = kind.parse().unwrap();
        event.mode = mode.map(|mode| mode.parse().unwrap());
        event.cameo = None;
        event.status = status;
        let filed = filed(&event, false);
        let got = filed
            .as_ref()
            .map(|filed| (filed.kind.as_str(), filed.mode.map(Mode::as_str), filed.cameo.as_str()));
        assert_eq!(got, expected.as_ref().map(|it| *it), "{kind} {mode:?} {status}");
    }

    #[test]
    fn what_is_to_come_is_filed_as_words() {
        check("CONSULT", None, Status::Occurred, Ok(("CONSULT", None, "040")));
        check("CONSULT", None, Status::Proposed, Ok(("AGREE", None, "036")));
        check("CONSULT", Some("visit"), Status::Postponed, Ok(("AGREE", None, "036")));
        check("CONSULT", None, Status::Cancelled, Ok(("REJECT", Some("meet"), "125")));
        check("RETREAT", Some("withdraw"), Status::Expected, Ok(("CONCEDE", None, "0356")));
        check("SANCTION", Some("expel"), Status::Scheduled, Ok(("THREATEN", Some("expel"), "136")));
        check("PROTEST", Some("strike"), Status::Cancelled, Ok(("CONCEDE", None, "082")));
        check("ACCUSE", None, Status::Expected, Ok(("ACCUSE", None, "110")));
        check("ACCUSE", None, Status::Cancelled, Err(LeftOut::CalledOff));
        check("AID", None, Status::Hypothetical, Err(LeftOut::Hypothetical));
    }

    #[test]
    fn rules_agree_with_plover() {
        for kind in PloverType::ALL {
            let rule = RULES.iter().find(|rule| rule.case == "announced" && rule.kind == *kind);
            assert_eq!(rule.map_or(*kind, |rule| rule.filed.kind), kind.announced(), "{kind}");
        }
        for Rule { kind, mode, filed, .. } in RULES.iter() {
            let has = |kind: PloverType, mode: Option<Mode>| {
                mode.is_none_or(|mode| kind.modes().any(|(one, _)| one == mode))
            };
            assert!(has(*kind, *mode) && has(filed.kind, filed.mode), "{kind} {mode:?}");
        }
    }
}
