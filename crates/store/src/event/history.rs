//! The history of an event: its reports, in the order of publication dates, folded into the states the event went through.
//!
//! There are two axes of time. A state holds from the day it was *reported*, and says when the event *takes place*. It follows from
//! all reports of that day and before, except those that a correction had superseded by then.

use std::collections::BTreeSet;

use dateline_core::{Moment, Polarity, Standing, Status};
use dateline_coreference::day;
use jiff::civil::Date;

use crate::actor::Actor;

/// A report, as far as the history needs it.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) mention: i64,
    /// Day number of the publication date.
    pub(crate) day: i32,
    /// Day number of the publication date of the next version of the document.
    pub(crate) superseded: Option<i32>,
    /// Hash of the source. Articles of one publisher and copies share it.
    pub(crate) source: i64,
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    /// Time of the event by this report, half-open.
    pub(crate) window: Option<(Moment, Moment)>,
    /// Place, and whether it is only a country.
    pub(crate) place: Option<(Actor, bool)>,
    pub(crate) parties: Vec<Side>,
}

/// A party of the event by one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) actor: Actor,
    /// Hash of the country.
    pub(crate) block: u32,
    pub(crate) is_person: bool,
    pub(crate) is_general: bool,
    pub(crate) is_state: bool,
}

/// State of an event, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// Date the state was reported.
    pub(crate) day: Date,
    /// Status by all reports until then.
    pub(crate) status: Standing,
    /// Beginning of the event, if known.
    pub(crate) from: Option<Moment>,
    /// First moment after the event.
    pub(crate) to: Option<Moment>,
    /// Place.
    pub(crate) place: Option<Actor>,
    /// Participants.
    pub(crate) parties: Vec<Actor>,
    /// Day until which the event is on the agenda; `None` if it is not a plan.
    pub(crate) ahead: Option<Date>,
    /// Report that led to the state.
    pub(crate) mention: i64,
}

/// Folds reports, in the order of publication dates, into states. A plan without a date stays on the agenda for `horizon` days after
/// its last report.
pub(crate) fn fold(reports: &[Evidence], horizon: i32) -> Vec<State> {
    let days: BTreeSet<i32> =
        reports.iter().flat_map(|report| [Some(report.day), report.superseded]).flatten().collect();
    let mut states: Vec<State> = Vec::new();
    // Day of the last report known so far.
    let mut heard = i32::MIN;
    for day in days {
        let known: Vec<&Evidence> = reports
            .iter()
            .filter(|it| it.day <= day && it.superseded.is_none_or(|superseded| superseded > day))
            .collect();
        let Some(mut state) = known_state(&known, day) else { continue };
        let last = known.iter().map(|report| report.day).max().unwrap_or(day);
        let is_news = states.last().is_none_or(|before| {
            !same(before, &state)
                // A plan that had left the agenda and is reported again.
                || state.from.is_none() && before.ahead.is_some() && day > heard + horizon
        });
        heard = last;
        let until = state.to.map_or_else(|| day::date(last + horizon), end);
        state.ahead = is_plan(state.status).then_some(until).filter(|until| *until > state.day);
        if is_news {
            if let Some(before) = states.last_mut() {
                before.ahead = before.ahead.map(|ahead| ahead.min(state.day));
            }
            states.push(state);
        } else if let Some(present) = states.last_mut() {
            present.ahead = state.ahead.filter(|until| *until > present.day);
        }
    }
    states
}

/// Whether a status is that of a planned event.
pub(crate) fn is_plan(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Proposed | Standing::Expected | Standing::Scheduled | Standing::Postponed
    )
}

/// Returns the status as of a day: a plan whose date has passed without a report becomes unreported.
pub(crate) fn on(standing: Standing, to: Option<Moment>, day: Date) -> Standing {
    let is_over = to.is_some_and(|to| end(to) <= day);
    if is_over && is_plan(standing) { Standing::Unreported } else { standing }
}

/// Returns the first day after the event.
fn end(to: Moment) -> Date {
    match to {
        Moment::Day(date) => date,
        Moment::Minute(minute) if minute.time() == jiff::civil::Time::midnight() => minute.date(),
        Moment::Minute(minute) => minute.date().tomorrow().unwrap_or(Date::MAX),
    }
}

