use std::io::{Seek, Write};

use super::super::{parse_all, parse_found, parse_one, parse_with, survives_damage};
use super::*;
use crate::domain::article::{Article, Extent};

fn document(text: &str) -> Document {
    Document::new("a.json", text.as_bytes().to_vec())
}

fn one(text: &str) -> Article {
    parse_one(&document(text)).unwrap()
}

fn refused(text: &str) -> String {
    parse_one(&document(text)).unwrap_err().to_string()
}

#[test]
fn schema_org_is_read_with_its_people_and_dates() {
    let story = one(
        r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Post","description":"x","url":"https://post.example"},
        {"@type":["NewsArticle"],"headline":"Kelp farms double","alternativeHeadline":"Harvest early","articleBody":"They doubled.\n\nThey grow.",
        "author":[{"@type":"Person","name":"Ida Holm"},{"@type":"Person","name":"Per Lund"}],"datePublished":"2019-03-02T08:15:00Z",
        "publisher":{"@type":"Organization","name":"The Harbour Post"},"articleSection":"Sea","inLanguage":"en-GB","keywords":"kelp, farms",
        "mainEntityOfPage":{"@id":"https://www.post.example/kelp"}}]}"#,
    );
    assert_eq!(
        (story.title.as_str(), story.subtitle.as_deref()),
        ("Kelp farms double", Some("Harvest early"))
    );
    assert_eq!(story.body, "They doubled.\n\nThey grow.");
    assert_eq!(story.authors, ["Ida Holm", "Per Lund"]);
    assert_eq!(story.published.unwrap().at, "2019-03-02T08:15:00Z");
    let source = story.source.unwrap();
    assert_eq!(
        (source.name.as_str(), source.domain.as_deref()),
        ("The Harbour Post", Some("post.example"))
    );
    assert_eq!(
        (story.section.as_deref(), story.language.as_deref()),
        (Some("Sea"), Some("en"))
    );
    assert_eq!(story.keywords, ["kelp", "farms"]);
}

#[test]
fn every_version_of_ninjs_is_read() {
    let first = r#"{"uri":"http://wire.example/1","type":"text","versioncreated":"2019-03-02T08:15:00Z","headline":"Kelp","byline":"By Ida Holm",
        "language":"en","located":"Bergen","urgency":3,"subject":[{"code":"1","name":"Fishing"}],"body_xhtml":"<p>They doubled.</p><p>They grow.</p>"}"#;
    let third = r#"{"uri":"urn:x:1","standard":{"name":"ninjs"},"firstCreated":"2019-03-02T08:15:00Z","headlines":[{"role":"main","value":"Kelp"}],
        "by":"Ida Holm","located":"Bergen","subjects":[{"name":"Fishing"}],"bodies":[{"role":"short","contentType":"text/plain","value":"No."},
        {"role":"main","contentType":"text/html","value":"<p>They doubled.</p><p>They grow.</p>"}],"associations":[{"name":"p","uri":"x","headlines":[{"value":"pic"}]}]}"#;
    for text in [first, third] {
        let story = one(text);
        assert_eq!(
            (story.format, story.title.as_str()),
            (Format::Ninjs, "Kelp")
        );
        assert_eq!(story.dateline.as_deref(), Some("Bergen"));
        assert_eq!(
            (story.body.as_str(), story.authors),
            ("They doubled.\n\nThey grow.", vec!["Ida Holm".to_owned()])
        );
        assert_eq!(
            (story.published.unwrap().at.as_str(), story.keywords),
            ("2019-03-02T08:15:00Z", vec!["Fishing".to_owned()])
        );
    }
    let withdrawn = first.replace("\"urgency\":3", "\"pubstatus\":\"canceled\"");
    assert!(refused(&withdrawn).contains("withdrawn"));
}

#[test]
fn what_scrapers_and_news_apis_write_is_read() {
    let stories = [
        r#"{"title":"Kelp","text":"They doubled.\n\nThey grow.","authors":["Ida Holm"],"publish_date":"2019-03-02 08:15:00","url":"https://post.example/a"}"#,
        r#"{"title":"Kelp","maintext":"They doubled.\nThey grow.","authors":["Ida Holm"],"date_publish":"2019-03-02 08:15:00","source_domain":"www.post.example","language":"en"}"#,
        r#"{"title":"Kelp","raw_text":"They doubled. They grow. x","text":"They doubled.\nThey grow.","author":"Ida Holm","date":"2019-03-02","hostname":"post.example","tags":"","excerpt":null}"#,
        r#"{"response":{"status":"ok","results":[{"webTitle":"Kelp","webPublicationDate":"2019-03-02","webUrl":"https://post.example/a","fields":{"bodyText":"They doubled.\nThey grow.","byline":"Ida Holm"}}]}}"#,
        r#"{"hits":{"hits":[{"_id":"1","_source":{"headline":{"main":"Kelp"},"content":["They doubled.","They grow."],"byline":{"original":"By Ida Holm"},"pub_date":"2019-03-02","domain":"post.example"}}]}}"#,
        r#"[{"id":7,"date":"2019-03-02T08:15:00","link":"https://post.example/a","title":{"rendered":"Kelp"},"content":{"rendered":"<p>They doubled.</p><p>They grow.</p>"},"author_name":"Ida Holm"}]"#,
    ];
    for text in stories {
        let story = one(text);
        assert_eq!(
            (story.title.as_str(), story.body.as_str()),
            ("Kelp", "They doubled.\n\nThey grow."),
            "{text}"
        );
        assert_eq!(story.authors, ["Ida Holm"], "{text}");
        assert_eq!(story.published.unwrap().at, "2019-03-02", "{text}");
        assert_eq!(
            story.source.unwrap().domain.as_deref(),
            Some("post.example"),
            "{text}"
        );
    }
}

