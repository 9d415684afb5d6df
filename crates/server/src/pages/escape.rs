//! Escaping of text in pages: HTML markup becomes text, and invisible and bidirectional control characters are spelled out.

use std::fmt::{self, Write};

use askama::filters::Escaper;
use dateline_formats::is_hidden;

/// Escaper of all values in templates, configured in `askama.toml`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let instead = match c {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&#34;",
                '\'' => "&#39;",
                _ if c.is_whitespace() || !is_hidden(c) => continue,
                _ => "",
            };
            out.write_str(&text[plain..at])?;
            plain = at + c.len_utf8();
            if instead.is_empty() {
                write!(out, "\\u{{{:x}}}", u32::from(c))?;
            } else {
                out.write_str(instead)?;
            }
        }
        out.write_str(&text[plain..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_hidden_characters_are_text() {
        let mut shown = String::new();
        let text = "<a href=\"x\" title='y'>&amp;\u{202e}evil\u{0}</a>\nü";
        Shown.write_escaped_str(&mut shown, text).unwrap();
        assert_eq!(
            shown,
            "&lt;a href=&#34;x&#34; title=&#39;y&#39;&gt;&amp;amp;\\u{202e}evil\\u{0}&lt;/a&gt;\nü"
        );
    }
}
