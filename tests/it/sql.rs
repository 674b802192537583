use std::time::{Duration, Instant};

use crate::support::{Desk, STORY};

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("a.txt", STORY);
    desk.put("config.toml", "[sql]\ntime_limit_ms = 500\n[queries]\nbusiest = \"select name from entities where kind = :kind order by name\"\n");
    desk.stdout(&["ingest", "a.txt"]);
    desk
}

/// Each query, and what the refusal must say; none may take long.
fn refuses(cases: &[(&str, &str)]) {
    refuses_within(500, cases);
}

fn refuses_within(time_limit_ms: u64, cases: &[(&str, &str)]) {
    let desk = filled();
    desk.put(
        "config.toml",
        format!("[sql]\ntime_limit_ms = {time_limit_ms}\n"),
    );
    for (query, told) in cases {
        let started = Instant::now();
        let said = desk.refusal(&["sql", query]);
        assert!(said.contains(told), "{query:.200}: {said:.400}");
        assert!(said.len() < 1_000, "{query:.200}: {said:.1000}");
        assert!(
            started.elapsed() < Duration::from_millis(time_limit_ms) + Duration::from_secs(15),
            "{query:.200}: {:?}",
            started.elapsed()
        );
    }
    assert_eq!(desk.count("select count(*) from articles"), 1);
    assert_eq!(
        desk.count("select count(*) from sqlite_schema where name = 't'"),
        0
    );
}

const READING: &str = "only reading is allowed";

#[test]
fn nothing_is_written_by_any_road() {
    refuses(&[
        ("update articles set title = 'x'", READING),
        ("replace into sources (id, name) values (1, 'x')", READING),
        ("with x as (select 1) delete from articles", READING),
        (
            "insert into articles_fts (articles_fts) values ('delete-all')",
            READING,
        ),
        ("drop table articles", READING),
        ("alter table articles add column t", READING),
        ("create table t (x)", READING),
        ("create temp view t as select 1", READING),
        (
            "create virtual table t using fts5vocab (articles_fts, 'row')",
            READING,
        ),
        ("create virtual table temp.t using fts5 (x)", READING),
        ("attach ':memory:' as t", READING),
        ("detach main", READING),
        ("reindex", READING),
        ("analyze", READING),
        ("savepoint t", READING),
        ("explain delete from articles", READING),
        ("pragma writable_schema = on", READING),
        ("pragma query_only = off", READING),
        ("pragma wal_checkpoint(truncate)", READING),
        ("pragma main.user_version = 9", READING),
        ("pragma hard_heap_limit = 1", READING),
        ("select * from pragma_wal_checkpoint", ""),
        ("select * from pragma_quick_check", READING),
        ("select * from pragma_journal_mode('delete')", ""),
        ("select load_extension('x')", ""),
        ("update sqlite_dbpage set data = x'00'", ""),
    ]);
}

#[test]
fn what_does_not_end_is_stopped_in_time() {
    let nested: String = (1..40).fold("with a0 as (select 1)".to_owned(), |sql, n| {
        let last = n - 1;
        sql + &format!(", a{n} as (select * from a{last}, a{last})")
    });
    let table = "with recursive n(x) as (select 1 union all select x + 1 from n limit 100000)";
    refuses(&[
        (
            "with recursive n(x) as (select 1 union all select x from n) select count(*) from n",
            "stopped after 0.5 s",
        ),
        (
            "with recursive n(x) as (select 1 union select x + 1 from n) select * from n order by random()",
            "stopped after",
        ),
        (
            &format!("{table} select count(*) from n a, n b, n c"),
            "stopped after",
        ),
        (
            &format!("{table} select count(*) from n where length(hex(randomblob(1000000))) = 7"),
            "stopped after",
        ),
        (
            &format!("{table} select sum(printf('%*s', 1000000 + x, 'x') like '%a%b') from n"),
            "stopped after",
        ),
        (
            &format!(
                "{table} select sum(printf('%.*c', 100000 + x, 'a') regexp '(a|aa)+$b') from n"
            ),
            "stopped after",
        ),
        (&format!("{nested} select count(*) from a39"), ""),
    ]);
}

