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
