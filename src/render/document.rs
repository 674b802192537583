//! A document whose every line says where it can be read: as Markdown and as a page.

use super::figure::escaped;
use super::page::{Head, figure, shell};
use crate::domain::records::Section;
use crate::text::clean::printable;

/// A piece of an article's body: code points from 0, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The article's number.
    pub article: i64,
    /// Where it begins.
    pub start: i64,
    /// Where it has ended.
    pub end: i64,
}

impl Citation {
    fn text(self) -> String {
        let Self {
            article,
            start,
            end,
        } = self;
        format!("[{article}:{start}–{end}]")
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What it is put in order by: a day, a number; may be empty.
    pub lead: String,
    /// What it says.
    pub text: String,
    /// Where that stands.
    pub citations: Vec<Citation>,
    /// The article that it is about: then citations lead to it.
    pub article: Option<i64>,
}

/// Lines under a heading.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// What a reader must know of it.
    pub note: Option<String>,
    /// A section whose picture stands above the lines, on pages.
    pub picture: Option<Section>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A document.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// What it is about, and what it was made of.
    pub head: Head<'a>,
    /// A few sentences that come before all.
    pub lead: Vec<String>,
    /// The rest.
    pub parts: Vec<Part>,
}

/// How to open a citation, by the example of one.
fn key(citation: Citation) -> [String; 3] {
    let Citation {
        article,
        start,
        end,
    } = citation;
    [
        citation.text(),
        format!("microfiche show {article}"),
        format!(
            "microfiche sql 'select substr(body, {}, {}) from articles where id = {article}'",
            start + 1,
            end - start
        ),
    ]
}

impl Document<'_> {
    /// The document as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", marked_down(self.head.title));
        for sentence in &self.lead {
            text.push_str(&format!("{}\n\n", marked_down(sentence)));
        }
        let facts = self.head.facts.iter();
        let facts: Vec<String> = facts
            .map(|(name, fact)| format!("{name}: {}", marked_down(fact)))
            .collect();
        text.push_str(&format!("{}\n\n", facts.join(" · ")));
        if let Some([cited, show, sql]) = self.first_citation().map(key) {
            text.push_str(&format!(
                "`{cited}` cites an article's number and the characters of its text, from 0, the last not included: `{show}`, or `{sql}`.\n\n"
            ));
        }
        for part in self.parts.iter().filter(|part| !part.lines.is_empty()) {
            text.push_str(&format!("## {}\n\n", marked_down(&part.title)));
            if let Some(note) = &part.note {
                text.push_str(&format!("{}\n\n", marked_down(note)));
            }
            for line in &part.lines {
                text.push_str(&format!("- {}\n", line.markdown()));
            }
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        printable(&text).into_owned()
    }

    /// The document as a page.
    #[must_use]
    pub fn html(&self) -> String {
        let mut lead = String::new();
        for sentence in &self.lead {
            lead.push_str(&format!("<p class=\"lead\">{}</p>\n", escaped(sentence)));
        }
        if let Some([cited, show, sql]) = self.first_citation().map(key) {
            lead.push_str(&format!(
                "<p class=\"note\">{cited} cites an article's number and the characters of its text, from 0, the last not included: <code>{}</code>, or <code>{}</code>.</p>\n",
                escaped(&show),
                escaped(&sql)
            ));
        }
        let mut parts = vec![("who".to_owned(), "Who".to_owned(), lead)];
        for part in &self.parts {
            let anchor = part.title.to_lowercase().replace(' ', "_");
            parts.push((anchor, part.title.clone(), part.html()));
        }
        shell(self.head, &parts)
    }

    fn first_citation(&self) -> Option<Citation> {
        let mut lines = self.parts.iter().flat_map(|part| &part.lines);
        lines.find_map(|line| line.citations.first().copied())
    }
}

impl Part {
    fn html(&self) -> String {
        let mut html = String::new();
        if let Some(note) = &self.note {
            html.push_str(&format!("<p class=\"note\">{}</p>\n", escaped(note)));
        }
        if let Some(section) = &self.picture {
            html.push_str(&figure(section));
        }
        if !self.lines.is_empty() {
            html.push_str("<ul class=\"lines\">\n");
            html.extend(self.lines.iter().map(Line::html));
            html.push_str("</ul>\n");
        }
        html
    }
}

impl Line {
    fn markdown(&self) -> String {
        let mut text = String::new();
        if !self.lead.is_empty() {
            text.push_str(&format!("**{}** ", marked_down(&self.lead)));
        }
        text.push_str(&marked_down(&self.text));
        for citation in &self.citations {
            text.push(' ');
            text.push_str(&citation.text());
        }
        text
    }

    fn html(&self) -> String {
        let mut html = match self.article {
            Some(article) => format!("<li id=\"article-{article}\">"),
            None => "<li>".to_owned(),
        };
        if !self.lead.is_empty() {
            html.push_str(&format!("<b>{}</b> ", escaped(&self.lead)));
        }
        html.push_str(&escaped(&self.text));
        for citation in &self.citations {
            html.push_str(&format!(
                " <a class=\"cite\" href=\"#article-{}\">{}</a>",
                citation.article,
                citation.text()
            ));
        }
        html.push_str("</li>\n");
        html
    }
}

/// Text that Markdown takes for text: one line, its signs escaped.
fn marked_down(text: &str) -> String {
    let mut escaped = String::new();
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars() {
            let opens_list = escaped.is_empty() && matches!(c, '-' | '+' | '=');
            if opens_list || "\\`*_[]<>#~|&".contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document<'static> {
        Document {
            head: Head {
                title: "Holm & <b>Sons</b>",
                facts: &[],
            },
            lead: Vec::new(),
            parts: vec![Part {
                title: "Names".into(),
                lines: vec![Line {
                    text: "a *bold*\n<script>".into(),
                    citations: vec![Citation {
                        article: 12,
                        start: 340,
                        end: 389,
                    }],
                    ..Line::default()
                }],
                ..Part::default()
            }],
        }
    }

    #[test]
    fn text_stays_text_in_markdown() {
        let markdown = document().markdown();
        assert!(
            markdown.contains("- a \\*bold\\* \\<script\\> [12:340–389]\n"),
            "{markdown}"
        );
        let shown: String = pulldown_cmark::Parser::new(&markdown)
            .filter_map(|event| match event {
                pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => {
                    Some(text.into_string())
                }
                pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_) => {
                    panic!("{markdown}")
                }
                _ => None,
            })
            .collect();
        assert!(
            shown.ends_with("Namesa *bold* <script> [12:340–389]"),
            "{shown}"
        );
        assert!(shown.contains("substr(body, 341, 49)"), "{shown}");
    }

    #[test]
    fn text_stays_text_on_a_page() {
        let html = document().html();
        assert!(html.contains("<li>a *bold*\n&lt;script&gt; <a class=\"cite\" href=\"#article-12\">[12:340–389]</a></li>"), "{html}");
        assert!(
            html.contains("<h1>Holm &amp; &lt;b&gt;Sons&lt;/b&gt;</h1>"),
            "{html}"
        );
    }
}
