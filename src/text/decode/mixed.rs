//! Texts of single bytes that are not all UTF-8: another encoding, UTF-8 with damage, or lines of both.

use std::ops::AddAssign;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1250, WINDOWS_1252,
};

/// Encodings of alphabets other than the Latin, by the beginnings of their names.
const NOT_LATIN: [&str; 13] = [
    "windows-1251",
    "windows-1253",
    "windows-1255",
    "windows-1256",
    "windows-874",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "KOI8",
    "IBM866",
    "x-mac-cyrillic",
    "macintosh-",
];

/// Fewer odd bytes than this tell no encoding.
const MIN_EVIDENCE: usize = 3;

/// Characters of UTF-8 beyond ASCII, and stretches that are none.
#[derive(Clone, Copy, Default)]
struct Count {
    good: usize,
    bad: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.good += other.good;
        self.bad += other.bad;
    }
}

/// The text of bytes that are not UTF-8 throughout; `stated` is what they are said to be.
pub(super) fn decode(bytes: &[u8], stated: Option<&'static Encoding>) -> String {
    let stated = stated.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding));
    let (mut whole, mut damaged, mut other) =
        (Count::default(), Count::default(), Count::default());
    let mut other_lines = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let count = counted(line);
        match count {
            Count { bad: 0, .. } => whole += count,
            Count { good: 0, .. } => {
                other += count;
                other_lines.extend_from_slice(line);
            }
            _ => damaged += count,
        }
    }
    let legacy = legacy(&other_lines, stated);
    let (n_good, n_bad) = (whole.good + damaged.good, damaged.bad + other.bad);
    let is_mostly_utf8 = n_good >= 2 * n_bad;
    // In a text of another encoding some bytes are UTF-8 by chance, but hardly ever all of a line.
    let has_utf8_lines = damaged.good * 10 <= n_bad
        && if is_multibyte(legacy) {
            whole.good >= 8 && whole.good * 10 >= n_bad
        } else {
            whole.good > 0
        };
    if is_mostly_utf8 || has_utf8_lines {
        return lines(bytes, legacy, other.bad);
    }
    let encoding = if damaged.bad == 0 {
        legacy
    } else {
        self::legacy(bytes, stated)
    };
    decoded(bytes, encoding)
}

fn counted(line: &[u8]) -> Count {
    let mut count = Count::default();
    for chunk in line.utf8_chunks() {
        count.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        count.bad += usize::from(!chunk.invalid().is_empty());
    }
    count
}

/// Line by line: UTF-8, or the other encoding where nothing in the line is UTF-8.
fn lines(bytes: &[u8], legacy: &'static Encoding, n_other: usize) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if counted(line).good == 0 && n_other >= MIN_EVIDENCE {
            text.push_str(&decoded(line, legacy));
        } else {
            mend(line, &mut text);
        }
    }
    text
}

/// UTF-8 with damage: a byte that is plainly a letter or mark of windows-1252 becomes that, any other U+FFFD.
fn mend(line: &[u8], text: &mut String) {
    let mut rest = line;
    let mut is_after_damage = false;
    for chunk in line.utf8_chunks() {
        text.push_str(chunk.valid());
        rest = &rest[chunk.valid().len() + chunk.invalid().len()..];
        is_after_damage &= chunk.valid().is_empty();
        if chunk.invalid().is_empty() {
            continue;
        }
        let before = text.chars().next_back();
        let after = rest.first().copied();
        match western(chunk.invalid(), before, after).filter(|_| !is_after_damage) {
            Some(known) => text.push_str(&known),
            None => text.push('\u{fffd}'),
        }
        is_after_damage = true;
    }
}

fn western(bytes: &[u8], before: Option<char>, after: Option<u8>) -> Option<String> {
    let is_mark = |byte: u8| matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0xab | 0xbb);
    let touches_letter = before.is_some_and(|c| c.is_ascii_alphabetic())
        || after.is_some_and(|byte| byte.is_ascii_alphabetic());
    // Stray first bytes of UTF-8 look like these letters.
    let is_letter = |byte: u8| byte >= 0xc0 && !matches!(byte, 0xc2 | 0xc3 | 0xd7 | 0xe2 | 0xf7);
    let is_ascii_after = after.is_none_or(|byte| byte.is_ascii());
    let is_known = match bytes {
        [byte] if is_mark(*byte) => is_ascii_after,
        [byte] => is_letter(*byte) && touches_letter && is_ascii_after,
        [letter, marks @ ..] => {
            is_letter(*letter)
                && before.is_some_and(|c| c.is_ascii_alphabetic())
                && marks.iter().all(|byte| is_mark(*byte))
                && is_ascii_after
        }
        [] => false,
    };
    is_known.then(|| decoded(bytes, WINDOWS_1252))
}

