//! Texts with marks: TimeML and brat, a file each, and W3C annotations, a page a line.

use anyhow::{Context as _, anyhow};
use dateline_formats::timeml;

use super::{Progress, document_filter, read};
use crate::{arguments::Export, output::Folder};

/// Writes documents; gives what to say of them.
pub(super) fn write(export: &Export) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let filter = document_filter(&export.filters);
    let mut progress = Progress::default();
    let path = export
        .output
        .as_ref()
        .context("this format is a file a document; name a folder for them with --output FOLDER")?;
    let mut folder = Folder::new(path, &[])?;
    let asked = ledger.each_document(&filter, &mut |stored| {
        let xml = timeml::write(&stored.record.document, &stored.record.times);
        progress.goes_on(folder.write(&stored.id, "tml", &xml).map_err(|why| anyhow!(why)))
    });
    let n = progress.finish(asked)?;
    Ok(format!("{n} documents"))
}
