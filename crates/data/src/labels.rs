//! Closed sets of labels: enums whose members have one spelling, in JSON, in tables and on the command line.

use std::fmt;

/// Text that is no label of the set it was parsed as.
///
/// ```
/// let error = dateline_data::LabelError::new("VERBB", "a part of speech, as in `NOUN`");
/// assert_eq!(error.to_string(), "read `VERBB`, expected a part of speech, as in `NOUN`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelError {
    read: String,
    expected: String,
}

impl LabelError {
    /// An error that says what was read and what was expected.
    pub fn new(read: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { read: read.into(), expected: expected.into() }
    }

    /// The text that was read.
    pub fn read(&self) -> &str {
        &self.read
    }
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read `{}`, expected {}", self.read, self.expected)
    }
}

impl std::error::Error for LabelError {}

/// Declares a closed set of labels: an enum, its spelling in data, and the conversions between the two.
///
/// The enum gets `ALL` (every member, in order), `as_str`, `Display` and `FromStr`, whose error is [`LabelError`]. The
/// error says what was expected: the text given, or with `one of` the labels themselves.
///
/// With `#[serde]` in front the enum also derives `Serialize`, `Deserialize` and `JsonSchema` by its labels; the calling crate
/// then depends on `serde` and `schemars`.
///
/// ```
/// dateline_data::labels! {
///     /// A direction of traffic.
///     pub enum Side, "a side, `left` or `right`" {
///         /// As in Britain.
///         Left = "left",
///         /// As in France.
///         Right = "right",
///     }
/// }
/// assert_eq!("left".parse(), Ok(Side::Left));
/// assert_eq!(Side::ALL.len(), 2);
/// assert_eq!("up".parse::<Side>().unwrap_err().to_string(), "read `up`, expected a side, `left` or `right`");
/// ```
#[macro_export]
macro_rules! labels {
    (
        #[serde]
        $(#[$doc:meta])* $vis:vis enum $name:ident, $expected:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        $vis enum $name { $($(#[$variant_doc])* #[serde(rename = $label)] $variant,)+ }

        $crate::labels! { @methods $vis $name, $expected.to_owned() => $($variant = $label,)+ }
    };
    (
        $(#[$doc:meta])* $vis:vis enum $name:ident, one of $what:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+
        }
    ) => {
        $crate::labels! { @plain $(#[$doc])* $vis $name { $($(#[$variant_doc])* $variant,)+ } }
        $crate::labels! {
            @methods $vis $name, [concat!($what, ": "), &[$($label),+].join(", ")].concat() => $($variant = $label,)+
        }
    };
    (
        $(#[$doc:meta])* $vis:vis enum $name:ident, $expected:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+
        }
    ) => {
        $crate::labels! { @plain $(#[$doc])* $vis $name { $($(#[$variant_doc])* $variant,)+ } }
        $crate::labels! { @methods $vis $name, $expected.to_owned() => $($variant = $label,)+ }
    };
    (@plain $(#[$doc:meta])* $vis:vis $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$variant_doc])* $variant,)+ }
    };
    (@methods $vis:vis $name:ident, $expected:expr => $($variant:ident = $label:literal,)+) => {
        impl $name {
            /// Every member of the set, in its order.
            $vis const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The label, as data spells it.
            $vis fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::LabelError;

            fn from_str(text: &str) -> Result<Self, $crate::LabelError> {
                match text {
                    $($label => Ok(Self::$variant),)+
                    _ => Err($crate::LabelError::new(text, $expected)),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    labels! {
        /// A kind of file.
        enum Kind, one of "a kind of file" {
            /// Plain text.
            Text = "text",
            /// A page.
            Html = "html",
        }
    }

    #[test]
    fn labels_round_trip() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!(format!("{:<6}|", Kind::Text), "text  |");
    }

    #[test]
    fn an_error_lists_what_was_expected() {
        let error = "pdf".parse::<Kind>().unwrap_err();
        assert_eq!(error.to_string(), "read `pdf`, expected a kind of file: text, html");
        assert_eq!(error.read(), "pdf");
    }
}
