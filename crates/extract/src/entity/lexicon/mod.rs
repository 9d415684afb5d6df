//! What the world calls its actors and places: countries, cities, bodies, roles, leaders and given names.
//!
//! The tables are sorted text in `data/lexicon`; the build script compiles them, and they are read where they lie. Names
//! are matched as written, roles in lowercase and singular.

mod compiled;
mod gazetteer;
mod leader;
mod name;
mod phrase;
mod role;

use std::borrow::Cow;

use dateline_core::codes::Sector;

pub(super) use gazetteer::{City, Region, cities, regions};
pub(super) use leader::{Leader, country_of_head, head, leaders, office};
pub(super) use name::{Named, Sense, name_at};
pub(crate) use role::Gender;
pub(super) use role::{Role, Usage};

use self::{
    compiled::{GIVEN_NAMES, PLACE_VERBS},
    phrase::{LONGEST, longest, lowercase, match_length, singular_of},
};
use super::Own;
use crate::actors::Actors;

/// All tables of the layer.
#[derive(Debug)]
pub(crate) struct Lexicon {
    roles: Vec<Role>,
    /// What the user knows better.
    own: Own,
}

fn sectors(list: &str) -> impl Iterator<Item = Sector> {
    list.split(' ').filter_map(|code| code.parse().ok())
}

impl Lexicon {
    /// The compiled-in tables.
    pub(crate) fn new() -> Self {
        Self { roles: Role::all().collect(), own: Own::default() }
    }

    /// Asks the user's list first, from now on.
    pub(crate) fn with_own(mut self, actors: Actors) -> Self {
        self.own = Own::new(actors, &self);
        self
    }

    /// The user's list.
    pub(super) fn own(&self) -> &Own {
        &self.own
    }

    /// What is known of a noun; of one that is not known, that it is a person's.
    pub(super) fn role_of(&self, noun: &str) -> Role {
        let known = self.roles.binary_search_by(|role| (*role.noun).cmp(noun)).ok();
        known.map_or_else(
            || Role {
                noun: Cow::Owned(noun.to_owned()),
                sectors: Cow::Borrowed(""),
                usage: Usage::Person,
                gender: None,
            },
            |at| self.roles[at].clone(),
        )
    }

    /// The longest known role that starts with a word, read without regard to case and number, with the bytes it takes.
    pub(super) fn role_at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        let mut lower = [0; LONGEST];
        let first = lowercase(first, &mut lower)?;
        let from = self.roles.partition_point(|role| *role.noun < *first);
        let roles = self.roles[from..].iter().map(|role| (role, &role.noun));
        longest(roles, first, |noun| match_length(text, noun, true)).or_else(|| {
            // The plural of a one-word role: the word itself is not in the table.
            let mut singular = [0; LONGEST + 1];
            let singular = singular_of(first, &mut singular)?;
            let at = self.roles.binary_search_by(|role| (*role.noun).cmp(singular)).ok()?;
            Some((&self.roles[at], first.len()))
        })
    }
}

/// The gender of those who bear a given name, where one is usual.
pub(super) fn gender(given: &str) -> Option<Gender> {
    GIVEN_NAMES.equal(given).next().and_then(|row| Gender::of(GIVEN_NAMES.text(row, 1)))
}

/// Whether the object of a verb is a place itself, not those who govern there: *to shell Kyiv*.
pub(super) fn takes_place(verb: &str) -> bool {
    PLACE_VERBS.equal(verb).next().is_some()
}

#[cfg(test)]
mod tests {
    use dateline_core::codes::Country;

    use super::*;

    fn name(text: &str) -> Option<(&'static str, usize)> {
        let first = text.split(' ').next().unwrap();
        name_at(first, text).map(|(named, length)| (named.name, length))
    }

    fn role(text: &str) -> Option<(&'static str, usize)> {
        let lexicon = Lexicon::new();
        let first = text.split(' ').next().unwrap();
        lexicon.role_at(first, text).map(|(role, length)| (role.office().unwrap(), length))
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(name("South Korea said"), Some(("South Korea", 11)));
        assert_eq!(name("South  Korean troops"), Some(("South Korean", 13)));
        assert_eq!(name("Nigerians"), Some(("Nigerians", 9)));
        assert_eq!(name("Southland"), None);
    }

    #[test]
    fn roles_are_read_in_any_case_and_number() {
        assert_eq!(role("Foreign Minister Ito"), Some(("foreign minister", 16)));
        assert_eq!(role("foreign ministers met"), Some(("foreign minister", 17)));
        assert_eq!(role("spokesmen"), Some(("spokesman", 9)));
        assert_eq!(role("ministries"), Some(("ministry", 10)));
        assert_eq!(role("ministerial"), None);
    }

    #[test]
    fn every_row_has_codes_that_are_known() {
        let known = |list: &str| list == "-" || list.split(' ').count() == sectors(list).count();
        for row in 0..compiled::NAMES.len() {
            let [name, kind, code, sectors, _] = compiled::NAMES.row(row);
            assert!(known(sectors), "{name}: {sectors}");
            let has_code = code == "-" || kind == "igo" || code.parse::<Country>().is_ok();
            assert!(has_code, "{name}: {code}");
        }
        assert!(Role::all().all(|role| known(&role.sectors)));
        let leaders = 0..compiled::LEADERS.len();
        assert!(leaders.map(Leader::at).all(|leader| leader.is_some_and(|it| known(it.sectors))));
    }
}
