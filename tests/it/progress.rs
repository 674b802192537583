//! What is said on a terminal while something takes long, seen through `script`, where there is one that takes a command.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::support::{Desk, STORY};

/// Runs the program while another process writes the archive, which lets go once `is_seen` says so; all that was shown.
fn shown_while_it_waits(
    desk: &Desk,
    mut command: Command,
    is_seen: impl Fn(&str) -> bool,
) -> String {
    let other = desk.sql();
    other.execute_batch("begin immediate").unwrap();
    let command = command.current_dir(desk.home.path()).env("TERM", "xterm");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (tell, told) = mpsc::channel();
    let streams: [Box<dyn Read + Send>; 2] = [
        Box::new(child.stdout.take().unwrap()),
        Box::new(child.stderr.take().unwrap()),
    ];
    for mut stream in streams {
        let tell = tell.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = stream.read(&mut bytes) {
                let _ = tell.send(String::from_utf8_lossy(&bytes[..n]).into_owned());
            }
        });
    }
    drop(tell);
    let mut seen = String::new();
    while !is_seen(&seen) {
        match told.recv_timeout(Duration::from_secs(2)) {
            Ok(more) => seen.push_str(&more),
            Err(_) => break,
        }
    }
    other.execute_batch("rollback").unwrap();
    seen.extend(told.iter());
    assert!(child.wait().unwrap().success(), "{seen}");
    seen
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_shows_what_goes_on_and_nothing_else_does() {
    let desk = Desk::new();
    desk.put("a.txt", STORY).stdout(&["ingest", "a.txt"]);
    desk.put("b.txt", STORY.replace("ferry", "harbour"));
    desk.put("c.txt", STORY.replace("ferry", "quay"));
    let program = env!("CARGO_BIN_EXE_microfiche");
    let mut piped = Command::new(program);
    piped.args(["ingest", "b.txt"]);
    let seen = shown_while_it_waits(&desk, piped, |_| false);
    assert!(seen.starts_with("1 stored"), "{seen:?}");
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &format!("{program} ingest c.txt"), "/dev/null"]);
    let line = "reading files · 0 of 1";
    let seen = shown_while_it_waits(&desk, terminal, |seen| seen.contains(line));
    assert!(seen.contains(line), "{seen:?}");
    let (_, after) = seen.rsplit_once("left").unwrap();
    assert!(
        after.contains("\x1b[2K") && after.contains("1 stored"),
        "{seen:?}"
    );
}