/// The encoding of lines that are no UTF-8: the stated one if they agree with it, else what they look like.
fn legacy(bytes: &[u8], stated: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(stated) = stated.filter(|encoding| agrees(bytes, encoding)) {
        return stated;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let n_odd = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // A few letters make any encoding likely; then the commonest is, if they make words in it.
    let is_doubtful = n_odd < if is_multibyte(guess) { 6 } else { 9 };
    if is_doubtful && (is_multibyte(guess) || is_latin(guess) && is_neat(bytes)) {
        return WINDOWS_1252;
    }
    guess
}

/// Whether bytes make words in windows-1252: no symbol stands before a letter, no capital behind a small one.
fn is_neat(bytes: &[u8]) -> bool {
    let text = decoded(bytes, WINDOWS_1252);
    let pairs = text.chars().zip(text.chars().skip(1));
    let is_symbol = |c: char| {
        matches!(
            c,
            '£' | '¥' | '¦' | '¹' | '²' | '³' | '¼' | '½' | '¾' | '¿' | '¯' | '¸' | '\u{fffd}'
        )
    };
    !pairs.into_iter().any(|(one, next)| {
        one.is_lowercase() && !next.is_ascii() && next.is_uppercase()
            || one.is_alphabetic() && is_symbol(next)
            || is_symbol(one) && one != '¿' && next.is_lowercase()
    })
}

fn is_latin(encoding: &'static Encoding) -> bool {
    !is_multibyte(encoding)
        && !NOT_LATIN
            .iter()
            .any(|name| encoding.name().starts_with(name))
}

fn is_multibyte(encoding: &'static Encoding) -> bool {
    [GBK, GB18030, BIG5, EUC_JP, EUC_KR, SHIFT_JIS].contains(&encoding)
}

/// Whether bytes make sense in that encoding: few are impossible there, and letters stand beside their like. In Latin scripts
/// accents are sparse among plain letters; in others plain letters make words of their own.
fn agrees(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let text = decoded(bytes, encoding);
    let (mut n_foreign, mut n_bad, mut n_letters) = (0, 0, 0);
    let (mut n_in_runs, mut n_beside_ascii) = (0, 0);
    let (mut run, mut before) = (0, ' ');
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_ascii() {
            (run, before) = (0, c);
            continue;
        }
        n_foreign += 1;
        n_bad += usize::from(c == '\u{fffd}');
        run += 1;
        n_in_runs += match run {
            3 => 3,
            4.. => 1,
            _ => 0,
        };
        if c.is_alphabetic() {
            n_letters += 1;
            let after = letters.peek().copied().unwrap_or(' ');
            let is_beside = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
            n_beside_ascii += usize::from(is_beside);
        }
        before = c;
    }
    if n_bad > 1 && n_bad * 20 > n_foreign {
        return false;
    }
    if is_multibyte(encoding) || n_foreign < MIN_EVIDENCE {
        return true;
    }
    if is_latin(encoding) {
        n_in_runs * 2 <= n_foreign
    } else {
        n_beside_ascii * 2 <= n_letters
    }
}

/// Decodes, with the quotation marks and dashes that Windows has where the ISO encodings have control characters.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> String {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let is_odd = |c: char| matches!(c, '\u{80}'..='\u{9f}' | 'ÿ');
    if !text.contains(is_odd) {
        return text.into_owned();
    }
    let central = ["ISO-8859-2", "ISO-8859-16"].contains(&encoding.name());
    let windows = if central { WINDOWS_1250 } else { WINDOWS_1252 };
    let mut mended = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let before = mended.chars().next_back();
        let is_in_word = [before, letters.peek().copied()]
            .into_iter()
            .flatten()
            .any(char::is_alphabetic);
        mended.push(match c {
            '\u{80}'..='\u{9f}' => on_windows(c as u8, windows),
            // The byte 255 is damage more often than this rare letter, which no word has at both ends.
            'ÿ' if !is_in_word => '\u{fffd}',
            c => c,
        });
    }
    mended
}

fn on_windows(byte: u8, windows: &'static Encoding) -> char {
    let byte = [byte];
    let (letter, _) = windows.decode_without_bom_handling(&byte);
    let letter = letter.chars().next().filter(|c| !c.is_control());
    letter.unwrap_or('\u{fffd}')
}
