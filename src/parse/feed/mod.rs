//! RSS 0.9x, 1.0 and 2.0, and Atom: every entry is an article, whole or in summary.
//!
//! The crate `feed-rs` was looked at: it reads a feed as one value, so that a damaged entry loses all others.

use super::collector::ParseError;
use super::draft::{Batch, Draft, paragraphs};
use super::xml::{self, Element, Part, Shell};
use super::{Collector, fields, fragment};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// What the feed says once for all its entries.
#[derive(Default)]
struct Channel {
    name: Option<String>,
    domain: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
}

pub(super) fn read(
    text: &str,
    format: Format,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let is_record = |name: &str| {
        matches!(
            (format, name),
            (Format::Rss, "item") | (Format::Atom, "entry")
        )
    };
    // What a feed says of itself may stand below its entries, so they are passed over first.
    let shell = xml::walk(text, is_record, |_| Ok::<(), ParseError>(()))?;
    let channel = channel(&shell, format);
    let mut batch = Batch::new(collector);
    let mut n_entries = 0;
    xml::walk(text, is_record, |part| {
        n_entries += 1;
        let result = match part {
            Part::Record(entry) if format == Format::Atom => {
                atom(&entry, &channel).finish(format, document)
            }
            Part::Record(entry) => rss(&entry, &channel).finish(format, document),
            Part::Broken(message) => Err(Rejection::Damaged { format, message }),
        };
        batch.add(&format!("entry {n_entries}"), result)
    })?;
    match shell.damage {
        Some(message) => Err(Rejection::Damaged { format, message }.into()),
        None => batch.finish("the feed has no entries"),
    }
}

fn channel(shell: &Shell<'_>, format: Format) -> Channel {
    let Some(root) = &shell.root else {
        return Channel::default();
    };
    let of = if format == Format::Atom {
        root
    } else {
        root.child("channel").unwrap_or(root)
    };
    let link = match format {
        Format::Atom => alternate(of, "link"),
        _ => of.line_of("link").or_else(|| alternate(of, "atom:link")),
    };
    Channel {
        name: of.child("title").and_then(title),
        domain: link.as_deref().and_then(fields::domain),
        language: ["language", "dc:language"]
            .iter()
            .find_map(|name| of.line_of(name))
            .or_else(|| {
                of.attribute("xml:lang")
                    .or(root.attribute("xml:lang"))
                    .map(str::to_owned)
            }),
        authors: persons(of, "author"),
    }
}

/// A title on one line; most feeds put HTML into it whether they may or not.
fn title(element: &Element<'_>) -> Option<String> {
    let line = element.line()?;
    let line = if element.attribute("type") == Some("text") {
        line
    } else {
        fragment::html_to_line(&line)
    };
    (!line.is_empty()).then_some(line)
}

/// The address of the thing itself among Atom's links.
fn alternate(of: &Element<'_>, name: &str) -> Option<String> {
    let is_alternate =
        |link: &&Element<'_>| matches!(link.attribute("rel"), None | Some("alternate"));
    let links: Vec<_> = of.all(name).filter(is_alternate).collect();
    let page = links
        .iter()
        .find(|link| matches!(link.attribute("type"), None | Some("text/html")));
    page.or(links.first())?
        .attribute("href")
        .and_then(fields::url)
}

fn persons(of: &Element<'_>, name: &str) -> Vec<String> {
    of.all(name)
        .filter_map(|person| person.line_of("name"))
        .collect()
}

/// When an item came out, best first.
const RSS_DATES: [&str; 7] = [
    "pubDate",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "atom:published",
    "atom:updated",
    "dcterms:modified",
];

fn rss(item: &Element<'_>, channel: &Channel) -> Draft {
    let line = |names: &[&str]| names.iter().find_map(|name| item.line_of(name));
    let guid = item
        .child("guid")
        .filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let url = line(&["feedburner:origLink", "link"])
        .and_then(|link| fields::url(&link))
        .or_else(|| alternate(item, "atom:link"))
        .or_else(|| fields::url(&guid?.line()?))
        .or_else(|| fields::url(item.attribute("rdf:about")?));
    let source = item.child("source");
    let content = ["content:encoded", "body", "fulltext", "atom:content"]
        .iter()
        .find_map(|name| item.child(name));
    let summary = [
        "description",
        "atom:summary",
        "dcterms:abstract",
        "media:description",
        "itunes:summary",
    ]
    .iter()
    .find_map(|name| item.child(name));
    Draft {
        title: item
            .child("title")
            .and_then(title)
            .or_else(|| line(&["dc:title", "media:title"])),
        authors: rss_authors(item),
        // An aggregator says whose an item is.
        source: source
            .and_then(Element::line)
            .or_else(|| channel.name.clone()),
        domain: source.map_or_else(
            || channel.domain.clone(),
            |source| source.attribute("url").and_then(fields::domain),
        ),
        language: line(&["dc:language"]).or_else(|| channel.language.clone()),
        url,
        published: RSS_DATES
            .iter()
            .find_map(|name| fields::date(&item.line_of(name)?)),
        keywords: rss_keywords(item),
        body: content.map(rss_text).unwrap_or_default(),
        summary: summary.map(rss_text).unwrap_or_default(),
        ..Draft::default()
    }
}

