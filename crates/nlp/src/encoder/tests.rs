//! Tests of the whole, on a small network with arbitrary weights.

use std::fmt::Write;

use proptest::prelude::*;

use super::{Annotator, Machine};
use crate::{
    Analysis, N_ROLES, N_STATUSES, N_TYPES, check,
    segment::segment,
    tags::{Deprel, NameKind, Upos, Xpos},
};

const WIDTH: usize = 64;
const WIDE: usize = 128;
const ARC: usize = 48;
const RELATION: usize = 16;
const ROLE: usize = 32;
const PIECES: &[&str] = &[
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "ken", "##ya", "s", "##s", "e", "##ever", "##ed", ",", ".",
    "the", "un", "said", "##1", "1", "'", "t", "talks", "##a", "a", "b", "-",
];

/// A weights file under construction.
#[derive(Default)]
struct File {
    header: String,
    bytes: Vec<u8>,
    state: u32,
}

impl File {
    fn list<'l>(&mut self, name: &str, entries: impl IntoIterator<Item = &'l str>) {
        let entries: Vec<&str> = entries.into_iter().collect();
        writeln!(self.header, "list {name} {}\n{}", entries.len(), entries.join("\n")).unwrap();
    }

    /// The next number of a simple generator, between -1 and 1.
    fn next(&mut self) -> f32 {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from((self.state >> 16) as u16) / 32768.0 - 1.0
    }

    fn floats(&mut self, name: &str, rows: usize, columns: usize, around: f32, most: f32) {
        writeln!(self.header, "tensor {name} f32 {rows} {columns}").unwrap();
        for _ in 0..rows * columns {
            let number = around + most * self.next();
            self.bytes.extend(number.to_le_bytes());
        }
    }

    fn rows(&mut self, name: &str, rows: usize, columns: usize) {
        writeln!(self.header, "tensor {name} i8 {rows} {columns}").unwrap();
        for _ in 0..rows * columns {
            #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
            let number = (self.next() * 127.0) as i8;
            self.bytes.push(number.cast_unsigned());
        }
        self.floats(&format!("{name}.scale"), rows, 1, 2e-3, 1e-3);
    }

    fn linear(&mut self, name: &str, n_out: usize, n_in: usize) {
        self.rows(name, n_out, n_in);
        self.floats(&format!("{name}.bias"), n_out, 1, 0.0, 0.1);
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), 1, WIDTH, 1.0, 0.1);
        self.floats(&format!("{name}.bias"), 1, WIDTH, 0.0, 0.1);
    }
}

fn weights() -> &'static [u8] {
    let mut file = File { header: "dateline-encoder 1\n".to_owned(), ..File::default() };
    let settings = [
        ("layers", 2),
        ("width", WIDTH),
        ("heads", 2),
        ("feed_forward", WIDE),
        ("positions", 256),
        ("arc", ARC),
        ("relation", RELATION),
        ("role", ROLE),
        ("window", 40),
    ];
    for (name, number) in settings {
        writeln!(file.header, "set {name} {number}").unwrap();
    }
    let [upos, xpos] = [Upos::ALL.len(), Xpos::ALL.len()];
    file.list("pieces", PIECES.iter().copied());
    file.list("upos", Upos::ALL.iter().map(|tag| tag.as_str()));
    file.list("xpos", Xpos::ALL.iter().map(|tag| tag.as_str()));
    file.list("tags", ["NOUN NN", "PUNCT ,", "VERB VBD", "PROPN NNP"]);
    file.list("relations", Deprel::ALL.iter().map(|relation| relation.as_str()));
    let tags = NameKind::ALL.iter().flat_map(|_| ["B", "I", "L", "U"]);
    file.list("names", ["O"].into_iter().chain(tags));
    file.list(
        "types",
        ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P"],
    );
    file.list("statuses", ["a", "b", "c", "d", "e", "f", "g", "h"]);
    file.list("roles", ["source", "target", "place", "time"]);
    file.rows("word", PIECES.len(), WIDTH);
    file.floats("position", 256, WIDTH, 0.0, 0.05);
    file.floats("case", 8, WIDTH, 0.0, 0.05);
    file.norm("embedding.norm");
    for layer in 0..2 {
        file.linear(&format!("layer.{layer}.qkv"), 3 * WIDTH, WIDTH);
        file.linear(&format!("layer.{layer}.output"), WIDTH, WIDTH);
        file.linear(&format!("layer.{layer}.expand"), WIDE, WIDTH);
        file.linear(&format!("layer.{layer}.contract"), WIDTH, WIDE);
        file.norm(&format!("layer.{layer}.norm1"));
        file.norm(&format!("layer.{layer}.norm2"));
    }
    file.linear("tag", upos + xpos, WIDTH);
    file.linear("name", 17, WIDTH);
    file.linear("parse", 2 * (ARC + RELATION), WIDTH);
    file.linear("arc", ARC, ARC);
    file.linear("relation", Deprel::ALL.len() * (RELATION + 1), RELATION);
    file.linear("event", 1 + N_TYPES + N_STATUSES + 2, WIDTH);
    file.linear("party", 2 * ROLE, WIDTH);
    file.linear("role", N_ROLES * (ROLE + 1), ROLE);
    file.header.push('\n');
    [file.header.into_bytes(), file.bytes].concat().leak()
}

