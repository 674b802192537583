//! What stands on a message's envelope: title, sender, time, and where it can be read on the web.

use std::sync::LazyLock;

use mail_parser::{Address, Message, MimeHeaders};
use regex::Regex;

use super::forwarded::Forwarded;
use crate::domain::article::{Article, Precision, Published, PublishedOrigin, Source, TitleOrigin};
use crate::parse::byline;
use crate::parse::printed_date::{self, Order, Stated};

/// Hosts where anybody may have an address: they are nobody's outlet. Beginnings.
const FREE_MAIL: [&str; 16] = [
    "gmail.",
    "googlemail.",
    "outlook.",
    "hotmail.",
    "live.",
    "msn.",
    "yahoo.",
    "icloud.",
    "me.com",
    "aol.",
    "gmx.",
    "web.de",
    "proton.me",
    "protonmail.",
    "mail.ru",
    "yandex.",
];

/// Labels that a site puts in front of its domain to send mail.
const MAIL_LABELS: [&str; 14] = [
    "mail",
    "email",
    "e",
    "em",
    "news",
    "newsletter",
    "newsletters",
    "info",
    "send",
    "mailer",
    "mailing",
    "list",
    "lists",
    "updates",
];

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)<a\b[^>]*?\bhref\s*=\s*["'](https?://[^"']+)["'][^>]*>(.{1,600}?)</a>"#)
        .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ON_THE_WEB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:(?:view|read|see|open)\b.{0,40}\b(?:browser|online|on the web)|(?:web|online|browser) version|im browser|dans (?:votre|le) navigateur|en (?:su|el|tu) navegador)\b",
    )
    .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<[^>]*>|\s+").expect("the pattern is constant"));

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?i:re|fwd?|aw|wg|tr|sv|vs)\s*:\s*|\[[^\]]{1,40}\]\s+)+")
        .expect("the pattern is constant")
});

/// Adds what the envelope says to what the text says.
pub(super) fn apply(message: &Message<'_>, article: &mut Article) {
    apply_subject(message.subject().unwrap_or_default(), article);
    if let Some(sender) = message.from().and_then(Address::first) {
        let is_list = ["List-Id", "List-Unsubscribe"]
            .iter()
            .any(|field| message.header(*field).is_some());
        let name = sender.name().unwrap_or_default();
        apply_sender(name, sender.address(), is_list, list_name(message), article);
    }
    apply_sent(sent(message), article);
    apply_address(message, article);
}

/// Adds what stands above a message that was passed on; who did so and when is nobody's business.
pub(super) fn apply_forwarded(message: &Message<'_>, forwarded: &Forwarded, article: &mut Article) {
    let subject = match forwarded.subject.as_str() {
        "" => message.subject().unwrap_or_default(),
        subject => subject,
    };
    apply_subject(subject, article);
    let (name, address) = forwarded
        .sender
        .split_once(['<', '['])
        .unwrap_or((&forwarded.sender, ""));
    let address = address
        .trim_end_matches(['>', ']', '*'])
        .trim_start_matches("mailto:");
    apply_sender(name, Some(address), false, None, article);
    let original = printed_date::read(&forwarded.date, Order::Unknown);
    apply_sent(original.or_else(|| sent(message)), article);
    apply_address(message, article);
}

/// Whether a subject says that the message was passed on.
pub(super) fn is_passed_on(subject: &str) -> bool {
    let folded = subject.trim_start().to_lowercase();
    ["fw:", "fwd:", "wg:", "tr:", "rv:", "vs:"]
        .iter()
        .any(|mark| folded.starts_with(mark))
}

fn apply_sent(sent: Option<Stated>, article: &mut Article) {
    if let Some(sent) = sent {
        let (sent, instant) = sent.published(PublishedOrigin::Sent);
        article.other_dates.extend(instant);
        let stated = article.published.replace(sent);
        let day = |published: &Published| published.at.get(..10).map(str::to_owned);
        article.other_dates.extend(stated.filter(|stated| {
            stated.origin != PublishedOrigin::FileName
                && day(stated) != article.published.as_ref().and_then(day)
        }));
    }
}

fn apply_address(message: &Message<'_>, article: &mut Article) {
    article.url = archived_at(message)
        .or_else(|| on_the_web(message))
        .or_else(|| article.url.take())
        .or_else(|| posted_at(message));
    if article.language.is_none() {
        let language = message.content_language().as_text();
        article.language = language.map(|code| code.chars().take(2).collect());
    }
}

/// What is attached was out by the time that it was sent.
pub(super) fn date_attachment(sent: Option<Stated>, article: &mut Article) {
    let is_guess = |published: &Published| published.origin == PublishedOrigin::FileName;
    if article.published.as_ref().is_none_or(is_guess) {
        let Some((sent, instant)) = sent.map(|sent| sent.published(PublishedOrigin::Sent)) else {
            return;
        };
        article.published = Some(sent);
        article.other_dates.extend(instant);
    }
}

