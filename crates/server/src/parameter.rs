//! Parameters of a request: what each is called, what it takes, and why a value is refused.
//!
//! The parameters of an address are rows of a table. The same row reads the value, says in a [`Problem`] what was wrong with it, and
//! describes itself in the OpenAPI document, so that none of the three can drift from the others.

use std::str::FromStr;

use dateline_core::{
    CueClass, EntityKind, Standing, StatementKind, Status,
    codes::{Country, PloverType},
};
use dateline_store::{CalendarUnit, Cursor};
use jiff::civil::Date;

use crate::problem::Problem;

/// The most code points of a text that is asked with.
pub(crate) const LONGEST: usize = 400;

/// Something an address is asked with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    /// Its name in the query, or in braces in the path.
    pub(crate) name: &'static str,
    /// What it asks for.
    pub(crate) about: &'static str,
    /// What it takes.
    pub(crate) kind: Kind,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Words.
    Text,
    /// A day, `2021-06-16`.
    Day,
    /// A month, `2021-06`.
    Month,
    /// A whole number from the least to the most.
    Number { least: u64, most: u64, usual: u64 },
    /// One of a list, in capitals or small letters.
    Label(fn() -> Vec<&'static str>),
    /// A letter and so many hexadecimal digits.
    Id { letter: char, digits: usize },
    /// An ISO 3166-1 alpha-3 code.
    Country,
    /// Where a list goes on.
    Cursor,
    /// `true` or `false`.
    Flag,
}

/// What a request asks, each value held against its parameter already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Asked(Vec<(&'static str, String)>);

