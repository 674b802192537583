//! Electronic books and newspapers (.epub): every chapter of the reading order with enough text is an article of that publication.

mod chapter;
mod contents;
mod opf;

use super::texts;
use crate::domain::article::{Article, Source, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::parse::bundle::Package;
use crate::parse::{Collector, ParseError, byline};
use crate::text::terms::n_words;
use contents::Contents;
use opf::Book;

/// A chapter of fewer words is a cover, a table of contents, an imprint.
const MIN_WORDS: usize = 30;

pub(super) fn read(
    package: &mut Package<'_>,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let book = Book::read(package, collector)?;
    let contents = Contents::read(&book, package, collector)?;
    let locked = texts::part(package, "META-INF/encryption.xml", collector)?.unwrap_or_default();
    // A book with one article is that article, saved; the first is held back until there is a second.
    let mut first: Option<Article> = None;
    let mut n_articles = 0;
    for path in &book.spine {
        if is_locked(&locked, path) {
            collector.failure(path, Rejection::Locked)?;
            continue;
        }
        let article = match texts::part(package, path, collector) {
            Ok(Some(page)) => chapter::read(&page, contents.entry(path), document),
            Ok(None) => None,
            Err(rejection @ Rejection::Bomb(_)) => return Err(rejection.into()),
            Err(rejection) => {
                collector.failure(path, rejection)?;
                None
            }
        };
        let Some(article) = article.filter(|article| n_words(&article.body) >= MIN_WORDS) else {
            continue;
        };
        n_articles += 1;
        match first.take() {
            None if n_articles == 1 => first = Some(article),
            None => collector.article(of_many(article, &book))?,
            Some(held) => {
                collector.article(of_many(held, &book))?;
                collector.article(of_many(article, &book))?;
            }
        }
    }
    match first {
        Some(article) => Ok(collector.article(alone(article, &book))?),
        None if n_articles == 0 => Err(ParseError::Rejected(Rejection::NoArticle(
            crate::domain::article::Format::Epub,
        ))),
        None => Ok(()),
    }
}

/// Whether the list of locked parts names this one; it is relative to the package's root.
fn is_locked(list: &str, path: &str) -> bool {
    list.contains(&format!("\"{path}\"")) || list.contains(&format!("'{path}'"))
}

/// An article among others: the book is its source, and its author writes what nobody signs.
fn of_many(mut article: Article, book: &Book) -> Article {
    let name = book.publication();
    if !name.is_empty() {
        let domain = None;
        article.source.get_or_insert(Source { name, domain });
    }
    let properties = super::Properties {
        title: None,
        keywords: Vec::new(),
        ..book.properties.clone()
    };
    complete(article, properties, book)
}

/// A book of one article: its title and author are the article's, its publisher the source.
fn alone(mut article: Article, book: &Book) -> Article {
    if let Some(title) = book.properties.title.clone() {
        (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
    }
    if let Some(name) = book.publisher() {
        let domain = None;
        article.source.get_or_insert(Source { name, domain });
    }
    article.url = article.url.take().or_else(|| book.address.clone());
    let properties = book.properties.clone();
    complete(article, properties, book)
}

fn complete(mut article: Article, mut properties: super::Properties, book: &Book) -> Article {
    // A newspaper's creator is the newspaper or the program that made the file, who signs no article.
    properties.author = properties.author.filter(|author| {
        let author = author.to_lowercase();
        let title = book.publication().to_lowercase();
        author != "calibre" && !title.contains(&author) && !author.contains(&title)
    });
    if article.authors.is_empty()
        && let Some(author) = properties.author.take()
    {
        article.authors = byline::authors(&author, &mut article);
        if !article.authors.is_empty() {
            article.byline.get_or_insert(author);
        }
    }
    // What the file's name says is the day of the issue, but the book itself knows better.
    let is_guess = article.published.as_ref().is_some_and(|published| {
        published.origin == crate::domain::article::PublishedOrigin::FileName
    });
    if is_guess && properties.published.is_some() {
        article.published = None;
    }
    properties.complete(&mut article);
    article
}
