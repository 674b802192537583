use super::*;
use crate::domain::article::TitleOrigin;

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

/// Text; title, subtitle, authors, source, date.
const HEADS: [(&str, &str, &str, &str, &str, &str); 11] = [
    (
        "Ferry line reopens\nBy Ida Holm\nJan. 5, 2016\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "Ida Holm",
        "",
        "2016-01-05",
    ),
    (
        "By IDA HOLM and PER LUND\n\nFerry line reopens\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "Ida Holm, Per Lund",
        "",
        "",
    ),
    (
        "Ferry line reopens\n\nIt had been shut for four years.\n\nIda Holm, Reuters\n\nThe ferry sailed.",
        "Ferry line reopens",
        "It had been shut for four years.",
        "Ida Holm",
        "Reuters",
        "",
    ),
    (
        "Ferry line reopens\n\nBy Ida Holm in Paris and Per Lund in Oslo\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "Ida Holm, Per Lund",
        "",
        "",
    ),
    (
        "Ferry line reopens\n\nIda Holm | AP\n\nTuesday, January 5, 2016 9:30 AM EST\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "Ida Holm",
        "AP",
        "2016-01-05T14:30:00Z",
    ),
    (
        "Ferry line reopens\n\nThe Associated Press\n\nPublished 2 hours ago\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "",
        "AP",
        "",
    ),
    (
        "World\n\nFERRY LINE REOPENS AT ACME CORP.\n\nThe ferry sailed.",
        "FERRY LINE REOPENS AT ACME CORP.",
        "",
        "",
        "",
        "",
    ),
    (
        "By Ida Holm BBC News, Oslo\n\nFerry line reopens\n\nThe ferry sailed.",
        "Ferry line reopens",
        "",
        "Ida Holm",
        "BBC News",
        "",
    ),
    (
        "Google sues over advertising\n\nThe firm went to court.",
        "Google sues over advertising",
        "",
        "",
        "",
        "",
    ),
    (
        "Special staff writer quits news desk\n\nThe writer left.",
        "Special staff writer quits news desk",
        "",
        "",
        "",
        "",
    ),
    (
        "\u{feff}May 5 and all that\r\n\r\n\tIt was\u{a0}a day.\r\n",
        "May 5 and all that",
        "",
        "",
        "",
        "",
    ),
];

#[test]
fn the_head_is_read_in_whatever_order_it_stands() {
    for (text, title, subtitle, authors, source, at) in HEADS {
        let story = article("a.txt", text);
        assert_eq!(story.title, title, "{text}");
        assert_eq!(story.subtitle.unwrap_or_default(), subtitle, "{text}");
        assert_eq!(story.authors.join(", "), authors, "{text}");
        assert_eq!(
            story.source.map_or(String::new(), |source| source.name),
            source,
            "{text}"
        );
        assert_eq!(
            story
                .published
                .map_or(String::new(), |published| published.at),
            at,
            "{text}"
        );
    }
}

#[test]
fn a_dateline_takes_its_year_only_from_the_document() {
    for (name, text, at) in [
        (
            "a.txt",
            "Ferry sails\n\nBERGEN, Jan. 5 (AP) -- It sailed.",
            None,
        ),
        (
            "a.txt",
            "Ferry sails\n\nBERGEN, Jan. 5 (AP) -- It sailed.\n\nCopyright 2016 The Associated Press",
            Some("2016-01-05"),
        ),
        (
            "2016-01-05-ferry.txt",
            "Ferry sails\n\nIt sailed.",
            Some("2016-01-05"),
        ),
        (
            "20160105_ferry.txt",
            "Ferry sails\n\nIt sailed.",
            Some("2016-01-05"),
        ),
        ("budget 2016.txt", "Ferry sails\n\nIt sailed.", None),
    ] {
        let published = article(name, text).published.map(|published| published.at);
        assert_eq!(published.as_deref(), at, "{name} {text}");
    }
}

#[test]
fn an_agency_signs_off_and_is_no_byline() {
    for end in [
        "\n\nREUTER\n",
        " Reuter",
        " REUTER...",
        "\n\n(Reuters)",
        " (Reuters)",
    ] {
        let story = article(
            "a.txt",
            &format!("FERRY SAILS\n\nOSLO, March 2 - It sailed.{end}"),
        );
        assert_eq!(story.source.unwrap().name, "Reuters", "{end}");
        assert_eq!((story.body.as_str(), story.byline), ("It sailed.", None));
    }
}