impl Asked {
    /// Reads the query of an address. Words that are empty are not asked for.
    ///
    /// # Errors
    ///
    /// The first parameter that is unknown, there twice, or has a value it does not take.
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
                return Err(Problem::unknown_parameter(&name, parameters));
            };
            if asked.text(parameter.name).is_some() {
                return Err(Problem::parameter(&name, "is there twice; give it once"));
            }
            if value.is_empty() && matches!(parameter.kind, Kind::Text) {
                continue;
            }
            let value = parameter.value(value).map_err(|why| Problem::parameter(&name, why))?;
            asked.0.push((parameter.name, value));
        }
        // The order in which they came asks for nothing.
        asked.0.sort();
        Ok(asked)
    }

    /// Reads the query of a page, on which a field of a form that is left empty is not asked.
    ///
    /// # Errors
    ///
    /// As for [`Asked::read`].
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

    /// A value, as it was given but for labels, which are as data spells them.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// The same, for keeping.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// A value of a type whose text it is.
    pub(crate) fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        self.get(name)
    }

    /// Whether the latest is to come first.
    pub(crate) fn is_latest_first(&self) -> bool {
        self.text(ORDER.name) == Some("latest")
    }

    pub(crate) fn unit(&self, name: &str) -> Option<CalendarUnit> {
        let text = self.text(name)?;
        CalendarUnit::ALL.iter().copied().find(|unit| unit.as_str() == text)
    }

    /// The values that are asked, by the names of their parameters.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The same with one value left out.
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(own, _)| *own != name).cloned().collect())
    }

    /// The query that asks the same, with one value put in place of its own or left out.
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
    /// The value as it is kept; why it is none otherwise.
    fn value(&self, value: String) -> Result<String, String> {
        if value.chars().count() > LONGEST {
            return Err(format!("is longer than {LONGEST} characters"));
        }
        if value.contains('\0') {
            return Err("has a character U+0000".to_owned());
        }
        let read = |expected: &str| Err(format!("read `{value}`, expected {expected}"));
        match self.kind {
            Kind::Text => Ok(value),
            Kind::Day => match value.parse::<Date>() {
                Ok(day) if value.len() == 10 && day.year() > 0 => Ok(value),
                _ => read("a day such as 2021-06-16"),
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
                Err(_) => read("the `next` of a page of this list"),
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
    "Somebody: a name as the texts have it or some words of one, an id, or the beginning of a code such as RUSGOV.",
);
pub(crate) const WITH: Parameter =
    parameter("with", Kind::Text, "Somebody else who takes part, too; read as `actor`.");
pub(crate) const TYPE: Parameter = parameter(
    "type",
    Kind::Label(|| labels(PloverType::ALL, PloverType::as_str)),
    "Events of this PLOVER type.",
);
pub(crate) const STATUS: Parameter = parameter(
    "status",
    Kind::Label(|| labels(Standing::ALL, Standing::as_str)),
    "Events that stand so, as of the day asked for.",
);
pub(crate) const REPORTED: Parameter = parameter(
    "status",
    Kind::Label(|| labels(Status::ALL, Status::as_str)),
    "Documents that report an event with this status, of the same type if one is asked for.",
);
pub(crate) const PLACE: Parameter =
    parameter("place", Kind::Text, "Events at this place, by its name or id.");
pub(crate) const SINCE: Parameter = parameter("since", Kind::Day, "On this day or later.");
pub(crate) const UNTIL: Parameter = parameter("until", Kind::Day, "Before this day.");
pub(crate) const AS_OF: Parameter = parameter(
    "as_of",
    Kind::Day,
    "By what was reported until the end of this day; without it, by all reports.",
);
pub(crate) const ORDER: Parameter = parameter(
    "order",
    Kind::Label(|| vec!["earliest", "latest"]),
    "Which come first; the earliest, unless it is said.",
);
pub(crate) const LIMIT: Parameter = parameter(
    "limit",
    Kind::Number { least: 1, most: 1000, usual: 50 },
    "At most so many on a page. The twins in CSV and NDJSON have no pages.",
);
pub(crate) const AFTER: Parameter = parameter(
    "after",
    Kind::Cursor,
    "Only what comes behind: the `next` of the page before. It is to be handed back as it came.",
);
pub(crate) const PUBLISHER: Parameter =
    parameter("publisher", Kind::Text, "Of this publisher, by its whole name.");
pub(crate) const WORDS: Parameter = parameter(
    "q",
    Kind::Text,
    "Words that all have to be there. `\"…\"` asks for words in a row, `OR` and `NOT` join and exclude, `word*` asks for all that begin so, \
     `title:` and `statements:` ask there alone. Without any, all documents are found, the latest first.",
);
pub(crate) const COUNTRY: Parameter =
    parameter("country", Kind::Country, "Documents that speak of an actor of this country.");
pub(crate) const UNIT: Parameter = parameter(
    "unit",
    Kind::Label(|| labels(CalendarUnit::ALL, CalendarUnit::as_str)),
    "The stretches events are counted in; days, unless it is said. Weeks begin on Monday.",
);
pub(crate) const SPEAKER: Parameter =
    parameter("speaker", Kind::Text, "By this speaker; read as `actor`.");
pub(crate) const STATEMENT_KIND: Parameter = parameter(
    "kind",
    Kind::Label(|| labels(StatementKind::ALL, StatementKind::as_str)),
    "Statements in these words (`direct`), in others (`indirect`), or in both.",
);
pub(crate) const CLASS: Parameter = parameter(
    "class",
    Kind::Label(|| labels(CueClass::ALL, CueClass::as_str)),
    "What is said, or what somebody only thinks or wants.",
);
pub(crate) const LEMMA: Parameter =
    parameter("lemma", Kind::Text, "With a cue of this dictionary form, such as `deny`.");
pub(crate) const ACTOR_KIND: Parameter = parameter(
    "kind",
    Kind::Label(|| labels(EntityKind::ALL, EntityKind::as_str)),
    "Actors of this kind.",
);
pub(crate) const NAME: Parameter = parameter(
    "name",
    Kind::Text,
    "Those somebody may mean by a name or some words of one, an id, or the beginning of a code such as RUSGOV.",
);
pub(crate) const MONTH: Parameter = parameter("month", Kind::Month, "The month that is shown.");
pub(crate) const ACTOR_ID: Parameter =
    parameter("id", Kind::Id { letter: 'a', digits: 12 }, "The id of the actor.");
pub(crate) const OTHER_ID: Parameter =
    parameter("other", Kind::Id { letter: 'a', digits: 12 }, "The id of the other actor.");
pub(crate) const EVENT_ID: Parameter = parameter(
    "id",
    Kind::Id { letter: 'w', digits: 12 },
    "The id of the event, or one it had before.",
);
pub(crate) const DOCUMENT_ID: Parameter =
    parameter("id", Kind::Id { letter: 'd', digits: 16 }, "The id of the document.");
pub(crate) const DATE: Parameter = parameter(
    "date",
    Kind::Day,
    "The day of publication; it takes the place of the one the text tells.",
);
pub(crate) const EXPLAIN: Parameter =
    parameter("explain", Kind::Flag, "Also say why each part was read as it was.");

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
    fn values_are_held_against_their_parameters() {
        check("since=2021-06-16&type=consult&q=", Ok("since=2021-06-16&type=CONSULT"));
        check("since=", Err("parameter `since`: read ``, expected a day such as 2021-06-16"));
        check(
            "since=June",
            Err("parameter `since`: read `June`, expected a day such as 2021-06-16"),
        );
        check("limit=0", Err("parameter `limit`: read `0`, expected a number from 1 to 1000"));
        check("limit=5&limit=6", Err("parameter `limit`: is there twice; give it once"));
        check("id=w12", Err("parameter `id`: read `w12`, expected `w` and 12 hexadecimal digits"));
        check(
            "typ=CONSULT",
            Err("parameter `typ`: is not known here; known are type, since, limit, id, q"),
        );
    }

    #[test]
    fn an_empty_field_of_a_form_is_not_asked() {
        let asked = Asked::read_form(ALL, [], "since=&type=&q=a").unwrap();
        assert_eq!(asked.with("", None), "q=a");
    }

    #[test]
    fn an_address_asks_for_something_else() {
        let asked = Asked::read(ALL, [], "q=a%26b&limit=5").unwrap();
        assert_eq!(asked.with("q", Some("c d")), "limit=5&q=c+d");
        assert_eq!(asked.with("limit", None), "q=a%26b");
    }
}