fn same(one: &State, other: &State) -> bool {
    (one.status, one.from, one.to, one.place) == (other.status, other.from, other.to, other.place)
        && one.parties == other.parties
}

/// Claim of a report about its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// The event is planned, with this status.
    Planned(Standing),
    /// The event is postponed or cancelled.
    Off(Standing),
    /// The event is under way.
    Ongoing,
    /// The event took place.
    TookPlace,
    /// The event did not take place.
    DidNot,
    /// The plan is denied: it is less firm than other reports say.
    NotSet,
}

fn claim(report: &Evidence) -> Claim {
    let is_ahead = report.window.is_some_and(|(from, _)| day::number(from.date()) > report.day);
    match (report.polarity, report.status) {
        (Polarity::Positive, Status::Occurred | Status::Ongoing) if is_ahead => {
            // Reported as a fact before its date: an announcement.
            Claim::Planned(Standing::Scheduled)
        }
        (Polarity::Positive, Status::Occurred) => Claim::TookPlace,
        (Polarity::Positive, Status::Ongoing) => Claim::Ongoing,
        (Polarity::Positive, Status::Scheduled) => Claim::Planned(Standing::Scheduled),
        (Polarity::Positive, Status::Expected) => Claim::Planned(Standing::Expected),
        (Polarity::Positive, Status::Proposed) => Claim::Planned(Standing::Proposed),
        (Polarity::Positive, Status::Hypothetical) => Claim::Planned(Standing::Hypothetical),
        (Polarity::Positive, Status::Postponed) => Claim::Off(Standing::Postponed),
        // *They will not meet* is a cancellation, too.
        (Polarity::Positive, Status::Cancelled) | (Polarity::Negative, Status::Expected) => {
            Claim::Off(Standing::Cancelled)
        }
        // *The meeting has not been called off*: the plan holds.
        (Polarity::Negative, Status::Postponed | Status::Cancelled) => {
            Claim::Planned(if report.window.is_some() {
                Standing::Scheduled
            } else {
                Standing::Expected
            })
        }
        (Polarity::Negative, Status::Occurred | Status::Ongoing) => Claim::DidNot,
        (Polarity::Negative, _) => Claim::NotSet,
    }
}

/// Firmness of a plan, higher for firmer ones.
fn rung(standing: Standing) -> u8 {
    match standing {
        Standing::Hypothetical => 0,
        Standing::Proposed => 1,
        Standing::Expected => 2,
        Standing::Scheduled => 3,
        _ => 4,
    }
}

/// State that is built while reports are read.
#[derive(Debug, Default)]
struct Fold {
    standing: Option<Standing>,
    /// Day of the report the status is from, and the sources that support it.
    since: i32,
    sources: Vec<i64>,
    denied: Vec<i64>,
    window: Option<(Moment, Moment)>,
    place: Option<(Actor, bool)>,
    /// Report that last changed something.
    mention: i64,
}

fn known_state(known: &[&Evidence], day: i32) -> Option<State> {
    let mut fold = Fold::default();
    for report in known {
        fold.take(report);
    }
    Some(State {
        day: day::date(day),
        status: fold.standing?,
        from: fold.window.map(|(from, _)| from),
        to: fold.window.map(|(_, to)| to),
        place: fold.place.map(|(place, _)| place),
        parties: parties(known),
        ahead: None,
        mention: fold.mention,
    })
}

