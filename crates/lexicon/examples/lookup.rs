//! Prints what the words of a sentence say about the acts they govern.
//!
//! ```sh
//! cargo run -p dateline-lexicon --example lookup -- "Oslo refused to hold talks with Bergen."
//! ```

use dateline_lexicon::predicate;
use dateline_nlp::{English, ReaderKind};

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| {
        "The minister told reporters that Oslo had called off the talks.".into()
    });
    let english = English::new(ReaderKind::Fast);
    for token in english.analyze(&text).tokens() {
        if let Some(cue) = predicate::cue(token) {
            println!("{token}\tcue\t{:?}, {:?}", cue.class, cue.certainty, token = token.text());
        }
        if let Some(entry) = predicate::governing_act(token) {
            println!("{}\tgoverns an act\t{:?}, {:?}", token.text(), entry.status, entry.polarity);
        }
        if let Some(entry) = predicate::modifier(token) {
            println!(
                "{}\tmodifies an act\t{:?}, {:?}",
                token.text(),
                entry.status,
                entry.certainty
            );
        }
    }
}
