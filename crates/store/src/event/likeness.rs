//! How like two units are, in tenths, with the reasons; none where something tells them apart.
//!
//! Points are given for what two reports of one event share: parties, days, place, form, mode and words. Some things no points
//! make up for: other people of the same country, opposite roles, days that do not meet, a call and a meeting. A wrong merge is
//! worse than a missed one, so what is open counts little.

use crate::event::{
    family,
    sketch::{Party, Role, Sketch},
};

/// What speaks for two units being of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likeness {
    /// In tenths of a point.
    pub(crate) score: i32,
    pub(crate) reasons: Vec<&'static str>,
}

/// Days by which a plan may move and still be the same plan.
const MOVES: i32 = 45;
/// Days ahead at which a plan of countries, with nobody named and no date, still is one plan.
const GENERAL_HORIZON: i32 = 30;

/// How like two units of one family are; `None` where they cannot be of one event, or too little speaks for it.
pub(crate) fn of(one: &Sketch, other: &Sketch) -> Option<Likeness> {
    let family = family::of(one.kind);
    if family.name != family::of(other.kind).name {
        return None;
    }
    if one.form != 0 && other.form != 0 && one.form != other.form {
        return None;
    }
    let mut points = Points::default();
    let people = parties(one, other, &mut points)?;
    days(one, other, people, &mut points)?;
    places(one, other, &mut points)?;
    if one.form != 0 && one.form == other.form {
        points.add(60, "form");
    }
    if one.lemma == other.lemma {
        points.add(60, "trigger");
    }
    if one.mode != 0 && other.mode != 0 {
        if one.mode == other.mode { points.add(40, "mode") } else { points.score -= 80 }
    }
    let shared = shared_words(&one.words, &other.words);
    if shared > 0 {
        points.add(300 * shared / 100, "words");
    }
    (points.score >= family.threshold)
        .then_some(Likeness { score: points.score, reasons: points.reasons })
}

#[derive(Default)]
struct Points {
    score: i32,
    reasons: Vec<&'static str>,
}

impl Points {
    fn add(&mut self, score: i32, reason: &'static str) {
        self.score += score;
        self.reasons.push(reason);
    }
}

/// Points for parties, and how many people the two share; `None` where the parties tell them apart.
fn parties(one: &Sketch, other: &Sketch, points: &mut Points) -> Option<usize> {
    if have_other_people(one, other) || have_other_people(other, one) {
        return None;
    }
    let mut blocks: Vec<u32> = Vec::new();
    let (mut people, mut same, mut general) = (0, 0, 0);
    for party in &one.parties {
        let best = other
            .parties
            .iter()
            .filter_map(|it| Some((alike(party, it)?, it)))
            .max_by_key(|it| it.0);
        let Some((alike, with)) = best else { continue };
        if opposite(party.role, with.role) {
            return None;
        }
        match alike {
            Alike::SamePerson => people += 1,
            Alike::Same => same += 1,
            Alike::SameCountry => general += 1,
        }
        let block = if alike == Alike::SameCountry { party.block } else { party.own };
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    let needed = if one.parties.len() > 1 && other.parties.len() > 1 { 2 } else { 1 };
    // An alliance meets once at a time, whoever of its guests is named.
    let is_one_summit = one.form == other.form
        && one.form != 0
        && one.window.is_some()
        && other.window.is_some()
        && one.bodies().any(|body| other.bodies().any(|it| it.block == body.block));
    if blocks.len() < needed && !is_one_summit {
        return None;
    }
    // A single party makes no act: where one report knows of two and the other of one, nobody can tell.
    if needed == 1 && one.parties.len() != other.parties.len() && !is_one_summit {
        return None;
    }
    let (people_points, same_points, general_points) =
        (150 * points_of(people), 80 * points_of(same), 40 * points_of(general));
    if people > 0 {
        points.add(people_points, "people");
    }
    if same > 0 {
        points.add(same_points, "parties");
    }
    if general > 0 {
        points.add(general_points, "countries");
    }
    let strangers = |of: &Sketch, to: &Sketch| {
        of.parties
            .iter()
            .filter(|party| !to.parties.iter().any(|it| it.block == party.block))
            .count()
    };
    points.score -= 60 * points_of(strangers(one, other).min(strangers(other, one)));
    Some(people)
}

fn points_of(n: usize) -> i32 {
    i32::try_from(n.min(4)).expect("four at most")
}

/// How two parties are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    SameCountry,
    Same,
    SamePerson,
}

fn alike(one: &Party, other: &Party) -> Option<Alike> {
    if one.own == other.own {
        return Some(if one.surname == 0 { Alike::Same } else { Alike::SamePerson });
    }
    if one.block != other.block {
        return None;
    }
    if one.surname != 0 && one.surname == other.surname {
        return Some(Alike::SamePerson);
    }
    // *Biden* for *the United States*; but not one ministry for another.
    (one.is_general || other.is_general || one.surname == 0 || other.surname == 0)
        .then_some(Alike::SameCountry)
}

