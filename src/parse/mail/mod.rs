//! E-mail (RFC 5322, MIME): one article a message, from the better of its HTML and its plain text; attachments that can be read
//! are documents of their own. The subject is the title, the day of sending the date.

mod charset;
mod envelope;
mod forwarded;
pub(super) mod mbox;
pub(super) mod mhtml;
mod quoted;

use std::borrow::Cow;
use std::sync::LazyLock;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use regex::{Regex, bytes};

use super::{Collector, ParseError, decode, html, text};
use crate::domain::article::{Article, Format};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::text::terms::n_words;

/// Lines of a header that are no field, at most.
const MAX_MALFORMED: usize = 1;

/// Messages in a message, at most: the parser's stack grows with their nesting.
const MAX_MESSAGES: usize = 500;

/// Parts of a message, at most.
const MAX_PARTS: usize = 20_000;

/// Fields in the headers of a message and its parts, at most: the parser keeps each.
const MAX_FIELDS: usize = 1_000_000;

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
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n', ' ', '\t']);
    let mut names = Vec::new();
    let mut n_malformed = 0;
    let mut is_last_malformed = false;
    for line in head.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let name = field_name(line);
        is_last_malformed = name.is_none();
        n_malformed += usize::from(name.is_none());
        names.extend(name);
    }
    // One line that a relay or an editor spoilt is no reason to read a message as a text.
    if n_malformed > MAX_MALFORMED || is_last_malformed {
        return None;
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
    let bytes = &*with_sound_header(bytes);
    check_structure(bytes)?;
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
        let amend = move |article: &mut Article| envelope::date_attachment(sent, article);
        collector.member(&name, &mut contents(part), Some(Box::new(amend)))?;
    }
    Ok(())
}

/// The message from its first field on, without lines of its header that are no field.
fn with_sound_header(message: &[u8]) -> Cow<'_, [u8]> {
    let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message);
    let message = message.trim_ascii_start();
    let mut sound = Vec::new();
    let mut is_spoilt = false;
    let mut rest = message;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        if line.trim_ascii().is_empty() {
            break;
        }
        let is_field = line.starts_with(b" ")
            || line.starts_with(b"\t")
            || field_name(&String::from_utf8_lossy(line)).is_some();
        if is_field {
            sound.extend_from_slice(line);
        }
        is_spoilt |= !is_field;
        rest = behind;
    }
    if !is_spoilt {
        return Cow::Borrowed(message);
    }
    sound.extend_from_slice(rest);
    Cow::Owned(sound)
}

/// Refuses messages whose nesting or number of parts no mail program makes.
fn check_structure(message: &[u8]) -> Result<(), Rejection> {
    if MESSAGE.find_iter(message).nth(MAX_MESSAGES).is_some() {
        let message =
            format!("it holds more than {MAX_MESSAGES} attached messages; save them one by one");
        return Err(Rejection::Lacks(message));
    }
    // A line of two hyphens and a word begins each part; a text has few of them.
    if PART.find_iter(message).nth(MAX_PARTS).is_some() {
        return Err(Rejection::Lacks(format!(
            "it has more than {MAX_PARTS} parts"
        )));
    }
    if FIELD.find_iter(message).nth(MAX_FIELDS).is_some() {
        return Err(Rejection::Lacks(format!(
            "it has more than {MAX_FIELDS} header fields"
        )));
    }
    Ok(())
}

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static FIELD: LazyLock<bytes::Regex> = LazyLock::new(|| {
    bytes::Regex::new(r"(?m-u)^[!-9;-~]{1,80}:").expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static MESSAGE: LazyLock<bytes::Regex> = LazyLock::new(|| {
    bytes::Regex::new(r"(?mi-u)^content-type:[ \t]*(?:\r?\n[ \t]+)?message/(?:rfc822|global|news)")
        .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static PART: LazyLock<bytes::Regex> =
    LazyLock::new(|| bytes::Regex::new(r"(?m-u)^--[!-~]").expect("the pattern is constant"));

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
    let is_passed_on = envelope::is_passed_on(message.subject().unwrap_or_default());
    let page = message
        .html_bodies()
        .find(|part| part.is_text_html())
        .and_then(|part| charset::text_of(message, part))
        .and_then(|page| {
            let page = decode::decode(page.as_bytes()).ok()?;
            let own = (!is_passed_on).then(|| quoted::own_page(&page)).flatten();
            html::read(own.as_deref().unwrap_or(&page), document)
        });
    let plain = message
        .text_bodies()
        .find(|part| part.is_text() && !part.is_text_html())
        .and_then(|part| charset::text_of(message, part))
        .and_then(|plain| {
            let plain = decode::decode(plain.as_bytes()).ok()?;
            let own = if is_passed_on {
                plain.into_owned()
            } else {
                quoted::own_text(&plain)
            };
            text::read(&unsigned(&own), document)
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
