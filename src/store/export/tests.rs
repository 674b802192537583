use rusqlite::Connection;

use super::*;
use crate::domain::export::ColumnType;
use crate::store::Store;

fn archive() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("archive.db")).unwrap();
    (folder, store)
}

fn columns_of(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection
        .prepare("select name from pragma_table_info(?1) order by cid")
        .unwrap();
    let names = statement.query_map([table], |row| row.get(0)).unwrap();
    names.collect::<Result<_, _>>().unwrap()
}

#[test]
fn columns_are_those_of_the_views() {
    let (_folder, store) = archive();
    for (dataset, view) in [
        (Dataset::Articles, "v_articles"),
        (Dataset::Entities, "v_entities"),
        (Dataset::Mentions, "v_mentions"),
        (Dataset::Graph, "v_cooccurrence"),
        (Dataset::Roles, "v_roles"),
    ] {
        let names: Vec<&str> = dataset.columns().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, columns_of(&store.connection, view), "{view}");
    }
}

#[test]
fn every_dataset_gives_as_many_values_as_columns() {
    let (_folder, store) = archive();
    for (dataset, sql) in [
        (Dataset::Articles, ARTICLES),
        (Dataset::Entities, ENTITIES),
        (Dataset::Entities, ALL_ENTITIES),
        (Dataset::Mentions, MENTIONS),
        (Dataset::Quotes, QUOTES),
        (Dataset::Roles, ROLES),
        (Dataset::Dates, DATES),
    ] {
        let statement = store.connection.prepare(sql).unwrap();
        assert_eq!(statement.column_count(), dataset.columns().len(), "{sql}");
    }
}

#[test]
fn rows_pass_in_the_order_of_their_numbers_without_being_sorted() {
    let (_folder, store) = archive();
    for sql in [ARTICLES, ENTITIES, MENTIONS, QUOTES, ROLES, DATES] {
        let mut plan = store
            .connection
            .prepare(&format!("explain query plan {sql}"))
            .unwrap();
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get("detail").unwrap();
            // Counting the articles of one name takes a small tree.
            let is_sorted = step.contains("TEMP B-TREE") && !step.contains("count(DISTINCT)");
            assert!(!is_sorted, "{step} in {sql}");
        }
    }
}

#[test]
fn every_table_has_its_place_in_a_subset() {
    let (_folder, store) = archive();
    let subset = include_str!("subset.sql");
    let mut tables = store
        .connection
        .prepare(
            "select name from pragma_table_list
             where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite_%'",
        )
        .unwrap();
    let names = tables.query_map([], |row| row.get(0)).unwrap();
    for name in names {
        let name: String = name.unwrap();
        let is_kept = subset.contains(&format!("insert into main.{name}\n"))
            || subset.contains(&format!("insert into main.{name} "));
        // What the archive's owner looks for is nobody else's business; articles_cjk is filled by the program.
        let is_own = ["daemon", "saved_searches", "articles_cjk"].contains(&name.as_str());
        assert!(is_kept || is_own, "{name} is not in subset.sql");
    }
}

#[test]
fn numbers_of_datasets_are_whole() {
    for dataset in Dataset::ALL {
        for (name, of) in dataset.columns() {
            let is_number =
                name.ends_with("id") && *name != "wikidata_id" || name.starts_with("n_");
            assert!(!is_number || *of == ColumnType::Integer, "{name}");
        }
    }
}
