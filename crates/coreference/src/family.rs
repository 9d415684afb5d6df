//! Families of PLOVER types, and forms of consultation.
//!
//! Reports are compared within a family, because one text may code as AGREE what another codes as COOPERATE. The tables are
//! `data/families.tsv` and `data/forms.tsv`.

use std::sync::LazyLock;

use dateline_core::codes::PloverType;
use dateline_data::{Table, rows};

/// A group of event types that are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// Name of the family, as in `consultation`.
    pub name: &'static str,
    /// Lowest score, in tenths of a point, at which two reports are joined.
    pub threshold: i32,
    /// Longest time, in days, that an undated plan is taken to lie ahead.
    pub horizon: i32,
}

/// Form of a consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Form {
    /// Not known, as in *talks*, or not a consultation.
    #[default]
    Open,
    /// By telephone or video.
    Call,
    /// In person.
    Meeting,
}

/// Family of acts without a type, which are distinguished by their triggers.
pub(crate) const UNTYPED: Family = Family { name: "untyped", threshold: 200, horizon: 30 };

static FAMILIES: LazyLock<Vec<(PloverType, Family)>> = LazyLock::new(|| {
    rows(include_str!("../data/families.tsv"))
        .map(|row| {
            let [kind, name, threshold, horizon] = row.columns().expect("a row has four columns");
            let number = |cell: &str| cell.parse().expect("the cell is a number");
            let kind = kind.parse().expect("the first column is a PLOVER type");
            (kind, Family { name, threshold: number(threshold), horizon: number(horizon) })
        })
        .collect()
});

static FORMS: LazyLock<Table<Form>> = LazyLock::new(|| {
    Table::read(include_str!("../data/forms.tsv"), |columns| match columns[1] {
        "call" => Form::Call,
        _ => Form::Meeting,
    })
});

/// Returns the family of an event type.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::family;
///
/// assert_eq!(family::of(PloverType::Agree).name, family::of(PloverType::Cooperate).name);
/// ```
#[expect(clippy::missing_panics_doc, reason = "a test checks that the table lists every type")]
pub fn of(kind: PloverType) -> Family {
    let entry = FAMILIES.iter().find(|(known, _)| *known == kind);
    entry.expect("a test checks that the table lists every type").1
}

/// Returns the form that a trigger lemma gives an event of this type; [`Form::Open`] for all types but CONSULT.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::family::{Form, form};
///
/// assert_eq!(form(PloverType::Consult, "phone"), Form::Call);
/// assert_eq!(form(PloverType::Consult, "talk"), Form::Open);
/// ```
pub fn form(kind: PloverType, lemma: &str) -> Form {
    if kind != PloverType::Consult {
        return Form::Open;
    }
    FORMS.get(lemma).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_family() {
        for &kind in PloverType::ALL {
            assert!(of(kind).threshold > 0 && of(kind).horizon > 0, "{kind}");
        }
    }

    #[test]
    fn a_call_is_not_a_meeting_and_talks_may_be_either() {
        let of = |lemma| form(PloverType::Consult, lemma);
        assert_ne!(of("call"), of("summit"));
        assert_eq!(of("talk"), Form::Open);
        assert_eq!(form(PloverType::Accuse, "call"), Form::Open);
    }
}
