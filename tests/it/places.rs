use rusqlite::Connection;

use crate::support::Desk;

const QUARREL: &str = "HOLM SUES PORT AUTHORITY\n\nBy Ida Holm\n\nBERGEN, Jan. 5, 2016 (AP) -- Mayor Ida Holm met lawyers in Bergen on Monday.\n\n\"The former Minister Ola Dahl lied to this town,\" Holm said. \"President Ida Holm sounds better,\" said Ola Dahl of the Port Authority.\n";

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", QUARREL).stdout(&["ingest", "a.txt"]);
    desk
}

fn rows(desk: &Desk, query: &str) -> String {
    desk.stdout(&["sql", "--format", "csv", query])
}

const TOPS: &str = "select place, text, entity from v_top_mentions order by place, start";

#[test]
fn names_and_titles_in_quotations_are_marked() {
    let desk = filled();
    assert_eq!(
        rows(&desk, "select role, place from v_roles order by start"),
        "role,place\nMayor,body\nformer Minister,quotation\nPresident,quotation\n"
    );
    let quoted = "select text from v_mentions where place = 'quotation' order by start";
    assert_eq!(rows(&desk, quoted), "text\nOla Dahl\nIda Holm\n");
    let report = desk.stdout(&["report", "entity", "Ida Holm", "--format", "ndjson"]);
    for part in [
        "\"title\":\"President\",\"first_seen\":\"2016-01-05\",\"last_seen\":\"2016-01-05\",\"n_articles\":1,\"sources\":\"AP\",\"place\":\"quotation\"",
        "\"title\":\"HOLM SUES PORT AUTHORITY\",\"place\":\"headline\"",
    ] {
        assert!(report.contains(part), "{part} in {report}");
    }
}

#[test]
fn names_above_the_body_mean_whom_the_body_means() {
    let desk = filled();
    let tops = rows(&desk, TOPS);
    assert_eq!(
        tops,
        "place,text,entity\nbyline,Ida Holm,Ida Holm\ndateline,BERGEN,Bergen\nheadline,HOLM,Ida Holm\nheadline,PORT AUTHORITY,Port Authority\n"
    );
    let whole = "select count(*) from top_mentions join articles on id = article_id
                 where substr(case place when 'headline' then title when 'byline' then byline else dateline end,
                              start + 1, \"end\" - start) = text";
    assert_eq!(desk.count(whole), 4);
    desk.stdout(&["reanalyze", "--all"]);
    assert_eq!(rows(&desk, TOPS), tops);
}

#[test]
fn decisions_hold_above_the_body_and_keep_the_place() {
    let desk = filled();
    let state = |desk: &Desk| {
        let places = "select text, place from mentions order by start";
        let roles = "select role, place, entity from v_roles order by start";
        [TOPS, places, roles].map(|query| rows(desk, query))
    };
    let before = state(&desk);
    desk.stdout(&["entity", "merge", "Ida Holm", "Ola Dahl"]);
    assert!(rows(&desk, TOPS).contains("headline,HOLM,Ola Dahl"));
    desk.stdout(&["entity", "undo"]);
    desk.stdout(&["entity", "ignore", "Ida Holm"]);
    assert!(!rows(&desk, TOPS).contains("HOLM,"));
    desk.stdout(&["entity", "undo"]);
    assert_eq!(state(&desk), before);
}

#[test]
fn a_better_headline_is_searched_for_names() {
    let desk = Desk::new();
    let body = QUARREL.split_once("\n\n").unwrap().1.repeat(3);
    desk.put("a.json", format!("{{\"text\":{body:?}}}"));
    desk.put(
        "b.json",
        format!("{{\"headline\":\"Dahl and Holm quarrel\",\"text\":{body:?}}}"),
    );
    desk.stdout(&["ingest", "a.json"]);
    desk.stdout(&["ingest", "b.json"]);
    let headline =
        "select count(*) from v_top_mentions where place = 'headline' and text in ('Dahl', 'Holm')";
    assert_eq!(desk.count("select count(*) from articles"), 1);
    assert_eq!(desk.count(headline), 2);
}

#[test]
fn older_archives_learn_what_stands_in_quotations() {
    let desk = Desk::new();
    let old = Connection::open(desk.path("archive.db")).unwrap();
    for migration in [
        include_str!("../../migrations/0001_articles.sql"),
        include_str!("../../migrations/0002_entities.sql"),
        include_str!("../../migrations/0003_search.sql"),
        include_str!("../../migrations/0004_views.sql"),
        include_str!("../../migrations/0005_bundles.sql"),
        include_str!("../../migrations/0006_stories.sql"),
        include_str!("../../migrations/0007_resolution.sql"),
        include_str!("../../migrations/0008_curation.sql"),
        include_str!("../../migrations/0009_watchlists.sql"),
    ] {
        old.execute_batch(migration).unwrap();
    }
    old.execute_batch(
        "insert into files (path, name, size, state, received_at) values ('a', 'a', 1, 'stored', '2020-01-01T00:00:00Z');
         insert into articles (key, title, title_origin, body, word_count, file_id, ingested_at)
         values ('k', 'Quarrel', 'headline', 'Holm: \"Ask Dahl for it.\"', 5, 1, '2020-01-01T00:00:00Z');
         insert into entities (kind, key, name) values ('person', 'holm', 'Holm'), ('person', 'dahl', 'Dahl');
         insert into mentions (article_id, entity_id, kind, start, \"end\", text, sentence, confidence, origin)
         values (1, 1, 'person', 0, 4, 'Holm', 0, 1, 'model'), (1, 2, 'person', 11, 15, 'Dahl', 0, 1, 'model');
         insert into quotes (article_id, start, \"end\", text) values (1, 7, 23, 'Ask Dahl for it.');
         pragma application_id = 1835426664;
         pragma user_version = 9;",
    )
    .unwrap();
    drop(old);
    desk.stdout(&["reanalyze", "--diff"]);
    assert_eq!(
        rows(&desk, "select text, place from v_mentions order by start"),
        "text,place\nHolm,body\nDahl,quotation\n"
    );
}
