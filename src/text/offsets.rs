//! Byte offsets to code points, in one pass.

use std::ops::Range;

use crate::domain::span::Span;

/// Turns byte ranges of a text into spans; asked in ascending order it walks the text once.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    byte: usize,
    code_point: usize,
}

impl<'a> Offsets<'a> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            code_point: 0,
        }
    }

    /// The span of a byte range whose ends are character boundaries.
    pub fn span(&mut self, range: &Range<usize>) -> Span {
        Span {
            start: self.at(range.start),
            end: self.at(range.end),
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.code_point) = (0, 0);
        }
        self.code_point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.code_point
    }
}
