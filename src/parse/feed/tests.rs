use super::super::{parse_all, parse_found, parse_one, parse_with, survives_damage};
use super::*;
use crate::domain::article::{Article, Extent};
use crate::domain::document::Mapping;

fn document(text: &str) -> Document {
    Document::new("a.xml", text.as_bytes().to_vec())
}

fn all(text: &str) -> Vec<Article> {
    parse_all(&document(text)).unwrap()
}

fn rss(items: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:atom="http://www.w3.org/2005/Atom"><channel>{items}<title>The Harbour Post</title><atom:link rel="self" href="https://feeds.example/rss"/>
        <link>https://www.post.example/</link><language>en-gb</language></channel></rss>"#
    )
}

const ITEM: &str = r#"<item><title>Kelp &amp;amp; farms</title><link>https://post.example/kelp</link><guid isPermaLink="false">7</guid>
    <pubDate>Sat, 02 Mar 2019 08:15:00 GMT</pubDate><dc:creator><![CDATA[Ida Holm]]></dc:creator><category>Sea</category><category>sea</category>
    <description>They doubled &amp;#8230;</description><c:encoded><![CDATA[<p>They doubled&nbsp;fast.</p><p>They <b>grow</b>.</p>
    <p>The post Kelp appeared first on The Harbour Post.</p>]]></c:encoded></item>"#;

#[test]
fn an_item_of_rss_2_gives_all_its_fields() {
    let story = &all(&rss(ITEM))[0];
    assert_eq!(
        (story.format, story.title.as_str()),
        (Format::Rss, "Kelp & farms")
    );
    assert_eq!(
        (story.body.as_str(), story.extent),
        ("They doubled fast.\n\nThey grow.", Extent::Full)
    );
    assert_eq!(
        (story.authors[0].as_str(), story.url.as_deref()),
        ("Ida Holm", Some("https://post.example/kelp"))
    );
    assert_eq!(story.published.as_ref().unwrap().at, "2019-03-02T08:15:00Z");
    let source = story.source.as_ref().unwrap();
    assert_eq!(
        (source.name.as_str(), source.domain.as_deref()),
        ("The Harbour Post", Some("post.example"))
    );
    assert_eq!(
        (story.language.as_deref(), story.keywords.as_slice()),
        (Some("en"), ["Sea".to_owned()].as_slice())
    );
}

#[test]
fn a_description_alone_is_a_summary() {
    let items = r#"<item><guid>https://post.example/pier</guid><description>&lt;img src="a"&gt;The pier opens.</description>
        <author>mail@post.example (Per Lund)</author><source url="https://wire.example/rss">Coast Wire</source></item>"#;
    let story = &all(&rss(items))[0];
    assert_eq!(
        (story.extent, story.body.as_str(), story.title.as_str()),
        (Extent::Summary, "The pier opens.", "The pier opens")
    );
    assert_eq!(
        (story.url.as_deref(), story.authors[0].as_str()),
        (Some("https://post.example/pier"), "Per Lund")
    );
    assert_eq!(
        story.source.as_ref().unwrap().domain.as_deref(),
        Some("wire.example")
    );
}

#[test]
fn a_pointer_to_the_story_is_not_the_story() {
    let item = |content: &str, description: &str| {
        rss(&format!(
            "<item><title>T</title><description>{description}</description><c:encoded>{content}</c:encoded></item>"
        ))
    };
    assert_eq!(
        all(&item("&lt;a>Read more&lt;/a>", "The pier opens."))[0].body,
        "The pier opens."
    );
    assert_eq!(
        all(&item("They ate cookies.", ""))[0].body,
        "They ate cookies."
    );
}

