//! `cargo xtask bench`: speed and memory, one figure per line as `NAME VALUE`.
//!
//! Words are tokens of the language layer. Speeds are processor time of one thread, the best of several passes over the same
//! texts. Start-up time and memory are those of the release build of `dateline` on one article. Time expressions are measured on
//! analyzed texts, and also as a share of whole extraction in percent. The size of a web archive is its unpacked size.
//!
//! Figures of a reader begin with its name. Speeds vary between runs and machines, so no figure makes the command fail. Ratios of times
//! hardly vary: `extract-to-trees` is whole extraction divided by the language layer, `careful-to-fast` the careful reader divided by
//! the fast one, and `spacy-to-careful` spaCy divided by the careful reader, both from text to trees.

use std::{
    fs,
    hint::black_box,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use clap::Args;
use dateline_core::Document;
use dateline_extract::{Extractor, ReaderKind, read_document};
use dateline_formats::read::{Format, cut};
use dateline_nlp::{English, segment};
use flate2::{Compression, write::GzEncoder};

use xtask::{cargo, python, root, succeed};

use crate::reader;

/// Flags of `bench`.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Articles, one JSON object with `text` and optionally `date` per line; by default the training articles, or else the fixtures
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Number of passes over the texts
    #[arg(long, value_name = "N", default_value_t = 3)]
    passes: usize,
    /// Reader to measure: careful or fast [default: both, if this build has both]
    #[arg(long, value_name = "READER", value_parser = reader::parse)]
    reader: Option<ReaderKind>,
    /// Also measure spaCy's small English pipeline, installed from the Python Package Index under target/bench
    #[arg(long)]
    spacy: bool,
}

struct Article {
    text: String,
    date: Option<String>,
}

/// Measures and prints the figures.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    let articles = articles(bench.data.as_deref())?;
    let readers = reader::asked(bench.reader.as_slice());
    let measured = speeds(&articles, &readers, bench.passes.max(1));
    if bench.spacy {
        compare_spacy(&articles, &measured, bench.passes.max(1))?;
    }
    archive(bench.passes.max(1))?;
    succeed(&mut cargo(&["build", "--quiet", "--release", "--package", "dateline"]))?;
    let ordinary = ordinary(&articles)?;
    for &reader in &readers {
        start_up(reader, &ordinary)?;
        memory(reader, &ordinary)?;
    }
    Ok(())
}

/// The articles of a file, those of the usual place, or a thousand fixtures.
fn articles(named: Option<&Path>) -> Result<Vec<Article>> {
    let usual = root().join("../shared/eval/attribution/train.jsonl");
    let path = named.map(Path::to_owned).or_else(|| usual.exists().then_some(usual));
    if let Some(path) = path {
        let lines = fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        return lines
            .lines()
            .map(|line| {
                let value: serde_json::Value = serde_json::from_str(line)?;
                let field = |name: &str| value[name].as_str().map(str::to_owned);
                Ok(Article {
                    text: field("text").context("a line has a `text`")?,
                    date: field("date"),
                })
            })
            .collect::<Result<_>>()
            .with_context(|| format!("could not read {} as JSON lines", path.display()));
    }
    let mut fixtures = Vec::new();
    for topic in
        fs::read_dir(root().join("fixtures"))?.flatten().filter(|entry| entry.path().is_dir())
    {
        for case in fs::read_dir(topic.path())?.flatten() {
            if case.path().extension().is_some_and(|extension| extension == "txt") {
                fixtures.push(case.path());
            }
        }
    }
    fixtures.sort();
    anyhow::ensure!(!fixtures.is_empty(), "no fixture to measure on");
    let texts: Vec<String> = fixtures.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    Ok((0..1000).map(|n| Article { text: texts[n % texts.len()].clone(), date: None }).collect())
}

/// Number of documents whose analyses are in memory together.
const AT_ONCE: usize = 100;

/// A reader with the best times of its passes.
struct Measured {
    english: English,
    extractor: Extractor,
    segment: Duration,
    trees: Duration,
    times: Duration,
    extract: Duration,
}

impl Measured {
    fn new(reader: ReaderKind) -> Self {
        let extractor = Extractor::builder().reader(reader).build();
        let [segment, trees, times, extract] = [Duration::MAX; 4];
        Self { english: English::new(reader), extractor, segment, trees, times, extract }
    }

