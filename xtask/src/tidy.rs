//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Every finding is one line `FILE:LINE: WHAT IS WRONG; CURE`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::root;

/// Which layers a layer of extraction may import; `codepoint`, `document` and `reading` lie below all.
const LAYERS: [(&str, &[&str]); 12] = [
    ("actors", &[]),
    ("codepoint", &[]),
    ("document", &[]),
    ("reading", &[]),
    ("time", &["reading"]),
    ("clause", &["reading", "time"]),
    ("entity", &["actors", "reading", "time", "clause"]),
    ("statement", &["reading", "time", "clause", "entity"]),
    ("factuality", &["clause"]),
    ("event", &["reading", "time", "clause", "entity", "statement", "factuality"]),
    ("relation", &["reading", "time", "clause", "entity", "statement", "factuality", "event"]),
    ("likeness", &["clause", "event"]),
];

/// Which crates of ours a crate may ship with.
const CRATES: [(&str, &[&str]); 9] = [
    ("data", &[]),
    ("core", &["dateline-data"]),
    ("nlp", &["dateline-data"]),
    ("lexicon", &["dateline-core", "dateline-data", "dateline-nlp"]),
    ("extract", &["dateline-core", "dateline-data", "dateline-lexicon", "dateline-nlp"]),
    ("formats", &["dateline-core", "dateline-data"]),
    ("store", &["dateline-core", "dateline-data"]),
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

/// Walks the files of the project and prints what is wrong.
pub(crate) fn run() -> Result<()> {
    let root = root();
    let mut findings = Findings::default();
    for path in files(&root)? {
        let name = path.strip_prefix(&root).expect("files lie under the root").to_owned();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        match name.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => rust(&name, &text, &mut findings),
            Some("tsv") if !name.starts_with("fixtures") => table(&name, &text, &mut findings),
            Some("toml") if name.ends_with("Cargo.toml") => manifest(&name, &text, &mut findings),
            _ => {}
        }
        // Fixtures are news, in which anything may be said.
        if !name.starts_with("fixtures") && name != Path::new("xtask/src/tidy.rs") {
            machine(&name, &text, &mut findings);
        }
    }
    for orphan in orphan_snapshots(&root)? {
        let name = orphan.strip_prefix(&root).expect("snapshots lie under the root");
        findings.add(name, 1, "no test has this snapshot; remove it");
    }
    findings.report()
}

/// What is wrong, in the order of the files.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn add(&mut self, name: &Path, line: usize, what: impl AsRef<str>) {
        self.0.push(format!("{}:{line}: {}", name.display(), what.as_ref()));
    }

    fn report(self) -> Result<()> {
        for finding in &self.0 {
            eprintln!("{finding}");
        }
        anyhow::ensure!(self.0.is_empty(), "{} findings", self.0.len());
        Ok(())
    }
}

/// A module says what it is for, imports downward only, and has no promise left open.
fn rust(name: &Path, text: &str, findings: &mut Findings) {
    if !text.starts_with("//!") {
        findings.add(name, 1, "no module doc; open with `//!` and what the file is for");
    }
    for (number, line) in text.lines().enumerate() {
        let open = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
        if open.iter().any(|open| line.contains(open)) {
            findings.add(name, number + 1, "unfinished or for debugging only; finish or remove it");
        }
    }
    let Some(layer) = layer_of(name) else { return };
    let Some((_, below)) = LAYERS.iter().find(|(own, _)| *own == layer) else { return };
    for (number, line) in text.lines().enumerate() {
        for import in imported_layers(text, line) {
            let known = LAYERS.iter().any(|(name, _)| *name == import) || import == "pipeline";
            if known && import != layer && !below.contains(&import.as_str()) {
                findings.add(
                    name,
                    number + 1,
                    format!("layer `{layer}` names `{import}`, which is no earlier layer"),
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

/// The layers a line names by `crate::LAYER`, or in the lines of a `use crate::{…}`.
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
        // rustfmt puts one layer a line, four blanks in.
        let block = block.split("\n};").next().unwrap_or_default();
        let own = code.strip_prefix("    ").filter(|code| !code.starts_with(' '));
        if let Some(own) = own.filter(|_| block.lines().any(|inside| inside == line)) {
            layers.push(word(own));
        }
    }
    layers
}

/// A table opens with comments and is sorted by the bytes of its lines.
fn table(name: &Path, text: &str, findings: &mut Findings) {
    if !text.starts_with('#') {
        findings.add(name, 1, "no comment on top; say what the columns are and where it is from");
    }
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let mut last: Option<(&str, &str)> = None;
    for (number, row) in rows {
        if row.is_empty() {
            findings.add(name, number + 1, "an empty line; remove it");
            continue;
        }
        let key = row.split('\t').next().unwrap_or_default();
        // By whole lines or by the first column: codes such as `010` come before `01<tab>` in neither or both.
        if last.is_some_and(|(last_row, last_key)| last_row > row && last_key > key) {
            findings.add(name, number + 1, "not sorted; sort the rows by their bytes");
        }
        if last.is_some_and(|(last_row, _)| last_row == row) {
            findings.add(name, number + 1, "the row is there twice; remove one");
        }
        last = Some((row, key));
    }
}

/// A crate of ours ships only with crates below it, takes the shared lints, and keeps versions in the root.
fn manifest(name: &Path, text: &str, findings: &mut Findings) {
    let own =
        name.parent().and_then(Path::file_name).and_then(|own| own.to_str()).unwrap_or_default();
    let Some((_, below)) = CRATES.iter().find(|(crate_name, _)| *crate_name == own) else { return };
    if !text.contains("[lints]\nworkspace = true") {
        findings.add(name, 1, "no shared lints; add `[lints]` with `workspace = true`");
    }
    let mut shipped = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            shipped = line == "[dependencies]";
        }
        let dependency = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if shipped && dependency.starts_with("dateline") && !below.contains(&dependency) {
            findings.add(name, number + 1, format!("`{own}` may not ship with `{dependency}`"));
        }
        if shipped && line.contains("version = \"") {
            findings.add(
                name,
                number + 1,
                "versions stand in the root manifest; say `workspace = true`",
            );
        }
    }
}

/// The project runs anywhere: no file names a place on one machine.
fn machine(name: &Path, text: &str, findings: &mut Findings) {
    const PLACES: [&str; 4] = ["/home/", "/Users/", "localhost:", "127.0.0.1"];
    // Where `dateline serve` listens unless it is told.
    const OURS: &str = "127.0.0.1:8642";
    for (number, line) in text.lines().enumerate() {
        let line = line.replace(OURS, "");
        if let Some(place) = PLACES.iter().find(|place| names_place(&line, place)) {
            findings.add(name, number + 1, format!("names a place on one machine (`{place}`)"));
        }
    }
}

/// Whether a line names a place as a place: not inside an address such as `example.org/home/x`.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| !(before.is_alphanumeric() || ".-_~/".contains(before)))
    })
}

