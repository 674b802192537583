use rusqlite::Connection;

use crate::support::{Desk, STORY};

#[test]
fn an_archive_of_the_first_schema_is_upgraded_with_its_articles() {
    let desk = Desk::new();
    let old = Connection::open(desk.path("archive.db")).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_articles.sql"))
        .unwrap();
    old.execute_batch(
        "insert into files (path, name, size, state, received_at) values ('a', 'a', 1, 'stored', '2020-01-01T00:00:00Z');
         insert into articles (key, title, title_origin, body, word_count, file_id, ingested_at)
         values ('k', 'Harbour strike', 'headline', 'The harbour is shut.', 4, 1, '2020-01-01T00:00:00Z');
         pragma application_id = 1835426664;
         pragma user_version = 1;",
    )
    .unwrap();
    drop(old);
    desk.stdout(&["reanalyze", "--diff"]);
    desk.put("b.txt", STORY).stdout(&["ingest", "b.txt"]);
    assert!(
        desk.stdout(&["search", "harbour"])
            .contains("Harbour strike")
    );
    assert_eq!(desk.count("select count(*) from v_articles"), 2);
}

#[test]
fn a_newer_archive_and_another_programs_database_are_left_alone() {
    let desk = Desk::new();
    desk.put("b.txt", STORY);
    desk.sql()
        .execute_batch(
            "pragma application_id = 1835426664; create table t (x); pragma user_version = 999",
        )
        .unwrap();
    assert!(
        desk.refusal(&["ingest", "b.txt"])
            .contains("newer microfiche")
    );
    desk.sql()
        .execute_batch("pragma application_id = 7; pragma user_version = 1")
        .unwrap();
    assert!(
        desk.refusal(&["ingest", "b.txt"])
            .contains("not a microfiche archive")
    );
}

#[test]
fn a_missing_and_a_damaged_archive_are_told_apart() {
    let desk = Desk::new();
    assert!(desk.refusal(&["report"]).contains("no archive"));
    desk.put(
        "archive.db",
        "no database at all, only words and more words",
    )
    .put("b.txt", STORY);
    assert!(
        desk.refusal(&["ingest", "b.txt"])
            .contains("damaged or not an SQLite database")
    );
}
