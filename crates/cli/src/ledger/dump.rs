//! `dateline dump` and `dateline load`: a whole ledger as JSON lines.

use std::io::{self, BufReader, BufWriter, Write as _};

use anyhow::anyhow;
use dateline_formats::read;

use super::{read as open, rows, write};
use crate::{
    arguments::{Dump, Load},
    batch::Outcome,
    input::{Input, complain},
    text::escaped,
};

/// Runs `dateline dump`.
///
/// # Errors
///
/// If there is no ledger, or the output cannot be written.
pub(crate) fn dump(dump: &Dump) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    let dumped = open(&dump.database)?.dump(&mut out)?;
    out.flush()?;
    complain(&format!("{} documents, {} manual overrides", dumped.documents, dumped.overrides));
    Ok(Outcome::Done)
}

/// Runs `dateline load`.
///
/// # Errors
///
/// If the file cannot be read or is not a dump, or the ledger cannot be written.
pub(crate) fn load(load: &Load) -> anyhow::Result<Outcome> {
    let input = Input::all(std::slice::from_ref(&load.file)).remove(0);
    let from = input.open().map_err(|error| anyhow!("{input}: {error}"))?;
    let mut from =
        read::unpacked(BufReader::new(from)).map_err(|error| anyhow!("{input}: {error}"))?;
    let mut ledger = write(&load.database, "dateline load")?;
    let loaded = ledger.load(&mut from, &mut |number, why| {
        complain(&format!("{input}:{number}: {}", escaped(&why)));
    })?;
    rows::write(&format!(
        "{} new, {} duplicate, {} manual overrides, {} failed\n",
        loaded.new, loaded.duplicate, loaded.overrides, loaded.failed
    ))?;
    Ok(if loaded.failed == 0 { Outcome::Done } else { Outcome::Faults })
}
