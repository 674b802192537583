//! UTF-16 and UTF-32, with and without their marks.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// So many units tell what a file is.
const HEAD_UNITS: usize = 16_384;

/// The text of bytes that are two or four to a letter; none for all others.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] if is_wide(rest, u32::from_le_bytes) => {
            return Some(wide(rest, u32::from_le_bytes));
        }
        [0, 0, 0xfe, 0xff, rest @ ..] => return Some(wide(rest, u32::from_be_bytes)),
        [0xff, 0xfe, rest @ ..] => return Some(utf16(rest, true)),
        [0xfe, 0xff, rest @ ..] => return Some(utf16(rest, false)),
        _ => {}
    }
    memchr::memchr(0, bytes)?;
    if is_wide(bytes, u32::from_le_bytes) {
        return Some(wide(bytes, u32::from_le_bytes));
    }
    if is_wide(bytes, u32::from_be_bytes) {
        return Some(wide(bytes, u32::from_be_bytes));
    }
    let head = &bytes[..bytes.len().min(2 * HEAD_UNITS)];
    let n_controls = head.iter().filter(|byte| is_control(**byte)).count();
    if n_controls * 100 < head.len() {
        // A text of single bytes with a stray zero.
        return None;
    }
    let separators = |from: fn([u8; 2]) -> u16| n_separators(head, from);
    match (
        separators(u16::from_le_bytes),
        separators(u16::from_be_bytes),
    ) {
        (Some(little), big) if big.is_none_or(|big| little >= big) => Some(utf16(bytes, true)),
        (_, Some(_)) => Some(utf16(bytes, false)),
        _ => None,
    }
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)
}

fn utf16(bytes: &[u8], is_little: bool) -> String {
    // Tools that append a line end to any file add one byte.
    let even = &bytes[..bytes.len() & !1];
    let encoding = if is_little { UTF_16LE } else { UTF_16BE };
    encoding.decode_without_bom_handling(even).0.into_owned()
}

/// How often what parts words and sentences stands in the bytes, read as UTF-16 of that order; none where they make no text.
fn n_separators(bytes: &[u8], from: fn([u8; 2]) -> u16) -> Option<usize> {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| from(*pair)).collect();
    let (mut n_separators, mut n_bad) = (0, 0);
    for result in char::decode_utf16(units.iter().copied()) {
        match result {
            Ok(' ' | '\n' | '\r' | '.' | ',' | '\u{3000}' | '、' | '。' | '，') => {
                n_separators += 1;
            }
            Ok(c) if c.is_control() && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                n_bad += 1;
            }
            Ok(_) => {}
            Err(_) => n_bad += 1,
        }
    }
    let is_text = n_bad * 50 <= units.len() && n_separators > 0;
    (is_text && n_separators * 300 >= units.len()).then_some(n_separators)
}

/// Whether every unit of four bytes is a letter: as UTF-16 two of them would be no such number.
fn is_wide(bytes: &[u8], from: fn([u8; 4]) -> u32) -> bool {
    let units = &bytes.as_chunks().0;
    let is_letter = |unit: &[u8; 4]| char::from_u32(from(*unit)).is_some_and(|c| c != '\0');
    let units = &units[..units.len().min(HEAD_UNITS)];
    let n_letters = units.iter().filter(|unit| is_letter(unit)).count();
    n_letters > 0 && (units.len() - n_letters) * 50 <= units.len()
}

fn wide(bytes: &[u8], from: fn([u8; 4]) -> u32) -> String {
    let units = bytes.as_chunks().0.iter().map(|unit| from(*unit));
    units
        .map(|unit| char::from_u32(unit).unwrap_or('\u{fffd}'))
        .collect()
}
