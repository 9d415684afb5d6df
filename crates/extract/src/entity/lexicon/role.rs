//! Nouns for people and bodies that act.

use std::borrow::Cow;

use dateline_core::codes::Sector;

use super::{compiled::ROLES, sectors};

/// A noun for people or bodies that act.
#[derive(Debug, Clone)]
pub(in crate::entity) struct Role {
    pub(in crate::entity) noun: Cow<'static, str>,
    pub(super) sectors: Cow<'static, str>,
    pub(in crate::entity) usage: Usage,
    pub(in crate::entity) gender: Option<Gender>,
}

/// How a role noun is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::entity) enum Usage {
    /// Names an office, alone or before a name: *president*.
    Office,
    /// Names a person only beside a name or behind a country: *leader*.
    Title,
    /// Stands before names alone: *Mr.*
    Honorific,
    /// Any other person: *reporter*.
    Person,
    /// Works for the body or person before it: *aide*.
    Relative,
    /// Stands against the body or person before it: *critic*.
    Opponent,
    /// Holds the same office elsewhere: *counterpart*.
    Counterpart,
    /// Means people in the plural alone: *forces*.
    Plural,
    /// A body: *ministry*.
    Body,
}

/// Of a person, as pronouns have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Gender {
    /// Of a cell of a table.
    pub(super) fn of(cell: &str) -> Option<Self> {
        match cell {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }
}

impl Role {
    /// All roles of the table, in its order.
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

    pub(in crate::entity) fn sectors(&self) -> impl Iterator<Item = Sector> {
        sectors(&self.sectors)
    }

    /// The noun, where it is one of the lexicon's.
    pub(in crate::entity) fn office(&self) -> Option<&'static str> {
        if let Cow::Borrowed(noun) = self.noun { Some(noun) } else { None }
    }

    pub(in crate::entity) fn with_sectors(self, sectors: String) -> Self {
        Self { sectors: Cow::Owned(sectors), ..self }
    }
}
