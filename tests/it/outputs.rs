//! `INSTA_UPDATE=always cargo test --test it outputs` writes the snapshots anew; read the difference.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::newsroom::{newsroom, screen};

const WIDTH: u16 = 100;

/// Holds what a command prints.
fn hold(name: &str, printed: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, printed));
}

/// Holds what several commands print, each under its line of the shell.
fn hold_all(name: &str, commands: &[&[&str]]) {
    let desk = newsroom();
    let transcript: Vec<String> = commands
        .iter()
        .map(|args| format!("$ {}\n{}\n", typed(args), screen(&desk, WIDTH, args, "")))
        .collect();
    hold(name, &transcript.join("\n"));
}

fn typed(args: &[&str]) -> String {
    let quoted = |arg: &&str| {
        let is_plain = arg
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./:@=".contains(c));
        if is_plain {
            (*arg).to_owned()
        } else {
            format!("'{arg}'")
        }
    };
    let args: Vec<String> = args.iter().map(quoted).collect();
    format!("microfiche {}", args.join(" "))
}

/// The reports; health and overview speak of today.
const REPORTS: [(&str, &[&str]); 19] = [
    ("overview", &["--archive", "today.db"]),
    ("entities", &[]),
    ("entity", &["David Osei"]),
    ("dossier", &["David Osei"]),
    ("compare", &["David Osei", "Margaret Jordan"]),
    ("pair", &["David Osei", "Margaret Jordan"]),
    ("network", &[]),
    ("timeline", &[]),
    ("places", &[]),
    ("trends", &["--since", "2025-05-01"]),
    ("sources", &[]),
    ("stories", &[]),
    ("quotes", &[]),
    ("roles", &[]),
    ("watchlist", &[]),
    ("screen", &["inbox.txt"]),
    ("audit", &["--sample", "3"]),
    ("inbox", &[]),
    ("health", &["--archive", "today.db"]),
];

#[test]
fn every_report_reads_well_as_a_table() {
    let desk = newsroom();
    desk.put("inbox.txt", "Nadia Verhoeven, David Osei and Ola Dahl met in Rotterdam, said Judge Els Peeters of Meridian Shipping.\n");
    for (name, more) in REPORTS {
        let args = [&["report", name], more, &["--format", "table"]].concat();
        let input = if name == "audit" { "y\ne\nn\n" } else { "" };
        hold(
            &format!("report_{name}"),
            &screen(&desk, WIDTH, &args, input),
        );
    }
}

#[test]
fn on_narrow_terminals_nothing_is_wider_and_no_word_is_broken() {
    let desk = newsroom();
    let others: [&[&str]; 5] = [
        &["search", "meridian", "--facets"],
        &["schema"],
        &["sql", "select * from v_entities"],
        &["status"],
        &["entity", "list"],
    ];
    let reports = REPORTS
        .iter()
        .filter(|(name, _)| *name != "screen" && *name != "audit");
    let reports = reports.map(|(name, more)| [&["report", name], *more].concat());
    for args in reports.chain(others.map(<[&str]>::to_vec)) {
        let args = [args, vec!["--format", "table"]].concat();
        let words = |text: &str| -> BTreeSet<String> {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            words.map(str::to_owned).collect()
        };
        let whole = words(&screen(&desk, 2_000, &args, ""));
        for columns in [60, 40] {
            let text = screen(&desk, columns, &args, "");
            let text = text.split("\n---- stderr").next().unwrap();
            let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= columns.into(), "{args:?} {columns}\n{text}");
            let broken: Vec<String> = words(text).difference(&whole).cloned().collect();
            assert!(broken.is_empty(), "{args:?} {columns} {broken:?}\n{text}");
        }
    }
}

#[test]
fn other_forms_give_every_value() {
    for format in ["csv", "json", "ndjson", "markdown"] {
        hold_all(
            &format!("form_{format}"),
            &[
                &[
                    "report",
                    "compare",
                    "David Osei",
                    "Margaret Jordan",
                    "--format",
                    format,
                ],
                &["search", "tanker", "--format", format],
            ],
        );
    }
}

#[test]
fn searches_show_what_was_found_and_where() {
    hold_all(
        "search",
        &[
            &["search", "court antwerp", "--format", "table"],
            &["search", "水素", "--format", "table"],
            &[
                "search",
                "entity:person:Jordan",
                "--facets",
                "--format",
                "table",
            ],
            &["search", "--list", "--format", "table"],
        ],
    );
}

#[test]
fn the_archive_is_read_in_sql_and_by_article() {
    hold_all(
        "sql",
        &[
            &[
                "sql",
                "select id, published_at, title, word_count * 1000 as n_letters from articles order by id",
                "--format",
                "table",
            ],
            &[
                "sql",
                "select kind, count(*) from entities where n_articles > 0 group by 1",
                "--format",
                "table",
            ],
            &["show", "4"],
            &["entity", "list", "--limit", "8", "--format", "table"],
            &["entity", "show", "Margaret Jordan", "--format", "table"],
            &["watchlist", "list", "--format", "table"],
            &["status", "--format", "table"],
            &["doctor", "--format", "table"],
        ],
    );
    hold_all("schema", &[&["schema", "entities", "--format", "table"]]);
}

#[test]
fn help_says_what_to_type() {
    hold_all(
        "help",
        &[
            &["--help"],
            &["search", "--help"],
            &["report", "--help"],
            &["report", "entity", "--help"],
        ],
    );
}

#[test]
fn what_goes_wrong_is_said_in_words() {
    hold_all(
        "messages",
        &[
            &["report", "entity", "Davide Oseï"],
            &["report", "entity", "Zzyzx"],
            &[
                "report", "entity", "Jordan", "--limit", "1", "--format", "table",
            ],
            &[
                "report",
                "entity",
                "Meridian Shipping",
                "--limit",
                "1",
                "--format",
                "table",
            ],
            &["entity", "rename", "Meridian Shipping", "Meridian"],
            &["report", "entities", "--kind", "robot"],
            &["report", "entities", "--since", "yesteryear"],
            &[
                "report", "entities", "--since", "1999", "--until", "2000", "--format", "table",
            ],
            &["report", "--source", "Harbor Courier"],
            &["search", "(tanker AND"],
            &["search", "titel:tanker"],
            &["search", "entity:Ozei"],
            &["search", "walrus", "--format", "table"],
            &["sql", "select nmae from entities"],
            &["sql", "select * from article"],
            &["sql", "delete from articles"],
            &["show", "99"],
            &["ingest", "nowhere.txt"],
            &["inspect", "inbox"],
            &["report", "--archive", "missing.db"],
            &["report", "--archive", "board.csv"],
            &["serch", "tanker"],
            &["backup", "today.db"],
            &["verify", "nowhere"],
            &["export", "people", "--output", "people.csv"],
            &["watchlist", "add", "empty", "missing.csv"],
            &["report", "--output", "figure.gif"],
        ],
    );
}
