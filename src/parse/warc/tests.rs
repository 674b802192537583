use std::io::Write;

use crate::domain::article::PublishedOrigin;
use crate::domain::document::{Document, Limits};
use crate::domain::ledger::Rejection;
use crate::parse::{Found, ParseError, is_bundle, parse, parse_all, within};

/// A page long enough to be an article.
fn page(title: &str) -> String {
    let sentence = "The ferry sailed from the harbour on Monday with three hundred passengers on board, officials said. ";
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{}</p><p>{}</p></article></body></html>",
        sentence.repeat(4),
        sentence.repeat(3)
    )
}

fn record(kind: &str, address: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2016-01-05T09:30:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn response(address: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 {headers}\r\n\r\n").as_bytes(), body].concat();
    record(
        "response",
        address,
        "application/http; msgtype=response",
        &content,
    )
}

const FOUND: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn all(bytes: Vec<u8>) -> (Vec<String>, Vec<String>, Option<Rejection>) {
    const LIMITS: Limits = Limits {
        member: 1 << 20,
        bundle: 8 << 20,
    };
    let (mut titles, mut failures) = (Vec::new(), Vec::new());
    let result = parse(
        &Document::new("a.warc", bytes),
        &within(LIMITS),
        &mut |found| {
            match found {
                Found::Article(article) => titles.push(article.title),
                Found::Failure(failure) => failures.push(failure.member),
            }
            Ok(())
        },
    );
    let rejection = match result {
        Err(ParseError::Rejected(rejection)) => Some(rejection),
        _ => None,
    };
    (titles, failures, rejection)
}

#[test]
fn pages_that_were_found_are_articles_with_address_and_capture() {
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: test"),
        record(
            "request",
            "http://www.gazette.example/a",
            "application/http",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "http://www.gazette.example/a",
            FOUND,
            page("Ferry reopens").as_bytes(),
        ),
        response(
            "http://gazette.example/2015/12/31/b",
            FOUND,
            page("Bakers strike").as_bytes(),
        ),
    ]
    .concat();
    assert!(is_bundle(&archive[..100]));
    let articles = parse_all(&Document::new("a.warc", archive)).unwrap();
    let [ferry, bakers] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(ferry.url.as_deref(), Some("http://www.gazette.example/a"));
    assert_eq!(ferry.source.as_ref().unwrap().name, "gazette.example");
    let published = ferry.published.as_ref().unwrap();
    assert_eq!(published.at, "2016-01-05T09:30:00Z");
    assert_eq!(published.origin, PublishedOrigin::Capture);
    let published = bakers.published.as_ref().unwrap();
    assert_eq!(
        (published.at.as_str(), published.origin),
        ("2015-12-31", PublishedOrigin::Url)
    );
}

#[test]
fn what_is_no_page_is_passed_over_in_silence() {
    let story = page("Ferry reopens");
    let story = story.as_bytes();
    let archive = [
        response("http://g.example/old", "301 Moved\r\nLocation: /new", b""),
        response(
            "http://g.example/gone",
            "404 Not Found\r\nContent-Type: text/html",
            story,
        ),
        response(
            "http://g.example/robots.txt",
            "200 OK\r\nContent-Type: text/plain",
            b"User-agent: *",
        ),
        response(
            "http://g.example/a.png",
            "200 OK\r\nContent-Type: image/png",
            b"\x89PNG",
        ),
        response("dns:g.example", "200 OK\r\nContent-Type: text/dns", b"x"),
        record(
            "metadata",
            "http://g.example/",
            "application/warc-fields",
            b"via: x",
        ),
    ]
    .concat();
    assert_eq!(all(archive), (vec![], vec![], None));
}

#[test]
fn an_index_page_is_a_named_failure() {
    let archive = response("http://g.example/", FOUND, b"<html><body></body></html>");
    assert_eq!(
        all(archive),
        (vec![], vec!["http://g.example/".to_owned()], None)
    );
}

