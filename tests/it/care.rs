use std::fs;

use crate::support::{Desk, STORY};

#[test]
fn the_doctor_finds_what_is_not_where_it_should_be() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    assert!(!desk.stdout(&["doctor"]).contains("look"));
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    fs::remove_file(desk.path(&filed)).unwrap();
    desk.sql()
        .execute("update mentions set text = 'x'", [])
        .unwrap();
    let output = desk.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    let findings = String::from_utf8(output.stdout).unwrap();
    assert_eq!(findings.matches("\"look\"").count(), 2, "{findings}");
}

#[test]
fn a_failed_file_is_tried_again_on_demand() {
    let desk = Desk::new();
    desk.put("config.toml", "[inbox]\nmax_file_bytes = 20\n")
        .put("inbox/sub/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    assert!(desk.path("failed/sub/a.txt.why.txt").exists());
    fs::remove_file(desk.path("config.toml")).unwrap();
    desk.stdout(&["retry"]);
    assert!(
        desk.path("inbox/sub/a.txt").exists() && !desk.path("failed/sub/a.txt.why.txt").exists()
    );
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from files"), 1);
    assert_eq!(desk.count("select count(*) from articles"), 1);
}

#[test]
fn a_backup_is_an_archive_of_its_own_and_overwrites_nothing() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.stdout(&["ingest", "a.txt"]);
    desk.stdout(&["backup", "copy.db"]);
    assert!(
        desk.stdout(&["search", "ferry", "--archive", "copy.db"])
            .contains("Ferry")
    );
    assert!(desk.refusal(&["backup", "copy.db"]).contains("exists"));
}

#[test]
fn completions_know_the_commands() {
    let script = Desk::new().stdout(&["completions", "bash"]);
    assert!(script.contains("microfiche") && script.contains("ingest"));
}