fn read<'t>(annotator: &Annotator, machine: Machine, text: &'t str) -> Analysis<'t> {
    let mut analysis = Analysis::from_segmentation(text, &segment(text));
    annotator.annotate(machine, &mut analysis);
    analysis
}

const PARTS: &[&str] = &[
    " ",
    " ",
    "\n\n",
    ", ",
    ". ",
    "Kenya",
    "severed",
    "ties",
    "the UN",
    "talks",
    "said",
    "1,000",
    "n't",
    "--",
    "漢字",
    "é",
    "İ",
    "\u{301}",
    "(",
    "\"",
    "xqzzyxqzzy",
    "👩‍🚀",
    "A",
    "b",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn machines_agree_on_any_text(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..120), other in any::<String>()
    ) {
        let text = parts.concat() + &other;
        let annotator = Annotator::new(weights());
        let readings: Vec<String> = Machine::all()
            .into_iter()
            .map(|machine| {
                let analysis = read(&annotator, machine, &text);
                check::trees(&analysis);
                format!("{analysis:?}")
            })
            .collect();
        for reading in &readings[1..] {
            prop_assert_eq!(reading, &readings[0]);
        }
    }
}

#[test]
fn a_window_does_not_depend_on_those_around_it() {
    let annotator = Annotator::new(weights());
    // Too long to share a window with another sentence.
    let sentence = "Kenya severed the talks, the UN said, the talks, the talks, the talks, the talks, the talks, said.";
    let alone = read(&annotator, Machine::detect(), sentence);
    let text = format!("{} {}", "The UN said 1,000 talks.\n\n".repeat(30), sentence);
    let among = read(&annotator, Machine::detect(), &text);
    let fields = |analysis: &Analysis<'_>| -> Vec<_> {
        let sentence = analysis.sentences().last().unwrap();
        let first = sentence.first().idx().0;
        sentence
            .tokens()
            .map(|token| {
                (token.xpos(), token.deprel(), token.head().map(|head| head.idx().0 - first))
            })
            .collect()
    };
    assert_eq!(fields(&alone), fields(&among));
}

#[test]
fn triggers_have_scores_for_the_words_read_with_them() {
    let annotator = Annotator::new(weights());
    let text = "The UN said 1,000 talks. Kenya severed the talks.\n\n".repeat(9);
    let analysis = read(&annotator, Machine::detect(), &text);
    let triggers = analysis.triggers();
    assert!(!triggers.list().is_empty(), "arbitrary weights find some");
    for trigger in triggers.list() {
        assert_eq!(triggers.at(trigger.token), Some(trigger));
        let window = triggers.window(trigger);
        assert!(window.contains(&trigger.token));
        let sentences = |token| analysis.token(token).sentence().idx().0;
        assert!(sentences(trigger.token) - sentences(window.start) < 9, "a window is short");
        for token in analysis.tokens() {
            let scores = triggers.roles(trigger, token.idx());
            assert_eq!(scores.is_some(), window.contains(&token.idx()));
        }
    }
}

#[test]
fn a_sentence_without_end_is_read_in_windows() {
    let annotator = Annotator::new(weights());
    for text in
        ["talks, ".repeat(5_000), "a ".repeat(5_000), "-a".repeat(5_000), "x".repeat(1_000_000)]
    {
        let analysis = read(&annotator, Machine::detect(), &text);
        check::trees(&analysis);
    }
}