#[test]
fn a_row_of_figures_before_a_sign_off_is_no_byline() {
    let story = article(
        "a.txt",
        "ACME SETS DIVIDEND\n\nPay May 1\n\nRecord April Three Reuter",
    );
    assert_eq!(story.body, "Pay May 1\n\nRecord April Three");
    assert_eq!(story.byline, None);
}

#[test]
fn whatever_holds_words_is_a_clipping() {
    for (text, title, body) in [
        (
            "Ferry line reopens",
            "Ferry line reopens",
            "Ferry line reopens",
        ),
        (
            "ACME <ACM> YEAR NET\n\nShr 46 cts vs 22 cts\n\nNet 2 mln vs 1 mln",
            "ACME <ACM> YEAR NET",
            "Shr 46 cts vs 22 cts\n\nNet 2 mln vs 1 mln",
        ),
        ("Share this", "Share this", "Share this"),
        (
            "ACME FORMS ADVERTISING UNIT\n\nOSLO, March 2 - It did. Reuter\n",
            "ACME FORMS ADVERTISING UNIT",
            "It did.",
        ),
    ] {
        let story = article("a.txt", text);
        assert_eq!((story.title.as_str(), story.body.as_str()), (title, body));
    }
    assert!(parse_one(&Document::new("a.txt", b"* * *\n---".to_vec())).is_err());
}

#[test]
fn exports_and_mail_say_who_and_when() {
    let export = "                 1 of 50 DOCUMENTS\n\n              The Bergen Courier\n\n            January 5, 2016 Tuesday\n             \
                  Late Edition\n\nFerry Line Reopens\n\nBYLINE: By IDA HOLM\n\nSECTION: Foreign Desk\n\nLENGTH: 512 words\n\n\
                  DATELINE: BERGEN, Norway\n\nBODY:\n   The ferry sailed.\n\n   It was full.\n\nLOAD-DATE: January 6, 2016\n\n\
                  LANGUAGE: ENGLISH\n\nSUBJECT: FERRIES; HARBOURS\n\nCopyright 2016 The Bergen Courier Company\nAll Rights Reserved\n";
    let mail = "From: Ida Holm <ida@example.org>\nTo: desk@example.org\nSubject: Fwd: Ferry Line Reopens\n\
                Date: Tue, 5 Jan 2016 09:30:00 +0100\n\n> The ferry sailed.\n>\n> It was full.\n>\n> All slept.\n";
    for (text, source, at) in [
        (export, "The Bergen Courier", "2016-01-05"),
        (mail, "", "2016-01-05T08:30:00Z"),
    ] {
        let story = article("a.txt", text);
        assert_eq!(story.title, "Ferry Line Reopens");
        assert_eq!(story.authors, ["Ida Holm"]);
        assert_eq!(
            story.source.map_or(String::new(), |source| source.name),
            source
        );
        assert_eq!(story.published.unwrap().at, at);
        assert!(
            story.body.starts_with("The ferry sailed.\n\nIt was full."),
            "{}",
            story.body
        );
        assert!(
            !story.body.contains(':') && !story.body.contains("Rights"),
            "{}",
            story.body
        );
    }
}

