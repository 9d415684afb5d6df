//! Coding of future, cancelled and negated events in formats that record only what took place, by PLOVER's rules.
//!
//! - occurred or ongoing: the event itself.
//! - proposed, expected, scheduled, postponed: the announcement. *They will meet* is AGREE, *they will leave* CONCEDE, *they will
//!   strike* THREATEN. Verbal events stay as they are.
//! - cancelled: a cancelled meeting is REJECT meet, as in the codebook; cancelled help is a refusal, and a cancelled hostile deed a
//!   concession. A cancelled verbal event is left out.
//! - hypothetical or negated: left out unless all events are requested, because neither an event nor an announcement took place.
//!
//! An announcement, refusal or concession takes place when it is made, not on the date it refers to.

use std::sync::LazyLock;

use dateline_core::{
    Event, Moment, Polarity, Status,
    codes::{Cameo, Mode, PloverType},
};
use dateline_data::rows;

use super::Report;

/// Type, mode and code that an event is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// PLOVER type.
    pub kind: PloverType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: Cameo,
    /// True if words about the event took place, not the event itself.
    pub is_words: bool,
}

impl Filed {
    /// PLOVER score of type and mode, from -10 to 10.
    pub fn score(self) -> f64 {
        let of_mode = self.kind.modes().find(|(mode, _)| Some(*mode) == self.mode);
        of_mode.map_or_else(|| self.kind.score(), |(_, score)| score)
    }

    /// Returns the date: that of the event, or of the statement that announces it, or else the publication date.
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

/// Reason a report has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// The event is negated.
    Negated,
    /// The event is hypothetical or conditional.
    Hypothetical,
    /// A verbal event was cancelled.
    CalledOff,
    /// Neither the event nor its document has a date.
    Undated,
    /// The format requires an actor, and the text does not name one.
    WithoutActor,
    /// The format requires two parties, and the text does not name them.
    WithoutPair,
    /// The event has more pairs than the maximum.
    BeyondPairs,
    /// The same pair already has a row for this code and day.
    Repeated,
}

impl LeftOut {
    /// Description for the user: *said not to be so*.
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

/// Codes an event for formats that record only what took place. With `all`, a negated event is coded as if it happened, and a
/// hypothetical one as if it were announced.
///
/// # Errors
///
/// The reason the event is left out.
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

/// A row of `filing.tsv`. In a key, a mode of `None` matches any mode without a row of its own.
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
    fn future_events_are_filed_as_announcements() {
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
