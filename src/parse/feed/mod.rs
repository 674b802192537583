//! RSS 0.9x, 1.0 and 2.0, and Atom: every entry is an article, whole or in summary.
//!
//! The crate `feed-rs` was looked at: it reads a feed as one value, so that a damaged entry loses all others.

use super::collector::ParseError;
use super::draft::{Batch, Draft, paragraphs};
use super::printed_date::Order;
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
    /// What relative links of entries are relative to.
    base: Option<String>,
    /// Of its dates in numbers.
    order: Order,
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
    let mut channel = channel(&shell, format);
    channel.order = channel.order.or_else(|| Order::of_text(text));
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
    let stated = of.attribute("xml:base").or(root.attribute("xml:base"));
    let link = match format {
        Format::Atom => alternate(of, "link", stated),
        _ => of
            .line_of("link")
            .or_else(|| alternate(of, "atom:link", stated)),
    };
    let base = stated.map(str::to_owned).or_else(|| link.clone());
    let domain = link.as_deref().or(base.as_deref()).and_then(fields::domain);
    let language = ["language", "dc:language"]
        .iter()
        .find_map(|name| of.line_of(name))
        .or_else(|| {
            of.attribute("xml:lang")
                .or(root.attribute("xml:lang"))
                .map(str::to_owned)
        });
    let order = Order::of_language(language.as_deref().unwrap_or_default())
        .or_else(|| Order::of_domain(domain.as_deref().unwrap_or_default()));
    Channel {
        name: of.child("title").and_then(title),
        domain,
        base,
        language,
        order,
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
fn alternate(of: &Element<'_>, name: &str, base: Option<&str>) -> Option<String> {
    let is_alternate =
        |link: &&Element<'_>| matches!(link.attribute("rel"), None | Some("alternate"));
    let links: Vec<_> = of.all(name).filter(is_alternate).collect();
    let page = links
        .iter()
        .find(|link| matches!(link.attribute("type"), None | Some("text/html")));
    address(page.or(links.first())?.attribute("href")?, base)
}

/// An address, or what a relative one means below `base`.
fn address(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    fields::url(link).or_else(|| {
        let is_relative = !link.is_empty() && !link.contains([' ', ':']);
        let base = url::Url::parse(base?).ok().filter(|_| is_relative)?;
        fields::url(base.join(link).ok()?.as_str())
    })
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
    let base = item.attribute("xml:base").or(channel.base.as_deref());
    let guid = item
        .child("guid")
        .filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let url = line(&["feedburner:origLink", "link"])
        .and_then(|link| address(&link, base))
        .or_else(|| alternate(item, "atom:link", base))
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
            .find_map(|name| fields::date_in(&item.line_of(name)?, channel.order)),
        keywords: rss_keywords(item),
        ..texts(
            content.map(rss_text).unwrap_or_default(),
            summary.map(rss_text).unwrap_or_default(),
        )
    }
}

/// The text and what stands in for it. A publisher may put the story into the summary and a line into the content.
fn texts(body: Vec<String>, summary: Vec<String>) -> Draft {
    let n_chars = |paragraphs: &[String]| {
        paragraphs
            .iter()
            .map(|text| text.chars().count())
            .sum::<usize>()
    };
    let (body, summary) = if !body.is_empty() && n_chars(&body) * 2 < n_chars(&summary) {
        (summary, Vec::new())
    } else {
        (body, summary)
    };
    Draft {
        body,
        summary,
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
    let paragraphs = if element.children.is_empty() {
        fragment::html_to_paragraphs(&element.text)
    } else {
        fragment::html_to_paragraphs(element.inner)
    };
    // Escaped twice, the markup is still there.
    let text = paragraphs.join("\n\n");
    if text.contains("<p>") || text.contains("</p>") {
        return fragment::html_to_paragraphs(&text);
    }
    paragraphs
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
    if names.is_empty() {
        names.extend(item.all("itunes:author").filter_map(Element::line));
    }
    let without_mail = |name: &String| match name.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
        Some((name, mail)) if mail.contains('@') => name.trim().to_owned(),
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
    let base = entry.attribute("xml:base").or(channel.base.as_deref());
    let url = alternate(entry, "link", base).or_else(|| fields::url(&entry.line_of("id")?));
    let language = [Some(entry), content]
        .into_iter()
        .flatten()
        .find_map(|element| element.attribute("xml:lang"));
    let domain = match source {
        Some(source) => alternate(source, "link", None)
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
            .find_map(|name| fields::date_in(&entry.line_of(name)?, channel.order)),
        keywords: entry
            .all("category")
            .chain(entry.all("dc:subject"))
            .filter_map(|category| term(category).or_else(|| category.line()))
            .collect(),
        ..texts(
            content.map(atom_text).unwrap_or_default(),
            entry
                .child("summary")
                .or(entry.first("media:description"))
                .map(atom_text)
                .unwrap_or_default(),
        )
    }
}

/// The text of an element that says, or shows, that it is encoded in base64.
fn from_base64(element: &Element<'_>) -> Option<String> {
    let says = [element.attribute("mode"), element.attribute("encoding")].contains(&Some("base64"));
    let kind = element.attribute("type").unwrap_or_default();
    let compact: String = element.text.split_whitespace().collect();
    // A media type other than text's short names means base64 (RFC 4287), unless it plainly is text.
    let shows =
        kind.starts_with("text/") && compact.len() >= 40 && !element.text.trim().contains(' ');
    if !says && !shows {
        return None;
    }
    let bytes = mail_parser::decoders::base64::base64_decode(compact.as_bytes())?;
    let text = super::decode::decode(&bytes).ok()?.into_owned();
    text.contains(' ').then_some(text)
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
    if let Some(decoded) = from_base64(element) {
        return paragraphs(&decoded);
    }
    if kind.contains("html") || element.attribute("mode") == Some("escaped") {
        return fragment::html_to_paragraphs(&element.text);
    }
    // Some say text and write HTML.
    paragraphs(&element.text)
}

#[cfg(test)]
mod tests;
