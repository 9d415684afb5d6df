//! The user's actors: names with countries and sectors on given dates, and nouns with sectors.
//!
//! [`Actors::read_tsv`] reads Dateline's own layout, [`Actors::read_petrarch`] the actor and agent files of PETRARCH
//! and TABARI. Both take text and return a list and the lines they could not use; nothing here reads files. The
//! entity layer consults the list before its own lexicon.

mod bad_line;
mod cameo;
mod petrarch;
mod spelling;
mod tsv;

use std::collections::HashMap;

use dateline_core::codes::{Country, Sector};
use jiff::civil::Date;

pub use bad_line::BadLine;

use spelling::{Form, Spelling, Spellings, key};

/// List of actors that overrides and extends the built-in lexicon.
///
/// Names match text in normal case: names of several words in any case as long as one word is capitalized, names of
/// one word only if capitalized. Any run of spaces between words counts as one. A name does not include what follows
/// it, such as `'s`.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    list: Vec<Actor>,
    names: Spellings,
    agents: Vec<Agent>,
    /// Singulars and plurals of the agents.
    nouns: Spellings,
}

/// Index of an actor in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActorIdx(u32);

/// Index of an agent in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AgentIdx(u32);

/// Named actor.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    codes: Vec<DatedCodes>,
}

/// Noun for people or organizations, with its sectors.
#[derive(Debug, Clone)]
pub(crate) struct Agent {
    /// Singular, in lowercase.
    pub(crate) noun: String,
    pub(crate) sectors: Vec<Sector>,
}

/// Codes of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Codes {
    pub(crate) country: Option<Country>,
    /// PLOVER's international code, used in place of a country.
    pub(crate) international: Option<String>,
    pub(crate) sectors: Vec<Sector>,
}

/// Codes of an actor in a range of dates, both ends included.
#[derive(Debug, Clone, Default)]
struct DatedCodes {
    codes: Codes,
    from: Option<Date>,
    to: Option<Date>,
}

/// How a list writes its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// As texts do; a name without capitals has none in text either.
    Normal,
    /// All in capitals.
    Upper,
}

impl Codes {
    /// Returns true if there is neither a country nor a sector.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl DatedCodes {
    fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Actor {
    /// Returns the codes on a date: the latest dated ones that cover it, else undated ones. Without a date, returns
    /// undated codes, else the latest. If nothing fits, the country remains if all codes agree on it.
    pub(crate) fn on(&self, day: Option<Date>) -> Option<Codes> {
        let dated = self.codes.iter().filter(|codes| codes.is_dated());
        let undated = || self.codes.iter().find(|codes| !codes.is_dated());
        let found = match day {
            Some(day) => dated
                .filter(|codes| codes.covers(day))
                .max_by_key(|codes| codes.from)
                .or_else(undated),
            None => {
                undated().or_else(|| dated.max_by_key(|codes| (codes.to.is_none(), codes.from)))
            }
        };
        found.map(|found| found.codes.clone()).or_else(|| {
            let mut countries = self.codes.iter().map(|codes| codes.codes.country);
            let country = countries.next()??;
            let same = countries.all(|other| other == Some(country));
            same.then(|| Codes { country: Some(country), ..Codes::default() })
        })
    }

    /// Returns true if the codes have dates, as those of people do.
    pub(crate) fn is_dated(&self) -> bool {
        self.codes.iter().any(DatedCodes::is_dated)
    }

    /// Returns true if some code has a country.
    pub(crate) fn has_place(&self) -> bool {
        self.codes.iter().any(|it| it.codes.country.is_some() || it.codes.international.is_some())
    }

    /// Returns true if every code makes it an organization: international, or a company.
    pub(crate) fn is_body(&self) -> bool {
        let bodies = [Sector::Igo, Sector::Ngo, Sector::Mnc, Sector::Img, Sector::Ism];
        let is_body = |codes: &Codes| codes.sectors.first().is_some_and(|it| bodies.contains(it));
        !self.is_dated() && self.codes.iter().any(|codes| is_body(&codes.codes))
    }

    /// Returns true if some code has a sector.
    pub(crate) fn has_sector(&self) -> bool {
        self.codes.iter().any(|it| !it.codes.sectors.is_empty())
    }
}

impl Actors {
    /// Returns true if the list has no names and no nouns.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.nouns.is_empty()
    }

    /// Returns the number of spellings of names.
    pub fn n_names(&self) -> usize {
        self.names.len()
    }

    /// Returns the number of spellings of nouns.
    pub fn n_nouns(&self) -> usize {
        self.nouns.len()
    }

    /// Merges two lists. If both have a name or noun, the other list's entry wins.
    #[must_use]
    pub fn overridden_by(mut self, mut other: Self) -> Self {
        self.names = self.names.overridden_by(other.names, number(self.list.len()));
        self.nouns = self.nouns.overridden_by(other.nouns, number(self.agents.len()));
        self.list.append(&mut other.list);
        self.agents.append(&mut other.agents);
        self
    }

    /// Returns the actor with the longest name that a text starts with, and the length of the name in bytes. `first`
    /// is the first token of the text.
    pub(crate) fn name_at(&self, first: &str, text: &str) -> Option<(ActorIdx, usize)> {
        if !may_begin(first) {
            return None;
        }
        let (of, length) = self.names.longest(first, text)?;
        Some((ActorIdx(of), length))
    }

    /// Returns the agent whose noun, singular or plural, a text starts with, and the length of the noun in bytes.
    pub(crate) fn noun_at(&self, first: &str, text: &str) -> Option<(AgentIdx, usize)> {
        let (of, length) = self.nouns.longest(first, text)?;
        Some((AgentIdx(of), length))
    }

