//! JSON Schemas (2020-12) of the responses, generated from their types.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

/// Location of schemas in the OpenAPI document.
const PLACE: &str = "#/components/schemas/";

/// Collector of schemas.
#[derive(Debug)]
pub(crate) struct Schemas(SchemaGenerator);

impl Schemas {
    pub(crate) fn new() -> Self {
        let settings = SchemaSettings::draft2020_12()
            .for_serialize()
            .with(|settings| settings.definitions_path = "/components/schemas".into());
        Self(settings.into_generator())
    }

    /// Returns the reference to the schema of a type, and collects it.
    pub(crate) fn of<T: JsonSchema>(&mut self) -> String {
        let reference = self.0.subschema_for::<T>();
        let place = reference.get("$ref").and_then(Value::as_str);
        place.map_or_else(|| format!("{PLACE}{}", T::schema_name()), str::to_owned)
    }

    /// Returns all collected schemas, with those they refer to, by name.
    pub(crate) fn all(mut self) -> Value {
        let mut all: Vec<(String, Value)> = self.0.take_definitions(true).into_iter().collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        Value::Object(all.into_iter().collect())
    }
}
