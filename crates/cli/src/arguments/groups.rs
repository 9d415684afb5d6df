//! Top-level help, with commands grouped by task.

use std::fmt::Write as _;

use clap::CommandFactory as _;

use super::Arguments;

/// Headings of the top-level help, and the commands under each.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Read articles", &["extract", "times", "statements", "events", "actors", "explain", "parse"]),
    ("Build a ledger", &["ingest", "recode", "check", "verify", "dump", "load"]),
    (
        "Query a ledger",
        &["timeline", "agenda", "event", "actor", "search", "stats", "sql", "export"],
    ),
    ("Serve a ledger", &["demo", "serve", "token"]),
    ("Set up", &["codebook", "completions", "man", "help"]),
];

/// Returns the whole command line, its top-level help grouped by task.
pub(crate) fn command() -> clap::Command {
    let command = Arguments::command();
    let mut built = command.clone();
    built.build();
    let styles = built.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut list = String::new();
    for (heading, names) in GROUPS {
        let _ = writeln!(list, "{header}{heading}:{header:#}");
        for name in names {
            let about = built.find_subcommand(name).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(list, "  {literal}{name:<11}{literal:#}  {about}");
        }
        list.push('\n');
    }
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{header}Options:{header:#}\n{{options}}{{after-help}}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group_and_its_line_fits() {
        let mut built = Arguments::command();
        built.build();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        let mut known: Vec<&str> = built.get_subcommands().map(clap::Command::get_name).collect();
        grouped.sort_unstable();
        known.sort_unstable();
        assert_eq!(grouped, known);
        for command in built.get_subcommands() {
            let about = command.get_about().unwrap().to_string();
            assert!(about.len() <= 65, "{about}");
        }
    }
}
