//! The head of a document: what a text says of itself before it begins, and where its body starts.

mod agency;
mod date;
mod header;
mod headline;
mod language;

use dateline_core::Document;
use dateline_nlp::Span;

use header::Header;

/// Reads what a text says of itself: front matter, header lines, `date …` before the first words, the agency of its
/// dateline or credit line, its byline and headline. The text itself stays whole in the document.
///
/// Nothing is guessed: *4/5/2021* is no date, because half the world reads it as the other one.
///
/// ```
/// # use dateline_extract::read_document;
/// let document = read_document("Date: May 8, 2021\n\nOSLO (AP) - Talks resumed on Friday.\n");
/// assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2021-05-08"));
/// assert_eq!(document.agency.as_deref(), Some("AP"));
/// ```
pub fn read_document(text: &str) -> Document {
    let header = header::read(text);
    let body = &text[header.body..];
    let owned = |value: Option<&str>| value.map(str::to_owned);
    let named_agency = header
        .agency
        .map(|name| agency::named(name).unwrap_or(name))
        .or_else(|| agency::read(body))
        .or_else(|| header.publisher.and_then(agency::named));
    Document {
        id: None,
        published: header.published,
        title: owned(header.title.or_else(|| headline::title(body))),
        publisher: owned(header.publisher),
        agency: owned(named_agency),
        byline: owned(header.byline.or_else(|| headline::byline(body).map(|(names, _)| names))),
        url: owned(header.url),
        language: owned(language_of(&header, body)),
        text: text.to_owned(),
    }
}

/// Where the body of a text lies: all of it but the header, and a byline if nothing stands above that.
pub(crate) fn body(text: &str) -> Span {
    let start = header::read(text).body;
    let skip = headline::byline(&text[start..]).and_then(|(_, after)| after).unwrap_or(0);
    Span::new(start + skip, text.len())
}

fn language_of<'t>(header: &Header<'t>, body: &str) -> Option<&'t str> {
    // "en-US" is English; whatever else a header says is believed where it is a code.
    let stated = header
        .language
        .and_then(|tag| tag.get(..2))
        .filter(|tag| tag.bytes().all(|byte| byte.is_ascii_lowercase()));
    stated.or_else(|| language::read(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_words_are_no_part_of_the_body() {
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
    fn a_byline_on_top_is_no_part_of_the_body() {
        let text = "By Ana Ruiz\nTalks resumed on Monday.\n";
        assert_eq!(body(text).of(text), "Talks resumed on Monday.\n");
        assert_eq!(read_document(text).byline.as_deref(), Some("Ana Ruiz"));
    }
}
