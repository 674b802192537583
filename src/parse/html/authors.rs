//! Who wrote it: people's names from JSON-LD, metadata or the byline on the page.

use std::sync::LazyLock;

use regex::Regex;

use super::metadata::Metadata;
use super::names;
use super::page::Page;
use super::{fold, pattern, title};

/// More names than this are a masthead.
const MAX_AUTHORS: usize = 12;

/// Names of `<meta>` elements that state an author.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article_author",
    "article.author",
    "content-creator",
    "citation_author",
    "og:author",
    "authors",
    "rnews:author",
    "dc.contributor",
    "twitter:creator:name",
];

/// A page's byline and the people in it.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) byline: Option<String>,
    pub(super) people: Vec<String>,
    /// Names stated as authors that are no people's: agencies, desks.
    pub(super) others: Vec<String>,
}

/// Finds the authors; `headline` is where the headline stands, `outlet` what the outlet is called.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    headline: Option<usize>,
    outlet: &[String],
) -> Authors {
    let printed = printed(page, headline);
    let mut authors = Authors::default();
    let stated = metadata.json_ld.names("author");
    authors.add(
        stated
            .into_iter()
            .filter(|(_, is_organization)| !is_organization)
            .map(|(name, _)| name),
        outlet,
    );
    for name in METAS {
        if authors.people.is_empty() {
            authors.add(metadata.metas(name), outlet);
        }
    }
    if authors.people.is_empty() {
        authors.add(marked(page), outlet);
    }
    if authors.people.is_empty() {
        authors.add(printed.iter().take(1).cloned(), outlet);
    }
    if authors.people.is_empty() {
        let stated = metadata.json_ld.names("author").into_iter();
        let named = stated
            .map(|(name, _)| name)
            .filter(|name| !name.contains("://"));
        authors.others.extend(named);
        authors.others.dedup();
    }
    authors.byline = authors.byline_of(&printed);
    authors
}

impl Authors {
    /// The printed line that names the authors, else one that says that it is a byline.
    fn byline_of(&self, printed: &[String]) -> Option<String> {
        const MAX_WORDS: usize = 6;
        let names_one = |line: &&String| {
            self.people
                .iter()
                .any(|name| fold(line).contains(&fold(name)))
        };
        let is_short =
            |line: &&String| self.people.is_empty() && line.split(' ').count() <= MAX_WORDS;
        let mut lines = printed.iter();
        let named = lines.clone().find(names_one);
        named
            .or_else(|| lines.find(|line| starts_as_byline(line) || is_short(line)))
            .cloned()
    }

    fn add(&mut self, stated: impl IntoIterator<Item = String>, outlet: &[String]) {
        for text in stated {
            let (people, others) = names::read(&text, outlet);
            for name in people {
                let is_known = self
                    .people
                    .iter()
                    .any(|known| known.to_lowercase() == name.to_lowercase());
                if !is_known && self.people.len() < MAX_AUTHORS {
                    self.people.push(name);
                }
            }
            self.others.extend(others);
        }
    }
}