    /// Reads all texts once: from text to tokens, from tokens to trees, from trees to times, and from text to record.
    fn pass(&mut self, documents: &[Document]) {
        let [mut segmenting, mut trees, mut times] = [Duration::ZERO; 3];
        // Not all at once, because the analysis of a text is many times larger than the text.
        for documents in documents.chunks(AT_ONCE) {
            let mut segmented = Vec::with_capacity(documents.len());
            segmenting += timed(|| {
                segmented.extend(documents.iter().map(|document| segment(&document.text)));
            });
            let mut analyses = Vec::with_capacity(documents.len());
            trees += timed(|| {
                for (document, segmentation) in documents.iter().zip(&segmented) {
                    analyses.push(self.english.annotate(&document.text, segmentation));
                }
            });
            times += timed(|| {
                for (document, analysis) in documents.iter().zip(&analyses) {
                    black_box(dateline_extract::times(document, analysis));
                }
            });
        }
        self.segment = self.segment.min(segmenting);
        self.trees = self.trees.min(trees);
        self.times = self.times.min(times);
        self.extract = self.extract.min(timed(|| {
            for document in documents {
                black_box(self.extractor.extract(document));
            }
        }));
    }
}

/// Measures words a second, from tokens to trees and from text to record.
fn speeds(articles: &[Article], readers: &[ReaderKind], passes: usize) -> Vec<Measured> {
    let documents: Vec<Document> = articles
        .iter()
        .map(|article| {
            let mut document = read_document(&article.text);
            let date = article.date.as_deref().and_then(|date| date.parse().ok());
            document.published = date.or(document.published);
            document
        })
        .collect();
    let n_words: usize =
        documents.iter().map(|document| segment(&document.text).tokens().len()).sum();
    let mut all: Vec<Measured> = readers.iter().map(|&reader| Measured::new(reader)).collect();
    // Interleaved, so that a change in the machine's load affects all of them.
    for _ in 0..passes {
        for one in &mut all {
            one.pass(&documents);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let per_second = |time: Duration| n_words as f64 / time.as_secs_f64();
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!("articles {}", articles.len());
    println!("words {n_words}");
    for one in &all {
        let reader = one.extractor.reader();
        println!("{reader}-trees-words-per-second {:.0}", per_second(one.trees));
        println!("{reader}-extract-words-per-second {:.0}", per_second(one.extract));
        println!("{reader}-times-words-per-second {:.0}", per_second(one.times));
        println!("{reader}-times-share-of-extract {:.1}", 100.0 * ratio(one.times, one.extract));
        println!("{reader}-extract-to-trees {:.2}", ratio(one.extract, one.trees));
    }
    if let [careful, fast] = &all[..] {
        println!("careful-to-fast-trees {:.2}", ratio(careful.trees, fast.trees));
        println!("careful-to-fast {:.2}", ratio(careful.extract, fast.extract));
    }
    all
}

/// Measures spaCy on the same texts and states its processor time in multiples of each reader's, from text to trees.
fn compare_spacy(articles: &[Article], measured: &[Measured], passes: usize) -> Result<()> {
    let python = python::environment("bench", "xtask/bench/requirements.txt")?;
    let texts = root().join("target/bench/texts.json");
    let all: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    fs::write(&texts, serde_json::to_vec(&all)?)
        .with_context(|| format!("could not write {}", texts.display()))?;
    let output = Command::new(python)
        .arg(root().join("xtask/bench/spacy_speed.py"))
        .arg(&texts)
        .arg(passes.to_string())
        .env("OMP_NUM_THREADS", "1")
        .stderr(Stdio::inherit())
        .output()
        .context("could not start Python")?;
    anyhow::ensure!(output.status.success(), "spaCy could not be measured");
    let seconds: f64 = String::from_utf8_lossy(&output.stdout).trim().parse()?;
    for one in measured {
        let reader = one.extractor.reader();
        let trees = (one.segment + one.trees).as_secs_f64();
        println!("spacy-to-{reader} {:.2}", seconds / trees);
    }
    Ok(())
}

/// Measures the megabytes of pages a second read from a web archive with one gzip member per page, as crawlers write it.
fn archive(passes: usize) -> Result<()> {
    let mut pages = Vec::new();
    for n in 0..PAGES {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(&record(&page(n)))?;
        pages.push(member.finish()?);
    }
    let file = pages.concat().repeat(REPEATS);
    let n_pages = pages.len() * REPEATS;
    let mut best = Duration::MAX;
    let mut n_bytes = 0;
    for _ in 0..passes {
        n_bytes = 0;
        let mut read = Ok(());
        best = best.min(timed(|| {
            read = cut(&mut file.as_slice(), Format::Warc, &mut |piece| {
                n_bytes += piece.map_or(0, |cut| cut.bytes.len());
                true
            });
        }));
        read?;
    }
    anyhow::ensure!(n_bytes >= n_pages * PAGE, "the reader lost a page of the archive");
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let n_bytes = n_bytes as f64;
    println!("warc-mb-per-second {:.0}", n_bytes / 1e6 / best.as_secs_f64());
    Ok(())
}

/// Number of different pages in the archive, repetitions of each, and minimum length of a page in bytes.
const PAGES: u64 = 100;
const REPEATS: usize = 20;
const PAGE: usize = 100_000;

/// A page of made-up words that compresses to about a fifth, as real pages do.
fn page(n: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ta", "ri", "no", "sel", "mar", "ed", "con", "ti", "per", "la", "en", "st", "ou", "che",
        "wi", "al",
    ];
    let mut state = n;
    let mut next = |most: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % most).expect("it is less than a few hundred")
    };
    let mut page = String::from("<!DOCTYPE html><html><body>\n");
    while page.len() < PAGE {
        page.push_str("<div class=\"article-body paragraph\"><p data-role=\"paragraph\">");
        for _ in 0..20 {
            // Some words are far more frequent than others.
            let word = next(250).min(next(250));
            page.extend([SYLLABLES[word % 16], SYLLABLES[word / 16], " "]);
        }
        page.push_str("</p></div>\n");
    }
    page
}