#[test]
fn wrapped_bodies_are_unwrapped() {
    let story = page("Caf\u{e9} reopens");
    let mut chunks = Vec::new();
    for chunk in story.as_bytes().chunks(100) {
        chunks.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        chunks.extend(chunk);
        chunks.extend(b"\r\n");
    }
    chunks.extend(b"0\r\n\r\n");
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(story.as_bytes()).unwrap();
    // One block of brotli that is stored as it is: no window to speak of, its length, the flag that says so; the end.
    let bits = (story.len() as u32 - 1) << 4 | 1 << 20;
    let brotli = [&bits.to_le_bytes()[..3], story.as_bytes(), &[3]].concat();
    let latin: Vec<u8> = story.chars().map(|c| c as u8).collect();
    let html = "200 OK\r\nContent-Type: text/html";
    for (headers, body) in [
        (format!("{html}\r\nTransfer-Encoding: chunked"), chunks),
        (
            format!("{html}\r\nContent-Encoding: gzip"),
            gzip(story.as_bytes()),
        ),
        (
            format!("{html}\r\ncontent-encoding: deflate"),
            zlib.finish().unwrap(),
        ),
        (format!("{html}\r\nContent-Encoding: br"), brotli),
        (format!("{html}; charset=iso-8859-1"), latin),
        // Headers that a crawler left behind after it unwrapped the body.
        (
            format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br"),
            story.clone().into_bytes(),
        ),
    ] {
        let (titles, failures, _) = all(response("http://g.example/a", &headers, &body));
        assert_eq!(titles, ["Caf\u{e9} reopens"], "{headers} {failures:?}");
    }
}

#[test]
fn records_that_are_packed_one_by_one_are_read() {
    let story = |title| {
        gzip(&response(
            "http://g.example/",
            FOUND,
            page(title).as_bytes(),
        ))
    };
    let archive = [story("One day"), story("Two days")].concat();
    assert_eq!(all(archive).0, ["One day", "Two days"]);
}

#[test]
fn damage_to_a_packed_record_costs_that_record_wherever_it_is() {
    let packed = |n: u32| {
        let words: String = (0..40)
            .map(|word| format!("{} ", blake3::hash(&[n as u8, word])))
            .collect();
        let page = page(&format!("Day {n}")).replace("</article>", &format!("<p>{words}</p>"));
        gzip(&response(
            &format!("http://g.example/{n}"),
            FOUND,
            page.as_bytes(),
        ))
    };
    let (first, second, rest) = (packed(1), packed(2), [packed(3), packed(4)].concat());
    for at in (0..second.len())
        .step_by(13)
        .filter(|at| !(4..10).contains(at))
    {
        let mut damaged = second.clone();
        damaged[at] ^= 0x5a;
        damaged.splice(at / 2..at / 2, [0x1f, 0x8b]);
        let archive = [first.clone(), damaged, rest.clone()].concat();
        let (titles, failures, rejection) = all(archive);
        assert_eq!(titles, ["Day 1", "Day 3", "Day 4"], "{at}");
        assert!((1..=3).contains(&failures.len()), "{at} {failures:?}");
        assert_eq!(rejection, None, "{at}");
        // Its address may be damaged too, but it is never that of a sound record.
        let sound = [1, 3, 4].map(|n| format!("http://g.example/{n}"));
        assert!(!failures[0].is_empty(), "{at}");
        assert!(!sound.contains(&failures[0]), "{at} {failures:?}");
    }
}

#[test]
fn an_archive_that_was_packed_in_blocks_is_one_stream() {
    let story = |title| response("http://g.example/", FOUND, page(title).as_bytes());
    let archive = [story("One day"), story("Two days")].concat();
    let blocks: Vec<u8> = archive.chunks(300).flat_map(gzip).collect();
    let (titles, failures, rejection) = all(blocks);
    assert_eq!(titles, ["One day", "Two days"]);
    assert_eq!((failures.len(), rejection), (0, None));
}

#[test]
fn a_damaged_record_fails_alone() {
    let story = |title| response("http://g.example/", FOUND, page(title).as_bytes());
    let archive = [
        story("One day"),
        b"\0\x01garbage\n\n".to_vec(),
        story("Two days"),
    ]
    .concat();
    let (titles, failures, rejection) = all(archive);
    assert_eq!((titles.len(), failures.len(), rejection), (2, 1, None));
}

