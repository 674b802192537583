//! Web archives (WARC 0.17 to 1.1): every page that a crawler fetched is a document of its own. Requests, redirects, errors,
//! pictures and robots.txt are passed over in silence.

mod http;
mod record;

use std::io::{BufRead, BufReader, Read};

use super::{Collector, ParseError, bundle, when};
use crate::domain::article::{Article, Format, Published, PublishedOrigin, Source};
use crate::domain::ledger::Rejection;
use record::Record;

pub(super) fn read(reader: impl Read, collector: &mut Collector<'_>) -> Result<(), ParseError> {
    let broken = |error: std::io::Error| bundle::rejection(&error, Format::Warc);
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let mut n_records = 0;
    while let Some(record) = Record::next(&mut reader).map_err(broken)? {
        if record.n_skipped > 0 {
            let member = format!("between record {n_records} and the next");
            let message = format!("{} bytes are no record", record.n_skipped);
            collector.failure(&member, Rejection::BrokenMember(message))?;
        }
        n_records += 1;
        let mut content = (&mut reader).take(record.length);
        take(&record, &mut content, collector)?;
        std::io::copy(&mut content, &mut std::io::sink()).map_err(broken)?;
        if content.limit() > 0 {
            let message = format!("record {n_records} breaks off");
            let format = Format::Warc;
            return Err(Rejection::Damaged { format, message }.into());
        }
    }
    Ok(())
}

/// Hands on what a record holds, if that is something to read.
fn take(
    record: &Record,
    content: &mut impl BufRead,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let is_page = match record.field("warc-type") {
        "response" => record.field("content-type").starts_with("application/http"),
        "resource" | "conversion" => true,
        _ => false,
    };
    let address = record.field("warc-target-uri").trim_matches(['<', '>']);
    if !is_page || address.is_empty() || address.ends_with("/robots.txt") {
        return Ok(());
    }
    let limit = collector.options().limits.member;
    let page = match record.field("warc-type") {
        "response" => http::Page::read(content, record.length, limit),
        _ => http::Page::resource(record.field("content-type"), content, record.length, limit),
    };
    let page = match page {
        Ok(Some(page)) => page,
        Ok(None) => return Ok(()),
        Err(rejection) => return Ok(collector.failure(address, rejection)?),
    };
    let (at, date) = (address.to_owned(), record.field("warc-date").to_owned());
    let amend = move |article: &mut Article| complete(article, &at, &date);
    collector.member(address, &mut page.body.as_slice(), Some(Box::new(amend)))
}

/// Adds what only the archive knows: the address, and, where the page gives no date, that in its address or of its capture.
fn complete(article: &mut Article, address: &str, date: &str) {
    let host = host(address);
    let own = article.url.as_deref().and_then(self::host);
    if own.is_none() || own != host {
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
        article.published = when::read(address, PublishedOrigin::Url)
            .or_else(|| when::read(date, PublishedOrigin::Capture));
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
