use std::fs;

use crate::support::{Desk, STORY};

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY).stdout(&["ingest", "a.txt"]);
    desk
}

const LONG: &str = "with recursive n(x) as (select 1 union all select x + 1 from n limit 9999) select x, 'harbour' from n";

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let desk = filled();
    for format in ["table", "csv", "json", "ndjson", "markdown"] {
        let program = env!("CARGO_BIN_EXE_microfiche");
        let line = format!(
            "{{ {program} sql --format {format} \"{LONG}\" 2> errors; echo $? > code; }} | head -1"
        );
        desk.shell(&line);
        assert_eq!(
            fs::read_to_string(desk.path("code")).unwrap(),
            "0\n",
            "{format}"
        );
        assert_eq!(
            fs::read_to_string(desk.path("errors")).unwrap(),
            "",
            "{format}"
        );
    }
}

#[test]
fn color_is_for_terminals_and_for_those_who_ask() {
    let desk = filled();
    let table = |color: &[&str]| {
        let args = ["sql", "select 1 as x", "--format", "table"];
        desk.stdout(&[&args, color].concat())
    };
    assert!(!table(&[]).contains('\x1b'));
    assert!(!table(&["--color", "never"]).contains('\x1b'));
    assert!(table(&["--color", "always"]).contains("\x1b[1m"));
}

#[test]
fn a_table_is_as_wide_as_the_environment_says_and_csv_is_whole() {
    let desk = filled();
    let program = env!("CARGO_BIN_EXE_microfiche");
    let query = "select 20160 as n, body, '2016-01-05T09:30:00Z' as at from articles";
    let run = |format: &str| {
        desk.shell(&format!(
            "COLUMNS=60 TZ=Asia/Tokyo {program} sql --format {format} \"{query}\""
        ))
    };
    let table = run("table");
    assert!(
        table.lines().all(|line| line.chars().count() <= 60),
        "{table}"
    );
    assert!(
        table.contains("20,160") && table.contains("2016-01-05 18:30"),
        "{table}"
    );
    let csv = run("csv");
    assert!(
        csv.contains("20160,") && csv.contains("2016-01-05T09:30:00Z"),
        "{csv}"
    );
}

#[test]
fn json_keeps_the_order_of_columns_and_every_column() {
    let desk = filled();
    let json = |query: &str| desk.stdout(&["sql", "--format", "ndjson", query]);
    assert_eq!(
        json("select 1 as z, 2 as a, null as m"),
        "{\"z\":1,\"a\":2,\"m\":null}\n"
    );
    assert_eq!(
        json("select 1 as id, 2 as id, 3 as id_2, 4 as id"),
        "{\"id\":1,\"id_3\":2,\"id_2\":3,\"id_4\":4}\n"
    );
    let csv = desk.stdout(&["sql", "--format", "csv", "select 1 as id, 2 as id"]);
    assert_eq!(csv, "id,id\n1,2\n");
    let report = desk.stdout(&["report", "entities", "--format", "ndjson"]);
    assert!(
        report.starts_with("{\"section\":\"top_people\",\"kind\":\"person\",\"name\":"),
        "{report}"
    );
    let report = desk.stdout(&["report", "--format", "json"]);
    let place = |key: &str| report.find(&format!("\n  \"{key}\": [")).unwrap();
    assert!(place("archive") < place("top_people"), "{report}");
    let inspected = desk.stdout(&["inspect", "a.txt", "--format", "ndjson"]);
    assert!(inspected.starts_with("{\"file\":"), "{inspected}");
}

#[test]
fn every_command_has_a_manual_page() {
    let desk = Desk::new();
    desk.stdout(&["man", "--into", "pages"]);
    let help = desk.stdout(&["help"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    for line in commands.split("\n\n").next().unwrap().lines() {
        let name = line.split_whitespace().next().unwrap();
        let page = fs::read_to_string(desk.path(&format!("pages/microfiche-{name}.1")));
        assert!(page.unwrap().contains(".SH SYNOPSIS"), "{name}");
        if name != "help" {
            let page = desk.stdout(&["man", name]);
            assert!(page.contains("Examples:"), "{name}: {page}");
        }
    }
    assert!(desk.stdout(&["man"]).contains(".SH NAME"));
    assert!(
        desk.stdout(&["man", "entity", "merge"])
            .contains(".SH NAME")
    );
    assert!(
        desk.refusal(&["man", "nothing"])
            .contains("microfiche help")
    );
}
