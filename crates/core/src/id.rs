//! Identifiers of the parts of a record: `e1`, `t1`, `s1`, `v1`, numbered from 1 in text order.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Error for text that is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError {
    read: String,
    prefix: char,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read `{}` as an id, expected `{}` and a number from 1, as in `{}7`",
            self.read, self.prefix, self.prefix
        )
    }
}

impl std::error::Error for IdError {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Returns the identifier of the part at `index`, counted from 0.
            ///
            /// # Panics
            ///
            /// If `index` is `u32::MAX` or more. A record has fewer parts than its text has bytes.
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index + 1).expect("a record has fewer than 2^32 parts"))
            }

            /// Index of the part in its list, counted from 0.
            pub fn index(self) -> usize {
                self.0 as usize - 1
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix($prefix)
                    .and_then(|digits| digits.parse().ok())
                    .filter(|&number| number > 0)
                    .map(Self)
                    .ok_or_else(|| IdError { read: text.to_owned(), prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": concat!("^", $prefix, "[1-9][0-9]*$") })
            }
        }
    };
}

id!(
    /// Identifier of an [`Entity`](crate::Entity): `e1`.
    ///
    /// ```
    /// use dateline_core::EntityId;
    ///
    /// assert_eq!(EntityId::from_index(0).to_string(), "e1");
    /// assert_eq!("e12".parse::<EntityId>()?.index(), 11);
    /// # Ok::<(), dateline_core::IdError>(())
    /// ```
    EntityId,
    'e'
);
id!(
    /// Identifier of a [`Time`](crate::Time): `t1`.
    TimeId,
    't'
);
id!(
    /// Identifier of a [`Statement`](crate::Statement): `s1`.
    StatementId,
    's'
);
id!(
    /// Identifier of an [`Event`](crate::Event): `v1`.
    EventId,
    'v'
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_from_one_and_round_trip() {
        assert_eq!(EntityId::from_index(0).to_string(), "e1");
        assert_eq!("v12".parse::<EventId>().map(EventId::index), Ok(11));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let error = "e1".parse::<TimeId>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "read `e1` as an id, expected `t` and a number from 1, as in `t7`"
        );
        assert!("t0".parse::<TimeId>().is_err());
    }
}
