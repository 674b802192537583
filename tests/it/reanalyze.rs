use crate::support::{Desk, STORY};

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY)
        .put("b.txt", "Fähre fährt\n\nDie Fähre zwischen den beiden Städten fuhr am Montag wieder, drei Wochen nachdem der Sturm den Kai zerstört hatte, sagte der Hafen.")
        .put("c.txt", "Talks go on\n\n\"We will sail again,\" said German Chancellor Angela Merkel in Paris on Monday. Merkel thanked Barack Obama.\n");
    for file in ["a.txt", "b.txt", "c.txt"] {
        desk.stdout(&["ingest", file]);
    }
    desk
}

/// All that a reading gives, rows without their numbers.
fn state(desk: &Desk) -> String {
    [
        "select kind, key, name, n_articles, n_mentions from entities order by kind, key",
        "select kind, key, day, entity_days.n_articles, entity_days.n_mentions from entity_days join entities on id = entity_id order by 1, 2, 3",
        "select kind, entities.key, entity_names.name, origin, entity_names.n_articles from entity_names join entities on id = entity_id order by 1, 2, 3",
        "select article_id, start, \"end\", text, sentence, origin, entity, kind, confidence from v_mentions order by 1, 2",
        "select article_id, start, text, entities.key from quotes left join entities on entities.id = speaker_id order by 1, 2",
        "select article_id, start, title, entities.key from roles join entities on entities.id = entity_id order by 1, 2",
        "select article_id, start, value from dates order by 1, 2",
        "select article_id, number, start from sentences order by 1, 2",
        "select article_id, entry, start, text from v_watchlist_hits order by 1, 2, 3",
        "select id, analyzer from articles order by id",
    ]
    .map(|query| desk.stdout(&["sql", "--format", "csv", "--limit", "1000", query]))
    .join("\n")
}

/// As an older program would have left it: a name missed, a name too many.
fn age(desk: &Desk) {
    desk.sql()
        .execute_batch(
            "update articles set analyzer = 'news-en' where analyzer is not null;
             insert into entities (kind, key, name) values ('person', 'ferry', 'ferry');
             insert into entity_names (entity_id, name, key, origin) values (last_insert_rowid(), 'ferry', 'ferry', 'text');
             update mentions
             set entity_id = (select id from entities where key = 'ferry'), kind = 'person', text = 'ferry'
             where article_id = 1 and text = 'Paris';
             update entity_names set n_articles = n_articles - 1 where name = 'Paris';
             update entities set n_articles = 1, n_mentions = 1 where key in ('ferry', 'paris');
             update entity_days set entity_id = (select id from entities where key = 'ferry')
             where day <> '' and entity_id = (select id from entities where key = 'paris');",
        )
        .unwrap();
}

fn said(desk: &Desk, args: &[&str]) -> String {
    String::from_utf8(desk.run(args).stderr).unwrap()
}

#[test]
fn articles_of_an_older_recognizer_become_as_if_taken_in_today() {
    let desk = filled();
    let today = state(&desk);
    age(&desk);
    assert_ne!(state(&desk), today);
    assert!(said(&desk, &["reanalyze"]).contains("2 articles read again"));
    assert_eq!(state(&desk), today);
    assert!(said(&desk, &["reanalyze"]).contains("0 articles read again"));
    assert!(said(&desk, &["reanalyze", "--all"]).contains("3 articles read again"));
    assert_eq!(state(&desk), today);
}

#[test]
fn the_difference_is_shown_and_nothing_is_stored() {
    let desk = filled();
    age(&desk);
    let before = state(&desk);
    let difference = desk.stdout(&["reanalyze", "--diff", "--format", "csv"]);
    for part in [
        "goes,person,ferry,1,44",
        "comes,location,Paris,1,44",
        "location,1,1,0",
    ] {
        assert!(difference.contains(part), "{part} in {difference}");
    }
    assert_eq!(state(&desk), before);
}

#[test]
fn decisions_and_watchlists_hold_after_a_second_reading() {
    let desk = filled();
    desk.put("list.csv", "name\nBarack Obama\nGerman Chancellor\n");
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    for decision in [
        &["split", "Angela Merkel", "Merkel"][..],
        &["merge", "Angela Merkel", "Barack Obama"],
        &["ignore", "Paris"],
        &["rename", "Barack Obama", "B. Obama"],
    ] {
        desk.stdout(&[&["entity"], decision].concat());
    }
    let before = state(&desk);
    desk.stdout(&["reanalyze", "--all"]);
    assert_eq!(state(&desk), before);
    for _decision in 0..4 {
        desk.stdout(&["entity", "undo"]);
    }
    desk.stdout(&["watchlist", "remove", "mine"]);
    assert_eq!(state(&desk), state(&filled()));
}

#[test]
fn a_reading_that_was_killed_goes_on_where_it_was() {
    let desk = Desk::new();
    for n in 0..1_000 {
        desk.put(
            &format!("clips/{n}.txt"),
            format!("Story {n}\n\nIt happened in town {n}, said Ida Holm."),
        );
    }
    desk.stdout(&["ingest", "clips"]);
    let today = state(&desk);
    desk.sql()
        .execute_batch("update articles set analyzer = 'news-en'")
        .unwrap();
    let old = "select count(*) from articles where analyzer = 'news-en'";
    let running = desk.start(&["reanalyze"]);
    desk.wait_until("begun", |desk| desk.count(old) < 1_000);
    running.kill();
    desk.stdout(&["reanalyze"]);
    assert_eq!(desk.count(old), 0);
    assert_eq!(state(&desk), today);
}