/// Snapshots that no text or test has.
///
/// Those of fixtures lie beside their text and carry its name; others carry the name of a test function, which has to
/// stand in a Rust file of the directory above.
pub(crate) fn orphan_snapshots(root: &Path) -> Result<Vec<PathBuf>> {
    let all = files(root)?;
    let known: BTreeSet<&Path> = all.iter().map(PathBuf::as_path).collect();
    let mut orphans = Vec::new();
    for path in
        all.iter().filter(|path| path.extension().is_some_and(|extension| extension == "snap"))
    {
        let has_owner = if path.starts_with(root.join("fixtures")) {
            // Of texts `NAME.snap`, of all other formats `NAME.ENDING.snap`.
            let beside = path.with_extension("");
            known.contains(path.with_extension("txt").as_path()) || known.contains(beside.as_path())
        } else {
            test_stands(path)?
        };
        if !has_owner {
            orphans.push(path.clone());
        }
    }
    Ok(orphans)
}

/// Whether a Rust file beside the `snapshots` directory names the snapshot, which insta calls `MODULE__NAME.snap`.
fn test_stands(snapshot: &Path) -> Result<bool> {
    let stem = snapshot.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = stem.rsplit("__").next().unwrap_or_default();
    let Some(tests) = snapshot.parent().and_then(Path::parent) else { return Ok(false) };
    for entry in
        fs::read_dir(tests).with_context(|| format!("could not list {}", tests.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && fs::read_to_string(&path)?.contains(name)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every file of the project, sorted; build output, other people's files and what starts with a dot left out.
fn files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut directories = vec![root.to_owned()];
    while let Some(directory) = directories.pop() {
        let entries = fs::read_dir(&directory)
            .with_context(|| format!("could not list {}", directory.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let hidden = name.to_string_lossy().starts_with('.');
            if hidden || name == "target" || name == "corpus" || name == "artifacts" {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                directories.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &[&str]) {
        let mut findings = Findings::default();
        let name = Path::new(name);
        match name.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => rust(name, text, &mut findings),
            Some("tsv") => table(name, text, &mut findings),
            _ => manifest(name, text, &mut findings),
        }
        machine(name, text, &mut findings);
        assert_eq!(findings.0, expected);
    }

    #[test]
    fn a_layer_may_not_import_upward() {
        check(
            "crates/extract/src/time/month.rs",
            "//! Months.\nuse crate::{\n    event::Event,\n    reading::Reading,\n};\n",
            &[
                "crates/extract/src/time/month.rs:3: layer `time` names `event`, which is no earlier layer",
            ],
        );
        check(
            "crates/extract/src/event/mod.rs",
            "//! Events.\nuse crate::{time::TimeIdx, relation::Relation};\n",
            &[
                "crates/extract/src/event/mod.rs:2: layer `event` names `relation`, which is no earlier layer",
            ],
        );
        check("crates/extract/src/pipeline.rs", "//! All.\nuse crate::{event, relation};\n", &[]);
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        check(
            "crates/nlp/src/tags.rs",
            "use std::fmt;\n",
            &["crates/nlp/src/tags.rs:1: no module doc; open with `//!` and what the file is for"],
        );
    }

    #[test]
    fn a_table_is_sorted_under_its_comment() {
        check("data/a.tsv", "# Words.\nabide\tx\nbring\tx\n", &[]);
        check(
            "data/a.tsv",
            "# Words.\nbring\tx\nabide\tx\nabide\tx\n",
            &[
                "data/a.tsv:3: not sorted; sort the rows by their bytes",
                "data/a.tsv:4: the row is there twice; remove one",
            ],
        );
    }

    #[test]
    fn the_pure_crates_ship_alone() {
        check(
            "crates/nlp/Cargo.toml",
            "[lints]\nworkspace = true\n[dependencies]\ndateline-core.workspace = true\n",
            &["crates/nlp/Cargo.toml:4: `nlp` may not ship with `dateline-core`"],
        );
    }

    #[test]
    fn an_address_is_no_place_on_a_machine() {
        assert!(names_place("see /home/me/x", "/home/"));
        assert!(!names_place("https://example.org/home/x", "/home/"));
    }
}
