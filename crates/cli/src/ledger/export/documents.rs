//! Annotated texts: TimeML and brat files in a folder, and W3C annotations, one page per line.

use std::fs;

use anyhow::{Context as _, anyhow};
use dateline_formats::{
    timeml,
    write::{annotation, brat},
};
use dateline_store::DocumentDetail;

use super::{Progress, article, document_filter, output, read};
use crate::{
    arguments::{Export, ExportFormat},
    output::Folder,
};

/// Writes documents; returns a summary.
pub(super) fn write(export: &Export) -> anyhow::Result<String> {
    let ledger = read(&export.database)?;
    let filter = document_filter(&export.filters);
    let mut progress = Progress::default();
    let n = if export.format == ExportFormat::Annotations {
        let mut out = output(export)?;
        let asked = ledger.each_document(&filter, &mut |stored| {
            let page = annotation::page(&article(&stored));
            progress.goes_on(writeln!(out, "{page}").map_err(Into::into))
        });
        let n = progress.finish(asked)?;
        out.flush()?;
        n
    } else {
        let path = export.output.as_ref().context(
            "this format writes one file per document; give a folder with --output FOLDER",
        )?;
        let mut folder = Folder::new(path, &[])?;
        if export.format == ExportFormat::Brat {
            fs::write(path.join("annotation.conf"), brat::configuration())?;
        }
        let asked = ledger.each_document(&filter, &mut |stored| {
            progress.goes_on(files(export.format, &mut folder, &stored).map_err(|why| anyhow!(why)))
        });
        progress.finish(asked)?
    };
    Ok(format!("{n} documents"))
}

/// Writes the files of a document, named by its id.
fn files(format: ExportFormat, folder: &mut Folder, stored: &DocumentDetail) -> Result<(), String> {
    let DocumentDetail { id, record, .. } = stored;
    if format == ExportFormat::TimeMl {
        return folder.write(id, "tml", &timeml::write(&record.document, &record.times));
    }
    let article = article(stored);
    folder.write(id, "txt", &brat::text(&article))?;
    folder.write(id, "ann", &brat::annotations(&article))
}
