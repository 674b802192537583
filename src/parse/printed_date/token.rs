//! Cuts a text into numbers, words and marks, in whatever digits and letters it is written.

use unicode_normalization::UnicodeNormalization;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Whether a space stands before it.
    pub(super) is_apart: bool,
    /// Where it stands, in bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and how many digits it has.
    Number(u64, usize),
    /// A word, folded.
    Word(String),
    Mark(char),
}

impl Token {
    /// Whether it is a number of four digits that is neither a time of day nor a year that may have been.
    pub(super) fn is_impossible_year(&self) -> bool {
        const LAST_CLOCK: u64 = 2400;
        matches!(self.kind, Kind::Number(number, 4) if number > LAST_CLOCK)
    }
}

/// Lower case without accents; the signs of scripts that write vowels as signs stay.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}');
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Taken apart, a syllable of Hangul would be three letters.
            '가'..='힣' => folded.push(c),
            'ı' => folded.push('i'),
            'ی' | 'ى' => folded.push('ي'),
            'ک' => folded.push('ك'),
            _ => folded.extend(
                std::iter::once(c)
                    .nfkd()
                    .filter(|c| !is_accent(c))
                    .flat_map(char::to_lowercase)
                    .filter(|c| !is_accent(c)),
            ),
        }
    }
    folded
}

/// A digit of the scripts that print dates in their own.
pub(super) fn digit(c: char) -> Option<u64> {
    const ZEROS: [char; 9] = ['٠', '۰', '०', '০', '૦', '๐', '၀', '០', '０'];
    let own = || {
        ZEROS.iter().find_map(|zero| {
            let value = (c as u32).checked_sub(*zero as u32)?;
            (value < 10).then_some(u64::from(value))
        })
    };
    c.to_digit(10).map(u64::from).or_else(own)
}

/// Marks of direction, joiners and soft hyphens, which nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

fn is_thai(c: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&c)
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut is_apart = true;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if let Some(first) = digit(c) {
            let (mut value, mut n) = (first, 1);
            while let Some(next) = chars.peek().and_then(|(_, c)| digit(*c)) {
                (value, n) = (value.saturating_mul(10).saturating_add(next), n + 1);
                end = chars.next().map_or(end, |(at, c)| at + c.len_utf8());
            }
            Kind::Number(value, n)
        } else if is_letter(c) {
            while let Some((at, next)) = chars.peek().copied() {
                let after = text[at + next.len_utf8()..].chars().next();
                // ม.ค. is one word.
                let is_inner_dot = next == '.' && is_thai(c) && after.is_some_and(is_thai);
                if !is_letter(next) && !is_inner_dot && !is_invisible(next) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            let word: String = text[start..end]
                .chars()
                .filter(|c| !is_invisible(*c))
                .collect();
            Kind::Word(fold(&word))
        } else {
            Kind::Mark(match c {
                '’' | '‘' | 'ʼ' => '\'',
                '‐' | '‑' | '‒' | '–' | '−' => '-',
                '．' | '。' => '.',
                '／' | '⁄' => '/',
                '，' | '、' | '،' => ',',
                '：' => ':',
                c => c,
            })
        };
        tokens.push(Token {
            kind,
            is_apart,
            start,
            end,
        });
        is_apart = false;
    }
    tokens
}

impl Token {
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// A number of at most so many digits.
    pub(super) fn number(&self, max_digits: usize) -> Option<u32> {
        match self.kind {
            Kind::Number(value, n) if n <= max_digits => u32::try_from(value).ok(),
            _ => None,
        }
    }

    pub(super) fn n_digits(&self) -> usize {
        match self.kind {
            Kind::Number(_, n) => n,
            _ => 0,
        }
    }
}
