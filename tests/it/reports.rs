use serde_json::Value;

use crate::support::Desk;

const KINDS: [&str; 15] = [
    "overview",
    "entities",
    "network",
    "timeline",
    "trends",
    "sources",
    "stories",
    "quotes",
    "roles",
    "watchlist",
    "inbox",
    "health",
    "entity Angela Merkel",
    "places",
    "dossier Angela Merkel",
];

/// Three articles of two outlets, about two people who meet twice.
fn filled() -> Desk {
    let desk = Desk::new();
    for (name, outlet, day, text) in [
        (
            "a.json",
            "Fjord Post",
            "2016-01-05",
            "Chancellor Angela Merkel met Barack Obama in Paris on Monday. \"The ferry will sail,\" Merkel said.",
        ),
        (
            "b.json",
            "Fjord Post",
            "2016-02-10",
            "Angela Merkel and Barack Obama spoke in Bergen on Tuesday about the ferry line.",
        ),
        (
            "c.json",
            "Strait Times",
            "2016-02-12",
            "In Oslo, Angela Merkel opened a harbour on 9 February 2016. Jens Holm looked on.",
        ),
    ] {
        let article = serde_json::json!({
            "@type": "NewsArticle", "headline": format!("News of {day}"), "articleBody": text,
            "datePublished": day, "publisher": {"name": outlet},
        });
        desk.put(name, article.to_string());
        desk.stdout(&["ingest", name]);
    }
    desk
}

fn rows(desk: &Desk, args: &[&str]) -> Vec<Value> {
    let args = [&["report"], args, &["--format", "ndjson"]].concat();
    let lines = desk.stdout(&args);
    let parse = |line| serde_json::from_str(line).unwrap();
    lines.lines().map(parse).collect()
}

fn of_section<'a>(rows: &'a [Value], section: &str) -> Vec<&'a Value> {
    rows.iter()
        .filter(|row| row["section"] == section)
        .collect()
}

#[test]
fn the_sums_are_those_of_the_mentions_whatever_happened() {
    let desk = filled();
    // A copy without a date, met first, learns its day from a second copy.
    desk.put("d.txt", "Quay\n\nAngela Merkel visited the quay of Oslo again and again, and then the other quay, with Jens Holm.\n");
    desk.stdout(&["ingest", "d.txt"]);
    desk.put("e.json", serde_json::json!({"headline": "Quay", "datePublished": "2016-03-01",
        "articleBody": "Angela Merkel visited the quay of Oslo again and again, and then the other quay, with Jens Holm."}).to_string());
    desk.stdout(&["ingest", "e.json"]);
    desk.stdout(&["entity", "merge", "Jens Holm", "Angela Merkel"]);
    desk.stdout(&["entity", "ignore", "Paris"]);
    desk.stdout(&["reanalyze", "--all"]);
    let differing = "select count(*) from (
        select entity_id, coalesce(substr(published_at, 1, 10), '') as day, count(distinct article_id) as a, count(*) as m
        from mentions join articles on articles.id = article_id group by 1, 2
        except select entity_id, day, n_articles, n_mentions from entity_days)";
    assert_eq!(desk.count(differing), 0);
    let rows = "select (select count(*) from entity_days) -
        (select count(*) from (select distinct entity_id, substr(coalesce(published_at, ''), 1, 10)
                               from mentions join articles on articles.id = article_id))";
    assert_eq!(desk.count(rows), 0);
    let sums = "select count(*) from entities where n_mentions <> (select count(*) from mentions where entity_id = entities.id)
        or n_articles <> (select count(distinct article_id) from mentions where entity_id = entities.id)";
    assert_eq!(desk.count(sums), 0);
    assert_eq!(
        desk.count("select n_articles from entities where name = 'Angela Merkel'"),
        4
    );
}

