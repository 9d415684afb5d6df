//! The comparison of two reports: points for what they share, and objections that no points outweigh.
//!
//! Points are given for parties, days, place, form, mode, trigger and words that two reports share. Some differences rule a
//! join out: other people of the same country, opposite roles, days that do not meet, a call against a meeting. A wrong join
//! does more harm than a missed one, so what the reports leave open earns little: when in doubt, reports stay separate.

use crate::{
    family::Form,
    sketch::{Party, Role, Sketch},
};

/// Maximum distance, in days, by which a plan may move and still be the same plan.
const MOVES: i32 = 45;

/// Horizon, in days, of an undated plan that names no people.
const GENERAL_HORIZON: i32 = 30;

/// Evidence that two reports are of the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// Score, in tenths of a point.
    pub score: i32,
    /// Things the reports share, in the order they were compared.
    pub reasons: Vec<Reason>,
}

dateline_data::labels! {
    /// Something that two reports share.
    pub enum Reason, one of "a reason to join two reports" {
        /// People.
        People = "people",
        /// Parties other than people.
        Parties = "parties",
        /// Countries of parties that are not otherwise the same.
        Countries = "countries",
        /// The day, given by both to within three days.
        Day = "day",
        /// A longer period, given by both.
        Period = "period",
        /// The time, as far as publication dates show it.
        Time = "time",
        /// A place smaller than a country.
        Place = "place",
        /// A call, or a meeting, in both.
        Form = "form",
        /// The lemma of the trigger.
        Trigger = "trigger",
        /// The PLOVER mode.
        Mode = "mode",
        /// Words of the sentences.
        Words = "words",
    }
}

/// Why two reports are not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Objection {
    /// The types belong to different families or, for an act without a type, the triggers differ.
    OtherAct,
    /// One is a call, the other a meeting.
    CallAgainstMeeting,
    /// Both name people of one country, and none is the same.
    OtherPeople,
    /// The source of one is the target of the other.
    OppositeRoles,
    /// Too few parties are the same.
    TooFewParties,
    /// The days do not meet.
    OtherDays,
    /// Both took place, in different cities.
    OtherCity,
    /// Nothing speaks against a join, but the score is below the threshold of the family.
    TooLittle {
        /// Score, in tenths of a point.
        score: i32,
    },
}

/// Compares two reports. The order of the two makes no difference.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::{Objection, Sketch, compare};
///
/// let call = Sketch::new(Some(PloverType::Consult), "phone", 18_794);
/// let meeting = Sketch::new(Some(PloverType::Consult), "meet", 18_794);
/// assert_eq!(compare(&call, &meeting), Err(Objection::CallAgainstMeeting));
/// ```
///
/// # Errors
///
/// An [`Objection`] if the reports are not to be joined.
pub fn compare(one: &Sketch, other: &Sketch) -> Result<Match, Objection> {
    let threshold = threshold(one, other)?;
    if one.form != Form::Open && other.form != Form::Open && one.form != other.form {
        return Err(Objection::CallAgainstMeeting);
    }
    let mut points = Points::default();
    let people = parties(one, other, &mut points)?;
    days(one, other, people, &mut points)?;
    places(one, other, &mut points)?;
    if one.form != Form::Open && one.form == other.form {
        points.add(60, Reason::Form);
    }
    if one.lemma == other.lemma {
        points.add(60, Reason::Trigger);
    }
    if one.mode != 0 && other.mode != 0 {
        if one.mode == other.mode { points.add(40, Reason::Mode) } else { points.score -= 80 }
    }
    let shared = shared_words(&one.words, &other.words);
    if shared > 0 {
        points.add(300 * shared / 100, Reason::Words);
    }
    if points.score < threshold {
        return Err(Objection::TooLittle { score: points.score });
    }
    Ok(Match { score: points.score, reasons: points.reasons })
}

/// The score that two reports need. Without a type, only the trigger says what the act is.
fn threshold(one: &Sketch, other: &Sketch) -> Result<i32, Objection> {
    let (family, theirs) = (one.family(), other.family());
    let is_same =
        if is_typed(one, other) { family.name == theirs.name } else { one.lemma == other.lemma };
    if is_same { Ok(family.threshold.min(theirs.threshold)) } else { Err(Objection::OtherAct) }
}

fn is_typed(one: &Sketch, other: &Sketch) -> bool {
    one.kind.is_some() && other.kind.is_some()
}

#[derive(Default)]
struct Points {
    score: i32,
    reasons: Vec<Reason>,
}

impl Points {
    fn add(&mut self, score: i32, reason: Reason) {
        self.score += score;
        self.reasons.push(reason);
    }
}

