use crate::support::{Desk, STORY};

const LIST: &str =
    "name,aliases,id\nAngela MERKEL,,p1\nNorth Ferry Line,NFL Ltd;Nordfähre,p2\nIT,,p3\n";

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY).put("list.csv", LIST);
    desk.stdout(&["ingest", "a.txt"]);
    desk
}

fn hits(desk: &Desk) -> String {
    let query = "select article_id, own_id, text from v_watchlist_hits order by article_id, start";
    desk.stdout(&["sql", "--format", "csv", query])
}

#[test]
fn names_are_found_in_old_articles_and_in_those_to_come() {
    let desk = filled();
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    desk.put("b.txt", "Ferry sails\n\n“Über” the sea, NORDFÄHRE and angela merkel’s party said it and IT, and it alone, sailed.");
    desk.stdout(&["ingest", "b.txt"]);
    assert_eq!(
        hits(&desk),
        "article_id,own_id,text\n1,p1,Angela Merkel\n2,p1,angela merkel\n2,p3,IT\n"
    );
    let wrong = "select count(*) from watchlist_hits join articles on articles.id = article_id
                 where substr(body, start + 1, \"end\" - start) <> text";
    assert_eq!(desk.count(wrong), 0);
}

#[test]
fn a_hit_marks_the_mention_that_it_is_and_removal_unmarks_it() {
    let desk = filled();
    let marked =
        "select count(*) from mentions where origin = 'watchlist' and text = 'Angela Merkel'";
    desk.stdout(&["watchlist", "add", "one", "list.csv"]);
    desk.stdout(&["watchlist", "add", "two", "list.csv"]);
    assert_eq!(desk.count(marked), 1);
    desk.stdout(&["watchlist", "remove", "one"]);
    assert_eq!(desk.count(marked), 1);
    desk.stdout(&["watchlist", "remove", "two"]);
    assert_eq!(
        desk.count("select count(*) from mentions where origin <> 'model'"),
        0
    );
    assert_eq!(desk.count("select count(*) from watchlist_hits"), 0);
    assert!(
        desk.refusal(&["watchlist", "remove", "two"])
            .contains("no list")
    );
}

#[test]
fn a_list_with_a_wrong_line_changes_nothing() {
    let desk = filled();
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    let before = hits(&desk);
    desk.put("bad.csv", format!("{LIST}Ola,,p4,too much\n"));
    let refusal = desk.refusal(&["watchlist", "add", "mine", "bad.csv", "--replace"]);
    assert!(refusal.contains("bad.csv: line 5"), "{refusal}");
    assert_eq!(hits(&desk), before);
    assert!(
        desk.refusal(&["watchlist", "add", "mine", "list.csv"])
            .contains("--replace")
    );
    desk.stdout(&["watchlist", "add", "mine", "list.csv", "--replace"]);
    assert_eq!(hits(&desk), before);
}

#[test]
fn hits_inside_longer_mentions_leave_mentions_apart() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "Talks\n\nThe University of New South Wales opened in Sydney on Monday, Ida Holm said.",
    )
    .put(
        "list.ndjson",
        "{\"name\":\"New South Wales\",\"id\":7}\n{\"name\":\"South Wales\"}\n",
    );
    desk.stdout(&["ingest", "a.txt"]);
    desk.stdout(&["watchlist", "add", "places", "list.ndjson"]);
    assert_eq!(hits(&desk), "article_id,own_id,text\n1,7,New South Wales\n");
    let overlaps = "select count(*) from mentions as a join mentions as b
                    on a.article_id = b.article_id and a.id < b.id and a.start < b.\"end\" and b.start < a.\"end\"";
    assert_eq!(desk.count(overlaps), 0);
}

#[test]
fn the_report_tells_who_was_met_since_a_day_and_in_which_sentence() {
    let desk = filled();
    let person = "{\"id\":\"Q9\",\"schema\":\"Person\",\"caption\":\"Merkel, A.\",\"properties\":{\"name\":[\"Angela Merkel\"],\"country\":[\"de\"]}}";
    desk.put("ftm.json", person);
    desk.stdout(&["watchlist", "add", "sanctions", "ftm.json"]);
    let report = |since| {
        desk.stdout(&[
            "report",
            "watchlist",
            "--since",
            since,
            "--format",
            "ndjson",
        ])
    };
    let met = report("2016-01-05");
    assert!(
        met.contains("\"own_id\":\"Q9\"") && met.contains("met Angela Merkel in Paris"),
        "{met}"
    );
    assert!(!report("2016-01-06").contains("Q9"));
    let lists = desk.stdout(&["watchlist", "list", "--format", "csv"]);
    assert!(lists.contains("sanctions,1,1,1,ftm.json"), "{lists}");
}

#[test]
fn a_daemon_at_work_takes_up_a_list_that_comes() {
    let desk = filled();
    let _daemon = desk.start(&["watch"]);
    desk.put(
        "inbox/b.txt",
        "Ferry sails\n\nAngela Merkel sailed with her ferry on Monday.",
    );
    desk.wait_until("first", |desk| {
        desk.count("select count(*) from articles") == 2
    });
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    desk.put(
        "inbox/c.txt",
        "Ferry returns\n\nAngela Merkel returned with another ferry on Tuesday.",
    );
    desk.wait_until("hit", |desk| {
        desk.count("select count(*) from watchlist_hits where article_id = 3") == 1
    });
}

#[test]
fn a_word_is_met_only_where_it_is_a_name() {
    let desk = Desk::new();
    desk.put("list.csv", "name\nWill\nMay\nBank\nShell\nwill\nLeithco\n").put(
        "a.txt",
        "Talks\n\nWill Holm said in May that the Bank of Norway is a bank like others and will stay so. Will it? He asked Leithco and Shell for help.",
    );
    desk.stdout(&["ingest", "a.txt"]);
    desk.stdout(&["watchlist", "add", "words", "list.csv"]);
    let names =
        "select group_concat(text, ' ') from (select text from watchlist_hits order by start)";
    let names: String = desk.sql().query_row(names, [], |row| row.get(0)).unwrap();
    assert_eq!(names, "Leithco Shell");
}
