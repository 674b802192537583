//! How far a PDF's streams unpack, found before the library unpacks them whole: a stream may be packed several times over, and
//! a kilobyte hold gigabytes.

use std::io::{self, Read, Write};

use pdf_extract::{Document, Object, Stream};
use weezl::BitOrder;
use weezl::decode::Decoder;

use super::damaged;
use crate::domain::ledger::Rejection;

/// The dictionary of a stream stands in front of it and is shorter than this.
const MAX_WORDS: usize = 4 << 10;

/// A stream whose dictionary is longer may be packed so often.
const UNTOLD_LAYERS: usize = 4;

/// All streams together may unpack to so many times what one may.
const MAX_TOTAL: u64 = 4;

/// Nobody packs a stream more often.
const MAX_LAYERS: usize = 8;

/// Looks at the streams of a file as it stands: the library unpacks some of them while it opens the file.
pub(super) fn check(bytes: &[u8], limit: u64) -> Result<(), Rejection> {
    let mut room = Room::new(limit);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + b"stream".len()..];
        let Some(data) = data
            .strip_prefix(b"\r\n")
            .or(data.strip_prefix(b"\n"))
            .or(data.strip_prefix(b"\r"))
        else {
            continue;
        };
        let words = &bytes[at.saturating_sub(MAX_WORDS)..at];
        let Some(start) = memchr::memmem::rfind(words, b"obj") else {
            room.unpack(data, &[b"FlateDecode".as_slice(); UNTOLD_LAYERS])?;
            continue;
        };
        let names = names(&words[start..]);
        let is = |name: &[u8]| names.iter().any(|known| known == name);
        // Pictures stay packed.
        if is(b"Image") && is(b"Subtype") && !is(b"ObjStm") && !is(b"XRef") {
            continue;
        }
        let filters = names.iter().skip_while(|name| *name != b"Filter");
        let filters: Vec<&[u8]> = filters.map(Vec::as_slice).collect();
        room.unpack(data, &filters)?;
    }
    Ok(())
}

/// Looks at the streams of a file that was locked: only now can they be unpacked.
pub(super) fn check_unlocked(document: &Document, limit: u64) -> Result<(), Rejection> {
    let mut room = Room::new(limit);
    let streams = document
        .objects
        .values()
        .filter_map(|object| Object::as_stream(object).ok());
    for stream in streams {
        let filters = Stream::filters(stream).unwrap_or_default();
        room.unpack(&stream.content, &filters)?;
    }
    Ok(())
}

/// The names in a dictionary, `#44` for `D` undone.
fn names(words: &[u8]) -> Vec<Vec<u8>> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/[]<>(){}%".contains(byte);
    memchr::memchr_iter(b'/', words)
        .map(|at| {
            let name = &words[at + 1..];
            let end = name.iter().position(is_end).unwrap_or(name.len());
            unescaped(&name[..end])
        })
        .collect()
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(name.len()), name);
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'#' => {
                out.push(byte);
                rest = &behind[2..];
            }
            _ => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    out
}

/// How much may still be unpacked.
struct Room {
    of_one: u64,
    of_all: u64,
    limit: u64,
}

impl Room {
    fn new(limit: u64) -> Self {
        Self {
            of_one: limit,
            of_all: limit.saturating_mul(MAX_TOTAL),
            limit,
        }
    }

    /// Undoes the filters one after the other; names that are none are passed over.
    fn unpack(&mut self, data: &[u8], filters: &[&[u8]]) -> Result<(), Rejection> {
        let is_known =
            |name: &&&[u8]| matches!(**name, b"FlateDecode" | b"LZWDecode" | b"ASCII85Decode");
        let layers: Vec<&&[u8]> = filters.iter().filter(is_known).collect();
        if layers.len() > MAX_LAYERS {
            return Err(damaged("one of its streams is packed too often"));
        }
        let mut input = None;
        for (n, layer) in layers.iter().enumerate() {
            let is_last = n + 1 == layers.len();
            let mut out = Output {
                kept: (!is_last).then(Vec::new),
                n_bytes: 0,
                limit: self.of_one.min(self.of_all),
            };
            // A stream that breaks off is the library's to judge.
            undo(layer, input.as_deref().unwrap_or(data), &mut out).ok();
            if out.n_bytes > out.limit {
                return Err(damaged(&format!(
                    "its text and fonts unpack to more than {} bytes",
                    self.limit
                )));
            }
            self.of_all -= out.n_bytes;
            input = out.kept;
        }
        Ok(())
    }
}

fn undo(filter: &[u8], data: &[u8], out: &mut Output) -> io::Result<()> {
    match filter {
        b"FlateDecode" => {
            io::copy(&mut flate2::read::ZlibDecoder::new(data), out)?;
            if out.n_bytes == 0 && data.len() > 2 {
                // So does the library where the head or the checksum is wrong.
                io::copy(&mut flate2::read::DeflateDecoder::new(&data[2..]), out)?;
            }
        }
        b"LZWDecode" => {
            let mut decoder = Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
            decoder.into_stream(out).decode_all(data).status?;
        }
        _ => ascii85(data, out)?,
    }
    Ok(())
}

/// Five letters for four bytes, `z` for four zeros.
fn ascii85(data: &[u8], out: &mut Output) -> io::Result<()> {
    let mut group: Vec<u32> = Vec::new();
    for byte in data.bytes() {
        match byte? {
            b'z' => out.write_all(&[0; 4])?,
            byte @ b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            byte if byte.is_ascii_whitespace() => {}
            _ => break,
        }
        if group.len() == 5 {
            let value = group.drain(..).fold(0_u32, |value, digit| {
                value.wrapping_mul(85).wrapping_add(digit)
            });
            out.write_all(&value.to_be_bytes())?;
        }
    }
    Ok(())
}

/// Counts what is written and keeps it where another filter comes; fails soon after the limit.
struct Output {
    kept: Option<Vec<u8>>,
    n_bytes: u64,
    limit: u64,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.n_bytes += bytes.len() as u64;
        if self.n_bytes > self.limit {
            return Err(io::Error::other("it unpacks to too much"));
        }
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
