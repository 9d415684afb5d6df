//! Columns of tables and release formats: names, order and descriptions, from data tables.

use std::sync::LazyLock;

use dateline_data::{Row, labels, rows};

labels! {
    /// A release format of another event data set.
    pub enum Layout, one of "a release format" {
        /// Weekly release of POLECAT: tabs, a header, lists joined by `;`, `None` for nothing.
        Polecat = "polecat",
        /// Events of GDELT 2.0: tabs, no header. One row per event of the ledger.
        GdeltEvents = "gdelt-events",
        /// Mentions of GDELT 2.0: tabs, no header. One row per report.
        GdeltMentions = "gdelt-mentions",
        /// Rows in the format of ICEWS: tabs, a header. One row per pair of source and target.
        Icews = "icews",
        /// PLOVER records, one JSON object per line.
        Plover = "plover",
    }
}

labels! {
    /// A table of Dateline.
    pub enum Sheet, one of "a table" {
        /// Events, each across all its reports.
        Events = "events",
        /// Reports of events.
        Mentions = "mentions",
        /// Statements.
        Statements = "statements",
        /// People, organizations, groups and places across all documents.
        Actors = "actors",
        /// Documents.
        Documents = "documents",
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name of the column.
    pub name: &'static str,
    /// Type of its cells. In release formats, all are text.
    pub kind: ColumnKind,
    /// Meaning of the column in one sentence; for a release format, how it is filled.
    pub about: &'static str,
}

/// Type of the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// True or false.
    Bool,
    /// A list of texts.
    List,
}

/// Returns the columns of a release format, in order. For [`Layout::Plover`], these are the fields.
///
/// ```
/// use dateline_formats::write::{Layout, columns};
/// assert_eq!(columns(Layout::GdeltEvents)[0].name, "GlobalEventID");
/// ```
pub fn columns(layout: Layout) -> &'static [Column] {
    static POLECAT: LazyLock<Vec<Column>> =
        LazyLock::new(|| filled(include_str!("../../data/columns/polecat.tsv")));
    static EVENTS: LazyLock<Vec<Column>> =
        LazyLock::new(|| filled(include_str!("../../data/columns/gdelt-events.tsv")));
    static MENTIONS: LazyLock<Vec<Column>> =
        LazyLock::new(|| filled(include_str!("../../data/columns/gdelt-mentions.tsv")));
    static ICEWS: LazyLock<Vec<Column>> =
        LazyLock::new(|| filled(include_str!("../../data/columns/icews.tsv")));
    static PLOVER: LazyLock<Vec<Column>> =
        LazyLock::new(|| filled(include_str!("../../data/columns/plover.tsv")));
    match layout {
        Layout::Polecat => &POLECAT,
        Layout::GdeltEvents => &EVENTS,
        Layout::GdeltMentions => &MENTIONS,
        Layout::Icews => &ICEWS,
        Layout::Plover => &PLOVER,
    }
}

/// Returns the columns of a table of Dateline, in order.
pub fn sheet(sheet: Sheet) -> &'static [Column] {
    static EVENTS: LazyLock<Vec<Column>> =
        LazyLock::new(|| typed(include_str!("../../data/tables/events.tsv")));
    static MENTIONS: LazyLock<Vec<Column>> =
        LazyLock::new(|| typed(include_str!("../../data/tables/mentions.tsv")));
    static STATEMENTS: LazyLock<Vec<Column>> =
        LazyLock::new(|| typed(include_str!("../../data/tables/statements.tsv")));
    static ACTORS: LazyLock<Vec<Column>> =
        LazyLock::new(|| typed(include_str!("../../data/tables/actors.tsv")));
    static DOCUMENTS: LazyLock<Vec<Column>> =
        LazyLock::new(|| typed(include_str!("../../data/tables/documents.tsv")));
    match sheet {
        Sheet::Events => &EVENTS,
        Sheet::Mentions => &MENTIONS,
        Sheet::Statements => &STATEMENTS,
        Sheet::Actors => &ACTORS,
        Sheet::Documents => &DOCUMENTS,
    }
}

fn filled(table: &'static str) -> Vec<Column> {
    let column = |row: Row<'static>| {
        let [_, name, about] = row.columns().expect("a test reads every table");
        Column { name, kind: ColumnKind::Text, about }
    };
    rows(table).map(column).collect()
}

fn typed(table: &'static str) -> Vec<Column> {
    let column = |row: Row<'static>| {
        let [_, name, kind, about] = row.columns().expect("a test reads every table");
        let kind = match kind {
            "integer" => ColumnKind::Integer,
            "real" => ColumnKind::Real,
            "bool" => ColumnKind::Bool,
            "list" => ColumnKind::List,
            _ => ColumnKind::Text,
        };
        Column { name, kind, about }
    };
    rows(table).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(layout: Layout) -> String {
        columns(layout).iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_table_is_read() {
        for one in Layout::ALL {
            assert!(columns(*one).iter().all(|column| !column.about.is_empty()), "{one}");
        }
        for one in Sheet::ALL {
            assert!(sheet(*one).len() > 8, "{one}");
        }
        assert_eq!(sheet(Sheet::Mentions)[7].kind, ColumnKind::Real);
    }

    #[test]
    fn release_formats_have_the_columns_their_readers_expect() {
        assert_eq!(
            names(Layout::Polecat),
            "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, \
             Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient \
             Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia \
             Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature \
             Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, Version"
        );
        assert_eq!(
            names(Layout::GdeltEvents),
            "GlobalEventID, Day, MonthYear, Year, FractionDate, Actor1Code, Actor1Name, Actor1CountryCode, Actor1KnownGroupCode, \
             Actor1EthnicCode, Actor1Religion1Code, Actor1Religion2Code, Actor1Type1Code, Actor1Type2Code, Actor1Type3Code, \
             Actor2Code, Actor2Name, Actor2CountryCode, Actor2KnownGroupCode, Actor2EthnicCode, Actor2Religion1Code, \
             Actor2Religion2Code, Actor2Type1Code, Actor2Type2Code, Actor2Type3Code, IsRootEvent, EventCode, EventBaseCode, \
             EventRootCode, QuadClass, GoldsteinScale, NumMentions, NumSources, NumArticles, AvgTone, Actor1Geo_Type, \
             Actor1Geo_Fullname, Actor1Geo_CountryCode, Actor1Geo_ADM1Code, Actor1Geo_ADM2Code, Actor1Geo_Lat, Actor1Geo_Long, \
             Actor1Geo_FeatureID, Actor2Geo_Type, Actor2Geo_Fullname, Actor2Geo_CountryCode, Actor2Geo_ADM1Code, \
             Actor2Geo_ADM2Code, Actor2Geo_Lat, Actor2Geo_Long, Actor2Geo_FeatureID, ActionGeo_Type, ActionGeo_Fullname, \
             ActionGeo_CountryCode, ActionGeo_ADM1Code, ActionGeo_ADM2Code, ActionGeo_Lat, ActionGeo_Long, ActionGeo_FeatureID, \
             DATEADDED, SOURCEURL"
        );
        assert_eq!(
            names(Layout::GdeltMentions),
            "GlobalEventID, EventTimeDate, MentionTimeDate, MentionType, MentionSourceName, MentionIdentifier, SentenceID, \
             Actor1CharOffset, Actor2CharOffset, ActionCharOffset, InRawText, Confidence, MentionDocLen, MentionDocTone, \
             MentionDocTranslationInfo, Extras"
        );
        assert_eq!(columns(Layout::Icews).len(), 20);
    }
}
