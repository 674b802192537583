use std::fs;

use crate::support::{Desk, STORY};

const OTHER: &str = "Bridge shut\n\nThe bridge in Oslo is shut, said Mayor Kari Dahl.";

/// A tape archive with one article and one member that gives none.
fn bundle(desk: &Desk, name: &str) {
    desk.put("members/a.txt", STORY)
        .put("members/b.txt", [0_u8, 159, 146, 150, 0, 1, 2, 255]);
    desk.shell(&format!("tar -C members -cf '{name}' a.txt b.txt"));
}

#[test]
fn what_the_database_refuses_costs_only_its_own_file() {
    let desk = Desk::new();
    desk.put("z.txt", OTHER);
    desk.stdout(&["ingest", "z.txt"]);
    desk.sql()
        .execute_batch(
            "create trigger refuse before insert on articles when new.title like 'Ferry%'
             begin select raise(abort, 'refused'); end",
        )
        .unwrap();
    desk.put(
        "inbox/a.txt",
        "Road open\n\nThe road to Voss is open again.",
    )
    .put("inbox/b.txt", STORY)
    .put(
        "inbox/c.txt",
        "Quay shut\n\nThe quay at Molde is shut today.",
    );
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        3
    );
    assert_eq!(
        desk.count("select count(*) from files where name = 'b.txt' and state = 'failed' and reason like '%refused%'"),
        1
    );
    assert!(desk.path("failed/b.txt.why.txt").exists());
    assert_eq!(
        desk.count("select count(*) from entities where n_articles = 0 and n_mentions > 0"),
        0
    );
}

#[test]
fn an_article_that_the_database_refuses_costs_no_other_of_its_bundle() {
    let desk = Desk::new();
    desk.put("z.txt", OTHER);
    desk.stdout(&["ingest", "z.txt"]);
    desk.sql()
        .execute_batch(
            "create trigger refuse before insert on articles when new.title like 'Ferry%'
             begin select raise(abort, 'refused'); end",
        )
        .unwrap();
    desk.put("m/a.txt", STORY)
        .put("m/b.txt", "Quay shut\n\nThe quay at Molde is shut today.");
    desk.shell("tar -C m -cf inbox/m.tar a.txt b.txt");
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select article_count from files where name = 'm.tar' and state = 'stored'"),
        1
    );
    assert_eq!(
        desk.count("select count(*) from file_failures where member like '%Ferry line%'"),
        1
    );
}

#[test]
fn a_name_of_sixty_thousand_letters_stops_nothing() {
    let desk = Desk::new();
    let name = "Abcdefghij".repeat(6_000);
    desk.put(
        "inbox/a.txt",
        format!(
            "Odd name\n\nMayor {name} met Kari Dahl in Oslo, and {name} Jensen left for Bergen."
        ),
    )
    .put("inbox/b.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        2
    );
    assert_eq!(
        desk.count("select count(*) from entity_names where length(name) > 400"),
        0
    );
    for args in [
        &["report", "entity", name.as_str()][..],
        &["search", &format!("entity:{name}")],
    ] {
        assert!(!desk.run(args).stderr.is_empty());
    }
}

#[test]
fn a_bundle_whose_reading_was_interrupted_names_each_failure_once() {
    let desk = Desk::new();
    bundle(&desk, "inbox/a.tar");
    desk.stdout(&["watch", "--once"]);
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    let interrupt = "update files set state = 'waiting', reason = 'it is being read', finished_at = null, filed_as = null";
    desk.sql().execute(interrupt, []).unwrap();
    fs::rename(desk.path(&filed), desk.path("inbox/a.tar")).unwrap();
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from files"), 1);
    assert_eq!(desk.count("select count(*) from file_failures"), 1);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        1
    );
}

#[test]
fn a_bundle_that_leaves_while_it_is_read_is_named_and_goes_on_under_its_new_name() {
    let desk = Desk::new();
    bundle(&desk, "inbox/a.tar");
    desk.stdout(&["watch", "--once"]);
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    let interrupt = "update files set state = 'waiting', reason = 'it is being read', finished_at = null, filed_as = null";
    desk.sql().execute(interrupt, []).unwrap();
    desk.stdout(&["watch", "--once"]);
    let doctor = desk.run(&["doctor", "--format", "csv"]);
    let findings = String::from_utf8(doctor.stdout).unwrap();
    assert!(
        findings.contains("files that left their place before they were read to the end,look,1"),
        "{findings}"
    );
    fs::rename(desk.path(&filed), desk.path("inbox/renamed.tar")).unwrap();
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where path = 'renamed.tar' and state = 'stored'"),
        1
    );
    assert_eq!(desk.count("select count(*) from files"), 1);
    assert_eq!(desk.count("select count(*) from file_failures"), 1);
    desk.stdout(&["doctor"]);
}

#[test]
fn a_file_that_was_read_when_the_program_died_is_tried_alone_and_stored_if_it_is_harmless() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY)
        .put("archive.db.reading", b"\x05\x00a.txt");
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        1
    );
    let notes = fs::read(desk.path("archive.db.reading")).unwrap();
    assert!(notes.iter().take(2).all(|byte| *byte == 0));
}

#[test]
fn commands_get_their_turn_beside_a_busy_writer() {
    let desk = Desk::new();
    for n in 0..400 {
        desk.put(
            &format!("many/{n}.txt"),
            format!("Notice {n}\n\nThe board of Quay {n} met in Oslo, said chairman Odd Berntsen number {n}."),
        );
    }
    desk.put("one.txt", STORY);
    let first = desk.start(&["ingest", "many"]);
    desk.stdout(&["ingest", "one.txt"]);
    assert!(first.end_well());
    assert_eq!(desk.count("select count(*) from articles"), 401);
}

#[test]
fn the_doctor_sees_an_original_whose_bytes_have_changed() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    desk.put(&filed, format!("{STORY}More."));
    let doctor = desk.run(&["doctor", "--format", "csv"]);
    let findings = String::from_utf8(doctor.stdout).unwrap();
    assert!(
        findings.contains("originals whose bytes have changed since they were read,look,1"),
        "{findings}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_archive_in_a_folder_that_may_not_be_written_to_can_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.stdout(&["ingest", "a.txt"]);
    fs::create_dir(desk.path("disc")).unwrap();
    fs::copy(
        desk.path("archive.db"),
        desk.path("disc/news%20 archive.db"),
    )
    .unwrap();
    for (path, mode) in [("disc/news%20 archive.db", 0o444), ("disc", 0o555)] {
        fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    for args in [
        &["search", "ferry"][..],
        &["report", "overview"],
        &["sql", "select count(*) from articles"],
        &["doctor"],
    ] {
        let args = [args, &["--archive", "disc/news%20 archive.db"]].concat();
        let output = desk.run_unprivileged(&args);
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    fs::set_permissions(desk.path("disc"), fs::Permissions::from_mode(0o755)).unwrap();
}
