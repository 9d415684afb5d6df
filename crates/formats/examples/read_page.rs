//! Prints the article in an HTML page, with its date and title.
//!
//! ```sh
//! cargo run --example read_page -- page.html
//! ```
//!
//! Without a file, reads a small built-in page.

use std::{env, fs, io};

use dateline_formats::read::{self, FieldNames, Format};

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Dam talks resume</title>
<meta property="article:published_time" content="2021-05-08"></head>
<body><nav>Home</nav><article><h1>Dam talks resume</h1>
<p>Talks about the dam resumed on Friday, the foreign ministry said.</p></article></body></html>"#;

fn main() -> io::Result<()> {
    let bytes = match env::args().nth(1) {
        Some(path) => fs::read(path)?,
        None => PAGE.as_bytes().to_vec(),
    };
    read::cut(&mut &bytes[..], Format::Html, &mut |piece| {
        match piece {
            Ok(cut) => read::open(&cut, &FieldNames::default()).into_iter().for_each(print),
            Err(problem) => eprintln!("byte {}: {}", problem.at, problem.why),
        }
        true
    })
}

fn print(opened: Result<read::OpenedDocument, String>) {
    match opened {
        Ok(opened) => {
            let document = opened.document;
            println!("title: {}", document.title.unwrap_or_default());
            println!("date: {}", document.published.map_or(String::new(), |date| date.to_string()));
            println!("\n{}", document.text);
        }
        Err(why) => eprintln!("{why}"),
    }
}
