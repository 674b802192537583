//! Web archives (WARC 0.17 to 1.1, and ARC, the older form): every page that a crawler fetched is a document of its own. Requests,
//! redirects, errors, pictures, robots.txt, the crawler's own records and further copies of a page are passed over in silence.

mod http;
pub(super) mod packed;
mod record;
mod seen;

use std::io::{self, BufRead, BufReader, Read};

use super::{Collector, ParseError, bundle, printed_date};
use crate::domain::article::{Article, Format, Published, PublishedOrigin, Source};
use crate::domain::ledger::Rejection;
use record::{ARC_OPENING, Record};
use seen::Seen;

pub(super) fn read(reader: impl Read, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let mut state = State::default();
    match records(&mut reader, &mut state, |_, _| true, collector)? {
        Some(trouble) => Err(trouble.rejection().into()),
        None => Ok(()),
    }
}

/// Whether what begins so is an ARC file.
pub(super) fn is_arc(head: &[u8]) -> bool {
    head.starts_with(ARC_OPENING.as_bytes())
}

/// What is known of the records so far.
#[derive(Default)]
struct State {
    n_records: usize,
    seen: Seen,
}

/// Where and how records broke off.
struct Trouble {
    /// The record's address, or its number.
    member: String,
    message: String,
}

impl Trouble {
    /// What it says of the whole archive.
    fn rejection(&self) -> Rejection {
        Rejection::Damaged {
            format: Format::Warc,
            message: self.message.clone(),
        }
    }
}

fn broken(error: &io::Error) -> Rejection {
    bundle::rejection(error, Format::Warc)
}

/// So many bytes may an ARC file's last record lack.
const MAX_MISCOUNT: u64 = 16;

/// Hands on what the records hold, up to the end or to the first that is not whole. `may_follow` judges what stands behind one.
fn records(
    reader: &mut impl BufRead,
    state: &mut State,
    may_follow: impl Fn(&Record, &[u8]) -> bool,
    collector: &mut Collector<'_>,
) -> Result<Option<Trouble>, ParseError> {
    loop {
        let record = Record::next(reader);
        state.n_records += 1;
        let n_records = state.n_records;
        let number = format!("record {n_records}");
        let record = match record {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(None),
            Err(error) => return Ok(Some(trouble(number, &error)?)),
        };
        if record.n_skipped > 0 {
            let member = format!("between record {} and the next", n_records - 1);
            let message = format!("{} bytes are no record", record.n_skipped);
            collector.failure(&member, Rejection::BrokenMember(message))?;
        }
        let member = match record.address() {
            "" => number,
            address => address.to_owned(),
        };
        let mut content = reader.take(record.length);
        let page = page(&record, &mut content, collector.options().limits.member);
        let rest = io::copy(&mut content, &mut io::sink());
        // Old programs counted line ends otherwise than they wrote them.
        let may_lack = if record.is_arc { MAX_MISCOUNT } else { 0 };
        if content.limit() > may_lack && rest.is_ok() {
            let message = format!("record {n_records} breaks off");
            return Ok(Some(Trouble { member, message }));
        }
        // A checksum stands behind the record that it speaks of.
        let after = match rest.and_then(|_| skip_blank(reader)) {
            Err(error) if !packed::is_of_the_next(&error) => {
                return Ok(Some(trouble(member, &error)?));
            }
            Ok(())
                if !reader
                    .fill_buf()
                    .is_ok_and(|next| may_follow(&record, next)) =>
            {
                let message = "it does not end where it says".to_owned();
                return Ok(Some(Trouble { member, message }));
            }
            result => result,
        };
        match page {
            Ok(Some(page)) if state.seen.is_new(&record, &page.body) => {
                take(&record, &page, collector)?;
            }
            Ok(_) => {}
            Err(rejection) => collector.failure(&member, rejection)?,
        }
        if let Err(error) = after {
            state.n_records += 1;
            return Ok(Some(trouble(
                format!("record {}", state.n_records),
                &error,
            )?));
        }
    }
}

/// A bound that was passed is no damage.
fn trouble(member: String, error: &io::Error) -> Result<Trouble, Rejection> {
    match broken(error) {
        Rejection::Damaged { message, .. } => Ok(Trouble { member, message }),
        rejection => Err(rejection),
    }
}

fn skip_blank(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let n_blank = buffer
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let is_done = buffer.is_empty() || n_blank < buffer.len();
        reader.consume(n_blank);
        if is_done {
            return Ok(());
        }
    }
}

/// What a record holds, if that is something to read.
fn page(
    record: &Record,
    content: &mut impl BufRead,
    limit: u64,
) -> Result<Option<http::Page>, Rejection> {
    let kind = record.field("content-type");
    // Crawlers keep their logs, look-ups, screenshots and copies of a page's text under addresses of other schemes.
    let address = record.address();
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_web = ["http", "https", "ftp", "file"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    if !is_web || address.ends_with("/robots.txt") {
        return Ok(None);
    }
    match record.field("warc-type") {
        "response" if kind.starts_with("application/http") => {
            http::Page::read(content, record.length, limit)
        }
        "resource" | "conversion" => http::Page::resource(kind, content, record.length, limit),
        _ => Ok(None),
    }
}

fn take(
    record: &Record,
    page: &http::Page,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let (at, date) = (
        record.address().to_owned(),
        record.field("warc-date").to_owned(),
    );
    let amend = move |article: &mut Article| complete(article, &at, &date);
    collector.member(
        record.address(),
        &mut page.body.as_slice(),
        Some(Box::new(amend)),
    )
}

/// Adds what only the archive knows: the address, and, where the page gives no date, that in its address or of its capture.
fn complete(article: &mut Article, address: &str, date: &str) {
    let host = host(address);
    let own = article.url.as_deref().and_then(self::host);
    // The entries of a feed have addresses of their own, wherever the feed stands.
    let is_entry = matches!(
        article.format,
        Format::Rss | Format::Atom | Format::JsonFeed
    );
    if !is_entry && (own.is_none() || own != host) {
        article.url = Some(address.to_owned());
    }
    if article.source.is_none() {
        article.source = host.map(|host| Source {
            name: host.to_owned(),
            domain: Some(host.to_owned()),
        });
    }
    let is_guess = |published: &Published| published.origin == PublishedOrigin::FileName;
    if article.published.as_ref().is_none_or(is_guess) {
        article.published = printed_date::in_address(address)
            .map(|stated| stated.local(PublishedOrigin::Url))
            .or_else(|| printed_date::state(date, PublishedOrigin::Capture, article));
    }
}

/// The host of an address, without `www.` and port.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests;
