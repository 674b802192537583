//! The last thing before a terminal: bytes that it would obey are left out, whoever wrote them.

use std::io::{self, Write};

use crate::text::clean::printable;

/// Passes text on without control characters, but line feeds and, where they are wanted, our own colours.
#[derive(Debug)]
pub struct Plain<W> {
    out: W,
    is_colored: bool,
    /// The beginning of a letter or of a colour, whose rest is still to come.
    begun: Vec<u8>,
}

/// No code of a colour is longer.
const MAX_CODE: usize = 12;

impl<W: Write> Plain<W> {
    /// Passes on to `out`.
    pub fn new(out: W, is_colored: bool) -> Self {
        Self {
            out,
            is_colored,
            begun: Vec::new(),
        }
    }

    /// Where it was passed on to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn pass(&mut self, text: &str) -> io::Result<()> {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default();
        self.out.write_all(printable(first).as_bytes())?;
        for part in parts {
            let code = code_of(part).filter(|_| self.is_colored);
            let (code, rest) = part.split_at(code.unwrap_or(0));
            if !code.is_empty() {
                write!(self.out, "\u{1b}{code}")?;
            }
            self.out.write_all(printable(rest).as_bytes())?;
        }
        Ok(())
    }
}

/// The length of `[1;31m` at the start of what follows an escape.
fn code_of(rest: &str) -> Option<usize> {
    let numbers = rest.strip_prefix('[')?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers[end..].starts_with('m').then_some(end + 2)
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut whole = match std::str::from_utf8(&all) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len(),
        };
        let escape = all[..whole].iter().rposition(|byte| *byte == 0x1b);
        let is_cut = |at: &usize| whole - at <= MAX_CODE && !all[*at..whole].contains(&b'm');
        if let Some(at) = escape.filter(is_cut) {
            whole = at;
        }
        self.begun = all.split_off(whole);
        self.pass(&String::from_utf8_lossy(&all))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let begun = std::mem::take(&mut self.begun);
        self.pass(&String::from_utf8_lossy(&begun))?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_text_and_our_own_colours_alone() {
        let text = "\u{1b}[1mbold\u{1b}[0m \u{1b}[2J\u{1b}]0;t\u{7}é港\u{9b}31m\r\u{202e}\n";
        for (is_colored, printed) in [
            (true, "\u{1b}[1mbold\u{1b}[0m [2J]0;t é港 31m \n"),
            (false, "[1mbold[0m [2J]0;t é港 31m \n"),
        ] {
            for size in [1, 2, 3, 7, 1_000] {
                let mut plain = Plain::new(Vec::new(), is_colored);
                for piece in text.as_bytes().chunks(size) {
                    plain.write_all(piece).unwrap();
                }
                plain.flush().unwrap();
                assert_eq!(String::from_utf8(plain.out).unwrap(), printed, "{size}");
            }
        }
    }
}
