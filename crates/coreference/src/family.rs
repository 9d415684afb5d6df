//! Families of PLOVER types, and forms of consultation.
//!
//! Reports are compared within a family, because one text may code as AGREE what another codes as COOPERATE. The tables are
//! `data/families.tsv` and `data/forms.tsv`.

use std::sync::LazyLock;

use dateline_core::codes::PloverType;

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

/// How the parties of a consultation meet.
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

/// The family of acts without a type, which are told apart by their triggers.
pub(crate) const UNTYPED: Family = Family { name: "untyped", threshold: 200, horizon: 30 };

static FAMILIES: LazyLock<Vec<(PloverType, Family)>> = LazyLock::new(|| {
    rows(include_str!("../data/families.tsv"))
        .map(|row| {
            let number = |at: usize| row[at].parse().expect("a test reads the table");
            let kind = row[0].parse().expect("a test reads the table");
            (kind, Family { name: row[1], threshold: number(2), horizon: number(3) })
        })
        .collect()
});

static FORMS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../data/forms.tsv")).map(|row| (row[0], row[1])).collect()
});

/// Returns the family of an event type.
///
/// ```
/// use dateline_core::codes::PloverType;
/// use dateline_coreference::family;
///
/// assert_eq!(family::of(PloverType::Agree).name, family::of(PloverType::Cooperate).name);
/// ```
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
    let form = FORMS.iter().find(|(known, _)| *known == lemma).map(|(_, form)| *form);
    match form {
        None => Form::Open,
        Some("call") => Form::Call,
        Some(_) => Form::Meeting,
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
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