/// Names in elements that are marked as the author's.
fn marked(page: &Page) -> Vec<String> {
    let is_marked = |at: usize| {
        page.attr(at, "rel")
            .is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
            || page.attr(at, "itemprop").is_some_and(|prop| {
                prop.split(' ')
                    .any(|word| word == "author" || word == "creator")
            })
    };
    let mut found = Vec::new();
    for at in (0..page.len()).filter(|at| {
        !page.is_text(*at) && page.tag(*at) != "link" && is_marked(*at) && !is_aside(page, *at)
    }) {
        let name = (at..page.end(at)).find(|at| page.attr(*at, "itemprop") == Some("name"));
        let content = page.attr(name.unwrap_or(at), "content").map(str::to_owned);
        let text = content.unwrap_or_else(|| page.spaced_text_of(name.unwrap_or(at)));
        if text.chars().count() <= 120 && found.len() < 4 && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Comments, related stories and the like have authors of their own.
fn is_aside(page: &Page, at: usize) -> bool {
    const ASIDES: &[&str] = &[
        "comment",
        "related",
        "recommend",
        "sidebar",
        "popular",
        "recent",
        "latest",
        "trending",
        "promo",
        "teaser",
        "widget",
        "footer",
        "nav",
        "respond",
    ];
    page.ancestors(at).take(12).any(|at| {
        matches!(page.tag(at), "footer" | "nav" | "aside")
            || page.tag(at) != "body"
                && page
                    .words(at)
                    .split(' ')
                    .any(|word| ASIDES.iter().any(|aside| word.starts_with(aside)))
    })
}

/// Words of elements that hold a byline.
const BYLINES: &str = " byline bylines author authors authorname contributor contributors writer reporter autor assinatura postedby by ";
/// Elements that hold no byline of their own.
const NO_BYLINES: &str = " html body head meta link script article main style svg img button ";
/// A box of more nodes holds more than a byline.
const MAX_BYLINE_NODES: usize = 60;
/// More bylines than this are a list of stories.
const MAX_BYLINES: usize = 30;

/// Bylines as printed, those after the headline first.
fn printed(page: &Page, headline: Option<usize>) -> Vec<String> {
    let may_hold = |at: &usize| {
        !page.is_text(*at)
            && !NO_BYLINES.contains(&format!(" {} ", page.tag(*at)))
            && page.end(*at) - at <= MAX_BYLINE_NODES
    };
    let lines = (0..page.len()).filter(may_hold).filter_map(|at| {
        let line = byline_in(page, at)?;
        let is_before = headline.is_some_and(|headline| at < headline);
        Some((is_before, line))
    });
    let mut found: Vec<(bool, String)> = lines.take(MAX_BYLINES).collect();
    found.sort_by_key(|(is_before, line)| (*is_before, !starts_as_byline(line)));
    found.into_iter().map(|(_, line)| line).collect()
}

fn byline_in(page: &Page, at: usize) -> Option<String> {
    let words = page.words(at);
    let is_named = !words.contains(" bio ")
        && words
            .split_whitespace()
            .any(|word| BYLINES.contains(&format!(" {word} ")))
        || page.attr(at, "rel") == Some("author")
        || page.attr(at, "itemprop") == Some("author");
    if !is_named && !matches!(page.tag(at), "p" | "div" | "span" | "address" | "cite") {
        return None;
    }
    let text = page.spaced_text_of(at);
    ((is_named || starts_as_byline(&text)) && !is_aside(page, at)).then(|| byline(&text))?
}

fn starts_as_byline(text: &str) -> bool {
    text.strip_prefix("By ")
        .or_else(|| text.strip_prefix("BY "))
        .or_else(|| text.strip_prefix("by "))
        .or_else(|| text.strip_prefix("Written by "))
        .or_else(|| text.strip_prefix("By: "))
        .is_some_and(|rest| {
            rest.starts_with(char::is_uppercase)
                && rest.chars().count() <= 120
                && !rest.ends_with('.')
        })
}

/// A byline without the date, the roles and the buttons that follow it in the same box.
fn byline(text: &str) -> Option<String> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s*(?:[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\bfollow\b|\bshare\b|\bemail\b|\bview\b|\bsee all\b|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\b\d{1,4}[\s/.:-]).*$",
        )
    });
    let line = REST.replace(text, "");
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | ':' | '/')
    });
    let n_chars = line.chars().count();
    let is_name = !matches!(
        line.to_lowercase().as_str(),
        "by" | "author" | "authors" | "about the author" | "written by"
    );
    (is_name
        && (4..=150).contains(&n_chars)
        && line.split(' ').count() <= 20
        && title::is_line(line))
    .then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(html: &str) -> Authors {
        let page = Page::parse(html);
        find(
            &page,
            &Metadata::read(&page, html),
            None,
            &["example".to_owned(), "examplenews".to_owned()],
        )
    }

    #[test]
    fn the_byline_is_as_printed() {
        let page = authors(
            "<h1>Ferry</h1><div class=byline>By <a rel=author>Ida Holm</a> <time>Jan 5, 2016 9:00</time></div><p>Text",
        );
        assert_eq!(page.byline.as_deref(), Some("By Ida Holm"));
        assert_eq!(page.people, ["Ida Holm"]);
    }

    #[test]
    fn those_who_comment_did_not_write_it() {
        let page =
            authors("<h1>Ferry</h1><p>Text</p><div class=comment><a rel=author>Per Lund</a></div>");
        assert!(page.people.is_empty());
    }
}
