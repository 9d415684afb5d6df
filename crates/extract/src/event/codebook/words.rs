//! A frame in words, for readers of a codebook.

use std::fmt;

use super::{Condition, Fill, Frame, Pos, Slot};

impl Frame {
    /// Returns the trigger as tables write it: `break_off.v`.
    pub fn trigger(&self) -> String {
        let particle = self.particle.as_ref().map(|particle| format!("_{particle}"));
        let pos = match self.pos {
            Pos::Verb => 'v',
            Pos::Noun => 'n',
        };
        format!("{}{}.{pos}", self.lemma, particle.unwrap_or_default())
    }

    /// Returns the lemma of the trigger, without its particle.
    pub fn lemma(&self) -> &str {
        &self.lemma
    }

    /// Returns where the source stands: `subject`, or `possessor, else behind by`; empty if there is none.
    pub fn source(&self) -> String {
        self.source.to_string()
    }

    /// Returns where the target stands; `all are in the source` if the act is symmetric.
    pub fn target(&self) -> String {
        if self.symmetric { "all are in the source".to_owned() } else { self.target.to_string() }
    }

    /// Returns the conditions, each in words.
    pub fn conditions(&self) -> Vec<String> {
        self.conditions.iter().map(ToString::to_string).collect()
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Indirect => "indirect object",
            Self::Possessor => "possessor",
            Self::Premodifier => "word in front",
            Self::Complement => "complement",
            Self::Behind(preposition) => return write!(f, "behind {preposition}"),
        })
    }
}

impl fmt::Display for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots: Vec<String> = self.slots.iter().map(ToString::to_string).collect();
        f.write_str(&slots.join(if self.together { " and " } else { ", else " }))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filled(slot) => write!(f, "{slot} is filled"),
            Self::Empty(slot) => write!(f, "{slot} is empty"),
            Self::Class(slot, class) => write!(f, "{slot} is of class {class}"),
            Self::Lemma(slot, lemmas) => write!(f, "{slot} is {}", lemmas.join(" or ")),
            Self::Passive => f.write_str("verb is passive"),
            Self::Plural => f.write_str("noun is plural"),
        }
    }
}
