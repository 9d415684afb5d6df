//! Reading of a codebook row.

use std::{borrow::Cow, collections::BTreeSet};

use dateline_core::codes::{Mode, PloverType};

use super::{
    BadRow, Condition, Fill, Frame, FrameIdx, Mark, Pos, Slot, TABLES, classes::Classes, stem,
};

/// Reads the frames of a table. Rows that cannot be read are reported and left out.
pub(super) fn read_table(
    file: &str,
    text: &str,
    classes: &Classes,
    frames: &mut Vec<Frame>,
    bad: &mut Vec<BadRow>,
) {
    let Ok(kind) = stem(file).to_ascii_uppercase().parse::<PloverType>() else {
        let reason = "names no PLOVER type; call it `sanction.tsv` to replace a table or `sanction.mine.tsv` to add to it";
        bad.push(BadRow { file: file.to_owned(), line: None, reason: reason.to_owned() });
        return;
    };
    let built_in: BTreeSet<&str> = TABLES
        .iter()
        .filter(|(name, _)| *name == file)
        .flat_map(|(_, text)| text.lines())
        .collect();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let mark = if built_in.contains(line) { Mark::Evidence } else { Mark::Certain };
        match read_row(kind, line, mark, classes) {
            Ok(frame) => frames.push(Frame { file: file.into(), line: number + 1, ..frame }),
            Err(reason) => {
                bad.push(BadRow { file: file.to_owned(), line: Some(number + 1), reason });
            }
        }
    }
}

fn read_row(kind: PloverType, line: &str, mark: Mark, classes: &Classes) -> Result<Frame, String> {
    let columns: Vec<&str> = line.trim_end().split('\t').collect();
    let [trigger, source, target, conditions, mode, cameo, contexts, example, ref rest @ ..] =
        columns[..]
    else {
        let count = columns.len();
        return Err(format!(
            "read {count} columns, expected 8 or 9 with tabs between them: trigger, source, target, if, mode, cameo, contexts, \
             example, mark"
        ));
    };
    let mark = match *rest {
        [] => mark,
        [name] => Mark::parse(name).ok_or_else(|| {
            format!("read mark `{name}`, expected `certain`, `evidence` or `veto`")
        })?,
        _ => return Err(format!("read {} columns, expected 8 or 9", columns.len())),
    };
    let (word, pos) = match trigger.rsplit_once('.') {
        Some((word, "v")) => (word, Pos::Verb),
        Some((word, "n")) => (word, Pos::Noun),
        _ => return Err(format!("read trigger `{trigger}`, expected a lemma and `.v` or `.n`")),
    };
    let (lemma, particle) = match word.split_once('_') {
        Some((lemma, particle)) => (lemma, Some(particle)),
        None => (word, None),
    };
    let symmetric = target == "=";
    let mode: Option<Mode> = filled(mode)
        .map(|mode| mode.parse().map_err(|error| format!("mode: {error}")))
        .transpose()?;
    if let Some(mode) = mode
        && !kind.modes().any(|(listed, _)| listed == mode)
    {
        return Err(format!("{kind} has no mode {mode}"));
    }
    let contexts = filled(contexts)
        .map_or(Ok(Vec::new()), |list| list.split(',').map(str::parse).collect())
        .map_err(|error| format!("contexts: {error}"))?;
    let conditions = conditions
        .split(' ')
        .filter(|condition| *condition != "-")
        .map(|condition| read_condition(condition, classes))
        .collect::<Result<_, _>>()?;
    if example == "-" || example.is_empty() {
        return Err("the frame has no example; write a sentence that must fire it".to_owned());
    }
    Ok(Frame {
        idx: FrameIdx(0),
        lemma: lemma.into(),
        particle: particle.map(Into::into),
        pos,
        source: read_fill(source)?,
        target: read_fill(if symmetric { "-" } else { target })?,
        symmetric,
        conditions,
        mark,
        kind,
        mode,
        cameo: cameo.parse().map_err(|error| format!("cameo: {error}"))?,
        contexts,
        example: example.into(),
        file: "".into(),
        line: 0,
    })
}

fn filled(cell: &str) -> Option<&str> {
    (cell != "-").then_some(cell)
}

fn read_fill(cell: &str) -> Result<Fill, String> {
    let together = cell.contains('+');
    let slots = filled(cell)
        .map_or(Ok(Vec::new()), |list| list.split([',', '+']).map(read_slot).collect())?;
    Ok(Fill { slots, together })
}

fn read_slot(name: &str) -> Result<Slot, String> {
    if let Some((_, slot)) = NAMED.iter().find(|(other, _)| *other == name) {
        return Ok(slot.clone());
    }
    if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(Slot::Behind(Cow::Owned(name.to_owned())));
    }
    Err(format!("read `{name}`, expected a slot, as in `subj` or `with`"))
}

/// Names of slots that are not prepositions.
const NAMED: [(&str, Slot); 6] = [
    ("subj", Slot::Subject),
    ("obj", Slot::Object),
    ("iobj", Slot::Indirect),
    ("poss", Slot::Possessor),
    ("adj", Slot::Premodifier),
    ("comp", Slot::Complement),
];

fn read_condition(text: &str, classes: &Classes) -> Result<Condition, String> {
    if let Some(slot) = text.strip_prefix('!') {
        return Ok(Condition::Empty(read_slot(slot)?));
    }
    match text {
        "@passive" => return Ok(Condition::Passive),
        "@plural" => return Ok(Condition::Plural),
        _ => {}
    }
    if let Some((slot, class)) = text.split_once(':') {
        if !classes.has(class) {
            return Err(format!(
                "no class `{class}`; list its lemmas in classes.mine.tsv or another such file"
            ));
        }
        return Ok(Condition::Class(read_slot(slot)?, class.into()));
    }
    if let Some((slot, lemmas)) = text.split_once('=') {
        let lemmas = lemmas.split(',').map(Into::into).collect();
        return Ok(Condition::Lemma(read_slot(slot)?, lemmas));
    }
    Ok(Condition::Filled(read_slot(text)?))
}
