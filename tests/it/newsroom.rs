//! A small archive with all that reports speak of, at times that do not change: what is printed of it can be held.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::support::Desk;

/// Every copy of the archive is taken in at this instant.
const TAKEN_IN: &str = "2025-10-01T09:30:00Z";

/// The desk of the articles under `tests/newsroom/`, which tests share; they only read.
pub(crate) fn newsroom() -> Arc<Desk> {
    static SHARED: Mutex<Weak<Desk>> = Mutex::new(Weak::new());
    // A test that failed while it made the archive must not fail the others.
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(desk) = shared.upgrade() {
        return desk;
    }
    let desk = Arc::new(made());
    *shared = Arc::downgrade(&desk);
    desk
}

fn made() -> Desk {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newsroom");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let bytes = fs::read(folder.join(&name)).unwrap();
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            // One after the other, so that each has the same number on every machine.
            desk.put(&format!("inbox/{name}"), bytes);
            desk.stdout(&["watch", "--once"]);
        } else {
            desk.put(&name, bytes);
        }
    }
    desk.stdout(&["watchlist", "add", "board", "board.csv"]);
    desk.stdout(&["search", "ferry", "--save", "ferries"]);
    fs::copy(desk.path("archive.db"), desk.path("today.db")).unwrap();
    set_times(&desk, "archive.db", &format!("'{TAKEN_IN}'"));
    set_times(&desk, "today.db", "strftime('%Y-%m-%dT09:30:00Z')");
    desk
}

fn set_times(desk: &Desk, archive: &str, now: &str) {
    let sql = rusqlite::Connection::open(desk.path(archive)).unwrap();
    sql.execute_batch(&format!(
        "update articles set ingested_at = {now};
         update files set received_at = {now}, finished_at = {now};
         update saved_searches set saved_at = {now};
         update watchlists set added_at = {now};
         update daemon set pid = 4711, inbox = 'inbox', started_at = {now}, updated_at = {now};
         pragma wal_checkpoint(truncate);"
    ))
    .unwrap();
}

/// What is printed on both streams, as on a terminal so wide, with what differs from run to run put in one form.
pub(crate) fn screen(desk: &Desk, columns: u16, args: &[&str], input: &str) -> String {
    let output = desk.run_with_input_at(columns, args, input);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let text = [stdout, stderr].map(|text| text.trim_end().to_owned());
    let shown: Vec<&str> = text
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let today = desk
        .sql()
        .query_row("select date()", [], |row| row.get::<_, String>(0));
    let home = desk.home.path().display().to_string();
    shown
        .join("\n---- stderr ----\n")
        .replace(&today.unwrap(), &TAKEN_IN[..10])
        .replace(&home, "/desk")
        .replace(env!("CARGO_PKG_VERSION"), "0.0.0")
}
