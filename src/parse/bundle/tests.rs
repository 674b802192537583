use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::domain::document::{Document, Limits};
use crate::domain::ledger::Rejection;
use crate::parse::{Found, ParseError, is_bundle, parse, parse_all, within};

const STORY: &[u8] =
    b"Ferry line reopens\n\nBERGEN, Jan. 5, 2016 (AP) -- The ferry sailed, officials said.";
const OTHER: &[u8] =
    b"Bakers strike\n\nOSLO, Jan. 6, 2016 (AP) -- The bakers left, their leader said.";

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// As zip holds it: version, length of the properties, properties, and no size.
fn lzma(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::LzmaOptions::with_preset(1);
    let mut packed = lzma_rust2::LzmaWriter::new_use_header(Vec::new(), &options, None).unwrap();
    packed.write_all(bytes).unwrap();
    let packed = packed.finish().unwrap();
    [&[9, 20, 5, 0], &packed[..5], &packed[13..]].concat()
}

/// A zip archive of one member, packed by another way than those that the library writes.
fn zip_by(method: u8, packed: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("a.txt", stored).unwrap();
    zip.write_all(packed).unwrap();
    let mut zip = zip.finish().unwrap().into_inner();
    let list = zip
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    for at in [0, list + 2] {
        zip[at + 8] = method;
        zip[at + 14..at + 18].copy_from_slice(&sum.sum().to_le_bytes());
        zip[at + 22..at + 26].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
    }
    zip
}

fn titles(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let articles = parse_all(&Document::new(name, bytes)).unwrap();
    articles.into_iter().map(|article| article.title).collect()
}

