//! Setters of filters, so that a filter reads as one expression: `EventFilter::new().actor("Putin").limit(10)`.

/// Writes `new` and a setter for each field of a filter. A `text` field takes a `&str`, an `optional` one a value; both also take
/// an `Option`, for what a user may have left out. A `string` field takes a string, a `plain` one its own type.
macro_rules! setters {
    ($filter:ident { $($field:ident: $kind:ident $(($of:ty))?),* $(,)? }) => {
        impl $filter {
            /// Returns the filter that selects everything.
            pub fn new() -> Self {
                Self::default()
            }

            $($crate::query::setters::setter!($field: $kind $(($of))?);)*
        }
    };
}

macro_rules! setter {
    ($field:ident: text) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field<'t>(mut self, value: impl Into<Option<&'t str>>) -> Self {
            self.$field = value.into().map(str::to_owned);
            self
        }
    };
    ($field:ident: optional($of:ty)) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, value: impl Into<Option<$of>>) -> Self {
            self.$field = value.into();
            self
        }
    };
    ($field:ident: string) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, value: impl Into<String>) -> Self {
            self.$field = value.into();
            self
        }
    };
    ($field:ident: plain($of:ty)) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, value: $of) -> Self {
            self.$field = value;
            self
        }
    };
}

pub(crate) use {setter, setters};
