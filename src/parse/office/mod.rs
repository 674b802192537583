//! Works that are a zip archive of XML parts: Word and OpenDocument texts, electronic books.

mod docx;
mod epub;
mod flow;
mod odt;
mod properties;
mod texts;
mod xlsx;

use super::bundle::Package;
use super::{Collector, ParseError, byline, text, untitled};
use crate::domain::article::{Article, Format, PublishedOrigin, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
pub(super) use properties::Properties;

/// What a package is, told by its parts; none if it is a plain archive.
pub(super) fn format_of(package: &mut Package<'_>) -> Result<Option<Format>, Rejection> {
    if package.has("META-INF/container.xml") && package.has("mimetype") {
        return Ok(Some(Format::Epub));
    }
    if package.has("[Content_Types].xml") {
        if package.has("word/document.xml") {
            return Ok(Some(Format::Docx));
        }
        if package.has("xl/workbook.xml") {
            return Ok(Some(Format::Xlsx));
        }
        if package.has("ppt/presentation.xml") {
            let looks_like = "a set of slides";
            return Err(Rejection::NotText { looks_like });
        }
    }
    if package.has("content.xml")
        && let Some(kind) = package.head("mimetype", 100)?
    {
        const TEXT: &[u8] = b"application/vnd.oasis.opendocument.text";
        if kind.trim_ascii().starts_with(TEXT) {
            return Ok(Some(Format::Odt));
        }
        if kind.starts_with(b"application/vnd.oasis.opendocument") {
            let looks_like = "a spreadsheet, drawing or set of slides";
            return Err(Rejection::NotText { looks_like });
        }
    }
    Ok(None)
}

pub(super) fn read(
    format: Format,
    package: &mut Package<'_>,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let (paragraphs, properties) = match format {
        Format::Epub => return epub::read(package, document, collector),
        Format::Xlsx => return xlsx::read(package, document, collector),
        Format::Docx => docx::read(package, collector)?,
        _ => odt::read(package, collector)?,
    };
    let mut article = text::read_paragraphs(paragraphs, untitled(document), document)
        .ok_or(Rejection::NoArticle(format))?;
    article.format = format;
    properties.complete(&mut article);
    Ok(collector.article(article)?)
}

impl Properties {
    /// Adds what the text does not say itself: programs fill properties in, and templates carry old ones on.
    pub(super) fn complete(self, article: &mut Article) {
        if article.title_origin != TitleOrigin::Headline
            && let Some(title) = self.title
        {
            (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
        }
        if article.authors.is_empty()
            && let Some(author) = self.author
        {
            article.authors = byline::authors(&author, article);
            if !article.authors.is_empty() {
                article.byline.get_or_insert(author);
            }
        }
        if let Some(stated) = self.published.filter(|_| article.published.is_none()) {
            let (published, instant) = stated.published(PublishedOrigin::Property);
            article.published = Some(published);
            article.other_dates.extend(instant);
        }
        article.language = article.language.take().or(self.language);
        article.keywords.extend(self.keywords);
    }
}

#[cfg(test)]
mod tests;
