use crate::support::Desk;

const FERRY: &str = "Ferry line reopens\n\nBy Ida Holm\n\nBERGEN, Jan. 5, 2016 (AP) -- President Barack Obama met Angela Merkel in Paris on Monday, officials said.\n\nObama praised the ferry, a café on water.\n";
const STRIKE: &str = "Harbour strike ends\n\nBy Jonas Berg\n\nHAMBURG, March 9, 2016 (Kyodo) -- The dockers of Hamburg ended their strike on Tuesday, said Angela Merkel.\n\nState-run yards stay shut, the U.S. embassy and Sinéad O'Neill said.\n";
const TOKYO: &str = "東京大学で新しい研究\n\n東京大学は火曜日、地震の研究を始めた。新しいiPhoneアプリも使うという。3月11日の式典に学生が集まった。東京の人々は喜んだ。\n";

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("1.txt", FERRY)
        .put("2.txt", STRIKE)
        .put("3.txt", TOKYO);
    for file in ["1.txt", "2.txt", "3.txt"] {
        desk.stdout(&["ingest", file]);
    }
    desk
}

/// The numbers of the articles that a search gives, in order.
fn ids(desk: &Desk, args: &[&str]) -> String {
    let csv = desk.stdout(&[&["search", "--format", "csv"], args].concat());
    let first = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    csv.lines().skip(1).map(first).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_phrases_operators_and_fields_find_articles() {
    let desk = filled();
    for (query, found) in [
        ("ferry", "1"),
        ("FERRY cafe", "1"),
        ("merkel ferry", "1"),
        ("merkel NOT ferry", "2"),
        ("merkel -ferry", "2"),
        ("NOT ferry date:2016", "2"),
        ("ferry OR dockers", "1 2"),
        ("(ferry OR dockers) date:2016-03", "2"),
        ("\"the dockers\"", "2"),
        ("\"dockers the\"", ""),
        ("harb*", "2"),
        ("NEAR(dockers strike, 5)", "2"),
        ("NEAR(dockers embassy, 2)", ""),
        ("title:strike", "2"),
        ("title:dockers", ""),
        ("U.S. state-run O'Neill sinead", "2"),
        ("entity:Obama", "1"),
        ("entity:\"Angela Merkel\" strike", "2"),
        ("entity:person:Merkel ferry", "1"),
        ("source:kyodo", "2"),
        ("source:(AP OR Kyodo) date:>2016-01", "2"),
        ("date:2016-01..2016-02", "1"),
        ("date:<=2016-01-05", "1"),
        ("kind:person ferry", "1"),
        ("lang:ja", "3"),
        ("lang:Japanese -ferry", "3"),
        ("ferry OR source:Kyodo", "1 2"),
        ("ferry -source:AP", ""),
    ] {
        assert_eq!(ids(&desk, &[query]), found, "{query}");
    }
}

#[test]
fn any_part_of_a_text_without_spaces_is_found_and_marked() {
    let desk = filled();
    for query in [
        "東京",
        "大学",
        "京大",
        "学",
        "地震",
        "iPhone",
        "iphone",
        "3月",
        "\"3月11日\"",
        "東京 地震",
        "研究を始め",
        "title:研究",
        "東京 -ferry",
        "ferry* OR 式典",
        "NEAR(東京 地震, 20)",
    ] {
        assert!(ids(&desk, &[query]).contains('3'), "{query}");
    }
    for query in ["京都", "大東", "日火", "title:地震", "東京 -地震"] {
        assert_eq!(ids(&desk, &[query]), "", "{query}");
    }
    let found = desk.stdout(&["search", "東京", "--format", "ndjson"]);
    assert!(found.contains("«東京»大学は火曜日"), "{found}");
    assert_eq!(desk.count("select count(*) from articles_cjk_docsize"), 1);
}

#[test]
fn an_old_archive_gets_its_texts_without_spaces_indexed() {
    let desk = Desk::new();
    let old = desk.sql();
    for migration in [
        include_str!("../../migrations/0001_articles.sql"),
        include_str!("../../migrations/0002_entities.sql"),
        include_str!("../../migrations/0003_search.sql"),
    ] {
        old.execute_batch(migration).unwrap();
    }
    old.execute_batch(
        "insert into files (path, name, size, state, received_at) values ('a', 'a', 1, 'stored', '2020-01-01T00:00:00Z');
         insert into articles (key, title, title_origin, body, word_count, file_id, ingested_at)
         values ('k', '新しい研究', 'headline', '東京大学は研究を始めた。', 1, 1, '2020-01-01T00:00:00Z'),
                ('l', 'Harbour shut', 'headline', 'The harbour is shut.', 4, 1, '2020-01-01T00:00:00Z');
         pragma application_id = 1835426664;
         pragma user_version = 3;",
    )
    .unwrap();
    drop(old);
    assert_eq!(ids(&desk, &["harbour"]), "2", "without being upgraded");
    desk.stdout(&["search", "--list"]);
    assert_eq!(ids(&desk, &["大学"]), "1");
    assert_eq!(ids(&desk, &["title:研究"]), "1");
    assert_eq!(ids(&desk, &["harbour OR 大学", "--sort", "oldest"]), "1 2");
    desk.sql()
        .execute("delete from articles where id = 1", [])
        .unwrap();
    assert_eq!(ids(&desk, &["大学"]), "");
}

#[test]
fn a_title_that_comes_later_is_found_too() {
    let desk = Desk::new();
    let body = "大阪の港でストライキが終わった。組合と会社は火曜日に合意したと発表した。".repeat(4);
    desk.put("a.txt", &body);
    desk.stdout(&["ingest", "a.txt"]);
    desk.put("b.html", format!("<html><head><title>港湾労働者</title><meta property=\"og:title\" content=\"港湾労働者\"></head><body><article><h1>港湾労働者</h1><p>{body}</p></article></body></html>"));
    desk.stdout(&["ingest", "b.html"]);
    if desk.count("select count(*) from articles") == 1 {
        assert_eq!(ids(&desk, &["title:労働者"]), "1");
    }
}

#[test]
fn the_order_is_relevance_or_time() {
    let desk = filled();
    assert_eq!(ids(&desk, &["strike OR merkel"]), "2 1");
    assert_eq!(ids(&desk, &["merkel", "--sort", "oldest"]), "1 2");
    assert_eq!(ids(&desk, &["merkel", "--recent"]), "2 1");
    assert_eq!(ids(&desk, &["merkel OR 東京", "--sort", "recent"]), "2 1 3");
    assert_eq!(
        ids(&desk, &["--entity", "Merkel", "--since", "2016-02"]),
        "2"
    );
    let cut = desk.run(&["search", "merkel", "--limit", "1"]);
    assert!(String::from_utf8_lossy(&cut.stderr).contains("2 articles; 1 are shown"));
}

#[test]
fn a_search_that_cannot_be_understood_says_where_and_what_was_meant() {
    let desk = filled();
    for (query, expected) in [
        ("ferry AND", "  ferry AND\n        ^^^\ndid you mean: ferry"),
        (
            "titel:ferry",
            "  titel:ferry\n  ^^^^^^\ndid you mean: title:ferry",
        ),
        (
            "ferry entity:Merkl",
            "  ferry entity:Merkl\n               ^^^^^\ndid you mean: ferry entity:\"Angela Merkel\"",
        ),
        ("source:Kyoto", "did you mean: source:\"Kyodo\""),
        ("entity:zzzzzz", "is called \"zzzzzz\""),
    ] {
        let refusal = desk.refusal(&["search", query]);
        assert!(refusal.contains(expected), "{refusal}");
        assert!(!refusal.contains("fts5"), "{refusal}");
    }
    let hint = desk.run(&["search", "ferry and merkel"]);
    assert!(String::from_utf8_lossy(&hint.stderr).contains("write AND"));
    let apart = desk.run(&["search", "ferry dockers"]);
    assert!(String::from_utf8_lossy(&apart.stderr).contains("ferry 1, dockers 1"));
}

#[test]
fn no_text_at_all_reaches_the_index_as_its_own_language() {
    let desk = filled();
    let nested = format!("{}ferry{}", "(x OR (-y ".repeat(9), "))".repeat(9));
    let many = "ferry OR ".repeat(390) + "ferry";
    for query in [
        "\"a\"\"b\"",
        "{title}:x",
        "ferry + line",
        "^ferry",
        "a\u{1}b",
        "'",
        "ferry';--",
        "\u{301}",
        "①",
        "NEAR(\"a\"* b)",
        "rank:1",
        &nested,
        &many,
    ] {
        let output = desk.run(&["search", query]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !said.contains("fts5")
                && !said.contains("archive failed")
                && !said.contains("panicked"),
            "{query}: {said}"
        );
    }
    assert_eq!(ids(&desk, &[&many]), "1");
}

#[test]
fn facets_count_all_hits() {
    let desk = filled();
    let facets = desk.stdout(&[
        "search",
        "merkel OR 東京",
        "--facets",
        "--limit",
        "1",
        "--format",
        "ndjson",
    ]);
    for line in [
        "{\"n_articles\":1,\"section\":\"by_outlet\",\"source\":\"Kyodo\"}",
        "{\"n_articles\":2,\"section\":\"by_year\",\"year\":\"2016\"}",
        "{\"month\":\"2016-03\",\"n_articles\":1,\"section\":\"by_month\"}",
        "{\"lang\":\"ja\",\"n_articles\":1,\"section\":\"by_language\"}",
        "{\"n_articles\":2,\"name\":\"Angela Merkel\",\"section\":\"by_person\"}",
    ] {
        let object = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        assert!(
            facets.lines().any(|found| object(found) == object(line)),
            "{line}: {facets}"
        );
    }
    assert_eq!(facets.matches("\"section\":\"articles\"").count(), 1);
}

#[test]
fn hits_are_coloured_only_where_that_is_wanted() {
    let desk = filled();
    let table =
        |color: &[&str]| desk.stdout(&[&["search", "ferry", "--format", "table"], color].concat());
    assert!(table(&[]).contains("the «ferry»"));
    let painted = table(&["--color", "always"]);
    assert!(
        painted.contains("the \u{1b}[1;31mferry\u{1b}[0m"),
        "{painted}"
    );
    let plain = |table: &str| {
        ["\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m"]
            .iter()
            .fold(table.to_owned(), |table, code| table.replace(code, ""))
    };
    let widths: Vec<usize> = plain(&painted)
        .lines()
        .map(|line| line.chars().count())
        .collect();
    assert!(
        widths.windows(2).all(|pair| pair[0] == pair[1]),
        "{painted}"
    );
    let json = desk.stdout(&["search", "ferry", "--format", "json", "--color", "always"]);
    assert!(json.contains("«ferry»"), "{json}");
}

#[test]
fn a_search_that_is_kept_tells_what_came_since_it_was_asked() {
    let desk = filled();
    desk.stdout(&[
        "search",
        "merkel OR obama",
        "--source",
        "AP",
        "--save",
        "chiefs",
    ]);
    let news = ["search", "--saved", "chiefs", "--new", "--exit-code"];
    let quiet = desk.run(&news);
    assert_eq!(
        (quiet.status.code(), quiet.stdout, quiet.stderr),
        (Some(1), vec![], vec![])
    );
    desk.put(
        "4.txt",
        FERRY
            .replace("ferry", "steamer")
            .replace("Monday", "Friday"),
    );
    desk.stdout(&["ingest", "4.txt"]);
    assert_eq!(desk.stdout(&news).lines().count(), 1);
    assert_eq!(desk.run(&news).status.code(), Some(1));
    assert_eq!(
        desk.stdout(&["search", "--saved", "chiefs"])
            .lines()
            .count(),
        2
    );
    let list = desk.stdout(&["search", "--list", "--format", "csv"]);
    assert!(
        list.contains("(merkel OR obama) source:\"\"AP\"\""),
        "{list}"
    );
    assert!(
        desk.refusal(&["search", "ferry", "--save", "chiefs"])
            .contains("already")
    );
    desk.stdout(&["search", "--forget", "chiefs"]);
    assert!(desk.refusal(&news).contains("no search is kept"));
}

#[test]
fn other_programs_can_search_both_indexes() {
    let desk = filled();
    let count = "select count(*) from articles_fts where articles_fts match 'merkel'";
    assert_eq!(desk.count(count), 2);
    assert_eq!(
        desk.count("select count(*) from articles_cjk where articles_cjk match '\"東京 京大\"'"),
        1
    );
}

#[test]
fn acronyms_are_found_with_and_without_points_and_no_pronoun_is() {
    let desk = Desk::new();
    let mut lines = String::new();
    for (n, text) in [
        "The U.S. Treasury spoke of tariffs in a statement that nobody had expected so soon.",
        "The US Treasury answered a day later and named the ferry companies that it had fined.",
        "Tell us more about the ferry, said the mayor, who had waited for an answer all day.",
        "The harbour asked us for patience, and the captain told us to wait for the next tide.",
        "The UK and the U.N. signed, while the fishermen of three towns watched from the quay.",
        "The U.K. government signed too, one day after all others and without any ceremony.",
    ]
    .iter()
    .enumerate()
    {
        let article = serde_json::json!({"headline": format!("News {n}"), "articleBody": text,
            "datePublished": format!("2025-01-0{}", n + 1)});
        lines.push_str(&format!("{article}\n"));
    }
    desk.put("all.ndjson", lines);
    desk.stdout(&["ingest", "all.ndjson"]);
    let found = |query: &str| -> Vec<String> {
        let args = ["search", query, "--sort", "oldest", "--format", "ndjson"];
        let lines = desk.stdout(&args);
        let row = |line| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let rows = lines.lines().map(row);
        rows.map(|row| row["snippet"].as_str().unwrap().chars().take(26).collect())
            .collect()
    };
    let both = ["The «U.S». Treasury spoke ", "The «US» Treasury answered"];
    assert_eq!(found("US"), both);
    assert_eq!(found("U.S."), both);
    assert_eq!(found("US treasury tariffs").len(), 1);
    assert_eq!(found("\"US\"").len(), 3);
    assert_eq!(found("us ferry").len(), 2);
    assert_eq!(found("UK").len(), 2);
    assert_eq!(found("U.K.").len(), 2);
    assert_eq!(found("UN").len(), 1);
    assert_eq!(found("FERRY").len(), 2);
    assert_eq!(found("ferry -US").len(), 1);
}