/// The page as a crawler stores it.
fn record(page: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
    .into_bytes()
}

/// Processor time of a function, which other work on the machine affects less than wall-clock time.
fn timed(run: impl FnOnce()) -> Duration {
    let (start, busy) = (Instant::now(), busy());
    run();
    match (busy, self::busy()) {
        (Some(before), Some(after)) if after > before => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// Processor time of this thread so far; `None` if the system does not report it.
fn busy() -> Option<Duration> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Writes the article of median length to a file.
fn ordinary(articles: &[Article]) -> Result<PathBuf> {
    let mut by_length: Vec<&Article> = articles.iter().collect();
    by_length.sort_by_key(|article| article.text.len());
    let directory = root().join("target/bench");
    fs::create_dir_all(&directory)?;
    let path = directory.join("ordinary.txt");
    fs::write(&path, &by_length[by_length.len() / 2].text)
        .with_context(|| format!("could not write {}", path.display()))?;
    Ok(path)
}

/// Measures the time from the start of the process to its first record, in milliseconds.
fn start_up(reader: ReaderKind, article: &Path) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        let (mut child, _) = first_record(reader, article, Stdio::null())?;
        times.push(start.elapsed());
        child.wait()?;
    }
    times.sort();
    println!("{reader}-start-up-min-ms {:.1}", times[0].as_secs_f64() * 1e3);
    println!("{reader}-start-up-median-ms {:.1}", times[times.len() / 2].as_secs_f64() * 1e3);
    Ok(())
}

/// Measures the peak memory of the process in megabytes.
///
/// The second input is a pipe that stays open, so the process has finished the article and is still running.
fn memory(reader: ReaderKind, article: &Path) -> Result<()> {
    let (mut child, _output) = first_record(reader, article, Stdio::piped())?;
    let status = fs::read_to_string(format!("/proc/{}/status", child.id()));
    drop(child.stdin.take());
    child.wait()?;
    let Ok(status) = status else {
        eprintln!("peak memory was not measured: this system has no /proc");
        return Ok(());
    };
    let kibibytes: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
        .context("/proc has no line VmHWM for the process")?;
    println!("{reader}-peak-memory-mb {:.1}", kibibytes * 1024.0 / 1e6);
    Ok(())
}

/// Starts `dateline extract` on an article and standard input, and waits for the article's record.
fn first_record(
    reader: ReaderKind,
    article: &Path,
    stdin: Stdio,
) -> Result<(Child, BufReader<ChildStdout>)> {
    let mut child = Command::new(root().join("target/release/dateline"))
        .args(["extract", "--format", "json", "--threads", "1", "--date", "2021-05-08"])
        .args(["--reader", reader.as_str()])
        .args([article, Path::new("-")])
        .stdin(stdin)
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start target/release/dateline")?;
    let mut output = BufReader::new(child.stdout.take().expect("it was piped"));
    let mut record = Vec::new();
    output.read_until(b'\n', &mut record)?;
    anyhow::ensure!(record.ends_with(b"\n"), "dateline exited without a record");
    Ok((child, output))
}
