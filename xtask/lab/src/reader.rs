//! The flag `--reader`.

use anyhow::Result;
use dateline_extract::{Extractor, ReaderKind};

/// Parses the name of a reader that this build has.
pub(crate) fn parse(name: &str) -> Result<ReaderKind> {
    Ok(name.parse::<ReaderKind>()?.require()?)
}

/// Readers of this build, the careful one first.
pub(crate) fn all() -> Vec<ReaderKind> {
    ReaderKind::ALL.iter().copied().filter(|kind| kind.is_available()).collect()
}

/// The readers asked for, in a fixed order and each once; all of this build if none was.
pub(crate) fn asked(readers: &[ReaderKind]) -> Vec<ReaderKind> {
    let mut all = all();
    all.retain(|kind| readers.is_empty() || readers.contains(kind));
    all
}

/// An extractor for each reader asked for.
pub(crate) fn extractors(readers: &[ReaderKind]) -> Vec<Extractor> {
    let build = |kind| Extractor::builder().reader(kind).build();
    asked(readers).into_iter().map(build).collect()
}
