//! Fields of a document, and what sources call them.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::{Document, Moment};
use dateline_data::{Row, labels, rows};

/// What sources call fields: the field and the rank among its names.
static USUAL: LazyLock<BTreeMap<&'static str, (Field, u32)>> = LazyLock::new(|| {
    let name = |row: Row<'static>| {
        let [name, field, rank] = row.first_columns()?;
        Some((name, (field.parse().ok()?, rank.parse().ok()?)))
    };
    rows(include_str!("../../data/fields.tsv"))
        .map(|row| name(row).expect("a test reads data/fields.tsv"))
        .collect()
});

labels! {
    /// A field of a document.
    pub enum Field, one of "a field" {
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

impl FieldNames {
    /// Which names of a record are which fields: those that were said, and of all others those that usually are. `names` are in
    /// the order of the record.
    pub(crate) fn choose<'n>(&self, names: impl Iterator<Item = &'n str>) -> Chosen {
        let mut chosen = Chosen::default();
        for (name, field) in &self.said {
            chosen.fields.entry(*field).or_default().push(name.clone());
        }
        let said: Vec<Field> = chosen.fields.keys().copied().collect();
        let mut usual: Vec<(Field, u32, &str)> = names
            .filter_map(|name| {
                let &(field, rank) = USUAL.get(name.to_lowercase().as_str())?;
                (!said.contains(&field)).then_some((field, rank, name))
            })
            .collect();
        usual.sort_unstable();
        for (field, _, name) in usual {
            chosen.fields.entry(field).or_default().push(name.to_owned());
            if name != field.as_str() {
                chosen.guessed.insert(name.to_owned(), field);
            }
        }
        chosen
    }

    /// Whether a record of these names has words, as far as one can tell.
    pub(crate) fn has_text<'n>(names: impl Iterator<Item = &'n str>) -> bool {
        let mut fields = names.filter_map(|name| USUAL.get(name.to_lowercase().as_str()));
        fields.any(|(field, _)| matches!(field, Field::Text | Field::Html))
    }
}

/// Which names are which fields.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// Names of each field, in the order they are asked.
    pub(crate) fields: BTreeMap<Field, Vec<String>>,
    /// Names that were guessed to be a field.
    pub(crate) guessed: BTreeMap<String, Field>,
}

/// A document of a text, with what is told of it by field. Its date is read apart, for it may be none.
pub(crate) fn document(
    text: String,
    published: Option<Moment>,
    told: impl Fn(Field) -> Option<String>,
) -> Document {
    let mut document = Document::new(text);
    document.id = told(Field::Id);
    document.published = published;
    document.title = told(Field::Title);
    document.publisher = told(Field::Publisher);
    document.agency = told(Field::Agency);
    document.byline = told(Field::Byline);
    document.url = told(Field::Url);
    document.language = told(Field::Language);
    document
}

/// Words on one line, a blank between them; `None` where there are none.
pub(crate) fn line(words: &str) -> Option<String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Whether words are the whole address of a page.
pub(crate) fn is_address(words: &str) -> bool {
    words.starts_with("https://") || words.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_goes_before_what_is_usual() {
        let names = ["Headline", "content", "body", "date"];
        let chosen = FieldNames::default().choose(names.into_iter());
        assert_eq!(chosen.fields[&Field::Text], ["body", "content"]);
        assert_eq!(chosen.guessed["Headline"], Field::Title);
        let said = FieldNames { said: vec![("content".to_owned(), Field::Text)] };
        assert_eq!(said.choose(names.into_iter()).fields[&Field::Text], ["content"]);
        assert!(
            FieldNames::has_text(["Body"].into_iter())
                && !FieldNames::has_text(["date"].into_iter())
        );
    }
}
