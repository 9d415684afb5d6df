//! Triggers of events among the remarks of CoNLL-U, the last column.
//!
//! The comment `# triggers` says that the triggers of a sentence are annotated. A word then has
//!
//! - `Trigger=ASSAULT:0.83,COERCE:0.1`: the types of event that it may trigger, with their probabilities. The rest is the probability
//!   that it triggers none. A probability of 1 is left out. A word without this remark triggers none.
//! - `Trigger=?`: whether it triggers an event is not known.
//! - `Status=occurred:0.9,ongoing:0.1`: the status of the event, likewise.
//! - `Denied`, `Claimed` or `Denied=0.4`: the probability that the event is denied, or claimed by somebody in the text.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail, ensure};
use dateline_core::{Status, codes::PloverType};
use dateline_nlp::{
    TriggerLabels,
    conllu::{GoldSentence, GoldWord},
    train::{Event, Trigger},
};

/// Comment of a sentence whose triggers are annotated.
pub(crate) const ANNOTATED: &str = "triggers";

/// Types and statuses, in the order of their indices.
pub(crate) fn labels() -> TriggerLabels {
    TriggerLabels {
        types: PloverType::ALL.iter().map(ToString::to_string).collect(),
        statuses: Status::ALL.iter().map(ToString::to_string).collect(),
        roles: Vec::new(),
    }
}

/// Reads the triggers of a sentence; `None` if they are not annotated.
pub(crate) fn read(
    sentence: &GoldSentence,
    labels: &TriggerLabels,
) -> Result<Option<Vec<Trigger>>> {
    if !sentence.comments.iter().any(|comment| comment == ANNOTATED) {
        return Ok(None);
    }
    let trigger = |word: &GoldWord| {
        read_word(word, labels).with_context(|| format!("in the remarks `{}`", word.remarks))
    };
    sentence.words.iter().map(trigger).collect::<Result<_>>().map(Some)
}

fn read_word(word: &GoldWord, labels: &TriggerLabels) -> Result<Trigger> {
    Ok(match word.remark("Trigger") {
        None => Trigger::None,
        Some("?") => Trigger::Unknown,
        Some(types) => Trigger::Event(Event {
            types: read_shares(types, &labels.types)?,
            statuses: match word.remark("Status") {
                Some(statuses) => read_shares(statuses, &labels.statuses)?,
                None => Vec::new(),
            },
            denied: word.remark("Denied").map_or(Ok(0.0), read_share)?,
            claimed: word.remark("Claimed").map_or(Ok(0.0), read_share)?,
        }),
    })
}

fn read_shares(shares: &str, names: &[String]) -> Result<Vec<(usize, f32)>> {
    let shares: Vec<(usize, f32)> = shares
        .split(',')
        .map(|item| {
            let (name, share) = item.split_once(':').unwrap_or((item, ""));
            let index = names.iter().position(|known| known == name);
            Ok((index.with_context(|| format!("unknown label `{name}`"))?, read_share(share)?))
        })
        .collect::<Result<_>>()?;
    let sum: f32 = shares.iter().map(|(_, share)| share).sum();
    ensure!(sum < 1.01, "probabilities add up to {sum}");
    Ok(shares)
}

fn read_share(share: &str) -> Result<f32> {
    if share.is_empty() {
        return Ok(1.0);
    }
    match share.parse() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => bail!("read `{share}`, expected a probability"),
    }
}

/// Probability below which a label is not written.
const LEAST: f32 = 0.02;

/// Appends the remarks of a trigger, each after a `|`.
pub(crate) fn write(trigger: &Trigger, labels: &TriggerLabels, out: &mut String) {
    let event = match trigger {
        Trigger::None => return,
        Trigger::Unknown => return out.push_str("|Trigger=?"),
        Trigger::Event(event) => event,
    };
    let types = shares(&event.types, &labels.types);
    if types.is_empty() {
        return;
    }
    let text = "writing to a string does not fail";
    write!(out, "|Trigger={types}").expect(text);
    let statuses = shares(&event.statuses, &labels.statuses);
    if !statuses.is_empty() {
        write!(out, "|Status={statuses}").expect(text);
    }
    for (key, share) in [("Denied", event.denied), ("Claimed", event.claimed)] {
        match rounded(share).as_str() {
            _ if share < LEAST => {}
            "" => write!(out, "|{key}").expect(text),
            share => write!(out, "|{key}={share}").expect(text),
        }
    }
}

fn shares(shares: &[(usize, f32)], names: &[String]) -> String {
    let items: Vec<String> = shares
        .iter()
        .filter(|(_, share)| *share >= LEAST)
        .map(|&(index, share)| match rounded(share).as_str() {
            "" => names[index].clone(),
            share => format!("{}:{share}", names[index]),
        })
        .collect();
    items.join(",")
}

/// A probability with three digits; empty for 1.
fn rounded(share: f32) -> String {
    let text = format!("{share:.3}");
    if text.starts_with('1') {
        return String::new();
    }
    text.trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use dateline_nlp::conllu;

    use super::*;

    fn check(remarks: &str, expected: &Trigger) {
        let table = format!("# {ANNOTATED}\n1\tquit\t_\tVERB\tVBD\t_\t0\troot\t_\t{remarks}\n");
        let sentences = conllu::read(&table).unwrap();
        let triggers = read(&sentences[0], &labels()).unwrap().expect("annotated");
        assert_eq!(triggers, std::slice::from_ref(expected));
        let mut written = "_".to_owned();
        write(expected, &labels(), &mut written);
        assert_eq!(written.strip_prefix("_|").unwrap_or(&written), remarks);
    }

    #[test]
    fn remarks_round_trip() {
        check("_", &Trigger::None);
        check("Trigger=?", &Trigger::Unknown);
        let retreat = Event { types: vec![(6, 1.0)], ..Event::default() };
        check("Trigger=RETREAT", &Trigger::Event(retreat));
        let event = Event {
            types: vec![(15, 0.83), (14, 0.1)],
            statuses: vec![(4, 1.0)],
            denied: 1.0,
            claimed: 0.25,
        };
        check(
            "Trigger=ASSAULT:0.83,COERCE:0.1|Status=occurred|Denied|Claimed=0.25",
            &Trigger::Event(event),
        );
    }

    #[test]
    fn other_sentences_have_no_annotation() {
        let sentences = conllu::read("1\tquit\t_\tVERB\tVBD\t_\t0\troot\t_\t_\n").unwrap();
        assert_eq!(read(&sentences[0], &labels()).unwrap(), None);
    }

    #[test]
    fn unknown_labels_and_wrong_numbers_are_reported() {
        let error = |remarks: &str| {
            let table = format!("# {ANNOTATED}\n1\tquit\t_\tVERB\tVBD\t_\t0\troot\t_\t{remarks}\n");
            format!("{:#}", read(&conllu::read(&table).unwrap()[0], &labels()).unwrap_err())
        };
        assert!(error("Trigger=DANCE").ends_with("unknown label `DANCE`"));
        assert!(error("Trigger=AID:2").ends_with("read `2`, expected a probability"));
        assert!(error("Trigger=AID:0.7,COERCE:0.7").contains("add up to 1.4"));
    }
}
