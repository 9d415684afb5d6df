//! Closed lists whose members go by a name, on the command line and in what is printed.

/// Declares an enum whose variants have names, and the error of text that is none of them.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $error:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every member of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name.
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
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                match text { $($label => Ok(Self::$variant),)+ _ => Err($error(text.to_owned())) }
            }
        }

        #[doc = concat!("Text that names no ", $what, ".")]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $error(String);

        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let names: Vec<&str> = $name::ALL.iter().map(|member| member.as_str()).collect();
                write!(f, concat!("read `{}` as a ", $what, ", expected one of {}"), self.0, names.join(", "))
            }
        }

        impl std::error::Error for $error {}
    };
}

pub(crate) use named;
