//! Entities: who and where. Finds mentions, gathers them into entities, and codes those by country and sector.

mod chunk;
mod decision;
mod draft;
mod entities;
mod facts;
mod former;
mod gather;
pub(crate) mod inferred;
mod mention;
mod names;
mod near_name;
mod pronoun;
mod quoted;
mod user;
mod vocabulary;

use dateline_nlp::Span;

pub(crate) use self::{
    decision::{Decision, Fact},
    draft::{EntityDraft, EntityIdx, Inferred, MentionDraft},
    entities::Entities,
    names::names,
    quoted::Quote,
    vocabulary::Vocabulary,
};

use crate::{reading::Reading, time::TimeExpression};

/// Finds the mentions of a document and gathers them into entities.
pub(crate) fn read(
    reading: Reading<'_>,
    times: &[TimeExpression],
    vocabulary: &Vocabulary,
) -> Entities {
    let analysis = reading.analysis;
    let times: Vec<Span> = times.iter().map(|time| time.span).collect();
    let surnames = chunk::surnames(analysis);
    let day = reading.published().map(|day| day.to_string());
    let (mut chunks, mut found) = (Vec::new(), Vec::new());
    let mut next_time = 0;
    for sentence in analysis.sentences() {
        let span = sentence.span();
        while times.get(next_time).is_some_and(|time| time.end() <= span.start()) {
            next_time += 1;
        }
        chunk::chunks(
            sentence,
            &times[next_time..],
            (&surnames, day.as_deref()),
            vocabulary,
            &mut chunks,
        );
        mention::mentions(sentence, &chunks, vocabulary, &mut found);
    }
    let mut entities = gather::gather(analysis, &found, vocabulary, reading.published());
    pronoun::resolve(analysis, &mut entities, |_| Some(None));
    former::resolve(analysis, &mut entities);
    entities
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Checks the entity of a mention, as `NAME CODE`.
    fn check(text: &str, mention: &str, expected: &str) {
        let record = Extractor::new().extract(&read_document(text));
        let entity = record
            .entities
            .iter()
            .find(|entity| entity.mentions.iter().any(|m| m.span.text == mention))
            .map(|entity| format!("{} {}", entity.name, entity.code.as_deref().unwrap_or("-")));
        assert_eq!(entity.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn titles_bring_country_and_sector() {
        let text = "Kenyan Foreign Minister Alice Mwangi spoke in Oslo.";
        check(text, "Foreign Minister Alice Mwangi", "Alice Mwangi KENGOV");
        let text = "Downing Street spokesman Peter Hall spoke.";
        check(text, "spokesman Peter Hall", "Peter Hall GBRGOV");
    }

    #[test]
    fn names_the_tagger_cuts_or_misses_are_whole() {
        let text = "Swiss President Guy Parmelin welcomed the choice.";
        check(text, "President Guy Parmelin", "Guy Parmelin CHEGOV");
        let text = "date 2021-05-25\nBiden will meet Putin in Geneva.";
        check(text, "Putin", "Putin RUSGOV");
    }

    #[test]
    fn a_body_is_not_its_country() {
        let text = "The Center for American Harmony criticized the tax.";
        check(text, "Center for American Harmony", "Center for American Harmony USAUNK");
    }

    #[test]
    fn leaders_of_one_body_are_not_those_of_another() {
        let text = "The leaders of NATO met in Oslo. The G7 leaders met in Rome.";
        check(text, "The leaders", "The leaders IGONATO");
        check(text, "The G7 leaders", "The G7 leaders IGOG7");
    }

    #[test]
    fn a_critic_of_the_government_is_not_part_of_it() {
        let text = "Police arrested Kremlin critic Oleg Danilov.";
        check(text, "critic Oleg Danilov", "Oleg Danilov RUSOPP");
    }

    #[test]
    fn descriptions_are_linked_to_office_holders() {
        let text = "Kenyan President Alice Mwangi met farmers. Later the president left.";
        check(text, "the president", "Alice Mwangi KENGOV");
    }

    #[test]
    fn groups_have_the_country_of_their_words() {
        let text = "Oslo expelled 12 Kenyan diplomats.";
        check(text, "12 Kenyan diplomats", "12 Kenyan diplomats KENGOV");
    }

    #[test]
    fn capitals_are_governments_if_they_act_and_places_otherwise() {
        check("Nairobi expelled two diplomats.", "Nairobi", "Nairobi KENGOV");
        check("Farmers marched in Nairobi.", "Nairobi", "Nairobi KEN");
    }

    #[test]
    fn all_spellings_of_an_organization_are_one() {
        check("The European Union agreed. The EU will pay.", "EU", "European Union EUR");
    }

    #[test]
    fn pronouns_are_resolved_by_gender() {
        let text = "Alice Mwangi met Peter Hall. She praised the talks.";
        check(text, "She", "Alice Mwangi -");
    }

    #[test]
    fn offices_are_held_on_the_publication_date() {
        check("date 2014-03-03 Merkel spoke on Monday.", "Merkel", "Merkel DEUGOV");
    }
}
