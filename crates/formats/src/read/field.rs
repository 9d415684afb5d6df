//! Fields of a document, and their names in sources.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::{Document, Moment};
use dateline_data::{Row, labels, rows};

/// Usual field names: the field, and the rank of the name.
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
        /// Plain text.
        Text = "text",
        /// Text as HTML.
        Html = "html",
        /// Publication date.
        Published = "published",
        /// Headline.
        Title = "title",
        /// Outlet.
        Publisher = "publisher",
        /// News agency.
        Agency = "agency",
        /// Author line.
        Byline = "byline",
        /// Address.
        Url = "url",
        /// Language.
        Language = "language",
        /// Identifier.
        Id = "id",
    }
}

/// Names of fields in a source, as given by the user. A name may be a path into nested objects: `meta.headline`.
///
/// Fields that are not named here are found by their usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// Field by name in the source.
    pub said: Vec<(String, Field)>,
}

impl FieldNames {
    /// Assigns the names of a record to fields: those given by the user, then the usual ones. `names` are in record order.
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

    /// Returns true if a record with these names seems to have text.
    pub(crate) fn has_text<'n>(names: impl Iterator<Item = &'n str>) -> bool {
        let mut fields = names.filter_map(|name| USUAL.get(name.to_lowercase().as_str()));
        fields.any(|(field, _)| matches!(field, Field::Text | Field::Html))
    }
}

/// Names of a record assigned to fields.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// Names of each field, in order of preference.
    pub(crate) fields: BTreeMap<Field, Vec<String>>,
    /// Names whose field was guessed.
    pub(crate) guessed: BTreeMap<String, Field>,
}

/// Creates a document from its text, date and fields. The caller parses the date, which may be invalid.
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

/// Returns the words on one line, separated by spaces, or `None` if there are none.
pub(crate) fn line(words: &str) -> Option<String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Returns true if the text is an address.
pub(crate) fn is_address(words: &str) -> bool {
    words.starts_with("https://") || words.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_given_by_the_user_take_precedence() {
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
