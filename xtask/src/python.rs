//! Virtual environments of Python, one for each purpose, below `target`.

use std::{path::PathBuf, process::Command};

use crate::{root, succeed};
use anyhow::{Context as _, Result};

/// Installs the packages of a list in the environment `target/NAME/venv`; returns its Python. `requirements` is relative to the root.
///
/// # Errors
///
/// If there is no `python3` with `venv`, or a package cannot be installed.
pub fn environment(name: &str, requirements: &str) -> Result<PathBuf> {
    let folder = root().join("target").join(name).join("venv");
    let python = folder.join("bin/python");
    if !python.exists() {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder))
            .context("python3 with venv is needed")?;
    }
    let install = ["-m", "pip", "install", "--quiet", "--requirement"];
    succeed(Command::new(&python).args(install).arg(root().join(requirements)))?;
    Ok(python)
}
