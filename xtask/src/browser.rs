//! `cargo xtask browser` and `cargo xtask screenshots`: the pages in a real browser.
//!
//! They need Chromium, as distributions package it, and Node.js with npm, which brings in what `browser/package.json` lists. Where one
//! of them is missing they say so and do nothing: the pages are tested without a browser, too.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::{interop, root, succeed};

/// Where the pictures of the README lie.
const PICTURES: &str = "crates/server/screenshots";
/// What Chromium is called by distributions.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Drives the pages as people do, looks for faults that shut people out, and shows them hostile news.
pub(crate) fn run() -> Result<()> {
    let Some(tools) = Tools::found()? else { return Ok(()) };
    let program = interop::build()?;
    let folder = env::temp_dir().join(format!("dateline-browser-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let demo = Server::start(&program, &folder, &["demo"])?;
    let blank = Server::start(&program, &folder, &["serve", "--create", "--rate-limit", "0"])?;
    let ran = succeed(
        tools
            .node(&["--test", "--test-reporter=spec", "pages.test.mjs", "hostile.test.mjs"])
            .env("DATELINE_URL", &demo.url)
            .env("DATELINE_BLANK_URL", &blank.url),
    );
    drop((demo, blank));
    fs::remove_dir_all(&folder)?;
    ran
}

/// Takes the pictures of the README.
pub(crate) fn screenshots() -> Result<()> {
    let Some(tools) = Tools::found()? else { return Ok(()) };
    let program = interop::build()?;
    let pictures = root().join(PICTURES);
    fs::create_dir_all(&pictures)?;
    let demo = Server::start(&program, &env::temp_dir(), &["demo"])?;
    let pictures = pictures.to_string_lossy().into_owned();
    succeed(tools.node(&["screenshots.mjs", &pictures]).env("DATELINE_URL", &demo.url))
}

/// A browser, and the folder with the packages that drive it.
struct Tools {
    chromium: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// None where something is missing, which is said.
    fn found() -> Result<Option<Self>> {
        let Some(chromium) = NAMES.iter().find_map(|name| in_path(name)) else {
            eprintln!("skipped: Chromium is not installed (package `chromium`)");
            return Ok(None);
        };
        if in_path("node").is_none() || in_path("npm").is_none() {
            eprintln!("skipped: Node.js with npm is not installed (packages `nodejs` and `npm`)");
            return Ok(None);
        }
        let folder = root().join("target/browser");
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(root().join("xtask/browser"))? {
            let path = entry?.path();
            let name = path.file_name().context("a file has a name")?;
            fs::copy(&path, folder.join(name))?;
        }
        let mut install = Command::new("npm");
        install.args(["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]);
        if !install.current_dir(&folder).status()?.success() {
            eprintln!("skipped: npm could not bring in what xtask/browser/package.json lists");
            return Ok(None);
        }
        Ok(Some(Self { chromium, folder }))
    }

    fn node(&self, arguments: &[&str]) -> Command {
        let mut node = Command::new("node");
        node.args(arguments).current_dir(&self.folder).env("DATELINE_CHROMIUM", &self.chromium);
        node
    }
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A server, which ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts the command in a folder, on a port that is free, and waits until it listens.
    pub(crate) fn start(program: &Path, folder: &Path, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .args(["--listen", "[::1]:0", "--log", "none"])
            .current_dir(folder)
            .env_remove("DATELINE_DB")
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let mut line = String::new();
        let said = child.stderr.take().context("its words are piped")?;
        BufReader::new(said).read_line(&mut line)?;
        let url = line.trim().strip_prefix("dateline: serving ").map(str::to_owned);
        ensure!(url.is_some(), "the server said: {}", line.trim());
        let url = url.unwrap_or_default().trim_end_matches('/').to_owned();
        Ok(Self { child, url })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
