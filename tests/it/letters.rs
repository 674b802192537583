use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::support::Desk;

fn input(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    fs::read(folder.join(name)).unwrap()
}

fn taken_in(names: &[&str]) -> Desk {
    let desk = Desk::new();
    for name in names {
        desk.put(&format!("in/{name}"), input(name));
    }
    desk.stdout(&["ingest", "in"]);
    desk
}

fn text(desk: &Desk) -> String {
    let sql = desk.sql();
    let query = "select group_concat(title || char(10) || coalesce(subtitle, '') || char(10) || body, char(10)) from articles";
    sql.query_row(query, [], |row| row.get(0)).unwrap()
}

fn n_found(desk: &Desk, query: &str) -> usize {
    desk.stdout(&["search", query, "--format", "ndjson"])
        .lines()
        .count()
}

#[test]
fn accents_quotation_marks_and_dashes_are_whole_whatever_the_label_says() {
    for (name, parts) in [
        (
            "claims-utf8-is-1252.html",
            &[
                "Le cœur du port",
                "Cœur de la ville – “Nothing is sure”, says René Lebœuf. The price is €5 …",
            ][..],
        ),
        (
            "feed-claims-utf8.xml",
            &["René Lebœuf quits", "René Lebœuf said “no”."],
        ),
        (
            "iso2022jp-declared.html",
            &["港", "大阪市の港湾委員会", "欠席した。"],
        ),
        (
            "one-bad-byte.txt",
            &[
                "René Lebœuf said “no” to",
                "André Müller’s café stays open. \u{fffd} Shop",
            ],
        ),
        ("ascii.eml", &["Café shut", "The café on the quay"]),
        ("nfd.txt", &["Café row in Zürich", "Dvořák had run it"]),
    ] {
        let desk = taken_in(&[name]);
        for part in parts {
            assert!(
                text(&desk).contains(part),
                "{name}: {part}: {}",
                text(&desk)
            );
        }
    }
}

#[test]
fn letters_without_accents_find_those_with_them_and_the_other_way_round() {
    let desk = taken_in(&["okland.txt"]);
    for query in [
        "okland",
        "ØKLAND",
        "\"pal okland\"",
        "walęski",
        "waleski",
        "\"pawel waleski\"",
        "dang",
        "Đặng",
        "strauss",
        "straus*",
        "Strauß",
        "aethel",
        "Æthel",
        "smorgard",
        "smoergaard",
        "lodz",
        "Łódź",
        "dvorak",
        "NEAR(waleski okland)",
        "title:okland",
        "okland AND lodz",
        "juergen",
    ] {
        assert_eq!(n_found(&desk, query), 1, "{query}");
    }
    for query in ["oklan", "pot", "okland -waleski"] {
        assert_eq!(n_found(&desk, query), 0, "{query}");
    }
    let found = desk.stdout(&["search", "waleski", "--format", "ndjson"]);
    assert!(found.contains("«Wałęski»"), "{found}");
    for name in [
        "Pal Okland",
        "PÅL ØKLAND",
        "Juergen Strauss",
        "Jürgen Strauß",
        "Pawel Waleski",
    ] {
        let found = desk.stdout(&["report", "entity", name, "--format", "json"]);
        assert!(found.contains("\"name\""), "{name}: {found}");
    }
    desk.put(
        "list.csv",
        "name\nPal Okland\nPawel Waleski\nAethel Smorgard\n",
    );
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    assert_eq!(desk.count("select count(*) from watchlist_hits"), 3);
    desk.put("draft.txt", "Pal Okland met Pawel Waleski.");
    let screened = desk.stdout(&["report", "screen", "draft.txt", "--format", "json"]);
    assert!(screened.contains("Pål Økland"), "{screened}");
}

