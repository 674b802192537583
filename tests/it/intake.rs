use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{Desk, Running, STORY};

const HALF: &str = "Quay money runs out\n\nAALSUND, March 3, 2021 - The council met on Tuesday to settle how the quay will be paid for. Its chair, Odd Berntsen, told the members that the money would not last.";
const REST: &str =
    "\n\nBerntsen was then arrested by police chief Tuva Lien, who charged him with fraud.\n";

const N_FILED: &str =
    "select count(*) from files where state = 'stored' and finished_at is not null";

/// A daemon that has listed the inbox once.
fn watching(desk: &Desk) -> Running {
    let daemon = desk.start(&["watch"]);
    desk.wait_until("idle", |desk| {
        desk.count("select count(*) from daemon where state = 'idle'") == 1
    });
    daemon
}

fn story(n: usize) -> String {
    format!(
        "Bridge {n} shut\n\nThe bridge number {n} in town {n} is shut, said Ida Holm of Oslo.\n"
    )
}

fn reason(desk: &Desk, path: &str) -> String {
    let query = "select state || ': ' || reason from files where path = ?1";
    desk.sql()
        .query_row(query, [path], |row| row.get(0))
        .unwrap_or_default()
}

/// Stored files whose filed original is not what was read, and files that lie filed without a row.
fn filed_unread(desk: &Desk) -> Vec<PathBuf> {
    let mut unread = Vec::new();
    let mut folders = vec![desk.path("filed"), desk.path("duplicates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let title = text.lines().next().unwrap();
            let query = "select count(*) from articles where title = ?1";
            let n: i64 = desk
                .sql()
                .query_row(query, [title], |row| row.get(0))
                .unwrap();
            if n == 0 {
                unread.push(path);
            }
        }
    }
    unread
}

/// Events that say so come with Linux alone.
#[cfg(target_os = "linux")]
#[test]
fn a_file_still_open_for_writing_is_not_taken() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    let mut slow = File::create(desk.path("inbox/report.txt")).unwrap();
    slow.write_all(HALF.as_bytes()).unwrap();
    desk.wait_until("seen", |desk| {
        reason(desk, "report.txt") == "waiting: a program is still writing it"
    });
    // Others come and go meanwhile, for many settling times.
    for n in 0..4 {
        desk.put(&format!("inbox/{n}.txt"), story(n));
        desk.wait_until("the other", |desk| desk.count(N_FILED) == n as i64 + 1);
    }
    assert!(desk.path("inbox/report.txt").exists());
    slow.write_all(REST.as_bytes()).unwrap();
    drop(slow);
    desk.wait_until("filed", |desk| !desk.path("inbox/report.txt").exists());
    assert_eq!(
        desk.count("select count(*) from articles where title like 'Quay%'"),
        1
    );
    assert_eq!(
        desk.count("select count(*) from articles where body like '%Tuva Lien%'"),
        1
    );
    daemon.kill();
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_opened_before_the_daemon_started_is_not_taken_half() {
    let desk = Desk::new();
    let mut slow = File::create(desk.path("inbox/report.txt")).unwrap();
    slow.write_all(HALF.as_bytes()).unwrap();
    let daemon = watching(&desk);
    desk.wait_until("seen", |desk| {
        reason(desk, "report.txt") == "waiting: a program is still writing it"
    });
    desk.put("inbox/other.txt", STORY);
    desk.wait_until("the other", |desk| desk.count(N_FILED) == 1);
    slow.write_all(REST.as_bytes()).unwrap();
    drop(slow);
    desk.wait_until("filed", |desk| desk.count(N_FILED) == 2);
    assert_eq!(
        desk.count("select count(*) from articles where body like '%Tuva Lien%'"),
        1
    );
    daemon.kill();
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_renamed_while_it_is_open_is_not_taken() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    let mut slow = File::create(desk.path("inbox/report.txt.part")).unwrap();
    slow.write_all(HALF.as_bytes()).unwrap();
    desk.put("inbox/other.txt", STORY);
    desk.wait_until("some looks later", |desk| desk.count(N_FILED) == 1);
    fs::rename(
        desk.path("inbox/report.txt.part"),
        desk.path("inbox/report.txt"),
    )
    .unwrap();
    desk.wait_until("seen", |desk| {
        reason(desk, "report.txt") == "waiting: a program is still writing it"
    });
    slow.write_all(REST.as_bytes()).unwrap();
    drop(slow);
    desk.wait_until("filed", |desk| desk.count(N_FILED) == 2);
    assert_eq!(
        desk.count("select count(*) from articles where body like '%Tuva Lien%'"),
        1
    );
    daemon.kill();
}

