//! Arguments of the commands for installing Dateline: `completions` and `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Print shell completions
///
/// Save them where your shell looks for completions.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > ~/.zfunc/_dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish")]
pub(crate) struct Completions {
    /// Shell: bash, elvish, fish, powershell or zsh
    ///
    /// Run the command again after an update of Dateline.
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(crate) shell: Shell,
}

/// Write manual pages to a folder
///
/// Writes dateline.1 and a page for each command, such as dateline-extract.1.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline man ~/.local/share/man/man1
  man dateline-extract")]
pub(crate) struct Man {
    /// Folder to write to
    ///
    /// The folder is created if it does not exist; pages in it are replaced.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}
