//! HTML pages. The page becomes a flat tree; metadata, headline, date and authors are each voted on by their own rules,
//! and the body is what remains of the article's box when the furniture is taken out.

mod attributes;
mod authors;
mod blocks;
mod body;
mod boxes;
mod clean;
mod date;
mod dates_shown;
mod deck;
mod echo;
mod extent;
mod json_ld;
mod metadata;
mod owner;
mod page;
mod parts;
mod phrases;
mod pointers;
mod pointing;
mod printed;
mod regions;
mod signs;
mod state;
mod tally;
mod title;
mod words;

use regex::Regex;

use super::printed_date::Order;
use super::{furniture, title_from, untitled};
use crate::domain::article::{Article, TitleOrigin};
use crate::domain::document::Document;
use crate::text::language::language_of;
use crate::text::terms;
use clean::Known;
use metadata::Metadata;
use page::Page;

pub(super) fn read(source: &str, document: &Document) -> Option<Article> {
    let page = Page::parse(source);
    let metadata = Metadata::read(&page, source);
    let outlet = outlet_names(&metadata);
    let mut article = untitled(document);
    let title = title::find(&page, &metadata, &outlet);
    let headline = title.as_ref().and_then(|title| title.at);
    if let Some(title) = title {
        (article.title, article.title_origin) = (title.text, title.origin);
    }
    let authors = authors::find(&page, &metadata, headline, &outlet);
    let stated = metadata.json_ld.body();
    let known = Known {
        title: &article.title,
        authors: &authors.people,
        byline: authors.byline.as_deref(),
        stated: &stated,
    };
    let body::Text {
        mut paragraphs,
        elements,
    } = body::text(&page, &known, headline);
    furniture::trim(&mut paragraphs);
    article.body = paragraphs.join("\n\n");
    if article.body.is_empty() || is_stub(&article.body, &metadata) {
        return None;
    }
    article.extent = extent::of(&page, &metadata, &article.body, &elements);
    article.subtitle = deck::find(&page, headline, &article.title);
    article.source = metadata.source();
    article.section = metadata.section();
    article.keywords = metadata.keywords();
    article.language = metadata.language();
    article.url.clone_from(&metadata.url);
    let order = order_of_dates(&article, &metadata);
    (article.published, article.other_dates) = date::find(&page, &metadata, headline, order);
    let stated: Vec<String> = authors
        .people
        .iter()
        .chain(&authors.others)
        .cloned()
        .collect();
    article.byline = authors
        .byline
        .or_else(|| (!stated.is_empty()).then(|| format!("By {}", stated.join(", "))));
    article.authors = authors.people;
    if article.title_origin == TitleOrigin::FileName {
        article.title = title_from(&article.body)?;
        article.title_origin = TitleOrigin::FirstSentence;
    }
    Some(article)
}

/// Whether a body is what a site says in place of an article: to visitors it doubts, to those who have not paid, for what is gone.
fn is_stub(body: &str, metadata: &Metadata) -> bool {
    const MAX_STUB_WORDS: usize = 60;
    const MIN_UNSTATED_WORDS: usize = 20;
    const SAYINGS: &[&str] = &[
        "enable javascript",
        "javascript is disabled",
        "javascript is required",
        "enable cookies",
        "access denied",
        "checking your browser",
        "are a robot",
        "not a robot",
        "captcha",
        "page not found",
        "page you requested",
        "page you are looking for",
        "404",
        "403 forbidden",
        "log in to continue",
        "sign in to continue",
        "subscribe to continue",
        "please log in",
        "please sign in",
        "create an account",
        "already a subscriber",
    ];
    let n_words = terms::n_words(body);
    let folded = body.to_lowercase();
    let states_article = metadata.json_ld.is_article()
        || metadata
            .meta(&["og:type"])
            .is_some_and(|kind| kind.contains("article"));
    n_words <= MAX_STUB_WORDS && SAYINGS.iter().any(|saying| folded.contains(saying))
        || n_words < MIN_UNSTATED_WORDS
            && !states_article
            && !body.contains(['.', '。', '!', '?', '।'])
}

/// A pattern that is part of the program.
#[expect(
    clippy::expect_used,
    reason = "the patterns are constant; the tests compile each"
)]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// Letters and digits in lower case: two lines that say the same are equal.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What the outlet is called, as letters and digits in lower case: by itself, by its host with and without the ending.
fn outlet_names(metadata: &Metadata) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(source) = metadata.source() {
        names.push(source.name);
        if let Some(domain) = source.domain {
            let labels: Vec<&str> = domain.split('.').collect();
            names.extend(
                labels
                    .iter()
                    .rev()
                    .skip(1)
                    .filter(|label| label.len() > 3)
                    .map(|label| (*label).to_owned()),
            );
            names.push(domain);
        }
    }
    names.extend(
        metadata
            .json_ld
            .names("publisher")
            .into_iter()
            .map(|(name, _)| name),
    );
    let mut names: Vec<String> = names
        .iter()
        .map(|name| fold(name))
        .filter(|name| name.len() > 1)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Whether 11/5/2019 is in November: in English, outside the countries that put the day first.
fn order_of_dates(article: &Article, metadata: &Metadata) -> Order {
    /// So much of a text tells its language.
    const MAX_BYTES: usize = 1_000;
    let language = article
        .language
        .clone()
        .or_else(|| language_of(&article.body[..article.body.floor_char_boundary(MAX_BYTES)]))
        .unwrap_or_else(|| "en".to_owned());
    let locale = metadata.locale();
    let is_same = |tag: &&str| tag.to_lowercase().starts_with(&language);
    let tag = Some(locale.as_str()).filter(is_same).unwrap_or(&language);
    let domain = metadata.domain();
    Order::of_language(tag)
        .or_else(|| Order::of_domain(domain.as_deref().unwrap_or_default()))
        .or_else(|| Order::MonthFirst)
}

#[cfg(test)]
mod bodies;
#[cfg(test)]
mod old_pages;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod tests;
