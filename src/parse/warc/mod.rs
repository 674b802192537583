//! Web archives (WARC 0.17 to 1.1): every page that a crawler fetched is a document of its own. Requests, redirects, errors,
//! pictures and robots.txt are passed over in silence.

mod http;
pub(super) mod packed;
mod record;

use std::io::{self, BufRead, BufReader, Read};

use super::{Collector, ParseError, bundle, printed_date};
use crate::domain::article::{Article, Format, Published, PublishedOrigin, Source};
use crate::domain::ledger::Rejection;
use record::Record;

pub(super) fn read(reader: impl Read, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    match records(&mut reader, &mut 0, |_| true, collector)? {
        Some(trouble) => Err(trouble.rejection().into()),
        None => Ok(()),
    }
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

/// Hands on what the records hold, up to the end or to the first that is not whole. `may_follow` judges what stands behind one.
fn records(
    reader: &mut impl BufRead,
    n_records: &mut usize,
    may_follow: impl Fn(&[u8]) -> bool,
    collector: &mut Collector<'_>,
) -> Result<Option<Trouble>, ParseError> {
    loop {
        let record = Record::next(reader);
        *n_records += 1;
        let number = format!("record {n_records}");
        let record = match record {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(None),
            Err(error) => return Ok(Some(trouble(number, &error)?)),
        };
        if record.n_skipped > 0 {
            let member = format!("between record {} and the next", *n_records - 1);
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
        if content.limit() > 0 && rest.is_ok() {
            let message = format!("record {n_records} breaks off");
            return Ok(Some(Trouble { member, message }));
        }
        // A checksum stands behind the record that it speaks of.
        let after = match rest.and_then(|_| skip_blank(reader)) {
            Err(error) if !packed::is_of_the_next(&error) => {
                return Ok(Some(trouble(member, &error)?));
            }
            Ok(()) if !reader.fill_buf().is_ok_and(&may_follow) => {
                let message = "it does not end where it says".to_owned();
                return Ok(Some(Trouble { member, message }));
            }
            result => result,
        };
        match page {
            Ok(Some(page)) => take(&record, &page, collector)?,
            Ok(None) => {}
            Err(rejection) => collector.failure(&member, rejection)?,
        }
        if let Err(error) = after {
            *n_records += 1;
            return Ok(Some(trouble(format!("record {n_records}"), &error)?));
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
    let address = record.address();
    if address.is_empty() || address.ends_with("/robots.txt") {
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
