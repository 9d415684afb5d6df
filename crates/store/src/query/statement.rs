//! Lists of statements: who said what, by the publication of their documents.

use dateline_core::{CueClass, StatementKind};
use jiff::civil::Date;
use rusqlite::{params_from_iter, types::Value};

use crate::{
    StoreError,
    document::Doc,
    error::{Result, Trying as _},
    ledger::Ledger,
    query::{
        cursor::Cursor,
        document::{Behind, behind},
        export::{self, Stored},
        filter::{self, Conditions},
    },
};

/// Which statements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementFilter {
    /// By this speaker; read as [`Filter::actor`](crate::Filter::actor).
    pub speaker: Option<String>,
    /// Of this kind.
    pub kind: Option<StatementKind>,
    /// Whether something is said or only thought and wanted.
    pub class: Option<CueClass>,
    /// With a cue of this lemma.
    pub lemma: Option<String>,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published before this day.
    pub until: Option<Date>,
    /// At most so many, the first of the order.
    pub limit: Option<usize>,
    /// The latest first, and not the earliest.
    pub is_latest_first: bool,
    /// Only what stands behind this place in the list.
    pub after: Option<Cursor>,
}

impl Ledger {
    /// Hands on statements with their documents, each with its place in the list, until `take` says to stop. The number is the
    /// index of the statement in its record.
    ///
    /// # Errors
    ///
    /// If nobody is known by the name asked for, or the file cannot be read.
    pub fn each_statement(
        &self,
        asked: &StatementFilter,
        take: &mut dyn FnMut(&Stored, usize, Cursor) -> bool,
    ) -> std::result::Result<(), StoreError> {
        let mut list = || -> Result<()> {
            let db = &self.db;
            let conditions = asked.conditions(db)?;
            let order = if asked.is_latest_first { " DESC" } else { "" };
            // Without a speaker, documents are gone through in their order, and there is nothing to sort.
            let join = if asked.speaker.is_some() { "JOIN" } else { "CROSS JOIN" };
            let sql = format!(
                "SELECT doc, statement.nth, published, document.id FROM document {join} statement USING (doc){} \
                 ORDER BY published{order}, document.id{order}, statement.nth",
                conditions.sql(),
            );
            let mut select = db.prepare_cached(&sql)?;
            let mut rows = select.query(params_from_iter(&conditions.values))?;
            let mut last: Option<(Doc, Stored)> = None;
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
            // What is asked of documents alone is asked before their statements are looked at.
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
