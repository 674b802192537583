//! HTML pages: the body by `trafilatura`, the particulars from JSON-LD first, from the page's metadata second.

mod blocks;
mod body;
mod page;
mod phrases;
mod regions;
mod words;

use std::thread;

use serde_json::Value;

use super::{furniture, text, title_from, untitled, when};
use crate::domain::article::{Article, PublishedOrigin, Source, TitleOrigin};
use crate::domain::document::Document;

/// The library recurses over nested elements; a page ten thousand deep needs this much. Only what is used costs memory.
const STACK_BYTES: usize = 256 << 20;

pub(super) fn read(page: &str, document: &Document) -> Option<Article> {
    let extract = || trafilatura::extract(page, &trafilatura::Options::default());
    // A library that panics on a page has found no article in it.
    let extracted = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, extract)
            .ok()?;
        thread.join().ok()?.ok()
    })?;
    let mut article = untitled(document);
    let mut paragraphs = body::paragraphs(&page::Page::parse(page), &extracted.metadata.title);
    furniture::trim(&mut paragraphs);
    article.body = paragraphs.join("\n\n");
    apply_page(&extracted.metadata, &mut article);
    if let Some(data) = json_ld(page) {
        apply_json_ld(&data, &mut article);
    }
    article.byline =
        (!article.authors.is_empty()).then(|| format!("By {}", article.authors.join(", ")));
    if article.body.is_empty() {
        return None;
    }
    if article.title_origin == TitleOrigin::FileName {
        article.title = title_from(&article.body)?;
        article.title_origin = TitleOrigin::FirstSentence;
    }
    Some(article)
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn apply_page(page: &trafilatura::Metadata, article: &mut Article) {
    if let Some(title) = some(&page.title) {
        (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
    }
    article.subtitle = some(&page.description);
    article.authors = text::authors(&page.author, article);
    article.url = some(&page.url);
    article.language = some(&page.language).map(|code| code.chars().take(2).collect());
    article.section = page.categories.first().and_then(|section| some(section));
    let domain = some(page.hostname.trim_start_matches("www."));
    let name = some(&page.sitename).or_else(|| domain.clone());
    article.source = name.map(|name| Source { name, domain });
    article.published = page
        .date
        .and_then(|date| when::read(&date.to_string(), PublishedOrigin::Meta));
}

/// The article among the page's JSON-LD blocks.
fn json_ld(page: &str) -> Option<Value> {
    page.split("application/ld+json").skip(1).find_map(|block| {
        let start = block.find('>')? + 1;
        let end = block.find("</script")?;
        let data: Value = serde_json::from_str(block.get(start..end)?.trim()).ok()?;
        article_in(&data).cloned()
    })
}

fn article_in(data: &Value) -> Option<&Value> {
    let is_article = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"))
    };
    let kind = &data["@type"];
    if is_article(kind)
        || kind
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(is_article))
    {
        return Some(data);
    }
    let parts = data.as_array().or_else(|| data["@graph"].as_array())?;
    parts.iter().find_map(article_in)
}

fn apply_json_ld(data: &Value, article: &mut Article) {
    let stated = data["datePublished"]
        .as_str()
        .and_then(|date| when::read(date, PublishedOrigin::JsonLd));
    article.published = stated.or_else(|| article.published.take());
    let names: Vec<&str> = match &data["author"] {
        Value::Array(authors) => authors.iter().filter_map(name_of).collect(),
        author => name_of(author).into_iter().collect(),
    };
    let authors = text::authors(&names.join(", "), article);
    if !authors.is_empty() {
        article.authors = authors;
    }
    if let Some(name) = name_of(&data["publisher"]).and_then(some) {
        let domain = article
            .source
            .as_ref()
            .and_then(|source| source.domain.clone());
        article.source = Some(Source { name, domain });
    }
    article.section = data["articleSection"]
        .as_str()
        .and_then(some)
        .or_else(|| article.section.take());
}

fn name_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value["name"].as_str())
}
