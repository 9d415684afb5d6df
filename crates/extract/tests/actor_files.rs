//! Published dictionaries of PETRARCH and PLOVER load without changes. Skipped if the files are not beside the
//! project.

use std::{fs, path::Path};

use dateline_extract::Actors;

/// Checks the number of names, nouns and bad lines of each file.
#[test]
fn dictionaries_of_petrarch_load_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/lexicon-sources/event-dictionaries");
    if !folder.is_dir() {
        return;
    }
    let files = [
        ("Phoenix.Countries.actors.txt", 20_000, 0, 40),
        ("Phoenix.International.actors.txt", 6_000, 0, 5),
        ("Phoenix.MilNonState.actors.txt", 1_000, 0, 20),
        ("Phoenix.agents.txt", 0, 2_000, 10),
        ("PLOVER_agents.txt", 0, 2_000, 10),
        ("CAMEO.EthnicGroups.actors.txt", 500, 0, 5),
        ("CAMEO.ReligiousGroups.actors.txt", 1_000, 0, 20),
    ];
    for (name, n_names, n_nouns, n_bad) in files {
        let bytes = fs::read(folder.join(name)).expect("the file is there");
        let (actors, bad) = Actors::read_petrarch(&String::from_utf8_lossy(&bytes));
        let read = format!(
            "{name}: {} names, {} nouns, {} bad lines",
            actors.n_names(),
            actors.n_nouns(),
            bad.len()
        );
        println!("{read}");
        for bad in &bad {
            println!("{name}:{}: {bad}", bad.line);
        }
        assert!(actors.n_names() >= n_names && actors.n_nouns() >= n_nouns, "{read}");
        assert!(bad.len() <= n_bad, "{read}");
    }
}
