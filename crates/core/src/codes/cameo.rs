//! CAMEO codes, with the Goldstein score and the PLOVER reading of each.
//!
//! A newtype over the closed table `data/cameo.tsv` rather than an enum: 313 variants named by their digits would say
//! nothing the row does not, and the row is what a reader wants to see.

use std::{fmt, str::FromStr, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{CodeError, Context, Mode, PloverType};

/// A code of the CAMEO verb hierarchy, two to four digits: `173` is *Arrest, detain*.
///
/// ```
/// # use dateline_core::codes::{Cameo, PloverType};
/// let expel: Cameo = "161".parse()?;
/// assert_eq!(expel.root().to_string(), "16");
/// assert!(expel.goldstein() < 0.0);
/// # Ok::<(), dateline_core::codes::CodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Cameo(&'static Row);

#[derive(Debug)]
struct Row {
    code: &'static str,
    quad: u8,
    goldstein: f64,
    plover: Option<PloverType>,
    mode: Option<Mode>,
    contexts: Vec<Context>,
    name: &'static str,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("../../data/cameo.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| read_row(line).expect("data/cameo.tsv is read by a test"))
        .collect()
});

fn read_row(line: &'static str) -> Option<Row> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [code, quad, goldstein, plover, mode, contexts, name] = columns.try_into().ok()?;
    let filled = |cell: &'static str| (cell != "-").then_some(cell);
    Some(Row {
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
    /// The code that says no more of an act than its type.
    ///
    /// ```
    /// use dateline_core::codes::{Cameo, PloverType};
    /// assert_eq!(Cameo::general(PloverType::Consult).as_str(), "040");
    /// ```
    ///
    /// # Panics
    ///
    /// Never: a test reads the code of every type.
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

    /// Every code, in the order of the digits.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        TABLE.iter().map(Self)
    }

    /// The digits.
    pub fn as_str(self) -> &'static str {
        self.0.code
    }

    /// What the code stands for, as the CAMEO codebook names it.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The Goldstein score, -10 (conflict) to +10 (cooperation), of the scale shipped with ICEWS.
    pub fn goldstein(self) -> f64 {
        self.0.goldstein
    }

    /// The quad class ICEWS gives the code's root, 1 to 4. PLOVER's own is [`PloverType::quad`].
    pub fn quad(self) -> u8 {
        self.0.quad
    }

    /// The PLOVER type the code converts to; `None` for roots 01 and 02, which PLOVER drops.
    pub fn plover(self) -> Option<PloverType> {
        self.0.plover
    }

    /// The PLOVER mode the code converts to.
    pub fn mode(self) -> Option<Mode> {
        self.0.mode
    }

    /// The PLOVER contexts the code converts to.
    pub fn contexts(self) -> &'static [Context] {
        &self.0.contexts
    }

    /// The two-digit code this one lies under.
    ///
    /// # Panics
    ///
    /// Never: every root is in the table, which a test checks.
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
        TABLE
            .binary_search_by(|row| row.code.cmp(text))
            .map(|index| Self(&TABLE[index]))
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
    fn every_row_reads_and_lies_in_order_under_a_root() {
        let rows: Vec<_> = include_str!("../../data/cameo.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(rows.len(), 313);
        for row in &rows {
            assert!(read_row(row).is_some(), "no row: {row}");
        }
        assert!(Cameo::all().is_sorted());
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
