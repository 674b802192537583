//! Readers that end: what unpacks is bounded, and what breaks off says so.

use std::io::{self, ErrorKind, Read};

use thiserror::Error;

use crate::domain::article::Format;
use crate::domain::ledger::Rejection;

/// What a [`Bounded`] reader says when its bound is passed.
#[derive(Debug, Clone, Copy, Error)]
#[error("it unpacks to more than {0} bytes")]
struct Passed(u64);

/// Fails once more than `limit` bytes were read: an archive of zeros would otherwise be skipped through for hours.
pub(in crate::parse) struct Bounded<R> {
    inner: R,
    limit: u64,
    n_read: u64,
}

impl<R: Read> Bounded<R> {
    pub(in crate::parse) fn new(inner: R, limit: u64) -> Self {
        Self {
            inner,
            limit,
            n_read: 0,
        }
    }

    pub(in crate::parse) fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.n_read += n as u64;
        if self.n_read > self.limit {
            return Err(io::Error::other(Passed(self.limit)));
        }
        Ok(n)
    }
}

/// Reads exactly so many bytes, and fails if there are fewer: half a story is no story.
pub(in crate::parse) struct Exact<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Exact<R> {
    pub(in crate::parse) fn new(inner: R, size: u64) -> Self {
        Self { inner, left: size }
    }
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let n = self.inner.read(&mut buffer[..room])?;
        if n == 0 && room > 0 {
            let message = format!("it breaks off {} bytes before its end", self.left);
            return Err(io::Error::new(ErrorKind::UnexpectedEof, message));
        }
        self.left -= n as u64;
        Ok(n)
    }
}

/// What an error says of the whole document that was being read.
pub(in crate::parse) fn rejection(error: &io::Error, format: Format) -> Rejection {
    match passed(error) {
        Some(limit) => Rejection::Bomb(limit),
        None => Rejection::Damaged {
            format,
            message: error.to_string(),
        },
    }
}

/// The bound that was passed, if that is the error; decoders wrap their reader's errors, so its causes are searched.
pub(in crate::parse) fn passed(error: &io::Error) -> Option<u64> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> =
        error.get_ref().map(|inner| inner as _);
    while let Some(error) = cause {
        if let Some(Passed(limit)) = error.downcast_ref::<Passed>() {
            return Some(*limit);
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return passed(error);
        }
        cause = error.source();
    }
    None
}