#[test]
fn what_grows_too_large_is_stopped() {
    let large = "with recursive n(x) as (select 1 union all select x + 1 from n limit 9000)";
    refuses_within(
        60_000,
        &[
            ("select length(zeroblob(1000000000))", "beyond 64 MiB"),
            ("select length(randomblob(2000000000))", "beyond 64 MiB"),
            (
                "select length(printf('%*s', 2000000000, 'x'))",
                "beyond 64 MiB",
            ),
            (
                "select length(replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000))))",
                "beyond 64 MiB",
            ),
            (
                &format!("{large} select length(group_concat(hex(zeroblob(100000)))) from n"),
                "beyond 64 MiB",
            ),
            (
                &format!("{large} select zeroblob(1000000) from n"),
                "the answer grew beyond",
            ),
            (
                &format!("{large} select json_group_array(hex(zeroblob(100000))) from n"),
                "",
            ),
            (
                &format!("select {}1{}", "(".repeat(3_000), ")".repeat(3_000)),
                "smaller queries",
            ),
            (
                &format!("select 1{}", " + 1".repeat(3_000)),
                "smaller queries",
            ),
            (
                &format!("select {}", vec!["1"; 3_000].join(", ")),
                "smaller queries",
            ),
            (
                &format!("select {}", vec!["1"; 1_000].join(" union all select ")),
                "smaller queries",
            ),
            ("select 'a' like hex(zeroblob(1000))", "too complex"),
        ],
    );
    let desk = filled();
    let long = format!("select '{}'", "x".repeat(1 << 20));
    desk.put("long.sql", long);
    assert!(
        desk.refusal(&["sql", "--file", "long.sql"])
            .contains("bytes long")
    );
    desk.put("nul.sql", "select 1\0; delete from articles");
    assert!(
        desk.refusal(&["sql", "--file", "nul.sql"])
            .contains("NUL at byte 8")
    );
}

#[test]
fn patterns_of_our_own_function_are_bounded() {
    refuses(&[
        (
            "select 'x' regexp '(((a{1,100}){1,100}){1,100})'",
            "too large",
        ),
        ("select 'x' regexp '('", "pattern of regexp is wrong"),
        (
            &format!("select 'x' regexp '{}{}'", "(".repeat(500), ")".repeat(500)),
            "pattern of regexp is wrong",
        ),
        ("select excerpt('x')", "excerpt"),
    ]);
}

#[test]
fn one_statement_is_asked_for() {
    let desk = filled();
    for nothing in ["", " ; ;", "-- nothing", "/* nothing"] {
        let output = desk.run_with_input(&["sql"], nothing);
        assert!(String::from_utf8_lossy(&output.stderr).contains("no statement"));
    }
    refuses(&[
        ("select 1; select 2", "one statement at a time"),
        ("select 1; select", ""),
    ]);
    assert_eq!(
        desk.stdout(&["sql", "select 1 as x; -- done"]),
        "{\"x\":1}\n"
    );
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    refuses(&[
        (
            "select nam from entities",
            "no such column: nam; did you mean name?",
        ),
        ("select e.knd from entities e", "did you mean kind?"),
        (
            "select * from mention",
            "no such table: mention; did you mean mentions?",
        ),
        ("select * from v_entites", "did you mean v_entities?"),
        ("select * from quux", "`microfiche schema` tells"),
        ("select foldd('a')", "did you mean fold?"),
        ("select name form entities", "did you mean from?"),
        (
            "select name\nfrom entities\nwhere kin = 'person'",
            "did you mean kind? (line 3)",
        ),
    ]);
}

#[test]
fn what_is_odd_but_harmless_is_answered() {
    let desk = filled();
    for query in [
        "select count(*) from pragma_table_info('articles')",
        "pragma table_info(articles)",
        "pragma user_version",
        "select count(*) from json_each(printf('[%.*c0]', 1000000, ' '))",
        "select highlight(articles_fts, 0, '<', '>') from articles_fts where articles_fts match 'ferry'",
        "select snippet(articles_fts, 1, '', '', '…', 2147483647) from articles_fts where articles_fts match 'ferry'",
        "select bm25(articles_fts, 'x', x'00', null) from articles_fts where articles_fts match 'ferry'",
        "select fts5(null)",
        "select char(0) || 'x', x'00', 9e999, -9e999",
        "explain query plan select * from v_mentions",
    ] {
        desk.stdout(&["sql", query]);
    }
}

#[test]
fn a_mention_is_shown_in_its_place() {
    let desk = filled();
    let found = desk.stdout(&[
        "sql",
        "--format",
        "csv",
        "select month(published_at) as m, excerpt(body, start, \"end\", 12) as x from mentions
         join articles on articles.id = article_id where mentions.text regexp '^Angela'",
    ]);
    assert_eq!(found, "m,x\n2016-01,…Obama met «Angela Merkel» in Paris…\n");
}

