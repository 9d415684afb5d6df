//! Sets tags, trees, names and triggers of a text, a batch of windows at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    machine::Machine,
    name::Namer,
    parse::{self, Parser},
    tag::Tagger,
    transformer::{Buffers, Encoder},
    trigger::{self, Spotter},
    weights::Weights,
    window::Batch,
};
use crate::{Analysis, TriggerLabels, net::names::Search, tags::Deprel};

/// The encoder and what reads its vectors.
#[derive(Debug)]
pub(crate) struct Annotator {
    encoder: Encoder,
    tagger: Tagger,
    namer: Namer,
    parser: Parser,
    spotter: Spotter,
    /// Number of pieces of an ordinary window.
    room: usize,
    /// Buffers that no thread uses at the moment.
    spare: Mutex<Vec<Scratch>>,
}

/// Buffers, reused from batch to batch and from text to text.
#[derive(Debug, Default)]
struct Scratch {
    batch: Batch,
    buffers: Buffers,
    scores: Vec<f32>,
    search: Search,
    parse: parse::Scratch,
    trigger: trigger::Scratch,
}

impl Annotator {
    /// Reads a weights file.
    ///
    /// # Panics
    ///
    /// If the file was not written for this build.
    pub(crate) fn new(weights: &'static [u8]) -> Self {
        let weights = Weights::read(weights);
        let encoder = Encoder::new(&weights);
        let width = encoder.width();
        Self {
            tagger: Tagger::new(&weights, width),
            namer: Namer::new(&weights, width),
            parser: Parser::new(&weights, width),
            spotter: Spotter::new(&weights, width),
            room: weights.setting("window"),
            encoder,
            spare: Mutex::default(),
        }
    }

    /// Sets tags, trees, names and triggers of every sentence.
    pub(crate) fn annotate(&self, machine: Machine, analysis: &mut Analysis<'_>) {
        let mut scratch = self.spare().pop().unwrap_or_default();
        let vocabulary = self.encoder.vocabulary();
        for sentence in 0..analysis.sentences.len() {
            let mut rest = analysis.sentences[sentence].clone();
            let start = rest.start;
            while !rest.is_empty() {
                let (text, rows) = (analysis.text, &analysis.rows);
                let taken = scratch.batch.split(vocabulary, text, rows, start, rest.clone());
                if scratch.batch.is_crowded(self.room) {
                    scratch.batch.close(vocabulary);
                    if scratch.batch.is_full() {
                        self.flush(machine, analysis, &mut scratch);
                    }
                }
                scratch.batch.add(vocabulary, rest.start);
                rest.start += taken;
            }
        }
        scratch.batch.close(vocabulary);
        self.flush(machine, analysis, &mut scratch);
        self.spare().push(scratch);
        analysis.triggers.are_read = true;
        join_windows(analysis);
        analysis.link_trees();
    }

    /// Names of what triggers are scored for.
    pub(crate) fn trigger_labels(&self) -> &TriggerLabels {
        self.spotter.labels()
    }

    fn spare(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flush(&self, machine: Machine, analysis: &mut Analysis<'_>, scratch: &mut Scratch) {
        if scratch.batch.windows.is_empty() {
            return;
        }
        let encoded = self.encoder.encode(machine, &scratch.batch, &mut scratch.buffers);
        self.tagger.apply(encoded, &mut scratch.scores, &mut analysis.rows);
        self.namer.apply(encoded, &mut scratch.scores, &mut scratch.search, &mut analysis.names);
        self.parser.apply(encoded, &mut scratch.parse, &mut analysis.rows);
        self.spotter.apply(encoded, &mut scratch.trigger, &mut analysis.triggers);
        scratch.batch.clear();
    }
}

/// Makes one tree of the trees of a sentence that was cut: later roots depend on the first.
fn join_windows(analysis: &mut Analysis<'_>) {
    for range in &analysis.sentences {
        let mut root = None;
        for idx in range.clone() {
            let row = &mut analysis.rows[idx as usize];
            if row.head == idx {
                match root {
                    None => root = Some(idx),
                    Some(root) => (row.head, row.deprel) = (root, Deprel::Parataxis),
                }
            }
        }
    }
}
