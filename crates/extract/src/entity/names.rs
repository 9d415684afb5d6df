//! Names: those of the tagger, corrected by the lexicon.

use dateline_lexicon::names::Sense;
use dateline_nlp::{Analysis, Name, NameKind, TokenIdx};

use super::{
    chunk::{self, Part},
    vocabulary::Vocabulary,
};

/// Returns the names of people, organizations and places in a text, in text order and without overlaps.
pub(crate) fn names(analysis: &Analysis<'_>, vocabulary: &Vocabulary) -> Vec<Name> {
    let surnames = chunk::surnames(analysis);
    let (mut chunks, mut names) = (Vec::new(), Vec::new());
    for sentence in analysis.sentences() {
        chunk::chunks(sentence, &[], (&surnames, None), vocabulary, &mut chunks);
        let mut others =
            sentence.names().iter().filter(|name| name.kind == NameKind::Other).peekable();
        names.extend(chunks.iter().filter_map(|chunk| {
            while others.next_if(|name| name.last.0 < chunk.first).is_some() {}
            // "the 2004 United States elections" is a name of its own.
            let is_part = others.peek().is_some_and(|name| {
                name.first.0 <= chunk.first
                    && chunk.last <= name.last.0
                    && name.last.0 - name.first.0 > chunk.last - chunk.first
            });
            if is_part {
                return None;
            }
            let kind = match chunk.part {
                Part::Name(kind) => kind,
                Part::Role(_) => return None,
                Part::Known(known) => match known.sense {
                    Sense::Demonym => return None,
                    Sense::Country | Sense::Capital | Sense::Region | Sense::City | Sense::Area => {
                        NameKind::Location
                    }
                    Sense::Seat | Sense::Body | Sense::People | Sense::International => {
                        NameKind::Organization
                    }
                },
            };
            Some(Name { first: TokenIdx(chunk.first), last: TokenIdx(chunk.last), kind })
        }));
    }
    names
}

#[cfg(test)]
mod tests {
    use dateline_nlp::{English, ReaderKind};

    use super::*;

    fn check(text: &str, expected: &[(&str, NameKind)]) {
        let analysis = English::new(ReaderKind::Fast).analyze(text);
        let names = names(&analysis, &Vocabulary::new());
        let found: Vec<_> = names
            .iter()
            .map(|name| (analysis.span_of(name.first, name.last).of(text), name.kind))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_lexicon_corrects_the_tagger() {
        check(
            "The EU met envoys from Kenya in Oslo.",
            &[
                ("EU", NameKind::Organization),
                ("Kenya", NameKind::Location),
                ("Oslo", NameKind::Location),
            ],
        );
        check("Kenyan Foreign Minister Alice Mwangi left.", &[("Alice Mwangi", NameKind::Person)]);
    }

    #[test]
    fn a_country_inside_the_name_of_an_election_is_part_of_it() {
        check("She won the 2004 United States presidential election.", &[]);
    }
}
