//! `cargo xtask tidy`: rules of the project that the compiler does not check.
//!
//! Each finding is a line `FILE:LINE: PROBLEM; CURE`. Numbers that may only fall are in [`limits`].

mod circles;
mod layers;
mod limits;
mod manifests;
mod places;
mod prose;
mod snapshots;
mod tables;
mod vocabulary;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

pub(crate) use snapshots::orphan_snapshots;

use crate::root;

/// Checks every file of the project and prints the findings.
pub(crate) fn run() -> Result<()> {
    let root = root();
    let mut findings = Findings::default();
    let mut project = Project::default();
    for path in files(&root)? {
        let name = path.strip_prefix(&root).expect("files lie under the root").to_owned();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        match name.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => rust(&name, &text, &mut findings),
            Some("tsv") if !name.starts_with("fixtures") => {
                tables::check(&name, &text, &mut findings);
            }
            Some("toml") if name.ends_with("Cargo.toml") => {
                manifests::check(&name, &text, &mut findings);
            }
            _ => {}
        }
        // Fixtures are news, which may name any place.
        if !name.starts_with("fixtures") && name != Path::new("xtask/src/tidy/places.rs") {
            places::check(&name, &text, &mut findings);
        }
        project.files.push((name, text));
    }
    for orphan in orphan_snapshots(&root)? {
        let name = orphan.strip_prefix(&root).expect("snapshots lie under the root");
        findings.add(name, 1, "a snapshot without a fixture or test; remove it");
    }
    project.check(&mut findings);
    findings.report()
}

/// Problems in the order of the files.
#[derive(Debug, Default)]
struct Findings(Vec<String>);

impl Findings {
    fn add(&mut self, name: &Path, line: usize, problem: impl AsRef<str>) {
        self.0.push(format!("{}:{line}: {}", name.display(), problem.as_ref()));
    }

    #[cfg(test)]
    fn lines(&self) -> &[String] {
        &self.0
    }

    fn report(self) -> Result<()> {
        for finding in &self.0 {
            eprintln!("{finding}");
        }
        anyhow::ensure!(self.0.is_empty(), "{} findings", self.0.len());
        Ok(())
    }
}

/// Checks one Rust file: a module doc on top, nothing unfinished, imports that point downward.
fn rust(name: &Path, text: &str, findings: &mut Findings) {
    // A library may have its README as its doc.
    if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!(") {
        findings.add(name, 1, "no module doc; start with `//!` and the purpose of the file");
    }
    for (number, line) in text.lines().enumerate() {
        let open = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
        if open.iter().any(|open| line.contains(open)) {
            findings.add(
                name,
                number + 1,
                "unfinished, or for debugging only; finish or remove it",
            );
        }
    }
    layers::check(name, text, findings);
}

/// The files of the project, for checks that compare several of them.
#[derive(Debug, Default)]
struct Project {
    files: Vec<(PathBuf, String)>,
}

impl Project {
    fn check(&self, findings: &mut Findings) {
        for (crate_name, sources) in self.sources() {
            let folder = Path::new(crate_name);
            check_circles(folder, &sources, findings);
            let mut openings = prose::Openings::default();
            for (_, text) in &sources {
                openings.add(text);
            }
            if openings.exceed(limits::question_docs(crate_name)) {
                let prose::Openings { questions, all } = openings;
                findings.add(
                    folder,
                    1,
                    format!(
                        "{questions} of {all} item docs open with a question word; name the thing or use a verb"
                    ),
                );
            }
            if crate_name == "crates/extract" {
                let n_words =
                    sources.iter().map(|(_, text)| vocabulary::words_in_code(text)).sum::<usize>();
                if n_words > limits::WORDS_IN_CODE {
                    let limit = limits::WORDS_IN_CODE;
                    findings.add(
                        folder,
                        1,
                        format!("compares tokens with {n_words} words in code, {limit} are allowed; use a table"),
                    );
                }
            }
        }
        let mut tables = vocabulary::Tables::default();
        for (name, text) in &self.files {
            if name.extension().is_some_and(|extension| extension == "tsv")
                && name.starts_with("crates")
            {
                tables.add(name, text);
            }
        }
        for (first, second, n_rows) in tables.duplicates(limits::SHARED_ROWS) {
            let problem = format!("shares {n_rows} rows with {}; keep them once", second.display());
            findings.add(first, 1, problem);
        }
    }