#[test]
fn umlauts_are_found_spelled_out_and_spelled_out_names_by_their_umlauts() {
    let desk = Desk::new();
    desk.put(
        "in/mill.txt",
        "Mill opens again\n\nThe mill of Jürgen Müller opened again on Monday, said its owner, who is 60.\n",
    );
    desk.put(
        "in/quay.txt",
        "Quay sold\n\nThe quay was sold by Joergen Schroeder on Tuesday, said Sue Boer, who is a clerk there.\n",
    );
    desk.put(
        "in/paris.txt",
        "A bridge in Paris\n\nThe pont du nord, as it is called, was closed on Friday, said the poor watchman.\n",
    );
    desk.stdout(&["ingest", "in"]);
    for (query, expected) in [
        ("Müller", 1),
        ("Mueller", 1),
        ("muell*", 1),
        ("\"juergen mueller\"", 1),
        ("title:mueller", 0),
        ("Schröder", 1),
        ("Schroeder", 1),
        // No article prints "dü" or "böt".
        ("due", 0),
        ("poer", 0),
    ] {
        assert_eq!(n_found(&desk, query), expected, "{query}");
    }
    for (list, names, n_hits) in [
        ("spelled", "name\nJuergen Mueller\nJörgen Schröder\n", 2),
        ("umlauts", "name\nJürgen Müller\nJörgen Schröder\n", 2),
        ("mixed", "name\nJuergen Müller\nSu Bor\nSü Bör\n", 2),
    ] {
        desk.put("list.csv", names);
        desk.stdout(&["watchlist", "add", list, "list.csv"]);
        let sql = format!(
            "select count(*) from watchlist_hits join watchlists on watchlists.id = list_id where watchlists.name = '{list}'"
        );
        assert_eq!(desk.count(&sql), n_hits, "{list}");
    }
}

#[test]
fn lists_of_names_are_read_in_any_encoding() {
    for (list, n_hits) in [("cp1252.csv", 2), ("utf16.csv", 2), ("utf16comma.csv", 2)] {
        let desk = taken_in(&["skipper.txt"]);
        desk.put("list.csv", input(list));
        desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
        assert_eq!(
            desk.count("select count(*) from watchlist_hits"),
            n_hits,
            "{list}"
        );
    }
}

