//! Bytes to articles. The format is told by the bytes first and the extension second; one file per format.
//!
//! A parser is handed a document and a [`Collector`], to which it gives the articles one by one, so that a bundle of any size
//! passes through in bounded memory.

mod any_xml;
mod bundle;
mod byline;
mod collector;
mod dateline;
mod decode;
mod draft;
mod essence;
mod exports;
mod feed;
mod fields;
mod foot;
mod fragment;
mod front_matter;
mod furniture;
mod head;
mod html;
mod json;
mod labels;
mod layout;
mod mail;
mod markdown;
mod member;
mod names;
mod newsml;
mod newsml1;
mod nitf;
mod office;
mod other_texts;
mod pdf;
mod printed_date;
mod reuters;
mod rtf;
mod sniff;
mod table;
mod text;
mod warc;
mod wire;
mod xml;

use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::domain::article::{Article, Format};
use crate::domain::document::{Content, Document, Options};
use crate::domain::ledger::Rejection;

#[cfg(test)]
use crate::domain::document::{Fallback, Limits, Mapping};
#[cfg(test)]
use crate::domain::ledger::MemberFailure;

use collector::{Collector, Sink, check_length};
pub use collector::{Found, ParseError, Stopped};
pub use essence::essence;
pub use member::{Member, Piece};
pub use sniff::{is_bundle, is_heavy};

/// Reads a document: its articles, and the members that gave none, go to `sink` one by one. A rejection says in plain words
/// why there is no article in it; what was handed over before stands.
pub fn parse(
    document: &Document,
    options: &Options,
    sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
) -> Result<Format, ParseError> {
    guarded(document, options, Sink::Found(sink))
}

/// Reads a document like [`parse`], but hands on the members of a bundle unread, for other threads to read.
pub fn parse_in_pieces(
    document: &Document,
    options: &Options,
    sink: &mut dyn FnMut(Piece) -> Result<(), Stopped>,
) -> Result<Format, ParseError> {
    guarded(document, options, Sink::Pieces(sink))
}

/// A bug in a parser, ours or a library's, costs the file and not the daemon.
fn guarded<'a>(
    document: &Document,
    options: &'a Options,
    sink: Sink<'a>,
) -> Result<Format, ParseError> {
    catch_unwind(AssertUnwindSafe(|| {
        read(document, &mut Collector::new(options, document.size, sink))
    }))
    .unwrap_or(Err(Rejection::OurFault.into()))
}

/// Reads a document as that format, whatever it looks like: for fuzzing each parser by itself.
pub fn parse_as(
    document: &Document,
    format: Format,
    options: &Options,
    sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
) -> Result<(), ParseError> {
    let collector = &mut Collector::new(options, document.size, Sink::Found(sink));
    match &document.content {
        Content::Memory(bytes) if !format.is_binary() => {
            let text = decode::decode(bytes)?;
            read_text(format, &text, document, collector).map(|_| ())
        }
        _ => read_binary(format, document, collector).map(|_| ()),
    }
}

fn read(document: &Document, collector: &mut Collector<'_>) -> Result<Format, ParseError> {
    if let Some(format) = sniff::binary(document)? {
        return read_binary(format, document, collector);
    }
    let Content::Memory(bytes) = &document.content else {
        return stream(document, collector);
    };
    let text = decode::decode(bytes)?;
    let extension = document.extension();
    let structured = sniff::structured(&text, &extension)?;
    let format = structured.unwrap_or_else(|| sniff::text(&text, &extension));
    if matches!(format, Format::Text | Format::Markdown) {
        if let Some(table) = table::of(&text, &extension)? {
            table::read(&text, table, document, collector)?;
            return Ok(Format::Csv);
        }
        refuse_other_texts(&text, bytes, &extension)?;
    }
    read_text(format, &text, document, collector)
}

/// Refuses a text that is no article, and bytes that are hardly a text.
fn refuse_other_texts(text: &str, bytes: &[u8], extension: &str) -> Result<(), Rejection> {
    if let Some(kind) = other_texts::kind_of(text, extension) {
        return Err(Rejection::Lacks(format!("it is {kind}")));
    }
    if std::str::from_utf8(bytes).is_err() && other_texts::is_noise(text) {
        return Err(Rejection::NotText {
            looks_like: "binary data",
        });
    }
    Ok(())
}

