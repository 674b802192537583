use super::*;

fn article(name: &str, text: &str) -> Article {
    parse_one(&Document::new(name, text.as_bytes().to_vec())).unwrap()
}

#[test]
fn a_wire_story_gives_up_its_dateline_date_and_agency() {
    let story = article(
        "a.txt",
        "Ferry line reopens\n\nBy Ida Holm\n\nBERGEN, Jan. 5, 2016 (AP) -- The ferry sailed, officials said.\n\nIt was full.",
    );
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        ("Ferry line reopens", TitleOrigin::Headline)
    );
    assert_eq!(story.authors, ["Ida Holm"]);
    assert_eq!(story.dateline.as_deref(), Some("BERGEN, Jan. 5, 2016 (AP)"));
    assert_eq!(story.source.unwrap().name, "AP");
    assert_eq!(story.published.unwrap().at, "2016-01-05");
    assert_eq!(
        story.body,
        "The ferry sailed, officials said.\n\nIt was full."
    );
}

#[test]
fn a_story_without_a_headline_is_titled_by_its_first_sentence() {
    let story = article(
        "a.txt",
        "• Kyodo\n\n\nThe harbour council met on Monday.\n\nIt decided nothing, a clerk said.\n\nSubscribe to our newsletter",
    );
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        (
            "The harbour council met on Monday",
            TitleOrigin::FirstSentence
        )
    );
    assert_eq!(story.source.unwrap().name, "Kyodo");
    assert_eq!(
        story.body,
        "The harbour council met on Monday.\n\nIt decided nothing, a clerk said."
    );
}

#[test]
fn sentences_that_speak_of_cookies_stay() {
    let story = article(
        "a.txt",
        "Bakers strike\n\nThe bakers left.\n\n“No cookies until Friday,” said their leader, who \"meant it\".",
    );
    assert!(story.body.ends_with("\"meant it\"."));
}

#[test]
fn front_matter_is_metadata_and_markdown_is_plain_text() {
    let story = article(
        "a.md",
        "---\ntitle: Bridge shut\ndate: 2019-03-02\nauthor: [Ida Holm, Per Lund]\n---\n# Bridge\nThe **old** [bridge](http://x) is shut.\n",
    );
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        ("Bridge shut", TitleOrigin::Metadata)
    );
    assert_eq!(story.authors, ["Ida Holm", "Per Lund"]);
    assert_eq!(story.published.unwrap().at, "2019-03-02");
    assert_eq!(story.body, "The old bridge is shut.");
}

#[test]
fn any_encoding_is_read() {
    let utf16: Vec<u8> = "Café prices rise\n\nThey rose."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let story = parse_one(&Document::new("a.txt", utf16)).unwrap();
    assert_eq!(story.title, "Café prices rise");
    let latin: &[u8] = b"Caf\xe9 prices rise\n\nThe owner of the caf\xe9 said so.";
    let story = parse_one(&Document::new("a.txt", latin.to_vec())).unwrap();
    assert_eq!(story.title, "Café prices rise");
}

#[test]
fn what_is_no_text_is_refused_in_plain_words() {
    let refused = |bytes: &[u8]| parse_one(&Document::new("a.txt", bytes.to_vec())).unwrap_err();
    assert_eq!(refused(b" \n"), Rejection::Empty);
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n\0\0"),
        Rejection::NotText {
            looks_like: "a PNG picture"
        }
    );
    let noise: Vec<u8> = (0..5_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    assert!(matches!(refused(&noise), Rejection::NotText { .. }));
}

#[test]
fn a_page_nested_ten_thousand_deep_is_an_answer() {
    let page = format!(
        "<html><body>{}words{}</body></html>",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    let _ = parse_one(&Document::new("a.html", page.into_bytes()));
}
