//! One part of a record with the reasons for its reading.

use dateline_core::{Explanation, Record};

use super::{RecordPage, escaped, layout::wrapped, page::TextPage};
use crate::explain::Part;

/// Formats one part of a record with its explanations, in lines no wider than `width`.
pub(crate) fn render_part(
    record: &Record,
    part: Part,
    explanations: &[Explanation],
    width: usize,
) -> String {
    let mut laid = RecordPage { record, page: TextPage::new(&record.document, width) };
    match part {
        Part::Event(id) => laid.events("Event", &[&record.events[id.index()]]),
        Part::Statement(id) => {
            let statement = &record.statements[id.index()];
            laid.page.heading("Statement");
            laid.page.line("");
            laid.page.line(&format!("  {}", laid.speaker(statement)));
            laid.statement(statement);
        }
        Part::Entity(id) => {
            let entity = &record.entities[id.index()];
            laid.page.heading("Entity");
            laid.page.line("");
            let line = entity.mentions.first().map(|one| laid.page.places.line(one.span.start));
            let code = entity.code.as_deref().map(|code| format!("  {}", escaped(code)));
            laid.page.row(line, &format!("{}{}", escaped(&entity.name), code.unwrap_or_default()));
        }
        Part::Time(id) => laid.page.times(&record.times[id.index()..=id.index()], &[]),
    }
    laid.page.heading("Why");
    laid.page.line("");
    for explanation in explanations {
        laid.page.line(&format!("  rule {}", escaped(&explanation.rule)));
        for reason in &explanation.reasons {
            let reason = laid.reason(reason);
            for (row, line) in wrapped(&reason, width - 6, usize::MAX).iter().enumerate() {
                let indent = if row == 0 { 4 } else { 6 };
                laid.page.line(&format!("{:indent$}{line}", ""));
            }
        }
    }
    if explanations.is_empty() {
        laid.page.line("  No rule gave it a country, sector or title.");
    }
    laid.page.finish()
}

impl RecordPage<'_> {
    /// Formats a reason, with the names of entities in place of their ids.
    fn reason(&self, reason: &dateline_core::Reason) -> String {
        let id = reason.value.split(',').next().unwrap_or_default();
        let name = id.parse().ok().map(|id| self.name(id));
        let mut named = reason.clone();
        if let Some(name) = name {
            named.value = reason.value.replacen(id, &name, 1);
        }
        self.page.reason(&named)
    }
}