    /// Rust files below `src` by crate, with their paths from there.
    fn sources(&self) -> BTreeMap<&str, Vec<(&str, &str)>> {
        let mut crates: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, text) in &self.files {
            let is_rust = name.extension().is_some_and(|extension| extension == "rs");
            let parts = name.to_str().and_then(|name| name.split_once("/src/"));
            if let Some((crate_name, file)) = parts.filter(|_| is_rust) {
                crates.entry(crate_name).or_default().push((file, text));
            }
        }
        crates
    }
}

/// Reports import circles that are not allowed, and allowances that are no longer needed.
fn check_circles(folder: &Path, sources: &[(&str, &str)], findings: &mut Findings) {
    let mut modules = circles::Modules::default();
    for (name, text) in sources {
        modules.add(name, text);
    }
    let circles = modules.circles();
    let own = || limits::CIRCLES.iter().filter(|allowed| Path::new(allowed.0) == folder);
    for files in &circles {
        if !own().any(|(_, file, n_files)| files.contains(file) && files.len() <= *n_files) {
            let name = folder.join("src").join(files[0]);
            findings.add(&name, 1, format!("import circle: {}; break it", files.join(", ")));
        }
    }
    for (_, file, _) in own() {
        if !circles.iter().any(|files| files.contains(file)) {
            let name = folder.join("src").join(file);
            findings.add(&name, 1, "in no import circle; remove it from `CIRCLES`");
        }
    }
}

/// Every file of the project, sorted, without build output, installed packages, fuzzing corpora and hidden files.
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
            if hidden
                || name == "target"
                || name == "node_modules"
                || name == "corpus"
                || name == "artifacts"
            {
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

    fn check(project: &[(&str, &str)], expected: &[&str]) {
        let files = project.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned()));
        let mut findings = Findings::default();
        Project { files: files.collect() }.check(&mut findings);
        assert_eq!(findings.lines(), expected);
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        let mut findings = Findings::default();
        rust(Path::new("crates/nlp/src/tags.rs"), "use std::fmt;\n", &mut findings);
        assert_eq!(
            findings.lines(),
            [
                "crates/nlp/src/tags.rs:1: no module doc; start with `//!` and the purpose of the file"
            ]
        );
    }

    #[test]
    fn a_new_import_circle_is_found_in_its_crate_only() {
        check(
            &[
                ("crates/a/src/lib.rs", ""),
                ("crates/a/src/b.rs", "use crate::c;"),
                ("crates/a/src/c.rs", "use crate::b;"),
                ("crates/d/src/c.rs", "use crate::b;"),
            ],
            &["crates/a/src/b.rs:1: import circle: b.rs, c.rs; break it"],
        );
    }

    #[test]
    fn item_docs_that_ask_questions_are_counted_by_crate() {
        check(
            &[
                ("crates/a/src/lib.rs", "/// What it is.\n\n/// Number of it.\n"),
                ("crates/b/src/lib.rs", "/// Number of it.\n"),
            ],
            &[
                "crates/a:1: 1 of 2 item docs open with a question word; name the thing or use a verb",
            ],
        );
    }

    #[test]
    fn two_tables_do_not_keep_the_same_rows() {
        let rows = (10..40).fold(String::new(), |rows, n| rows + &format!("w{n}\tx\town\n"));
        check(
            &[("crates/a/data/a.tsv", &rows), ("crates/b/data/b.tsv", &rows)],
            &["crates/a/data/a.tsv:1: shares 30 rows with crates/b/data/b.tsv; keep them once"],
        );
    }
}
