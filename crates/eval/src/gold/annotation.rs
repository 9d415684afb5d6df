//! Reader of gold records: whole articles with everything that a human coder annotated in them.
//!
//! An article is `{"id", "date"?, "text"}`. Its record is `{"id", "ev", "said", "who", "ref"}`:
//!
//! - `ev`: events, `{"t", "at"?, "also"?, "type", "src", "tgt", "st", "neg"?, "att"?, "day"?, "opt"?}`. `t` is the trigger word, `at` a stretch of
//!   the text that occurs once and has the trigger in it once; `also` are other triggers of the same event, as `word@stretch`.
//!   `type` and `st` may name two labels with a slash between them. A party is `words|country|sector`.
//! - `said`: statements, `{"by", "c", "opt"?}`: speaker and content.
//! - `who`: people and organizations, `name|kind|country|sector`.
//! - `ref`: references, `{"m", "at", "is"}`: the mention, a stretch around it, and the full name it stands for.

use std::ops::Range;

use serde::Deserialize;

/// An article to extract.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Identifier shared with the gold record.
    pub id: String,
    /// Publication date, if the article has one.
    pub date: Option<String>,
    /// Text of the article.
    pub text: String,
}

/// The annotation of one article.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldRecord {
    /// Identifier of the article.
    pub id: String,
    /// Events.
    #[serde(default, rename = "ev")]
    pub events: Vec<GoldEvent>,
    /// Statements.
    #[serde(default, rename = "said")]
    pub statements: Vec<GoldStatement>,
    /// People and organizations.
    #[serde(default, rename = "who")]
    pub actors: Vec<String>,
    /// Pronouns, titles and short names.
    #[serde(default, rename = "ref")]
    pub references: Vec<GoldReference>,
}

/// An annotated event.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldEvent {
    /// Trigger word.
    #[serde(rename = "t")]
    pub trigger: String,
    /// Stretch of the text with the trigger in it; the trigger itself if left out.
    #[serde(rename = "at")]
    stretch: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(rename = "type")]
    types: String,
    #[serde(default, rename = "src")]
    sources: Vec<String>,
    #[serde(default, rename = "tgt")]
    targets: Vec<String>,
    #[serde(rename = "st")]
    statuses: String,
    /// Denied, or known not to have happened.
    #[serde(default, rename = "neg")]
    pub is_negative: bool,
    /// Claimed by somebody in the text and not by the text.
    #[serde(default, rename = "att")]
    pub is_claimed: bool,
    /// Day, month or year: a prefix of `YYYY-MM-DD`.
    pub day: Option<String>,
    /// One coder would write it, another not: counts neither as found nor as missed.
    #[serde(default, rename = "opt")]
    pub is_optional: bool,
}

impl GoldEvent {
    /// Places of all triggers, in code points; a trigger whose stretch is not unique has none.
    pub fn trigger_spans(&self, text: &str) -> Vec<Range<u32>> {
        let stretch = self.stretch.as_deref().unwrap_or(&self.trigger);
        let others = self.also.iter().map(|also| also.split_once('@').unwrap_or((also, also)));
        [(self.trigger.as_str(), stretch)]
            .into_iter()
            .chain(others)
            .filter_map(|(word, stretch)| place(text, word, stretch))
            .collect()
    }

    /// Accepted types, the better one first.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.types.split('/')
    }

    /// Accepted statuses.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.statuses.split('/')
    }

    /// Parties that act.
    pub fn sources(&self) -> Vec<GoldParty> {
        self.sources.iter().map(|party| GoldParty::parse(party)).collect()
    }

    /// Parties acted on.
    pub fn targets(&self) -> Vec<GoldParty> {
        self.targets.iter().map(|party| GoldParty::parse(party)).collect()
    }
}

/// An annotated party of an event. Country and sector are empty where the article does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldParty {
    /// Fullest name in the article.
    pub words: String,
    /// ISO 3166 alpha-3 code, or a code such as `IGO` for an international body.
    pub country: String,
    /// PLOVER sector.
    pub sector: String,
}

impl GoldParty {
    fn parse(cell: &str) -> Self {
        let mut parts = cell.split('|').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Self { words: next(), country: next(), sector: next() }
    }
}

/// An annotated statement.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldStatement {
    /// Fullest name of the speaker, or the words for an unnamed one.
    #[serde(rename = "by")]
    pub speaker: String,
    /// Content, word for word.
    #[serde(rename = "c")]
    pub content: String,
    /// An attitude rather than speech: not counted.
    #[serde(default, rename = "opt")]
    pub is_optional: bool,
}

/// An annotated reference.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldReference {
    /// Words of the mention.
    #[serde(rename = "m")]
    pub mention: String,
    /// Stretch of the text that occurs once and has the mention in it once.
    #[serde(rename = "at")]
    pub stretch: String,
    /// Full name of what is meant.
    #[serde(rename = "is")]
    pub name: String,
}

/// The place of a word inside a stretch of the text, in code points; `None` unless both occur once.
pub(super) fn place(text: &str, word: &str, stretch: &str) -> Option<Range<u32>> {
    let mut stretches = text.match_indices(stretch);
    let (from, _) = stretches.next()?;
    if stretches.next().is_some() {
        return None;
    }
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let stands_alone = |at: &usize| {
        let (before, after) = (&stretch[..*at], &stretch[at + word.len()..]);
        !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    };
    let mut words = stretch.match_indices(word).map(|(at, _)| at).filter(stands_alone);
    let start = from + words.next()?;
    if words.next().is_some() {
        return None;
    }
    Some(code_point(text, start)..code_point(text, start + word.len()))
}

/// Number of code points before a byte.
pub(super) fn code_point(text: &str, byte: usize) -> u32 {
    u32::try_from(text[..byte].chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_placed_in_its_stretch() {
        let text = "Ñu met Bo. Later they met again, unmet needs aside.";
        assert_eq!(place(text, "met", "Ñu met"), Some(3..6));
        assert_eq!(place(text, "met", "they met again, unmet"), Some(22..25));
        assert_eq!(place(text, "met", "met"), None, "three stretches");
        assert_eq!(place(text, "needs", "their needs"), None, "no such stretch");
        assert_eq!(place(text, "e", "unmet needs"), None, "only inside words");
    }

    #[test]
    fn a_party_may_have_no_country() {
        let party = GoldParty::parse("the envoys||GOV");
        assert_eq!((party.words.as_str(), party.country.as_str()), ("the envoys", ""));
        assert_eq!(party.sector, "GOV");
        assert_eq!(GoldParty::parse("Oslo").sector, "");
    }
}
