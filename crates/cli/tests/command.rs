//! Tests of the commands that read news, run as built: output, messages and exit status.
#![expect(clippy::unwrap_used, reason = "a test fails where the command does something else")]

mod shared;

use std::{
    fs,
    process::{Output, Stdio},
};

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use shared::{dateline, shown};

const ARTICLE: &str =
    "date 2021-05-08\nTalks in Geneva\n\n\"We will meet on Friday,\" Ana Lopez told reporters.\n";

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// The records on standard output.
fn records(output: &Output) -> Vec<Value> {
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    records(output)
        .iter()
        .map(|it| it["document"]["id"].as_str().unwrap_or("-").to_owned())
        .collect()
}

#[test]
fn json_is_the_format_of_a_pipe() {
    let folder = folder(&[("a.txt", ARTICLE.as_bytes())]);
    let arguments = ["extract", "--date", "2021-05-09", "a.txt"];
    let output = dateline(folder.path(), &arguments).output().unwrap();
    let records = records(&output);
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["schema"], "dateline/1");
    assert_eq!(records[0]["document"]["id"], "a.txt");
    assert_eq!(records[0]["document"]["text"], ARTICLE);
    assert!(output.stderr.is_empty() && output.status.success(), "{}", shown(&output));
}

#[test]
fn bad_files_are_named_and_the_rest_is_done() {
    let folder = folder(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("latin.txt", b"date 2021-05-08\nThe caf\xE9 closed.\n"),
        ("wide.txt", b"\xFF\xFEh\0i\0"),
        ("empty.txt", b"\n"),
        ("z.txt", ARTICLE.as_bytes()),
    ]);
    fs::create_dir(folder.path().join("news")).unwrap();
    let mut command = dateline(folder.path(), &["extract", "--date", "2021-05-08"]);
    command.args(["a.txt", "missing.txt", "latin.txt", "news", "wide.txt", "empty.txt", "z.txt"]);
    let mut output = command.output().unwrap();
    assert_eq!(ids(&output), ["a.txt", "latin.txt", "wide.txt", "z.txt"]);
    assert_eq!(records(&output)[1]["document"]["text"], "date 2021-05-08\nThe café closed.\n");
    assert_eq!(records(&output)[2]["document"]["text"], "hi");
    output.stdout.clear();
    assert_snapshot!(shown(&output));
}

#[test]
fn without_a_date_stderr_says_so_once() {
    let undated: &[u8] = b"He left on Friday.\n";
    let names: Vec<String> = (1..8).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), undated)).collect();
    let folder = folder(&files);
    let arguments: Vec<&str> =
        std::iter::once("extract").chain(names.iter().map(String::as_str)).collect();
    let mut output = dateline(folder.path(), &arguments).output().unwrap();
    assert_eq!(records(&output).len(), 7);
    output.stdout.clear();
    assert_snapshot!(shown(&output));

    let dated = [&arguments[..], &["--date", "2021-05-08T09:30"]].concat();
    let output = dateline(folder.path(), &dated).output().unwrap();
    assert_eq!(records(&output)[6]["document"]["published"], "2021-05-08T09:30");
    assert!(output.stderr.is_empty(), "{}", shown(&output));
}

#[test]
fn output_is_the_same_with_any_number_of_threads() {
    let names: Vec<String> = (0..40).map(|n| format!("{n}.txt")).collect();
    let folder = TempDir::new().unwrap();
    for (n, name) in names.iter().enumerate() {
        fs::write(folder.path().join(name), ARTICLE.repeat(1 + n * 7 % 13)).unwrap();
    }
    let run = |threads: &str| {
        let mut command = dateline(folder.path(), &["extract", "--threads", threads]);
        command.args(&names).output().unwrap()
    };
    let one = run("1");
    assert_eq!(ids(&one), names);
    assert!(one.stdout == run("4").stdout && one.stdout == run("64").stdout);
}

