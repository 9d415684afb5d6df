//! Output: standard output with or without color, JSON lines, and folders of files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anstream::AutoStream;
use anyhow::Context as _;
use serde::Serialize;

use crate::{arguments::Color, text::escaped};

/// Formats a value as one line of JSON.
pub(crate) fn json_line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("printed values have string keys only");
    line.push('\n');
    line
}

/// Returns standard output for text with colors, which are removed where not wanted.
pub(crate) fn for_people(color: Color) -> Box<dyn Write> {
    let stdout = io::stdout();
    let choice = match color {
        Color::Auto => AutoStream::choice(&stdout),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    Box::new(AutoStream::new(stdout.lock(), choice))
}

/// Returns standard output without colors.
pub(crate) fn for_programs() -> Box<dyn Write> {
    Box::new(io::stdout().lock())
}

/// An output folder with one file per document.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Canonical paths of the input files, which are never overwritten.
    read: BTreeSet<PathBuf>,
    /// Document of each file written.
    taken: BTreeMap<PathBuf, String>,
}

impl Folder {
    /// Creates the folder if it does not exist. `inputs` are the paths that are read.
    ///
    /// # Errors
    ///
    /// If the folder cannot be created.
    pub(crate) fn new(path: &Path, inputs: &[PathBuf]) -> anyhow::Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("could not create {}", shown(path)))?;
        let read = inputs.iter().filter_map(|input| input.canonicalize().ok()).collect();
        Ok(Self { path: path.to_owned(), read, taken: BTreeMap::new() })
    }

    /// Writes the file of a document, named after it with another extension.
    ///
    /// # Errors
    ///
    /// A message, if the name is taken by another document or an input file, or if the file cannot be written.
    pub(crate) fn write(
        &mut self,
        document: &str,
        ending: &str,
        content: &str,
    ) -> Result<(), String> {
        let file = self.path.join(file_name(document, ending)?);
        if let Some(other) = self.taken.get(&file) {
            return Err(format!(
                "{} and {} would both be written to {}; convert them one at a time",
                escaped(other),
                escaped(document),
                shown(&file)
            ));
        }
        if file.canonicalize().is_ok_and(|file| self.read.contains(&file)) {
            return Err(format!("{} is also an input file; use another folder", shown(&file)));
        }
        fs::write(&file, content)
            .map_err(|error| format!("could not write {}: {error}", shown(&file)))?;
        self.taken.insert(file, document.to_owned());
        Ok(())
    }
}

/// Returns the name of a document's file: that of its source file with its number there, if any, and another extension.
fn file_name(document: &str, ending: &str) -> Result<String, String> {
    let name = Path::new(document).file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name
        .filter(|name| !name.starts_with('-'))
        .ok_or("no name for the output file; give the input a file name")?;
    let (stem, number) = match name.rsplit_once([':', '@']) {
        Some((stem, number))
            if number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') =>
        {
            (stem, format!("-{number}"))
        }
        _ => (name.as_str(), String::new()),
    };
    let stem = stem
        .rsplit_once('.')
        .map_or(stem, |(stem, _)| if stem.is_empty() { name.as_str() } else { stem });
    Ok(format!("{stem}{number}.{ending}"))
}

fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_gets_its_own_file() {
        let name = |document: &str| file_name(document, "tml");
        assert_eq!(name("b/b.v1.txt").as_deref(), Ok("b.v1.tml"));
        assert_eq!(name("plain").as_deref(), Ok("plain.tml"));
        assert_eq!(name("a.ndjson:3").as_deref(), Ok("a-3.tml"));
        assert_eq!(name("a.warc@1024").as_deref(), Ok("a-1024.tml"));
        assert!(name("-").unwrap_err().contains("no name"));
    }

    #[test]
    fn no_file_is_overwritten() {
        let out = tempfile::tempdir().unwrap();
        let own = out.path().join("x.tml");
        fs::write(&own, "own").unwrap();
        let mut folder = Folder::new(out.path(), std::slice::from_ref(&own)).unwrap();
        assert!(folder.write("x.tml", "tml", "").unwrap_err().contains("also an input file"));
        folder.write("a/y.txt", "tml", "first").unwrap();
        assert!(
            folder
                .write("b/y.txt", "tml", "")
                .unwrap_err()
                .starts_with("a/y.txt and b/y.txt would both")
        );
        assert_eq!(fs::read_to_string(own).unwrap(), "own");
    }
}