#[test]
fn a_list_with_a_title_of_its_own_is_a_list() {
    let stories = parse_all(&document(
        r#"{"title":"The Post","description":"All the news.","updated":"2019-03-02T00:00:00Z","logo":{"title":"Post"},
        "entries":[{"title":"Kelp","content":{"value":"<p>They doubled.</p>"},"author":["(Ida Holm)"]},{"title":"Pier","summary":"It opens.","date":"2019-03-02"}]}"#,
    ))
    .unwrap();
    let titles: Vec<&str> = stories.iter().map(|story| story.title.as_str()).collect();
    assert_eq!(
        (titles, stories[0].authors[0].as_str()),
        (vec!["Kelp", "Pier"], "Ida Holm")
    );
}

#[test]
fn comments_are_no_articles() {
    let story = one(
        r#"{"title":"Kelp","description":"They doubled.","url":"https://post.example/a","comments":[{"text":"Nice.","date":"2019-03-02"}]}"#,
    );
    assert_eq!(story.body, "They doubled.");
}

#[test]
fn a_teaser_is_a_summary() {
    let story = one(
        r#"{"status":"ok","articles":[{"title":"Kelp","description":"They doubled.","url":"https://post.example/a","content":"They doubled, all of them… [+900 chars]"}]}"#,
    );
    assert_eq!(
        (story.extent, story.body.as_str()),
        (Extent::Summary, "They doubled, all of them…")
    );
}

#[test]
fn an_item_that_is_no_article_fails_alone_and_is_named() {
    let (articles, failures) = parse_found(&document(
        r#"[{"title":"No text"},{"title":"Kelp","text":"They doubled."},{"url":1},{"title":"Pier","text":"It is open."}, {"title":"#,
    ))
    .unwrap();
    assert_eq!(articles.len(), 2);
    let told: Vec<String> = failures
        .iter()
        .map(|failure| format!("{}: {}", failure.member, failure.rejection))
        .collect();
    assert_eq!(
        told[0],
        "item 1: no article in it: it has no text, only the title “No text”"
    );
    assert_eq!(told[1], "item 3: no article in it: it has no text");
    assert!(
        told[2].starts_with("item 5: this json file is damaged: it breaks off before its end"),
        "{}",
        told[2]
    );
}

#[test]
fn a_line_that_is_broken_fails_alone_and_is_named() {
    let text = "{\"title\":\"Kelp\",\"text\":\"They doubled.\"}\n\n{\"title\":\"Pier\",\"text\":\n{\"title\":\"Quay\",\"text\":\"It is shut.\"}\n";
    for name in ["a.ndjson", "a.txt"] {
        let (articles, failures) = parse_found(&Document::new(name, text.into())).unwrap();
        assert_eq!(articles.len(), 2);
        assert_eq!(failures[0].member, "line 3");
    }
}

#[test]
fn lines_are_read_from_disk_one_by_one() {
    let mut file = tempfile::tempfile().unwrap();
    write!(
        file,
        "{{\"title\":\"Kelp\",\"text\":\"They doubled.\"}}\n{{\"text\":\"{}\"}}\r\n{{\"title\":\"Pier\",\"text\":\"It is caf\u{e9}.\"}}",
        "x".repeat(40 << 20)
    )
    .unwrap();
    file.rewind().unwrap();
    let (articles, failures) = parse_found(&Document::on_disk("dump", file).unwrap()).unwrap();
    assert_eq!(
        (articles.len(), articles[1].body.as_str()),
        (2, "It is caf\u{e9}.")
    );
    assert_eq!(failures[0].member, "line 2");
    assert!(
        failures[0]
            .rejection
            .to_string()
            .contains("more than 16777216 bytes")
    );
}

