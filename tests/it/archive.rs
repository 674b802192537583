use std::fs;
use std::path::Path;

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

/// The schema of the last program before this one; later migrations are tested with the programs that follow them.
const LAST_RELEASED: usize = 13;

/// The migrations in their order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let read = |path| fs::read_to_string(path).unwrap();
    paths.iter().map(read).collect()
}

/// An archive as the program of that schema left it, with one article.
fn archive_of_schema(desk: &Desk, version: usize) {
    let old = Connection::open(desk.path("archive.db")).unwrap();
    let migrations = migrations();
    old.execute_batch(&migrations[0]).unwrap();
    old.execute_batch(
        "insert into files (path, name, size, hash, state, received_at)
         values ('a', 'a', 1, 'h', 'stored', '2020-01-01T00:00:00Z');
         insert into articles (key, title, title_origin, body, word_count, file_id, ingested_at)
         values ('k', 'Harbour strike', 'headline', 'The harbour of Ørstad is shut for 3.5 days.', 8, 1, '2020-01-01T00:00:00Z');",
    )
    .unwrap();
    for migration in &migrations[1..version] {
        old.execute_batch(migration).unwrap();
    }
    old.execute_batch(&format!(
        "pragma application_id = 1835426664; pragma user_version = {version}"
    ))
    .unwrap();
}

#[test]
fn every_older_schema_is_upgraded_and_knows_the_articles_that_it_has() {
    for version in 1..=LAST_RELEASED {
        let desk = Desk::new();
        archive_of_schema(&desk, version);
        desk.put(
            "again.md",
            "# Harbour strike\n\nThe harbour of Ørstad is shut for 3.5 days.\n",
        )
        .put("b.txt", STORY);
        desk.stdout(&["ingest", "again.md", "b.txt"]);
        assert_eq!(
            desk.count("select count(*) from v_articles"),
            2,
            "schema {version}"
        );
        assert!(
            desk.stdout(&["search", "orstad"])
                .contains("Harbour strike"),
            "schema {version}"
        );
    }
}

#[test]
fn a_migration_that_fails_leaves_the_old_archive_as_it_was() {
    let desk = Desk::new();
    archive_of_schema(&desk, 12);
    // In the way of a table that a later migration makes.
    desk.sql()
        .execute_batch("create table story_links (x)")
        .unwrap();
    desk.put("b.txt", STORY);
    desk.refusal(&["ingest", "b.txt"]);
    assert_eq!(desk.count("pragma user_version"), 12);
    assert_eq!(desk.count("select count(*) from articles"), 1);
    desk.sql().execute_batch("drop table story_links").unwrap();
    desk.stdout(&["ingest", "b.txt"]);
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
