use crate::support::Desk;

const FEED: &str = "<rss version=\"2.0\"><channel><title>The Harbour Post</title><link>https://post.example/</link>
    <item><title>Ferry line reopens</title><description>Angela Merkel opened the ferry line in Bergen.</description></item>
    <item><title>Nothing to say</title></item>
    <item><title>Pier shut</title><description>The pier is shut.</description></item></channel></rss>";

#[test]
fn a_feed_gives_its_entries_and_names_the_one_that_is_none() {
    let desk = Desk::new();
    desk.put("feed.xml", FEED);
    desk.stdout(&["ingest", "feed.xml"]);
    let rows = desk.stdout(&[
        "sql",
        "--format",
        "csv",
        "select a.title, a.extent, s.name, f.format from articles a join sources s on s.id = a.source_id join files f on f.id = a.file_id order by a.title",
    ]);
    assert!(
        rows.contains("Ferry line reopens,summary,The Harbour Post,rss"),
        "{rows}"
    );
    assert!(rows.contains("Pier shut"), "{rows}");
    let told = desk.run(&["inspect", "feed.xml"]).stderr;
    let told = String::from_utf8(told).unwrap();
    assert!(
        told.contains("entry 2: no article in it: it has no text"),
        "{told}"
    );
}

#[test]
fn json_keys_from_the_settings_are_used() {
    let desk = Desk::new();
    desk.put(
        "a.json",
        r#"{"rubrik":{"lang":"Ferry line reopens"},"brodtext":"The ferry sailed."}"#,
    )
    .put(
        "config.toml",
        "[parse.json]\ntitle = [\"rubrik.lang\"]\nbody = [\"brodtext\"]\n",
    );
    assert!(
        desk.stdout(&["inspect", "a.json"])
            .contains("\"title\":\"Ferry line reopens\"")
    );
}