#[test]
fn a_file_appended_to_again_and_again_is_one_article() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    let path = desk.path("inbox/log.txt");
    fs::write(&path, HALF).unwrap();
    let mut n = 0;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(1_500) {
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        writeln!(file, "\n\nParagraph {n} of the day in Aalsund.").unwrap();
        drop(file);
        n += 1;
        // Well below the settling time of the tests.
        let pause = Instant::now();
        desk.wait_until("a moment", |_| pause.elapsed() > Duration::from_millis(40));
    }
    desk.wait_until("filed", |desk| desk.count(N_FILED) == 1);
    assert_eq!(desk.count("select count(*) from articles"), 1);
    daemon.kill();
}

#[test]
fn what_is_written_to_a_filed_file_is_read_as_a_new_version() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    // Renamed into place while it is open, from where nobody watches.
    let mut slow = File::create(desk.path("outside.txt")).unwrap();
    slow.write_all(HALF.as_bytes()).unwrap();
    fs::rename(desk.path("outside.txt"), desk.path("inbox/report.txt")).unwrap();
    desk.wait_until("filed", |desk| desk.count(N_FILED) == 1);
    slow.write_all(REST.as_bytes()).unwrap();
    drop(slow);
    desk.wait_until("read again", |desk| {
        desk.count("select count(*) from articles where body like '%Tuva Lien%'") == 1
    });
    desk.wait_until("filed again", |desk| {
        desk.count(
            "select count(*) from files where filed_as is not null and finished_at is not null",
        ) == 1
    });
    assert!(daemon.end_by("TERM"));
    assert!(!desk.stdout(&["doctor"]).contains("look"));
}

#[test]
fn of_a_file_replaced_all_the_time_nothing_is_filed_unread() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    for n in 0..150 {
        desk.put("next.txt", story(n));
        fs::rename(desk.path("next.txt"), desk.path("inbox/a.txt")).unwrap();
        let pause = Instant::now();
        desk.wait_until("a moment", |_| pause.elapsed() > Duration::from_millis(10));
    }
    desk.wait_until("taken", |desk| !desk.path("inbox/a.txt").exists());
    assert!(daemon.end_by("TERM"));
    assert_eq!(filed_unread(&desk), Vec::<PathBuf>::new());
    assert!(!desk.stdout(&["doctor"]).contains("look"));
}

#[test]
fn of_a_file_replaced_all_the_time_nothing_is_deleted_unread() {
    let desk = Desk::new();
    desk.put(
        "config.toml",
        "[inbox]\ndone = \"delete\"\nduplicate = \"delete\"\n",
    );
    let daemon = watching(&desk);
    for n in 0..100 {
        desk.put("next.txt", story(n));
        fs::rename(desk.path("next.txt"), desk.path("inbox/a.txt")).unwrap();
    }
    desk.wait_until("taken", |desk| !desk.path("inbox/a.txt").exists());
    assert!(daemon.end_by("TERM"));
    let last = "select count(*) from articles where title = 'Bridge 99 shut'";
    assert_eq!(desk.count(last), 1);
    assert!(
        fs::read_dir(desk.path("inbox")).unwrap().next().is_none(),
        "nothing stands aside"
    );
}

#[test]
fn a_bundle_replaced_while_it_is_read_is_read_too() {
    let desk = Desk::new();
    let zip = |path: &str, from: usize, n: usize| {
        let file = File::create(desk.path(path)).unwrap();
        let mut bundle = tar::Builder::new(file);
        for n in from..from + n {
            let (name, text) = (format!("{n}.txt"), story(n));
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            bundle
                .append_data(&mut header, name, text.as_bytes())
                .unwrap();
        }
        bundle.finish().unwrap();
    };
    zip("inbox/wire.tar", 0, 900);
    zip("next.tar", 5_000, 5);
    let daemon = desk.start(&["watch"]);
    desk.wait_until("some of the first", |desk| {
        desk.count("select count(*) from articles") > 0
    });
    fs::rename(desk.path("next.tar"), desk.path("inbox/wire.tar")).unwrap();
    desk.wait_until("both", |desk| {
        desk.count("select count(*) from articles") == 905
    });
    desk.wait_until("filed", |desk| !desk.path("inbox/wire.tar").exists());
    assert!(daemon.end_by("TERM"));
    assert!(!desk.stdout(&["doctor"]).contains("look"));
}

