//! Web archives whose records gzip packed one by one, as crawlers write them: damage costs the record in which it is, and reading
//! goes on at the next.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use thiserror::Error;

use super::record::Record;
use super::{State, broken, is_arc, records};
use crate::domain::ledger::Rejection;
use crate::parse::bundle::Bounded;
use crate::parse::{Collector, ParseError};

/// So much of what is packed is kept, to look for the next record where damage was noticed only behind its beginning.
const MAX_KEPT: usize = 8 << 20;

/// Whether what is packed by gzip begins as a web archive.
pub(in crate::parse) fn is_one(packed: &[u8]) -> bool {
    let mut head = [0; 9];
    let is_read = GzDecoder::new(packed).read_exact(&mut head).is_ok();
    is_read && (head.starts_with(b"WARC/") || is_arc(&head))
}

fn begins_as_record(unpacked: &mut impl Read) -> bool {
    const OPENINGS: [&[u8; 5]; 5] = [b"WARC/", b"http:", b"https", b"ftp:/", b"filed"];
    let mut head = [0; 5];
    unpacked.read_exact(&mut head).is_ok() && OPENINGS.contains(&&head)
}

pub(in crate::parse) fn read(
    packed: impl BufRead,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let members = Members {
        decoder: GzDecoder::new(Replay::new(packed)),
        is_within: false,
        trouble: None,
    };
    let bounded = Bounded::new(members, collector.limit());
    let mut reader = BufReader::with_capacity(1 << 16, bounded);
    let mut state = State::default();
    let may_follow = |record: &Record, next: &[u8]| {
        next.is_empty() || next[0] == b'W' || record.is_arc && next[0].is_ascii_alphabetic()
    };
    while let Some(trouble) = records(&mut reader, &mut state, may_follow, collector)? {
        // What is unpacked already may hold the next record; only where nothing more comes out is it looked for in what is packed.
        if reader.buffer().is_empty() {
            let members = reader.get_mut().get_mut();
            if !members.find_next().map_err(|error| broken(&error))? {
                return Err(trouble.rejection().into());
            }
        }
        let rejection = Rejection::BrokenMember(trouble.message);
        collector.failure(&trouble.member, rejection)?;
    }
    Ok(())
}

/// One member after another, as if they were one stream.
struct Members<R: BufRead> {
    decoder: GzDecoder<Replay<R>>,
    /// Whether something of the member in hand was read.
    is_within: bool,
    /// Once it is damaged it stays so, whoever asks again.
    trouble: Option<String>,
}

/// The member that should come next is damaged from its beginning; what was read before is whole.
#[derive(Debug, Error)]
#[error(transparent)]
struct Next(io::Error);

/// Whether an error says nothing of what was read before it.
pub(super) fn is_of_the_next(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(|inner| inner.downcast_ref::<Next>().is_some())
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let result = match &self.trouble {
                Some(message) => Err(io::Error::other(message.clone())),
                None => self.decoder.read(buffer),
            };
            let n = match result {
                Err(error) => {
                    self.trouble = Some(error.to_string());
                    return Err(if self.is_within {
                        error
                    } else {
                        io::Error::other(Next(error))
                    });
                }
                Ok(n) => n,
            };
            self.is_within = n > 0;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let packed = self.decoder.get_mut();
            packed.mark();
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.restart();
        }
    }
}

impl<R: BufRead> Members<R> {
    /// Goes to the next member that begins as a record; false if there is none.
    fn find_next(&mut self) -> io::Result<bool> {
        loop {
            let packed = self.decoder.get_mut();
            packed.rewind();
            if !packed.find_magic()? {
                return Ok(false);
            }
            self.restart();
            let is_one = begins_as_record(&mut self.decoder);
            if is_one {
                self.decoder.get_mut().rewind();
                self.restart();
                return Ok(true);
            }
        }
    }

    fn restart(&mut self) {
        let packed = std::mem::replace(self.decoder.get_mut(), Replay::empty());
        self.decoder = GzDecoder::new(packed);
        self.is_within = false;
        self.trouble = None;
    }
}

/// A reader that can go back to a mark.
struct Replay<R> {
    /// None in the moment of being moved.
    inner: Option<R>,
    /// What was read since the mark, if it is not too much.
    kept: Vec<u8>,
    /// So far in what is kept; its end is where the reader is.
    at: usize,
    is_lost: bool,
}

impl<R: BufRead> Replay<R> {
    fn new(inner: R) -> Self {
        Self {
            inner: Some(inner),
            ..Self::empty()
        }
    }

    fn empty() -> Self {
        Self {
            inner: None,
            kept: Vec::new(),
            at: 0,
            is_lost: false,
        }
    }

    fn mark(&mut self) {
        self.kept.drain(..self.at);
        self.at = 0;
        self.is_lost = false;
    }

    /// Back to the mark, unless it is too far behind.
    fn rewind(&mut self) {
        self.at = 0;
    }

    /// Marks the next place behind this one where a member may begin.
    fn find_magic(&mut self) -> io::Result<bool> {
        let was_lost = self.is_lost;
        let mut n_over = usize::from(!was_lost && !self.fill_buf()?.is_empty());
        loop {
            self.consume(n_over);
            self.mark();
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let Some(at) = memchr::memchr(0x1f, buffer) else {
                n_over = buffer.len();
                continue;
            };
            self.consume(at);
            self.mark();
            let mut head = Vec::new();
            self.by_ref().take(4).read_to_end(&mut head)?;
            self.rewind();
            // The upper flags are not in use.
            if head.starts_with(b"\x1f\x8b\x08") && head.get(3).is_some_and(|flags| *flags < 0x20) {
                return Ok(true);
            }
            n_over = 1;
        }
    }
}

impl<R: BufRead> BufRead for Replay<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match &mut self.inner {
            _ if self.at < self.kept.len() => Ok(&self.kept[self.at..]),
            Some(inner) => inner.fill_buf(),
            None => Ok(&[]),
        }
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.kept.len() {
            self.at = self.kept.len().min(self.at + n);
            return;
        }
        let Some(inner) = &mut self.inner else {
            return;
        };
        if self.kept.len() + n > MAX_KEPT {
            self.is_lost = true;
            self.kept.clear();
        }
        if !self.is_lost
            && let Ok(buffer) = inner.fill_buf()
        {
            self.kept.extend_from_slice(&buffer[..n.min(buffer.len())]);
        }
        self.at = self.kept.len();
        inner.consume(n);
    }
}

impl<R: BufRead> Read for Replay<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}
