//! Prints how each part of a record was read: its rule, and the reasons with their words.
//!
//! ```sh
//! cargo run -p dateline-extract --example explain -- "Peru did not attack Chile."
//! ```

use std::env;

use dateline_extract::{Extractor, read_document};

fn main() {
    let text = env::args().nth(1).unwrap_or_else(|| {
        "date 2021-05-08\nKenyan President Alice Mwangi denied on Friday that troops had attacked \
         Peru.\n"
            .to_owned()
    });
    let (_, explanations) = Extractor::new().explain(&read_document(&text));
    for explanation in explanations {
        println!("{}\t{}", explanation.of, explanation.rule);
        for reason in explanation.reasons {
            let words = reason.evidence.map(|words| format!(" (\"{}\")", words.text));
            println!("\t{}: {}{}", reason.name, reason.value, words.unwrap_or_default());
        }
    }
}