/// Whether both name people of one country, and none of them is the same.
fn have_other_people(one: &Sketch, other: &Sketch) -> bool {
    one.parties.iter().filter(|party| party.surname != 0).any(|party| {
        let compatriots = |sketch: &Sketch| -> Vec<u16> {
            let of = sketch.parties.iter().filter(|it| it.surname != 0 && it.block == party.block);
            of.map(|it| it.surname).collect()
        };
        let (own, theirs) = (compatriots(one), compatriots(other));
        !theirs.is_empty() && !own.iter().any(|surname| theirs.contains(surname))
    })
}

fn opposite(one: Role, other: Role) -> bool {
    matches!((one, other), (Role::Source, Role::Target) | (Role::Target, Role::Source))
}

/// Points for days; `None` where they tell the two apart.
fn days(one: &Sketch, other: &Sketch, people: usize, points: &mut Points) -> Option<()> {
    let (plan, fact) = match (one.is_plan, other.is_plan) {
        (true, false) => (Some(one), Some(other)),
        (false, true) => (Some(other), Some(one)),
        _ => (None, None),
    };
    if let (Some(plan), Some(fact)) = (plan, fact) {
        // What took place before it was planned is something else. A day's grace: papers print late.
        let (_, over) = fact.days();
        if over + 1 < plan.published {
            return None;
        }
    }
    let (mut first, mut second) = (one.days(), other.days());
    // With nobody named, a plan without a date soon is another plan.
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
            (true, true) => (200, "day"),
            (true, false) => (100, "period"),
            (false, _) => (50, "time"),
        };
        points.add(score, reason);
        return Some(());
    }
    if !both_told {
        // Two reports that tell no date are compared by when they were printed, give or take a day.
        return (gap <= 1).then(|| points.add(30, "time"));
    }
    // A plan may move; a fact may not.
    let same_plan = people >= 2 || one.lemma == other.lemma && one.form == other.form;
    let may_move = (one.is_plan || other.is_plan) && gap <= MOVES && same_plan;
    may_move.then(|| points.score -= 60)
}

/// Points for places; `None` where two cities tell the two apart.
fn places(one: &Sketch, other: &Sketch, points: &mut Points) -> Option<()> {
    let cities = |sketch: &Sketch| -> Vec<u32> {
        sketch.places.iter().filter(|place| !place.is_country).map(|place| place.own).collect()
    };
    let (here, there) = (cities(one), cities(other));
    if here.iter().any(|city| there.contains(city)) {
        points.add(80, "place");
    } else if !here.is_empty() && !there.is_empty() {
        if !one.is_plan && !other.is_plan {
            return None;
        }
        points.score -= 100;
    }
    Some(())
}

/// The share of words two lists have in common, in percent, as far as their smallest hashes tell.
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
    use crate::event::sketch::tests::meeting;

    #[test]
    fn a_proposal_and_the_meeting_weeks_later_are_one() {
        let mut held = meeting(60, false);
        held.window = Some((60, 61));
        let likeness = of(&meeting(0, true), &held).unwrap();
        assert!(likeness.reasons.contains(&"people"), "{likeness:?}");
    }

    #[test]
    fn other_people_of_the_same_countries_meet_another_time() {
        let ministers = {
            let mut sketch = meeting(60, false);
            sketch.parties[0].own += 1;
            sketch.parties[0].surname += 1;
            sketch
        };
        assert_eq!(of(&meeting(0, true), &ministers), None);
        assert_eq!(of(&meeting(60, false), &ministers), None);
    }

    #[test]
    fn a_call_is_not_the_meeting_it_proposes() {
        let mut call = meeting(0, false);
        call.form = 1;
        assert_eq!(of(&call, &meeting(0, true)), None);
    }

    #[test]
    fn facts_of_two_days_are_two_and_plans_may_move() {
        let on = |is_plan, day| {
            let mut sketch = meeting(0, is_plan);
            sketch.window = Some((day, day + 1));
            sketch
        };
        assert_eq!(of(&on(false, -1), &on(false, -4)), None);
        assert!(of(&on(true, 10), &on(true, 11)).is_some());
        assert_eq!(of(&on(true, 10), &on(true, 100)), None);
    }

    #[test]
    fn who_did_it_and_to_whom_tell_acts_apart() {
        let act = |first, second| {
            let mut sketch = meeting(0, false);
            sketch.parties[0].role = first;
            sketch.parties[1].role = second;
            sketch
        };
        let answer = act(Role::Target, Role::Source);
        assert_eq!(of(&act(Role::Source, Role::Target), &answer), None);
        assert!(of(&answer, &answer).is_some());
    }

    #[test]
    fn likeness_is_the_same_both_ways() {
        let mut other = meeting(3, true);
        other.window = Some((9, 10));
        other.parties.pop();
        other.parties.push(Party {
            own: 5,
            is_general: true,
            surname: 0,
            ..meeting(0, true).parties[1]
        });
        let one = meeting(0, true);
        assert_eq!(of(&one, &other).map(|it| it.score), of(&other, &one).map(|it| it.score));
    }
}
