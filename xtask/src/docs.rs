//! `cargo xtask docs`: updates the command output shown in documents.
//!
//! A code block below `<!-- output: dateline ARGUMENTS -->` is filled with the output of that command, so that readers see what they
//! will get. Commands that query a ledger run on a fresh ledger of the README's story.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use xtask::program;

use crate::root;

const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "EXPORTS.md"];
const OPENING: &str = "<!-- output: dateline ";
/// Texts of the ledger that the commands query.
const STORY: &str = "fixtures/geneva-2021";

/// Flags of `docs`.
#[derive(Debug, Args)]
pub(crate) struct Docs {
    /// Write nothing; fail if a document shows outdated output
    #[arg(long)]
    pub(crate) check: bool,
}

/// Updates the blocks, or checks that they are current.
pub(crate) fn run(docs: &Docs) -> Result<()> {
    let program = program::build()?;
    let ledger = Ledger::ingested(&program)?;
    let mut stale = Vec::new();
    for name in DOCUMENTS {
        let path = root().join(name);
        let Ok(old) = fs::read_to_string(&path) else { continue };
        let new = filled(&old, &program, &ledger.file)
            .with_context(|| format!("could not fill {name}"))?;
        if new != old {
            stale.push(name);
            if !docs.check {
                fs::write(&path, new).with_context(|| format!("could not write {name}"))?;
            }
        }
    }
    if docs.check && !stale.is_empty() {
        bail!("{} shows old output; run `cargo xtask docs`", stale.join(", "));
    }
    Ok(())
}

/// A ledger of the story in a temporary folder, which is removed with it.
struct Ledger {
    folder: PathBuf,
    file: PathBuf,
}

impl Ledger {
    fn ingested(program: &Path) -> Result<Self> {
        let folder = env::temp_dir().join(format!("dateline-docs-{}", process::id()));
        fs::create_dir_all(&folder)
            .with_context(|| format!("could not make {}", folder.display()))?;
        let ledger = Self { file: folder.join("story.db"), folder };
        output(program, &format!("ingest {STORY}"), &ledger.file)?;
        Ok(ledger)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // The system cleans up what cannot be removed.
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// The document with every block updated.
fn filled(document: &str, program: &Path, ledger: &Path) -> Result<String> {
    let mut new = String::with_capacity(document.len());
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        push_line(&mut new, line);
        let Some(arguments) = line.strip_prefix(OPENING) else { continue };
        let arguments =
            arguments.strip_suffix(" -->").context("a marker does not end in ` -->`")?;
        let fence = lines.next().filter(|line| line.starts_with("```"));
        push_line(&mut new, fence.context("a marker is not above a code block")?);
        let rest = lines.by_ref().find(|line| *line == "```");
        rest.context("the code block below a marker is not closed")?;
        new.push_str(&output(program, arguments, ledger)?);
        push_line(&mut new, "```");
    }
    Ok(new)
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn output(program: &Path, arguments: &str, ledger: &Path) -> Result<String> {
    let mut command = Command::new(program);
    command
        .args(arguments.split_whitespace())
        .env("DATELINE_DB", ledger)
        .env_remove("DATELINE_READER")
        .current_dir(root());
    let output = command.output().context("could not start dateline")?;
    anyhow::ensure!(
        output.status.success(),
        "`dateline {arguments}` ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    // The empty line between articles would end the block.
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned() + "\n")
}