/// Adds points for parties, and returns the number of people that both reports name.
fn parties(one: &Sketch, other: &Sketch, points: &mut Points) -> Result<usize, Objection> {
    if names_other_people(one, other) || names_other_people(other, one) {
        return Err(Objection::OtherPeople);
    }
    let mut blocks: Vec<u32> = Vec::new();
    let (mut people, mut same, mut general) = (0, 0, 0);
    for party in &one.parties {
        let best = other
            .parties
            .iter()
            .filter_map(|it| Some((common(party, it)?, it)))
            .max_by_key(|it| it.0);
        let Some((common, with)) = best else { continue };
        if are_opposite(party.role, with.role) {
            return Err(Objection::OppositeRoles);
        }
        match common {
            Common::Person => people += 1,
            Common::Actor => same += 1,
            Common::Country => general += 1,
        }
        let block = if common == Common::Country { party.block } else { party.own };
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    let needed = if one.parties.len() > 1 && other.parties.len() > 1 { 2 } else { 1 };
    // An alliance has one meeting at a time, whichever of its guests are named.
    let is_one_summit = one.form == other.form
        && one.form != Form::Open
        && one.window.is_some()
        && other.window.is_some()
        && one.bodies().any(|body| other.bodies().any(|it| it.block == body.block));
    // For an act without a type, the actors beside it may not be its parties.
    let may_lack_parties = is_one_summit || !is_typed(one, other);
    if blocks.len() < needed && !may_lack_parties {
        return Err(Objection::TooFewParties);
    }
    // A shared party is not enough if one report names two and the other one: nothing tells whether the acts are the same.
    if needed == 1 && one.parties.len() != other.parties.len() && !may_lack_parties {
        return Err(Objection::TooFewParties);
    }
    for (points_each, n, reason) in [
        (150, people, Reason::People),
        (80, same, Reason::Parties),
        (40, general, Reason::Countries),
    ] {
        if n > 0 {
            points.add(points_each * up_to_four(n), reason);
        }
    }
    points.score -= 60 * up_to_four(strangers(one, other).min(strangers(other, one)));
    Ok(people)
}

/// Number of parties of a report whose country the other does not name at all.
fn strangers(of: &Sketch, to: &Sketch) -> usize {
    let is_known = |party: &&Party| to.parties.iter().any(|it| it.block == party.block);
    of.parties.iter().filter(|party| !is_known(party)).count()
}

fn up_to_four(n: usize) -> i32 {
    i32::try_from(n.min(4)).expect("at most four")
}

/// Degree to which two parties are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Common {
    Country,
    Actor,
    Person,
}

fn common(one: &Party, other: &Party) -> Option<Common> {
    if one.own == other.own {
        return Some(if one.surname == 0 { Common::Actor } else { Common::Person });
    }
    if one.block != other.block {
        return None;
    }
    if one.surname != 0 && one.surname == other.surname {
        return Some(Common::Person);
    }
    // *Biden* may stand for *the United States*, but one ministry not for another.
    (one.is_general || other.is_general || one.surname == 0 || other.surname == 0)
        .then_some(Common::Country)
}

/// Returns true if both name people of one country, and none of them is the same.
fn names_other_people(one: &Sketch, other: &Sketch) -> bool {
    one.people().any(|person| {
        let compatriots = |sketch: &Sketch| -> Vec<u16> {
            let of_country = sketch.people().filter(|it| it.block == person.block);
            of_country.map(|it| it.surname).collect()
        };
        let (own, theirs) = (compatriots(one), compatriots(other));
        !theirs.is_empty() && !own.iter().any(|surname| theirs.contains(surname))
    })
}

fn are_opposite(one: Role, other: Role) -> bool {
    matches!((one, other), (Role::Source, Role::Target) | (Role::Target, Role::Source))
}

/// Adds points for days.
fn days(one: &Sketch, other: &Sketch, people: usize, points: &mut Points) -> Result<(), Objection> {
    let planned = match (one.is_plan, other.is_plan) {
        (true, false) => Some((one, other)),
        (false, true) => Some((other, one)),
        _ => None,
    };
    if let Some((plan, fact)) = planned {
        // An event that was over before it was planned is another one. A day's grace, because papers print late.
        let (_, over) = fact.days();
        if over + 1 < plan.published {
            return Err(Objection::OtherDays);
        }
    }
    let (mut first, mut second) = (one.days(), other.days());
    // With no people named, an undated plan soon is another plan.
    if people == 0 {
        for (sketch, days) in [(one, &mut first), (other, &mut second)] {
            if sketch.is_plan && sketch.window.is_none() {
                days.1 = days.1.min(sketch.published + GENERAL_HORIZON);
            }
        }
    }
    let gap = first.0.max(second.0) - first.1.min(second.1) + 1;
    let both_told = one.window.is_some() && other.window.is_some();
    if gap <= 0 {
        let (score, reason) = match (both_told, one.is_precise() && other.is_precise()) {
            (true, true) => (200, Reason::Day),
            (true, false) => (100, Reason::Period),
            (false, _) => (50, Reason::Time),
        };
        points.add(score, reason);
        return Ok(());
    }
    if !both_told {
        // Without dates, what counts is when the reports were printed, give or take a day.
        if gap > 1 {
            return Err(Objection::OtherDays);
        }
        points.add(30, Reason::Time);
        return Ok(());
    }
    // A plan may move; a fact may not.
    let same_plan = people >= 2 || one.lemma == other.lemma && one.form == other.form;
    if (one.is_plan || other.is_plan) && gap <= MOVES && same_plan {
        points.score -= 60;
        return Ok(());
    }
    Err(Objection::OtherDays)
}

