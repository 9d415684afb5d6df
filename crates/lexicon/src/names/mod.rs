//! Names of actors and places: countries, cities, bodies, roles, leaders and given names.
//!
//! The tables are sorted text in `data/en/names`. The build script compiles them into one pool of strings, and they are
//! searched in place: nothing is parsed at startup. Names match as written; roles match in any case and number.

mod compiled;
mod gazetteer;
mod leader;
mod name;
mod phrase;
mod role;

use std::borrow::Cow;

use dateline_core::codes::Sector;

pub use gazetteer::{City, Region, cities, regions};
pub use leader::{Leader, country_of_head, head, leaders, office};
pub use name::{Named, Sense, name_at};
pub use role::{Gender, Role, Usage};

use compiled::{GIVEN_NAMES, PLACE_VERBS};
use phrase::{LONGEST, longest, lowercase, match_length, singular_of};

/// The role nouns, sorted.
///
/// ```
/// use dateline_lexicon::names::Roles;
///
/// let roles = Roles::new();
/// let (role, length) = roles.at("Foreign", "Foreign Ministers met").unwrap();
/// assert_eq!((&*role.noun, length), ("foreign minister", 17));
/// ```
#[derive(Debug)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// Returns the compiled-in roles.
    pub fn new() -> Self {
        Self(Role::all().collect())
    }

    /// Returns the role of a noun. A noun that is not listed is taken for a person of no sector.
    pub fn of(&self, noun: &str) -> Role {
        let known = self.0.binary_search_by(|role| (*role.noun).cmp(noun)).ok();
        known.map_or_else(
            || Role {
                noun: Cow::Owned(noun.to_owned()),
                sectors: Cow::Borrowed(""),
                usage: Usage::Person,
                gender: None,
            },
            |at| self.0[at].clone(),
        )
    }

    /// Returns the longest role that begins with the word `first` and matches the start of `text` in any case and number, with
    /// the number of bytes of text it takes.
    pub fn at(&self, first: &str, text: &str) -> Option<(&Role, usize)> {
        let mut lower = [0; LONGEST];
        let first = lowercase(first, &mut lower)?;
        let from = self.0.partition_point(|role| *role.noun < *first);
        let roles = self.0[from..].iter().map(|role| (role, &role.noun));
        longest(roles, first, |noun| match_length(text, noun, true)).or_else(|| {
            // The plural of a one-word role: the word itself is not in the table.
            let mut singular = [0; LONGEST + 1];
            let singular = singular_of(first, &mut singular)?;
            let at = self.0.binary_search_by(|role| (*role.noun).cmp(singular)).ok()?;
            Some((&self.0[at], first.len()))
        })
    }
}

impl Default for Roles {
    fn default() -> Self {
        Self::new()
    }
}

fn sectors(list: &str) -> impl Iterator<Item = Sector> {
    list.split(' ').filter_map(|code| code.parse().ok())
}

/// Returns the usual gender of people with a given name.
pub fn gender(given: &str) -> Option<Gender> {
    GIVEN_NAMES.equal(given).next().and_then(|row| Gender::of(GIVEN_NAMES.text(row, 1)))
}

/// Returns true if the object of a verb is the place itself and not those who govern there: *to shell Kyiv*.
pub fn takes_place(verb: &str) -> bool {
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
        let roles = Roles::new();
        let first = text.split(' ').next().unwrap();
        roles.at(first, text).map(|(role, length)| (role.office().unwrap(), length))
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
