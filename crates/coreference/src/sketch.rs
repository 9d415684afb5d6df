//! The sketch of a report: everything it is compared by.

use dateline_core::codes::PloverType;

use crate::{
    family::{self, Family, Form},
    name::long_hash,
};

/// Maximum number of parties, and of places, in a sketch. The head of a long list of guests says enough.
pub(crate) const PARTIES: usize = 8;

/// Maximum number of word hashes in a sketch: the smallest ones, which makes two lists comparable (a bottom-k sketch, Cohen
/// and Kaplan 2007).
pub(crate) const WORDS: usize = 8;

/// Summary of one report of an event, in about 80 bytes, to compare with any other report.
///
/// A report is all that one document says of one event. Names are kept as hashes and dates as [day numbers](crate::day), so
/// two sketches compare alike wherever they were made. [`record::sketch`](crate::record::sketch) makes the sketch of an event
/// of a record; [`compare()`](crate::compare()) compares two.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sketch {
    /// PLOVER type; `None` for an act outside the codebook, which is compared by its trigger.
    pub kind: Option<PloverType>,
    /// The event was still ahead when the document was published.
    pub is_plan: bool,
    /// Every mention of the report denies the event.
    pub is_denied: bool,
    /// Call or meeting, if the words say so.
    pub form: Form,
    /// Hash of the PLOVER mode; 0 if there is none.
    pub mode: u16,
    /// Hash of the trigger's lemma.
    pub lemma: u32,
    /// Publication date.
    pub published: i32,
    /// Number that identifies the document, and orders the documents of one day.
    pub document: u64,
    /// First code point of the trigger.
    pub start: u32,
    /// Days the report gives for the event, half-open.
    pub window: Option<(i32, i32)>,
    /// Parties, in the order of the text.
    pub parties: Vec<Party>,
    /// Places, in the order of the text.
    pub places: Vec<Place>,
    /// Hashes of words in the sentences of the report, sorted.
    pub words: Vec<u16>,
}

/// A party to the event of a [`Sketch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Party {
    /// Number that the caller gave the actor. It is carried along and never compared.
    pub actor: i64,
    /// Hash of the actor's [key](crate::actor::key).
    pub own: u32,
    /// Hash of the actor's country, or of its code for a body without a country; otherwise the same as `own`.
    pub block: u32,
    /// Hash of a person's surname; 0 for all others.
    pub surname: u16,
    /// Side of the act.
    pub role: Role,
    /// A country, or a group known only by its code.
    pub is_general: bool,
    /// A country or its government.
    pub is_state: bool,
    /// A body that belongs to no single country, such as NATO.
    pub is_body: bool,
}

/// Side of an act on which a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Either side, in a symmetric act.
    Either,
    /// The one who acts.
    Source,
    /// The one acted upon.
    Target,
}

/// A place named in a [`Sketch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Number that the caller gave the place. It is carried along and never compared.
    pub actor: i64,
    /// Hash of the place's [key](crate::actor::key).
    pub own: u32,
    /// Only the country is known.
    pub is_country: bool,
}

impl Party {
    /// Makes a party from its [key](crate::actor::key) and what identifies its country or body, as in `NOR`.
    pub fn new(key: &str, block: &str, role: Role) -> Self {
        Self {
            actor: 0,
            own: long_hash(key),
            block: long_hash(block),
            surname: 0,
            role,
            is_general: key.starts_with("country:") || key.starts_with("code:"),
            is_state: key.starts_with("country:"),
            is_body: false,
        }
    }
}

impl Sketch {
    /// Makes a sketch of which only type, trigger lemma and publication date are known.
    ///
    /// ```
    /// use dateline_core::codes::PloverType;
    /// use dateline_coreference::Sketch;
    ///
    /// let sketch = Sketch::new(Some(PloverType::Consult), "summit", 18_794);
    /// assert!(!sketch.is_founder(), "nobody takes part");
    /// ```
    pub fn new(kind: Option<PloverType>, lemma: &str, published: i32) -> Self {
        Self {
            kind,
            is_plan: false,
            is_denied: false,
            form: kind.map_or(Form::Open, |kind| family::form(kind, lemma)),
            mode: 0,
            lemma: long_hash(lemma),
            published,
            document: 0,
            start: 0,
            window: None,
            parties: Vec::new(),
            places: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Returns the family within which the report is compared.
    pub fn family(&self) -> Family {
        self.kind.map_or(family::UNTYPED, family::of)
    }

    /// Returns the position of the report among all reports: by publication date, document, and place in the text.
    pub fn order(&self) -> (i32, u64, u32) {
        (self.published, self.document, self.start)
    }

    /// Returns the days on which the event may take place by this report, half-open.
    pub fn days(&self) -> (i32, i32) {
        match self.window {
            Some(window) => window,
            None if self.is_plan => (self.published, self.published + self.family().horizon),
            // An undated fact is news: of the publication date or one of the two days before.
            None => (self.published - 2, self.published + 1),
        }
    }

    /// Returns whether an event can be named after the report: it names a party, and does not deny the event.
    pub fn is_founder(&self) -> bool {
        !self.is_denied && !self.parties.is_empty()
    }

    /// Returns whether the days of the event are known to within three days.
    pub fn is_precise(&self) -> bool {
        self.window.is_some_and(|(from, to)| to - from <= 3)
    }

    /// Returns the international bodies that take part in a consultation, such as an alliance that meets.
    pub fn bodies(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| self.kind == Some(PloverType::Consult) && party.is_body)
    }

    /// Returns the people who take part.
    pub fn people(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| party.surname != 0)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::name::short_hash;

    /// A meeting of two presidents, for tests to vary.
    pub(crate) fn meeting(published: i32, is_plan: bool) -> Sketch {
        let party = |name: &str, country: &str| Party {
            actor: 1,
            own: long_hash(name),
            block: long_hash(country),
            surname: short_hash(name),
            role: Role::Either,
            is_general: false,
            is_state: false,
            is_body: false,
        };
        Sketch {
            is_plan,
            document: u64::from(published.unsigned_abs()),
            start: 10,
            parties: vec![party("ito", "JPN"), party("lund", "NOR")],
            words: vec![3, 70, 900],
            ..Sketch::new(Some(PloverType::Consult), "meet", published)
        }
    }
}
