use crate::support::{Desk, STORY};

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.stdout(&["ingest", "a.txt"]);
    desk
}

#[test]
fn sql_reads_and_nothing_else() {
    let desk = filled();
    for attack in [
        "delete from articles",
        "insert into sources (name) values ('x')",
        "create temp table t (x)",
        "attach 'other.db' as other",
        "vacuum into 'copy.db'",
        "pragma journal_mode = delete",
        "pragma user_version = 9",
        "begin",
        "select load_extension('x')",
        "select 1; delete from articles",
    ] {
        desk.refusal(&["sql", attack]);
    }
    assert!(!desk.path("copy.db").exists() && !desk.path("other.db").exists());
    assert_eq!(desk.count("select count(*) from articles"), 1);
}

#[test]
fn what_does_not_end_or_grows_too_large_is_stopped() {
    let desk = filled();
    desk.put("config.toml", "[sql]\ntime_limit_ms = 200\n");
    let endless =
        "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";
    assert!(
        desk.refusal(&["sql", endless])
            .contains("stopped after 0.2 s")
    );
    desk.refusal(&["sql", "select length(zeroblob(1000000000))"]);
}

#[test]
fn parameters_and_limits_are_told() {
    let desk = filled();
    let people = [
        "sql",
        "--format",
        "csv",
        "--param",
        "kind=person",
        "select name from entities where kind = :kind order by name",
    ];
    assert_eq!(desk.stdout(&people), "name\nAngela Merkel\nBarack Obama\n");
    assert!(
        desk.refusal(&["sql", "select :kind"])
            .contains("--param kind=")
    );
    let cut = desk.run(&["sql", "--limit", "1", "select name from entities"]);
    assert!(String::from_utf8_lossy(&cut.stderr).contains("only the first 1 rows"));
}

#[test]
fn search_finds_words_within_its_filters() {
    let desk = filled();
    let hits = |args: &[&str]| {
        desk.stdout(&[&["search", "--format", "ndjson"], args].concat())
            .lines()
            .count()
    };
    assert_eq!(hits(&["ferry"]), 1);
    assert_eq!(
        hits(&[
            "ferry", "--since", "2016-01", "--until", "2016-01", "--source", "ap", "--entity",
            "Obama"
        ]),
        1
    );
    assert_eq!(hits(&["ferry", "--since", "2016-02"]), 0);
    assert_eq!(hits(&["ferry-line"]), 1);
    assert!(
        desk.refusal(&["search", "AND AND"])
            .contains("AND needs a term")
    );
}

#[test]
fn reports_name_who_is_meant_and_suggest_near_names() {
    let desk = filled();
    let obama = desk.stdout(&["report", "entity", "obama", "--format", "ndjson"]);
    assert!(
        obama.contains("\"title\":\"President\"") && obama.contains("Angela Merkel"),
        "{obama}"
    );
    assert!(
        desk.stdout(&["report", "--format", "markdown"])
            .contains("## Top people")
    );
    assert!(
        desk.refusal(&["report", "entity", "Barack Obamas"])
            .contains("did you mean")
    );
    assert!(
        desk.stdout(&["show", "1"])
            .contains("[Angela Merkel](person)")
    );
}

#[test]
fn a_slip_in_a_name_is_answered_with_the_nearest_and_a_bare_surname_with_the_fuller_name() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "The harbour\n\nMargaret Solheim met Ola Dahl in Bergen.",
    );
    desk.put(
        "b.txt",
        "The quay\n\nMargaret Solheim left Bergen. Nobody asked her why.",
    );
    desk.put(
        "c.txt",
        "The ferry\n\nPremier Solheim was in Oslo on Monday.",
    );
    desk.stdout(&["ingest", "a.txt", "b.txt", "c.txt"]);
    let refusal = desk.refusal(&["report", "entity", "sohleim"]);
    assert!(
        refusal.contains("did you mean Solheim, Margaret Solheim?"),
        "{refusal}"
    );
    let told = desk.run(&["report", "entity", "Solheim"]);
    assert_eq!(
        String::from_utf8_lossy(&told.stderr),
        "more articles name Margaret Solheim (person, 2 articles); write the full name\n"
    );
}
