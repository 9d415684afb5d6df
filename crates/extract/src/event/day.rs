//! The day of an act whose own words do not tell it.
//!
//! In this order; in doubt, the act has no day:
//!
//! - *left Oslo on Monday, warning of …*: what is done in the course of another act shares its time.
//! - *We condemn the attack.*: saying it is doing it, so it is done on the day of publication.
//! - *Kenya expelled two envoys.*: an undated act in the first sentence is the news of the day.
//! - *Police raided the town on Monday. They arrested six men.*: the sentence goes on with the one before.
//! - *Ito rejected the claim.*: in a report of today or yesterday, the reply belongs to the day told last.
//!
//! Silent: plans and denials, what is quoted or what others report, and anything in a sentence with a time for another act.
//! No inferred day is ever the base of another one.

use dateline_core::{Interval, Polarity, Status};
use dateline_lexicon::WordClass;
use dateline_nlp::{Deprel, Sentence, SentenceIdx, Token, Upos};
use jiff::civil::Date;

use super::{attribution, circumstance, known::Known};
use crate::{
    clause,
    factuality::{Reality, Tense, tense},
    statement::StatementIdx,
    time::{TimeExpression, TimeIdx, When},
};

/// Maximum number of steps to the clause that lends its time.
const STEPS: usize = 5;

/// Maximum number of times searched for the day told last.
const TIMES: usize = 40;

/// Maximum number of days between the day told last and a reply to it.
const REPLY: i32 = 1;

/// Returns the day of an act from outside its own words. `attribution` are the statements it is part of, `reality` is its
/// status and polarity.
pub(super) fn of(
    known: &Known<'_>,
    act: Token<'_>,
    attribution: &[StatementIdx],
    reality: Reality,
) -> Option<When> {
    let happened = matches!(reality.status, None | Some(Status::Occurred));
    if !happened || !attribution.is_empty() {
        return None;
    }
    if let Some(when) = shared(known, act) {
        return Some(when);
    }
    let verb = predicate_of(act);
    let published = known.reading.published();
    if verb == act && is_performed(act) {
        return published.and_then(on);
    }
    let narrates = tense(verb) == Tense::Past
        && is_main(verb)
        && reality.polarity == Polarity::Positive
        && times_in(known, act.sentence()).all(|(_, time)| time.interval.is_none());
    if !narrates {
        return None;
    }
    if known.lead == Some(act.sentence().idx()) {
        return published.and_then(on);
    }
    if verb != act {
        return None;
    }
    let (sentence, told) = told_last(known, act.sentence())?;
    let goes_on = sentence.0 + 1 == act.sentence().idx().0;
    let replies = || {
        let days = published?.since(told.interval.from().date()).ok()?.get_days();
        ((0..=REPLY).contains(&days) && is_cue(known, act)).then_some(())
    };
    (goes_on || replies().is_some()).then_some(told)
}

/// Returns the time of the clause that an act is part of: *left on Monday, warning …*, *sang in a protest on Monday*.
fn shared(known: &Known<'_>, act: Token<'_>) -> Option<When> {
    let mut word = act;
    for _ in 0..STEPS {
        if !shares_time(word) {
            return None;
        }
        word = clause::near_head(word)?;
        if let Some(when) = time_on(known, word) {
            return Some(when);
        }
    }
    None
}

/// Returns true if a word names an act in the course of the clause above it.
fn shares_time(word: Token<'_>) -> bool {
    let is_verb = word.upos() == Upos::Verb;
    match word.deprel() {
        Deprel::Conj => {
            is_verb && matches!(tense(word), Tense::Past | Tense::Present | Tense::Participle)
        }
        Deprel::Advcl => !matches!(tense(word), Tense::None | Tense::Perfect),
        Deprel::Acl => tense(word) == Tense::Participle,
        Deprel::Xcomp => true,
        Deprel::Obj | Deprel::NsubjPass | Deprel::Nmod => !is_verb,
        Deprel::Obl => {
            let holds = |case: Token<'_>| {
                ["in", "at", "during", "with", "by", "through", "on", "from"]
                    .iter()
                    .any(|preposition| clause::is(case, preposition))
            };
            !is_verb && clause::preposition(word).is_some_and(holds)
        }
        _ => false,
    }
}

/// Returns the first time that depends on a word.
fn time_on(known: &Known<'_>, word: Token<'_>) -> Option<When> {
    times_in(known, word.sentence()).find_map(|(idx, time)| {
        let interval = time.stretch(known.times)?;
        (circumstance::governor(known.reading, time)? == word)
            .then_some(When { interval, time: Some(idx) })
    })
}

