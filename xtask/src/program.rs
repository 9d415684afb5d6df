//! The `dateline` command as the tests build it, and servers started from it.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::{cargo, root, succeed};

/// Builds the programs and examples of the workspace in the profile of the tests; returns the path of `dateline`.
///
/// Features are unified over what one command builds. Only the whole workspace with its examples has those of the tests, so
/// that nothing is compiled twice.
///
/// # Errors
///
/// If something does not compile.
pub fn build() -> Result<PathBuf> {
    let arguments = ["build", "--workspace", "--bins", "--examples", "--profile", "test"];
    succeed(&mut cargo(&arguments))?;
    let program = root().join("target/debug/dateline");
    ensure!(program.exists(), "cargo built no {}", program.display());
    Ok(program)
}

/// A running server; it is stopped when the value is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Address without a slash at the end.
    pub url: String,
}

impl Server {
    /// Starts `dateline` with some arguments in a folder, on a free port, and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it cannot be started, or ends with a message instead of listening.
    pub fn start(program: &Path, folder: &Path, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .args(["--listen", "[::1]:0", "--log", "none"])
            .current_dir(folder)
            .env_remove("DATELINE_DB")
            .env_remove("DATELINE_READER")
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let mut line = String::new();
        let messages = child.stderr.take().context("the server's messages are piped")?;
        BufReader::new(messages).read_line(&mut line)?;
        let url = line.trim().strip_prefix("dateline: serving ");
        let url = url.with_context(|| format!("the server did not start: {}", line.trim()))?;
        Ok(Self { child, url: url.trim_end_matches('/').to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
