//! Where quotations open and close, by any of the marks that news uses.

use crate::domain::span::Span;

/// A quotation, or one paragraph of a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Without its marks.
    pub(super) span: Span,
    /// Whether it goes on with what the paragraph before left open.
    pub(super) continues: bool,
}

/// Finds the quotations of a text. Single marks count only outside double ones and where they cannot be apostrophes.
pub(super) fn pieces(characters: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut continues = false;
    for (n, c) in characters.iter().copied().enumerate() {
        match open {
            None if opens(characters, n) => open = Some((n + 1, c)),
            Some((start, _)) if c == '\n' => {
                let next = characters[n..]
                    .iter()
                    .take(8)
                    .position(|c| !c.is_whitespace());
                let reopens = next.is_some_and(|next| matches!(characters[n + next], '“' | '"'));
                // A quotation that goes on in the next paragraph opens there again; one that doesn't was never closed.
                if reopens {
                    pieces.push(Piece {
                        span: Span { start, end: n },
                        continues,
                    });
                }
                continues = reopens;
                open = None;
            }
            // Where a mark was forgotten, one that can only open starts anew.
            Some((_, '“')) if c == '“' => open = Some((n + 1, c)),
            Some((start, '"')) if c == '"' && n > start && only_opens(characters, n) => {
                open = Some((n + 1, c));
            }
            Some((start, mark)) if closes(characters, n, mark) => {
                pieces.push(Piece {
                    span: Span { start, end: n },
                    continues,
                });
                continues = false;
                open = None;
            }
            _ => {}
        }
    }
    pieces.retain(|piece| piece.span.start < piece.span.end);
    pieces
}

fn opens(characters: &[char], n: usize) -> bool {
    let before = n.checked_sub(1).map_or(' ', |before| characters[before]);
    let after = characters.get(n + 1).copied().unwrap_or(' ');
    match characters[n] {
        '“' => true,
        // A straight mark behind a word and before a gap only closes.
        '"' => before.is_whitespace() || !(after.is_whitespace() || matches!(after, ',' | '.')),
        '‘' | '\'' => {
            (before.is_whitespace() || matches!(before, '(' | '—')) && after.is_uppercase()
        }
        _ => false,
    }
}

fn only_opens(characters: &[char], n: usize) -> bool {
    let before = n.checked_sub(1).map_or(' ', |before| characters[before]);
    let after = characters.get(n + 1).copied().unwrap_or(' ');
    before.is_whitespace() && after.is_alphanumeric()
}

fn closes(characters: &[char], n: usize, mark: char) -> bool {
    let before = n.checked_sub(1).map_or(' ', |before| characters[before]);
    let after = characters.get(n + 1).copied().unwrap_or(' ');
    match mark {
        '“' | '"' => matches!(characters[n], '”' | '"'),
        _ => {
            matches!(characters[n], '’' | '\'')
                && matches!(before, ',' | '.' | '?' | '!')
                && !after.is_alphanumeric()
        }
    }
}
