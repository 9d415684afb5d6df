//! Actors for people: a line of counts per actor, with attributes and explanations below.

use super::row::ActorRow;
use crate::text::{FAINT, WHO, clipped, columns, escaped, padded, paint, wrapped};

/// Headings of the counts.
const HEADS: [&str; 5] = ["texts", "mentions", "says", "source", "target"];

/// Maximum number of lines of a remark below an actor.
const N_LINES: usize = 8;

/// Formats actors in lines no wider than `width`.
pub(super) fn render(rows: &[ActorRow], explained: bool, width: usize) -> String {
    if rows.is_empty() {
        return "No actors found.\n".to_owned();
    }
    let counts = |row: &ActorRow| {
        let counts = row.counts;
        [counts.documents, counts.mentions, counts.statements, counts.source, counts.target]
            .map(|count| count.to_string())
    };
    let mut widths = HEADS.map(str::len);
    let mut code_width = "code".len();
    for row in rows {
        for (width, count) in widths.iter_mut().zip(counts(row)) {
            *width = (*width).max(count.len());
        }
        code_width = code_width.max(code(row).len()).min(12);
    }
    let numbers: usize = widths.iter().map(|width| width + 2).sum();
    // In a narrow terminal, the counts move below the name.
    let is_narrow = width < numbers + code_width + 2 + 16;
    let name_width = width - code_width - 2 - if is_narrow { 0 } else { numbers };
    let line = |code: &str, name: &str, counts: &[String; 5]| {
        let mut line = format!("{}  {}", padded(&clipped(code, code_width), code_width), name);
        if !is_narrow {
            line.extend(
                counts.iter().zip(widths).map(|(count, width)| format!("  {count:>width$}")),
            );
        }
        line.trim_end().to_owned()
    };
    let mut out =
        paint(FAINT, &line("code", &padded("name", name_width), &HEADS.map(str::to_owned)));
    out.push('\n');
    for row in rows {
        let name = paint(WHO, &padded(&clipped(&escaped(&row.name), name_width), name_width));
        out.push_str(&line(&escaped(code(row)), &name, &counts(row)));
        out.push('\n');
        let mut about = about(row);
        if is_narrow {
            about.extend(
                HEADS.iter().zip(counts(row)).map(|(head, count)| format!("{head} {count}")),
            );
        }
        let mut remarks = vec![about.join(" · ")];
        if explained {
            remarks.extend(row.decisions.iter().map(|decision| {
                let words = decision.words.as_deref();
                let words =
                    words.map(|words| format!(" from “{}”", escaped(words))).unwrap_or_default();
                format!(
                    "{} {} by {}{words} in {}:{}",
                    decision.field,
                    escaped(&decision.value),
                    decision.rule,
                    escaped(&decision.file),
                    decision.line
                )
            }));
        }
        let indent = " ".repeat(code_width + 2);
        for remark in remarks {
            for remark in wrapped(&remark, width - columns(&indent), N_LINES) {
                out.extend([&indent, &paint(FAINT, &remark), "\n"]);
            }
        }
    }
    out
}

fn code(row: &ActorRow) -> &str {
    row.code.as_deref().unwrap_or("-")
}

/// Kind, country, sectors and titles that are known.
fn about(row: &ActorRow) -> Vec<String> {
    let mut about = vec![row.kind_name().to_owned()];
    about.extend(row.country.map(|country| country.to_string()));
    let sectors: Vec<&str> = row.sectors.iter().map(|sector| sector.as_str()).collect();
    about.extend((!sectors.is_empty()).then(|| sectors.join(" ")));
    about.extend((!row.titles.is_empty()).then(|| escaped(&row.titles.join(", "))));
    about
}

#[cfg(test)]
mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::*;
    use crate::actors::row::{Corpus, of_document};

    fn plain(text: &str, width: usize) -> String {
        let (record, explanations) = Extractor::new().explain(&read_document(text));
        let mut corpus = Corpus::default();
        corpus.add(of_document(&record, &explanations, "a.txt"));
        anstream::adapter::strip_str(&render(&corpus.finish(), true, width)).to_string()
    }

    const TEXT: &str = "date 2021-05-08\nKenyan Foreign Minister Alice Mwangi said on Friday that Kenya \
        had expelled 12 Ugandan diplomats. Mwangi told the Kivu Relief Network that talks would go on.\n";

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 40..=100 {
            for line in plain(TEXT, width).lines() {
                assert!(columns(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn an_actor_has_a_line_and_what_it_is_below() {
        insta::assert_snapshot!(plain(TEXT, 80));
    }

    #[test]
    fn a_corpus_without_actors_is_reported() {
        assert_eq!(plain("It rained.\n", 80), "No actors found.\n");
    }
}
