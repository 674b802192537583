//! What must hold before a PDF is given to the library, which trusts its files: it unpacks to no more than it may, and no drawing
//! contains itself.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use pdf_extract::{Dictionary, Document, Object, ObjectId};

use crate::domain::ledger::Rejection;

/// Drawings within drawings, at most.
const MAX_NESTED: usize = 12;

/// Unpacks every packed stream that is no picture, keeping nothing, and fails if they are larger than text and fonts can be.
pub(super) fn check_packing(bytes: &[u8], limit: u64) -> Result<(), Rejection> {
    /// A stream's own words stand in front of it.
    const N_WORDS: usize = 400;
    let limit = limit.saturating_mul(4);
    let mut n_unpacked = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + b"stream".len()..];
        let data = data
            .strip_prefix(b"\r\n")
            .or(data.strip_prefix(b"\n"))
            .unwrap_or_default();
        let words = &bytes[at.saturating_sub(N_WORDS)..at];
        let words = memchr::memmem::rfind(words, b" obj").map_or(words, |start| &words[start..]);
        let is_picture = memchr::memmem::find(words, b"/Image").is_some();
        if is_picture || data.first().is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        let mut unpacked = flate2::read::ZlibDecoder::new(data).take(limit + 1 - n_unpacked);
        let mut count = Count(0);
        // A stream that breaks off is the library's to judge.
        io::copy(&mut unpacked, &mut count).ok();
        n_unpacked += count.0;
        if n_unpacked > limit {
            return Err(Rejection::Bomb(limit));
        }
    }
    Ok(())
}

struct Count(u64);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Empties the pictures: the library would read them as drawings.
pub(super) fn blank_pictures(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream
                .dict
                .get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"Image")
        {
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(Vec::new());
        }
    }
}

/// Follows every drawing into those that it uses; the library does so without end.
pub(super) fn check_drawings(document: &Document) -> Result<(), &'static str> {
    let mut depths = HashMap::new();
    let drawings = document.objects.iter().filter_map(|(id, object)| {
        let stream = object.as_stream().ok()?;
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).ok()?;
        (kind == b"Form").then_some(*id)
    });
    for id in drawings {
        depth(document, id, &mut HashSet::new(), &mut depths)?;
    }
    Ok(())
}

/// How many drawings deep this one goes.
fn depth(
    document: &Document,
    id: ObjectId,
    open: &mut HashSet<ObjectId>,
    known: &mut HashMap<ObjectId, usize>,
) -> Result<usize, &'static str> {
    const ENDLESS: &str = "a drawing contains itself";
    if let Some(depth) = known.get(&id) {
        return Ok(*depth);
    }
    if open.len() > MAX_NESTED || !open.insert(id) {
        return Err(ENDLESS);
    }
    let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
        open.remove(&id);
        return Ok(0);
    };
    let resources = stream
        .dict
        .get(b"Resources")
        .and_then(|own| document.dereference(own));
    let Ok(resources) = resources.and_then(|(_, own)| own.as_dict()) else {
        // It draws with the page's resources, among which it stands itself.
        let content = stream.get_plain_content().unwrap_or_default();
        open.remove(&id);
        return match memchr::memmem::find(&content, b" Do") {
            Some(_) => Err(ENDLESS),
            None => Ok(1),
        };
    };
    let mut deepest = 0;
    for used in used_by(document, resources) {
        deepest = deepest.max(depth(document, used, open, known)?);
    }
    open.remove(&id);
    known.insert(id, deepest + 1);
    Ok(deepest + 1)
}

fn used_by(document: &Document, resources: &Dictionary) -> Vec<ObjectId> {
    let drawings = resources
        .get(b"XObject")
        .and_then(|own| document.dereference(own));
    let Ok(drawings) = drawings.and_then(|(_, own)| own.as_dict()) else {
        return Vec::new();
    };
    drawings
        .iter()
        .filter_map(|(_, drawing)| drawing.as_reference().ok())
        .collect()
}