#[test]
fn a_list_is_read_from_disk_element_by_element() {
    let mut file = tempfile::tempfile().unwrap();
    write!(
        file,
        "\u{feff}[\n{{\"title\":\"Kelp\",\"text\":\"They said: [doubled], \\\"}}\\\".\",\"tags\":[\"a\",\"b\"]}},{{\"text\":\"{}\"}},\n\
         {{\"title\":\"Quay\"}}, {{\"title\":\"Pier\",\"text\":\"It is caf\u{e9}.\"}}, {{\"title\":",
        "x".repeat(20 << 20)
    )
    .unwrap();
    file.rewind().unwrap();
    let (articles, failures) = parse_found(&Document::on_disk("dump", file).unwrap()).unwrap();
    let bodies: Vec<_> = articles
        .iter()
        .map(|article| article.body.as_str())
        .collect();
    assert_eq!(bodies, ["They said: [doubled], \"}\".", "It is caf\u{e9}."]);
    let members: Vec<_> = failures
        .iter()
        .map(|failure| failure.member.as_str())
        .collect();
    assert_eq!(members, ["item 2", "item 3", "item 5"]);
}

#[test]
fn only_what_is_surely_lines_is_taken_at_any_size() {
    let long = format!("{{\"text\":\"{}", "x".repeat(1_015));
    let cases = [
        ("{\"a\":1}\n{\"a\":2}\n", true),
        (long.as_str(), true),
        ("{\n  \"a\": 1\n}\n", false),
        ("{\"a\":[\n1]}", false),
        ("{\"a\":1}\nAnd then a text.", false),
        ("[{\"a\":1},\n{\"a\":2}]", true),
        ("[1,2]", false),
        ("[Update] The pier is shut.", false),
        ("{The pier}", false),
        ("", false),
    ];
    for (head, expected) in cases {
        assert_eq!(crate::parse::is_bundle(head.as_bytes()), expected, "{head}");
    }
}

#[test]
fn keys_of_ones_own_come_first() {
    let mapping = Mapping {
        title: vec!["meta.kicker".into()],
        body: vec!["parts.0.t".into()],
        ..Mapping::default()
    };
    let text = r#"{"title":"no","meta":{"kicker":"Kelp"},"parts":[{"t":"They doubled."}]}"#;
    let ((articles, _), _) = parse_with(&document(text), mapping);
    assert_eq!(
        (articles[0].title.as_str(), articles[0].body.as_str()),
        ("Kelp", "They doubled.")
    );
}

#[test]
fn a_json_feed_gives_its_entries() {
    let stories = parse_all(&document(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"The Post","home_page_url":"https://www.post.example/","language":"en-US",
        "authors":[{"name":"Ida Holm"}],"items":[{"id":"1","url":"https://post.example/a","title":"Kelp","content_html":"<p>They doubled.</p>",
        "date_published":"2019-03-02T08:15:00Z","tags":["sea"]},{"id":"2","content_text":"A note.","author":{"name":"Per Lund"}},{"id":"3","title":"Pier","summary":"It opens."}]}"#,
    ))
    .unwrap();
    assert_eq!(
        (
            stories[0].format,
            stories[0].title.as_str(),
            stories[0].body.as_str()
        ),
        (Format::JsonFeed, "Kelp", "They doubled.")
    );
    assert_eq!(stories[0].source.as_ref().unwrap().name, "The Post");
    assert_eq!(
        (&stories[0].authors[0], &stories[1].authors[0]),
        (&"Ida Holm".to_owned(), &"Per Lund".to_owned())
    );
    assert_eq!(stories[2].extent, Extent::Summary);
}

#[test]
fn json_without_an_article_is_refused_with_the_reason() {
    let cases = [
        (
            r#"{"name":"kelp","version":"1.0.0","description":"A package.","keywords":["a"]}"#,
            "[parse.json]",
        ),
        (
            r#"{"info":{"title":"An API","description":"It does.","version":"1"}}"#,
            "[parse.json]",
        ),
        ("[]", "[parse.json]"),
        ("[1,2,3]", "[parse.json]"),
        (r#"{"a":"#, "breaks off"),
        (
            r#"{"type":"FeatureCollection","features":[{"geometry":{"coordinates":[1,2]}}]}"#,
            "[parse.json]",
        ),
    ];
    for (text, reason) in cases {
        let told = refused(text);
        assert!(told.contains(reason), "{text}: {told}");
    }
}

#[test]
fn hostile_json_is_refused_in_bounded_time() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(refused(&deep).contains("deep"));
    let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    assert!(refused(&deep).contains("nested more than 127 deep"));
    assert!(
        refused(&format!("{{\"a\":[{}1]}}", "1,".repeat(2_000_000)))
            .contains("more than 1000000 values")
    );
    let line = format!(
        "{{\"text\":\"{}\"}}\n{{\"title\":\"Kelp\",\"text\":\"They doubled.\"}}",
        "x".repeat(17 << 20)
    );
    let (articles, failures) = parse_found(&Document::new("a.jsonl", line.into())).unwrap();
    assert_eq!((articles.len(), failures[0].member.as_str()), (1, "line 1"));
}

#[test]
fn damaged_json_is_an_answer() {
    let item = r#"{"title":"Kelp","text":"They d\u00f8ubled.\n\nThey grow.","authors":["Ida Holm"],"tags":[{"name":"sea"}],"date":1451986200}"#;
    survives_damage("a.json", &format!("[{item},{item}]"));
    survives_damage("a.jsonl", &format!("{item}\n{item}"));
}
