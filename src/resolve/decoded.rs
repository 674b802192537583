//! A list of names as UTF-8, whatever its encoding: lists that are UTF-8 pass line by line, so that a list of any size needs
//! little memory; others, which spreadsheets make, are read whole.

use std::io::{self, BufRead, Read};

use crate::text::decode::decode;

pub(super) struct Decoded<R> {
    list: R,
    /// What is decoded and not yet read.
    ready: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Decoded<R> {
    /// UTF-16 and UTF-32 are told by the beginning, which `list` must give at once.
    pub(super) fn new(mut list: R) -> io::Result<Self> {
        let head = list.fill_buf()?;
        let is_wide = head.starts_with(b"\xff\xfe")
            || head.starts_with(b"\xfe\xff")
            || memchr::memchr(0, head).is_some();
        let mut decoded = Self {
            list,
            ready: Vec::new(),
            at: 0,
        };
        if is_wide {
            decoded.read_rest(Vec::new())?;
        }
        Ok(decoded)
    }

    /// Decodes all that is left, after what was taken from it.
    fn read_rest(&mut self, mut taken: Vec<u8>) -> io::Result<()> {
        self.list.read_to_end(&mut taken)?;
        self.ready = decode(&taken, None).into_owned().into_bytes();
        self.at = 0;
        Ok(())
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.ready.len() {
            self.ready.clear();
            self.at = 0;
            // A line is bounded so that a file without line ends is not read whole for nothing.
            let mut lines = Vec::new();
            // Empty lines come with the next one: what a list is, its first line with words tells.
            while lines.trim_ascii().is_empty() {
                let mut line = self.list.by_ref().take(1 << 20);
                if line.read_until(b'\n', &mut lines)? == 0 {
                    break;
                }
            }
            match std::str::from_utf8(&lines) {
                Ok(_) => self.ready = lines,
                Err(_) => self.read_rest(lines)?,
            }
        }
        Ok(&self.ready[self.at..])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.ready.len());
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(into.len());
        into[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_utf8_whatever_they_were() {
        let utf16: Vec<u8> = "\u{feff}name\nJørn Åsen\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let no_mark = utf16[2..].to_vec();
        for (list, text) in [
            (b"name\nJ\xf8rn \xc5sen\n".to_vec(), "name\nJørn Åsen\n"),
            ("name\nJørn Åsen\n".as_bytes().to_vec(), "name\nJørn Åsen\n"),
            (utf16, "name\nJørn Åsen\n"),
            (no_mark, "name\nJørn Åsen\n"),
            (b"".to_vec(), ""),
        ] {
            let mut read = String::new();
            Decoded::new(&list[..])
                .unwrap()
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
        }
    }
}