#[test]
fn a_small_file_does_not_wait_for_a_large_bundle() {
    let desk = Desk::new();
    let file = File::create(desk.path("inbox/wire.tar")).unwrap();
    let mut bundle = tar::Builder::new(file);
    for n in 0..2_000 {
        let text = story(n).repeat(8);
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        bundle
            .append_data(&mut header, format!("{n}.txt"), text.as_bytes())
            .unwrap();
    }
    bundle.finish().unwrap();
    drop(bundle);
    let daemon = desk.start(&["watch"]);
    desk.wait_until("some of the bundle", |desk| {
        desk.count("select count(*) from articles") > 0
    });
    desk.put("next.txt", STORY);
    fs::rename(desk.path("next.txt"), desk.path("inbox/small.txt")).unwrap();
    desk.wait_until("the small one", |desk| {
        !desk.path("inbox/small.txt").exists()
    });
    assert!(
        desk.path("inbox/wire.tar").exists(),
        "the bundle was read first"
    );
    daemon.kill();
}

#[test]
fn a_file_of_the_future_is_taken() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY);
    let future = SystemTime::now() + Duration::from_secs(400_000_000);
    let file = File::options()
        .write(true)
        .open(desk.path("inbox/a.txt"))
        .unwrap();
    file.set_modified(future).unwrap();
    drop(file);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count(N_FILED), 1);
}

#[test]
fn a_crash_while_a_file_stands_aside_is_mended() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    let filed: String = desk
        .sql()
        .query_row("select filed_as from files", [], |row| row.get(0))
        .unwrap();
    desk.sql()
        .execute("update files set finished_at = null", [])
        .unwrap();
    // Another version had taken the name, and was set aside or moved when the power failed.
    fs::rename(desk.path(&filed), desk.path("inbox/.microfiche.1.leaving")).unwrap();
    desk.put(&filed, story(7));
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from articles"), 2);
    assert_eq!(filed_unread(&desk), Vec::<PathBuf>::new());
    assert!(!desk.stdout(&["doctor"]).contains("look"));
    assert!(fs::read_dir(desk.path("inbox")).unwrap().next().is_none());
}

#[test]
fn names_of_unfinished_and_of_desktop_files_are_known_and_the_rule_is_named() {
    let desk = Desk::new();
    for name in [
        "page.html.opdownload",
        "report.txt.filepart",
        "~$report.docx",
        "a.crdownload",
        "b.txt.partial",
        ".goutputstream-X1",
        ".syncthing.a.txt.tmp",
        "a.txt.part",
        "desktop.ini",
        "Quay.url",
        "Thumbs.db",
        ".DS_Store",
        "a.lnk",
        "._a.txt",
        ".git/config.txt",
        ".stversions/sub/old.txt",
    ] {
        desk.put(&format!("inbox/{name}"), STORY);
    }
    desk.put("inbox/good.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        1
    );
    for (path, expected) in [
        (
            "page.html.opdownload",
            "waiting: name of an unfinished file (*.opdownload)",
        ),
        (
            "report.txt.filepart",
            "waiting: name of an unfinished file (*.filepart)",
        ),
        ("~$report.docx", "waiting: name of an unfinished file (~$*)"),
        (
            ".goutputstream-X1",
            "waiting: name of an unfinished file (.goutputstream-*)",
        ),
        (
            "desktop.ini",
            "ignored: name of what is no article (desktop.ini)",
        ),
        ("Quay.url", "ignored: name of what is no article (*.url)"),
        (
            ".DS_Store",
            "ignored: name of what is no article (.DS_Store)",
        ),
        (".git", "ignored: hidden folder"),
        (".stversions", "ignored: hidden folder"),
    ] {
        assert_eq!(reason(&desk, path), expected, "{path}");
    }
    assert!(desk.path("inbox/.git/config.txt").exists());
    assert_eq!(desk.count("select count(*) from files"), 17);
}

