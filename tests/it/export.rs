use std::collections::BTreeSet;
use std::fs::{self, File};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Desk, STORY};

const HARBOUR: &str = "Harbour strike ends\n\nBERGEN, Feb. 9, 2016 (Reuters) -- Transport Minister Kari Solberg met Jonas Berg of Fjord Lines Ltd in Bergen on Tuesday. \"The strike is over,\" said Kari Solberg, naïve or not.\n\nSolberg left for Oslo.\n";
const OLD: &str = "Old quay burns\n\nHAMBURG, March 3, 2015 (Reuters) -- Angela Merkel saw the quay of Hamburg, said Kari Solberg.\n\nMerkel, \"angry, very\", left.\n";

/// Three articles of two outlets, taken through the inbox.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in [
        ("ferry.txt", STORY),
        ("harbour.txt", HARBOUR),
        ("old.txt", OLD),
    ] {
        desk.put(&format!("inbox/{name}"), text);
        desk.stdout(&["watch", "--once"]);
    }
    desk
}

fn case(desk: &Desk, filters: &[&str]) {
    let args = [&["export", "--bundle", "case"], filters].concat();
    desk.stdout(&args);
}

fn csv_rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().collect::<Result<_, _>>().unwrap()
}

#[test]
fn each_dataset_has_the_rows_that_sql_counts() {
    let desk = desk();
    for (dataset, query) in [
        ("articles", "select count(*) from v_articles"),
        ("entities", "select count(*) from v_entities"),
        ("mentions", "select count(*) from v_mentions"),
        (
            "graph",
            "select count(*) from v_cooccurrence where entity_id < other_id",
        ),
        ("quotes", "select count(*) from quotes"),
        ("roles", "select count(*) from roles"),
        ("dates", "select count(*) from dates"),
    ] {
        let csv = desk.stdout(&["export", dataset, "--format", "csv"]);
        let lines = desk.stdout(&["export", dataset]);
        let n = desk.count(query);
        assert!(n > 0, "{dataset}");
        assert_eq!(csv_rows(&csv).len() as i64, n, "{dataset}");
        assert_eq!(lines.lines().count() as i64, n, "{dataset}");
        lines
            .lines()
            .for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap()));
    }
}

#[test]
fn filters_narrow_as_those_of_reports_do() {
    let desk = desk();
    let titles = |filters: &[&str]| {
        let csv = desk.stdout(&[&["export", "articles", "--format", "csv"], filters].concat());
        let rows = csv_rows(&csv);
        let titles = rows.iter().map(|row| row[1].to_owned());
        titles.collect::<Vec<String>>().join(", ")
    };
    for (filters, meant) in [
        (
            &["--since", "2016"][..],
            "Ferry line reopens, Harbour strike ends",
        ),
        (
            &["--until", "2016-01"],
            "Ferry line reopens, Old quay burns",
        ),
        (
            &["--source", "reuters"],
            "Harbour strike ends, Old quay burns",
        ),
        (
            &["--entity", "Angela Merkel"],
            "Ferry line reopens, Old quay burns",
        ),
        (
            &["--search", "quay OR strike", "--since", "2016"],
            "Harbour strike ends",
        ),
        (&["--since", "2020"], ""),
    ] {
        assert_eq!(titles(filters), meant, "{filters:?}");
    }
}

#[test]
fn sums_are_those_of_the_chosen_articles() {
    let desk = desk();
    let row = |filters: &[&str]| {
        let csv = desk.stdout(&[&["export", "entities", "--format", "csv"], filters].concat());
        let rows = csv_rows(&csv);
        let row = rows.iter().find(|row| &row[2] == "Kari Solberg").unwrap();
        (row[6].to_owned(), row[7].to_owned())
    };
    assert_eq!(row(&[]), ("2".into(), "2015-03-03".into()));
    assert_eq!(row(&["--since", "2016"]), ("1".into(), "2016-02-09".into()));
    let kinds = desk.stdout(&["export", "graph", "--kind", "person", "--format", "csv"]);
    for row in csv_rows(&kinds) {
        assert_eq!((&row[2], &row[5]), ("person", "person"));
    }
}

