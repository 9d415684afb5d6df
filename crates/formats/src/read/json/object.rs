//! A JSON object whose values are read in place.

use std::collections::BTreeMap;

use dateline_core::Moment;
use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use super::literal;
use crate::read::{field, published};

/// An object with its raw values.
#[derive(Debug)]
pub(super) struct Object<'b> {
    /// Record that contains the object.
    record: &'b [u8],
    fields: BTreeMap<String, &'b RawValue>,
    /// Field names, in order.
    order: Vec<String>,
}

impl<'b> Object<'b> {
    /// Parses a record that is an object.
    ///
    /// # Errors
    ///
    /// If it is not an object.
    pub(super) fn read(record: &'b [u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(record).map_err(|error| {
            format!("no JSON: byte {} of the record is not UTF-8", error.valid_up_to())
        })?;
        Self::within(text.trim_start_matches('\u{feff}'), record)
    }

    fn within(text: &'b str, record: &'b [u8]) -> Result<Self, String> {
        let fields: serde_json::Result<BTreeMap<String, &RawValue>> = serde_json::from_str(text);
        let fields = fields.map_err(|error| {
            if error.is_data() && !text.trim_start().starts_with('{') {
                "expected a JSON object with a `text`".to_owned()
            } else {
                format!("no JSON: {error}")
            }
        })?;
        let mut order: Vec<(usize, String)> = fields
            .iter()
            .map(|(name, value)| (value.get().as_ptr().addr(), name.clone()))
            .collect();
        order.sort_unstable();
        Ok(Self { record, order: order.into_iter().map(|(_, name)| name).collect(), fields })
    }

    /// Field names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// Returns true if it has a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Returns the value of a field, unless it is null. A name may be a path into nested objects: `meta.headline`.
    pub(super) fn value(&self, name: &str) -> Option<&'b RawValue> {
        let found = if let Some(value) = self.fields.get(name) {
            *value
        } else {
            let (outer, inner) = name.split_once('.')?;
            self.object(outer)?.value(inner)?
        };
        (found.get() != "null").then_some(found)
    }

    /// Returns a field that is an object.
    pub(super) fn object(&self, name: &str) -> Option<Self> {
        Self::within(self.fields.get(name)?.get(), self.record).ok()
    }

    /// Returns the items of a field that is a list whose first item is an object.
    pub(super) fn list(&self, name: &str) -> Option<Vec<Result<Self, String>>> {
        let raw = self.fields.get(name)?.get();
        let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
        items
            .first()?
            .get()
            .starts_with('{')
            .then(|| items.iter().map(|item| Self::within(item.get(), self.record)).collect())
    }

    /// Returns the offset of a value in the record.
    pub(super) fn place(&self, value: &RawValue) -> u64 {
        (value.get().as_ptr().addr() - self.record.as_ptr().addr()) as u64
    }

    /// Converts a value to text: a string, a number, the `name` of an object, or a list of these.
    pub(super) fn words(&self, name: &str) -> Option<String> {
        let raw = self.value(name)?;
        let words = match literal::read(raw.get(), 0) {
            Some((words, _)) => words,
            None => shown(&serde_json::from_str(raw.get()).ok()?)?,
        };
        field::line(&words)
    }

    /// Parses a value as a date, or returns `None` if it is empty.
    ///
    /// # Errors
    ///
    /// If it is neither empty nor a date.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Moment>, String> {
        let Some(words) = self.words(name) else { return Ok(None) };
        let moment =
            published::moment(&words).or_else(|| words.parse().ok()).or_else(|| seconds(&words));
        moment.map(Some).ok_or_else(|| {
            format!(
                "read `{name}` as `{words}`, expected a date such as 2021-05-08 or 2021-05-08T09:30"
            )
        })
    }
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(items) => {
            // One level of nesting: a list of authors with names.
            let names: Vec<String> = items
                .iter()
                .filter(|item| !item.is_array())
                .filter_map(shown)
                .filter(|name| !name.trim().is_empty())
                .collect();
            Some(names.join(", "))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// Converts seconds or milliseconds since 1970 (UTC).
fn seconds(words: &str) -> Option<Moment> {
    let number: i64 = words.parse().ok()?;
    let timestamp = match number {
        100_000_000..=9_999_999_999 => Timestamp::from_second(number),
        100_000_000_000..=9_999_999_999_999 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    let civil = timestamp.ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Some(Moment::Minute(civil.date().at(civil.hour(), civil.minute(), 0, 0)))
}
