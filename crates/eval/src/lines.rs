//! Files with one JSON value per line.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;

/// Reads a text file.
///
/// # Errors
///
/// If the file cannot be read or is not UTF-8.
pub fn read_file(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

/// Reads every line of a file as JSON; blank lines are skipped.
///
/// # Errors
///
/// If the file cannot be read, or a line is not JSON of this shape; the error names the line.
pub fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    read_lines_by(path, |line| Ok(serde_json::from_str(line)?))
}

/// Reads every line of a file with `read`; blank lines are skipped.
///
/// # Errors
///
/// If the file cannot be read, or `read` fails; the error names the line.
pub fn read_lines_by<T>(path: &Path, read: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
    let file = read_file(path)?;
    let lines = file.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            read(line).with_context(|| format!("could not read {} line {number}", path.display()))
        })
        .collect()
}