#[test]
fn an_existing_file_stays_and_what_fails_leaves_none() {
    let desk = desk();
    desk.put("out.csv", "mine");
    let refusal = desk.refusal(&["export", "articles", "--output", "out.csv"]);
    assert!(refusal.contains("--force"), "{refusal}");
    assert_eq!(fs::read(desk.path("out.csv")).unwrap(), b"mine");
    desk.stdout(&["export", "articles", "--output", "out.csv", "--force"]);
    assert_eq!(
        csv_rows(&fs::read_to_string(desk.path("out.csv")).unwrap()).len(),
        3
    );
    let refusal = desk.refusal(&[
        "export", "articles", "--search", "\"open", "--output", "bad.csv",
    ]);
    assert!(refusal.contains("microfiche:"), "{refusal}");
    let left = desk.shell("ls -a");
    assert!(
        !left.contains("bad.csv") && !left.contains(".part"),
        "{left}"
    );
}

#[test]
fn a_request_that_cannot_be_met_is_refused_in_words() {
    let desk = desk();
    for (args, words) in [
        (&["export", "articles", "mentions"][..], "one dataset"),
        (&["export", "articles", "--kind", "person"], "--kind"),
        (&["export", "quotes", "--format", "ftm"], "FollowTheMoney"),
        (&["export", "quotes", "--format", "sqlite"], "--output"),
        (
            &["export", "quotes", "--output", "q.xlsx"],
            "spreadsheets open .csv",
        ),
        (
            &["export", "graph", "--output", "g.gexf"],
            "report network --graph",
        ),
        (&["export", "graph", "--output", "g.txt"], "say --format"),
        (&["export", "quotes", "--source", "Kyodo"], "no outlet"),
        (
            &["export", "quotes", "--output", "/dev/null", "--force"],
            "no plain file",
        ),
        (
            &["export", "quotes", "--output", "inbox", "--force"],
            "no plain file",
        ),
        (
            &["export", "--bundle", "case", "--since", "2030"],
            "no article",
        ),
        (&["export", "--bundle", "inbox/../filed"], "exists"),
    ] {
        let refusal = desk.refusal(args);
        assert!(refusal.contains(words), "{args:?}: {refusal}");
    }
    assert!(!desk.path("case").exists() && !desk.path("case.part").exists());
}

#[test]
fn parquet_reads_back_with_types_and_gaps() {
    let desk = desk();
    desk.stdout(&["export", "articles", "--output", "a.parquet"]);
    let reader = SerializedFileReader::new(File::open(desk.path("a.parquet")).unwrap()).unwrap();
    let rows: Vec<_> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), 3);
    let names: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
    assert_eq!((names[0].as_str(), names[14].as_str()), ("id", "body"));
    assert_eq!(rows[1].get_string(1).unwrap(), "Harbour strike ends");
    assert!(rows[1].get_string(14).unwrap().contains("naïve"));
    let words = desk.count("select word_count from articles where id = 2");
    assert_eq!(rows[1].get_long(11).unwrap(), words);
    // No subtitle is no value, not an empty text.
    assert!(rows[1].get_string(2).is_err());
}

#[test]
fn sqlite_holds_plain_tables_of_what_was_asked_for() {
    let desk = desk();
    desk.stdout(&["export", "mentions", "articles", "--output", "plain.sqlite"]);
    let plain = Connection::open(desk.path("plain.sqlite")).unwrap();
    let count = |sql: &str| {
        plain
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(count("select count(*) from articles"), 3);
    assert_eq!(
        count("select count(*) from mentions"),
        desk.count("select count(*) from mentions")
    );
    assert_eq!(
        count("select count(*) from sqlite_schema where type = 'table'"),
        2
    );
}

/// What the schemata of FollowTheMoney 4 allow, of what is used here.
const PROPERTIES: [(&str, &[&str]); 10] = [
    (
        "Article",
        &[
            "title",
            "summary",
            "publisher",
            "keywords",
            "language",
            "sourceUrl",
            "publishedAt",
            "fileName",
            "bodyText",
            "retrievedAt",
            "author",
        ],
    ),
    (
        "Person",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
            "position",
        ],
    ),
    (
        "Organization",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
        ],
    ),
    (
        "Company",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
        ],
    ),
    (
        "PublicBody",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
        ],
    ),
    (
        "LegalEntity",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
        ],
    ),
    (
        "Address",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
            "full",
            "latitude",
            "longitude",
        ],
    ),
    (
        "Event",
        &[
            "name",
            "alias",
            "weakAlias",
            "description",
            "country",
            "wikidataId",
        ],
    ),
    (
        "Mention",
        &["document", "resolved", "detectedSchema", "name"],
    ),
    ("UnknownLink", &["subject", "object", "role"]),
];

