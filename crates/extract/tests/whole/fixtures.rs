//! Compares every text in `fixtures/` with the drawing beside it.
//!
//! `cargo xtask fixtures` runs this test; with `--accept` it rewrites the drawings. The invariants of every record
//! are checked first, so a record that breaks one is never accepted.

use std::fs;

use dateline_extract::Extractor;
use insta::{Settings, assert_snapshot, glob};

use crate::{drawing::drawn, invariants};

#[test]
fn every_fixture_reads_as_its_drawing_says() {
    let extractor = Extractor::new();
    glob!("../../../../fixtures", "*/*.txt", |path| {
        let text = fs::read_to_string(path).expect("fixtures are UTF-8");
        let record = invariants::check(&extractor, &text);
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(path.parent().expect("the pattern has a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        let name = path.file_stem().expect("the pattern matches files").to_string_lossy();
        settings.bind(|| assert_snapshot!(name.as_ref(), drawn(&record)));
    });
}
