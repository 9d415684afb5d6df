//! `dateline parse`: texts to CoNLL-U.

use std::io;

use dateline_nlp::{English, conllu};

use crate::{
    arguments::Parse,
    batch::{self, Done, Outcome},
    input::Input,
};

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(parse: &Parse) -> anyhow::Result<Outcome> {
    let inputs = Input::all(&parse.inputs.files);
    let several = inputs.len() > 1;
    let english = English::new();
    let work = |input: &Input| {
        let read = match input.read() {
            Ok(read) => read,
            Err(error) => return Done::unreadable(input, &error),
        };
        let trees = if parse.gold_tokens {
            match conllu::read(&read.text) {
                Ok(sentences) => {
                    let (text, segmentation) = conllu::rebuild_text(&sentences);
                    conllu::write(&english.annotate(&text, &segmentation))
                }
                Err(error) => return Done::unreadable(input, &format!("no CoNLL-U: {error}")),
            }
        } else {
            conllu::write(&english.analyze(&read.text))
        };
        let output = if several { format!("# newdoc id = {input}\n{trees}") } else { trees };
        let complaint = read.note.map(|note| format!("{input}: {note}"));
        Done { output, complaint, ..Done::default() }
    };
    batch::run(&inputs, parse.inputs.threads, &mut io::stdout().lock(), work)
}
