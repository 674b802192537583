use std::fs;
#[cfg(unix)]
use std::os::unix::{ffi::OsStrExt, fs::PermissionsExt};
use std::process::Command;

use crate::support::{Desk, STORY};

#[cfg(unix)]
#[test]
fn what_may_not_be_read_fails_or_waits_with_that_reason() {
    let desk = Desk::new();
    desk.put("inbox/secret.txt", STORY)
        .put("inbox/closed/a.txt", STORY);
    for path in ["inbox/secret.txt", "inbox/closed"] {
        fs::set_permissions(desk.path(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    assert!(desk.run_unprivileged(&["watch", "--once"]).status.success());
    let reason = |state: &str| {
        let query = format!("select reason from files where state = '{state}'");
        desk.sql()
            .query_row(&query, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    assert!(reason("failed").contains("Permission denied"));
    assert!(reason("waiting").contains("the folder cannot be listed"));
    assert!(desk.path("failed/secret.txt.why.txt").exists());
    fs::set_permissions(desk.path("inbox/closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_filed_stays_and_is_filed_at_the_next_start() {
    let desk = Desk::new();
    desk.put("filed", "a file stands where the folder should")
        .put("inbox/a.txt", STORY)
        .put("inbox/empty.txt", "");
    let output = desk.run(&["watch", "--once"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && log.contains("cannot file") && log.contains("stays"),
        "{log}"
    );
    assert!(desk.path("inbox/a.txt").exists() && desk.path("failed/empty.txt").exists());
    fs::remove_file(desk.path("filed")).unwrap();
    desk.stdout(&["watch", "--once"]);
    assert!(!desk.path("inbox/a.txt").exists());
    assert_eq!(desk.count("select count(*) from articles"), 1);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored' and finished_at is not null"),
        1
    );
}

// macOS and Windows make no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_kept_in_print() {
    let desk = Desk::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(desk.path("inbox").join(name), STORY).unwrap();
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where path = 'caf\\xe9.txt' and state = 'stored'"),
        1
    );
    assert!(fs::read_dir(desk.path("inbox")).unwrap().all(|entry| {
        let name = entry.unwrap().file_name();
        name.as_bytes().starts_with(b".")
    }));
}

#[test]
fn a_locked_archive_is_waited_for_and_nothing_is_lost() {
    let desk = Desk::new();
    desk.put("b.txt", "Bridge shut\n\nThe bridge in Oslo is shut.");
    desk.stdout(&["ingest", "b.txt"]);
    let other = desk.sql();
    other.execute_batch("begin immediate").unwrap();
    desk.put("inbox/a.txt", STORY).put("c.txt", STORY);
    let daemon = desk.start(&["watch"]);
    let ingest = desk.start(&["ingest", "c.txt"]);
    assert!(
        desk.refusal(&["watchlist", "remove", "none"])
            .contains("locked by another program")
    );
    assert!(desk.path("inbox/a.txt").exists());
    other.execute_batch("commit").unwrap();
    desk.wait_until("filed after all", |desk| !desk.path("inbox/a.txt").exists());
    assert!(ingest.end_well());
    daemon.kill();
}

#[test]
fn a_damaged_archive_stops_with_advice() {
    let desk = Desk::new();
    desk.put("a.txt", STORY).put("inbox/b.txt", STORY);
    desk.stdout(&["ingest", "a.txt"]);
    let path = desk.path("archive.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4_096..].fill(0xee);
    fs::write(&path, bytes).unwrap();
    for command in [&["report"][..], &["ingest", "a.txt"], &["watch", "--once"]] {
        let word = desk.refusal(command);
        assert!(
            word.contains("damaged") && word.contains("backup"),
            "{word}"
        );
    }
    assert!(desk.path("inbox/b.txt").exists());
}

#[test]
fn an_archive_that_cannot_be_made_is_named() {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    let word = desk.refusal(&["ingest", "a.txt", "--archive", "nowhere/archive.db"]);
    assert!(
        word.contains("nowhere/archive.db") && word.contains("cannot be opened"),
        "{word}"
    );
}

/// A small disk of its own, where the machine lets a test mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_lost_or_doubled() {
    let desk = Desk::new();
    for n in 0..300 {
        let story = format!(
            "Story {n}\n\n{}",
            format!("It filled page {n} of the paper. ").repeat(200)
        );
        desk.put(&format!("stories/{n}.txt"), story);
    }
    let script = format!(
        "mkdir disk && mount -t tmpfs -o size=1m tmpfs disk || exit 77
         {program} ingest stories --archive disk/archive.db 2>full.txt && exit 1
         mount -o remount,size=200m disk || exit 2
         {program} ingest stories --archive disk/archive.db || exit 3
         {program} sql --format csv --archive disk/archive.db 'select count(*) from articles' >count.txt",
        program = env!("CARGO_BIN_EXE_microfiche")
    );
    let status = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .current_dir(desk.home.path())
        .status();
    if status
        .as_ref()
        .is_ok_and(|status| status.code() == Some(77))
        || status.is_err()
    {
        eprintln!("skipped: this machine lets no test mount a disk");
        return;
    }
    assert!(status.unwrap().success());
    let said = fs::read_to_string(desk.path("full.txt")).unwrap();
    assert!(said.contains("the disk is full"), "{said}");
    let count = fs::read_to_string(desk.path("count.txt")).unwrap();
    assert_eq!(count, "count(*)\n300\n");
}

#[test]
fn wrong_settings_and_wrong_usage_name_what_is_wrong() {
    let desk = Desk::new();
    desk.put("config.toml", "[inbox]\nsetle_ms = 1\n");
    assert!(desk.refusal(&["report"]).contains("setle_ms"));
    assert!(
        desk.refusal(&["report", "--config", "none.toml"])
            .contains("none.toml")
    );
    assert_eq!(desk.run(&["reprot"]).status.code(), Some(2));
}
