//! `cargo xtask browser` and `cargo xtask screenshots`: the pages in a real browser.
//!
//! They need Chromium, as packaged by Linux distributions, and Node.js with npm, which installs the packages of `browser/package.json`.
//! If one is missing, they report it and do nothing; other tests cover the pages without a browser.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};
use xtask::program::{self, Server};

use crate::{root, succeed};

/// Folder of the README's screenshots.
const PICTURES: &str = "crates/server/screenshots";
/// Names of Chromium in different distributions.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Uses the pages as people do, checks accessibility, and shows them hostile news.
pub(crate) fn run() -> Result<()> {
    let Some(tools) = Tools::found()? else { return Ok(()) };
    let program = program::build()?;
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

/// Takes the screenshots of the README.
pub(crate) fn screenshots() -> Result<()> {
    let Some(tools) = Tools::found()? else { return Ok(()) };
    let program = program::build()?;
    let pictures = root().join(PICTURES);
    fs::create_dir_all(&pictures)?;
    let demo = Server::start(&program, &env::temp_dir(), &["demo"])?;
    let pictures = pictures.to_string_lossy().into_owned();
    succeed(tools.node(&["screenshots.mjs", &pictures]).env("DATELINE_URL", &demo.url))
}

/// A browser, and the folder with the packages that control it.
struct Tools {
    chromium: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// Finds the browser and installs the packages; reports what is missing and returns `None`.
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
            eprintln!("skipped: npm could not install the packages of xtask/browser/package.json");
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
