use std::fs;
use std::process::Command;

use crate::support::{Desk, STORY};

const WHOLE_SPANS: &str = "select count(*) from mentions join articles on articles.id = article_id where substr(body, start + 1, \"end\" - start) <> text";

fn swept(desk: &Desk) -> &Desk {
    desk.stdout(&["watch", "--once"]);
    desk
}

#[test]
fn a_dropped_file_becomes_rows_and_is_filed() {
    let desk = Desk::new();
    swept(desk.put("inbox/sub/a.txt", STORY));
    assert_eq!(desk.count("select count(*) from articles where dateline like 'BERGEN%' and published_at = '2016-01-05'"), 1);
    assert_eq!(
        desk.count(
            "select count(*) from entities where key in ('barack obama', 'angela merkel', 'paris')"
        ),
        3
    );
    assert_eq!(desk.count(WHOLE_SPANS), 0);
    assert!(!desk.path("inbox/sub/a.txt").exists());
    assert_eq!(desk.count("select count(*) from files where filed_as like '%/sub/a.txt' and finished_at is not null"), 1);
}

#[test]
fn the_same_file_twice_is_a_duplicate_and_adds_nothing() {
    let desk = Desk::new();
    swept(desk.put("inbox/a.txt", STORY));
    swept(desk.put("inbox/a.txt", STORY));
    assert_eq!(desk.count("select count(*) from articles"), 1);
    assert!(desk.path("duplicates/a.txt").exists());
}

#[test]
fn what_cannot_be_read_goes_to_failed_with_a_note() {
    let desk = Desk::new();
    desk.put("inbox/empty.txt", "")
        .put("inbox/photo.txt", b"\x89PNG\r\n\x1a\n\0");
    fs::File::create(desk.path("inbox/huge.txt"))
        .unwrap()
        .set_len(5_000_000_000)
        .unwrap();
    swept(&desk);
    for (file, reason) in [
        ("empty.txt", "empty"),
        ("photo.txt", "PNG picture"),
        ("huge.txt", "5000000000 bytes"),
    ] {
        let note = fs::read_to_string(desk.path(&format!("failed/{file}.why.txt"))).unwrap();
        assert!(note.contains(reason), "{note}");
    }
    assert_eq!(
        desk.count("select count(*) from files where state = 'failed' and reason is not null"),
        3
    );
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_ignored_and_the_ledger_adds_up() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY)
        .put("inbox/b.txt.part", "unfinished");
    std::os::unix::fs::symlink("/etc/hostname", desk.path("inbox/link.txt")).unwrap();
    Command::new("mkfifo")
        .arg(desk.path("inbox/pipe.txt"))
        .status()
        .unwrap();
    swept(&desk);
    let ledger = desk.stdout(&["report", "inbox", "--format", "ndjson"]);
    let first = ledger.lines().next().unwrap();
    for part in [
        "\"seen\":4",
        "\"stored\":1",
        "\"ignored\":2",
        "\"waiting\":1",
        "\"failed\":0",
    ] {
        assert!(first.contains(part), "{first}");
    }
}

#[test]
fn a_part_file_is_taken_once_it_has_its_name() {
    let desk = Desk::new();
    let mut daemon = desk.start(&["watch"]);
    desk.put("inbox/a.txt.part", STORY);
    desk.wait_until("seen waiting", |desk| {
        desk.count("select count(*) from files where state = 'waiting'") == 1
    });
    fs::rename(desk.path("inbox/a.txt.part"), desk.path("inbox/a.txt")).unwrap();
    desk.wait_until("stored", |desk| {
        desk.count("select count(*) from files where state = 'stored'") == 1
    });
    desk.wait_until("no longer waiting", |desk| {
        desk.count("select count(*) from files") == 1
    });
    daemon.kill().unwrap();
    daemon.wait().unwrap();
}

#[test]
fn a_second_daemon_is_refused_and_a_dead_one_is_not_in_the_way() {
    let desk = Desk::new();
    let mut daemon = desk.start(&["watch"]);
    desk.wait_until("at work", |desk| {
        desk.count("select count(*) from daemon") == 1
    });
    assert!(
        desk.refusal(&["watch", "--once"])
            .contains("another microfiche")
    );
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    swept(&desk);
}

#[test]
fn a_crash_between_commit_and_rename_is_mended_at_the_next_start() {
    let desk = Desk::new();
    swept(desk.put("inbox/a.txt", STORY));
    // The state that such a crash leaves: the row unfinished, the file still in the inbox.
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    desk.sql()
        .execute("update files set finished_at = null", [])
        .unwrap();
    fs::rename(desk.path(&filed), desk.path("inbox/a.txt")).unwrap();
    swept(&desk);
    assert!(desk.path(&filed).exists());
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored' and finished_at is not null"),
        1
    );
    assert_eq!(desk.count("select count(*) from files"), 1);
}

#[test]
fn files_under_a_killed_daemon_are_neither_lost_nor_doubled() {
    let desk = Desk::new();
    for n in 0..120 {
        desk.put(
            &format!("inbox/{n}.txt"),
            format!("Story {n} of the day\n\nIt happened in town {n}, said Ida Holm."),
        );
    }
    for n_stored in [1, 30, 60] {
        let mut daemon = desk.start(&["watch"]);
        desk.wait_until("some stored", |desk| {
            desk.count("select count(*) from articles") >= n_stored
        });
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    swept(&desk);
    assert_eq!(desk.count("select count(*) from articles"), 120);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        120
    );
    assert_eq!(
        desk.count("select count(*) from files where state <> 'stored'"),
        0
    );
}

#[cfg(unix)]
#[test]
fn sigterm_stops_the_daemon_cleanly() {
    let desk = Desk::new();
    let mut daemon = desk.start(&["watch"]);
    desk.wait_until("idle", |desk| {
        desk.count("select count(*) from daemon where state = 'idle'") == 1
    });
    Command::new("kill")
        .arg(daemon.id().to_string())
        .status()
        .unwrap();
    assert!(daemon.wait().unwrap().success());
    assert!(
        desk.stdout(&["status", "--format", "ndjson"])
            .contains("stopped")
    );
}

#[test]
fn kept_files_stay_and_are_not_taken_twice() {
    let desk = Desk::new();
    desk.put("config.toml", "[inbox]\ndone = \"keep\"\n")
        .put("inbox/a.txt", STORY);
    swept(&desk);
    assert!(desk.path("inbox/a.txt").exists());
    assert_eq!(desk.count("select count(*) from files"), 1);
}
