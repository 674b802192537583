use crate::support::{Desk, STORY};

const PAGE: &str = "<html><head><title>Quay opens | Bergton Post</title>
<meta property=\"og:site_name\" content=\"Bergton Post\"><meta property=\"og:type\" content=\"article\"></head><body><article>
<h1>Quay opens</h1><p>By Ida Holm</p>
<p>The new quay in Bergton opened on Monday, three weeks after the storm had destroyed the old one, said Mayor Kari Dahl.</p>
<p>Ferries will sail from it twice a day until the winter, and four times a day from May, the harbour master told the council.</p>
</article></body></html>";

/// As an older program would have left it: a text cut short, a wrong author, no word on the parsers.
fn age(desk: &Desk) {
    desk.sql()
        .execute_batch(
            "update files set parsers = 0;
             update articles set body = substr(body, 1, 100), key = 'old' where title = 'Quay opens';
             delete from article_authors;",
        )
        .unwrap();
}

fn said(desk: &Desk, args: &[&str]) -> String {
    String::from_utf8(desk.run(args).stderr).unwrap()
}

fn filled() -> Desk {
    let desk = Desk::new();
    desk.put("inbox/quay.html", PAGE).put("inbox/a.txt", STORY);
    desk.stdout(&["watch", "--once"]);
    desk
}

#[test]
fn an_article_that_older_parsers_cut_short_becomes_whole_and_keeps_its_number_and_decisions() {
    let desk = filled();
    desk.stdout(&["entity", "rename", "Kari Dahl", "Kari M. Dahl"]);
    let state = "select id, title, body, key, story_id, (select group_concat(name) from article_authors join authors on authors.id = author_id where article_id = articles.id) from articles order by id";
    let whole = desk.stdout(&["sql", "--format", "csv", state]);
    age(&desk);
    let shown = desk.stdout(&["reanalyze", "--reread", "--diff", "--format", "json"]);
    assert!(
        shown.contains("body") && shown.contains("authors"),
        "{shown}"
    );
    assert_ne!(desk.stdout(&["sql", "--format", "csv", state]), whole);
    assert!(said(&desk, &["reanalyze", "--reread"]).contains("2 articles changed, 0 new"));
    assert_eq!(desk.stdout(&["sql", "--format", "csv", state]), whole);
    assert_eq!(
        desk.count("select count(*) from v_mentions where entity = 'Kari M. Dahl'"),
        1
    );
    assert!(desk.stdout(&["search", "harbour"]).contains("Quay opens"));
    assert!(said(&desk, &["reanalyze", "--reread"]).contains("0 files read again"));
    desk.stdout(&["doctor"]);
}

#[test]
fn a_file_that_was_taken_for_a_copy_gives_the_article_that_it_holds() {
    let desk = filled();
    let more = STORY.replace(
        "Obama praised the ferry.",
        "Obama praised the ferry. Its captain resigned on Tuesday.",
    );
    desk.put("inbox/more.txt", more);
    desk.stdout(&["watch", "--once"]);
    assert_eq!(desk.count("select count(*) from articles"), 3);
    // What an older program made of it.
    desk.sql()
        .execute_batch(
            "pragma foreign_keys = off;
             update files set parsers = 0;
             update article_files set article_id = 2 where file_id = (select id from files where path = 'more.txt');
             delete from articles where id = 3;
             delete from mentions where article_id = 3;
             delete from sentences where article_id = 3;
             delete from dates where article_id = 3;
             delete from roles where article_id = 3;
             update files set state = 'duplicate', reason = 'same as a.txt', article_count = 0 where path = 'more.txt';",
        )
        .unwrap();
    let told = said(&desk, &["reanalyze", "--reread"]);
    assert!(told.contains("1 new"), "{told}");
    assert!(desk.stdout(&["search", "captain"]).contains("Ferry line"));
    assert_eq!(
        desk.count("select count(*) from files where state = 'stored'"),
        3
    );
}

#[test]
fn an_original_that_is_gone_or_changed_leaves_its_article_alone() {
    let desk = filled();
    age(&desk);
    desk.shell(
        "rm filed/*/*/*/a.txt; for page in filed/*/*/*/quay.html; do echo more >> $page; done",
    );
    let told = said(&desk, &["reanalyze", "--reread"]);
    assert!(told.contains("0 articles changed"), "{told}");
    assert_eq!(desk.count("select count(*) from articles"), 2);
}
