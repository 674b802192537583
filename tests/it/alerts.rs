use std::fs;

use crate::support::Desk;

const FIRST: &str = "Ferry line reopens\n\nBERGEN, Jan. 5, 2016 (AP) -- The line was shut for weeks. Angela Merkel praised the ferry on Monday. Nobody else did.\n";
const SECOND: &str = "Ferry line shuts\n\nBERGEN, Feb. 5, 2016 (AP) -- A storm came in. The ferry stays in port, said Ida Holm. It was cold.\n";

/// A desk whose hook is this shell script, with one article there and the search `ferry` kept.
fn with_hook(script: &str, settings: &str) -> Desk {
    let desk = Desk::new();
    desk.put("hook.sh", script).put(
        "config.toml",
        format!("[alerts]\ncommand = [\"sh\", \"hook.sh\"]\n{settings}"),
    );
    desk.put("inbox/a.txt", FIRST).stdout(&["watch", "--once"]);
    desk.stdout(&["search", "ferry", "--save", "boats"]);
    desk
}

fn told(desk: &Desk) -> String {
    fs::read_to_string(desk.path("told")).unwrap_or_default()
}

#[test]
fn the_hook_is_told_of_each_new_hit_once() {
    let desk = with_hook(
        "echo \"$ALERT_NAME|$ALERT_TERM|$ALERT_SENTENCE|$ALERT_TITLE|$ALERT_ARTICLE_ID|$ALERT_SOURCE\" >> told; cat >> json",
        "",
    );
    desk.stdout(&["watch", "--once"]);
    assert_eq!(told(&desk), "", "nothing on creation");
    desk.put("inbox/b.txt", SECOND).stdout(&["watch", "--once"]);
    let expected = "boats|ferry|The ferry stays in port, said Ida Holm.|Ferry line shuts|2|AP\n";
    assert_eq!(told(&desk), expected);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(told(&desk), expected, "no repeats");
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(desk.path("json")).unwrap()).unwrap();
    assert_eq!(
        (&json["origin"], &json["article_id"]),
        (&"search".into(), &2.into())
    );
}

#[test]
fn names_of_a_watchlist_are_told_too() {
    let desk = with_hook(
        "echo \"$ALERT_ORIGIN|$ALERT_NAME|$ALERT_TERM|$ALERT_SENTENCE\" >> told",
        "",
    );
    desk.stdout(&["search", "--forget", "boats"]);
    desk.put("list.csv", "name\nAngela Merkel\nIda Holm\n");
    desk.stdout(&["watchlist", "add", "mine", "list.csv"]);
    desk.put("inbox/b.txt", SECOND).stdout(&["watch", "--once"]);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(told(&desk).matches('\n').count(), 1, "{}", told(&desk));
    assert!(
        told(&desk).contains("|mine|") && told(&desk).contains("said Ida Holm."),
        "{}",
        told(&desk)
    );
}

#[test]
fn a_hook_that_fails_is_tried_again_and_then_given_up() {
    let desk = with_hook("echo try >> told; exit 3", "attempts = 2\n");
    desk.put("inbox/b.txt", SECOND);
    let output = desk.run(&["watch", "--once"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && log.contains("exit status: 3") && log.contains("gave up"),
        "{log}"
    );
    assert_eq!(told(&desk), "try\ntry\n");
    assert_eq!(desk.count("select count(*) from articles"), 2);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(told(&desk), "try\ntry\n");
}

#[test]
fn a_hook_that_hangs_stops_no_article() {
    let desk = with_hook(
        "echo try >> told; exec sleep 1000",
        "attempts = 1\ntimeout_ms = 60000\n",
    );
    let daemon = desk.start(&["watch"]);
    desk.put("inbox/b.txt", SECOND);
    desk.wait_until("the hook hangs", |desk| !told(desk).is_empty());
    desk.put("inbox/c.txt", SECOND.replace("Ida Holm", "Ola Berg"));
    desk.wait_until("the next article", |desk| {
        desk.count("select count(*) from articles") == 3
    });
    daemon.kill();
    desk.put(
        "config.toml",
        "[alerts]\ncommand = [\"sh\", \"hook.sh\"]\nattempts = 1\ntimeout_ms = 200\n",
    );
    let output = desk.run(&["watch", "--once"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.contains("was stopped after 200 ms"), "{log}");
    assert_eq!(
        desk.count("select count(*) from saved_searches where alerted_to = 3"),
        1
    );
}

#[test]
fn a_hook_that_is_not_there_costs_nothing_but_a_line_in_the_log() {
    let desk = with_hook("", "");
    desk.put(
        "config.toml",
        "[alerts]\ncommand = [\"./no-such-hook\"]\nattempts = 1\n",
    );
    desk.put("inbox/b.txt", SECOND);
    let output = desk.run(&["watch", "--once"]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && log.contains("cannot run ./no-such-hook"),
        "{log}"
    );
}

#[test]
fn a_hook_that_comes_later_is_not_told_of_what_was_there() {
    let desk = Desk::new();
    desk.put("inbox/a.txt", FIRST).stdout(&["watch", "--once"]);
    desk.stdout(&["search", "ferry", "--save", "boats"]);
    desk.put("inbox/b.txt", SECOND).stdout(&["watch", "--once"]);
    desk.put("hook.sh", "echo told >> told")
        .put("config.toml", "[alerts]\ncommand = [\"sh\", \"hook.sh\"]\n");
    desk.stdout(&["watch", "--once"]);
    assert_eq!(told(&desk), "");
}
