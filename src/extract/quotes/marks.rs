//! Where quotations open and close, by any of the marks that news uses.

use crate::domain::span::Span;

/// Words that begin with an apostrophe, not with a quotation mark.
const CLIPPED: [&str; 13] = [
    "em", "n", "til", "till", "tis", "twas", "round", "bout", "cause", "cos", "s", "un", "ere",
];

/// Words before "said" in what people say of themselves.
const OWN_WORDS: &str =
    "I we We you have had has ve was were been be always just never not to then who";

/// A paragraph of a quotation is shorter, in code points; so that a text full of opening marks stays cheap.
const MAX_LENGTH: usize = 6000;

/// A quotation, or one paragraph of a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Without its marks.
    pub(super) span: Span,
    /// With its marks.
    pub(super) outer: Span,
    /// Whether it goes on with what the paragraph before left open.
    pub(super) continues: bool,
}

/// Finds the quotations of a text. Within one, marks of other kinds are part of it.
pub(super) fn pieces(characters: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut continues = false;
    let mut at = 0;
    while at < characters.len() {
        let Some(width) = opens(characters, at) else {
            at += 1;
            continue;
        };
        let start = at + width;
        let close = close(characters, at, start);
        let Some(close) = close else {
            continues = false;
            at = start;
            continue;
        };
        let span = trimmed(characters, start, close.at);
        if span.start < span.end {
            pieces.push(Piece {
                span,
                outer: Span {
                    start: at,
                    end: close.at + close.width,
                },
                continues,
            });
        }
        continues = close.goes_on;
        at = (close.at + close.width).max(start);
    }
    pieces
}

/// The end of a quotation.
struct Close {
    at: usize,
    /// How many characters the mark has; none where the next paragraph opens anew.
    width: usize,
    goes_on: bool,
}

fn before(characters: &[char], n: usize) -> char {
    n.checked_sub(1).map_or(' ', |before| characters[before])
}

fn after(characters: &[char], n: usize) -> char {
    characters.get(n + 1).copied().unwrap_or(' ')
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | ':')
}

/// How wide the mark is that opens a quotation here.
fn opens(characters: &[char], n: usize) -> Option<usize> {
    let (before, next) = (before(characters, n), after(characters, n));
    let opens = match characters[n] {
        '“' | '„' | '«' | '‹' => true,
        '»' | '”' | '‚' | '›' => is_gap(before) && next.is_alphanumeric(),
        // A straight mark behind a word and before a gap only closes; between letters it stands for an apostrophe.
        '"' => {
            let closes = next.is_whitespace() || matches!(next, ',' | '.' | ';' | ')');
            before.is_whitespace() || !closes && !before.is_alphanumeric()
        }
        '`' if next == '`' => return Some(2),
        '‘' | '\'' => is_gap(before) && next.is_alphabetic() && !is_clipped(characters, n + 1),
        _ => false,
    };
    opens.then_some(1)
}

fn is_clipped(characters: &[char], start: usize) -> bool {
    let word: String = characters[start..]
        .iter()
        .take(8)
        .take_while(|c| c.is_alphabetic())
        .collect();
    CLIPPED.contains(&word.to_lowercase().as_str())
}

fn close(characters: &[char], mark: usize, start: usize) -> Option<Close> {
    let end = (start + MAX_LENGTH).min(characters.len());
    let paragraph = characters[start..end]
        .iter()
        .position(|c| *c == '\n')
        .map_or(end, |length| start + length);
    match characters[mark] {
        '‘' | '\'' | '‚' => single(characters, start, paragraph),
        open => double(characters, open, mark, start, paragraph),
    }
}

fn double(
    characters: &[char],
    open: char,
    mark: usize,
    start: usize,
    paragraph: usize,
) -> Option<Close> {
    for n in start..paragraph {
        let c = characters[n];
        let closes = match open {
            '“' => matches!(c, '”' | '"'),
            '„' => matches!(c, '“' | '”' | '"'),
            '«' => c == '»',
            '»' => c == '«',
            '‹' => c == '›',
            '›' => c == '‹',
            '`' if c == '\'' && after(characters, n) == '\'' => {
                return Some(Close {
                    at: n,
                    width: 2,
                    goes_on: false,
                });
            }
            '`' => c == '"',
            _ => matches!(c, '”' | '"'),
        };
        // Where a mark was forgotten, one that can only open starts anew.
        let is_double = matches!(c, '“' | '«' | '„' | '‹');
        let reopens =
            n > start && (c == open && is_double || c == '"' && only_opens(characters, n));
        if reopens {
            return is_run_on(characters, mark, start, n).then_some(Close {
                at: n,
                width: 0,
                goes_on: true,
            });
        }
        if closes && !is_measure(characters, n, paragraph) && !is_inside_word(characters, n) {
            return Some(Close {
                at: n,
                width: 1,
                goes_on: false,
            });
        }
    }
    if characters.get(paragraph) != Some(&'\n') {
        return None;
    }
    // A quotation that goes on in the next paragraph opens there again; one that doesn't was never closed.
    let next = characters[paragraph..]
        .iter()
        .take(8)
        .position(|c| !c.is_whitespace())?;
    let reopens = match characters[paragraph + next] {
        '“' | '"' => matches!(open, '“' | '"' | '”'),
        c => c == open || open == '«' && c == '»',
    };
    reopens.then_some(Close {
        at: paragraph,
        width: 0,
        goes_on: true,
    })
}

