//! Writes the events of a text as rows of GDELT 2.0.
//!
//! ```sh
//! cargo run --example write_gdelt -- article.txt
//! ```
//!
//! Without a file, reads a small built-in article.

use std::{env, fs, io};

use dateline_extract::{Extractor, read_document};
use dateline_formats::write::{Article, Layout, Options, Release, Report};

const TEXT: &str = "date: 2021-06-17\n\nMoscow expelled 10 American diplomats on Thursday.\n";

fn main() -> io::Result<()> {
    let (name, text) = match env::args().nth(1) {
        Some(path) => (path.clone(), fs::read_to_string(path)?),
        None => ("moscow.txt".to_owned(), TEXT.to_owned()),
    };
    let record = Extractor::new().extract(&read_document(&text));
    let article = Article::new(&name, &record, &[]);
    let mut out = io::stdout();
    let mut release = Release::new(&mut out, Layout::GdeltEvents, Options::default())?;
    for event in &record.events {
        release.report(&Report { article: &article, event, world: None })?;
    }
    let tally = release.tally().clone();
    eprintln!("{tally:?}");
    Ok(())
}
