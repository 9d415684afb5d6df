//! Comparison of names: two can mean the same person or organization if they share a word that is not a title.

use std::collections::BTreeSet;

/// Words that many names share, as whole normalized words.
const IGNORED: [&str; 15] = [
    "a",
    "an",
    "and",
    "dr",
    "foreign",
    "minister",
    "mr",
    "mrs",
    "ms",
    "of",
    "president",
    "prime",
    "s",
    "sir",
    "the",
];

/// Whether two names share a word. Titles and articles count only in a name made of nothing else.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    !telling_words(a).is_disjoint(&telling_words(b))
}

fn telling_words(name: &str) -> BTreeSet<String> {
    let all = words(name);
    let telling: BTreeSet<String> =
        all.iter().filter(|word| !IGNORED.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// Lowercase words without punctuation: *Iran's* is `irans`.
fn words(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase();
    let kept: String =
        lower.chars().filter(|c| c.is_alphanumeric() || *c == '_' || *c == ' ').collect();
    kept.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn a_surname_is_enough() {
        assert!(same_name("President Ana Ruiz", "Ruiz"));
        assert!(same_name("RUIZ,", "ana ruiz"));
        assert!(!same_name("Ana Ruiz", "Ana's brother"), "a genitive is another word");
    }

    #[test]
    fn a_title_is_not_enough() {
        assert!(!same_name("President Ruiz", "President Mwangi"));
        assert!(same_name("the president", "President"), "unless nothing else is there");
    }
}