/// Adds points for places.
fn places(one: &Sketch, other: &Sketch, points: &mut Points) -> Result<(), Objection> {
    let cities = |sketch: &Sketch| -> Vec<u32> {
        sketch.places.iter().filter(|place| !place.is_country).map(|place| place.own).collect()
    };
    let (here, there) = (cities(one), cities(other));
    if here.iter().any(|city| there.contains(city)) {
        points.add(80, Reason::Place);
    } else if !here.is_empty() && !there.is_empty() {
        if !one.is_plan && !other.is_plan {
            return Err(Objection::OtherCity);
        }
        points.score -= 100;
    }
    Ok(())
}

/// Percentage of words that two lists have in common, estimated from their smallest hashes.
fn shared_words(one: &[u16], other: &[u16]) -> i32 {
    let k = one.len().min(other.len());
    if k == 0 {
        return 0;
    }
    let mut union: Vec<u16> = one.iter().chain(other).copied().collect();
    union.sort_unstable();
    union.dedup();
    union.truncate(k);
    let shared = union.iter().filter(|word| one.contains(word) && other.contains(word)).count();
    i32::try_from(100 * shared / union.len()).expect("a percentage")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::tests::meeting;

    #[test]
    fn a_proposal_and_the_meeting_weeks_later_are_one() {
        let mut held = meeting(60, false);
        held.window = Some((60, 61));
        let found = compare(&meeting(0, true), &held).expect("exactly one is named");
        assert!(found.reasons.contains(&Reason::People), "{found:?}");
    }

    #[test]
    fn other_people_of_the_same_countries_hold_another_meeting() {
        let ministers = {
            let mut sketch = meeting(60, false);
            sketch.parties[0].own += 1;
            sketch.parties[0].surname += 1;
            sketch
        };
        assert_eq!(compare(&meeting(0, true), &ministers), Err(Objection::OtherPeople));
        assert_eq!(compare(&meeting(60, false), &ministers), Err(Objection::OtherPeople));
    }

    #[test]
    fn a_call_is_not_the_meeting_it_proposes() {
        let mut call = meeting(0, false);
        call.form = Form::Call;
        assert_eq!(compare(&call, &meeting(0, true)), Err(Objection::CallAgainstMeeting));
    }

    #[test]
    fn facts_of_two_days_are_two_and_plans_may_move() {
        let on = |is_plan, day| {
            let mut sketch = meeting(0, is_plan);
            sketch.window = Some((day, day + 1));
            sketch
        };
        assert_eq!(compare(&on(false, -1), &on(false, -4)), Err(Objection::OtherDays));
        assert!(compare(&on(true, 10), &on(true, 11)).is_ok());
        assert_eq!(compare(&on(true, 10), &on(true, 100)), Err(Objection::OtherDays));
    }

    #[test]
    fn an_act_and_the_answer_to_it_are_two() {
        let act = |first, second| {
            let mut sketch = meeting(0, false);
            sketch.parties[0].role = first;
            sketch.parties[1].role = second;
            sketch
        };
        let answer = act(Role::Target, Role::Source);
        let first = act(Role::Source, Role::Target);
        assert_eq!(compare(&first, &answer), Err(Objection::OppositeRoles));
        assert!(compare(&answer, &answer).is_ok());
    }

    #[test]
    fn acts_without_a_type_need_the_same_trigger() {
        let quake = |lemma: &str| Sketch {
            kind: None,
            lemma: crate::name::long_hash(lemma),
            ..meeting(0, false)
        };
        assert_eq!(compare(&quake("quake"), &quake("tremor")), Err(Objection::OtherAct));
        assert!(compare(&quake("quake"), &quake("quake")).is_ok());
    }

    #[test]
    fn the_score_is_the_same_both_ways() {
        let mut other = meeting(3, true);
        other.window = Some((9, 10));
        other.parties.pop();
        let country = meeting(0, true).parties[1];
        other.parties.push(Party { own: 5, is_general: true, surname: 0, ..country });
        let one = meeting(0, true);
        assert_eq!(
            compare(&one, &other).map(|it| it.score),
            compare(&other, &one).map(|it| it.score)
        );
    }
}
