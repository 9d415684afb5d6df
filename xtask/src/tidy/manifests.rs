//! Manifests of crates: dependencies point downward, lints are shared, and versions are in the root.

use std::path::Path;

use super::Findings;

/// Crates of the project that each crate may depend on.
const CRATES: [(&str, &[&str]); 10] = [
    ("data", &[]),
    ("core", &["dateline-data"]),
    ("nlp", &["dateline-data"]),
    ("lexicon", &["dateline-core", "dateline-data", "dateline-nlp"]),
    ("extract", &["dateline-core", "dateline-data", "dateline-lexicon", "dateline-nlp"]),
    ("formats", &["dateline-core", "dateline-data"]),
    ("coreference", &["dateline-core", "dateline-data"]),
    ("store", &["dateline-core", "dateline-coreference", "dateline-data"]),
    (
        "server",
        &[
            "dateline-core",
            "dateline-data",
            "dateline-extract",
            "dateline-formats",
            "dateline-store",
        ],
    ),
    (
        "cli",
        &[
            "dateline-core",
            "dateline-data",
            "dateline-nlp",
            "dateline-extract",
            "dateline-formats",
            "dateline-server",
            "dateline-store",
        ],
    ),
];

/// Reports missing lints, dependencies on crates that are not below, and versions outside the root manifest.
pub(super) fn check(name: &Path, text: &str, findings: &mut Findings) {
    let own =
        name.parent().and_then(Path::file_name).and_then(|own| own.to_str()).unwrap_or_default();
    let Some((_, below)) = CRATES.iter().find(|(crate_name, _)| *crate_name == own) else { return };
    if !text.contains("[lints]\nworkspace = true") {
        findings.add(
            name,
            1,
            "the shared lints are missing; add `[lints]` with `workspace = true`",
        );
    }
    let mut is_shipped = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            is_shipped = line == "[dependencies]";
        }
        let dependency = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if is_shipped && dependency.starts_with("dateline") && !below.contains(&dependency) {
            findings.add(name, number + 1, format!("`{own}` may not depend on `{dependency}`"));
        }
        if is_shipped && line.contains("version = \"") {
            findings.add(
                name,
                number + 1,
                "a version outside the root manifest; write `workspace = true`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_layer_knows_no_records() {
        let mut findings = Findings::default();
        let text = "[lints]\nworkspace = true\n[dependencies]\ndateline-core.workspace = true\n";
        check(Path::new("crates/nlp/Cargo.toml"), text, &mut findings);
        assert_eq!(
            findings.lines(),
            ["crates/nlp/Cargo.toml:4: `nlp` may not depend on `dateline-core`"]
        );
    }
}
