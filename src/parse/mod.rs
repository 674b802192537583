//! Bytes to articles. The format is told by the bytes first and the extension second; one file per format.

mod byline;
mod dateline;
mod decode;
mod foot;
mod front_matter;
mod furniture;
mod head;
mod html;
mod labels;
mod layout;
mod markdown;
mod text;
mod when;

use crate::domain::article::{Article, Extent, Format, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// What a document holds.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Its form.
    pub format: Format,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

/// Reads a document; a rejection says in plain words why there is no article in it.
pub fn parse(document: &Document) -> Result<Parsed, Rejection> {
    let text = decode::decode(&document.bytes)?;
    let format = sniff(&text, &document.extension());
    let article = match format {
        Format::Html => html::read(&text, document),
        Format::Markdown => markdown::read(&text, document),
        Format::Text => text::read(&text, document),
    };
    match article {
        Some(article) => Ok(Parsed {
            format,
            articles: vec![article],
        }),
        None => Err(Rejection::NoArticle(format)),
    }
}

/// The decoded document as one body, verbatim: for measuring the recognizer on texts without their trimmings.
pub fn raw_text(document: &Document) -> Result<Parsed, Rejection> {
    let body = decode::decode(&document.bytes)?.into_owned();
    let article = Article {
        body,
        ..untitled(document)
    };
    Ok(Parsed {
        format: Format::Text,
        articles: vec![article],
    })
}

/// An article of which only the file's name is known yet.
fn untitled(document: &Document) -> Article {
    Article {
        title: document.name.clone(),
        ..blank()
    }
}

/// An article of which nothing is known.
fn blank() -> Article {
    Article {
        title: String::new(),
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

fn sniff(text: &str, extension: &str) -> Format {
    let head: String = text
        .trim_start()
        .chars()
        .take(2_000)
        .collect::<String>()
        .to_lowercase();
    let is_html = head.starts_with("<!doctype html")
        || head.starts_with('<')
            && ["<html", "<head", "<body", "<article", "<meta"]
                .iter()
                .any(|tag| head.contains(tag));
    let has_front_matter =
        (head.starts_with("---\n") || head.starts_with("+++\n")) && head.contains("title");
    match extension {
        _ if is_html => Format::Html,
        "html" | "htm" | "xhtml" if head.contains('<') => Format::Html,
        "md" | "markdown" | "mdown" => Format::Markdown,
        _ if has_front_matter => Format::Markdown,
        _ => Format::Text,
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

#[cfg(test)]
mod tests;
