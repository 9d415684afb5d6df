//! Input formats.

use dateline_data::labels;

labels! {
    /// An input format.
    pub enum Format, one of "a format" {
        /// Plain text, with optional headers or front matter.
        Text = "text",
        /// JSON, one object per line.
        Ndjson = "ndjson",
        /// JSON: one object, several, or an array.
        Json = "json",
        /// Comma-separated rows.
        Csv = "csv",
        /// Tab-separated rows.
        Tsv = "tsv",
        /// Apache Parquet.
        Parquet = "parquet",
        /// HTML page.
        Html = "html",
        /// RSS or Atom.
        Feed = "feed",
        /// JSON Feed.
        JsonFeed = "jsonfeed",
        /// NewsML-G2 (IPTC).
        NewsMl = "newsml",
        /// NITF (IPTC).
        Nitf = "nitf",
        /// Web archive (ISO 28500).
        Warc = "warc",
    }
}