#[test]
fn since_until_source_and_kind_narrow_every_report() {
    let desk = filled();
    let n_articles = |args: &[&str]| {
        let args = [&["entities", "--kind", "person"], args].concat();
        let found = rows(&desk, &args);
        let merkel = found.iter().find(|row| row["name"] == "Angela Merkel");
        merkel.map_or(0, |row| row["n_articles"].as_i64().unwrap())
    };
    assert_eq!(n_articles(&[]), 3);
    assert_eq!(n_articles(&["--since", "2016-02"]), 2);
    assert_eq!(n_articles(&["--until", "2016-01"]), 1);
    assert_eq!(n_articles(&["--source", "fjord post"]), 2);
    assert_eq!(
        n_articles(&["--source", "Fjord Post", "--since", "2016-02-01"]),
        1
    );
    assert!(rows(&desk, &["entities", "--kind", "law"]).is_empty());
    for report in KINDS {
        let mut args: Vec<&str> = report.splitn(2, ' ').collect();
        args.extend([
            "--since",
            "2016-02",
            "--until",
            "2016-02-11",
            "--source",
            "Fjord Post",
        ]);
        rows(&desk, &args);
    }
    let refusal = desk.refusal(&["report", "--source", "Fjord"]);
    assert!(refusal.contains("Fjord Post"), "{refusal}");
    let wrong = desk.run(&["report", "--since", "last spring"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("30d"));
}

#[test]
fn a_name_is_known_by_its_company_its_roles_and_its_words() {
    let desk = filled();
    let page = rows(&desk, &["entity", "Angela Merkel"]);
    assert_eq!(of_section(&page, "roles")[0]["title"], "Chancellor");
    assert_eq!(of_section(&page, "months").len(), 2);
    assert_eq!(
        of_section(&page, "quotes_by")[0]["quote"],
        "The ferry will sail,"
    );
    let company = of_section(&page, "mentioned_with");
    assert_eq!(company[0]["name"], "Barack Obama");
    assert_eq!(company[0]["n_articles"], 2);
    assert_eq!(of_section(&page, "articles").len(), 3);
}

#[test]
fn two_names_are_compared_and_met_in_their_sentences() {
    let desk = filled();
    let compared = rows(&desk, &["compare", "Angela Merkel", "Barack Obama"]);
    let months = of_section(&compared, "months");
    assert_eq!(months[1]["month"], "2016-02");
    assert_eq!(
        (&months[1]["Angela Merkel"], &months[1]["Barack Obama"]),
        (&2.into(), &1.into())
    );
    assert_eq!(of_section(&compared, "articles_with_all_of_them").len(), 2);
    let sentences = rows(&desk, &["pair", "Merkel", "Barack Obama"]);
    let first = of_section(&sentences, "sentences")[0];
    assert_eq!(
        first["sentence"],
        "Angela Merkel and Barack Obama spoke in Bergen on Tuesday about the ferry line."
    );
}

#[test]
fn who_is_meant_is_asked_back_and_spelling_is_forgiven() {
    let desk = filled();
    desk.put(
        "m.txt",
        "Vote\n\nMax Merkel and Moritz Merkel voted in Ulm. Max Merkel won.\n",
    );
    desk.stdout(&["ingest", "m.txt"]);
    let several = desk.refusal(&["report", "entity", "Merkel"]);
    assert!(
        several.contains("Max Merkel (person, 1 articles)") && several.contains("Angela Merkel"),
        "{several}"
    );
    let unknown = desk.refusal(&["report", "entity", "Angela Merkle"]);
    assert!(unknown.contains("Angela Merkel"), "{unknown}");
}

#[test]
fn the_network_opens_in_other_programs() {
    let desk = filled();
    let graph = |format| desk.stdout(&["report", "network", "Angela Merkel", "--graph", format]);
    assert!(graph("dot").starts_with("graph archive {"));
    let parsed: Value = serde_json::from_str(&graph("json")).unwrap();
    assert!(
        parsed["links"]
            .as_array()
            .is_some_and(|links| !links.is_empty())
    );
    for format in ["graphml", "gexf"] {
        let text = graph(format);
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        assert!(text.contains("Barack Obama"), "{text}");
    }
}

#[test]
fn the_network_of_a_name_shows_its_own_ties_first() {
    let desk = Desk::new();
    let others = "Ola Dahl and Jens Holm met in Oslo.";
    for n in 0..6 {
        desk.put(
            &format!("{n}.txt"),
            format!("Day {n}\n\n{others} It was day {n}."),
        );
    }
    for n in 6..8 {
        let text = format!("Day {n}\n\n{others} Ida Lund was there on day {n}.");
        desk.put(&format!("{n}.txt"), text);
    }
    for n in 8..16 {
        desk.put(
            &format!("{n}.txt"),
            format!("Day {n}\n\nIt rained in Lima on day {n}."),
        );
    }
    desk.stdout(&["ingest", "."]);
    let ties = rows(&desk, &["network", "Ida Lund", "--limit", "3"]);
    assert_eq!(ties.len(), 3);
    assert!(ties.iter().all(|tie| tie["from"] == "Ida Lund"), "{ties:?}");
}

#[test]
fn names_that_rise_are_told_from_names_that_are_always_there() {
    let desk = Desk::new();
    let mut lines = String::new();
    for n in 0..40 {
        let who = if n >= 36 {
            "Jens Holm and Angela Merkel"
        } else {
            "Angela Merkel"
        };
        let day = if n >= 36 {
            format!("2016-06-{:02}", n - 20)
        } else {
            format!("2016-01-{:02}", n % 28 + 1)
        };
        lines += &serde_json::json!({"headline": format!("Day {n}"), "datePublished": day,
            "articleBody": format!("In report number {n}, {who} spoke about harbour {n} at length.")}).to_string();
        lines.push('\n');
    }
    desk.put("days.ndjson", lines);
    desk.stdout(&["ingest", "days.ndjson"]);
    let rising = rows(&desk, &["trends"]);
    assert_eq!(rising[0]["name"], "Jens Holm");
    assert!(
        rising.iter().all(|row| row["name"] != "Angela Merkel"),
        "{rising:?}"
    );
}

#[test]
fn every_number_can_be_opened() {
    let desk = filled();
    for report in KINDS {
        let mut args: Vec<&str> = report.splitn(2, ' ').collect();
        args.push("--explain");
        let opened = rows(&desk, &args);
        assert!(opened.iter().any(|row| row["sql"].is_string()), "{report}");
    }
    let opened = rows(&desk, &["entities", "--kind", "person", "--explain"]);
    let behind = of_section(&opened, "behind_top_people");
    assert!(behind.iter().any(|row| {
        row["behind"] == "Barack Obama"
            && row["excerpt"]
                .as_str()
                .is_some_and(|text| text.contains("Barack Obama"))
    }));
}

/// The statements that `--explain` prints are run through SQLite's own explanation.
#[test]
fn no_report_reads_all_mentions_where_an_index_can_serve() {
    let desk = filled();
    for report in KINDS {
        let mut args: Vec<&str> = report.splitn(2, ' ').collect();
        args.push("--explain");
        for row in rows(&desk, &args) {
            let Some(sql) = row["sql"].as_str() else {
                continue;
            };
            let database = desk.sql();
            let mut plan = database
                .prepare(&format!("explain query plan {sql}"))
                .unwrap();
            let steps = plan.query_map([], |row| row.get::<_, String>(3)).unwrap();
            for step in steps.map(Result::unwrap) {
                let reads_all = ["mentions", "sentences", "quotes", "roles", "entity_names"]
                    .iter()
                    .any(|table| step.starts_with(&format!("SCAN {table}")));
                assert!(!reads_all, "{report}: {step}\n{sql}");
            }
        }
    }
}

#[test]
fn a_text_is_screened_and_not_stored() {
    let desk = filled();
    desk.put("board.csv", "name,id\nBarack Obama,Q76\nIda Holm,Q1\n");
    desk.stdout(&["watchlist", "add", "board", "board.csv"]);
    let text = "Harbour talks\n\nAngela Merkel and Barack Obama met Sven Larsen in Oslo on Monday, officials said.\n";
    let args = ["report", "screen", "-", "--format", "ndjson"];
    let output = desk.run_with_input(&args, text);
    let lines = String::from_utf8(output.stdout).unwrap();
    let found: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let known = of_section(&found, "in_the_archive");
    assert!(
        known
            .iter()
            .any(|row| row["name"] == "Angela Merkel" && row["n_articles"] == 3)
    );
    assert_eq!(of_section(&found, "on_watchlists")[0]["own_id"], "Q76");
    assert!(
        of_section(&found, "not_in_the_archive")
            .iter()
            .any(|row| row["printed"] == "Sven Larsen")
    );
    assert_eq!(desk.count("select count(*) from articles"), 3);
    desk.put("people.csv", "id,name\n1,Angela Merkel\n2,Nobody Known\n");
    let listed = rows(&desk, &["screen", "people.csv"]);
    assert_eq!(of_section(&listed, "in_the_archive").len(), 1);
    assert_eq!(
        of_section(&listed, "not_in_the_archive")[0]["printed"],
        "Nobody Known"
    );
}

#[test]
fn a_quotation_shows_what_tells_its_speaker() {
    let desk = filled();
    let opened = rows(&desk, &["quotes", "--explain"]);
    let behind = of_section(&opened, "behind_latest_quotes");
    assert_eq!(
        (&behind[0]["behind"], &behind[0]["rule"], &behind[0]["cue"]),
        (&"Angela Merkel".into(), &"name".into(), &"said".into())
    );
    let excerpt = behind[0]["excerpt"].as_str().unwrap();
    assert!(
        excerpt.contains("The ferry will sail,\" Merkel said")
            || excerpt.contains("The ferry will sail,\" said"),
        "{excerpt}"
    );
}

#[test]
fn quotations_titles_and_dates_are_judged_as_names_are() {
    let desk = filled();
    for (of, claim) in [
        ("quotes", "said by Angela Merkel (rule: name)"),
        ("roles", "title of Angela Merkel"),
        ("dates", "date as 20"),
    ] {
        let args = [
            "report", "audit", "--of", of, "--sample", "50", "--format", "ndjson",
        ];
        let output = desk.run_with_input(&args, "y\nq\n");
        let questions = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{questions}");
        assert!(questions.contains("1 of "), "{questions}");
        let all = desk.run_with_input(&args, &"y\n".repeat(50));
        let questions = String::from_utf8(all.stderr).unwrap();
        assert!(questions.contains(claim), "{of}: {questions}");
    }
}

#[test]
fn a_judge_learns_the_precision_of_the_archive() {
    let desk = filled();
    let args = [
        "report", "audit", "--sample", "4", "--kind", "person", "--format", "ndjson",
    ];
    let judged = |verdicts| {
        let output = desk.run_with_input(&args, verdicts);
        let lines = String::from_utf8(output.stdout).unwrap();
        let questions = String::from_utf8(output.stderr).unwrap();
        let all: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        (all, questions)
    };
    let (all, questions) = judged("y\nn\nwhat\ne\ny\n");
    assert!(
        questions.contains("4 of 4") && questions.contains("person as"),
        "{questions}"
    );
    assert_eq!(
        (&all["n_judged"], &all["precision_percent"]),
        (&4.into(), &75.0.into())
    );
    assert_eq!(all["right_entity_percent"], 50.0);
    // The same draw again, given up after one.
    let (one, again) = judged("y\nq\n");
    assert_eq!(one["n_judged"], 1);
    assert!(questions.starts_with(again.split("2 of 4").next().unwrap()));
}
