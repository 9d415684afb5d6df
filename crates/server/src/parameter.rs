//! Query parameters: their names, the values they accept, and the errors for values they do not.
//!
//! Each parameter is one row of a table. The row reads the value, reports in a [`Problem`] what was wrong with it, and describes
//! itself in the OpenAPI document, so that the three cannot drift apart.

use std::str::FromStr;

use dateline_core::{
    CueClass, EntityKind, Standing, StatementKind, Status,
    codes::{Country, PloverType},
};
use dateline_store::{CalendarUnit, Cursor};
use jiff::civil::Date;

use crate::problem::Problem;

/// Maximum length of a text value, in code points.
pub(crate) const LONGEST: usize = 400;

/// A parameter of an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    /// Name in the query, or in braces in the path.
    pub(crate) name: &'static str,
    /// Description for the OpenAPI document and the page of the API.
    pub(crate) about: &'static str,
    /// Values it accepts.
    pub(crate) kind: Kind,
}

/// Values that a parameter accepts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Free text.
    Text,
    /// A date, such as `2021-06-16`.
    Day,
    /// A month, such as `2021-06`.
    Month,
    /// A whole number between two limits, inclusive, with its default.
    Number { least: u64, most: u64, usual: u64 },
    /// One of a list of labels, in any case.
    Label(fn() -> Vec<&'static str>),
    /// A letter and a fixed number of hexadecimal digits.
    Id { letter: char, digits: usize },
    /// An ISO 3166-1 alpha-3 code.
    Country,
    /// Position in a list, from the `next` of a page.
    Cursor,
    /// `true` or `false`.
    Flag,
}

/// Parameters of one request, with validated values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Asked(Vec<(&'static str, String)>);

impl Asked {
    /// Reads the path and query of an address. Empty text values are dropped.
    ///
    /// # Errors
    ///
    /// The first parameter that is unknown, repeated, or has a value it does not accept.
    pub(crate) fn read(
        parameters: &[Parameter],
        path: impl IntoIterator<Item = (String, String)>,
        query: &str,
    ) -> Result<Self, Problem> {
        let mut asked = Self::default();
        let query = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()));
        for (name, value) in path.into_iter().chain(query) {
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
                let known: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
                return Err(Problem::unknown_parameter(&name, &known));
            };
            if asked.text(parameter.name).is_some() {
                return Err(Problem::parameter(&name, "is given twice; give it once"));
            }
            if value.is_empty() && matches!(parameter.kind, Kind::Text) {
                continue;
            }
            let value = parameter.value(value).map_err(|why| Problem::parameter(&name, why))?;
            asked.0.push((parameter.name, value));
        }
        // The order in a query has no meaning, and equal requests share a cached reply.
        asked.0.sort();
        Ok(asked)
    }

    /// Reads the query of a page; empty fields of its form are dropped.
    ///
    /// # Errors
    ///
    /// The same as [`Asked::read`].
    pub(crate) fn read_form(
        parameters: &[Parameter],
        path: impl IntoIterator<Item = (String, String)>,
        query: &str,
    ) -> Result<Self, Problem> {
        let mut filled = form_urlencoded::Serializer::new(String::new());
        let fields = form_urlencoded::parse(query.as_bytes());
        filled.extend_pairs(fields.filter(|(_, value)| !value.is_empty()));
        Self::read(parameters, path, &filled.finish())
    }

    /// Returns a value as text. Labels are spelled as in the data, whatever their case in the request.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Returns a value as an owned text.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// Parses a value.
    pub(crate) fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        self.get(name)
    }

    /// Returns `true` if the newest items come first.
    pub(crate) fn is_latest_first(&self) -> bool {
        self.text(ORDER.name) == Some("latest")
    }

    pub(crate) fn unit(&self, name: &str) -> Option<CalendarUnit> {
        let text = self.text(name)?;
        CalendarUnit::ALL.iter().copied().find(|unit| unit.as_str() == text)
    }

    /// Iterates over names and values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns a copy without one parameter.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(own, _)| *own != name).cloned().collect())
    }

    /// Returns the query string, with one parameter replaced or, for `None`, removed.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let others = self.iter().filter(|(own, _)| *own != name);
        query.extend_pairs(others);
        if let Some(value) = value {
            query.append_pair(name, value);
        }
        query.finish()
    }
}

