//! Where results go: standard output, plain or in the colors of the text format, and JSON a line at a time.

use std::io::{self, Write};

use anstream::AutoStream;
use serde::Serialize;

use crate::arguments::Color;

/// A value on a line of JSON.
pub(crate) fn json_line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("what is printed has string keys only");
    line.push('\n');
    line
}

/// Standard output for what is colored, with colors taken out where they are not wanted.
pub(crate) fn for_people(color: Color) -> Box<dyn Write> {
    let stdout = io::stdout();
    let choice = match color {
        Color::Auto => AutoStream::choice(&stdout),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    Box::new(AutoStream::new(stdout.lock(), choice))
}

/// Standard output for programs.
pub(crate) fn for_programs() -> Box<dyn Write> {
    Box::new(io::stdout().lock())
}