    pub(crate) fn actor(&self, idx: ActorIdx) -> &Actor {
        &self.list[idx.0 as usize]
    }

    pub(crate) fn agents(&self) -> &[Agent] {
        &self.agents
    }
}

impl AgentIdx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Returns true if a name may start with a token: a capital, a digit, or a short word such as *al* before one.
fn may_begin(first: &str) -> bool {
    first.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || first.len() <= 3)
}

/// Collects what a reader finds.
#[derive(Debug, Default)]
struct Builder {
    actors: Vec<Actor>,
    names: Vec<Spelling>,
    agents: Vec<Agent>,
    nouns: Vec<Spelling>,
    by_name: HashMap<Box<str>, usize>,
}

impl Builder {
    /// Returns the index of the actor first written with a name, adding it if needed.
    fn named(&mut self, name: &str) -> usize {
        let n_actors = self.actors.len();
        let at = *self.by_name.entry(key(name)).or_insert(n_actors);
        if at == n_actors {
            self.actors.push(Actor { codes: Vec::new() });
        }
        at
    }

    /// Adds a spelling of an actor's name.
    fn spell(&mut self, actor: usize, name: &str, writing: Writing) {
        let key = key(name);
        if !key.contains(char::is_alphanumeric) {
            return;
        }
        let is_lower = writing == Writing::Normal && !name.contains(char::is_uppercase);
        let form = if is_lower { Form::Any } else { Form::Capitalized };
        self.names.push(Spelling { key, of: number(actor), form });
    }

    fn code(&mut self, actor: usize, codes: DatedCodes) {
        self.actors[actor].codes.push(codes);
    }

    /// Adds a noun with its plurals.
    fn agent(&mut self, noun: &str, plurals: &[String], sectors: Vec<Sector>) {
        let of = number(self.agents.len());
        let form = Form::Any;
        self.nouns.push(Spelling { key: key(noun), of, form });
        self.nouns.extend(plurals.iter().map(|plural| Spelling { key: key(plural), of, form }));
        self.agents.push(Agent { noun: key(noun).into(), sectors });
    }

    fn finish(self) -> Actors {
        Actors {
            list: self.actors,
            names: Spellings::new(self.names),
            agents: self.agents,
            nouns: Spellings::new(self.nouns),
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a list is shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::{spelling::next_piece, *};

    /// Checks the words at the start of a text that a list takes for a name.
    fn check(list: &str, text: &str, expected: Option<&str>) {
        let (actors, bad) = Actors::read_tsv(list);
        assert!(bad.is_empty(), "{bad:?}");
        let first = next_piece(text);
        let found = actors.name_at(first, text).map(|(_, length)| &text[..length]);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_name_wins_and_runs_of_spaces_count_as_one() {
        let list = "Kivu\t\tCOD\nKivu Relief Network\tK.R.N.|Amis d'Été\tCOD\n";
        check(list, "Kivu Relief\n Network said", Some("Kivu Relief\n Network"));
        check(list, "Kivu Relief said", Some("Kivu"));
        check(list, "Kivu's men", Some("Kivu"));
        check(list, "Kivus", None);
        check(list, "K.R.N. said", Some("K.R.N."));
        check(list, "Amis d’été left", Some("Amis d’été"));
    }

    #[test]
    fn one_word_needs_a_capital_and_several_need_one() {
        let list = "Reform\t\tKEN\tPTY\nArmy of Stone\t\tKEN\tREB\nthe firm\t\tKEN\tCRM\n";
        check(list, "reform is due", None);
        check(list, "Reform won", Some("Reform"));
        check(list, "army of stone", None);
        check(list, "Army Of Stone", Some("Army Of Stone"));
        check(list, "the firm", Some("the firm"));
    }

    #[test]
    fn codes_apply_on_their_dates() {
        let list =
            "Ana Ruiz\t\tCHL\tGOV\t2010-01-01\t2012-06-30\nAna Ruiz\t\tCHL\tOPP\t2012-07-01\n";
        let (actors, _) = Actors::read_tsv(list);
        let (idx, _) = actors.name_at("Ana", "Ana Ruiz").unwrap();
        let sector = |day: Option<&str>| {
            let codes = actors.actor(idx).on(day.map(|day| day.parse().unwrap())).unwrap();
            codes.sectors.first().map(ToString::to_string).unwrap_or_default()
        };
        assert_eq!(sector(Some("2012-06-30")), "GOV");
        assert_eq!(sector(Some("2012-07-01")), "OPP");
        assert_eq!(sector(Some("2009-12-31")), "");
        assert_eq!(sector(None), "OPP");
    }

    #[test]
    fn the_later_list_takes_precedence() {
        let (first, _) = Actors::read_tsv("Ana Ruiz\tRuiz\tCHL\tGOV\n");
        let (second, _) = Actors::read_tsv("Ana Ruiz\t\tPER\tOPP\n");
        let both = first.overridden_by(second);
        assert_eq!(both.n_names(), 2);
        let country = |text: &str| {
            let (idx, _) = both.name_at(next_piece(text), text).unwrap();
            both.actor(idx).on(None).unwrap().country.unwrap().to_string()
        };
        assert_eq!((country("Ana Ruiz"), country("Ruiz")), ("PER".to_owned(), "CHL".to_owned()));
    }

    #[test]
    fn hostile_text_is_skipped() {
        let (actors, _) = Actors::read_tsv("A A A A A A A A\t\tKEN\nÉ\t\tKEN\n");
        for text in
            [" ".repeat(1000), "a".repeat(100_000), "É\u{301}".repeat(1000), "A ".repeat(10_000)]
        {
            for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)).take(50) {
                let rest = &text[at..];
                actors.name_at(next_piece(rest), rest);
            }
        }
    }
}
