use crate::support::Desk;

/// An archive of articles of these dates and outlets; of those in the Echo the mayor is another.
fn archive(articles: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    let mut lines = String::new();
    for (n, (date, outlet)) in articles.iter().enumerate() {
        let mayor = if *outlet == "Echo" {
            "Ola Berg"
        } else {
            "Ida Holm"
        };
        lines += &format!(
            "{{\"title\": \"Story {n}\", \"date\": \"{date}\", \"source\": \"{outlet}\", \
             \"text\": \"Mayor {mayor} opened bridge number {n} in Oslo, she said, and walked over it alone.\"}}\n"
        );
    }
    desk.put("wire.ndjson", &lines);
    desk.stdout(&["ingest", "wire.ndjson"]);
    desk
}

fn report(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let args = [&["report"], args, &["--format", "ndjson"]].concat();
    let lines = desk.stdout(&args);
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn n_entities(desk: &Desk, args: &[&str]) -> i64 {
    let args = [&["entity", "Ida Holm"], args].concat();
    let rows = report(desk, &args);
    rows.iter()
        .find_map(|row| {
            row["n_articles"]
                .as_i64()
                .filter(|_| row["section"] == "entity")
        })
        .unwrap_or(0)
}

#[test]
fn a_year_or_month_belongs_to_a_time_that_holds_all_of_it() {
    let desk = archive(&[
        ("1987", "Post"),
        ("1987-03", "Post"),
        ("1987-03-31", "Post"),
        ("1987-05-20", "Post"),
        ("1988", "Post"),
    ]);
    for (args, n) in [
        (&["--since", "1987", "--until", "1987"][..], 4),
        (&["--since", "1987-01-01", "--until", "1987-12-31"], 4),
        (&["--since", "1987-03"], 4),
        (&["--since", "1987-03-02"], 3),
        (&["--since", "1987-03-01", "--until", "1987-03-31"], 2),
        (&["--until", "1987-03-30"], 0),
        (&["--until", "1988-05"], 4),
    ] {
        assert_eq!(n_entities(&desk, args), n, "{args:?}");
    }
    for (query, n) in [
        ("bridge date:1987", 4),
        ("bridge date:1987-03", 2),
        ("bridge date:<1987-03-31", 0),
        ("bridge date:<1987-04", 2),
        ("bridge date:<1988-01-01", 4),
        ("bridge date:>1987-03", 2),
        ("bridge date:1987-01-01..1987-12-31", 4),
    ] {
        let found = desk.stdout(&["search", query, "--format", "ndjson"]);
        assert_eq!(found.lines().count(), n, "{query}");
    }
    let exported = desk.stdout(&[
        "export", "articles", "--until", "1988-05", "--format", "ndjson",
    ]);
    assert_eq!(exported.lines().count(), 4);
    let said = desk.run(&["report", "entity", "Ida Holm", "--since", "1987-04"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        said.contains("1 articles are dated by a year or month"),
        "{said}"
    );
}

#[test]
fn months_without_articles_are_shown_and_a_year_is_no_month() {
    let desk = archive(&[
        ("1987", "Post"),
        ("1987-03-31", "Post"),
        ("1987-06", "Post"),
    ]);
    let months = |args: &[&str]| -> Vec<(String, i64)> {
        let rows = report(&desk, args);
        rows.iter()
            .filter(|row| row["section"] == "months")
            .map(|row| {
                let month = row["month"].as_str().unwrap().to_owned();
                (month, row["n_articles"].as_i64().unwrap())
            })
            .collect()
    };
    let expected = [
        ("1987-03", 1),
        ("1987-04", 0),
        ("1987-05", 0),
        ("1987-06", 1),
    ]
    .map(|(month, n)| (month.to_owned(), n));
    assert_eq!(months(&["overview"]), expected);
    assert_eq!(months(&["entity", "Ida Holm"]), expected);
    let table = desk.stdout(&["report", "overview", "--format", "markdown"]);
    assert!(
        table.contains("1 more are dated by their year alone"),
        "{table}"
    );
    let facets = desk.stdout(&["search", "bridge", "--facets", "--format", "ndjson"]);
    assert!(facets.contains("\"month\":\"1987-06\""), "{facets}");
    assert!(!facets.contains("\"month\":\"1987\""), "{facets}");
}

#[test]
fn a_date_that_cannot_be_is_kept_beside_and_the_next_takes_its_place() {
    let desk = archive(&[("2099-12-31", "Post"), ("2016-03-02", "Post")]);
    assert_eq!(
        desk.count("select count(*) from articles where published_at is null"),
        1
    );
    assert_eq!(
        desk.count("select count(*) from published_candidates where at like '2099-12-31%'"),
        1
    );
    desk.put(
        "page.txt",
        "Ferry sinks\n\nBERGEN, March 3, 9999 - The ferry sank, said its skipper, who swam.\n",
    );
    desk.stdout(&["ingest", "page.txt", "--published", "1987"]);
    assert_eq!(
        desk.count("select count(*) from articles where published_at like '1987-03%'"),
        0
    );
}

#[test]
fn an_impossible_date_of_an_old_archive_does_not_empty_trends() {
    let desk = archive(&[
        ("2016-01-02", "Echo"),
        ("2016-01-03", "Echo"),
        ("2016-03-02", "Post"),
        ("2016-03-03", "Post"),
    ]);
    desk.sql()
        .execute_batch(
            "update articles set published_at = '9999-12-31' where published_at = '2016-01-03'",
        )
        .unwrap();
    let rows = report(&desk, &["trends"]);
    let risen = rows.iter().any(|row| row["n_articles"] == 2);
    assert!(risen, "{rows:?}");
}

#[test]
fn an_outlet_is_compared_with_its_own_past() {
    let desk = archive(&[
        ("2016-01-02", "Echo"),
        ("2016-01-03", "Echo"),
        ("2016-01-04", "Post"),
        ("2016-03-02", "Post"),
        ("2016-03-03", "Post"),
    ]);
    let table = desk.stdout(&[
        "report", "trends", "--source", "Post", "--since", "2016-03", "--format", "markdown",
    ]);
    assert!(table.contains("share of the 1 before"), "{table}");
}