fn apply_subject(subject: &str, article: &mut Article) {
    let subject = REPLY.replace(subject.trim(), "");
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() {
        return;
    }
    let headline = std::mem::replace(&mut article.title, subject);
    let is_stated = article.title_origin == TitleOrigin::Headline;
    if is_stated && headline != article.title && article.subtitle.is_none() {
        article.subtitle = Some(headline);
    }
    article.title_origin = TitleOrigin::Metadata;
}

/// When it was sent, as its header says.
pub(super) fn sent(message: &Message<'_>) -> Option<Stated> {
    let date = message.date().filter(|date| date.is_valid());
    let read = |text: &str| printed_date::read(text, Order::Unknown);
    date.and_then(|date| read(&date.to_rfc3339()))
        .or_else(|| read(message.header_raw("Date")?))
        .filter(|sent| sent.precision >= Precision::Day)
}

/// A list writes in the name of an outlet; a person writes for herself, in the name of her house.
fn apply_sender(
    name: &str,
    address: Option<&str>,
    is_list: bool,
    list_name: Option<String>,
    article: &mut Article,
) {
    let domain = address.and_then(domain_of);
    let name = name.trim_matches(['"', '\'', '*', ' ']);
    let (person, outlet) = ["|", " from ", " at ", " @ ", " via ", ", "]
        .iter()
        .find_map(|link| name.split_once(link))
        .map_or((name, ""), |(person, outlet)| {
            (person.trim(), outlet.trim())
        });
    let people = byline::authors(person, article);
    let is_person = !people.is_empty() && (!is_list || !outlet.is_empty());
    if is_person && article.authors.is_empty() {
        article.byline.get_or_insert_with(|| person.to_owned());
        article.authors = people;
    }
    let outlet = match outlet {
        "" if is_person => "",
        "" => name,
        outlet => outlet,
    };
    let outlet = Some(outlet.to_owned()).filter(|outlet| !outlet.is_empty());
    // Who forwards a story from her desk is not its source.
    let behind = || list_name.or_else(|| domain.clone().filter(|_| !is_person));
    if let Some(name) = outlet.or_else(behind) {
        article.source = Some(Source { name, domain });
    }
}

/// `The Morning <morning.paper.example>` is called The Morning.
fn list_name(message: &Message<'_>) -> Option<String> {
    let id = message.header_raw("List-Id")?;
    let (name, _) = id.split_once('<')?;
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn domain_of(address: &str) -> Option<String> {
    let (_, host) = address.rsplit_once('@')?;
    let host = host.trim().to_lowercase();
    let mut host = host.as_str();
    while let Some((label, rest)) = host.split_once('.') {
        if !MAIL_LABELS.contains(&label) || !rest.contains('.') {
            break;
        }
        host = rest;
    }
    let is_free = FREE_MAIL.iter().any(|free| host.starts_with(free));
    (host.contains('.') && !is_free).then(|| host.to_owned())
}

fn archived_at(message: &Message<'_>) -> Option<String> {
    address_in(message.header_raw("Archived-At")?)
}

/// Substack and others name the post in a field that is meant for answers.
fn posted_at(message: &Message<'_>) -> Option<String> {
    ["List-Post", "List-URL", "List-Archive"]
        .iter()
        .find_map(|field| address_in(message.header_raw(*field)?))
}

fn address_in(value: &str) -> Option<String> {
    let address = value.trim().trim_matches(['<', '>']).trim();
    (address.starts_with("http") && !address.contains(char::is_whitespace))
        .then(|| address.to_owned())
}

/// The link by which a newsletter offers its own page.
fn on_the_web(message: &Message<'_>) -> Option<String> {
    for part in message.html_bodies().filter(|part| part.is_text_html()) {
        let page = part.text_contents().unwrap_or_default();
        for link in LINK.captures_iter(page) {
            if ON_THE_WEB.is_match(&TAG.replace_all(&link[2], " ")) {
                return Some(link[1].replace("&amp;", "&"));
            }
        }
    }
    for part in message.text_bodies().filter(|part| !part.is_text_html()) {
        let mut lines = part.text_contents().unwrap_or_default().lines();
        while let Some(line) = lines.next() {
            if let Some(offer) = ON_THE_WEB.find(line) {
                let behind = format!(
                    "{} {}",
                    &line[offer.end()..],
                    lines.next().unwrap_or_default()
                );
                let words = behind.split([' ', '<', '>', '(', ')', '[', ']']);
                return words
                    .map(|word| word.trim_end_matches(['.', ',']))
                    .find(|word| word.starts_with("http"))
                    .map(str::to_owned);
            }
        }
    }
    None
}
