//! One chapter of a book: XHTML without a site around it.

use quick_xml::events::BytesStart;

use super::super::flow::{self, Paragraph, Role};
use super::contents::Entry;
use super::opf::attributes;
use crate::domain::article::{Article, Format, TitleOrigin};
use crate::domain::document::Document;
use crate::parse::{text, untitled};

/// A heading stands among the first paragraphs, below a rubric at most.
const MAX_ABOVE_HEADING: usize = 3;

pub(super) fn read(page: &str, entry: Option<&Entry>, document: &Document) -> Option<Article> {
    let mut paragraphs = flow::paragraphs(page, role);
    let heading = paragraphs
        .iter()
        .take(MAX_ABOVE_HEADING)
        .position(|paragraph| paragraph.is_heading)
        .map(|at| paragraphs.remove(at).text);
    let label = entry
        .map(|entry| entry.label.clone())
        .filter(|label| !label.is_empty());
    let title = heading.or(label);
    let paragraphs: Vec<String> = paragraphs
        .into_iter()
        .map(|Paragraph { text, .. }| text)
        .collect();
    let mut lines: Vec<String> = title.iter().cloned().collect();
    lines.extend(
        paragraphs
            .into_iter()
            .filter(|line| Some(line) != title.as_ref()),
    );
    let mut article = text::read_paragraphs(lines, untitled(document), document)?;
    // A heading that reads as a sentence is still the heading.
    if let Some(title) = title.filter(|_| article.title_origin != TitleOrigin::Headline) {
        if let Some(rest) = article.body.strip_prefix(&title) {
            article.body = rest.trim_start().to_owned();
        }
        (article.title, article.title_origin) = (title, TitleOrigin::Headline);
    }
    article.section = entry.and_then(|entry| entry.section.clone());
    article.format = Format::Epub;
    Some(article)
}

fn role(element: &BytesStart<'_>) -> Role {
    let name = element.local_name().as_ref().to_lowercase();
    let is_note = || {
        let attributes = attributes(element);
        let kind = attributes.get("epub:type").map_or("", String::as_str);
        let class = attributes.get("class").map_or("", String::as_str);
        ["noteref", "footnote", "endnote", "rearnote"]
            .iter()
            .any(|note| kind.contains(note))
            || class.contains("calibre_navbar")
            || class.contains("calibre_rescale")
    };
    match name.as_str() {
        "head" | "script" | "style" | "nav" | "svg" | "math" | "figcaption" | "rt" | "rp" => {
            Role::Hidden
        }
        "a" | "aside" | "div" | "section" | "li" if is_note() => Role::Hidden,
        "h1" | "h2" | "h3" => Role::Heading,
        "p" | "div" | "section" | "article" | "aside" | "h4" | "h5" | "h6" | "li" | "ul" | "ol"
        | "dl" | "dt" | "dd" | "blockquote" | "table" | "figure" | "header" | "footer" | "body"
        | "pre" | "hr" | "address" | "main" => Role::Block,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "br" => Role::Sign(" "),
        _ => Role::Inline,
    }
}
