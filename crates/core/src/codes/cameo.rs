//! CAMEO codes, with their Goldstein scores and PLOVER equivalents.
//!
//! [`Cameo`] is a reference into the table `data/cameo.tsv` rather than an enum: 313 variants named by their digits would say
//! nothing the table does not.

use std::{fmt, str::FromStr, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use dateline_data::rows;

use super::{CodeError, Context, Mode, PloverType};

/// A code of the CAMEO event hierarchy, two to four digits: `173` is *Arrest, detain*.
///
/// Codes order as text: `16`, `160`, `161`, `17`.
///
/// ```
/// # use dateline_core::codes::{Cameo, PloverType};
/// let expel: Cameo = "161".parse()?;
/// assert_eq!(expel.root().to_string(), "16");
/// assert!(expel.goldstein() < 0.0);
/// # Ok::<(), dateline_core::codes::CodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Cameo(&'static CameoEntry);

#[derive(Debug)]
struct CameoEntry {
    code: &'static str,
    quad: u8,
    goldstein: f64,
    plover: Option<PloverType>,
    mode: Option<Mode>,
    contexts: Vec<Context>,
    name: &'static str,
}

/// Sorted by code.
static CODES: LazyLock<Vec<CameoEntry>> = LazyLock::new(|| {
    rows(include_str!("../../data/cameo.tsv"))
        .map(|row| {
            let cells = row.columns().expect("a test reads data/cameo.tsv");
            entry(cells).expect("a test reads data/cameo.tsv")
        })
        .collect()
});

fn entry(cells: [&'static str; 7]) -> Option<CameoEntry> {
    let [code, quad, goldstein, plover, mode, contexts, name] = cells;
    let filled = |cell: &'static str| (cell != "-").then_some(cell);
    Some(CameoEntry {
        code,
        quad: quad.parse().ok()?,
        goldstein: goldstein.parse().ok()?,
        plover: filled(plover).map(str::parse).transpose().ok()?,
        mode: filled(mode).map(str::parse).transpose().ok()?,
        contexts: filled(contexts)
            .map_or(Ok(Vec::new()), |list| list.split(',').map(str::parse).collect())
            .ok()?,
        name,
    })
}

impl Cameo {
    /// Returns the most general code of a PLOVER type.
    ///
    /// ```
    /// use dateline_core::codes::{Cameo, PloverType};
    /// assert_eq!(Cameo::general(PloverType::Consult).as_str(), "040");
    /// ```
    ///
    /// # Panics
    ///
    /// Never: the table has a code for every type, which a test checks.
    pub fn general(kind: PloverType) -> Self {
        let code = match kind {
            PloverType::Agree => "030",
            PloverType::Consult => "040",
            PloverType::Support => "050",
            PloverType::Cooperate => "060",
            PloverType::Aid => "070",
            PloverType::Concede => "080",
            PloverType::Retreat => "087",
            PloverType::Request => "100",
            PloverType::Accuse => "110",
            PloverType::Reject => "120",
            PloverType::Threaten => "130",
            PloverType::Protest => "140",
            PloverType::Mobilize => "150",
            PloverType::Sanction => "160",
            PloverType::Coerce => "170",
            PloverType::Assault => "190",
        };
        code.parse().expect("the code of a type is in the table")
    }

    /// Returns every code, in order.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        CODES.iter().map(Self)
    }

    /// The code itself, as digits.
    pub fn as_str(self) -> &'static str {
        self.0.code
    }

    /// Name of the code in the CAMEO codebook: `Arrest, detain`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Goldstein score from -10 (conflict) to +10 (cooperation), in the version ICEWS publishes.
    pub fn goldstein(self) -> f64 {
        self.0.goldstein
    }

    /// Quad class, 1 to 4, that ICEWS gives the root of the code. PLOVER's is [`PloverType::quad`].
    pub fn quad(self) -> u8 {
        self.0.quad
    }

    /// Corresponding PLOVER type; `None` for roots 01 and 02, which PLOVER does not cover.
    pub fn plover(self) -> Option<PloverType> {
        self.0.plover
    }

    /// Corresponding PLOVER mode, if there is one.
    pub fn mode(self) -> Option<Mode> {
        self.0.mode
    }

    /// Corresponding PLOVER contexts.
    pub fn contexts(self) -> &'static [Context] {
        &self.0.contexts
    }

    /// Returns the two-digit code at the top of the hierarchy: `16` for `161`.
    ///
    /// # Panics
    ///
    /// Never: the table has every root, which a test checks.
    #[must_use]
    pub fn root(self) -> Self {
        self.0.code[..2].parse().expect("every root is in the table")
    }
}

impl fmt::Debug for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cameo({})", self.0.code)
    }
}

impl fmt::Display for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl PartialEq for Cameo {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for Cameo {}

impl PartialOrd for Cameo {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cameo {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl FromStr for Cameo {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        CODES
            .binary_search_by(|entry| entry.code.cmp(text))
            .map(|index| Self(&CODES[index]))
            .map_err(|_| CodeError::new(text, "a CAMEO code of two to four digits, as in `173`"))
    }
}

impl Serialize for Cameo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}

impl<'de> Deserialize<'de> for Cameo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Cameo {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cameo".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "CAMEO code", "pattern": "^[0-9]{2,4}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_has_a_root() {
        assert_eq!(Cameo::all().len(), 313);
        for row in rows(include_str!("../../data/cameo.tsv")) {
            assert!(row.columns().and_then(entry).is_some(), "line {}", row.line());
        }
        assert!(CODES.is_sorted_by(|one, other| one.code < other.code));
        for code in Cameo::all() {
            assert!((-10.0..=10.0).contains(&code.goldstein()), "{code}");
            assert_eq!(code.root().as_str().len(), 2);
        }
    }

    #[test]
    fn a_mode_belongs_to_its_type() {
        for code in Cameo::all() {
            if let Some(mode) = code.mode() {
                let kind = code.plover().unwrap();
                assert!(
                    kind.modes().any(|(listed, _)| listed == mode),
                    "{code}: {kind} has no mode {mode}"
                );
            }
        }
    }

    #[test]
    fn every_type_has_a_general_code() {
        for &kind in PloverType::ALL {
            let code = Cameo::general(kind);
            assert_eq!(code.plover(), Some(kind), "{kind} {code}");
        }
    }

    #[test]
    fn an_unknown_code_is_refused() {
        let error = "999".parse::<Cameo>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "read `999`, expected a CAMEO code of two to four digits, as in `173`"
        );
    }
}
