//! Ways of packing within zip that the library for it leaves out, or unpacks without a bound on memory: LZMA, zstd and xz.

use std::io::{self, BufRead, Cursor, Read};

use zip::CompressionMethod;

use super::packed::{Frames, MAX_XZ_KIB};

/// Unpacks a member; none if the library knows better how. `size` and `checksum` are what the archive says of it.
pub(super) fn reader<'a>(
    method: CompressionMethod,
    packed: impl BufRead + 'a,
    size: u64,
    checksum: u32,
) -> Option<io::Result<Checked<Box<dyn Read + 'a>>>> {
    let unpacked: io::Result<Box<dyn Read + 'a>> = match method {
        CompressionMethod::ZSTD => Ok(Box::new(Frames::new(packed))),
        CompressionMethod::XZ => Ok(Box::new(lzma_rust2::XzReader::new_mem_limit(
            packed, true, MAX_XZ_KIB,
        ))),
        CompressionMethod::LZMA => lzma(packed, size),
        _ => return None,
    };
    Some(unpacked.map(|inner| Checked {
        inner,
        hasher: flate2::Crc::new(),
        checksum,
    }))
}

/// In zip a version and the length of the properties stand first, and the size stands elsewhere.
fn lzma<'a>(mut packed: impl BufRead + 'a, size: u64) -> io::Result<Box<dyn Read + 'a>> {
    let mut head = [0; 9];
    packed.read_exact(&mut head)?;
    let [_, _, 5, 0, properties @ ..] = head else {
        return Err(io::Error::other("its properties are not LZMA's"));
    };
    let head = [properties.as_slice(), &size.to_le_bytes()].concat();
    let whole = Cursor::new(head).chain(packed);
    let reader =
        lzma_rust2::LzmaReader::new_mem_limit(whole, MAX_XZ_KIB, None).map_err(io::Error::other)?;
    Ok(Box::new(reader))
}

/// Fails at the end where the bytes were not those that were packed.
pub(super) struct Checked<R> {
    inner: R,
    hasher: flate2::Crc,
    checksum: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..n]);
        if n == 0 && !buffer.is_empty() && self.hasher.sum() != self.checksum {
            return Err(io::Error::other("its checksum is wrong"));
        }
        Ok(n)
    }
}