impl Parameter {
    /// Validates a value and normalizes its case; the error says why it is refused.
    fn value(&self, value: String) -> Result<String, String> {
        if value.chars().count() > LONGEST {
            return Err(format!("is longer than {LONGEST} characters"));
        }
        if value.contains('\0') {
            return Err("contains the character U+0000".to_owned());
        }
        let read = |expected: &str| Err(format!("read `{value}`, expected {expected}"));
        match self.kind {
            Kind::Text => Ok(value),
            Kind::Day => match value.parse::<Date>() {
                Ok(day) if value.len() == 10 && day.year() > 0 => Ok(value),
                _ => read("a date such as 2021-06-16"),
            },
            Kind::Month => match format!("{value}-01").parse::<Date>() {
                Ok(day) if value.len() == 7 && day.year() > 0 => Ok(value),
                _ => read("a month such as 2021-06"),
            },
            Kind::Number { least, most, .. } => match value.parse::<u64>() {
                Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
                _ => read(&format!("a number from {least} to {most}")),
            },
            Kind::Label(labels) => {
                let labels = labels();
                match labels.iter().find(|label| label.eq_ignore_ascii_case(&value)) {
                    Some(label) => Ok((*label).to_owned()),
                    None => read(&format!("one of {}", labels.join(", "))),
                }
            }
            Kind::Id { letter, digits } => {
                let is_id = value.strip_prefix(letter).is_some_and(|rest| {
                    rest.len() == digits
                        && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
                });
                if is_id {
                    Ok(value)
                } else {
                    read(&format!("`{letter}` and {digits} hexadecimal digits"))
                }
            }
            Kind::Country => match value.parse::<Country>() {
                Ok(_) => Ok(value),
                Err(_) => read("a code of three capitals such as RUS (ISO 3166-1 alpha-3)"),
            },
            Kind::Cursor => match value.parse::<Cursor>() {
                Ok(_) => Ok(value),
                Err(_) => read("the `next` of an earlier page of this list"),
            },
            Kind::Flag => match value.as_str() {
                "true" | "false" => Ok(value),
                _ => read("true or false"),
            },
        }
    }
}

fn labels<T: Copy>(all: &[T], label: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| label(*one)).collect()
}

const fn parameter(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter { name, about, kind }
}

pub(crate) const ACTOR: Parameter = parameter(
    "actor",
    Kind::Text,
    "An actor: words of its name, its id, or the start of its code, such as RUSGOV.",
);
pub(crate) const WITH: Parameter =
    parameter("with", Kind::Text, "A second actor that takes part; same values as `actor`.");
pub(crate) const TYPE: Parameter = parameter(
    "type",
    Kind::Label(|| labels(PloverType::ALL, PloverType::as_str)),
    "PLOVER type of the event.",
);
pub(crate) const STATUS: Parameter = parameter(
    "status",
    Kind::Label(|| labels(Standing::ALL, Standing::as_str)),
    "Status of the event on the date given by `as_of`.",
);
pub(crate) const REPORTED: Parameter = parameter(
    "status",
    Kind::Label(|| labels(Status::ALL, Status::as_str)),
    "Only documents that report an event with this status and, if `type` is given, of that type.",
);
pub(crate) const PLACE: Parameter =
    parameter("place", Kind::Text, "Place of the event, by its name or id.");
pub(crate) const SINCE: Parameter = parameter("since", Kind::Day, "On or after this date.");
pub(crate) const UNTIL: Parameter = parameter("until", Kind::Day, "Before this date.");
pub(crate) const AS_OF: Parameter = parameter(
    "as_of",
    Kind::Day,
    "What was known at the end of this date; by default, all reports count.",
);
pub(crate) const ORDER: Parameter = parameter(
    "order",
    Kind::Label(|| vec!["earliest", "latest"]),
    "Order by date: `earliest` first (the default) or `latest` first.",
);
pub(crate) const LIMIT: Parameter = parameter(
    "limit",
    Kind::Number { least: 1, most: 1000, usual: 50 },
    "Maximum number of items on a page. The CSV and NDJSON versions have no pages.",
);
pub(crate) const AFTER: Parameter = parameter(
    "after",
    Kind::Cursor,
    "Position to continue from: the `next` of the previous page, unchanged.",
);
pub(crate) const PUBLISHER: Parameter =
    parameter("publisher", Kind::Text, "Full name of the publisher.");
pub(crate) const WORDS: Parameter = parameter(
    "q",
    Kind::Text,
    "Words to search for; all must occur. Use `\"…\"` for a phrase, `OR` and `NOT` to combine words, `word*` for a prefix, and `title:` or \
     `statements:` to search only there. Without words, all documents are found, newest first.",
);
pub(crate) const COUNTRY: Parameter =
    parameter("country", Kind::Country, "Only documents that mention an actor of this country.");
