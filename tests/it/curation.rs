use crate::support::{Desk, STORY};

/// Ferries, spoken of in two articles.
fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY).put(
        "b.txt",
        "Talks go on\n\n\"We will sail again,\" said German Chancellor Angela Merkel in Paris on Monday. Merkel thanked Barack Obama.\n",
    );
    // One after the other, so that each has the same id in every archive.
    for file in ["a.txt", "b.txt"] {
        desk.stdout(&["ingest", file]);
    }
    desk
}

/// All that decisions may change, rows with their numbers.
fn state(desk: &Desk) -> String {
    [
        "select * from entities order by id",
        "select * from entity_names order by entity_id, name",
        "select * from mentions order by id",
        "select * from quotes order by id",
        "select * from roles order by id",
        "select * from entity_days order by entity_id, day",
    ]
    .map(|query| desk.stdout(&["sql", "--format", "csv", "--limit", "1000", query]))
    .join("\n")
}

fn articles_of(desk: &Desk, entity: &str) -> i64 {
    desk.count(&format!(
        "select count(distinct article_id) from v_mentions where entity = '{entity}'"
    ))
}

#[test]
fn merged_names_are_one_in_old_articles_and_in_those_to_come() {
    let desk = filled();
    desk.stdout(&["entity", "merge", "Angela Merkel", "Barack Obama"]);
    assert_eq!(articles_of(&desk, "Angela Merkel"), 0);
    desk.put(
        "c.txt",
        "Ferry sails\n\nIn Oslo, Angela Merkel met reporters on Tuesday.",
    );
    desk.stdout(&["ingest", "c.txt"]);
    assert_eq!(articles_of(&desk, "Angela Merkel"), 0);
    assert_eq!(articles_of(&desk, "Barack Obama"), 3);
    let page = desk.stdout(&["report", "entity", "Angela Merkel", "--format", "ndjson"]);
    assert!(page.contains("\"name\":\"Barack Obama\""), "{page}");
    assert!(
        page.contains("\"name\":\"Angela Merkel\",\"origin\":\"text\""),
        "{page}"
    );
}

#[test]
fn every_decision_can_be_undone_exactly() {
    let desk = filled();
    let before = state(&desk);
    for decision in [
        &["merge", "Angela Merkel", "Barack Obama"][..],
        &["merge", "Paris", "Barack Obama", "--force"],
        &["split", "Angela Merkel", "Merkel"],
        &["rename", "Angela Merkel", "A. Merkel"],
        &["alias", "Paris", "City of Light"],
        &["alias", "Barack Obama", "Angela Merkel"],
        &["kind", "Paris", "person"],
        &["ignore", "Angela Merkel"],
    ] {
        desk.stdout(&[&["entity"], decision].concat());
        assert_ne!(state(&desk), before, "{decision:?}");
        desk.stdout(&["entity", "undo"]);
        assert_eq!(state(&desk), before, "{decision:?}");
    }
    assert!(
        desk.refusal(&["entity", "undo"])
            .contains("nothing to undo")
    );
    let log = desk.stdout(&["entity", "log", "--format", "ndjson"]);
    assert_eq!(log.matches("\"state\":\"undone\"").count(), 8, "{log}");
}

#[test]
fn a_decision_is_undone_among_others_by_its_number() {
    let desk = filled();
    desk.stdout(&["entity", "rename", "Paris", "City of Paris"]);
    let renamed = state(&desk);
    desk.stdout(&["entity", "undo"]);
    desk.stdout(&["entity", "merge", "Angela Merkel", "Barack Obama"]);
    desk.stdout(&["entity", "rename", "Paris", "City of Paris"]);
    desk.stdout(&["entity", "undo", "3"]);
    assert_eq!(state(&desk), renamed);
    assert!(
        desk.refusal(&["entity", "undo", "3"])
            .contains("no decision 3 holds")
    );
}

#[test]
fn a_name_that_was_taken_out_is_an_entity_of_its_own_ever_after() {
    let desk = filled();
    desk.stdout(&["entity", "split", "Angela Merkel", "Merkel"]);
    desk.put(
        "c.txt",
        "Ferry sails\n\nIn Oslo, Angela Merkel met reporters. Merkel praised the ferry on Tuesday.",
    );
    desk.stdout(&["ingest", "c.txt"]);
    assert_eq!(articles_of(&desk, "Merkel"), 2);
    assert!(
        desk.refusal(&["entity", "split", "Angela Merkel", "Angela"])
            .contains("is not called")
    );
}

