//! Families of PLOVER types and forms of consultation, from `data/families.tsv` and `data/forms.tsv`.

use std::sync::LazyLock;

use dateline_core::codes::PloverType;

/// A family of types and what is asked of two reports in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// How like two reports must be, in tenths.
    pub(crate) threshold: i32,
    /// Days a plan lies ahead at most, where its date is not told.
    pub(crate) horizon: i32,
}

static FAMILIES: LazyLock<Vec<(PloverType, Family)>> = LazyLock::new(|| {
    rows(include_str!("../../data/families.tsv"))
        .map(|row| {
            let number = |at: usize| row[at].parse().expect("a test reads the table");
            let kind = row[0].parse().expect("a test reads the table");
            (kind, Family { name: row[1], threshold: number(2), horizon: number(3) })
        })
        .collect()
});

static FORMS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../../data/forms.tsv")).map(|row| (row[0], row[1])).collect()
});

/// The family of a type.
pub(crate) fn of(kind: PloverType) -> Family {
    let found = FAMILIES.iter().find(|(known, _)| *known == kind);
    found.expect("a test holds the table against the list of types").1
}

/// The form a trigger gives a consultation: 0 where it leaves it open.
pub(crate) fn form(kind: PloverType, lemma: &str) -> u8 {
    if kind != PloverType::Consult {
        return 0;
    }
    let form = FORMS.iter().find(|(known, _)| *known == lemma).map(|(_, form)| *form);
    match form {
        None => 0,
        Some("call") => 1,
        Some(_) => 2,
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
    fn a_call_is_no_meeting_and_talks_may_be_either() {
        let of = |lemma| form(PloverType::Consult, lemma);
        assert_ne!(of("call"), of("summit"));
        assert_eq!(of("talk"), 0);
        assert_eq!(form(PloverType::Accuse, "call"), 0);
    }
}
