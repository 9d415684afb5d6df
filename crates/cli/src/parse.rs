//! `dateline parse`: sentences, tags and trees of texts as CoNLL-U.

use std::io::{self, Write as _};

use dateline_nlp::{English, conllu};

use crate::{
    arguments::Parse,
    batch::{self, Outcome},
    input::{Input, complain},
    progress::{self, Progress},
};

/// Runs the command.
///
/// # Errors
///
/// If the output cannot be written.
pub(crate) fn run(parse: &Parse) -> anyhow::Result<Outcome> {
    let inputs = Input::all(&parse.files);
    let several = inputs.len() > 1;
    let english = English::new(parse.reader.kind());
    // The trees of an input, its number of words and a warning, or an error message.
    let work = |input: &Input| -> Result<(String, u64, Option<String>), String> {
        let read = input.read().map_err(|error| error.to_string())?;
        let trees = if parse.gold_tokens {
            let sentences =
                conllu::read(&read.text).map_err(|error| format!("not valid CoNLL-U: {error}"))?;
            let (text, segmentation) = conllu::rebuild_text(&sentences);
            conllu::write(&english.annotate(&text, &segmentation))
        } else {
            conllu::write(&english.analyze(&read.text))
        };
        let trees = if several { format!("# newdoc id = {input}\n{trees}") } else { trees };
        Ok((trees, progress::words(&read.text), read.note))
    };
    let mut outcome = Outcome::Done;
    let (n_files, mut n_done) = (inputs.len() as u64, 0);
    let mut progress = Progress::new(parse.quiet);
    let feed = |deal: &mut dyn FnMut(Input, usize) -> bool| {
        inputs.into_iter().all(|input| deal(input, 0));
    };
    let mut out = io::stdout().lock();
    let worker = || {
        |input: Input| {
            let parsed = work(&input);
            (input, parsed)
        }
    };
    batch::gather(batch::threads(parse.threads), feed, worker, |(input, parsed)| {
        n_done += 1;
        match parsed {
            Ok((trees, n_words, note)) => {
                progress.add(n_words);
                progress.suspend(|| {
                    if let Some(note) = note {
                        complain(&format!("{input}: {note}"));
                    }
                    out.write_all(trees.as_bytes())?;
                    out.flush()
                })?;
            }
            Err(why) => {
                outcome = Outcome::SomeUnreadable;
                progress.suspend(|| complain(&format!("{input}: {why}")));
            }
        }
        progress.show(n_done, || n_files);
        Ok(())
    })?;
    progress.finish();
    Ok(outcome)
}