#[test]
fn followthemoney_entities_are_of_its_schemata_and_point_to_each_other() {
    let desk = desk();
    let text = desk.stdout(&[
        "export", "articles", "entities", "mentions", "graph", "--format", "ftm",
    ]);
    let entities: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: BTreeSet<&str> = entities
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), entities.len());
    assert!(ids.iter().all(|id| id.starts_with("mf-")));
    for entity in &entities {
        let schema = entity["schema"].as_str().unwrap();
        let (_, allowed) = PROPERTIES.iter().find(|(name, _)| *name == schema).unwrap();
        for (property, values) in entity["properties"].as_object().unwrap() {
            assert!(allowed.contains(&property.as_str()), "{schema}.{property}");
            for value in values.as_array().unwrap() {
                let value = value.as_str().unwrap();
                let is_reference =
                    ["document", "resolved", "subject", "object"].contains(&property.as_str());
                assert!(!is_reference || ids.contains(value), "{schema}.{property}");
            }
        }
    }
    let with = |schema: &str, property: &str, value: &str| {
        entities.iter().any(|it| {
            it["schema"] == schema
                && it["properties"][property]
                    .as_array()
                    .is_some_and(|all| all.contains(&value.into()))
        })
    };
    assert!(with("Person", "position", "Transport Minister"));
    assert!(with("Person", "weakAlias", "Solberg"));
    assert!(with("Company", "name", "Fjord Lines Ltd"));
    assert!(
        with("Article", "publisher", "Reuters") && with("Article", "publishedAt", "2016-02-09")
    );
}

#[test]
fn followthemoney_ids_are_the_same_in_every_archive() {
    let (one, other) = (desk(), Desk::new());
    other.put("inbox/harbour.txt", HARBOUR);
    other.stdout(&["watch", "--once"]);
    let ids = |desk: &Desk| {
        let text = desk.stdout(&[
            "export", "articles", "entities", "--format", "ftm", "--search", "harbour",
        ]);
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].to_string();
        text.lines().map(id).collect::<BTreeSet<String>>()
    };
    assert!(!ids(&other).is_empty());
    assert_eq!(ids(&one), ids(&other));
}

