//! Names that tell by themselves what they name: countries, capitals, bodies, large cities.

use dateline_core::codes::{Country, Sector};

use super::{
    compiled::NAMES,
    phrase::{longest, match_length},
    sectors,
};

/// A name the lexicon knows.
#[derive(Debug, Clone, Copy)]
pub(in crate::entity) struct Named {
    pub(in crate::entity) name: &'static str,
    pub(in crate::entity) sense: Sense,
    pub(in crate::entity) country: Option<Country>,
    /// PLOVER's code in a country's place.
    pub(in crate::entity) international: Option<&'static str>,
    sectors: &'static str,
    /// Shared by all spellings of one thing; empty where there is one spelling.
    pub(in crate::entity) shared: &'static str,
}

/// What sort of thing a name of the lexicon names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::entity) enum Sense {
    Country,
    Demonym,
    Capital,
    Region,
    City,
    /// Larger than a country.
    Area,
    /// A building that stands for a government.
    Seat,
    Body,
    /// A body spoken of as its members: *the Houthis*.
    People,
    /// Body of no country.
    International,
}

impl Sense {
    /// Of a word of the tables. Organizations of states, aid organizations, armed movements, companies and media that are of
    /// no country are all international.
    fn of(word: &str) -> Self {
        match word {
            "country" => Self::Country,
            "demonym" => Self::Demonym,
            "capital" => Self::Capital,
            "region" => Self::Region,
            "city" => Self::City,
            "area" => Self::Area,
            "seat" => Self::Seat,
            "people" => Self::People,
            "body" => Self::Body,
            _ => Self::International,
        }
    }
}

impl Named {
    pub(super) fn at(row: usize) -> Self {
        let [name, kind, code, sectors, shared] = NAMES.row(row);
        let is_igo = kind == "igo";
        let sense = Sense::of(kind);
        Self {
            name,
            sense,
            country: if is_igo { None } else { code.parse().ok() },
            international: is_igo.then_some(code),
            sectors: if sense == Sense::Capital { "GOV" } else { sectors },
            shared: if shared == "-" { "" } else { shared },
        }
    }

    pub(in crate::entity) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

/// The longest known name that starts with a word and goes on as the text does; with how many bytes of text it takes.
pub(in crate::entity) fn name_at(first: &str, text: &str) -> Option<(Named, usize)> {
    let from = NAMES.at_least(first);
    let names = (from..NAMES.len()).map(|row| (row, NAMES.text(row, 0)));
    let (row, length) = longest(names, first, |name| match_length(text, name, false))?;
    Some((Named::at(row), length))
}
