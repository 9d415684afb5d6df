//! Points on earth.

use std::{fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point on earth in the World Geodetic System (WGS 84).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Coordinates {
    /// Degrees north of the equator, from −90 to 90.
    pub latitude: Degrees,
    /// Degrees east of Greenwich, from −180 to 180.
    pub longitude: Degrees,
}

/// An angle, exact to a hundred-thousandth of a degree, which is about a meter on the ground.
///
/// Written as a decimal number: `31.222`. Kept as an integer, so that records compare equal and print the same bytes
/// everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Degrees(i32);

/// No angle was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DegreesError(String);

const PARTS: i32 = 100_000;

impl Degrees {
    /// The angle as a floating-point number.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / f64::from(PARTS)
    }

    /// The angle nearest to a number.
    ///
    /// # Errors
    ///
    /// If the number is none, or further from zero than 180.
    pub fn from_f64(degrees: f64) -> Result<Self, DegreesError> {
        if !(-180.0..=180.0).contains(&degrees) {
            return Err(DegreesError(degrees.to_string()));
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
        Ok(Self((degrees * f64::from(PARTS)).round() as i32))
    }
}

impl FromStr for Degrees {
    type Err = DegreesError;

    fn from_str(text: &str) -> Result<Self, DegreesError> {
        let number: f64 = text.parse().map_err(|_| DegreesError(text.to_owned()))?;
        Self::from_f64(number)
    }
}

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_f64().fmt(f)
    }
}

impl fmt::Display for DegreesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no angle; a number of degrees from -180 to 180 was expected", self.0)
    }
}

impl std::error::Error for DegreesError {}

impl Serialize for Degrees {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_f64(f64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl JsonSchema for Degrees {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Degrees".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": -180, "maximum": 180 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_come_back_as_they_were_written() {
        for text in ["31.222", "-0.00001", "180.0", "0.1"] {
            let degrees: Degrees = text.parse().unwrap();
            let json = serde_json::to_string(&degrees).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_str::<Degrees>(&json).unwrap(), degrees);
        }
    }

    #[test]
    fn what_is_no_angle_is_refused() {
        for text in ["181", "NaN", "inf", "12°", ""] {
            assert_eq!(text.parse::<Degrees>(), Err(DegreesError(text.to_owned())), "{text}");
        }
        let error = "abc".parse::<Degrees>().unwrap_err().to_string();
        assert!(error.starts_with("`abc` is no angle"), "{error}");
    }
}
