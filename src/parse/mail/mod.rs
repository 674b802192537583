//! E-mail (RFC 5322, MIME): one article a message, from the better of its HTML and its plain text; attachments that can be read
//! are documents of their own. The subject is the title, the day of sending the date.

mod charset;
mod envelope;
mod forwarded;
pub(super) mod mbox;
pub(super) mod mhtml;

use std::sync::LazyLock;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use regex::Regex;

use super::{Collector, ParseError, decode, html, text};
use crate::domain::article::{Article, Format};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::text::terms::n_words;

/// A text of fewer words that comes with attachments only presents them.
const MIN_WORDS: usize = 40;

/// Header fields of which a message has some; in lower case.
const FIELDS: [&str; 12] = [
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "reply-to",
    "content-type",
    "list-id",
];

/// Types of attachments that hold nothing to read; beginnings.
const SILENT: [&str; 14] = [
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/css",
    "application/ics",
    "application/pkcs7",
    "application/x-pkcs7",
    "application/pgp",
    "message/delivery-status",
    "text/rfc822-headers",
];

/// Whether these bytes begin as a message or as a page saved as one.
pub(super) fn format_of(head: &[u8], extension: &str) -> Option<Format> {
    let head = String::from_utf8_lossy(head);
    let mut names = Vec::new();
    for line in head.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        match field_name(line) {
            Some(name) => names.push(name),
            None => return None,
        }
    }
    let n_known = FIELDS
        .iter()
        .filter(|field| names.iter().any(|name| name == *field))
        .count();
    let is_named = matches!(extension, "eml" | "emlx" | "mht" | "mhtml");
    let is_sent = names.iter().any(|name| name == "from")
        && ["date", "message-id", "received", "mime-version"]
            .iter()
            .any(|field| names.iter().any(|name| name == field));
    if n_known == 0 || !is_named && (n_known < 3 || !is_sent) {
        return None;
    }
    let is_page = matches!(extension, "mht" | "mhtml")
        || names.iter().any(|name| name == "snapshot-content-location")
        || head.contains("<Saved by");
    Some(if is_page {
        Format::Mhtml
    } else {
        Format::Email
    })
}

/// Whether these bytes begin a mailbox: a line that parts messages and a header field.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let has_separator = lines.next().is_some_and(mbox::is_separator);
    let next = lines.next().map(String::from_utf8_lossy);
    has_separator && next.is_some_and(|line| field_name(&line).is_some())
}

fn field_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_name.then(|| name.to_lowercase())
}

pub(super) fn read(
    bytes: &[u8],
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let damaged = || Rejection::Damaged {
        format: Format::Email,
        message: "it has no header".into(),
    };
    let bytes = &*charset::with_plain_header(bytes);
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let attachments: Vec<&MessagePart<'_>> = message
        .attachments()
        .filter(|part| is_readable(part))
        .collect();
    let article = passed_on(&message, document).or_else(|| {
        let mut article = article_of(&message, document)?;
        envelope::apply(&message, &mut article);
        Some(article)
    });
    let is_cover =
        |article: &Article| !attachments.is_empty() && n_words(&article.body) < MIN_WORDS;
    match article {
        Some(article) if !is_cover(&article) => collector.article(article)?,
        None if attachments.is_empty() => return Err(Rejection::NoArticle(Format::Email).into()),
        _ => {}
    }
    for (index, part) in attachments.into_iter().enumerate() {
        let name = name_of(part, index);
        let sent = envelope::sent(&message);
        let amend = move |article: &mut Article| envelope::date_attachment(sent.as_ref(), article);
        collector.member(&name, &mut contents(part), Some(Box::new(amend)))?;
    }
    Ok(())
}

fn is_readable(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type().map_or(String::new(), |kind| {
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase()
    });
    // Parts without a name of their own are pieces of the message that no mail program shows as attachments.
    let is_attached = part.attachment_name().is_some() || part.is_message();
    is_attached && !part.is_multipart() && !SILENT.iter().any(|silent| kind.starts_with(silent))
}

fn name_of(part: &MessagePart<'_>, index: usize) -> String {
    match part.attachment_name() {
        Some(name) => name.to_owned(),
        None => format!("attached message {}.eml", index + 1),
    }
}

fn contents<'a>(part: &'a MessagePart<'_>) -> &'a [u8] {
    match &part.body {
        PartType::Message(message) => message.raw_message(),
        _ => part.contents(),
    }
}

/// The article of a message that somebody only passed on.
fn passed_on(message: &Message<'_>, document: &Document) -> Option<Article> {
    let is_titled = envelope::is_passed_on(message.subject().unwrap_or_default());
    let text = match message.text_bodies().next() {
        Some(part) if part.is_text() && !part.is_text_html() => charset::text_of(message, part),
        _ => message.body_text(0),
    };
    let forwarded = forwarded::read(&text?, is_titled)?;
    let plain = decode::decode(forwarded.text.as_bytes()).ok()?.into_owned();
    let mut article = text::read(&unsigned(&plain), document)?;
    article.format = Format::Email;
    envelope::apply_forwarded(message, &forwarded, &mut article);
    Some(article)
}

/// The message's text: HTML has the paragraphs and links, but newsletters may hide their text from the HTML reader; the plain text
/// may be a stub that only says where to read.
fn article_of(message: &Message<'_>, document: &Document) -> Option<Article> {
    let page = message
        .html_bodies()
        .find(|part| part.is_text_html())
        .and_then(|part| charset::text_of(message, part))
        .and_then(|page| {
            let page = decode::decode(page.as_bytes()).ok()?;
            html::read(&page, document)
        });
    let plain = message
        .text_bodies()
        .find(|part| part.is_text() && !part.is_text_html())
        .and_then(|part| charset::text_of(message, part))
        .and_then(|plain| {
            let plain = decode::decode(plain.as_bytes()).ok()?;
            text::read(&unsigned(&plain), document)
        });
    let n_words = |article: &Option<Article>| {
        let body = article.as_ref().map_or("", |article| &article.body);
        let words = body.split_whitespace();
        words.filter(|word| !word.contains("://")).count()
    };
    let mut article = if n_words(&page) * 2 >= n_words(&plain) && n_words(&page) > 0 {
        page
    } else {
        plain
    }?;
    article.format = Format::Email;
    (!article.body.is_empty()).then_some(article)
}

/// Without the signature below `-- ` and the lines that forwarding and mail programs put in.
fn unsigned(plain: &str) -> String {
    #[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
    static LINKS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[<\[(]\s*https?://[^\s>\])]+\s*[>\])]").expect("constant"));
    let signature = plain.find("\n-- \n").unwrap_or(plain.len());
    LINKS.replace_all(&plain[..signature], "").into_owned()
}

#[cfg(test)]
mod tests;