#[test]
fn queries_of_the_settings_go_by_name() {
    let desk = filled();
    let named = [
        "sql",
        "@busiest",
        "--param",
        "kind=person",
        "--format",
        "csv",
    ];
    assert_eq!(desk.stdout(&named), "name\nAngela Merkel\nBarack Obama\n");
    assert!(desk.stdout(&["sql", "@"]).contains("\"name\":\"busiest\""));
    assert!(
        desk.refusal(&["sql", "@bussiest"])
            .contains("did you mean @busiest?")
    );
    let piped = desk.run_with_input(&["sql"], "@busiest");
    assert!(String::from_utf8_lossy(&piped.stderr).contains("--param kind="));
}

#[test]
fn a_parameter_is_text_unless_it_is_given_as_a_number() {
    let desk = filled();
    let count = |option: &str, condition: &str| {
        let query = format!("select count(*) as n from articles where {condition}");
        desk.stdout(&["sql", option, "y=2016", "--format", "csv", &query])
    };
    assert_eq!(
        count("--param", "substr(published_at, 1, 4) = :y"),
        "n\n1\n"
    );
    assert_eq!(count("--param-int", "year(published_at) = :y"), "n\n1\n");
    assert!(
        desk.run(&["sql", "--param-int", "y=many", "select :y"])
            .status
            .code()
            == Some(2)
    );
}

/// Waits until the answer is on the screen and the next line is awaited: keys that are typed before that would be lost.
#[cfg(target_os = "linux")]
fn answered(
    typed: &str,
    answer: &str,
    screen: &std::sync::mpsc::Receiver<String>,
    mut nudge: impl FnMut(),
) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(30);
    let awaits = |seen: &str| {
        let (taken, line) = seen.rsplit_once("[?2004l").unwrap_or(("", seen));
        line.contains("[?2004h") && (typed.is_empty() || !taken.is_empty())
    };
    let mut seen = String::new();
    while !(seen.contains(answer) && (typed == ".quit\r" || awaits(&seen))) {
        match screen.recv_timeout(Duration::from_millis(500)) {
            Ok(more) => seen.push_str(&more),
            Err(_) if Instant::now() > deadline => return Err(seen),
            Err(_) => nudge(),
        }
    }
    Ok(())
}

/// Through `script`, where there is one that takes a command.
#[cfg(target_os = "linux")]
#[test]
fn the_prompt_talks_on_a_terminal() {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};
    use std::sync::mpsc;

    let desk = filled();
    let line = format!("{} sql", env!("CARGO_BIN_EXE_microfiche"));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]);
    script.current_dir(desk.home.path()).env("TERM", "xterm");
    script.env("XDG_STATE_HOME", desk.path("state"));
    script.env("MICROFICHE_SQL_TIME_LIMIT_MS", "60000");
    let script = script.stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = script.spawn() else {
        return;
    };
    let mut keys = child.stdin.take().unwrap();
    let mut screen = child.stdout.take().unwrap();
    let (shown, screen_shows) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = screen.read(&mut bytes) {
            let _ = shown.send(String::from_utf8_lossy(&bytes[..n]).into_owned());
        }
    });
    let endless =
        "with recursive n(x) as (select 1 union all select 1 from n) select max(x) from n;\r";
    for (typed, answer) in [
        ("", ""),
        (
            "select kind, name\rfrom entities where name regexp '^Angela';\r",
            "Angela Merkel",
        ),
        (".tabels\r", "did you mean .tables?"),
        (".format csv\r", ""),
        ("sel\t 40 + 2 as answer;\r", "answer\r\n42"),
        (endless, "interrupted"),
        (".quit\r", ""),
    ] {
        keys.write_all(typed.as_bytes()).unwrap();
        let impatient = typed == endless;
        if let Err(seen) = answered(typed, answer, &screen_shows, || {
            if impatient {
                keys.write_all(b"\x03").unwrap();
            }
        }) {
            child.kill().unwrap();
            panic!("no {answer:?} after {typed:?}: {seen:?}");
        }
    }
    drop(keys);
    // The screen goes dark when the program ends.
    while screen_shows.recv_timeout(Duration::from_secs(30)).is_ok() {}
    child.kill().unwrap();
    child.wait().unwrap();
    let history = std::fs::read_to_string(desk.path("state/microfiche/sql_history")).unwrap();
    assert!(history.contains("40 + 2"), "{history}");
}
