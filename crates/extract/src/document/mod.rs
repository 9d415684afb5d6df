//! The head of a document: fields a text gives before it starts, and the position of its body.

mod agency;
mod date;
mod dating;
mod header;
mod headline;
mod language;

use dateline_core::Document;
use dateline_nlp::Span;

/// Reads the fields a text gives about itself: front matter, header lines, `date …` before the first words, the
/// agency in its dateline or credit line, byline and headline. The text stays whole in the document.
///
/// Nothing is guessed: *4/5/2021* is not read as a date, because its day and month are ambiguous.
///
/// ```
/// use dateline_extract::read_document;
///
/// let document = read_document("Date: May 8, 2021\n\nOSLO (AP) - Talks resumed on Friday.\n");
/// assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-05-08"));
/// assert_eq!(document.agency.as_deref(), Some("AP"));
/// ```
pub fn read_document(text: &str) -> Document {
    complete(Document::new(text.to_owned()))
}

/// Fills in the unknown fields of a document from its text, as [`read_document`] reads them. Known fields stay. Of a
/// known language the first two letters are kept: *en-GB* becomes `en`.
///
/// Pages, feeds and tables give date and headline with the text, but rarely the agency.
///
/// ```
/// use dateline_extract::{complete, read_document};
///
/// let mut document = read_document("OSLO (AP) - Talks resumed on Friday.\n");
/// document.agency = None;
/// document.language = Some("en-GB".to_owned());
/// let document = complete(document);
/// assert_eq!(document.agency.as_deref(), Some("AP"));
/// assert_eq!(document.language.as_deref(), Some("en"));
/// ```
pub fn complete(document: Document) -> Document {
    let header = header::read(&document.text);
    let body = &document.text[header.body..];
    let or =
        |known: &Option<String>, told: Option<&str>| known.as_deref().or(told).map(str::to_owned);
    let named = document.agency.as_deref().or(header.agency);
    let named_agency = named
        .map(|name| agency::named(name).unwrap_or(name))
        .or_else(|| agency::read(body))
        .or_else(|| document.publisher.as_deref().or(header.publisher).and_then(agency::named))
        .map(str::to_owned);
    let title = or(&document.title, header.title.or_else(|| headline::title(body)));
    let publisher = or(&document.publisher, header.publisher);
    let signed = || headline::byline(body).map(|(names, _)| names);
    let byline = or(&document.byline, header.byline.or_else(signed));
    let url = or(&document.url, header.url);
    let language = language_of(document.language.as_deref().or(header.language), body);
    let date =
        document.published.or(header.published).or_else(|| dating::read(body)).or(header.updated);
    let mut completed = document;
    completed.published = date;
    completed.title = title;
    completed.publisher = publisher;
    completed.agency = named_agency;
    completed.byline = byline;
    completed.url = url;
    completed.language = language;
    completed
}

/// Returns true if at least one word in six is a frequent word of English, in the first few hundred words after the
/// header.
///
/// ```
/// use dateline_extract::reads_as_english;
///
/// assert!(reads_as_english("The council met in the town hall, and the talks were short.\n"));
/// assert!(!reads_as_english("Der Rat traf sich im Rathaus, und die Sitzung war kurz.\n"));
/// ```
pub fn reads_as_english(text: &str) -> bool {
    language::read(&text[header::read(text).body..]).is_some()
}

/// Returns the span of the body (bytes): everything except the header, and except a byline with nothing above it.
pub(crate) fn body(text: &str) -> Span {
    let start = header::read(text).body;
    let skip = headline::byline(&text[start..]).and_then(|(_, after)| after).unwrap_or(0);
    Span::new(start + skip, text.len())
}

/// Returns the span of the headline in the text of a document (bytes), if the text starts with it. It is the title of the
/// document, or the first line if that clearly is a headline. A trigger in it is a mention of an event of the text.
pub(crate) fn headline(document: &Document) -> Option<Span> {
    let body = body(&document.text);
    let text = body.of(&document.text);
    let start = body.start() + text.len() - text.trim_start().len();
    let rest = &document.text[start..];
    let title = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let len = title
        .filter(|title| {
            rest.starts_with(title)
                && rest[title.len()..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
        })
        .or_else(|| headline::title(rest))?
        .len();
    Some(Span::new(start, start + len))
}

fn language_of(stated: Option<&str>, body: &str) -> Option<String> {
    // A stated language is believed if it is a code.
    let stated = stated
        .and_then(|tag| tag.get(..2))
        .map(str::to_ascii_lowercase)
        .filter(|tag| tag.bytes().all(|byte| byte.is_ascii_lowercase()));
    stated.or_else(|| language::read(body).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_words_are_not_part_of_the_body() {
        let text = " date 2021-05-08 The mayor said that talks had ended.\n\n(With ANI Inputs)";
        let document = read_document(text);
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-05-08"));
        assert_eq!(document.agency.as_deref(), Some("ANI"));
        assert_eq!(document.language.as_deref(), Some("en"));
        assert_eq!(document.text, text);
        assert!(body(text).of(text).trim_start().starts_with("The mayor"));
    }

    #[test]
    fn a_text_without_a_head_is_all_body() {
        let text = "Talks resumed on Monday.\n";
        assert_eq!(body(text), Span::new(0, text.len()));
        let document = read_document(text);
        assert!(document.published.is_none() && document.title.is_none());
    }

    #[test]
    fn a_byline_at_the_top_is_not_part_of_the_body() {
        let text = "By Ana Ruiz\nTalks resumed on Monday.\n";
        assert_eq!(body(text).of(text), "Talks resumed on Monday.\n");
        assert_eq!(read_document(text).byline.as_deref(), Some("Ana Ruiz"));
    }
}