fn rss_keywords(item: &Element<'_>) -> Vec<String> {
    let subjects = item.all("category").chain(item.all("dc:subject"));
    let lists = item
        .all("media:keywords")
        .chain(item.all("itunes:keywords"));
    let listed: Vec<String> = lists.filter_map(Element::line).collect();
    let words = listed.iter().flat_map(|list| list.split(','));
    subjects
        .filter_map(Element::line)
        .chain(words.map(str::to_owned))
        .collect()
}

/// The text of an item: HTML, escaped as it should be, or not.
fn rss_text(element: &Element<'_>) -> Vec<String> {
    if element.children.is_empty() {
        fragment::html_to_paragraphs(&element.text)
    } else {
        fragment::html_to_paragraphs(element.inner)
    }
}

/// `jane@example.org (Jane Doe)` is Jane Doe.
fn rss_authors(item: &Element<'_>) -> Vec<String> {
    let mut names: Vec<String> = item.all("dc:creator").filter_map(Element::line).collect();
    names.extend(persons(item, "atom:author"));
    if names.is_empty() {
        names.extend(
            item.all("author")
                .filter_map(|author| author.line_of("name").or_else(|| author.line())),
        );
    }
    let without_mail = |name: &String| match name.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
        _ => name.clone(),
    };
    names
        .iter()
        .map(without_mail)
        .filter(|name| !name.contains('@'))
        .collect()
}

fn atom(entry: &Element<'_>, channel: &Channel) -> Draft {
    let source = entry.child("source");
    let content = entry.child("content");
    let mut authors = persons(entry, "author");
    if authors.is_empty() {
        authors = source
            .map(|source| persons(source, "author"))
            .unwrap_or_default();
    }
    if authors.is_empty() {
        authors.clone_from(&channel.authors);
    }
    let term = |category: &Element<'_>| {
        category
            .attribute("label")
            .or(category.attribute("term"))
            .map(str::to_owned)
    };
    let url = alternate(entry, "link").or_else(|| fields::url(&entry.line_of("id")?));
    let language = [Some(entry), content]
        .into_iter()
        .flatten()
        .find_map(|element| element.attribute("xml:lang"));
    let domain = match source {
        Some(source) => alternate(source, "link")
            .as_deref()
            .and_then(fields::domain),
        None => channel.domain.clone(),
    };
    Draft {
        title: entry.child("title").and_then(title),
        authors,
        source: source
            .and_then(|source| source.child("title"))
            .and_then(title)
            .or_else(|| channel.name.clone()),
        domain,
        language: language
            .map(str::to_owned)
            .or_else(|| channel.language.clone()),
        url,
        published: ["published", "issued", "created", "updated", "modified"]
            .iter()
            .find_map(|name| fields::date(&entry.line_of(name)?)),
        keywords: entry
            .all("category")
            .chain(entry.all("dc:subject"))
            .filter_map(|category| term(category).or_else(|| category.line()))
            .collect(),
        body: content.map(atom_text).unwrap_or_default(),
        summary: entry
            .child("summary")
            .or(entry.first("media:description"))
            .map(atom_text)
            .unwrap_or_default(),
        ..Draft::default()
    }
}

/// A text construct by its type: XHTML stands in it as elements, HTML is escaped, and text is text.
fn atom_text(element: &Element<'_>) -> Vec<String> {
    let kind = element.attribute("type").unwrap_or("text");
    if kind.contains("xhtml") || !element.children.is_empty() {
        return fragment::html_to_paragraphs(element.inner);
    }
    let is_text = !kind.contains('/') || kind.starts_with("text/") || kind.contains("html");
    if !is_text {
        // A picture or the like, encoded.
        return Vec::new();
    }
    if kind.contains("html") || element.attribute("mode") == Some("escaped") {
        return fragment::html_to_paragraphs(&element.text);
    }
    // Some say text and write HTML.
    paragraphs(&element.text)
}

#[cfg(test)]
mod tests;