#[test]
fn no_control_character_and_no_soft_hyphen_is_stored() {
    let desk = taken_in(&["softhyphen.html", "ctl.json", "inj.json"]);
    assert!(text(&desk).contains("Fährmann legt Verfassungsbeschwerde ein"));
    assert_eq!(n_found(&desk, "Verfassungsbeschwerde"), 1);
    let is_odd = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{ad}';
    assert!(!text(&desk).contains(is_odd), "{:?}", text(&desk));
    assert!(text(&desk).contains("Odd Berntsen said"));
    let moved = "select count(*) from mentions join articles on articles.id = article_id
                 where substr(body, start + 1, \"end\" - start) <> text";
    assert_eq!(desk.count(moved), 0);
}

#[test]
fn an_archive_asks_nothing_of_new_versions_of_sqlite() {
    let desk = taken_in(&["cjk.txt"]);
    let old: Connection = desk.sql();
    let schema: String = old
        .query_row(
            "select group_concat(sql, ';') from sqlite_schema",
            [],
            |row| row.get(0),
        )
        .unwrap();
    for word in [
        "contentless_delete",
        "contentless_unindexed",
        "->>",
        "jsonb",
        "string_agg",
    ] {
        assert!(!schema.contains(word), "{word}");
    }
    assert_eq!(n_found(&desk, "三日間閉鎖"), 1);
    old.execute_batch("delete from articles").unwrap();
    assert_eq!(desk.count("select count(*) from articles_cjk"), 0);
}

/// An archive as an older program left it, with what a terminal obeys in every text.
fn hostile() -> Desk {
    let desk = taken_in(&["okland.txt", "ctl.json"]);
    let sql = desk.sql();
    sql.execute_batch(
        "update articles set title = 'Red ' || char(27) || '[31m' || title || char(8238, 155, 7), byline = char(27) || ']0;x' || char(7);
         update articles set body = replace(body, ' said', ' s' || char(1) || 'id');
         update entities set name = name || char(1, 8238) || '<&\"' || char(65535);
         update entity_names set name = name || char(27);
         update sources set name = 'Post' || char(27) || '[2J';",
    )
    .unwrap();
    desk
}

#[test]
fn nothing_printed_steers_a_terminal() {
    let desk = hostile();
    let is_odd = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for args in [
        &["show", "1"][..],
        &["show", "1", "--format", "markdown"],
        &["show", "1", "--format", "json"],
        &["search", "okland", "--format", "table"],
        &["search", "okland", "--format", "markdown"],
        &["search", "okland", "--format", "ndjson"],
        &["report", "overview", "--format", "table"],
        &["report", "overview", "--format", "markdown"],
        &["report", "overview", "--chart"],
        &["report", "entities", "--format", "json"],
        &[
            "sql",
            "select char(27, 155, 8238) as \"a\u{1b}b\"",
            "--format",
            "table",
        ],
        &[
            "sql",
            "select char(27, 155, 8238) as \"a\u{1b}b\"",
            "--format",
            "markdown",
        ],
    ] {
        let output = desk.run(args);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(
            !printed.is_empty(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!printed.contains(is_odd), "{args:?}: {printed:?}");
    }
    let error = desk.run(&["report", "entity", "No\u{1b}[31mbody\u{202e}"]);
    let error = String::from_utf8(error.stderr).unwrap();
    assert!(
        error.contains("body") && !error.contains(is_odd),
        "{error:?}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&desk.stdout(&["show", "1", "--format", "json"])).unwrap();
    assert!(
        json["article"][0]["title"]
            .as_str()
            .unwrap()
            .ends_with("\u{202e}\u{9b}\u{7}"),
        "{json}"
    );
}

#[test]
fn a_line_feed_in_the_name_of_a_file_begins_no_line_of_the_log() {
    let desk = Desk::new();
    desk.put(
        "inbox/a\n2026-01-01 00:00:00  INFO stored\u{1b}[31m.txt",
        "",
    );
    let output = desk.run(&["watch", "--once"]);
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("INFO stored"), "{log}");
    assert!(
        !log.contains("\n2026-01-01") && !log.contains('\u{1b}'),
        "{log:?}"
    );
}

#[test]
fn graphs_are_well_formed_whatever_a_name_holds() {
    let desk = hostile();
    for form in ["gexf", "graphml"] {
        let graph = desk.stdout(&["report", "network", "--graph", form]);
        let mut reader = quick_xml::Reader::from_str(&graph);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start) => {
                    assert!(
                        start.attributes().all(|attribute| attribute.is_ok()),
                        "{graph}"
                    );
                }
                _ => {}
            }
        }
        let is_unknown = |c: char| c.is_control() && c != '\n' || c == '\u{ffff}';
        assert!(
            graph.contains("&lt;&amp;") && !graph.contains(is_unknown),
            "{graph:?}"
        );
    }
}

#[test]
fn csv_for_spreadsheets_has_a_mark_and_no_formula() {
    let desk = taken_in(&["inj.json"]);
    let plain = desk.stdout(&[
        "sql",
        "select title, -1 as n from articles",
        "--format",
        "csv",
    ]);
    assert!(plain.contains("\n\"=HYPERLINK("), "{plain}");
    for args in [
        &["sql", "select title, -1 as n from articles", "--excel"][..],
        &["export", "articles", "--excel"],
    ] {
        let csv = desk.stdout(args);
        assert!(
            csv.starts_with('\u{feff}') && csv.contains("\"'=HYPERLINK("),
            "{csv}"
        );
        assert!(args[0] == "export" || csv.contains(",-1\n"), "{csv}");
    }
}

#[test]
fn texts_without_spaces_are_not_short() {
    let desk = taken_in(&["cjk.epub", "cjk.eml", "cjk.txt"]);
    let long = "select count(*) from articles where word_count > 100 and length(body) > 100";
    assert!(desk.count(long) >= 3, "{}", text(&desk));
    assert_eq!(
        desk.count("select count(*) from files where state = 'failed'"),
        0
    );
    assert!(n_found(&desk, "三日間閉鎖") >= 3);
}