#[test]
fn an_archive_that_breaks_off_keeps_what_came_before() {
    let story = |title| response("http://g.example/", FOUND, page(title).as_bytes());
    let mut archive = [story("One day"), story("Two days")].concat();
    archive.truncate(archive.len() - 300);
    let (titles, _, rejection) = all(archive);
    assert_eq!(titles[0], "One day");
    assert!(matches!(rejection, Some(Rejection::Damaged { .. })));
}

#[test]
fn resources_and_extracted_text_are_read() {
    let text =
        b"Ferry line reopens\n\nBERGEN, Jan. 5, 2016 (AP) -- The ferry sailed, officials said.";
    let archive = [
        record(
            "resource",
            "http://g.example/a",
            "text/html",
            page("One day").as_bytes(),
        ),
        record("conversion", "http://g.example/b", "text/plain", text),
    ]
    .concat();
    assert_eq!(all(archive).0, ["One day", "Ferry line reopens"]);
}

#[test]
fn the_entries_of_a_feed_are_articles_and_a_site_map_is_none() {
    let text = "The ferry sailed from the harbour on Monday, officials said. ".repeat(4);
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Gazette</title><item><title>Ferry reopens</title><link>http://gazette.example/1</link><pubDate>Tue, 05 Jan 2016 09:30:00 GMT</pubDate><description>{text}</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Gazette</title><entry><title>Bakers strike</title><link href=\"http://gazette.example/2\"/><updated>2016-01-05T09:30:00Z</updated><content>{text}</content></entry></feed>"
    );
    let json = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Gazette\", \"items\": [{{\"id\": \"3\", \"url\": \"http://gazette.example/3\", \"title\": \"Mayor waves\", \"content_text\": \"{text}\"}}]}}"
    );
    let map = "<?xml version=\"1.0\"?><urlset><url><loc>http://g.example/</loc></url></urlset>";
    let archive: Vec<u8> = [
        ("application/rss+xml; charset=utf-8", rss.as_str()),
        ("text/xml", atom.as_str()),
        ("application/feed+json", json.as_str()),
        ("application/xml", map),
        (
            "application/json",
            "{\"title\": \"settings\", \"text\": \"none\"}",
        ),
    ]
    .iter()
    .flat_map(|(kind, body)| {
        let headers = format!("200 OK\r\nContent-Type: {kind}");
        response("http://feeds.example/all", &headers, body.as_bytes())
    })
    .collect();
    let articles = parse_all(&Document::new("a.warc", archive)).unwrap();
    let found: Vec<_> = articles
        .iter()
        .map(|article| (article.title.as_str(), article.url.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("Ferry reopens", "http://gazette.example/1"),
            ("Bakers strike", "http://gazette.example/2"),
            ("Mayor waves", "http://gazette.example/3"),
        ]
    );
}

#[test]
fn records_of_the_crawler_itself_are_no_articles() {
    let text = "Opening WARC file.\n\nResolving bay.example... 10.0.0.1\n\nSaving to index.";
    let html = page("Ferry line reopens");
    let mut archive = Vec::new();
    for (kind, address, content_type) in [
        (
            "resource",
            "metadata://gnu.org/software/wget/warc/wget.log",
            "text/plain",
        ),
        (
            "resource",
            "metadata://gnu.org/software/wget/warc/MANIFEST.txt",
            "text/plain",
        ),
        ("metadata", "http://bay.example/", "text/plain"),
        ("resource", "dns:bay.example", "text/plain"),
        ("response", "dns:bay.example", "text/dns"),
        ("resource", "urn:text:http://bay.example/", "text/plain"),
        (
            "resource",
            "urn:pageinfo:http://bay.example/",
            "application/json",
        ),
        ("resource", "urn:view:http://bay.example/", "text/plain"),
        ("warcinfo", "http://bay.example/", "text/plain"),
        (
            "resource",
            "whois://whois.example/bay.example",
            "text/plain",
        ),
        ("resource", "http://bay.example/robots.txt", "text/plain"),
    ] {
        archive.extend(record(kind, address, content_type, text.as_bytes()));
    }
    assert_eq!(all(archive.clone()).0, [""; 0]);
    archive.extend(response("http://bay.example/a", FOUND, html.as_bytes()));
    assert_eq!(
        all(archive),
        (vec!["Ferry line reopens".to_owned()], vec![], None)
    );
}

