//! Markdown, with front matter or without: rendered to plain paragraphs, then read like any clipping.

use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::{front_matter, layout, text, untitled};
use crate::domain::article::{Article, TitleOrigin};
use crate::domain::document::Document;

/// `[[Ferry]]`, `[[ferry-line|the ferry]]`, `![[map.png]]`
#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static WIKI_LINKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<embed>!)?\[\[(?:[^\[\]|\n]{1,200}\|)?(?P<text>[^\[\]|\n]{1,200})\]\]")
        .expect("the pattern is constant")
});

pub(super) fn read(source: &str, document: &Document) -> Option<Article> {
    let (matter, markdown) = front_matter::split(source);
    let mut article = untitled(document);
    front_matter::apply(&matter, &mut article);
    let (heading, rendered) = render(&without_wiki_links(markdown));
    if let Some(heading) = heading.filter(|_| article.title_origin == TitleOrigin::FileName) {
        (article.title, article.title_origin) = (heading, TitleOrigin::Headline);
    }
    text::read_paragraphs(layout::paragraphs(&rendered), article, document)
}

fn without_wiki_links(markdown: &str) -> String {
    let text = |captures: &regex::Captures<'_>| {
        if captures.name("embed").is_some() {
            String::new()
        } else {
            captures["text"].to_owned()
        }
    };
    WIKI_LINKS.replace_all(markdown, text).into_owned()
}

/// The text between tags; comments, scripts and styles hold none.
fn without_tags(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        out.push(' ');
        rest = &rest[start..];
        let closing = [
            ("<!--", "-->"),
            ("<script", "</script>"),
            ("<style", "</style>"),
        ]
        .iter()
        .find(|(opening, _)| rest.starts_with(opening))
        .map_or(">", |(_, closing)| closing);
        let Some(end) = rest.find(closing) else {
            break;
        };
        rest = &rest[end + closing.len()..];
    }
    out.push_str(rest);
    out
}

/// The heading above all text, and the rest as plain text: paragraphs parted by empty lines, lines as in the source.
fn render(markdown: &str) -> (Option<String>, String) {
    let (mut heading, mut out, mut text) = (None, String::new(), String::new());
    let mut image_depth = 0;
    let mut close = |text: &mut String| {
        let paragraph = std::mem::take(text);
        if !paragraph.trim().is_empty() {
            out.push_str(paragraph.trim());
            out.push_str("\n\n");
        }
    };
    let (mut is_heading, mut has_text) = (false, false);
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Start(Tag::Image { .. }) => image_depth += 1,
            Event::End(TagEnd::Image) => image_depth -= 1,
            Event::Start(Tag::Heading { level, .. }) => {
                close(&mut text);
                is_heading = !has_text && heading.is_none() && level <= HeadingLevel::H2;
            }
            Event::End(TagEnd::Heading(_)) if is_heading => {
                let line = std::mem::take(&mut text);
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                heading = Some(line).filter(|line| !line.is_empty());
                is_heading = false;
            }
            Event::Text(part) | Event::Code(part) if image_depth == 0 => {
                has_text |= !is_heading && !part.trim().is_empty();
                text.push_str(&part);
            }
            Event::Html(part) => text.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                text = without_tags(&text);
                close(&mut text);
            }
            Event::InlineHtml(_) | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::SoftBreak => text.push('\n'),
            Event::HardBreak
            | Event::Start(Tag::Paragraph | Tag::Item | Tag::HtmlBlock | Tag::List(_))
            | Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => close(&mut text),
            _ => {}
        }
    }
    close(&mut text);
    (heading, out)
}
