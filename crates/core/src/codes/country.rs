//! Country codes: three letters, ISO 3166-1 alpha-3 or one of PLOVER's international codes in a country's place.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::CodeError;

/// An ISO 3166-1 alpha-3 code, or `KOS` for Kosovo as PLOVER has it.
///
/// Only the form is checked (three capital letters): which codes exist changes with the world, and the lexicon knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// The three letters.
    ///
    /// # Panics
    ///
    /// Never: only capital letters are let in.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only capital letters are let in")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        <[u8; 3]>::try_from(text.as_bytes())
            .ok()
            .filter(|letters| letters.iter().all(u8::is_ascii_uppercase))
            .map(Self)
            .ok_or_else(|| {
                CodeError::new(text, "three capital letters, as in `RUS` (ISO 3166-1 alpha-3)")
            })
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "ISO 3166-1 alpha-3", "pattern": "^[A-Z]{3}$" })
    }
}
