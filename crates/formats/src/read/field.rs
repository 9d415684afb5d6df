//! Fields of a document, and what sources call them.

use crate::named::named;

named! {
    /// A field of a document.
    Field, FieldError, "field" {
        /// The words.
        Text = "text",
        /// The words, marked up as HTML.
        Html = "html",
        /// The day or minute of publication.
        Published = "published",
        /// The headline.
        Title = "title",
        /// The outlet.
        Publisher = "publisher",
        /// The news agency.
        Agency = "agency",
        /// Who wrote it.
        Byline = "byline",
        /// Its address.
        Url = "url",
        /// Its language.
        Language = "language",
        /// What it is called.
        Id = "id",
    }
}

/// What a source calls the fields of its documents, where somebody said so: each name with the field it is. A name may lead
/// into objects within objects: `meta.headline`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// Name in the source, and the field it is.
    pub said: Vec<(String, Field)>,
}
