//! Lists of statements, in the order of publication dates.

use dateline_core::{CueClass, StatementKind};
use jiff::civil::Date;
use rusqlite::{params_from_iter, types::Value};

use crate::{
    document::Doc,
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        document_filter::{Behind, behind},
        export::{self, DocumentDetail},
        filter::{self, Conditions},
        setters::setters,
    },
};

/// Selects statements. The default selects all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatementFilter {
    /// Speaker, as in [`EventFilter::actor`](field@crate::EventFilter::actor).
    pub speaker: Option<String>,
    /// Kind of statement.
    pub kind: Option<StatementKind>,
    /// Class of the cue: speech, or an attitude such as a belief or a wish.
    pub class: Option<CueClass>,
    /// Lemma of the cue, such as `deny`.
    pub lemma: Option<String>,
    /// First publication date of the period.
    pub since: Option<Date>,
    /// First publication date after the period.
    pub until: Option<Date>,
    /// Maximum number of statements.
    pub limit: Option<usize>,
    /// Reverses the order: latest documents first.
    pub is_latest_first: bool,
    /// Position after which the list continues.
    pub after: Option<Cursor>,
}

setters!(StatementFilter {
    speaker: text,
    kind: optional(StatementKind),
    class: optional(CueClass),
    lemma: text,
    since: optional(Date),
    until: optional(Date),
    limit: optional(usize),
    is_latest_first: plain(bool),
    after: optional(Cursor),
});

impl Ledger {
    /// Calls `take` with each statement until it returns `false`. A statement is given as its document, its index in the document's
    /// record, and its position in the list.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{Ledger, StatementFilter};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// ledger.each_statement(&StatementFilter::new().limit(5), &mut |document, index, _| {
    ///     let statement = &document.record.statements[index];
    ///     println!("{} {}", document.id, statement.content[0].text);
    ///     true
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`StoreError::NoSuchActor`] if nobody has the name asked for.
    /// - [`StoreError::Cursor`] if `after` is the cursor of another list.
    /// - [`StoreError::Sqlite`] or [`StoreError::Damaged`] if a document cannot be read.
    pub fn each_statement(
        &self,
        asked: &StatementFilter,
        take: &mut dyn FnMut(&DocumentDetail, usize, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut list = || -> Result<()> {
            let db = &self.db;
            let conditions = asked.conditions(db)?;
            let order = if asked.is_latest_first { " DESC" } else { "" };
            // Without a speaker, the documents are scanned in order, and nothing has to be sorted.
            let join = if asked.speaker.is_some() { "JOIN" } else { "CROSS JOIN" };
            let sql = format!(
                "SELECT doc, statement.nth, published, document.id FROM document {join} statement USING (doc){} \
                 ORDER BY published{order}, document.id{order}, statement.nth",
                conditions.sql(),
            );
            let mut select = db.prepare_cached(&sql)?;
            let mut rows = select.query(params_from_iter(&conditions.values))?;
            let mut last: Option<(Doc, DocumentDetail)> = None;
            let mut left = asked.limit.unwrap_or(usize::MAX);
            while let Some(row) = rows.next()? {
                if left == 0 {
                    break;
                }
                let doc: Doc = row.get(0)?;
                let stored = match last.take() {
                    Some((known, stored)) if known == doc => stored,
                    _ => export::stored(db, doc)?,
                };
                let nth: usize = row.get(1)?;
                let published = row.get::<_, Option<String>>(2)?.unwrap_or_default();
                let cursor = Cursor::new([published, row.get(3)?, nth.to_string()]);
                let is_of_class = |class| {
                    let statement = stored.record.statements.get(nth.wrapping_sub(1));
                    let cue = statement.and_then(|statement| statement.cue.as_ref());
                    cue.is_some_and(|cue| cue.class == class)
                };
                if asked.class.is_none_or(is_of_class) {
                    left -= 1;
                    if !take(&stored, nth.wrapping_sub(1), cursor) {
                        break;
                    }
                }
                last = Some((doc, stored));
            }
            Ok(())
        };
        list().trying("list statements")
    }
}

impl StatementFilter {
    fn conditions(&self, db: &rusqlite::Connection) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        if let Some(speaker) = &self.speaker {
            conditions.add(&format!("speaker IN ({})", filter::numbers(db, speaker)?), []);
        }
        if let Some(kind) = self.kind {
            conditions.add("kind = ?", [Value::from(kind.as_str().to_owned())]);
        }
        if let Some(lemma) = &self.lemma {
            conditions.add("lemma = ?", [Value::from(lemma.clone())]);
        }
        conditions.published(self.since, self.until);
        if let Some(after) = &self.after {
            let [published, id, nth] = after.parts()?;
            let nth = after.number(nth)?;
            // Documents before the position are skipped without reading their statements.
            let from_it = Behind { is_latest_first: self.is_latest_first, is_inclusive: true };
            behind(from_it, published, id, &mut conditions);
            conditions.add(
                "NOT (document.id = ? AND statement.nth <= ?)",
                [Value::from(id.to_owned()), nth.into()],
            );
        }
        Ok(conditions)
    }
}