impl Fold {
    fn take(&mut self, report: &Evidence) {
        let claim = claim(report);
        let before = (self.standing, self.window, self.place);
        let same_day = self.since == report.day;
        let independent = !self.sources.contains(&report.source);
        match (claim, self.standing) {
            (Claim::TookPlace, Some(Standing::Occurred)) => self.sources.push(report.source),
            (Claim::TookPlace, Some(Standing::Disputed)) if !self.denied.is_empty() => {}
            (Claim::TookPlace, _) => {
                let denied = same_day && self.denied.iter().any(|source| *source != report.source);
                self.stand(if denied { Standing::Disputed } else { Standing::Occurred }, report);
            }
            (Claim::DidNot, standing) => {
                self.denied.push(report.source);
                if matches!(standing, Some(Standing::Occurred | Standing::Ongoing)) && independent {
                    self.stand(Standing::Disputed, report);
                }
            }
            (_, Some(Standing::Occurred)) => {}
            (Claim::Ongoing, _) => self.stand(Standing::Ongoing, report),
            (Claim::Off(_), Some(Standing::Scheduled | Standing::Expected))
                if same_day && independent =>
            {
                self.stand(Standing::Disputed, report);
            }
            (Claim::Off(off), _) => self.stand(off, report),
            (Claim::Planned(plan), Some(Standing::Cancelled | Standing::Postponed)) => {
                if rung(plan) >= rung(Standing::Expected) {
                    let contradicts = same_day && independent;
                    self.stand(if contradicts { Standing::Disputed } else { plan }, report);
                }
            }
            (Claim::Planned(plan), Some(Standing::Disputed))
                if self.denied.is_empty() && !same_day =>
            {
                self.stand(plan, report);
            }
            (Claim::Planned(plan), present) => {
                if present.is_none_or(|present| rung(present) < rung(plan)) {
                    self.stand(plan, report);
                }
            }
            (Claim::NotSet, Some(Standing::Scheduled)) => {
                // No date is fixed, whatever earlier reports said.
                self.stand(Standing::Expected, report);
                self.window = None;
                self.place = None;
            }
            (Claim::NotSet, _) => {}
        }
        if matches!(claim, Claim::Planned(_) | Claim::TookPlace | Claim::Ongoing) {
            self.narrow(report, claim);
        }
        if before != (self.standing, self.window, self.place) {
            self.mention = report.mention;
        }
    }

    fn stand(&mut self, standing: Standing, report: &Evidence) {
        self.standing = Some(standing);
        self.since = report.day;
        self.sources = vec![report.source];
    }

    /// Takes date and place from a report that adds them, makes them more precise, or moves the event.
    fn narrow(&mut self, report: &Evidence, claim: Claim) {
        let is_fact = matches!(claim, Claim::TookPlace | Claim::Ongoing);
        let is_over = self.standing == Some(Standing::Occurred);
        // Only a report that agrees on the status may move the event; a proposal moves no date.
        let may_move = match claim {
            Claim::Planned(plan) => {
                !is_over && self.standing == Some(plan) && rung(plan) >= rung(Standing::Expected)
            }
            _ => self.sources.len() <= 1,
        };
        if let Some((from, to)) = report.window
            && (is_fact || !is_over)
        {
            let is_finer = self.window.is_some_and(|(known_from, known_to)| {
                known_from <= from && to <= known_to && (from, to) != (known_from, known_to)
            });
            let is_coarser = self
                .window
                .is_some_and(|(known_from, known_to)| from <= known_from && known_to <= to);
            if self.window.is_none() || is_finer || may_move && !is_coarser {
                self.window = Some((from, to));
            }
        }
        if let Some((place, is_country)) = report.place {
            let is_finer =
                self.place.is_some_and(|(_, known_country)| known_country && !is_country);
            if self.place.is_none() || is_finer || may_move && !is_country {
                self.place = Some((place, is_country));
            }
        }
    }
}

