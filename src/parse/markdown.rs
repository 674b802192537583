//! Markdown, with YAML (`---`) or TOML (`+++`) front matter or without.

use std::collections::HashMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::{furniture, text, title_from, untitled, when};
use crate::domain::article::{Article, PublishedOrigin, Source, TitleOrigin};
use crate::domain::document::Document;

pub(super) fn read(source: &str, document: &Document) -> Option<Article> {
    let (matter, markdown) = split(source);
    let mut article = untitled(document);
    let (heading, mut paragraphs) = render(markdown);
    furniture::trim(&mut paragraphs);
    article.body = paragraphs.join("\n\n");
    apply(&matter, &mut article);
    if article.title_origin == TitleOrigin::FileName {
        match heading {
            Some(heading) => {
                (article.title, article.title_origin) = (heading, TitleOrigin::Headline);
            }
            None => {
                (article.title, article.title_origin) =
                    (title_from(&article.body)?, TitleOrigin::FirstSentence);
            }
        }
    }
    Some(article)
}

/// Front matter that cannot be read is passed over: the article under it can.
fn split(source: &str) -> (HashMap<String, Value>, &str) {
    for fence in ["---", "+++"] {
        let Some(rest) = source
            .strip_prefix(fence)
            .and_then(|rest| rest.strip_prefix('\n'))
        else {
            continue;
        };
        let Some((matter, body)) = rest.split_once(&format!("\n{fence}")) else {
            continue;
        };
        let values = if fence == "---" {
            serde_saphyr::from_str(matter).ok()
        } else {
            toml::from_str(matter).ok()
        };
        return (values.unwrap_or_default(), body);
    }
    (HashMap::new(), source)
}

fn apply(matter: &HashMap<String, Value>, article: &mut Article) {
    let text = |keys: &[&str]| {
        let value = keys.iter().find_map(|key| matter.get(*key))?;
        match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Array(values) => {
                let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                Some(texts.join(", "))
            }
            Value::Object(fields) => fields.values().find_map(Value::as_str).map(str::to_owned),
            _ => None,
        }
        .filter(|text| !text.is_empty())
    };
    if let Some(title) = text(&["title", "headline"]) {
        (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
    }
    article.subtitle = text(&["subtitle", "description", "summary"]);
    article.byline = text(&["byline", "author", "authors"]);
    if let Some(byline) = article.byline.clone() {
        article.authors = text::authors(byline.trim_start_matches("By "), article);
    }
    article.section = text(&["section", "category", "categories"]);
    article.url = text(&["url", "link", "canonical"]);
    article.language = text(&["lang", "language"]).map(|code| code.chars().take(2).collect());
    if let Some(name) = text(&["source", "outlet", "publication", "publisher"]) {
        article.source = Some(Source { name, domain: None });
    }
    article.published = text(&["date", "published", "published_at", "pubdate"])
        .and_then(|date| when::read(&date, PublishedOrigin::FrontMatter));
}

/// The first heading of level one, and the paragraphs as plain text.
fn render(markdown: &str) -> (Option<String>, Vec<String>) {
    let (mut heading, mut paragraphs, mut text) = (None, Vec::new(), String::new());
    let mut image_depth = 0;
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Start(Tag::Image { .. }) => image_depth += 1,
            Event::End(TagEnd::Image) => image_depth -= 1,
            Event::Text(part) | Event::Code(part) if image_depth == 0 => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(TagEnd::Heading(level)) => {
                let line = std::mem::take(&mut text).trim().to_owned();
                if heading.is_none()
                    && level == pulldown_cmark::HeadingLevel::H1
                    && paragraphs.is_empty()
                {
                    heading = Some(line);
                } else {
                    paragraphs.push(line);
                }
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => {
                paragraphs.push(
                    std::mem::take(&mut text)
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" "),
                );
            }
            _ => {}
        }
    }
    paragraphs.push(text.trim().to_owned());
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    (heading, paragraphs)
}
