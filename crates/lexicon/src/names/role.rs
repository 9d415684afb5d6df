//! Role nouns: nouns for people and bodies that act.

use std::borrow::Cow;

use dateline_core::codes::Sector;

use super::{compiled::ROLES, sectors};

/// Noun for people or bodies that act, with the sectors it brings.
#[derive(Debug, Clone)]
pub struct Role {
    /// The noun, singular and lowercase.
    pub noun: Cow<'static, str>,
    pub(super) sectors: Cow<'static, str>,
    /// Use of the noun.
    pub usage: Usage,
    /// Gender it implies.
    pub gender: Option<Gender>,
}

/// Use of a role noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Office, alone or before a name: *president*.
    Office,
    /// Person, only beside a name or after a country: *leader*.
    Title,
    /// Only before names: *Mr.*
    Honorific,
    /// Other person: *reporter*.
    Person,
    /// Person who works for the body or person before it: *aide*.
    Relative,
    /// Person who is against the body or person before it: *critic*.
    Opponent,
    /// Person who holds the same office elsewhere: *counterpart*.
    Counterpart,
    /// People, only in the plural: *forces*.
    Plural,
    /// Body: *ministry*.
    Body,
}

/// Gender of a person, as pronouns express it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// *she*
    Female,
    /// *he*
    Male,
}

impl Gender {
    /// Reads a cell: `m` or `f`.
    pub(super) fn of(cell: &str) -> Option<Self> {
        match cell {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }
}

impl Role {
    /// Returns all roles, sorted by noun.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..ROLES.len()).map(|row| {
            let [noun, sectors, usage, gender] = ROLES.row(row);
            let usage = match usage {
                "m" => Usage::Office,
                "t" => Usage::Title,
                "h" => Usage::Honorific,
                "r" => Usage::Relative,
                "p" => Usage::Opponent,
                "c" => Usage::Counterpart,
                "g" => Usage::Plural,
                "b" => Usage::Body,
                _ => Usage::Person,
            };
            let gender = Gender::of(gender);
            Self { noun: noun.into(), sectors: sectors.into(), usage, gender }
        })
    }

    /// Returns its sectors, the most specific first.
    pub fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(&self.sectors)
    }

    /// Returns the noun if it comes from the lexicon.
    pub fn office(&self) -> Option<&'static str> {
        if let Cow::Borrowed(noun) = self.noun { Some(noun) } else { None }
    }

    /// Returns the same role with other sectors, as codes separated by spaces.
    #[must_use]
    pub fn with_sectors(self, sectors: String) -> Self {
        Self { sectors: Cow::Owned(sectors), ..self }
    }
}
