//! Exports of news databases: many documents in one file of text. LexisNexis counts them above each, Factiva names each below it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::collector::{ParseError, check_length};
use super::draft::Batch;
use super::printed_date::{self, Order};
use super::{Collector, text};
use crate::domain::article::{Article, Format};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// Factiva prints no more lines than this above a story.
const MAX_HEAD_LINES: usize = 16;

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?mi)^[ \t]*(?:\d+ of \d+ documents|document \d+ of \d+)[ \t]*$")
        .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*Document [A-Z][A-Z0-9]{1,9}\d{8,}[a-z0-9]*[ \t]*$")
        .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\d[\d,.]* words$").expect("the pattern is constant"));

/// Reads a text: one clipping, or an export of many.
pub(super) fn read(
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let parts = parts(text);
    let read = |part: &str| -> Result<Article, Rejection> {
        check_length(part)?;
        let article = text::read(part, document).ok_or(Rejection::NoArticle(Format::Text))?;
        Ok(Article {
            format: Format::Text,
            ..article
        })
    };
    if let [part] = &parts[..] {
        return Ok(collector.article(read(part)?)?);
    }
    let mut batch = Batch::new(collector);
    for (n, part) in parts.iter().enumerate() {
        batch.add(&format!("document {}", n + 1), read(part))?;
    }
    batch.finish("no document of this export holds a text")
}

fn parts(text: &str) -> Vec<Cow<'_, str>> {
    let starts: Vec<usize> = COUNT.find_iter(text).map(|count| count.start()).collect();
    if starts.len() > 1 {
        // What stands above the first is the cover.
        let ends = starts[1..].iter().copied().chain([text.len()]);
        return (starts.iter().zip(ends))
            .map(|(start, end)| text[*start..end].into())
            .collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for name in NAME.find_iter(text) {
        let part = &text[start..name.start()];
        parts.push(labelled(part).map_or(Cow::Borrowed(part), Cow::Owned));
        start = name.end();
    }
    // Below the last stands the search that was made.
    if parts.is_empty() {
        parts.push(text.into());
    }
    parts
}

/// A document of Factiva with its head labelled: headline, byline, length, date, outlet, its code, language, copyright.
fn labelled(part: &str) -> Option<String> {
    let lines: Vec<&str> = part.lines().map(str::trim).collect();
    let is_length = |line: &&str| LENGTH.is_match(line);
    let length = lines.iter().take(MAX_HEAD_LINES).position(is_length)?;
    let mut head = String::new();
    let mut above: Vec<&str> = lines[..length]
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .collect();
    if let Some(byline) = above.pop_if(|line| line.to_lowercase().starts_with("by ")) {
        head += &format!("BYLINE: {byline}\n\n");
    }
    if let [section, _, ..] = above[..] {
        head += &format!("SECTION: {section}\n\n");
    }
    head += &format!(
        "HEADLINE: {}\n\nLENGTH: {}\n\n",
        above.last()?,
        lines[length]
    );
    let is_date =
        |line: &str| line.len() < 40 && printed_date::read(line, Order::Unknown).is_some();
    let mut n_lines = length + 1;
    let (mut date, mut source) = (None, None);
    for line in lines[n_lines..].iter().take(MAX_HEAD_LINES) {
        n_lines += 1;
        match *line {
            "" if source.is_some() => break,
            line if date.is_none() && is_date(line) => date = Some(line),
            line if date.is_some() && source.is_none() && line.contains(char::is_alphabetic) => {
                source = Some(line);
            }
            _ => {}
        }
    }
    head += &format!(
        "PUBLICATION DATE: {}\n\nSOURCE: {}\n\nBODY:\n",
        date?, source?
    );
    Some(head + &lines[n_lines..].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse_all;

    fn read_all(text: &str) -> Vec<[String; 5]> {
        let document = Document::new("export.txt", text.as_bytes().to_vec());
        let fields = |article: Article| {
            [
                article.title,
                article.authors.join(", "),
                article.source.map_or(String::new(), |source| source.name),
                article
                    .published
                    .map_or(String::new(), |published| published.at),
                article.body,
            ]
        };
        let articles = parse_all(&document).unwrap();
        articles.into_iter().map(fields).collect()
    }

    const FERRY: [&str; 5] = [
        "Ferry Line Reopens",
        "Ida Holm",
        "The Bergen Courier",
        "2016-01-05",
        "The ferry sailed on Monday.\n\nIt was full to the last seat.",
    ];
    const BAKERS: [&str; 5] = [
        "Bakers Walk Out",
        "Per Lund",
        "The Oslo Gazette",
        "2016-01-06",
        "The bakers left at noon.\n\nTheir leader spoke to the crowd.",
    ];

    #[test]
    fn each_document_of_an_export_of_lexisnexis_is_an_article() {
        let document = |n: usize, [title, author, source, _, body]: [&str; 5]| {
            let body = body.replace("\n\n", "\n\n   ");
            format!(
                "                 {n} of 2 DOCUMENTS\n\n              {source}\n\n            January {}, 2016 Tuesday\n\n{title}\n\n\
                 BYLINE: By {author}\n\nSECTION: Foreign Desk\n\nLENGTH: 512 words\n\nBODY:\n   {body}\n\nLOAD-DATE: January 9, 2016\n\n\
                 LANGUAGE: ENGLISH\n\nCopyright 2016 {source} Company\nAll Rights Reserved\n\n\n",
                n + 4
            )
        };
        let export = format!("{}{}", document(1, FERRY), document(2, BAKERS));
        assert_eq!(read_all(&export), [FERRY, BAKERS]);
    }

    #[test]
    fn each_document_of_an_export_of_factiva_is_an_article() {
        let document = |n: usize, [title, author, source, _, body]: [&str; 5]| {
            format!(
                "{title}\nBy {author}\n512 words\n{} January 2016\n{source}\nBRGC\n12\nEnglish\nCopyright 2016. {source}. All rights reserved.\n\n\
                 {body}\n\nDocument BRGC0000020160105ec150000{n}\n\n",
                n + 4
            )
        };
        let export = format!(
            "{}{}Search Summary\nText ferry\nDate All Dates\n",
            document(1, FERRY),
            document(2, BAKERS)
        );
        assert_eq!(read_all(&export), [FERRY, BAKERS]);
    }

    #[test]
    fn a_text_that_speaks_of_documents_is_one_article() {
        let text = "Leak grows\n\nBERGEN, Jan. 5, 2016 (AP) -- The paper printed 2 of 50 documents on Monday, officials said.";
        assert_eq!(read_all(text).len(), 1);
    }
}