/// Titles, failures, and why it ended early if it did.
fn all(
    bytes: Vec<u8>,
    limits: Limits,
) -> (Vec<String>, Vec<(String, Rejection)>, Option<Rejection>) {
    let (mut titles, mut failures) = (Vec::new(), Vec::new());
    let result = parse(
        &Document::new("bundle", bytes),
        &within(limits),
        &mut |found| {
            match found {
                Found::Article(article) => titles.push(article.title),
                Found::Failure(failure) => failures.push((failure.member, failure.rejection)),
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

const LIMITS: Limits = Limits {
    member: 1 << 20,
    bundle: 8 << 20,
};

#[test]
fn every_kind_of_bundle_gives_its_articles() {
    let tar = tar_of(&[("a.txt", STORY), ("b.txt", OTHER)]);
    let zip = zip_of(&[("a.txt", STORY), ("b.txt", OTHER)]);
    for (name, bundle) in [
        ("a.tar", tar.clone()),
        ("a.zip", zip.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd(&tar)),
        ("a.tar.bz2", bzip2(&tar)),
        ("a.tar.xz", xz(&tar)),
        ("a.zip.gz", gzip(&zip)),
        ("of tars.tar", tar_of(&[("inner.tar", &tar)])),
        ("of zips.zip", zip_of(&[("inner.zip", &zip)])),
    ] {
        assert!(is_bundle(&bundle[..bundle.len().min(1_024)]), "{name}");
        assert_eq!(
            titles(name, bundle),
            ["Ferry line reopens", "Bakers strike"],
            "{name}"
        );
    }
}

#[test]
fn a_single_file_is_unpacked() {
    for packed in [
        gzip(STORY),
        zstd(STORY),
        bzip2(STORY),
        xz(STORY),
        [gzip(&STORY[..30]), gzip(&STORY[30..])].concat(),
    ] {
        assert_eq!(titles("a.txt.gz", packed), ["Ferry line reopens"]);
    }
}

#[test]
fn a_single_packed_file_fails_for_its_own_reason() {
    let (_, failures, rejection) = all(gzip(b"   "), LIMITS);
    assert_eq!((failures, rejection), (vec![], Some(Rejection::Empty)));
}

#[test]
fn what_belongs_to_a_saved_page_is_passed_over_in_silence() {
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0";
    let zip = zip_of(&[
        ("__MACOSX/._a.txt", b"\0\x05\x16\x07"),
        (".DS_Store", b"\0\0\0\x01Bud1"),
        ("pictures/Thumbs.db", b"\xd0\xcf\x11\xe0"),
        ("page_files/style.css", b"body { margin: 0 }"),
        ("page_files/app.js", b"let a = 1;"),
        ("page_files/logo.PNG", png),
        ("page_files/font.woff2", b"wOF2\0\x01"),
        ("story.jpg", STORY),
    ]);
    assert_eq!(titles("page.zip", zip), ["Ferry line reopens"]);
}

#[test]
fn a_broken_member_fails_alone_and_is_named() {
    let mut zip = zip_of(&[("a.txt", STORY), ("b.txt", OTHER), ("c.bin", b"\0\x01\x02")]);
    // The first letters of the second member's packed text.
    let at = zip.windows(5).position(|bytes| bytes == b"b.txt").unwrap() + 10;
    zip[at] ^= 0xff;
    zip[at + 1] ^= 0xff;
    let (titles, failures, rejection) = all(zip, LIMITS);
    assert_eq!(titles, ["Ferry line reopens"]);
    let names: Vec<&str> = failures.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, rejection), (vec!["b.txt", "c.bin"], None));
    assert!(matches!(failures[0].1, Rejection::BrokenMember(_)));
}

#[test]
fn a_locked_member_asks_for_its_password() {
    let mut zip = zip_of(&[("a.txt", STORY)]);
    let list = zip
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    zip[6] |= 1;
    zip[list + 8] |= 1;
    let (_, failures, _) = all(zip, LIMITS);
    assert_eq!(failures, [("a.txt".to_owned(), Rejection::Locked)]);
}

#[test]
fn members_of_a_zip_are_unpacked_whatever_packed_them() {
    for (method, packed) in [(14, lzma(STORY)), (93, zstd(STORY)), (95, xz(STORY))] {
        let zip = zip_by(method, &packed, STORY);
        assert_eq!(titles("a.zip", zip), ["Ferry line reopens"], "{method}");
        for damaged in [
            zip_by(method, &packed, OTHER),
            zip_by(method, &packed[..packed.len() / 2], STORY),
            zip_by(method, &[0xff; 40], STORY),
        ] {
            let (titles, failures, rejection) = all(damaged, LIMITS);
            assert_eq!((titles.len(), failures.len(), rejection), (0, 1, None));
            assert!(matches!(failures[0].1, Rejection::BrokenMember(_)));
        }
    }
}

#[test]
fn an_unknown_way_of_packing_is_named() {
    let mut zip = zip_of(&[("a.txt", STORY)]);
    let list = zip
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    zip[8] = 19;
    zip[list + 10] = 19;
    let (_, failures, _) = all(zip, LIMITS);
    assert!(failures[0].1.to_string().contains("19"), "{failures:?}");
}

#[test]
fn what_is_whole_in_a_bundle_that_breaks_off_is_read() {
    // What does not pack: digits of hashes.
    let long: String = (0..600_u32)
        .map(|n| blake3::hash(&n.to_le_bytes()).to_string())
        .collect();
    let long = long.as_bytes();
    let tar = tar_of(&[("a.txt", STORY), ("b.txt", long)]);
    let zip = zip_of(&[("a.txt", STORY), ("b.txt", long)]);
    for bundle in [
        tar[..tar.len() / 2].to_vec(),
        gzip(&tar)[..15_000].to_vec(),
        zip[..zip.len() / 2].to_vec(),
    ] {
        let (titles, _, rejection) = all(bundle, LIMITS);
        assert_eq!(titles, ["Ferry line reopens"]);
        assert!(
            matches!(rejection, Some(Rejection::Damaged { .. })),
            "{rejection:?}"
        );
        let told = rejection.map(|rejection| rejection.to_string());
        assert!(!told.unwrap().contains("EOCD"));
    }
}

#[test]
fn a_bomb_is_stopped() {
    let zeros = vec![0; 16 << 20];
    let members: Vec<(&str, &[u8])> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        .map(|name| (name, &zeros[..1 << 20]))
        .into();
    for bomb in [
        gzip(&tar_of(&[("huge.txt", &zeros)])),
        zip_of(&members),
        zstd(&zeros),
    ] {
        let (_, _, rejection) = all(bomb, LIMITS);
        assert!(
            matches!(
                rejection,
                Some(Rejection::Bomb(_) | Rejection::TooLarge { .. })
            ),
            "{rejection:?}"
        );
    }
}

#[test]
fn bundles_in_bundles_end() {
    let mut bundle = STORY.to_vec();
    for _ in 0..50 {
        bundle = gzip(&bundle);
    }
    let (titles, _, rejection) = all(bundle, LIMITS);
    assert_eq!((titles, rejection), (vec![], Some(Rejection::TooDeep(4))));
}

#[test]
fn a_path_that_leads_out_of_the_bundle_is_only_a_name() {
    let zip = zip_of(&[("../../etc/a.txt", STORY), ("/b\u{1b}[2J.bin", b"\0\x01")]);
    let (titles, failures, _) = all(zip, LIMITS);
    assert_eq!(titles, ["Ferry line reopens"]);
    assert_eq!(failures[0].0, "/b\u{fffd}[2J.bin");
}

#[test]
fn a_list_of_a_million_members_is_refused_unread() {
    let mut end = b"PK\x06\x06".to_vec();
    end.resize(56, 0);
    end[32..40].copy_from_slice(&1_000_000_u64.to_le_bytes());
    let bytes = [
        b"PK\x03\x04".as_slice(),
        &[0; 60],
        &end,
        b"PK\x05\x06",
        &[0xff; 18],
    ]
    .concat();
    let (_, _, rejection) = all(bytes, LIMITS);
    assert!(
        matches!(rejection, Some(Rejection::TooManyMembers(_))),
        "{rejection:?}"
    );
}

#[test]
fn any_beginning_of_a_bundle_is_an_answer() {
    let tar = tar_of(&[("a.txt", STORY)]);
    for bundle in [
        zip_of(&[("a.txt", STORY)]),
        gzip(&tar),
        zstd(&tar),
        bzip2(&tar),
        tar,
    ] {
        for n in (0..bundle.len().min(700)).step_by(7) {
            let mut start = bundle[..n].to_vec();
            let _ = all(start.clone(), LIMITS);
            start.extend([0; 600]);
            let _ = all(start, LIMITS);
        }
    }
}

#[test]
fn a_package_of_web_archives_gives_each_page_once() {
    let record = |address: &str, page: &str| {
        let content = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2016-01-05T09:30:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    };
    let text = "The ferry sailed from the harbour on Monday with three hundred passengers on board, officials said. ".repeat(4);
    let page = format!(
        "<html><head><title>Ferry line reopens</title></head><body><article><h1>Ferry line reopens</h1><p>{text}</p></article></body></html>"
    );
    let warc = gzip(record("http://bay.example/a", &page).as_bytes());
    let pages = format!(
        "{{\"format\": \"json-pages-1.0\"}}\n{{\"url\": \"http://bay.example/a\", \"title\": \"Ferry line reopens\", \"text\": \"Menu Search {text}\"}}\n"
    );
    let package = "{\"profile\": \"data-package\", \"wacz_version\": \"1.1.1\", \"description\": \"A crawl of the paper, made on a Tuesday.\"}";
    for (name, extra) in [
        ("pages/extraPages.jsonl", pages.as_str()),
        ("logs/crawl.log", "Page finished"),
        ("indexes/index.cdx", "example,bay)/a 2016 {}"),
        (
            "README.md",
            "A crawl of the paper for the archive of the town.",
        ),
    ] {
        let zip = zip_of(&[
            ("archive/data.warc.gz", &warc),
            ("pages/pages.jsonl", pages.as_bytes()),
            ("datapackage.json", package.as_bytes()),
            (
                "datapackage-digest.json",
                b"{\"path\": \"datapackage.json\"}",
            ),
            (name, extra.as_bytes()),
        ]);
        let articles = parse_all(&Document::new("a.wacz", zip)).unwrap();
        assert_eq!(articles.len(), 1, "{name}");
        assert_eq!(articles[0].url.as_deref(), Some("http://bay.example/a"));
    }
}

#[test]
fn members_that_share_their_data_are_refused() {
    let zip = zip_of(&[("a.txt", STORY), ("b.txt", OTHER)]);
    let list = |zip: &[u8]| memchr::memmem::find(zip, b"PK\x01\x02").unwrap();
    let second = memchr::memmem::rfind(&zip, b"PK\x01\x02").unwrap();
    // The second entry of the list leads to the first member's data.
    let mut shared = zip.clone();
    let first = list(&zip);
    let (sizes, place) = (
        zip[first + 16..first + 28].to_vec(),
        zip[first + 42..first + 46].to_vec(),
    );
    shared[second + 16..second + 28].copy_from_slice(&sizes);
    shared[second + 42..second + 46].copy_from_slice(&place);
    let rejection = parse_all(&Document::new("a.zip", shared)).unwrap_err();
    assert!(rejection.to_string().contains("overlap"), "{rejection}");
    assert_eq!(parse_all(&Document::new("a.zip", zip)).unwrap().len(), 2);
}

#[test]
fn what_unpacks_to_far_more_than_its_size_is_refused() {
    let zeros = vec![b'0'; 8 << 20];
    let limits = Limits {
        member: 1 << 20,
        bundle: 1 << 40,
    };
    let inner = zip_of(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    let nested = zip_of(&[("a.zip", &inner), ("b.zip", &inner), ("c.zip", &inner)]);
    let empty: Vec<(String, &[u8])> = (0..60_000)
        .map(|n| (format!("{n}"), b"".as_slice()))
        .collect();
    let empty: Vec<(&str, &[u8])> = empty
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let many = gzip(&zip_of(&empty));
    for (name, bytes) in [
        ("a.zip", nested),
        ("a.txt.gz", gzip(&zeros)),
        ("a.zip.gz", many),
    ] {
        let result = parse(
            &Document::new(name, bytes),
            &within(limits),
            &mut |_| Ok(()),
        );
        assert!(matches!(result, Err(ParseError::Rejected(_))), "{name}");
    }
}
