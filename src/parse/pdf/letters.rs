//! A PDF's letters in the order in which they are drawn, each with its place on its page.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use pdf_extract::{Dictionary, Document, MediaBox, Object, OutputDev, OutputError, Transform};

use super::{Properties, damaged, sound};
use unicode_normalization::UnicodeNormalization;

use crate::domain::article::Format;
use crate::domain::ledger::Rejection;

/// One letter, or several drawn as one; its place counts from the page's upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Of the line that it stands on.
    pub(super) baseline: f64,
    /// Of its font, as drawn.
    pub(super) size: f64,
}

/// The letters of one page.
pub(super) type Letters = Vec<Letter>;

/// What was read of a file.
#[derive(Default)]
pub(super) struct Pages {
    pub(super) letters: Vec<Letters>,
    /// Pages that the library could not read, by number, and why.
    pub(super) broken: Vec<(u32, String)>,
    pub(super) properties: Properties,
}

/// So many letters are no newspaper's.
const MAX_LETTERS: usize = 20_000_000;

pub(super) fn too_slow(time: Duration) -> Rejection {
    Rejection::TooSlow {
        format: Format::Pdf,
        seconds: time.as_secs(),
    }
}

/// Reads all pages; one that breaks fails alone.
pub(super) fn read(bytes: &[u8], limit: u64, time: Duration) -> Result<Pages, Rejection> {
    let until = Instant::now() + time;
    sound::check_packing(bytes, limit)?;
    let mut document = Document::load_mem(bytes).map_err(|error| damaged(&error.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Rejection::Locked);
    }
    sound::blank_pictures(&mut document);
    sound::check_drawings(&document).map_err(damaged)?;
    let mut pages = Pages {
        properties: properties(&document),
        ..Pages::default()
    };
    let mut n_letters = 0;
    for number in document.get_pages().into_keys() {
        let mut page = Page {
            height: 0.0,
            letters: Vec::new(),
            until,
        };
        // The library panics on what it does not know.
        let result = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&document, &mut page, number)
        }));
        if Instant::now() > until {
            return Err(too_slow(time));
        }
        match result {
            Ok(Ok(())) => {}
            Ok(Err(error)) => pages.broken.push((number, error.to_string())),
            Err(_) => pages
                .broken
                .push((number, "its drawing cannot be read".to_owned())),
        }
        n_letters += page.letters.len();
        if n_letters > MAX_LETTERS {
            return Err(Rejection::Bomb(limit));
        }
        pages.letters.push(page.letters);
    }
    if pages.letters.is_empty() {
        return Err(damaged("it has no page"));
    }
    Ok(pages)
}

fn properties(document: &Document) -> Properties {
    let info = document
        .trailer
        .get(b"Info")
        .and_then(|info| document.dereference(info))
        .ok()
        .and_then(|(_, info)| info.as_dict().ok());
    let text = |key: &[u8]| {
        info.and_then(|info| stated(document, info, key))
            .unwrap_or_default()
    };
    Properties::of_pdf(&text(b"Title"), &text(b"Author"), &text(b"CreationDate"))
}

fn stated(document: &Document, info: &Dictionary, key: &[u8]) -> Option<String> {
    let (_, value) = document.dereference(info.get(key).ok()?).ok()?;
    let Object::String(bytes, _) = value else {
        return None;
    };
    // UTF-16 with its mark, UTF-8 with its mark, or an encoding of its own that is nearly Windows'.
    let encoding = encoding_rs::Encoding::for_bom(bytes);
    let encoding = encoding.map_or(encoding_rs::WINDOWS_1252, |(encoding, _)| encoding);
    Some(encoding.decode(bytes).0.into_owned())
}

/// Letters drawn as one become letters again. Of several in one the library confuses the two bytes of each.
fn mended(text: &str) -> String {
    let swapped = |c: char| {
        let letter = char::from_u32(u32::from(c).swap_bytes() >> 16)?;
        letter.is_ascii_alphabetic().then_some(letter)
    };
    if text.chars().nth(1).is_some()
        && let Some(letters) = text.chars().map(swapped).collect::<Option<String>>()
    {
        return letters;
    }
    if text.contains(|c| ('\u{fb00}'..='\u{fb06}').contains(&c)) {
        return text.nfkc().collect();
    }
    text.to_owned()
}

struct Page {
    height: f64,
    letters: Letters,
    until: Instant,
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.height = media.ury;
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let is_due = self.letters.len().is_multiple_of(1_000) && Instant::now() > self.until;
        if is_due || self.letters.len() > MAX_LETTERS {
            return Err(std::io::Error::other("it takes too long").into());
        }
        // The size of a square as large as the one that the letter's square is drawn as.
        let size = font_size.abs() * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        // What is drawn across the page, a watermark or the side of a table, is no line of text.
        let is_level = place.m12.abs() < place.m11.abs() * 0.1;
        if is_level && size.is_finite() && size > 0.0 && !text.is_empty() {
            let left = place.m31;
            self.letters.push(Letter {
                text: mended(text),
                left,
                right: left + width * font_size.abs() * place.m11.abs(),
                baseline: self.height - place.m32,
                size,
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
