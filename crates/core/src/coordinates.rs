//! Geographic coordinates.

use std::{fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point on the earth in the World Geodetic System (WGS 84).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Coordinates {
    /// Degrees north of the equator, from −90 to 90.
    pub latitude: Degrees,
    /// Degrees east of Greenwich, from −180 to 180.
    pub longitude: Degrees,
}

/// An angle in degrees, exact to a hundred-thousandth of a degree (about one meter on the ground).
///
/// Serializes as a decimal number: `31.222`. It is stored as an integer, so records compare equal and print the same bytes on
/// every machine.
///
/// ```
/// use dateline_core::Degrees;
///
/// let latitude: Degrees = "46.20222".parse()?;
/// assert_eq!(latitude.to_f64(), 46.20222);
/// assert!("190".parse::<Degrees>().is_err());
/// # Ok::<(), dateline_core::DegreesError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Degrees(i32);

/// Error for text or a number that is not an angle from -180 to 180 degrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DegreesError(String);

const PARTS: i32 = 100_000;

impl Degrees {
    /// Returns the angle as a floating-point number of degrees.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / f64::from(PARTS)
    }

    /// Rounds a number of degrees to the nearest angle.
    ///
    /// # Errors
    ///
    /// If the number is NaN or outside -180 to 180.
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
        write!(f, "read `{}`, expected a number of degrees from -180 to 180", self.0)
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
    fn angles_round_trip() {
        for text in ["31.222", "-0.00001", "180.0", "0.1"] {
            let degrees: Degrees = text.parse().unwrap();
            let json = serde_json::to_string(&degrees).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_str::<Degrees>(&json).unwrap(), degrees);
        }
    }

    #[test]
    fn other_text_and_numbers_are_refused() {
        for text in ["181", "NaN", "inf", "12°", ""] {
            assert_eq!(text.parse::<Degrees>(), Err(DegreesError(text.to_owned())), "{text}");
        }
        let error = "abc".parse::<Degrees>().unwrap_err().to_string();
        assert_eq!(error, "read `abc`, expected a number of degrees from -180 to 180");
    }
}
