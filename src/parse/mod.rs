//! Bytes to articles. The format is told by the bytes first and the extension second; one file per format.
//!
//! A parser is handed a document and a [`Collector`], to which it gives the articles one by one, so that a bundle of any size
//! passes through in bounded memory.

mod bundle;
mod collector;
mod decode;
mod furniture;
mod html;
mod mail;
mod markdown;
mod office;
mod pdf;
mod rtf;
mod sniff;
mod text;
mod warc;
mod when;

use crate::domain::article::{Article, Extent, Format, TitleOrigin};
use crate::domain::document::{Content, Document, Limits};
use crate::domain::ledger::Rejection;

use collector::Collector;
pub use collector::{Found, ParseError, Stopped};
pub use sniff::is_bundle;

/// Reads a document: its articles, and the members that gave none, go to `sink` one by one. A rejection says in plain words
/// why there is no article in it; what was handed over before stands.
pub fn parse(
    document: &Document,
    limits: Limits,
    sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
) -> Result<Format, ParseError> {
    read(document, &mut Collector::new(limits, sink))
}

fn read(document: &Document, collector: &mut Collector<'_>) -> Result<Format, ParseError> {
    let told = sniff::binary(document)?;
    if let Some(format) = told.filter(|format| format.is_bundle()) {
        return bundle::read(format, document, collector);
    }
    let Content::Memory(bytes) = &document.content else {
        return Err(Rejection::TooLarge {
            size: document.size,
            limit: collector.limits().member,
        }
        .into());
    };
    if let Some(format) = told {
        read_whole(format, bytes, document, collector)?;
        return Ok(format);
    }
    let text = decode::decode(bytes)?;
    let format = sniff::text(&text, &document.extension());
    let article = match format {
        Format::Html => html::read(&text, document),
        Format::Markdown => markdown::read(&text, document),
        _ => text::read(&text, document),
    };
    let mut article = article.ok_or(Rejection::NoArticle(format))?;
    article.format = format;
    collector.article(article)?;
    Ok(format)
}

/// Reads a document that is one article, or few, in bytes of its own kind.
fn read_whole(
    format: Format,
    bytes: &[u8],
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let article = match format {
        Format::Email => return mail::read(bytes, document, collector),
        Format::Mhtml => mail::mhtml::read(bytes, document)?,
        Format::Pdf => return pdf::read(bytes, document, collector),
        Format::Rtf => rtf::read(bytes, document)?,
        _ => return Err(Rejection::NoArticle(format).into()),
    };
    Ok(collector.article(article)?)
}

/// The decoded document as one body, verbatim: for measuring the recognizer on texts without their trimmings.
pub fn raw_text(document: &Document) -> Result<Article, Rejection> {
    let Content::Memory(bytes) = &document.content else {
        return Err(Rejection::NoArticle(Format::Text));
    };
    let body = decode::decode(bytes)?.into_owned();
    Ok(Article {
        body,
        ..untitled(document)
    })
}

/// An article of which only the file's name is known yet.
fn untitled(document: &Document) -> Article {
    Article {
        format: Format::Text,
        title: document.name.clone(),
        title_origin: TitleOrigin::FileName,
        subtitle: None,
        byline: None,
        authors: Vec::new(),
        dateline: None,
        source: None,
        section: None,
        language: None,
        url: None,
        published: None,
        other_dates: Vec::new(),
        keywords: Vec::new(),
        extent: Extent::Full,
        body: String::new(),
    }
}

/// What a headline is made from where there is none: the first sentence, cut at a word's end.
fn title_from(body: &str) -> Option<String> {
    const MAX_LENGTH: usize = 90;
    let tokens = crate::text::token::tokenize(body.get(..body.floor_char_boundary(1_000))?);
    let sentence = tokens.sentences.first()?;
    let sentence = &body[tokens.ranges[sentence.start].start..tokens.ranges[sentence.end - 1].end];
    if sentence.chars().count() <= MAX_LENGTH {
        return Some(sentence.trim_end_matches('.').to_owned());
    }
    let cut = sentence
        .char_indices()
        .nth(MAX_LENGTH)
        .map_or(sentence.len(), |(byte, _)| byte);
    let words = sentence[..cut]
        .rsplit_once(' ')
        .map_or(&sentence[..cut], |(words, _)| words);
    Some(format!("{}…", words.trim_end_matches([',', ';', ':'])))
}

/// The one article of a document, for tests.
#[cfg(test)]
fn parse_one(document: &Document) -> Result<Article, Rejection> {
    let mut articles = parse_all(document)?;
    assert_eq!(articles.len(), 1);
    Ok(articles.remove(0))
}

/// Every article of a document, for tests; no member may fail.
#[cfg(test)]
fn parse_all(document: &Document) -> Result<Vec<Article>, Rejection> {
    const LIMITS: Limits = Limits {
        member: 64 << 20,
        bundle: 256 << 20,
    };
    let mut articles = Vec::new();
    let result = parse(document, LIMITS, &mut |found| {
        match found {
            Found::Article(article) => articles.push(*article),
            Found::Failure(failure) => panic!("{failure:?}"),
        }
        Ok(())
    });
    match result {
        Ok(_) => Ok(articles),
        Err(ParseError::Rejected(rejection)) => Err(rejection),
        Err(ParseError::Stopped(_)) => unreachable!(),
    }
}

#[cfg(test)]
mod tests;
