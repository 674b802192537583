use crate::support::{Desk, STORY};

#[test]
fn a_second_ingest_adds_nothing_and_moves_nothing() {
    let desk = Desk::new();
    desk.put("clips/a.txt", STORY)
        .put("clips/b.md", "# Bridge shut\n\nThe bridge in Oslo is shut.");
    desk.stdout(&["ingest", "clips"]);
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(desk.count("select count(*) from articles"), 2);
    assert_eq!(desk.count("select count(*) from files"), 2);
    assert!(desk.path("clips/a.txt").exists());
}

#[test]
fn the_order_of_arrival_does_not_change_the_entities() {
    let names = |first: &str, second: &str| {
        let desk = Desk::new();
        desk.put(first, STORY).put(
            second,
            STORY
                .replace("Obama praised", "OBAMA praised")
                .replace("ferry", "boat"),
        );
        desk.stdout(&["ingest", first]);
        desk.stdout(&["ingest", second]);
        desk.stdout(&[
            "sql",
            "--format",
            "csv",
            "select kind, key, name from entities order by kind, key",
        ])
    };
    let (one, other) = (names("a.txt", "b.txt"), names("b.txt", "a.txt"));
    assert!(one.contains("barack obama"), "{one}");
    assert_eq!(one, other);
}

#[test]
fn inspect_gives_the_articles_with_their_names_and_stores_nothing() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    let line = desk.stdout(&["inspect", "a.txt"]);
    for part in [
        "\"title\":\"Ferry line reopens\"",
        "\"authors\":[\"Ida Holm\"]",
        "\"text\":\"Angela Merkel\"",
        "\"quotes\":[]",
    ] {
        assert!(line.contains(part), "{line}");
    }
    assert!(!desk.path("archive.db").exists());
}

#[test]
fn standard_input_is_a_file_too_and_what_is_too_long_is_refused_whole() {
    let desk = Desk::new();
    assert!(
        desk.run_with_input(&["ingest", "-"], STORY)
            .status
            .success()
    );
    assert_eq!(
        desk.count("select count(*) from files where path = '-' and state = 'stored'"),
        1
    );
    desk.put("config.toml", "[inbox]\nmax_file_bytes = 20\n");
    let output = desk.run_with_input(&["ingest", "-"], STORY);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("more than the limit of 20"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_keeps_what_was_committed() {
    let desk = Desk::new();
    for n in 0..3_000 {
        desk.put(
            &format!("clips/{n}.txt"),
            format!("Story {n}\n\nIt happened in town {n}, said Ida Holm."),
        );
    }
    let ingest = desk.start(&["ingest", "clips"]);
    desk.wait_until("begun", |desk| {
        desk.count("select count(*) from articles") > 0
    });
    assert!(ingest.end_by("INT"));
    assert_eq!(
        desk.count("select count(*) from articles"),
        desk.count("select count(*) from files")
    );
    desk.stdout(&["ingest", "clips"]);
    assert_eq!(desk.count("select count(*) from articles"), 3_000);
}

#[test]
fn a_file_that_failed_is_tried_again_in_its_own_row() {
    let desk = Desk::new();
    desk.put("a.txt", "");
    for _run in 0..2 {
        assert!(
            desk.refusal(&["ingest", "a.txt"])
                .contains("the file is empty")
        );
    }
    assert_eq!(desk.count("select attempts from files"), 2);
}

#[test]
fn what_clippings_do_not_say_is_said_for_them() {
    let desk = Desk::new();
    desk.put(
        "silent.txt",
        "Ferry sails\n\nThe ferry sailed on 5 March, said Ida Holm of the harbour.\n",
    );
    desk.put("loud.txt", STORY);
    let given = ["--source", "Bergen Courier", "--published", "1987"];
    desk.stdout(&[&["ingest", "silent.txt", "loud.txt"], given.as_slice()].concat());
    let said = "select count(*) from v_articles where source = 'Bergen Courier' and published_at = '1987' and title = 'Ferry sails'";
    assert_eq!(desk.count(said), 1);
    // An article's own word goes before.
    let own = "select count(*) from v_articles where published_at = '2016-01-05'";
    assert_eq!(desk.count(own), 1);
    let wrong = desk.run(&["ingest", "silent.txt", "--published", "1987-13"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_text_longer_than_any_article_is_refused_in_words() {
    let desk = Desk::new();
    desk.put("long.txt", "a word of many and ".repeat(700_000));
    desk.refusal(&["ingest", "long.txt"]);
    let reasons = desk.stdout(&["report", "inbox"]);
    assert!(
        reasons.contains("longer than any article") || reasons.contains("more than any article"),
        "{reasons}"
    );
}
