//! PDF files with a text layer: the letters with their places by `pdf-extract`, lines and paragraphs from these places.

mod direction;
mod fonts;
mod layout;
mod letters;
mod ocr;
mod packing;
mod pictures;
mod prose;
mod sound;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::office::Properties;
use super::{Collector, ParseError, text, untitled};
use crate::domain::article::{Format, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use letters::{Letters, Pages};

/// The longest sound files, reports of a thousand pages, take a tenth of this …
const MAX_SECONDS: u64 = 60;

/// … and the smallest no more than this on a busy machine; each further second has its bytes.
const MIN_SECONDS: u64 = 10;
const BYTES_PER_SECOND: u64 = 50_000;

/// The library recurses over nested drawings.
const STACK_BYTES: usize = 64 << 20;

/// A page with fewer letters than this, on the whole, is a picture.
const MIN_LETTERS: usize = 20;

pub(super) fn read(
    bytes: &[u8],
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let pages = extract(bytes.to_vec(), collector.options().limits.member)?;
    let n_letters: usize = pages.letters.iter().map(Letters::len).sum();
    if n_letters < MIN_LETTERS * pages.letters.len().clamp(1, 5) {
        return match (pages.broken.first(), &collector.options().ocr) {
            (Some((_, message)), _) => Err(damaged(message).into()),
            (None, Some(ocr)) => {
                let text = ocr::read(bytes, ocr)?;
                let paragraphs = super::layout::paragraphs(&text);
                let article = text::read_paragraphs(paragraphs, untitled(document), document);
                let mut article = article.ok_or(Rejection::NoArticle(Format::Pdf))?;
                (article.format, article.is_ocr) = (Format::Pdf, true);
                pages.properties.complete(&mut article);
                Ok(collector.article(article)?)
            }
            (None, None) => Err(Rejection::Scan.into()),
        };
    }
    for (number, message) in &pages.broken {
        let rejection = Rejection::BrokenMember(message.clone());
        collector.failure(&format!("page {number}"), rejection)?;
    }
    let prose = prose::of(&layout::lines(&pages.letters));
    let has_heading = prose.heading.is_some();
    let paragraphs = prose.heading.into_iter().chain(prose.paragraphs).collect();
    let mut article = text::read_paragraphs(paragraphs, untitled(document), document)
        .ok_or(Rejection::NoArticle(Format::Pdf))?;
    article.format = Format::Pdf;
    // Without larger letters the first line may be anything: the properties know better.
    if !has_heading && let Some(title) = pages.properties.title.clone() {
        (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
    }
    pages.properties.complete(&mut article);
    Ok(collector.article(article)?)
}

/// Reads the letters on a thread of their own, which is left behind if it does not end: it cannot be stopped from outside.
fn extract(bytes: Vec<u8>, limit: u64) -> Result<Pages, Rejection> {
    let (done, result) = mpsc::channel();
    let seconds = MIN_SECONDS + bytes.len() as u64 / BYTES_PER_SECOND;
    let time = Duration::from_secs(seconds.min(MAX_SECONDS));
    let work = move || done.send(letters::read(&bytes, limit, time));
    let reader = thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(work)
        .map_err(Rejection::from)?;
    let pages = match result.recv_timeout(time + Duration::from_secs(5)) {
        Ok(pages) => pages,
        Err(mpsc::RecvTimeoutError::Timeout) => return Err(letters::too_slow(time)),
        // A library that panics on a file has found no sound PDF in it.
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(damaged("its structure cannot be read")),
    };
    // It has said what it found; what it still holds is freed before the next file.
    let _ = reader.join();
    pages
}

fn damaged(message: &str) -> Rejection {
    Rejection::Damaged {
        format: Format::Pdf,
        message: message.to_owned(),
    }
}

impl Properties {
    /// Of a PDF's information dictionary; its date is `D:20160105093000+01'00'`.
    fn of_pdf(title: &str, author: &str, date: &str) -> Self {
        let date = date.trim_start_matches("D:");
        let day = date
            .get(..8)
            .filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
        let day = day.map_or_else(String::new, |day| {
            format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
        });
        Self::new(title, author, &day)
    }
}

#[cfg(test)]
mod tests;