/// Formats that are read from their bytes: bundles piece by piece, others whole.
fn read_binary(
    format: Format,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<Format, ParseError> {
    if format.is_bundle() {
        return bundle::read(format, document, collector);
    }
    let Content::Memory(bytes) = &document.content else {
        return stream(document, collector);
    };
    match format {
        Format::Email => mail::read(bytes, document, collector)?,
        Format::Mhtml => collector.article(mail::mhtml::read(bytes, document)?)?,
        Format::Pdf => pdf::read(bytes, document, collector)?,
        Format::Docx | Format::Xlsx | Format::Odt | Format::Epub => {
            return bundle::read(Format::Zip, document, collector);
        }
        Format::Rtf => collector.article(rtf::read(bytes, document)?)?,
        Format::Wire => wire::read(bytes, document, collector)?,
        _ => return Err(Rejection::NoArticle(format).into()),
    }
    Ok(format)
}

/// Formats that are read from their decoded text.
fn read_text(
    format: Format,
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<Format, ParseError> {
    match format {
        Format::Html => one(html::read(text, document), format, collector)?,
        Format::Markdown => {
            check_length(text)?;
            one(markdown::read(text, document), format, collector)?;
        }
        Format::Rss | Format::Atom => feed::read(text, format, document, collector)?,
        Format::Nitf => nitf::read(text, document, collector)?,
        Format::NewsMl => newsml::read(text, document, collector)?,
        Format::Sgml => reuters::read(text, document, collector)?,
        Format::Xml => {
            let root = xml::root_name(text).unwrap_or_default();
            any_xml::read(text, &root, document, collector)?;
        }
        Format::Ndjson => json::read_lines(text.as_bytes(), document, collector)?,
        Format::Json | Format::JsonFeed | Format::Ninjs => {
            return json::read(text, document, collector);
        }
        _ => exports::read(text, document, collector)?,
    }
    Ok(format)
}

/// Hands over the article of a document that holds one.
fn one(
    article: Option<Article>,
    format: Format,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut article = article.ok_or(Rejection::NoArticle(format))?;
    article.format = format;
    Ok(collector.article(article)?)
}

/// Reads a document that is too large for memory.
fn stream(document: &Document, collector: &mut Collector<'_>) -> Result<Format, ParseError> {
    let mut head = Vec::new();
    let reader = document.reader().map_err(Rejection::from)?;
    reader
        .take(sniff::HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(Rejection::from)?;
    let is_list = json::is_list(&head);
    if !is_list && !sniff::is_lines(&head) {
        return Err(Rejection::TooLarge {
            size: document.size,
            limit: collector.options().limits.member,
        }
        .into());
    }
    let reader = BufReader::new(document.reader().map_err(Rejection::from)?);
    if is_list {
        json::read_list(reader, document, collector)?;
        return Ok(Format::Json);
    }
    json::read_lines(reader, document, collector)?;
    Ok(Format::Ndjson)
}

/// The decoded document as one body, verbatim: for measuring the recognizer on texts without their trimmings.
pub fn raw_text(document: &Document) -> Result<Article, Rejection> {
    let Content::Memory(bytes) = &document.content else {
        return Err(Rejection::NoArticle(Format::Text));
    };
    let body = decode::verbatim(bytes)?.into_owned();
    Ok(Article {
        body,
        ..untitled(document)
    })
}

/// An article of which only the file's name is known yet.
fn untitled(document: &Document) -> Article {
    Article {
        title: document.name.clone(),
        ..Article::default()
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

/// Options with these limits, for tests.
#[cfg(test)]
fn within(limits: Limits) -> Options {
    Options {
        limits,
        json: Mapping::default(),
        fallback: Fallback::default(),
        ocr: None,
    }
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
    let (articles, failures) = parse_found(document)?;
    assert_eq!(failures, []);
    Ok(articles)
}

/// All that a document gives, for tests.
#[cfg(test)]
fn parse_found(document: &Document) -> Result<(Vec<Article>, Vec<MemberFailure>), Rejection> {
    let (found, result) = parse_with(document, Mapping::default());
    result.map(|()| found)
}

/// All that a document gives before its end or its rejection, for tests.
#[cfg(test)]
fn parse_with(
    document: &Document,
    json: Mapping,
) -> ((Vec<Article>, Vec<MemberFailure>), Result<(), Rejection>) {
    const LIMITS: Limits = Limits {
        member: 64 << 20,
        bundle: 256 << 20,
    };
    let options = Options {
        limits: LIMITS,
        json,
        fallback: Fallback::default(),
        ocr: None,
    };
    let (mut articles, mut failures) = (Vec::new(), Vec::new());
    let result = parse(document, &options, &mut |found| {
        match found {
            Found::Article(article) => articles.push(*article),
            Found::Failure(failure) => failures.push(failure),
        }
        Ok(())
    });
    let result = match result {
        Ok(_) => Ok(()),
        Err(ParseError::Rejected(rejection)) => Err(rejection),
        Err(ParseError::Stopped(_)) => unreachable!(),
    };
    ((articles, failures), result)
}

/// Cuts a sample off everywhere and puts markup everywhere, for tests: whatever comes of it, it is an answer.
#[cfg(test)]
fn survives_damage(name: &str, sample: &str) {
    for at in (0..sample.len())
        .step_by(11)
        .map(|at| sample.floor_char_boundary(at))
    {
        let mark = ["<", ">", "&", "\"", "'", "]]>", "{", "]", "\0", "<!--", "é"][at % 11];
        for damaged in [
            sample[..at].to_owned(),
            format!("{}{mark}{}", &sample[..at], &sample[at..]),
        ] {
            let _ = parse_with(
                &Document::new(name, damaged.into_bytes()),
                Mapping::default(),
            );
        }
    }
}

#[cfg(test)]
mod tests;
