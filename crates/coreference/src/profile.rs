//! What the reports of one event establish together.
//!
//! Reports joined pair by pair form a chain, and a chain may lead from one event to another. So a report must also agree with
//! everything already known about its event.

use crate::{family::Form, sketch::Sketch};

/// The facts that the reports of one event have established so far.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::{Profile, Sketch};
///
/// let mut profile = Profile::default();
/// profile.add(&Sketch::new(Some(PloverType::Consult), "phone", 18_794));
/// assert!(profile.excludes(&Sketch::new(Some(PloverType::Consult), "meet", 18_794)));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// People named, each with the hash of their country.
    people: Vec<(u32, u16)>,
    /// The days it took place on, once known to within three days.
    took_place: Option<(i32, i32)>,
    form: Form,
}

impl Profile {
    /// Adds what a report of the event says.
    pub fn add(&mut self, sketch: &Sketch) {
        for person in sketch.people().map(|party| (party.block, party.surname)) {
            if !self.people.contains(&person) {
                self.people.push(person);
            }
        }
        if self.took_place.is_none() && !sketch.is_plan && sketch.is_precise() {
            self.took_place = sketch.window;
        }
        self.form = self.form.max(sketch.form);
    }

    /// Returns whether a report contradicts the profile: it names only other people of a country, another form, or another
    /// day.
    pub fn excludes(&self, sketch: &Sketch) -> bool {
        let is_another_form =
            self.form != Form::Open && sketch.form != Form::Open && self.form != sketch.form;
        self.has_other_people(sketch) || is_another_form || self.is_on_another_day(sketch)
    }

    fn has_other_people(&self, sketch: &Sketch) -> bool {
        sketch.people().any(|person| {
            let known = || self.people.iter().filter(|(block, _)| *block == person.block);
            let named = || sketch.people().filter(|party| party.block == person.block);
            known().next().is_some()
                && !known().any(|(_, surname)| named().any(|party| party.surname == *surname))
        })
    }

    fn is_on_another_day(&self, sketch: &Sketch) -> bool {
        let Some((from, to)) = self.took_place else { return false };
        let told = sketch.window.filter(|_| sketch.is_precise() || sketch.is_plan);
        let is_apart = told.is_some_and(|(start, end)| end <= from || to <= start);
        // A plan that is still ahead after the event is over is the next event.
        let is_next =
            sketch.is_plan && sketch.published > to && told.is_none_or(|(start, _)| start >= to);
        is_next || is_apart && !(sketch.is_plan && sketch.published <= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::tests::meeting;

    fn held_on(day: i32) -> Profile {
        let mut held = meeting(day, false);
        held.window = Some((day, day + 1));
        let mut profile = Profile::default();
        profile.add(&held);
        profile
    }

    #[test]
    fn a_plan_reported_after_the_event_is_the_next_event() {
        assert!(held_on(60).excludes(&meeting(70, true)));
        assert!(!held_on(60).excludes(&meeting(50, true)));
    }

    #[test]
    fn other_people_of_a_country_are_excluded_even_if_the_pair_matches() {
        let mut others = meeting(60, false);
        others.parties[1].surname += 1;
        assert!(held_on(60).excludes(&others));
    }
}
