//! The choice of reader, for all commands that read text.

use clap::Args;
use dateline_nlp::ReaderKind;

use super::one_of;

/// Reader of English.
#[derive(Debug, Args)]
pub(crate) struct ReaderOption {
    /// Reader of English: careful or fast [default: careful, if this build has it]
    ///
    /// The careful reader finds more and errs less; the fast one takes a fraction of the time and memory. If the flag is not given, the
    /// environment variable `DATELINE_READER` names the reader. A record names the reader that made it, and `dateline recode` replaces
    /// the records of the other one.
    #[arg(long, value_name = "READER", env = "DATELINE_READER", hide_env_values = true, value_parser = reader)]
    reader: Option<ReaderKind>,
}

impl ReaderOption {
    /// Returns the reader asked for, or the best of this build.
    pub(crate) fn kind(&self) -> ReaderKind {
        self.reader.unwrap_or_else(ReaderKind::best)
    }
}

/// Parses the name of a reader in any case. A reader that this build does not have is an error.
fn reader(text: &str) -> Result<ReaderKind, String> {
    let kind: ReaderKind = text
        .to_lowercase()
        .parse()
        .map_err(|_| one_of(ReaderKind::ALL.iter().map(|it| it.as_str())))?;
    kind.require().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_named_in_any_case() {
        assert_eq!(reader("fast"), Ok(ReaderKind::Fast));
        assert_eq!(reader("FAST"), Ok(ReaderKind::Fast));
        assert_eq!(reader("quick"), Err("expected one of careful, fast".to_owned()));
    }

    #[test]
    fn the_careful_reader_is_there_or_the_error_says_why() {
        let missing =
            "this build has no careful reader; it was built without the feature `careful`";
        match reader("careful") {
            Ok(kind) => assert_eq!(kind, ReaderKind::best()),
            Err(why) => assert_eq!(why, missing),
        }
    }
}
