//! JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::super::collector::Stopped;
use super::super::draft::{Batch, Draft};
use super::super::{fields, fragment};
use crate::domain::article::Format;
use crate::domain::document::Document;

type Object = Map<String, Value>;

pub(super) fn is_one(object: &Object) -> bool {
    let version = object.get("version").and_then(Value::as_str);
    version.is_some_and(|version| version.contains("jsonfeed.org/version/"))
}

pub(super) fn read(
    feed: &Object,
    document: &Document,
    batch: &mut Batch<'_, '_>,
) -> Result<(), Stopped> {
    let items = feed.get("items").and_then(Value::as_array);
    for (at, item) in items.into_iter().flatten().enumerate() {
        let empty = Object::new();
        let draft = draft(item.as_object().unwrap_or(&empty), feed);
        batch.add(
            &format!("entry {}", at + 1),
            draft.finish(Format::JsonFeed, document),
        )?;
    }
    Ok(())
}

fn draft(item: &Object, feed: &Object) -> Draft {
    let text =
        |object: &Object, key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let html = text(item, "content_html").map(|html| fragment::html_to_paragraphs(&html));
    let plain = text(item, "content_text").map(|text| fragment::text_to_paragraphs(&text));
    let body = html
        .filter(|paragraphs| !paragraphs.is_empty())
        .or(plain)
        .unwrap_or_default();
    let authors = match authors(item) {
        names if names.is_empty() => authors(feed),
        names => names,
    };
    let tags = item.get("tags").and_then(Value::as_array);
    Draft {
        title: text(item, "title").map(|title| fragment::html_to_line(&title)),
        authors,
        source: text(feed, "title").map(|title| fragment::html_to_line(&title)),
        domain: text(feed, "home_page_url")
            .or_else(|| text(feed, "feed_url"))
            .as_deref()
            .and_then(fields::domain),
        language: text(item, "language").or_else(|| text(feed, "language")),
        url: ["url", "external_url", "id"]
            .iter()
            .find_map(|key| fields::url(&text(item, key)?)),
        published: ["date_published", "date_modified"]
            .iter()
            .find_map(|key| fields::date(&text(item, key)?)),
        keywords: tags
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        body,
        summary: text(item, "summary")
            .map(|summary| fragment::text_to_paragraphs(&summary))
            .unwrap_or_default(),
        ..Draft::default()
    }
}

/// `authors` since version 1.1, `author` before it.
fn authors(object: &Object) -> Vec<String> {
    let many = object
        .get("authors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let names = many
        .chain(object.get("author"))
        .filter_map(|author| author["name"].as_str());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.dedup();
    names
}
