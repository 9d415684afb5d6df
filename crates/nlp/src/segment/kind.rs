//! Kinds of tokens, by which the splitters of tokens and of sentences decide.

/// Kind of a token, for the sentence splitter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, an address, or anything else.
    Word,
    /// A word that starts with a digit.
    Number,
    /// A word that includes its full stop.
    Abbreviation(Abbreviation),
    /// Full stops, question marks, exclamation marks.
    Stop,
    /// Three or more full stops, or the one character for them.
    Ellipsis,
    /// An opening bracket or quote.
    Open,
    /// A closing bracket or quote.
    Close,
    /// A quote that may open or close.
    Quote,
    /// A comma.
    Comma,
    /// An emoticon.
    Emoticon,
    /// Any other mark.
    Mark,
}

/// Kind of abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Precedes a name and never ends a sentence: *Dr.*
    Title,
    /// A month or day: *Sept.*
    Month,
    /// A month or day that is also a word. Recognized before a number or inside a sentence: *Sun.*
    Day,
    /// Only before a number: *No. 10*
    Number,
    /// Only after a number and inside a sentence: *5 lb. of*
    Unit,
    /// A state, between commas: *Miss.*
    State,
    /// Never ends a sentence: *e.g.*
    Middle,
    /// May end a sentence: *Inc.*
    End,
    /// A time of day, which may end a sentence: *3 p.m.*
    Time,
    /// A letter before a name: *J. Smith*
    Initial,
    /// Letters with full stops: *U.S.*
    Acronym,
}

/// Quotes and brackets open at the current position; reset at the end of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Open {
    /// True while a single quote is open.
    pub(super) single: bool,
    /// Number of open round brackets.
    pub(super) round: u32,
}
