//! Import circles between the files of one crate.
//!
//! A file imports another if it names a path through `crate::` or `super::` that leads there. Of a path, the longest part that is a
//! module with a file of its own counts. A module may re-export its children through `self::`. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

/// The files of one crate by module path; the root is the empty path.
#[derive(Debug, Default)]
pub(super) struct Modules<'a> {
    files: BTreeMap<Vec<String>, (&'a str, &'a str)>,
}

impl<'a> Modules<'a> {
    /// Adds a file by its path below `src`, as in `time/mod.rs`.
    pub(super) fn add(&mut self, name: &'a str, text: &'a str) {
        let path = name.trim_end_matches(".rs");
        let mut path: Vec<String> = path.split('/').map(str::to_owned).collect();
        if path.iter().any(|part| part == "tests") {
            return;
        }
        if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            path.pop();
        }
        self.files.insert(path, (name, without_tests(text)));
    }

    /// The circles, largest first; each is a sorted list of files that import each other, directly or by way of others.
    pub(super) fn circles(&self) -> Vec<Vec<&'a str>> {
        let imports: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> =
            self.files.keys().map(|module| (module, self.imports(module))).collect();
        let reached: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> =
            self.files.keys().map(|module| (module, reachable(module, &imports))).collect();
        let mut placed = BTreeSet::new();
        let mut circles = Vec::new();
        for module in self.files.keys() {
            if placed.contains(module) || !reached[module].contains(module) {
                continue;
            }
            let others = reached[module].iter().copied();
            let circle: Vec<&Vec<String>> =
                others.filter(|other| reached[*other].contains(module)).collect();
            placed.extend(circle.iter().copied());
            let mut files: Vec<&str> = circle.iter().map(|module| self.files[*module].0).collect();
            files.sort_unstable();
            circles.push(files);
        }
        circles.sort_by_key(|files| (usize::MAX - files.len(), files[0]));
        circles
    }

    /// The modules a module imports, without itself.
    fn imports(&self, module: &Vec<String>) -> BTreeSet<&Vec<String>> {
        let mut imported = BTreeSet::new();
        for line in statements(self.files[module].1) {
            for path in paths(&line) {
                imported.extend(self.resolve(module, &path).filter(|other| *other != module));
            }
        }
        imported
    }

    /// The module with a file of its own that a path leads to from another module.
    fn resolve(&self, from: &[String], path: &[String]) -> Option<&Vec<String>> {
        let mut full: Vec<String> = if path[0] == "crate" { Vec::new() } else { from.to_vec() };
        for part in path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => {
                    full.pop()?;
                }
                name => full.push(name.to_owned()),
            }
        }
        let known = (0..=full.len()).rev().find_map(|n| self.files.get_key_value(&full[..n]));
        known.map(|(module, _)| module)
    }
}

/// A file without the tests at its end.
fn without_tests(text: &str) -> &str {
    text.find("\n#[cfg(test)]\nmod tests {").map_or(text, |end| &text[..end])
}

/// The code of a file as statements on one line, without comments, so that a list of imports is in one piece.
fn statements(text: &str) -> Vec<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join(" ").split(';').map(str::to_owned).collect()
}

/// Every path through `crate` or `super` in a statement, one for each name of a list.
fn paths(statement: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = statement;
    while let Some(at) = ["crate::", "super::"].iter().filter_map(|root| rest.find(root)).min() {
        let before = &rest[..at];
        let is_path =
            !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
        // `pub(in crate::event)` says who may see an item, and imports nothing.
        let is_visibility = before.trim_end().ends_with("(in");
        let end = tree(&rest[at..], &mut Vec::new(), &mut |path| {
            if is_path && !is_visibility {
                found.push(path.to_vec());
            }
        });
        rest = &rest[at + end.max(1)..];
    }
    found
}

/// Reads one path with its lists, calls `add` with each name in full, and returns the number of bytes read.
fn tree(text: &str, prefix: &mut Vec<String>, add: &mut impl FnMut(&[String])) -> usize {
    let depth = prefix.len();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start().len();
        let rest = &rest[blanks..];
        if let Some(list) = rest.strip_prefix('{') {
            at += blanks + 1;
            let mut inside = list;
            loop {
                let read = tree(inside, prefix, add);
                at += read;
                inside = &inside[read..];
                let Some(next) = inside.strip_prefix(',') else { break };
                at += 1;
                inside = next;
            }
            at += usize::from(inside.starts_with('}'));
            break;
        }
        let word: &str =
            &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
        if word.is_empty() {
            // `a::*` and `a::<T>` name `a`.
            if prefix.len() > depth || !prefix.is_empty() && rest.starts_with('*') {
                add(prefix);
                at += blanks + usize::from(rest.starts_with('*'));
            }
            break;
        }
        prefix.push(word.to_owned());
        at += blanks + word.len();
        if !text[at..].starts_with("::") {
            add(prefix);
            // `name as other`
            let alias = text[at..].strip_prefix(" as ").map_or(0, |rest| {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                4 + end.unwrap_or(rest.len())
            });
            at += alias;
            at += text[at..].len() - text[at..].trim_start().len();
            break;
        }
        at += 2;
    }
    prefix.truncate(depth);
    at
}

/// All modules that a module imports, directly or by way of others.
fn reachable<'m>(
    from: &'m Vec<String>,
    imports: &BTreeMap<&'m Vec<String>, BTreeSet<&'m Vec<String>>>,
) -> BTreeSet<&'m Vec<String>> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        for other in &imports[module] {
            if reached.insert(*other) {
                open.push(other);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles<'a>(files: &[(&'a str, &'a str)]) -> Vec<Vec<&'a str>> {
        let mut modules = Modules::default();
        for (name, text) in files {
            modules.add(name, text);
        }
        modules.circles()
    }

    #[test]
    fn files_that_import_each_other_are_a_circle() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::{\n    b::{self, B},\n};\n"),
            ("b.rs", "fn f() { crate::c::g(); }"),
            ("c/mod.rs", "use super::a::{x, y};"),
            ("c/d.rs", "use super::super::a;"),
        ];
        assert_eq!(circles(&files), [["a.rs", "b.rs", "c/mod.rs"]]);
    }

    #[test]
    fn a_child_may_import_its_parent() {
        let files = [
            ("lib.rs", "mod a;\npub use a::A;\n"),
            ("a/mod.rs", "mod b;\npub use self::{b::B};\npub(in crate::a) fn f() {}\n"),
            ("a/b.rs", "use super::A;\n// see crate::a::b\n"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn tests_may_import_anything() {
        let files = [
            ("lib.rs", ""),
            ("a.rs", "use crate::b;\n"),
            ("b.rs", "pub fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::a;\n}\n"),
            ("b/tests.rs", "use crate::a;\n"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn a_list_names_each_of_its_paths() {
        let names = |text: &str| -> Vec<String> {
            paths(text).iter().map(|path| path.join("::")).collect()
        };
        assert_eq!(
            names("use crate::{a::{B as C, d}, e, f::*}"),
            ["crate::a::B", "crate::a::d", "crate::e", "crate::f"]
        );
        assert_eq!(names("x(super::y::<T>, mycrate::z)"), ["super::y"]);
    }
}
