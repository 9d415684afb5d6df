//! Closed lists: enums whose members have one spelling, in JSON, in tables and on the command line.

/// Declares an enum whose variants are labels, with their spelling in data and one-line docs.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $expected:literal { $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $label)] $variant,)+ }

        impl $name {
            /// Every member of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The label, as data spells it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::CodeError;

            fn from_str(text: &str) -> Result<Self, $crate::codes::CodeError> {
                match text { $($label => Ok(Self::$variant),)+ _ => Err($crate::codes::CodeError::new(text, $expected)) }
            }
        }
    };
}

pub(crate) use labels;