#[test]
fn front_matter_is_read_as_tools_write_it() {
    for (matter, author, url, at, keywords) in [
        (
            "---\ntitle: \"Bridge shut\"\nsource: \"https://example.org/a\"\nauthor:\n  - \"[[Ida Holm]]\"\npublished: 2019-03-02\ncreated: 2020-01-01\ndescription: \"It fell.\"\ntags:\n  - \"clippings\"\n---",
            "Ida Holm",
            "https://example.org/a",
            "2019-03-02",
            "clippings",
        ),
        (
            "+++\ntitle = 'Bridge shut'\ndate = 2019-03-02T09:30:00Z\ntags = ['a', 'b']\nauthors = ['Ida Holm']\ndescription = 'It fell.'\n+++",
            "Ida Holm",
            "",
            "2019-03-02T09:30:00Z",
            "a,b",
        ),
        (
            "---\nlayout: post\ntitle: Bridge shut\ndate: 2019-03-02 09:30:00 +0100\nexcerpt: It fell.\nauthor: Ida Holm\nkeywords: a, b\n---",
            "Ida Holm",
            "",
            "2019-03-02T08:30:00Z",
            "a,b",
        ),
        (
            "---\ntitle: Bridge shut\ndescription: It fell.\nnote: a: b: c\nauthor: Ida Holm\n---  ",
            "Ida Holm",
            "",
            "",
            "",
        ),
    ] {
        let story = article("a.md", &format!("{matter}\n\nThe old bridge is shut.\n"));
        assert_eq!(
            (story.title.as_str(), story.body.as_str()),
            ("Bridge shut", "The old bridge is shut.")
        );
        assert_eq!(story.subtitle.as_deref(), Some("It fell."));
        assert_eq!(story.authors, [author]);
        assert_eq!(story.url.unwrap_or_default(), url);
        assert_eq!(
            story
                .published
                .map_or(String::new(), |published| published.at),
            at
        );
        assert_eq!(story.keywords.join(","), keywords);
    }
}

#[test]
fn markdown_without_front_matter_is_a_clipping() {
    let story = article(
        "a.md",
        "# Bridge shut\n\n*By Ida Holm*  \nMarch 2, 2019\n\nBERGEN (AP) — The [[bridge|old bridge]]\nis **shut**.\n\n## Why\n\n- It fell\n- It rusted\n\n<div><p>All <b>sank</b></p></div>\n",
    );
    assert_eq!(
        (story.title.as_str(), story.title_origin),
        ("Bridge shut", TitleOrigin::Headline)
    );
    assert_eq!(
        (story.authors.join(""), story.source.unwrap().name),
        ("Ida Holm".into(), "AP".into())
    );
    assert_eq!(story.published.unwrap().at, "2019-03-02");
    assert_eq!(
        story.body,
        "The old bridge is shut.\n\nWhy\n\nIt fell\n\nIt rusted\n\nAll sank"
    );
    let ruled = article(
        "b.md",
        "---\n\nIt was late, and the ferry had sailed.\n\n---\n\nThe end came.\n",
    );
    assert!(ruled.body.contains("ferry") && ruled.body.contains("end came"));
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

#[test]
fn raw_text_is_the_text_to_the_letter() {
    let text = "Soft\u{ad}hyphen\u{200b} and\r\nreturn\u{a0}stay.";
    let article = raw_text(&Document::new("a.txt", text.as_bytes().to_vec())).unwrap();
    assert_eq!(article.body, text);
}

#[test]
fn bylines_of_plain_text_are_read_in_many_languages() {
    let body = "The ferry line has ordered two new ships, its director told the council on Tuesday evening, and they are to sail soon.";
    for (line, people) in [
        ("Von Ida Holm, Berlin", &["Ida Holm"] as &[&str]),
        ("Par Ida Holm et Per Lund", &["Ida Holm", "Per Lund"]),
        ("Por Ida Holm, corresponsal en Bruselas", &["Ida Holm"]),
        ("Di Ida Holm", &["Ida Holm"]),
        ("Av Ida Holm", &["Ida Holm"]),
        ("Текст: Анна Петрова", &["Анна Петрова"]),
        ("by ida holm", &["Ida Holm"]),
        ("BY IDA HOLM", &["Ida Holm"]),
        ("By Ida Holm Travel News Reporter", &["Ida Holm"]),
    ] {
        let text = format!("Ferry line gets two new ships\n\n{line}\n\n{body}\n\n{body}\n");
        let article = parse_one(&Document::new("a.txt", text.into_bytes())).unwrap();
        assert_eq!(article.authors, people, "{line}");
        assert!(!article.body.contains(line), "{line}");
    }
    for line in [
        "Von der Leyen kommt nach Bergen",
        "Par amour de la mer",
        "By the sea, all was quiet",
    ] {
        let text = format!("Ferry line gets two new ships\n\n{line}\n\n{body}\n\n{body}\n");
        let article = parse_one(&Document::new("a.txt", text.into_bytes())).unwrap();
        assert_eq!(article.authors, Vec::<String>::new(), "{line}");
    }
}