/// Returns the parties most reports agree on, in the order of their first mention. A country is left out if one of its people is
/// named, and a government if its country is.
fn parties(known: &[&Evidence]) -> Vec<Actor> {
    let mut counted: Vec<(Side, usize)> = Vec::new();
    for side in known.iter().flat_map(|report| &report.parties) {
        match counted.iter_mut().find(|(known, _)| known.actor == side.actor) {
            Some((_, count)) => *count += 1,
            None => counted.push((*side, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counted.retain(|(_, count)| count * 4 >= most);
    let is_told = |at: usize, side: &Side| {
        let of_block =
            || counted.iter().enumerate().filter(|(_, (other, _))| other.block == side.block);
        let by_person = of_block().any(|(_, (other, _))| other.is_person);
        let by_state = of_block().any(|(place, (other, _))| other.is_state && place < at);
        by_person && (side.is_general || side.is_state) || by_state && side.is_state
    };
    let kept = counted.iter().enumerate().filter(|(at, (side, _))| !is_told(*at, side));
    kept.map(|(_, (side, _))| side.actor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_day(day: i32, status: Status) -> Evidence {
        Evidence {
            mention: i64::from(day),
            day,
            superseded: None,
            source: i64::from(day),
            status,
            polarity: Polarity::Positive,
            window: None,
            place: None,
            parties: Vec::new(),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "a report's window is an option")]
    fn taking_place(day: i32) -> Option<(Moment, Moment)> {
        Some((day::date(day).into(), day::date(day + 1).into()))
    }

    fn standings(reports: &[Evidence]) -> Vec<(i32, Standing)> {
        let states = fold(reports, 180);
        states.iter().map(|state| (day::number(state.day), state.status)).collect()
    }

    #[test]
    fn a_plan_becomes_firmer_and_takes_place() {
        let reports = [
            on_day(0, Status::Proposed),
            on_day(5, Status::Expected),
            on_day(6, Status::Proposed),
            Evidence { window: taking_place(20), ..on_day(9, Status::Scheduled) },
            Evidence { window: taking_place(20), ..on_day(20, Status::Occurred) },
            on_day(21, Status::Expected),
        ];
        let expected = [
            (0, Standing::Proposed),
            (5, Standing::Expected),
            (9, Standing::Scheduled),
            (20, Standing::Occurred),
        ];
        assert_eq!(standings(&reports), expected);
        let states = fold(&reports, 180);
        assert_eq!(states[1].ahead, Some(day::date(9)));
        assert_eq!(states[2].ahead, Some(day::date(20)));
        assert_eq!(states[3].ahead, None);
    }

    #[test]
    fn a_false_report_lasts_until_it_is_denied() {
        let planned = |day| Evidence { window: taking_place(20), ..on_day(day, Status::Scheduled) };
        let reports = [planned(0), on_day(3, Status::Cancelled), planned(4)];
        let expected =
            [(0, Standing::Scheduled), (3, Standing::Cancelled), (4, Standing::Scheduled)];
        assert_eq!(standings(&reports), expected);
    }

    #[test]
    fn independent_sources_of_one_day_dispute_and_one_source_corrects_itself() {
        let denied = |source| Evidence {
            polarity: Polarity::Negative,
            source,
            ..on_day(3, Status::Occurred)
        };
        let happened = on_day(3, Status::Occurred);
        assert_eq!(standings(&[happened.clone(), denied(9)]), [(3, Standing::Disputed)]);
        assert_eq!(standings(&[happened, denied(3)]), [(3, Standing::Occurred)]);
    }

    #[test]
    fn a_corrected_date_goes_back_from_the_day_of_the_correction() {
        let wrong = Evidence {
            window: taking_place(15),
            superseded: Some(5),
            ..on_day(4, Status::Scheduled)
        };
        let right = |day| Evidence { window: taking_place(16), ..on_day(day, Status::Scheduled) };
        let states = fold(&[right(0), wrong, right(5)], 180);
        let days: Vec<_> =
            states.iter().map(|state| (day::number(state.day), state.from)).collect();
        let from = |day| Some(Moment::Day(day::date(day)));
        assert_eq!(days, [(0, from(16)), (4, from(15)), (5, from(16))]);
    }

    #[test]
    fn a_plan_whose_date_has_passed_without_a_report_is_unreported() {
        let state =
            &fold(&[Evidence { window: taking_place(20), ..on_day(0, Status::Scheduled) }], 180)[0];
        assert_eq!(on(state.status, state.to, day::date(20)), Standing::Scheduled);
        assert_eq!(on(state.status, state.to, day::date(21)), Standing::Unreported);
    }

    #[test]
    fn a_fact_reported_before_its_date_is_a_plan() {
        let reports = [Evidence { window: taking_place(20), ..on_day(0, Status::Occurred) }];
        assert_eq!(standings(&reports), [(0, Standing::Scheduled)]);
    }
}
