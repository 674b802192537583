//! One stream packed by gzip, zstd, bzip2 or xz: a single file, or an archive that is read as it unpacks.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::StreamingDecoder;

use super::{Bounded, is_streamed, rejection, stream};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::parse::{Collector, ParseError, json, sniff, warc};

/// The window that a zstd stream may ask to be kept in memory; `zstd --long` asks for as much.
const MAX_ZSTD_WINDOW: usize = 128 << 20;

/// What xz may use.
pub(super) const MAX_XZ_KIB: u32 = 128 << 10;

pub(super) fn read(
    format: Format,
    reader: impl Read,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut packed = BufReader::with_capacity(1 << 16, reader);
    let head = packed
        .fill_buf()
        .map_err(|error| rejection(&error, format))?;
    if format == Format::Gzip && warc::packed::is_one(head) {
        return warc::packed::read(packed, collector);
    }
    let unpacked: Box<dyn Read + '_> = match format {
        Format::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
        Format::Zstd => Box::new(Frames::new(packed)),
        Format::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(packed)),
        _ => Box::new(lzma_rust2::XzReader::new_mem_limit(
            packed, true, MAX_XZ_KIB,
        )),
    };
    let mut unpacked = Bounded::new(unpacked, collector.limit());
    let mut head = Vec::new();
    (&mut unpacked)
        .take(sniff::HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| rejection(&error, format))?;
    let inner = sniff::by_magic(&head).filter(|inner| is_streamed(*inner));
    let is_lines = sniff::is_lines(&head);
    let mut whole = head.chain(unpacked);
    if is_lines {
        return json::read_lines(BufReader::new(whole), document, collector);
    }
    match inner {
        Some(inner) => stream(inner, BufReader::with_capacity(1 << 16, whole), collector),
        None => collector.only_member(name_inside(&document.name), &mut whole),
    }
}

/// The name of the file that was packed: without the packer's extension.
fn name_inside(name: &str) -> &str {
    let folded = name.to_ascii_lowercase();
    [".gz", ".zst", ".bz2", ".xz"]
        .iter()
        .find_map(|ending| folded.strip_suffix(ending))
        .map_or(name, |stem| &name[..stem.len()])
}

/// A zstd file is one frame after another; the decoder reads one.
pub(super) struct Frames<R: BufRead> {
    state: State<R>,
}

enum State<R: BufRead> {
    Between(R),
    Within(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    Over,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(packed: R) -> Self {
        Self {
            state: State::Between(packed),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Over) {
                State::Between(mut packed) => {
                    if packed.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder =
                        StreamingDecoder::new_with_max_window_size(packed, MAX_ZSTD_WINDOW as u64)
                            .map_err(io::Error::other)?;
                    State::Within(Box::new(decoder))
                }
                State::Within(mut decoder) => {
                    let n = decoder.read(buffer)?;
                    if n > 0 || buffer.is_empty() {
                        self.state = State::Within(decoder);
                        return Ok(n);
                    }
                    State::Between((*decoder).into_inner())
                }
                State::Over => return Ok(0),
            }
        }
    }
}