fn only_opens(characters: &[char], n: usize) -> bool {
    before(characters, n).is_whitespace() && after(characters, n).is_alphanumeric()
}

fn is_inside_word(characters: &[char], n: usize) -> bool {
    before(characters, n).is_alphanumeric() && after(characters, n).is_alphanumeric()
}

/// `12" deep`: behind a digit, and the next mark closes something, so this one doesn't.
fn is_measure(characters: &[char], n: usize, paragraph: usize) -> bool {
    characters[n] == '"'
        && before(characters, n).is_ascii_digit()
        && after(characters, n) == ' '
        && (n + 1..paragraph)
            .find(|m| characters[*m] == '"')
            .is_some_and(|next| !before(characters, next).is_whitespace())
}

/// Paragraphs of one quotation that were run together: each opens and only the last closes. The open part must be a whole
/// sentence, and no narration in it: "… he said".
fn is_run_on(characters: &[char], mark: usize, start: usize, end: usize) -> bool {
    let head = characters[..mark].iter().rev().find(|c| **c != ' ');
    let begins = head.is_none_or(|c| matches!(c, ':' | ',' | '.' | '?' | '!' | '"' | '”' | '\n'));
    let tail = characters[start..end]
        .iter()
        .rev()
        .find(|c| !c.is_whitespace());
    let text: String = characters[start..end].iter().collect();
    begins
        && characters[start].is_uppercase()
        && tail.is_some_and(|c| matches!(c, '.' | '?' | '!'))
        && !has_narration(&text)
}

/// What a reporter writes behind a forgotten mark: "it said", "Dahl said that". "I said" and "as we have said" are a speaker's.
fn has_narration(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let tells = |word: &str| matches!(word, "said" | "says" | "added" | "told" | "adds");
    let is_own = |word: &str| OWN_WORDS.split(' ').any(|own| own == word);
    words
        .windows(2)
        .any(|pair| tells(pair[1]) && !is_own(pair[0]))
}

/// The end of a quotation in single marks, which look like apostrophes.
fn single(characters: &[char], start: usize, paragraph: usize) -> Option<Close> {
    let mut doubtful = None;
    let mut found = None;
    for n in start..paragraph {
        let (before, next) = (before(characters, n), after(characters, n));
        let opens = matches!(characters[n], '‘' | '\'')
            && before.is_whitespace()
            && next.is_alphanumeric()
            && !is_clipped(characters, n + 1);
        if opens {
            break;
        }
        let may_close = matches!(characters[n], '’' | '\'' | '‘')
            && !next.is_alphanumeric()
            && !before.is_whitespace();
        if !may_close {
            continue;
        }
        let is_sure = matches!(before, ',' | '.' | '?' | '!' | '…' | '—' | '-')
            || matches!(next, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '—')
            || n + 1 == paragraph
            || !matches!(before, 's' | 'S' | 'n');
        if is_sure {
            found = Some(n);
            break;
        }
        doubtful = doubtful.or(Some(n));
    }
    let at = found.or(doubtful)?;
    // It doesn't cut a quotation in double marks.
    let n_double = characters[start..at].iter().filter(|c| **c == '"').count();
    let n_open = characters[start..at].iter().filter(|c| **c == '“').count();
    let n_close = characters[start..at].iter().filter(|c| **c == '”').count();
    (n_double % 2 == 0 && n_open == n_close).then_some(Close {
        at,
        width: 1,
        goes_on: false,
    })
}

/// French marks have spaces inside.
fn trimmed(characters: &[char], mut start: usize, mut end: usize) -> Span {
    while start < end && characters[start].is_whitespace() {
        start += 1;
    }
    while start < end && characters[end - 1].is_whitespace() {
        end -= 1;
    }
    Span { start, end }
}
