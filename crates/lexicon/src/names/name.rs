//! Names that are unambiguous on their own: countries, capitals, bodies, large cities.

use dateline_core::codes::{Country, Sector};

use super::{
    compiled::NAMES,
    phrase::{longest, match_length},
    sectors,
};

/// Entry of the lexicon for a name.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// Name as the table spells it.
    pub name: &'static str,
    /// Kind of thing it names.
    pub sense: Sense,
    /// Country it names or belongs to.
    pub country: Option<Country>,
    /// PLOVER code used instead of a country.
    pub international: Option<&'static str>,
    sectors: &'static str,
    /// Name shared by all spellings of one thing; empty if there is one spelling.
    pub shared: &'static str,
}

/// Kind of thing that a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Country: *Kenya*.
    Country,
    /// Adjective or noun of a country: *Kenyan*, *Kenyans*.
    Demonym,
    /// Capital, which may stand for the government.
    Capital,
    /// Part of a country.
    Region,
    /// City of at least 150,000 people.
    City,
    /// Area larger than a country: *Europe*.
    Area,
    /// Building that stands for a government: *the Kremlin*.
    Seat,
    /// Body of a country: *the Duma*.
    Body,
    /// Body named as its members: *the Houthis*.
    People,
    /// Body that belongs to no country: *NATO*.
    International,
}

impl Sense {
    /// Reads a cell. Organizations of states, aid organizations, armed movements, companies and media without a country are all
    /// international.
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

    /// Returns its sectors, the most specific first.
    pub fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(self.sectors)
    }
}

/// Returns the longest name that begins with the word `first` and matches the start of `text`, with the number of bytes of
/// text it takes.
///
/// ```
/// use dateline_lexicon::names::name_at;
///
/// let (named, length) = name_at("South", "South Korea said").unwrap();
/// assert_eq!((named.name, length), ("South Korea", 11));
/// ```
pub fn name_at(first: &str, text: &str) -> Option<(Named, usize)> {
    let from = NAMES.at_least(first);
    let names = (from..NAMES.len()).map(|row| (row, NAMES.text(row, 0)));
    let (row, length) = longest(names, first, |name| match_length(text, name, false))?;
    Some((Named::at(row), length))
}
