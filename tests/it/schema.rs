use serde_json::Value;

use crate::support::{Desk, STORY};

fn told(desk: &Desk) -> Value {
    serde_json::from_str(&desk.stdout(&["schema", "--format", "json"])).unwrap()
}

fn texts(desk: &Desk, query: &str) -> Vec<(String, String)> {
    let archive = desk.sql();
    let mut statement = archive.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

const COLUMNS: &str = "select tables.name, columns.name
    from pragma_table_list as tables, pragma_table_info(tables.name) as columns
    where tables.schema = 'main' and tables.type <> 'shadow' and tables.name not like 'sqlite%'";

#[test]
fn every_column_of_the_archive_stands_in_the_schema() {
    let desk = Desk::new();
    let before = told(&desk);
    desk.put("a.txt", STORY).stdout(&["ingest", "a.txt"]);
    let schema = told(&desk);
    assert_eq!(before, schema, "a new archive is as told without one");
    let columns = texts(&desk, COLUMNS);
    assert!(columns.len() > 150);
    for (table, column) in columns {
        let rows = schema[&table].as_array().unwrap();
        assert!(
            rows.iter().any(|row| row["column"] == column),
            "{table}.{column}"
        );
    }
}

/// Names that say what they hold, or do so beside the comment of their table.
const PLAIN: [&str; 41] = [
    "id",
    "name",
    "title",
    "subtitle",
    "text",
    "body",
    "kind",
    "key",
    "start",
    "end",
    "url",
    "section",
    "word_count",
    "ingested_at",
    "received_at",
    "made_at",
    "added_at",
    "started_at",
    "updated_at",
    "attempts",
    "description",
    "wikidata_id",
    "confidence",
    "pid",
    "version",
    "inbox",
    "note",
    "hash",
    "keyword",
    "state",
    "reason",
    "sentence",
    "action",
    "member",
    "origin",
    "precision",
    "first_seen",
    "last_seen",
    "to_key",
    "to_name",
    "saved_at",
];

#[test]
fn every_column_is_explained_by_a_comment_a_reference_or_its_name() {
    let desk = Desk::new();
    let schema = told(&desk);
    let mut bare = Vec::new();
    for (table, rows) in schema.as_object().unwrap() {
        if table == "indexes" || table == "examples" {
            continue;
        }
        for row in rows.as_array().unwrap() {
            let name = row["column"].as_str().unwrap();
            let refers = row["rules"]
                .as_str()
                .is_some_and(|rules| rules.contains('→') || rules.contains("one of"));
            let counts = name.starts_with("n_");
            if row["what it holds"].is_null() && !refers && !counts && !PLAIN.contains(&name) {
                bare.push(format!("{table}.{name}"));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn every_example_runs() {
    let desk = Desk::new();
    desk.put("a.txt", STORY).stdout(&["ingest", "a.txt"]);
    let schema = told(&desk);
    for example in schema["examples"].as_array().unwrap() {
        desk.stdout(&["sql", example["query"].as_str().unwrap()]);
    }
}

#[test]
fn one_table_is_told_by_itself_and_comments_of_later_columns_are_kept() {
    let desk = Desk::new();
    let articles = desk.stdout(&["schema", "articles", "--format", "ndjson"]);
    assert!(articles.contains("full, summary"), "{articles}");
    assert!(
        desk.stdout(&["schema", "roles"])
            .contains("body, quotation")
    );
    let entities = desk.stdout(&["schema", "entities", "--format", "markdown"]);
    let kinds =
        "one of person, organization, location, facility, group, event, law, work, product, other";
    assert!(entities.contains(kinds), "{entities}");
    assert!(desk.stdout(&["schema", "daemon"]).contains("id = 1"));
    assert!(entities.contains("articles that mention it"), "{entities}");
    let hint = desk.refusal(&["schema", "mention"]);
    assert!(hint.contains("did you mean mentions?"), "{hint}");
}