pub(crate) const UNIT: Parameter = parameter(
    "unit",
    Kind::Label(|| labels(CalendarUnit::ALL, CalendarUnit::as_str)),
    "Period to count by; the default is `day`. Weeks begin on Monday.",
);
pub(crate) const SPEAKER: Parameter =
    parameter("speaker", Kind::Text, "Speaker of the statement; same values as `actor`.");
pub(crate) const STATEMENT_KIND: Parameter = parameter(
    "kind",
    Kind::Label(|| labels(StatementKind::ALL, StatementKind::as_str)),
    "Quotation (`direct`), paraphrase (`indirect`), or both (`mixed`).",
);
pub(crate) const CLASS: Parameter = parameter(
    "class",
    Kind::Label(|| labels(CueClass::ALL, CueClass::as_str)),
    "What somebody said (`speech`), or only thinks or wants (`attitude`).",
);
pub(crate) const LEMMA: Parameter =
    parameter("lemma", Kind::Text, "Dictionary form of the cue, such as `deny`.");
pub(crate) const ACTOR_KIND: Parameter = parameter(
    "kind",
    Kind::Label(|| labels(EntityKind::ALL, EntityKind::as_str)),
    "Kind of actor.",
);
pub(crate) const NAME: Parameter = parameter(
    "name",
    Kind::Text,
    "Words of the name, the id, or the start of the code, such as RUSGOV.",
);
pub(crate) const MONTH: Parameter = parameter("month", Kind::Month, "Month to show.");
pub(crate) const ACTOR_ID: Parameter =
    parameter("id", Kind::Id { letter: 'a', digits: 12 }, "Id of the actor.");
pub(crate) const OTHER_ID: Parameter =
    parameter("other", Kind::Id { letter: 'a', digits: 12 }, "Id of the other actor.");
pub(crate) const EVENT_ID: Parameter =
    parameter("id", Kind::Id { letter: 'w', digits: 12 }, "Id of the event; former ids work, too.");
pub(crate) const DOCUMENT_ID: Parameter =
    parameter("id", Kind::Id { letter: 'd', digits: 16 }, "Id of the document.");
pub(crate) const DATE: Parameter =
    parameter("date", Kind::Day, "Publication date; overrides the date in the text.");
pub(crate) const EXPLAIN: Parameter =
    parameter("explain", Kind::Flag, "Explain why each part of the record was read as it was.");

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Parameter] = &[TYPE, SINCE, LIMIT, EVENT_ID, WORDS];

    fn check(query: &str, expected: Result<&str, &str>) {
        let read = Asked::read(ALL, [], query);
        match (read, expected) {
            (Ok(asked), Ok(expected)) => assert_eq!(asked.with("", None), expected, "{query}"),
            (Err(problem), Err(expected)) => {
                assert_eq!(problem.detail(), expected, "{query}");
            }
            (read, _) => panic!("{query}: {read:?}"),
        }
    }

    #[test]
    fn values_are_validated_by_their_parameters() {
        check("since=2021-06-16&type=consult&q=", Ok("since=2021-06-16&type=CONSULT"));
        check("since=", Err("parameter `since`: read ``, expected a date such as 2021-06-16"));
        check(
            "since=June",
            Err("parameter `since`: read `June`, expected a date such as 2021-06-16"),
        );
        check("limit=0", Err("parameter `limit`: read `0`, expected a number from 1 to 1000"));
        check("limit=5&limit=6", Err("parameter `limit`: is given twice; give it once"));
        check("id=w12", Err("parameter `id`: read `w12`, expected `w` and 12 hexadecimal digits"));
        check(
            "typ=CONSULT",
            Err("parameter `typ`: is unknown; known parameters are type, since, limit, id, q"),
        );
    }

    #[test]
    fn an_empty_field_of_a_form_is_dropped() {
        let asked = Asked::read_form(ALL, [], "since=&type=&q=a").unwrap();
        assert_eq!(asked.with("", None), "q=a");
    }

    #[test]
    fn a_query_is_changed_in_one_parameter() {
        let asked = Asked::read(ALL, [], "q=a%26b&limit=5").unwrap();
        assert_eq!(asked.with("q", Some("c d")), "limit=5&q=c+d");
        assert_eq!(asked.with("limit", None), "q=a%26b");
    }
}