/// Returns the times of a sentence.
fn times_in<'k>(
    known: &'k Known<'_>,
    sentence: Sentence<'_>,
) -> impl Iterator<Item = (TimeIdx, &'k TimeExpression)> {
    let last = sentence.last().idx();
    let from = known.times.partition_point(|time| time.first < sentence.first().idx());
    let times = known.times.iter().zip(0..).skip(from);
    times.take_while(move |(time, _)| time.first <= last).map(|(time, idx)| (TimeIdx(idx), time))
}

/// Returns true for an act done by saying it: *we condemn the attack*.
fn is_performed(verb: Token<'_>) -> bool {
    let by_speaker = |subject: Token<'_>| clause::is_of(subject, WordClass::FirstPerson);
    tense(verb) == Tense::Present
        && is_main(verb)
        && verb.child(Deprel::Nsubj).is_some_and(by_speaker)
}

/// Returns the predicate that a word belongs to.
fn predicate_of(word: Token<'_>) -> Token<'_> {
    let mut chain = std::iter::once(word).chain(word.ancestors()).take(STEPS);
    chain.find(|above| clause::is_predicate(*above)).unwrap_or(word)
}

/// Returns true for the predicate of a main clause, and those joined to it.
fn is_main(predicate: Token<'_>) -> bool {
    std::iter::once(predicate)
        .chain(predicate.ancestors())
        .take(STEPS)
        .find(|word| !matches!(word.deprel(), Deprel::Conj | Deprel::Parataxis))
        .is_some_and(|word| word.deprel() == Deprel::Root)
}

/// Returns the last day that a main clause before a sentence told, and the sentence of that clause.
fn told_last(known: &Known<'_>, before: Sentence<'_>) -> Option<(SentenceIdx, When)> {
    let end = known.times.partition_point(|time| time.first < before.first().idx());
    (0..end).rev().take(TIMES).find_map(|at| {
        let time = &known.times[at];
        let interval = time.stretch(known.times).filter(|interval| is_day(*interval))?;
        let verb = predicate_of(circumstance::governor(known.reading, time)?);
        let first = known.reading.analysis.token(time.first);
        let narrated = is_main(verb)
            && matches!(tense(verb), Tense::Past | Tense::Perfect)
            && !attribution::is_quoted(known, first);
        let idx = TimeIdx(u32::try_from(at).expect("fewer times than bytes"));
        narrated.then_some((first.sentence().idx(), When { interval, time: Some(idx) }))
    })
}

/// Returns true for an interval of one day or a part of it.
fn is_day(interval: Interval) -> bool {
    let (from, to) = (interval.from().date(), interval.to().date());
    from.tomorrow().is_ok_and(|next| to <= next)
}

/// Returns true if a word is the cue of a statement.
fn is_cue(known: &Known<'_>, word: Token<'_>) -> bool {
    let at = word.span().start();
    let from = known.statements.partition_point(|statement| statement.place() < at);
    known.statements[from..]
        .iter()
        .take_while(|statement| statement.place() == at)
        .any(|statement| statement.cue.is_some_and(|(_, cue)| cue == word.idx()))
}

fn on(day: Date) -> Option<When> {
    Some(When { interval: Interval::day(day)?, time: None })
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Draws the trigger and first day of each event of a text published on Thursday, March 9, 2023.
    #[track_caller]
    fn check(extractor: &Extractor, text: &str, expected: &str) {
        let record = extractor.extract(&read_document(&format!("date 2023-03-09\n{text}\n")));
        let day = |event: &dateline_core::Event| {
            let from = event.date.as_ref().map(|date| date.interval.from().to_string());
            format!("{} {}", event.trigger.span.text, from.as_deref().unwrap_or("none"))
        };
        let days: Vec<String> = record.events.iter().map(day).collect();
        assert_eq!(days.join(", "), expected, "{text}");
    }

    #[test]
    fn an_undated_act_takes_its_day_from_the_text_around_it() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| check(&extractor, text, expected);
        check("Kenya expelled two Ugandan diplomats.", "expelled 2023-03-09");
        check(
            "On Wednesday, police raided the Kenyan embassy. They arrested six Kenyan officials.",
            "raided 2023-03-08, arrested 2023-03-08",
        );
        check(
            "Kenya closed the border on Wednesday.\n\nThe rains were heavy in the north of the country.\n\n\
             Uganda accused Kenya of spying.",
            "closed the border 2023-03-08, accused 2023-03-08",
        );
    }

    #[test]
    fn in_doubt_an_act_has_no_day() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| check(&extractor, text, expected);
        let lead = "The rains were heavy in the north of the country.\n\n";
        check(&format!("{lead}Kenya expelled two Ugandan diplomats."), "expelled none");
        check("Kenya has attacked Uganda in the past.", "attacked none");
        check("Kenya did not attack Uganda.", "attack none");
        check(
            &format!("{lead}Kenya attacked Uganda in 1998. It attacked Rwanda."),
            "attacked 1998-01-01, attacked none",
        );
    }
}