#[test]
fn standard_input_is_read_where_no_file_is_named() {
    let folder = folder(&[("a.txt", ARTICLE.as_bytes())]);
    for arguments in [&["extract"][..], &["extract", "-"]] {
        let input = fs::File::open(folder.path().join("a.txt")).unwrap();
        let output = dateline(folder.path(), arguments).stdin(input).output().unwrap();
        assert_eq!(records(&output)[0]["document"]["text"], ARTICLE);
        assert!(records(&output)[0]["document"]["id"].is_null());
    }
}

#[test]
fn text_is_laid_out_for_people() {
    let folder = folder(&[("a.txt", ARTICLE.as_bytes())]);
    let output =
        dateline(folder.path(), &["extract", "--format", "text", "a.txt"]).output().unwrap();
    assert_snapshot!(shown(&output));
}

#[test]
fn text_is_colored_where_that_is_asked_for() {
    let folder = folder(&[("a.txt", ARTICLE.as_bytes())]);
    let escapes = |color: &str| {
        let arguments = ["extract", "--format", "text", "--color", color, "a.txt"];
        let output = dateline(folder.path(), &arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().matches('\u{1b}').count()
    };
    assert!(escapes("always") > 0);
    assert_eq!((escapes("auto"), escapes("never")), (0, 0));
}

#[test]
fn a_text_cannot_drive_the_terminal() {
    let text = "date 2021-05-08\n\"Pay\u{1b}[2J \u{202e}now,\" Ana Lopez\u{200b} said.\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let output =
        dateline(folder.path(), &["extract", "--format", "text", "a.txt"]).output().unwrap();
    let shown = shown(&output);
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{shown}");
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder(&[("a.txt", ARTICLE.repeat(2_000).as_bytes())]);
    let mut command =
        dateline(folder.path(), &["extract", "--date", "2021-05-08", "a.txt", "a.txt"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", shown(&output));
}

#[test]
fn a_wrong_command_line_is_refused_with_the_cure() {
    let folder = folder(&[]);
    let output = dateline(folder.path(), &["extract", "--date", "2021-02-30"]).output().unwrap();
    assert_snapshot!(shown(&output));
}

#[test]
fn help_reads_well() {
    let folder = folder(&[]);
    let help = |arguments: &[&str]| shown(&dateline(folder.path(), arguments).output().unwrap());
    assert_snapshot!("help", help(&["--help"]));
    assert_snapshot!("help_actors", help(&["actors", "--help"]));
    assert_snapshot!("help_extract", help(&["extract", "--help"]));
    assert_snapshot!("help_extract_short", help(&["extract", "-h"]));
    assert_snapshot!("help_parse", help(&["parse", "--help"]));
    assert_snapshot!("help_statements", help(&["statements", "--help"]));
    assert_snapshot!("help_events", help(&["events", "--help"]));
    assert_snapshot!("help_times", help(&["times", "--help"]));
    assert_snapshot!("help_ingest", help(&["ingest", "--help"]));
    assert_snapshot!("help_export", help(&["export", "--help"]));
    assert_snapshot!("help_verify", help(&["verify", "--help"]));
}

#[test]
fn trees_keep_the_tokens_they_are_given() {
    let gold = "1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\tSpaceAfter=No\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
                3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";
    let folder = folder(&[("a.conllu", gold.as_bytes()), ("b.txt", b"Talks resumed.\n")]);
    let forms = |output: &Output| -> Vec<String> {
        let text = std::str::from_utf8(&output.stdout).unwrap();
        let rows = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        rows.filter_map(|row| row.split('\t').nth(1).map(str::to_owned)).collect()
    };
    let output = dateline(folder.path(), &["parse", "--gold-tokens", "a.conllu"]).output().unwrap();
    assert_eq!(forms(&output), ["Do", "n't", "go", "."], "{}", shown(&output));
    let output = dateline(folder.path(), &["parse", "b.txt"]).output().unwrap();
    assert_eq!(forms(&output), ["Talks", "resumed", "."], "{}", shown(&output));
    let output = dateline(folder.path(), &["parse", "--gold-tokens", "b.txt"]).output().unwrap();
    assert_snapshot!(shown(&output));
}

/// Two times that end a range, one counted from an earlier one, and a set.
const TIMES: &str = "date 2021-05-08\nRail & ferry strikes\n\nCrews walked out from May 3 to 5. Two days later they \
                     were back.\nThe union, which had voted last month, meets every Tuesday.\n";

#[test]
fn times_are_those_of_the_record() {
    let folder = folder(&[("a.txt", TIMES.as_bytes()), ("b.txt", ARTICLE.as_bytes())]);
    let run = |command: &str| {
        let output = dateline(folder.path(), &[command, "a.txt", "b.txt"]).output().unwrap();
        assert!(output.stderr.is_empty() && output.status.success(), "{}", shown(&output));
        records(&output)
    };
    let (whole, times) = (run("extract"), run("times"));
    assert_eq!((whole.len(), times.len()), (2, 2));
    for (record, found) in whole.iter().zip(&times) {
        let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["document", "times"]);
        assert_eq!((&found["document"], &found["times"]), (&record["document"], &record["times"]));
    }
}

#[test]
fn times_are_laid_out_for_people() {
    let folder = folder(&[("a.txt", TIMES.as_bytes())]);
    let arguments = ["times", "--format", "text", "--explain", "a.txt"];
    let output = dateline(folder.path(), &arguments).output().unwrap();
    assert_snapshot!("times_text", shown(&output));
    let plain = dateline(folder.path(), &arguments[..3]).arg("a.txt").output().unwrap();
    let is_explanation = |line: &&str| line.trim_start().starts_with("rule ");
    let explained = String::from_utf8(output.stdout).unwrap();
    let without: Vec<&str> = explained.lines().filter(|line| !is_explanation(line)).collect();
    assert_eq!(String::from_utf8(plain.stdout).unwrap().lines().collect::<Vec<_>>(), without);
}

#[test]
fn explanations_stand_behind_all_else_and_change_nothing() {
    let folder = folder(&[("a.txt", TIMES.as_bytes())]);
    for command in ["extract", "times"] {
        let run = |arguments: &[&str]| {
            dateline(folder.path(), &[command]).args(arguments).arg("a.txt").output().unwrap()
        };
        let (plain, explained) = (run(&[]), run(&["--explain"]));
        let plain = String::from_utf8(plain.stdout).unwrap();
        let record = &records(&explained)[0];
        let explained = String::from_utf8(explained.stdout).unwrap();
        let opening = plain.trim_end().strip_suffix('}').unwrap();
        assert!(explained.starts_with(&format!("{opening},\"explanations\":[")), "{explained}");
        let ids = |list: &str, key: &str| -> Vec<Value> {
            record[list].as_array().into_iter().flatten().map(|part| part[key].clone()).collect()
        };
        let (explained, times) = (ids("explanations", "of"), ids("times", "id"));
        assert!(!times.is_empty() && explained.starts_with(&times), "{command}: {explained:?}");
        // Behind the times stand the entities that have a code or a title.
        let entities = explained[times.len()..].iter().all(|id| ids("entities", "id").contains(id));
        assert!(entities, "{command}: {explained:?}");
    }
    let arguments = ["extract", "--explain", "--format", "text", "a.txt"];
    let output = dateline(folder.path(), &arguments).output().unwrap();
    assert_snapshot!("extract_explained", shown(&output));
}

#[test]
fn timeml_of_one_text_goes_to_standard_output() {
    let folder = folder(&[("a.txt", TIMES.as_bytes())]);
    let output =
        dateline(folder.path(), &["times", "--format", "timeml", "a.txt"]).output().unwrap();
    assert_snapshot!("times_timeml", shown(&output));
    let input = fs::File::open(folder.path().join("a.txt")).unwrap();
    let arguments = ["times", "--format", "timeml", "--date", "2020-02-29T12:00", "-"];
    let output = dateline(folder.path(), &arguments).stdin(input).output().unwrap();
    let xml = String::from_utf8(output.stdout).unwrap();
    assert!(xml.contains("value=\"2020-02-29T12:00\"") && !xml.contains("DOCID"), "{xml}");
}

#[test]
fn timeml_of_several_texts_goes_to_a_folder() {
    let folder = folder(&[("a.txt", TIMES.as_bytes()), ("b.txt", ARTICLE.as_bytes())]);
    let arguments = ["times", "--format", "timeml", "--output", "out/tml"];
    let run = |files: &[&str]| dateline(folder.path(), &arguments).args(files).output().unwrap();
    let output = run(&["a.txt", "missing.txt", "b.txt"]);
    assert_eq!(
        shown(&output),
        "exit 2\n--- stderr\ndateline: missing.txt: no such file; check the name\n--- stdout\n"
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("out/tml/a.tml").contains("<DOCID>a.txt</DOCID>"));
    assert!(read("out/tml/b.tml").contains("<DOCID>b.txt</DOCID>"));
    let again = run(&["out/tml/a.tml"]);
    assert!(!again.status.success(), "a file is read and written");
    assert!(read("out/tml/a.tml").contains("<DOCID>a.txt</DOCID>"));
    fs::create_dir(folder.path().join("out/tml/c.tml")).unwrap();
    fs::write(folder.path().join("c.txt"), ARTICLE).unwrap();
    let output = run(&["c.txt"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("dateline: c.txt: could not write out/tml/c.tml: "), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_timeml_cannot_hold_is_refused_with_the_cure() {
    let folder = folder(&[("a.txt", TIMES.as_bytes()), ("b.txt", ARTICLE.as_bytes())]);
    let run = |arguments: &[&str]| {
        shown(&dateline(folder.path(), &["times"]).args(arguments).output().unwrap())
    };
    let refused = [
        run(&["--format", "timeml", "a.txt", "b.txt"]),
        run(&["--format", "timeml", "--explain", "a.txt"]),
        run(&["--output", "out", "a.txt"]),
        run(&["--format", "timeml", "--output", "out", "-"]),
        run(&["--format", "xml", "a.txt"]),
    ];
    assert_snapshot!("times_refused", refused.join(""));
    assert!(!folder.path().join("out").exists());
}

const VISIT: &str = "date 2021-05-08\nKenyan Foreign Minister Alice Mwangi met envoys of the Kivu Relief Network \
    in Oslo on Friday.\n\n\"KRN will go on,\" Mwangi said. Kenya had expelled 12 Ugandan diplomats.\n";

#[test]
fn actors_of_all_texts_are_listed_in_every_format() {
    let folder = folder(&[("a.txt", VISIT.as_bytes()), ("b.txt", VISIT.as_bytes())]);
    let run = |arguments: &[&str]| {
        let mut command = dateline(folder.path(), &["actors"]);
        command.args(arguments).args(["a.txt", "b.txt"]).output().unwrap()
    };
    for (format, plain, explained) in [
        ("text", "actors_text", "actors_text_explained"),
        ("csv", "actors_csv", "actors_csv_explained"),
        ("tsv", "actors_tsv", "actors_tsv_explained"),
        ("json", "actors_json", "actors_json_explained"),
    ] {
        assert_snapshot!(plain, shown(&run(&["--format", format])));
        assert_snapshot!(explained, shown(&run(&["--format", format, "--explain"])));
    }
}

const SPEECHES: &str = "date 2021-05-08\n\"We will answer,\" Kenyan Foreign Minister Alice Mwangi said on Friday. She hopes that \
    talks resume.\n\nUganda's envoy told her that the border would stay open.\n";

/// Two acts that happened, one that is planned, one that was called off.
const ACTS: &str = "date 2021-05-08\nKenya expelled two Ugandan diplomats on Friday.\n\n\
    Uganda's president will meet the Kenyan president in Nairobi on May 20.\n\n\
    Tanzania called off talks with Kenya. Soldiers of Uganda killed at least 12 rebels in April.\n";

#[test]
fn events_are_listed_in_every_format_and_picked_by_type_actor_status_and_day() {
    let folder = folder(&[("a.txt", ACTS.as_bytes()), ("b.txt", b"Rain fell.\n")]);
    let run = |arguments: &[&str]| {
        let mut command = dateline(folder.path(), &["events"]);
        shown(&command.args(arguments).args(["a.txt", "b.txt"]).output().unwrap())
    };
    assert_snapshot!("events_text", run(&["--format", "text"]));
    assert_snapshot!("events_csv", run(&["--format", "csv"]));
    assert_snapshot!("events_json", run(&["--format", "json", "--type", "sanction"]));
    assert_snapshot!("events_by_actor", run(&["--format", "tsv", "--actor", "tza"]));
    assert_snapshot!("events_by_status", run(&["--format", "tsv", "--status", "scheduled"]));
    let may = ["--format", "tsv", "--since", "2021-05-01", "--until", "2021-05-08"];
    assert_snapshot!("events_by_day", run(&may));
    assert_snapshot!("events_of_no_type", run(&["--type", "WAR"]));
}

#[test]
fn statements_are_listed_in_every_format_and_picked_by_speaker_and_class() {
    let folder = folder(&[("a.txt", SPEECHES.as_bytes()), ("b.txt", b"Rain fell.\n")]);
    let run = |arguments: &[&str]| {
        let mut command = dateline(folder.path(), &["statements"]);
        shown(&command.args(arguments).args(["a.txt", "b.txt"]).output().unwrap())
    };
    assert_snapshot!("statements_text", run(&["--format", "text"]));
    assert_snapshot!("statements_csv", run(&["--format", "csv"]));
    assert_snapshot!("statements_json", run(&["--format", "json"]));
    assert_snapshot!("statements_by_name", run(&["--format", "tsv", "--speaker", "mwangi"]));
    assert_snapshot!("statements_by_code", run(&["--format", "tsv", "--speaker", "UGA"]));
    let attitudes = ["--format", "tsv", "--class", "attitude"];
    assert_snapshot!("statements_by_class", run(&attitudes));
}

#[test]
fn actors_are_the_same_with_any_number_of_threads() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
    let folder = TempDir::new().unwrap();
    for (n, name) in names.iter().enumerate() {
        let text = VISIT.replace("Alice", ["Alice", "Ann", "Bo"][n % 3]);
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = |threads: &str| {
        let mut command = dateline(folder.path(), &["actors", "--explain", "--threads", threads]);
        command.args(&names).output().unwrap().stdout
    };
    let one = run("1");
    assert!(!one.is_empty() && one == run("3") && one == run("20"));
}

#[test]
fn actors_of_the_user_go_first_and_their_bad_lines_are_named() {
    let own = "name\taliases\tcountry\tsectors\tfrom\tto\n# ours\nKivu Relief Network\tKRN\tCOD\tNGO\n\
        Alice Mwangi\t\tKEN\tOPP\t2021-01-01\nBo Lee\t\tKENYA\tGOV\nCy Lee\t\tKEN\tGVT\n\
        Di Lee\t\tKEN\tGOV\t8 May\nEd Lee KEN\n";
    let petrarch = "; theirs\nKIVU_RELIEF_NETWORK_(KRN)_ [UGANGO]\nALICE_MWANGI_\n+MWANGI_\n\t[KENMIL 100101-121231]\n\
        \t[KENGOV >2021301]\nBO_LEE_\nENVOY {ENVOYS [~SPY]\nCY_LEE_ [XQZ]\n";
    let folder = folder(&[
        ("a.txt", VISIT.as_bytes()),
        ("own.tsv", own.as_bytes()),
        ("theirs.txt", petrarch.as_bytes()),
        ("none.tsv", b"# nobody\n"),
    ]);
    let run = |arguments: &[&str]| {
        let mut command = dateline(folder.path(), &["actors", "--format", "csv"]);
        shown(&command.args(arguments).arg("a.txt").output().unwrap())
    };
    assert_snapshot!("own_actors", run(&["--actors", "own.tsv"]));
    assert_snapshot!("own_petrarch", run(&["--petrarch-actors", "theirs.txt"]));
    let both = ["--actors", "own.tsv", "--petrarch-actors", "theirs.txt", "--actors", "none.tsv"];
    assert_snapshot!("own_both", run(&both));
    assert_snapshot!("own_missing", run(&["--actors", "missing.tsv"]));
    let arguments = ["extract", "--actors", "own.tsv", "a.txt"];
    let output = dateline(folder.path(), &arguments).output().unwrap();
    let entities = records(&output)[0]["entities"].clone();
    let codes: Vec<&str> =
        entities.as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect();
    assert!(codes.contains(&"KENOPP") && codes.contains(&"CODNGO"), "{codes:?}");
}

#[test]
fn a_part_of_a_record_is_explained() {
    let text = "date 2021-05-08\nSweden denied on Friday that it had expelled two Belarusian diplomats. Peru said \
                Chile's alleged attack on Bolivia, and the planned talks in Lima, were discussed.\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let explain = |arguments: &[&str]| {
        shown(&dateline(folder.path(), &[&["explain"], arguments].concat()).output().unwrap())
    };
    let all: Vec<String> = ["v1", "v2", "v3", "s1", "t1", "e1"]
        .iter()
        .map(|id| explain(&["--format", "text", "--color", "never", "a.txt", id]))
        .collect();
    assert_snapshot!("explain_text", all.concat());
    assert_snapshot!("explain_json", explain(&["a.txt", "v2"]));
    assert_snapshot!("explain_refused", explain(&["a.txt", "v9"]) + &explain(&["a.txt", "event"]));
}

#[test]
fn a_codebook_is_checked_explained_and_used() {
    let table = "stonewall.v\tsubj\tobj\t-\t-\t120\tdiplomatic\tPeru stonewalled Chile.\n";
    let folder = folder(&[
        ("a.txt", b"Norway stonewalled Sweden. Kenya expelled the Sudanese ambassador."),
        ("silent.tsv", b"not read"),
    ]);
    let write = |name: &str, text: &str| {
        fs::create_dir_all(folder.path().join("mine")).unwrap();
        fs::write(folder.path().join("mine").join(name), text).unwrap();
    };
    let run = |arguments: &[&str]| shown(&dateline(folder.path(), arguments).output().unwrap());
    write("reject.mine.tsv", table);
    write("classes.boats.tsv", "boat\ttrawler\nboat\tferry\n");
    let checked = run(&["codebook", "check", "mine"]);
    assert!(checked.starts_with("exit 0"), "{checked}");
    assert_snapshot!(
        "codebook_explain",
        run(&[
            "codebook",
            "explain",
            "--codebook",
            "mine",
            "stonewall",
            "call off",
            "boat",
            "sing"
        ])
    );
    let kinds = |arguments: &[&str]| -> Vec<String> {
        let output = dateline(folder.path(), arguments).output().unwrap();
        let events = records(&output)[0]["events"].as_array().unwrap().clone();
        events.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds(&["events", "--codebook", "mine", "a.txt"]), ["REJECT", "SANCTION"]);
    // A table of a type's own name takes the place of the one compiled in.
    write("sanction.tsv", "ban.v\tsubj\tobj\t-\texpel\t166\t-\tPeru sang of Chile.\nban.v\tsubj\n");
    assert!(!kinds(&["events", "--codebook", "mine", "a.txt"]).contains(&"SANCTION".to_owned()));
    assert_snapshot!("codebook_check", run(&["codebook", "check", "mine"]));
    assert_snapshot!("codebook_missing", run(&["codebook", "stats", "--codebook", "nowhere"]));
}

#[test]
fn the_codebook_can_be_exported_changed_and_counted() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| shown(&dateline(folder.path(), arguments).output().unwrap());
    let first = run(&["codebook", "export", "mine"]);
    assert!(first.contains("17 tables written to mine, 0 kept"), "{first}");
    let again = run(&["codebook", "export", "mine"]);
    assert!(again.contains("0 tables written to mine, 17 kept"), "{again}");
    let stats = |arguments: &[&str]| run(&[&["codebook", "stats"], arguments].concat());
    assert_eq!(stats(&[]), stats(&["--codebook", "mine"]));
    let table = stats(&["--format", "text"]);
    assert_eq!(table.lines().filter(|line| line.starts_with(char::is_uppercase)).count(), 16);
}
