//! The least confidence of an event, for all commands that extract events.

use clap::Args;
use dateline_extract::LeastConfidence;

/// Least confidence of an event.
#[derive(Debug, Args)]
pub(crate) struct ConfidenceOption {
    /// Leave out events below this confidence, from 0 to 1 [default: where most events are wholly right]
    ///
    /// Confidence is the probability that the text tells an event of this type. It is meant literally: of the events at 0.8, four of five
    /// are told. The fast reader may ignore this flag; its `confidence` can be filtered afterwards.
    #[arg(long, value_name = "NUMBER", value_parser = share, conflicts_with = "precise")]
    min_confidence: Option<f32>,

    /// Keep only events that are very likely told by the text
    ///
    /// About nine of ten events are then told, and fewer are found. The limit is part of the model.
    #[arg(long)]
    precise: bool,
}

impl ConfidenceOption {
    /// Returns the limit asked for.
    pub(crate) fn least(&self) -> LeastConfidence {
        match self.min_confidence {
            Some(least) => LeastConfidence::Of(least),
            None if self.precise => LeastConfidence::Precise,
            None => LeastConfidence::Usual,
        }
    }
}

fn share(text: &str) -> Result<f32, String> {
    let number: f32 = text.parse().map_err(|_| "expected a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&number) {
        Ok(number)
    } else {
        Err("expected a number from 0 to 1".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidence_lies_between_0_and_1() {
        assert_eq!(share("0.8"), Ok(0.8));
        assert!(share("80").is_err() && share("NaN").is_err() && share("high").is_err());
    }
}
