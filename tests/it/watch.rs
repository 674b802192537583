use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, SystemTime};

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
    let daemon = desk.start(&["watch"]);
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
    daemon.kill();
}

#[test]
fn a_second_daemon_is_refused_and_a_dead_one_is_not_in_the_way() {
    let desk = Desk::new();
    let daemon = desk.start(&["watch"]);
    desk.wait_until("at work", |desk| {
        desk.count("select count(*) from daemon") == 1
    });
    assert!(
        desk.refusal(&["watch", "--once"])
            .contains("another microfiche")
    );
    daemon.kill();
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
        let daemon = desk.start(&["watch"]);
        desk.wait_until("some stored", |desk| {
            desk.count("select count(*) from articles") >= n_stored
        });
        daemon.kill();
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
    let daemon = desk.start(&["watch"]);
    desk.wait_until("idle", |desk| {
        desk.count("select count(*) from daemon where state = 'idle'") == 1
    });
    assert!(daemon.end_by("TERM"));
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
    for _start in 0..2 {
        swept(&desk);
        assert!(desk.path("inbox/a.txt").exists());
        assert_eq!(desk.count("select count(*) from files"), 1);
    }
}

#[test]
fn a_folder_moved_in_is_taken_file_by_file_whatever_its_dates() {
    let desk = Desk::new();
    let daemon = desk.start(&["watch"]);
    desk.wait_until("idle", |desk| {
        desk.count("select count(*) from daemon where state = 'idle'") == 1
    });
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for n in 0..3 {
        let (name, town) = (format!("outside/deep/{n}.txt"), format!("Town {n} votes"));
        desk.put(
            &name,
            format!("{town}\n\nIt voted on Monday, said Ida Holm."),
        );
        let file = fs::File::open(desk.path(&name)).unwrap();
        file.set_modified(old).unwrap();
    }
    fs::rename(desk.path("outside"), desk.path("inbox/outside")).unwrap();
    desk.wait_until("filed", |desk| {
        desk.count("select count(*) from files where state = 'stored' and finished_at is not null")
            == 3
    });
    assert_eq!(desk.count("select count(*) from files"), 3);
    daemon.kill();
}

#[test]
fn a_file_that_is_still_written_is_taken_once_and_whole() {
    let desk = Desk::new();
    let daemon = desk.start(&["watch"]);
    let mut slow = fs::File::create(desk.path("inbox/slow.txt")).unwrap();
    for n in 0..200 {
        writeln!(slow, "Paragraph {n} of a story that came slowly.\n").unwrap();
        slow.sync_all().unwrap();
    }
    drop(slow);
    desk.wait_until("stored", |desk| {
        desk.count("select count(*) from files where state = 'stored' and finished_at is not null")
            == 1
    });
    assert_eq!(desk.count("select count(*) from files"), 1);
    assert_eq!(
        desk.count("select body like '%Paragraph 199 %' from articles"),
        1
    );
    daemon.kill();
}

#[test]
fn a_bundle_gives_its_articles_and_a_broken_member_fails_alone() {
    let desk = Desk::new();
    let mut bundle = tar::Builder::new(fs::File::create(desk.path("inbox/day.tar")).unwrap());
    for (name, bytes) in [
        ("one.txt", STORY.as_bytes()),
        ("../two.md", b"# Bridge shut\n\nThe bridge in Oslo is shut."),
        ("photo.txt", b"\x89PNG\r\n\x1a\n"),
    ] {
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        bundle.append(&header, bytes).unwrap();
    }
    bundle.finish().unwrap();
    drop(bundle);
    swept(&desk);
    assert_eq!(desk.count("select count(*) from articles"), 2);
    assert_eq!(
        desk.count("select article_count from files where state = 'stored'"),
        2
    );
    let ledger = desk.stdout(&["report", "inbox", "--format", "ndjson"]);
    assert!(ledger.contains("\"member\":\"photo.txt\"") && ledger.contains("a PNG picture"));
    assert!(!desk.path("two.md").exists());
}

#[test]
fn of_very_many_members_without_an_article_a_hundred_are_named_and_all_are_counted() {
    let desk = Desk::new();
    let mut lines = String::from(
        "{\"title\": \"Bridge shut\", \"text\": \"The bridge in Oslo is shut, said its keeper.\"}\n",
    );
    for n in 1..=300 {
        lines += &format!("{{\"title\": \"Empty {n}\", \"text\": \"\"}}\n");
    }
    desk.put("inbox/wire.ndjson", &lines);
    swept(&desk);
    assert_eq!(desk.count("select failure_count from files"), 300);
    assert_eq!(desk.count("select count(*) from file_failures"), 101);
    let last = "select count(*) from file_failures where member = '200 more'";
    assert_eq!(desk.count(last), 1);
}
