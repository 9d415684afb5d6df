//! Imports between the layers of extraction, which may only point downward.

use std::path::Path;

use super::Findings;

/// Layers that each layer of extraction may import; `codepoint`, `document` and `reading` lie below all.
const LAYERS: [(&str, &[&str]); 13] = [
    ("actors", &[]),
    ("codepoint", &[]),
    ("document", &[]),
    ("linear", &[]),
    ("reading", &[]),
    ("sparse", &["linear"]),
    ("time", &["reading"]),
    ("clause", &["linear", "reading", "time"]),
    ("entity", &["actors", "linear", "sparse", "reading", "time", "clause"]),
    ("statement", &["linear", "reading", "time", "clause", "entity"]),
    ("factuality", &["linear", "clause"]),
    (
        "event",
        &["linear", "sparse", "reading", "time", "clause", "entity", "statement", "factuality"],
    ),
    ("relation", &["reading", "time", "clause", "entity", "statement", "factuality", "event"]),
];

/// Reports imports of a layer that is not below the file's own.
pub(super) fn check(name: &Path, text: &str, findings: &mut Findings) {
    let Some(layer) = layer_of(name) else { return };
    let Some((_, below)) = LAYERS.iter().find(|(own, _)| *own == layer) else { return };
    for (number, line) in text.lines().enumerate() {
        for import in imported_layers(text, line) {
            let known = LAYERS.iter().any(|(name, _)| *name == import) || import == "pipeline";
            if known && import != layer && !below.contains(&import.as_str()) {
                findings.add(
                    name,
                    number + 1,
                    format!("layer `{layer}` imports `{import}`, which is not below it"),
                );
            }
        }
    }
}

/// The layer of extraction a file belongs to: its directory or file name right under `crates/extract/src`.
fn layer_of(name: &Path) -> Option<&str> {
    let inside = name.strip_prefix("crates/extract/src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// Layers named in a line as `crate::LAYER`, or as an item of `use crate::{…}`.
fn imported_layers(text: &str, line: &str) -> Vec<String> {
    let word = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let code = line.split("//").next().unwrap_or_default();
    let mut layers: Vec<String> =
        code.split("crate::").skip(1).map(word).filter(|layer| !layer.is_empty()).collect();
    if let Some(list) = code.split("use crate::{").nth(1) {
        layers.extend(list.split([',', '{']).map(|item| word(item.trim())));
    } else if let Some(block) = text.split("use crate::{\n").nth(1) {
        // rustfmt puts each layer on a line of its own, indented by four blanks.
        let block = block.split("\n};").next().unwrap_or_default();
        let own = code.strip_prefix("    ").filter(|code| !code.starts_with(' '));
        if let Some(own) = own.filter(|_| block.lines().any(|inside| inside == line)) {
            layers.push(word(own));
        }
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_file(name: &str, text: &str, expected: &[&str]) {
        let mut findings = Findings::default();
        check(Path::new(name), text, &mut findings);
        assert_eq!(findings.lines(), expected);
    }

    #[test]
    fn a_layer_may_not_import_upward() {
        check_file(
            "crates/extract/src/time/month.rs",
            "//! Months.\nuse crate::{\n    event::Event,\n    reading::Reading,\n};\n",
            &[
                "crates/extract/src/time/month.rs:3: layer `time` imports `event`, which is not below it",
            ],
        );
        check_file(
            "crates/extract/src/event/mod.rs",
            "//! Events.\nuse crate::{time::TimeIdx, relation::Relation};\n",
            &[
                "crates/extract/src/event/mod.rs:2: layer `event` imports `relation`, which is not below it",
            ],
        );
    }

    #[test]
    fn the_pipeline_imports_every_layer() {
        check_file(
            "crates/extract/src/pipeline.rs",
            "//! All.\nuse crate::{event, relation};\n",
            &[],
        );
    }
}
