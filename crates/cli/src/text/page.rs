//! Page builder for the text format: title, headings, and quoted words with line numbers.

use anstyle::{AnsiColor, Style};
use dateline_core::Document;

use super::{date, escaped, layout::wrapped, place::Places};

pub(crate) const WHO: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
const TRIGGER: Style = AnsiColor::Yellow.on_default().bold();
const TITLE: Style = Style::new().bold();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();

/// Maximum number of lines of a quotation.
pub(super) const QUOTED_LINES: usize = 8;

/// A page under construction.
pub(super) struct TextPage<'a> {
    document: &'a Document,
    pub(super) places: Places<'a>,
    pub(super) width: usize,
    /// Width of the widest line number.
    gutter: usize,
    out: String,
}

impl<'a> TextPage<'a> {
    pub(super) fn new(document: &'a Document, width: usize) -> Self {
        let places = Places::new(document);
        let last_line = places.line(u32::MAX).to_string();
        Self { document, places, width, gutter: last_line.len().max(3), out: String::new() }
    }

    /// Returns the page, with an empty line at its end.
    pub(super) fn finish(mut self) -> String {
        self.line("");
        self.out
    }

    pub(super) fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn styled(&mut self, style: Style, line: &str) {
        let line = paint(style, line);
        self.line(&line);
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.line("");
        self.styled(HEADING, heading);
    }

    /// Adds title, publication date and source.
    pub(super) fn head(&mut self) {
        let document = self.document;
        let name = document.title.as_deref().or(document.id.as_deref()).unwrap_or("(no title)");
        for line in wrapped(&escaped(name), self.width, QUOTED_LINES) {
            self.styled(TITLE, &line);
        }
        let published =
            document.published.map(|moment| format!("published {}", date::moment(moment)));
        let file = document.id.as_deref().filter(|_| document.title.is_some());
        let parts: Vec<String> = [
            Some(published.unwrap_or_else(|| "no publication date".to_owned())),
            document.publisher.as_deref().map(escaped),
            document.agency.as_deref().map(|agency| format!("agency {}", escaped(agency))),
            document.byline.as_deref().map(escaped),
            document.url.as_deref().map(escaped),
            file.map(escaped),
        ]
        .into_iter()
        .flatten()
        .collect();
        for line in wrapped(&parts.join(" · "), self.width, QUOTED_LINES) {
            self.styled(FAINT, &line);
        }
    }

    /// Adds words with a line number, which only the first row of a quotation has.
    pub(super) fn row(&mut self, line: Option<usize>, words: &str) {
        let number = line.map_or_else(String::new, |line| line.to_string());
        let gutter = format!("  {number:>width$} │", width = self.gutter);
        self.line(&format!("{} {words}", paint(FAINT, &gutter)));
    }

    /// Adds a quotation with its line number.
    pub(super) fn quoted(&mut self, line: Option<usize>, words: &str, emphasis: Option<&str>) {
        let mut emphasis = emphasis.filter(|words| !words.is_empty());
        for (row, text) in wrapped(words, self.text_width(), QUOTED_LINES).iter().enumerate() {
            let text = match emphasis.and_then(|words| text.find(words).map(|at| (at, words))) {
                Some((at, words)) => {
                    emphasis = None;
                    let after = &text[at + words.len()..];
                    format!("{}{}{after}", &text[..at], paint(TRIGGER, words))
                }
                None => text.clone(),
            };
            self.row(line.filter(|_| row == 0), &text);
        }
    }

    /// Adds remarks below a quotation.
    pub(super) fn notes(&mut self, notes: &[String]) {
        for line in wrapped(&notes.join(" · "), self.text_width(), QUOTED_LINES) {
            if !line.is_empty() {
                let gutter = " ".repeat(self.gutter + 5);
                self.line(&format!("{gutter}{}", paint(FAINT, &line)));
            }
        }
    }

    /// Width to the right of the line numbers.
    pub(super) fn text_width(&self) -> usize {
        self.width - self.gutter - 5
    }
}

pub(crate) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}
