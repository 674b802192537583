//! A PDF's letters in the order in which they are drawn, each with its place on its page.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use pdf_extract::{Dictionary, Document, MediaBox, Object, OutputDev, OutputError, Transform};

use super::{Properties, damaged, fonts, packing, sound};
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
    let document = open(bytes, limit)?;
    let endless = sound::endless_drawings(&document);
    let mut pages = Pages {
        properties: properties(&document),
        ..Pages::default()
    };
    let mut n_letters = 0;
    for (number, id) in document.get_pages() {
        if let Err(message) = sound::check_page(&document, id, &endless) {
            pages.broken.push((number, message.to_owned()));
            pages.letters.push(Vec::new());
            continue;
        }
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
            return Err(damaged("it draws more letters than any newspaper"));
        }
        pages.letters.push(upright(&page.letters, page.height));
    }
    if pages.letters.is_empty() {
        return Err(damaged("it has no page"));
    }
    Ok(pages)
}

/// Opens a file and makes it safe for the library, which trusts what it is given.
fn open(bytes: &[u8], limit: u64) -> Result<Document, Rejection> {
    packing::check(bytes, limit)?;
    let mut document = Document::load_mem(bytes).map_err(|error| damaged(&error.to_string()))?;
    let is_locked = document.is_encrypted();
    if is_locked && document.decrypt("").is_err() {
        return Err(Rejection::Locked);
    }
    sound::blank_pictures(&mut document);
    if is_locked {
        packing::check_unlocked(&document, limit)?;
    }
    fonts::spell_out_widths(&mut document);
    Ok(document)
}

/// The letters as seen with the page turned so that most of them stand upright: pages are stored turned, and scans are not
/// quite straight. What is drawn across those, a watermark or the side of a table, is no line of text.
fn upright(letters: &[Drawn], height: f64) -> Letters {
    /// So far, in degrees, may a letter lean from the others.
    const MAX_LEAN: f64 = 6.0;
    let mut votes: HashMap<i32, usize> = HashMap::new();
    for letter in letters {
        *votes.entry(letter.angle.round() as i32).or_default() += 1;
    }
    let usual = votes
        .into_iter()
        .max_by_key(|(angle, votes)| (*votes, -angle.abs(), *angle));
    let usual = usual.map_or(0.0, |(angle, _)| f64::from(angle));
    // -180 degrees and 180 are one.
    let lean = |letter: &Drawn| (letter.angle - usual + 540.0).rem_euclid(360.0) - 180.0;
    let upright: Vec<&Drawn> = letters
        .iter()
        .filter(|letter| lean(letter).abs() < MAX_LEAN)
        .collect();
    let mean = upright.iter().map(|letter| lean(letter)).sum::<f64>() / upright.len().max(1) as f64;
    let (sine, cosine) = (usual + mean).to_radians().sin_cos();
    let turned = |letter: &&Drawn| {
        let left = letter.x * cosine + letter.y * sine;
        Letter {
            text: letter.text.clone(),
            left,
            right: left + letter.width,
            baseline: height - (letter.y * cosine - letter.x * sine),
            size: letter.size,
        }
    };
    upright.iter().map(turned).collect()
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
    let is_form = |c| matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb1d}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}');
    if text.contains(is_form) {
        return text.nfkc().collect();
    }
    text.to_owned()
}

/// A letter as it is drawn, in the page's own coordinates.
struct Drawn {
    text: String,
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    /// In which direction its line runs, in degrees against the clock.
    angle: f64,
}

struct Page {
    height: f64,
    letters: Vec<Drawn>,
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
        // A size below zero turns the letter round.
        let (along, up) = (
            place.m11 * font_size.signum(),
            place.m12 * font_size.signum(),
        );
        if size.is_finite() && size > 0.0 && !text.is_empty() {
            self.letters.push(Drawn {
                text: mended(text),
                x: place.m31,
                y: place.m32,
                width: width * font_size.abs() * along.hypot(up),
                size,
                angle: up.atan2(along).to_degrees(),
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