#[test]
fn the_older_forms_of_rss_are_read() {
    let one = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="x"><title>The Harbour Post</title><link>https://post.example/</link><d:language>en</d:language></channel>
        <item rdf:about="https://post.example/a"><title>Kelp</title><description>They doubled.</description><d:date>2019-03-02</d:date>
        <d:creator>Ida Holm</d:creator><d:subject>Sea</d:subject></item></rdf:RDF>"#;
    let story = &all(one)[0];
    assert_eq!(
        (
            story.published.as_ref().unwrap().at.as_str(),
            story.authors[0].as_str()
        ),
        ("2019-03-02", "Ida Holm")
    );
    assert_eq!(
        (story.url.as_deref(), story.keywords[0].as_str()),
        (Some("https://post.example/a"), "Sea")
    );
    assert_eq!(
        (
            story.source.as_ref().unwrap().name.as_str(),
            story.language.as_deref()
        ),
        ("The Harbour Post", Some("en"))
    );
    let nine = r#"<!DOCTYPE rss PUBLIC "x" "y"><rss version="0.91"><channel><title>Post</title><item><title>Kelp</title><description>They doubled.</description></item></channel></rss>"#;
    assert_eq!(all(nine)[0].source.as_ref().unwrap().name, "Post");
}

#[test]
fn atom_is_read_in_each_of_its_text_types() {
    let feed = r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="nn"><a:title type="html">The &lt;i&gt;Post&lt;/i&gt;</a:title>
        <a:link rel="self" href="https://feeds.example/"/><a:link href="https://post.example/"/><a:author><a:name>Ida Holm</a:name></a:author>
        <a:entry><a:title>Kelp</a:title><a:link rel="alternate" href="https://post.example/a"/><a:id>urn:1</a:id><a:published>2019-03-02T08:15:00Z</a:published>
        <a:updated>2019-04-01T00:00:00Z</a:updated><a:category term="sea" label="Sea"/><a:summary>Early harvest</a:summary>
        <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They doubled.</p><p>They &amp; grow.</p></div></a:content></a:entry>
        <a:entry xml:lang="de"><a:title>Pier</a:title><a:updated>2019-03-03T00:00:00Z</a:updated><a:author><a:name>Per Lund</a:name></a:author>
        <a:content type="html">&lt;p&gt;It is open.&lt;/p&gt;</a:content></a:entry>
        <a:entry><a:title>Quay</a:title><a:summary type="text">3 &lt; 4 is shut.</a:summary></a:entry></a:feed>"#;
    let stories = all(feed);
    let [kelp, pier, quay] = stories.as_slice() else {
        panic!()
    };
    assert_eq!(
        (kelp.body.as_str(), kelp.subtitle.as_deref()),
        ("They doubled.\n\nThey & grow.", Some("Early harvest"))
    );
    assert_eq!(kelp.published.as_ref().unwrap().at, "2019-03-02T08:15:00Z");
    assert_eq!(
        (
            kelp.source.as_ref().unwrap().name.as_str(),
            kelp.authors[0].as_str()
        ),
        ("The Post", "Ida Holm")
    );
    assert_eq!(
        (kelp.url.as_deref(), kelp.keywords[0].as_str()),
        (Some("https://post.example/a"), "Sea")
    );
    assert_eq!(
        (
            pier.body.as_str(),
            pier.language.as_deref(),
            pier.authors[0].as_str()
        ),
        ("It is open.", Some("de"), "Per Lund")
    );
    assert_eq!(
        (quay.body.as_str(), quay.extent, quay.language.as_deref()),
        ("3 < 4 is shut.", Extent::Summary, Some("nn"))
    );
}

