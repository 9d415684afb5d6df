//! What a file is read as.

use dateline_data::labels;

labels! {
    /// A format news comes in.
    pub enum Format, one of "a format" {
        /// Running text, with headers or front matter on top.
        Text = "text",
        /// JSON objects, a line each.
        Ndjson = "ndjson",
        /// JSON objects, one or several or an array of them.
        Json = "json",
        /// Rows parted by commas.
        Csv = "csv",
        /// Rows parted by tabs.
        Tsv = "tsv",
        /// Apache Parquet.
        Parquet = "parquet",
        /// A page.
        Html = "html",
        /// RSS or Atom.
        Feed = "feed",
        /// JSON Feed.
        JsonFeed = "jsonfeed",
        /// NewsML-G2 of the IPTC.
        NewsMl = "newsml",
        /// NITF of the IPTC.
        Nitf = "nitf",
        /// Web archive, ISO 28500.
        Warc = "warc",
    }
}
