//! Input files of the given paths; folders are walked.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use dateline_formats::read::by_name;

use crate::input::Input;

/// Passes each file to `take`, in the order of the paths and, in folders, by name, until `take` returns `false`. A folder that cannot be
/// read is passed with its error. Without paths, it is standard input.
pub(super) fn files(paths: &[PathBuf], take: &mut dyn FnMut(Input, Option<io::Error>) -> bool) {
    if paths.is_empty() {
        take(Input::Standard, None);
        return;
    }
    let mut left: Vec<(PathBuf, bool)> =
        paths.iter().rev().map(|path| (path.clone(), true)).collect();
    while let Some((path, is_named)) = left.pop() {
        let goes_on = if path.as_os_str() == "-" {
            take(Input::Standard, None)
        } else if path.is_dir() {
            match entries(&path) {
                Ok(entries) => {
                    left.extend(entries.into_iter().rev().map(|path| (path, false)));
                    true
                }
                Err(error) => take(Input::File(path), Some(error)),
            }
        } else if is_named || by_name(&path.to_string_lossy()).is_some() {
            // A file given by name is always read; in a folder, only known extensions are.
            take(Input::File(path), None)
        } else {
            true
        };
        if !goes_on {
            return;
        }
    }
}

/// Returns the entries of a folder by name, without hidden ones. Links to folders are not followed, so a walk ends.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_link_to_folder = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !entry.file_name().to_string_lossy().starts_with('.') && !is_link_to_folder {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_for_known_extensions() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("b")).unwrap();
        for name in ["c.txt", "a.html", "b/z.warc.gz", "b/a.pdf", ".hidden.txt", "README"] {
            fs::write(path(name), "").unwrap();
        }
        let mut names = Vec::new();
        files(&[folder.path().to_owned(), path("README"), path("none")], &mut |input, error| {
            assert!(error.is_none());
            names.push(input);
            true
        });
        let expected = ["a.html", "b/z.warc.gz", "c.txt", "README", "none"];
        assert_eq!(names, expected.map(|name| Input::File(path(name))));
    }
}