#[test]
fn an_entry_that_is_broken_fails_alone_and_is_named() {
    let bare = "<item><title>No text</title></item>";
    let unclosed = "<item><title>Open<b></title><description>It <i>is open.</description></item>";
    let (articles, failures) =
        parse_found(&document(&rss(&format!("{ITEM}{bare}{unclosed}{ITEM}")))).unwrap();
    assert_eq!(articles.len(), 3);
    assert_eq!(failures[0].member, "entry 2");
    assert!(failures[0].rejection.to_string().contains("no text"));
    let never_ends =
        "<item><title>Odd</title><![CDATA[ </item>".to_owned() + &ITEM.replace("]]>", "");
    let (articles, failures) = parse_found(&document(&rss(&format!(
        "{ITEM}<item><!x </item>{ITEM}{never_ends}"
    ))))
    .unwrap();
    assert_eq!((articles.len(), failures.len()), (2, 3));
    assert_eq!(failures[0].member, "entry 2");
    let forgotten = ITEM.replace("</item>", "");
    assert_eq!(all(&rss(&format!("{forgotten}{ITEM}{forgotten}"))).len(), 3);
}

#[test]
fn a_feed_that_breaks_off_keeps_what_it_has_and_says_so() {
    let text = rss(&format!("{ITEM}{ITEM}"));
    let in_entry = &text[..text.rfind("</item>").unwrap()];
    let (articles, failures) = parse_found(&document(in_entry)).unwrap();
    assert_eq!(
        (articles.len(), failures[0].member.as_str()),
        (1, "entry 2")
    );
    let between = &text[..text.find("</channel>").unwrap()];
    let ((articles, _), result) = parse_with(&document(between), Mapping::default());
    assert_eq!(articles.len(), 2);
    assert!(result.unwrap_err().to_string().contains("breaks off"));
    assert!(
        parse_one(&document("<rss><channel></channel></rss>"))
            .unwrap_err()
            .to_string()
            .contains("no entries")
    );
}

#[test]
fn entities_that_a_feed_declares_are_never_expanded() {
    let mut bomb = "<!DOCTYPE rss [<!ENTITY x0 \"ha\">".to_owned();
    for n in 1..30 {
        bomb += &format!("<!ENTITY x{n} \"&x{};&x{};\">", n - 1, n - 1);
    }
    bomb += "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x29;</title><description>&f; said so.</description></item></channel></rss>";
    let story = &all(&bomb)[0];
    assert_eq!(
        (story.title.as_str(), story.body.as_str()),
        ("&x29;", "&f; said so.")
    );
}

#[test]
fn hostile_feeds_take_bounded_time() {
    let deep = format!(
        "<item><title>T</title><description>{}deep words{}</description></item>",
        "<b>".repeat(10_000),
        "</b>".repeat(10_000)
    );
    assert_eq!(all(&rss(&deep))[0].body, "deep words");
    let cases = [
        format!("{}words", "<rss>".repeat(200_000)),
        format!("<rss><channel>{}", "<item><!--".repeat(50_000)),
        format!("<rss><channel>{}", "<item>".repeat(200_000)),
        format!("<rss><channel>{}", "<x/>".repeat(300_000)),
        format!("<rss {}>", "a='b' ".repeat(300_000)),
        format!("<rss {}>", "a".repeat(2_000_000)),
        format!("<rss><channel><item><title>{}", "&".repeat(500_000)),
        format!("<rss><channel>{}", "</item>".repeat(200_000)),
        "<rss><channel><item>\0\0<title".into(),
        "<!DOCTYPE rss [".into(),
    ];
    for text in cases {
        let _ = parse_found(&document(&text));
    }
}

#[test]
fn content_tells_the_format_and_not_the_name() {
    let latin = rss(ITEM)
        .replace("1.0\"?>", "1.0\" encoding=\"iso-8859-1\"?>")
        .replace("farms", "f\u{e9}tes");
    let bytes: Vec<u8> = latin.chars().map(|c| c as u32 as u8).collect();
    assert_eq!(
        parse_one(&Document::new("a.html", bytes)).unwrap().title,
        "Kelp & fétes"
    );
    let told = parse_one(&document(
        "<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>",
    ))
    .unwrap_err()
    .to_string();
    assert!(told.contains("root element urlset"), "{told}");
}

#[test]
fn a_damaged_feed_is_an_answer() {
    survives_damage("a.xml", &rss(&format!("{ITEM}{ITEM}")));
}