#[test]
fn a_case_is_whole_and_can_be_checked_without_microfiche() {
    let desk = desk();
    case(&desk, &["--since", "2016"]);
    desk.stdout(&["verify", "case"]);
    desk.shell("cd case && sha256sum -c SHA256SUMS");
    assert_eq!(desk.shell("cat case/files/000/*-harbour.txt"), HARBOUR);
    assert!(!desk.path("case.part").exists());
    let manifest: Value =
        serde_json::from_slice(&fs::read(desk.path("case/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["filters"]["since"], "2016");
    assert_eq!(manifest["counts"]["articles"], 2);
    assert_eq!(
        csv_rows(&fs::read_to_string(desk.path("case/articles.csv")).unwrap()).len(),
        2
    );
}

#[test]
fn the_archive_of_a_case_speaks_of_its_articles_alone() {
    let desk = desk();
    case(&desk, &["--since", "2016"]);
    let archive = Connection::open(desk.path("case/archive.db")).unwrap();
    let text = |sql: &str| {
        let value = archive.query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0));
        format!("{:?}", value.unwrap())
    };
    for (sql, meant) in [
        ("pragma integrity_check", "Text(\"ok\")"),
        (
            "select count(*) from pragma_foreign_key_check",
            "Integer(0)",
        ),
        ("select group_concat(id) from articles", "Text(\"1,2\")"),
        (
            "select n_articles from v_entities where name = 'Kari Solberg'",
            "Integer(1)",
        ),
        (
            "select count(*) from entities where name = 'Hamburg'",
            "Integer(0)",
        ),
        (
            "select rowid from articles_fts where articles_fts match 'solberg'",
            "Integer(2)",
        ),
        (
            "select count(*) from articles_fts where articles_fts match 'quay'",
            "Integer(0)",
        ),
        (
            "select count(*) from files where filed_as like 'files/000/%.txt'",
            "Integer(2)",
        ),
    ] {
        assert_eq!(text(sql), meant, "{sql}");
    }
    // microfiche itself works on it, and leaves it as it is.
    desk.stdout(&["--archive", "case/archive.db", "doctor"]);
    desk.stdout(&["--archive", "case/archive.db", "search", "solberg"]);
    desk.stdout(&["verify", "case"]);
}

#[test]
fn decisions_and_lists_go_with_a_case_as_far_as_they_concern_it() {
    let desk = desk();
    desk.put("board.csv", "name\nKari Solberg\nAngela Merkel\n");
    desk.stdout(&["watchlist", "add", "board", "board.csv"]);
    for decision in [
        &["merge", "Jonas Berg", "Kari Solberg"][..],
        &["ignore", "Bergen"],
        &["rename", "Angela Merkel", "Chancellor Merkel"],
        &["ignore", "Hamburg"],
        &["undo"],
    ] {
        desk.stdout(&[&["entity"], decision].concat());
    }
    case(&desk, &["--search", "strike"]);
    desk.stdout(&["verify", "case"]);
    let archive = Connection::open(desk.path("case/archive.db")).unwrap();
    let count = |sql: &str| {
        archive
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    for (sql, meant) in [
        ("select count(*) from articles", 1),
        ("select count(*) from corrections where action = 'merge'", 1),
        (
            "select count(*) from corrections where to_name = 'Chancellor Merkel'",
            0,
        ),
        (
            "select count(*) from ignored_mentions where text = 'Bergen'",
            1,
        ),
        ("select count(*) from watchlist_entries", 1),
        (
            "select count(*) from entity_names where name = 'Jonas Berg' and n_articles = 1",
            1,
        ),
    ] {
        assert_eq!(count(sql), meant, "{sql}");
    }
    // A decision can still be undone there.
    desk.stdout(&["--archive", "case/archive.db", "entity", "log"]);
    desk.stdout(&["--archive", "case/archive.db", "entity", "undo", "1"]);
    assert_eq!(
        count("select count(*) from v_entities where name = 'Jonas Berg'"),
        1
    );
}

#[test]
fn whatever_is_done_to_a_case_is_named() {
    for (done, named) in [
        (
            "for file in case/files/000/*-harbour.txt; do printf x >> $file; done",
            "-harbour.txt: changed",
        ),
        ("rm case/files/000/*-ferry.txt", "-ferry.txt: missing"),
        (
            "echo > case/files/new.txt",
            "files/new.txt: was not part of it",
        ),
        (
            "sed -i 's/\"2016\"/\"2017\"/' case/manifest.json",
            "manifest.json: changed",
        ),
        ("echo x >> case/SHA256SUMS", "SHA256SUMS: changed"),
        ("rm case/SHA256SUMS", "SHA256SUMS: missing"),
        (
            "mv case/README.txt . && ln -s ../README.txt case/README.txt",
            "README.txt: is no file any longer",
        ),
        ("echo nothing > case/archive.db", "archive.db: changed"),
    ] {
        let desk = desk();
        case(&desk, &["--since", "2016"]);
        desk.shell(done);
        let refusal = desk.refusal(&["verify", "case"]);
        assert!(refusal.contains(named), "{done}: {refusal}");
    }
}

#[test]
fn an_archive_that_was_changed_inside_is_known_by_its_offsets() {
    let desk = desk();
    case(&desk, &[]);
    let archive = Connection::open(desk.path("case/archive.db")).unwrap();
    archive
        .execute("update mentions set start = start + 1 where id = 1", [])
        .unwrap();
    drop(archive);
    let refusal = desk.refusal(&["verify", "case"]);
    assert!(refusal.contains("archive.db: changed"), "{refusal}");
    assert!(refusal.contains("mentions whose text"), "{refusal}");
}

#[test]
fn an_original_that_is_gone_or_changed_is_named_and_stops_nothing() {
    let desk = Desk::new();
    desk.put("gone.txt", STORY)
        .put("changed.txt", HARBOUR)
        .put("kept.txt", OLD);
    desk.stdout(&["ingest", "gone.txt", "changed.txt", "kept.txt"]);
    fs::remove_file(desk.path("gone.txt")).unwrap();
    desk.put("changed.txt", "something else");
    case(&desk, &[]);
    let manifest: Value =
        serde_json::from_slice(&fs::read(desk.path("case/manifest.json")).unwrap()).unwrap();
    let missing: BTreeSet<&str> = manifest["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["reason"].as_str().unwrap())
        .collect();
    let reasons = [
        "it has changed since it was read",
        "it is no longer where it was",
    ];
    assert_eq!(missing, BTreeSet::from(reasons));
    assert!(desk.shell("ls case/files/000").contains("kept.txt"));
    desk.stdout(&["verify", "case"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    let desk = desk();
    for format in ["csv", "ndjson", "ftm"] {
        let program = env!("CARGO_BIN_EXE_microfiche");
        let said = desk.shell(&format!(
            "{program} export articles --format {format} 2>&1 >/dev/full | head -1; {program} export articles --format {format} | true"
        ));
        assert!(said.contains("microfiche:"), "{said}");
    }
}
