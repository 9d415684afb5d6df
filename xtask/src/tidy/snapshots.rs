//! Snapshots whose fixture or test is gone.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use super::files;

/// Snapshots without a fixture or a test.
///
/// The snapshot of a fixture lies beside it and has its name. Other snapshots have the name of a test function, which must be in a
/// Rust file of the directory above.
pub(crate) fn orphan_snapshots(root: &Path) -> Result<Vec<PathBuf>> {
    let all = files(root)?;
    let known: BTreeSet<&Path> = all.iter().map(PathBuf::as_path).collect();
    let mut orphans = Vec::new();
    for path in
        all.iter().filter(|path| path.extension().is_some_and(|extension| extension == "snap"))
    {
        let has_owner = if path.starts_with(root.join("fixtures")) {
            // `NAME.snap` of a text, `NAME.ENDING.snap` of other formats.
            let beside = path.with_extension("");
            known.contains(path.with_extension("txt").as_path()) || known.contains(beside.as_path())
        } else {
            has_test(path)?
        };
        if !has_owner {
            orphans.push(path.clone());
        }
    }
    Ok(orphans)
}

/// Tests for a Rust file beside the `snapshots` directory that names the snapshot; insta calls it `MODULE__NAME.snap`.
fn has_test(snapshot: &Path) -> Result<bool> {
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
