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
