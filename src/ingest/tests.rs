use std::sync::Arc;

use super::{Crew, Prepared, prepare};
use crate::domain::document::{Document, Fallback, Limits, Mapping, Options};
use crate::domain::ledger::Rejection;
use crate::extract::Extractor;
use crate::parse::{Found, Stopped, parse};

fn options(bundle: u64) -> Options {
    Options {
        limits: Limits {
            member: 1 << 20,
            bundle,
        },
        json: Mapping::default(),
        fallback: Fallback::default(),
        ocr: None,
    }
}

fn tar_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, bytes.as_slice())
            .unwrap();
    }
    tar.into_inner().unwrap()
}

fn story(n: usize, n_sentences: usize) -> Vec<u8> {
    let sentence = "The ferry sailed from Bergen on Monday, officials said. ";
    let title = format!("Ferry line {n} reopens");
    format!("{title}\n\nBERGEN -- {}", sentence.repeat(n_sentences)).into_bytes()
}

/// Long and short ones, broken ones, and bundles of their own.
fn mixed(n_members: usize) -> Vec<(String, Vec<u8>)> {
    let member = |n: usize| match n % 5 {
        0 => (format!("{n}.txt"), story(n, 400)),
        1 => (format!("{n}.bin"), vec![0, 1, 2]),
        2 => {
            let inner: Vec<_> = (0..40).map(|m| (format!("{m}.txt"), story(m, 2))).collect();
            (format!("{n}.tar"), tar_of(&inner))
        }
        _ => (format!("{n}.txt"), story(n, 2)),
    };
    (0..n_members).map(member).collect()
}

fn prepared(document: &Document, bundle: u64) -> Vec<Prepared> {
    let extractor = Arc::new(Extractor::embedded().unwrap());
    let crew = Crew::new(3, extractor, options(bundle));
    let mut parts = Vec::new();
    let result = prepare(document, &crew, &mut |part| {
        parts.push(part);
        Ok(())
    });
    assert_eq!(result, Ok(()));
    parts
}

#[test]
fn what_many_threads_read_of_a_bundle_comes_in_its_order() {
    let document = Document::new("a.tar", tar_of(&mixed(60)));
    let (mut titles, mut failures) = (Vec::new(), Vec::new());
    parse(&document, &options(1 << 30), &mut |found| {
        match found {
            Found::Article(article) => titles.push(article.title),
            Found::Failure(failure) => failures.push(failure),
        }
        Ok(())
    })
    .unwrap();
    let parts = prepared(&document, 1 << 30);
    let articles = parts.iter().flat_map(|part| &part.articles);
    let found: Vec<_> = articles.map(|new| new.article.title.clone()).collect();
    assert_eq!(found, titles);
    let found: Vec<_> = parts
        .iter()
        .flat_map(|part| part.failures.clone())
        .collect();
    assert_eq!(found, failures);
    let n_last = parts.iter().filter(|part| part.is_last).count();
    assert!(n_last == 1 && parts.last().unwrap().is_last);
    let size = |part: &Prepared| part.articles.len() + part.failures.len();
    assert!(parts.iter().all(|part| size(part) <= super::MAX_PART));
}

#[test]
fn what_unpacks_to_too_much_stops_at_the_same_article_each_time() {
    let document = Document::new("a.tar", tar_of(&mixed(60)));
    let titles = || -> Vec<String> {
        let parts = prepared(&document, 300_000);
        let rejection = parts.last().unwrap().rejection.as_ref();
        assert_eq!(rejection, Some(&Rejection::Bomb(300_000)));
        let articles = parts.iter().flat_map(|part| &part.articles);
        articles.map(|new| new.article.title.clone()).collect()
    };
    let first = titles();
    assert!(!first.is_empty());
    assert_eq!(titles(), first);
}

#[test]
fn a_bundle_ends_where_nobody_wants_more() {
    let document = Document::new("a.tar", tar_of(&mixed(60)));
    let extractor = Arc::new(Extractor::embedded().unwrap());
    let crew = Crew::new(3, extractor, options(1 << 30));
    let result = prepare(&document, &crew, &mut |_| Err(Stopped));
    assert_eq!(result, Err(Stopped));
}