#[test]
fn the_lists_of_names_can_be_extended() {
    let desk = Desk::new();
    desk.put(
        "config.toml",
        "[inbox]\nunfinished = [\"*.draft\"]\nignored = [\"*.bak\"]\n",
    );
    desk.put("inbox/a.DRAFT", STORY).put("inbox/b.bak", STORY);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        reason(&desk, "a.DRAFT"),
        "waiting: name of an unfinished file (*.draft)"
    );
    assert_eq!(
        reason(&desk, "b.bak"),
        "ignored: name of what is no article (*.bak)"
    );
}

#[test]
fn notes_that_come_back_are_no_articles_and_other_peoples_notes_stay() {
    let desk = Desk::new();
    desk.put("failed/empty.txt.why.txt", "my own words")
        .put("inbox/empty.txt", "")
        .put("inbox/b.txt", "");
    desk.stdout(&["watch", "--once"]);
    assert_eq!(
        fs::read_to_string(desk.path("failed/empty.txt.why.txt")).unwrap(),
        "my own words"
    );
    assert!(desk.path("failed/empty (2).txt.why.txt").exists());
    fs::remove_file(desk.path("failed/empty.txt.why.txt")).unwrap();
    desk.shell("mv failed/* inbox/");
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from articles"), 0);
    assert!(reason(&desk, "b.txt.why.txt").starts_with("ignored: note of microfiche"));
    assert!(desk.path("failed/b.txt").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn an_inbox_that_nobody_may_write_to_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.put(
        "config.toml",
        "[archive]\npath = \"state/a.db\"\n[inbox]\ndone = \"keep\"\nduplicate = \"keep\"\n",
    )
    .put("inbox/a.txt", STORY)
    .put("inbox/copy.txt", STORY)
    .put("inbox/empty.txt", "")
    .put("state/.keep", "");
    fs::set_permissions(desk.path("state"), fs::Permissions::from_mode(0o777)).unwrap();
    // Sets the rights of the folder that the daemon runs in.
    desk.run_unprivileged(&["schema"]);
    fs::set_permissions(desk.path("inbox"), fs::Permissions::from_mode(0o555)).unwrap();
    for _start in 0..2 {
        let output = desk.as_nobody(&["watch", "--once"]);
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{log}");
        assert!(!log.contains("ERROR"), "{log}");
    }
    let count = "select group_concat(state || ' ' || path, ', ' order by path) from files";
    let ledger: String = rusqlite::Connection::open(desk.path("state/a.db"))
        .unwrap()
        .query_row(count, [], |row| row.get(0))
        .unwrap();
    let either = [
        "stored a.txt, duplicate copy.txt, failed empty.txt",
        "duplicate a.txt, stored copy.txt, failed empty.txt",
    ];
    assert!(either.contains(&ledger.as_str()), "{ledger}");
    fs::set_permissions(desk.path("inbox"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn status_is_in_no_daemons_way() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let (desk, stop) = (&desk, &stop);
            scope.spawn(move || {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    desk.stdout(&["status"]);
                }
            });
        }
        for _start in 0..10 {
            let output = desk.run(&["watch", "--once"]);
            let log = String::from_utf8_lossy(&output.stderr).into_owned();
            if !output.status.success() {
                stop.store(true, std::sync::atomic::Ordering::Relaxed);
                panic!("{log}");
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn an_idle_daemon_writes_nothing() {
    let desk = Desk::new();
    desk.put("config.toml", "[inbox]\npoll_ms = 20\n")
        .put("inbox/waits.txt.part", "unfinished");
    let daemon = watching(&desk);
    let wal = || fs::metadata(desk.path("archive.db-wal")).unwrap();
    // A file that grows while it is open is looked at and not written about.
    let mut slow = File::create(desk.path("inbox/slow.txt.part")).unwrap();
    desk.wait_until("seen", |desk| {
        desk.count("select count(*) from files where path = 'slow.txt.part'") == 1
    });
    let (size, modified) = (wal().len(), wal().modified().unwrap());
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(500) {
        slow.write_all(b"Another line of the story.\n").unwrap();
        let pause = Instant::now();
        desk.wait_until("a moment", |_| pause.elapsed() > Duration::from_millis(10));
    }
    assert_eq!((size, modified), (wal().len(), wal().modified().unwrap()));
    daemon.kill();
}

#[cfg(unix)]
#[test]
fn an_archive_under_two_names_and_a_linked_one_let_no_second_daemon_in() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    fs::create_dir(desk.path("other")).unwrap();
    std::os::unix::fs::symlink(desk.path("archive.db"), desk.path("other/link.db")).unwrap();
    let linked = [
        "watch",
        "--once",
        "--archive",
        "other/link.db",
        "--inbox",
        "other/in",
    ];
    assert!(
        desk.refusal(&linked)
            .contains("already works on this archive")
    );
    std::os::unix::fs::symlink(desk.path("inbox"), desk.path("other/inbox")).unwrap();
    let linked = [
        "watch",
        "--once",
        "--archive",
        "other/b.db",
        "--inbox",
        "other/inbox",
    ];
    assert!(
        desk.refusal(&linked)
            .contains("already works on this inbox")
    );
    fs::hard_link(desk.path("archive.db"), desk.path("other/hard.db")).unwrap();
    let hard = [
        "watch",
        "--once",
        "--archive",
        "other/hard.db",
        "--inbox",
        "other/in",
    ];
    assert!(desk.refusal(&hard).contains("second name"));
    daemon.kill();
}

#[cfg(target_os = "linux")]
#[test]
fn an_inbox_removed_and_made_again_is_watched_on() {
    let desk = Desk::new();
    let daemon = watching(&desk);
    fs::remove_dir_all(desk.path("inbox")).unwrap();
    let _ = fs::create_dir(desk.path("inbox"));
    desk.put("inbox/a.txt", STORY);
    desk.wait_until("filed", |desk| desk.count(N_FILED) == 1);
    let other = ["watch", "--once", "--archive", "b.db"];
    assert!(desk.refusal(&other).contains("already works on this inbox"));
    daemon.kill();
}

#[test]
fn folders_that_overlap_are_refused() {
    let desk = Desk::new();
    for (settings, word) in [
        ("[inbox]\nfailed = \"inbox/failed\"\n", "inbox.failed"),
        ("[inbox]\nfiled = \"inbox\"\n", "inbox.filed"),
        (
            "[inbox]\nduplicates = \"inbox/../inbox/d\"\n",
            "inbox.duplicates",
        ),
        ("[inbox]\npath = \"failed/in\"\n", "inbox.failed"),
        ("[archive]\npath = \"inbox/archive.db\"\n", "archive.path"),
    ] {
        desk.put("config.toml", settings);
        let said = desk.refusal(&["watch", "--once"]);
        assert!(said.contains(word), "{settings}: {said}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("inbox"), desk.path("link")).unwrap();
        desk.put("config.toml", "[inbox]\nfailed = \"link/failed\"\n");
        assert!(desk.refusal(&["watch", "--once"]).contains("inbox.failed"));
    }
    desk.put("config.toml", "[inbox]\npath = \".\"\n");
    assert!(desk.refusal(&["watch", "--once"]).contains("archive.path"));
}

#[cfg(unix)]
#[test]
fn a_hook_that_hangs_does_not_hold_the_daemon() {
    let desk = Desk::new();
    desk.put("hook.sh", "echo try >> told; exec sleep 1000")
        .put(
            "config.toml",
            "[alerts]\ncommand = [\"sh\", \"hook.sh\"]\ntimeout_ms = 600000\n",
        );
    desk.put("inbox/a.txt", STORY).stdout(&["watch", "--once"]);
    desk.stdout(&["search", "bridge", "--save", "bridges"]);
    let daemon = watching(&desk);
    desk.put("inbox/b.txt", story(1));
    desk.wait_until("the hook hangs", |desk| desk.path("told").exists());
    let begun = Instant::now();
    assert!(daemon.end_by("TERM"));
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(
        desk.count("select count(*) from saved_searches where alerted_to = 2"),
        0,
        "it is told of at the next start"
    );
}

/// A file whose reading fails for now, as on a disk that is being repaired, is no bad file.
#[cfg(target_os = "linux")]
#[test]
fn too_few_descriptors_reject_no_file() {
    let desk = Desk::new();
    for n in 0..30 {
        desk.put(&format!("inbox/{n}.txt"), story(n));
    }
    let program = env!("CARGO_BIN_EXE_microfiche");
    for limit in [14, 16, 18, 20, 24] {
        let script = format!("ulimit -n {limit}; exec {program} watch --once");
        Command::new("sh")
            .args(["-c", &script])
            .current_dir(desk.home.path())
            .env("MICROFICHE_INBOX_SETTLE_MS", "50")
            .output()
            .unwrap();
    }
    assert!(!desk.path("failed").exists());
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from articles"), 30);
    assert!(!desk.path("failed").exists());
}
