//! Where results go: standard output, plain or in the colors of the text format, JSON a line at a time, and folders of files.

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

/// A value on a line of JSON.
pub(crate) fn json_line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("what is printed has string keys only");
    line.push('\n');
    line
}

/// Standard output for what is colored, with colors taken out where they are not wanted.
pub(crate) fn for_people(color: Color) -> Box<dyn Write> {
    let stdout = io::stdout();
    let choice = match color {
        Color::Auto => AutoStream::choice(&stdout),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    Box::new(AutoStream::new(stdout.lock(), choice))
}

/// Standard output for programs.
pub(crate) fn for_programs() -> Box<dyn Write> {
    Box::new(io::stdout().lock())
}

/// A folder for documents, a file each.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Files that are read, and so never written over, whatever names lead to them.
    read: BTreeSet<PathBuf>,
    /// The document each file is for.
    taken: BTreeMap<PathBuf, String>,
}

impl Folder {
    /// Makes the folder if it is not there. `inputs` are the paths that are read.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    pub(crate) fn new(path: &Path, inputs: &[PathBuf]) -> anyhow::Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("could not make {}", shown(path)))?;
        let read = inputs.iter().filter_map(|input| input.canonicalize().ok()).collect();
        Ok(Self { path: path.to_owned(), read, taken: BTreeMap::new() })
    }

    /// Writes the file of a document, under its name with another ending.
    ///
    /// # Errors
    ///
    /// If another document has it, it is one that is read, or it cannot be written: why, for people.
    pub(crate) fn write(
        &mut self,
        document: &str,
        ending: &str,
        content: &str,
    ) -> Result<(), String> {
        let file = self.path.join(file_name(document, ending)?);
        if let Some(other) = self.taken.get(&file) {
            return Err(format!(
                "{} and {} would both become {}; do one at a time",
                escaped(other),
                escaped(document),
                shown(&file)
            ));
        }
        if file.canonicalize().is_ok_and(|file| self.read.contains(&file)) {
            return Err(format!("{} is to be read and written; name another folder", shown(&file)));
        }
        fs::write(&file, content)
            .map_err(|error| format!("could not write {}: {error}", shown(&file)))?;
        self.taken.insert(file, document.to_owned());
        Ok(())
    }
}

/// The name of the file a document goes to: that of the file it came from with another ending, behind its number there.
fn file_name(document: &str, ending: &str) -> Result<String, String> {
    let name = Path::new(document).file_name().map(|name| name.to_string_lossy().into_owned());
    let name =
        name.filter(|name| !name.starts_with('-')).ok_or("no name for a file; check the name")?;
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
    fn every_document_gets_a_file_of_its_own() {
        let name = |document: &str| file_name(document, "tml");
        assert_eq!(name("b/b.v1.txt").as_deref(), Ok("b.v1.tml"));
        assert_eq!(name("plain").as_deref(), Ok("plain.tml"));
        assert_eq!(name("a.ndjson:3").as_deref(), Ok("a-3.tml"));
        assert_eq!(name("a.warc@1024").as_deref(), Ok("a-1024.tml"));
        assert!(name("-").unwrap_err().contains("no name"));
    }

    #[test]
    fn nothing_is_written_over() {
        let out = tempfile::tempdir().unwrap();
        let own = out.path().join("x.tml");
        fs::write(&own, "own").unwrap();
        let mut folder = Folder::new(out.path(), std::slice::from_ref(&own)).unwrap();
        assert!(folder.write("x.tml", "tml", "").unwrap_err().contains("to be read and written"));
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
