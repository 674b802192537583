//! Pages that a browser saved whole (.mht, .mhtml): a message of which the first HTML part is the page.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{charset, envelope};
use crate::domain::article::{Article, Format, Published, PublishedOrigin, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::parse::{decode, html};

pub(in crate::parse) fn read(bytes: &[u8], document: &Document) -> Result<Article, Rejection> {
    let damaged = |message: &str| Rejection::Damaged {
        format: Format::Mhtml,
        message: message.to_owned(),
    };
    let bytes = &*charset::with_plain_header(bytes);
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| damaged("it has no header"))?;
    let part = page(&message).ok_or_else(|| damaged("it holds no page"))?;
    let text = charset::text_of(&message, part).unwrap_or_default();
    let text = decode::decode(text.as_bytes())?;
    let mut article = html::read(&text, document).ok_or(Rejection::NoArticle(Format::Mhtml))?;
    article.format = Format::Mhtml;
    let saved_from = [
        message.header_raw("Snapshot-Content-Location"),
        part.content_location(),
    ];
    if let Some(address) = saved_from
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|address| address.starts_with("http"))
    {
        article.url.get_or_insert_with(|| address.to_owned());
    }
    let subject = message.subject().unwrap_or_default().trim();
    if article.title_origin == TitleOrigin::FirstSentence && !subject.is_empty() {
        (article.title, article.title_origin) = (subject.to_owned(), TitleOrigin::Metadata);
    }
    let is_guess = |published: &Published| published.origin == PublishedOrigin::FileName;
    if article.published.as_ref().is_none_or(is_guess) {
        let saved = envelope::sent(&message);
        let saved = saved.map(|saved| saved.published(PublishedOrigin::Capture));
        article.published = saved.map(|(saved, instant)| {
            article.other_dates.extend(instant);
            saved
        });
    }
    Ok(article)
}

/// The root part; frames and advertisements follow it.
fn page<'a>(message: &'a Message<'a>) -> Option<&'a MessagePart<'a>> {
    message
        .parts
        .iter()
        .find(|part| matches!(part.body, PartType::Html(_)))
}