#[test]
fn ignored_entities_are_in_no_report_and_come_back() {
    let desk = filled();
    desk.stdout(&["entity", "ignore", "Barack Obama"]);
    desk.put(
        "c.txt",
        "Ferry sails\n\nIn Oslo, President Barack Obama met reporters on Tuesday.",
    );
    desk.stdout(&["ingest", "c.txt"]);
    for report in [
        &["report"][..],
        &["report", "entities"],
        &["show", "1"],
        &["show", "3"],
    ] {
        assert!(
            !desk.stdout(report).contains("[Barack Obama]"),
            "{report:?}"
        );
    }
    assert!(
        !desk
            .stdout(&["report", "entities", "--format", "csv"])
            .contains("Obama")
    );
    desk.stdout(&["entity", "undo"]);
    assert_eq!(articles_of(&desk, "Barack Obama"), 3);
    assert_eq!(desk.count("select count(*) from ignored_mentions"), 0);
}

#[test]
fn a_changed_kind_is_shown_and_two_kinds_do_not_merge_unasked() {
    let desk = filled();
    let refusal = desk.refusal(&["entity", "merge", "Paris", "Angela Merkel"]);
    assert!(
        refusal.contains("Paris (location") && refusal.contains("Angela Merkel (person"),
        "{refusal}"
    );
    desk.stdout(&["entity", "kind", "Paris", "organization"]);
    assert!(
        desk.stdout(&["show", "1"])
            .contains("[Paris](organization)")
    );
}

#[test]
fn unknown_and_ambiguous_names_list_who_may_be_meant() {
    let desk = filled();
    assert!(
        desk.refusal(&["entity", "show", "Angela Merkels"])
            .contains("did you mean")
    );
    desk.stdout(&["entity", "alias", "Paris", "Capital"]);
    desk.stdout(&["entity", "alias", "Barack Obama", "Capital"]);
    let refusal = desk.refusal(&["entity", "ignore", "Capital"]);
    assert!(
        refusal.contains("location:Paris") && refusal.contains("person:Barack Obama"),
        "{refusal}"
    );
    desk.stdout(&["entity", "ignore", "person:Capital"]);
}

#[test]
fn decisions_are_carried_to_another_archive() {
    let (one, other) = (filled(), filled());
    for decision in [
        &["merge", "Angela Merkel", "Barack Obama"][..],
        &["kind", "Paris", "organization"],
        &["rename", "Barack Obama", "Obama the Elder"],
    ] {
        one.stdout(&[&["entity"], decision].concat());
    }
    other.put("decisions.ndjson", one.stdout(&["entity", "export"]));
    other.stdout(&["entity", "import", "decisions.ndjson"]);
    assert_eq!(state(&one), state(&other));
    let again = other.run(&["entity", "import", "decisions.ndjson"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing new"));
}

#[test]
fn a_daemon_at_work_learns_of_decisions_and_of_entities_that_went() {
    let desk = filled();
    let _daemon = desk.start(&["watch"]);
    let drop_in = |name: &str, text: &str| {
        let n = desk.count("select count(*) from articles");
        desk.put(&format!("inbox/{name}.txt"), text);
        desk.wait_until(name, |desk| {
            desk.count("select count(*) from articles") == n + 1
        });
    };
    desk.stdout(&["entity", "kind", "Paris", "organization"]);
    drop_in(
        "c",
        "Ferry sails\n\nAngela Merkel sailed to Paris on Tuesday.",
    );
    desk.stdout(&["entity", "undo"]);
    drop_in(
        "d",
        "Ferry returns\n\nIda Holm and Kari Solberg returned from Oslo and Bergen on Friday.",
    );
    desk.stdout(&["entity", "kind", "Paris", "organization"]);
    drop_in(
        "e",
        "Ferry stays\n\nBarack Obama stayed in Paris on Wednesday.",
    );
    let paris = "select count(distinct article_id) from v_mentions where entity = 'Paris' and kind = 'organization'";
    assert_eq!(desk.count(paris), 4);
}

#[test]
fn a_file_with_a_wrong_line_is_not_taken_at_all() {
    let desk = filled();
    let before = state(&desk);
    let right = "{\"action\":\"ignore\",\"kind\":\"person\",\"key\":\"angela merkel\",\"name\":\"Angela Merkel\"}";
    for wrong in [
        "ignore Paris",
        "{\"action\":\"merge\",\"kind\":\"person\",\"key\":\"a\",\"name\":\"A\"}",
    ] {
        desk.put("decisions.ndjson", format!("{right}\n{wrong}\n"));
        assert!(
            desk.refusal(&["entity", "import", "decisions.ndjson"])
                .contains("line 2")
        );
    }
    assert_eq!(state(&desk), before);
}