#[test]
fn a_page_is_read_once_however_often_it_was_captured() {
    let html = page("Ferry line reopens");
    let later = page("Ferry line reopens at last");
    let archive = [
        response("http://bay.example/a", FOUND, html.as_bytes()),
        response("http://bay.example/a", FOUND, html.as_bytes()),
        record(
            "revisit",
            "http://bay.example/a",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "conversion",
            "http://bay.example/a",
            "text/plain",
            "The ferry sailed from the harbour. ".repeat(20).as_bytes(),
        ),
        response("http://bay.example/a", FOUND, later.as_bytes()),
        response(
            "http://bay.example/b",
            FOUND,
            page("Bakers strike").as_bytes(),
        ),
    ]
    .concat();
    let (titles, failures, rejection) = all(archive);
    assert_eq!(
        titles,
        [
            "Ferry line reopens",
            "Ferry line reopens at last",
            "Bakers strike"
        ]
    );
    assert_eq!((failures, rejection), (vec![], None));
}

fn arc(records: &[(&str, &str, &[u8])], is_second: bool) -> Vec<Vec<u8>> {
    let about = "1 0 Bay\nURL IP-address Archive-date Content-type Archive-length\n";
    let mut parts = vec![
        format!(
            "filedesc://a.arc 0.0.0.0 20160105093000 text/plain {}\n{about}\n",
            about.len()
        )
        .into_bytes(),
    ];
    for (address, kind, content) in records {
        let fields = if is_second { " 200 - - 120 a.arc" } else { "" };
        let head = format!(
            "{address} 10.0.0.1 20160105093000 {kind}{fields} {}\n",
            content.len()
        );
        parts.push([head.as_bytes(), content, b"\n"].concat());
    }
    parts
}

#[test]
fn archives_of_the_older_form_are_read() {
    let found = |title: &str| {
        [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
            page(title).as_bytes(),
        ]
        .concat()
    };
    let (one, two) = (found("Ferry line reopens"), found("Bakers strike"));
    let records: [(&str, &str, &[u8]); 5] = [
        (
            "dns:bay.example",
            "text/dns",
            b"20160105 bay.example 10.0.0.1",
        ),
        (
            "http://bay.example/robots.txt",
            "text/plain",
            b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *",
        ),
        ("http://bay.example/a", "text/html", &one),
        ("http://bay.example/with a space", "text/html", &two),
        (
            "http://bay.example/gone",
            "text/html",
            b"HTTP/1.1 404 Not Found\r\n\r\nNot here",
        ),
    ];
    let told = (
        vec!["Ferry line reopens".to_owned(), "Bakers strike".to_owned()],
        vec![],
        None,
    );
    for is_second in [false, true] {
        let parts = arc(&records, is_second);
        assert_eq!(all(parts.concat()), told);
        assert_eq!(all(gzip(&parts.concat())), told);
        assert_eq!(
            all(parts.iter().flat_map(|part| gzip(part)).collect()),
            told
        );
    }
    let articles = parse_all(&Document::new("a.arc", arc(&records, false).concat())).unwrap();
    assert_eq!(articles[0].url.as_deref(), Some("http://bay.example/a"));
    assert_eq!(
        articles[0].published.as_ref().unwrap().at,
        "2016-01-05T09:30:00Z"
    );
}

#[test]
fn lengths_that_old_programs_miscounted_cost_no_page() {
    let archive = "filedesc://a.arc 0.0.0.0 20200106000000 text/plain 76\n1 0 Bay\nURL IP-address Archive-date Content-type Archive-length\n\nhttp://bay.example/ 10.0.0.1 20200106000000 text/html 120\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body><p>The harbour board shut the pier on Monday.</p></body></html>\n";
    let articles = parse_all(&Document::new("a.arc", archive.into())).unwrap();
    assert_eq!(
        articles[0].body,
        "The harbour board shut the pier on Monday."
    );
}
