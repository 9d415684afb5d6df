//! Prints the dependency tree of each sentence of a text.
//!
//! ```sh
//! cargo run --example tree -- "Japan expelled two envoys on Friday."
//! ```

use std::env;

use dateline_nlp::{English, ReaderKind, Token};

fn main() {
    let text = env::args().nth(1).unwrap_or("Japan expelled two envoys on Friday.".to_owned());
    let english = English::new(ReaderKind::Fast);
    let analysis = english.analyze(&text);
    for sentence in analysis.sentences() {
        println!("{}", sentence.text());
        // Depth-first, without recursion: a sentence may be deeply nested.
        let mut stack: Vec<(Token<'_>, usize)> = vec![(sentence.root(), 1)];
        while let Some((token, depth)) = stack.pop() {
            let indent = "  ".repeat(depth);
            println!(
                "{indent}{} {} ({} {})",
                token.deprel(),
                token.text(),
                token.lemma(),
                token.upos()
            );
            let children: Vec<_> = token.children().map(|child| (child, depth + 1)).collect();
            stack.extend(children.into_iter().rev());
        }
        for name in sentence.names() {
            println!("  {}: {}", name.kind, analysis.span_of(name.first, name.last).of(&text));
        }
    }
}
