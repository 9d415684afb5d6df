//! `dateline completions` and `dateline man`: the files that a package of Dateline installs beside the program.

use std::{fs, io};

use anyhow::Context as _;

use crate::{
    arguments::{self, Completions, Man},
    batch::Outcome,
    text::escaped,
};

/// Runs `dateline completions`.
///
/// # Errors
///
/// If standard output cannot be written.
pub(crate) fn completions(completions: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut arguments::command(), "dateline", &mut script);
    io::Write::write_all(&mut io::stdout(), &script)?;
    Ok(Outcome::Done)
}

/// Runs `dateline man`.
///
/// # Errors
///
/// If the folder cannot be written.
pub(crate) fn man(man: &Man) -> anyhow::Result<Outcome> {
    let name = escaped(&man.folder.to_string_lossy());
    let written = fs::create_dir_all(&man.folder)
        .and_then(|()| clap_mangen::generate_to(arguments::command(), &man.folder));
    written.with_context(|| format!("could not write {name}"))?;
    Ok(Outcome::Done)
}
