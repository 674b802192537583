//! Plain text, read as a person reads a clipping: labels, head, dateline, foot; what is left is the body.

use super::printed_date::{self, Order};
use super::{byline, dateline, foot, furniture, head, labels, layout};
use super::{title_from, untitled};
use crate::domain::article::{Article, Precision, PublishedOrigin, TitleOrigin};
use crate::domain::document::Document;

pub(super) fn read(text: &str, document: &Document) -> Option<Article> {
    read_paragraphs(layout::paragraphs(text), untitled(document), document)
}

/// Reads an article from its paragraphs; what `article` says already stands.
pub(super) fn read_paragraphs(
    mut paragraphs: Vec<String>,
    mut article: Article,
    document: &Document,
) -> Option<Article> {
    let all = paragraphs.clone();
    let year = foot::copyright_year(&paragraphs);
    let mail = labels::take(&mut paragraphs, &mut article);
    furniture::trim(&mut paragraphs);
    head::take(&mut paragraphs, &mut article);
    dateline::take(&mut paragraphs, &mut article);
    foot::take(&mut paragraphs, &mut article);
    furniture::trim(&mut paragraphs);
    if let Some(sender) = mail.sender.filter(|_| article.byline.is_none()) {
        let name = sender
            .split('<')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches('"')
            .to_owned();
        article.authors = byline::authors(&name, &mut article);
        article.byline = Some(name).filter(|name| !name.is_empty());
    }
    article.published = article.published.take().or(mail.sent);
    date(&mut article, document, year.as_deref());
    article.body = paragraphs.join("\n\n");
    if article.body.is_empty() {
        // A clipping may be a headline and nothing else, or furniture and nothing else: its words are its text.
        article.body = if article.title_origin == TitleOrigin::FileName {
            all.join("\n\n")
        } else {
            article
                .subtitle
                .take()
                .unwrap_or_else(|| article.title.clone())
        };
    }
    if article.title_origin == TitleOrigin::FileName
        && let Some(title) = title_from(&article.body)
    {
        (article.title, article.title_origin) = (title, TitleOrigin::FirstSentence);
    }
    article
        .body
        .contains(char::is_alphanumeric)
        .then_some(article)
}

/// Where the text states no date: the dateline's day in the year of the copyright line, or else the file's name.
fn date(article: &mut Article, document: &Document, year: Option<&str>) {
    if article.published.is_some() {
        return;
    }
    if let (Some(dateline), Some(year)) = (&article.dateline, year) {
        article.published = dateline::in_year(dateline, year);
    }
    if article.published.is_none() {
        let stem = document.name.replace(['_', ' '], "-");
        let stem = stem.rsplit_once('.').map_or(&*stem, |(stem, _)| stem);
        let named = printed_date::read(stem, Order::Unknown)
            .filter(|stated| stated.precision >= Precision::Day);
        article.published = named.map(|stated| stated.local(PublishedOrigin::FileName));
    }
}
