//! `cargo xtask lexicon`: makes the tables of `crates/lexicon/data/en/names` and the country codes from their sources.
//!
//! Our own rows (source `dateline`) are kept and take precedence over rows of other sources. `roles.tsv` is not changed.

mod bodies;
mod codes;
mod countries;
mod leaders;
mod places;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use xtask::root;

/// Flags of `lexicon`.
#[derive(Debug, Args)]
pub(crate) struct Lexicon {
    /// Folder with the sources
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Write nothing; fail if a table is stale
    #[arg(long)]
    check: bool,
}

/// Makes the tables.
pub(crate) fn run(arguments: &Lexicon) -> Result<()> {
    let data = &arguments.data;
    let codes = countries::codes(data)?;
    let mut tables = vec![Table::read("countries.tsv")?];
    countries::fill(&mut tables[0], data, &codes)?;
    let mut cities = Table::read("cities.tsv")?;
    countries::cities(&mut cities, &tables[0], data, &codes)?;
    let mut given = Table::read("given-names.tsv")?;
    given_names(&mut given, data)?;
    let mut leaders = Table::read("leaders.tsv")?;
    leaders::fill(&mut leaders, &tables[0], &codes, data)?;
    let mut bodies = Table::read("bodies.tsv")?;
    bodies::fill(&mut bodies, &tables[0], data)?;
    let mut places = Table::read("places.tsv")?;
    places::cities(&mut places, data, &codes)?;
    let mut regions = Table::read("regions.tsv")?;
    places::regions(&mut regions, &tables[0], data)?;
    tables.extend([bodies, cities, given, leaders, places, regions]);
    for table in &tables {
        table.finish(arguments.check)?;
    }
    codes::write(data, &codes, arguments.check)
}

/// A table under construction: comments on top, then rows sorted by all their columns.
struct Table {
    path: PathBuf,
    head: String,
    /// Rows: the columns that identify a row, and the others.
    rows: BTreeMap<String, String>,
}

impl Table {
    /// Reads the comments of a table and our own rows.
    fn read(name: &str) -> Result<Self> {
        let path = root().join("crates/lexicon/data/en/names").join(name);
        let text = read(&path)?;
        let (head, rows): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with('#'));
        let ours = rows.into_iter().filter(|row| row.ends_with("\tdateline"));
        let rows = ours
            .filter_map(|row| row.split_once('\t'))
            .map(|(key, rest)| (key.to_owned(), rest.to_owned()))
            .collect();
        Ok(Self { path, head: head.join("\n"), rows })
    }

    /// Adds a row unless one with its key exists.
    fn add(&mut self, key: &str, rest: &[&str]) {
        self.rows.entry(key.to_owned()).or_insert_with(|| rest.join("\t"));
    }

    fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.rows.get(key)?.split('\t').next()
    }

    fn finish(&self, check: bool) -> Result<()> {
        let mut text = format!("{}\n", self.head);
        for (key, rest) in &self.rows {
            text.extend([key.as_str(), "\t", rest.as_str(), "\n"]);
        }
        if check {
            let stale = "is stale; run `cargo xtask lexicon --data DIR`";
            ensure!(read(&self.path)? == text, "{} {stale}", self.path.display());
            return Ok(());
        }
        fs::write(&self.path, text)
            .with_context(|| format!("could not write {}", self.path.display()))
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

/// Reads a file that may not be UTF-8.
fn read_lossy(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Fills the table of given names with those usual for either women or men.
fn given_names(table: &mut Table, data: &Path) -> Result<()> {
    for line in read(&data.join("names/given-names-en-nltk.tsv"))?.lines().skip(1) {
        if let Some((name, gender)) = line.split_once('\t')
            && let Some(letter) = match gender.trim() {
                "male" => Some("m"),
                "female" => Some("f"),
                _ => None,
            }
        {
            table.add(name.trim(), &[letter, "kantrowitz"]);
        }
    }
    Ok(())
}
