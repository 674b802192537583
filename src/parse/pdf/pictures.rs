//! The pictures of a scan, as files of their own.

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// The most dots of a picture: a sheet of A3 at 400 dots an inch has 31 million.
const MAX_PICTURE: usize = 128 << 20;

/// A picture in the form in which programs take it.
pub(super) struct Picture {
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The largest picture of a page.
pub(super) fn largest(document: &Document, page: ObjectId) -> Option<&Stream> {
    let mut streams = Vec::new();
    let (own, inherited) = document.get_page_resources(page).ok()?;
    let inherited = inherited
        .iter()
        .filter_map(|id| document.get_dictionary(*id).ok());
    for resources in own.into_iter().chain(inherited) {
        add_pictures(document, resources, 0, &mut streams);
    }
    streams.into_iter().max_by_key(|stream| {
        number(document, &stream.dict, b"Width") * number(document, &stream.dict, b"Height")
    })
}

/// Adds the pictures of a page, and of the drawings on it.
fn add_pictures<'a>(
    document: &'a Document,
    resources: &'a Dictionary,
    depth: usize,
    streams: &mut Vec<&'a Stream>,
) {
    const MAX_DEPTH: usize = 4;
    let Some(Object::Dictionary(drawings)) = value(document, resources, b"XObject") else {
        return;
    };
    for (_, drawing) in drawings {
        let Ok((_, Object::Stream(stream))) = document.dereference(drawing) else {
            continue;
        };
        match value(document, &stream.dict, b"Subtype") {
            Some(Object::Name(kind)) if kind == b"Image" => streams.push(stream),
            Some(Object::Name(kind)) if kind == b"Form" && depth < MAX_DEPTH => {
                if let Some(Object::Dictionary(inner)) = value(document, &stream.dict, b"Resources")
                {
                    add_pictures(document, inner, depth + 1, streams);
                }
            }
            _ => {}
        }
    }
}

fn value<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let object = dictionary.get(key).ok()?;
    Some(document.dereference(object).ok()?.1)
}

fn is_set(document: &Document, dictionary: &Dictionary, key: &[u8]) -> bool {
    matches!(
        value(document, dictionary, key),
        Some(Object::Boolean(true))
    )
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> usize {
    value(document, dictionary, key)
        .and_then(|object| object.as_i64().ok())
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or_default()
}

/// A picture as a file of its own: JPEG as it is, fax in a TIFF, plain dots as a portable map; none if it is stored in another form.
pub(super) fn written(document: &Document, stream: &Stream) -> Option<Picture> {
    let filters = match value(document, &stream.dict, b"Filter") {
        None => Vec::new(),
        Some(Object::Name(name)) => vec![name.clone()],
        Some(Object::Array(names)) => names
            .iter()
            .filter_map(|name| document.dereference(name).ok()?.1.as_name().ok())
            .map(<[u8]>::to_vec)
            .collect(),
        Some(_) => return None,
    };
    let as_is = |extension| {
        Some(Picture {
            extension,
            bytes: stream.content.clone(),
        })
    };
    match filters.iter().map(Vec::as_slice).collect::<Vec<_>>()[..] {
        [b"DCTDecode"] => as_is("jpg"),
        [b"JPXDecode"] => as_is("jp2"),
        [b"CCITTFaxDecode"] => fax(document, stream),
        [] => dots(document, stream, &stream.content),
        [b"FlateDecode" | b"LZWDecode" | b"ASCII85Decode"] => {
            dots(document, stream, &stream.decompressed_content().ok()?)
        }
        _ => None,
    }
}

fn size(document: &Document, stream: &Stream) -> Option<(usize, usize)> {
    let width = number(document, &stream.dict, b"Width");
    let height = number(document, &stream.dict, b"Height");
    let is_sound = width > 0 && height > 0 && width.checked_mul(height)? <= MAX_PICTURE;
    is_sound.then_some((width, height))
}

/// Dots as a portable bitmap, graymap or pixmap.
fn dots(document: &Document, stream: &Stream, content: &[u8]) -> Option<Picture> {
    let (width, height) = size(document, stream)?;
    let (bits, n_colours) = if is_set(document, &stream.dict, b"ImageMask") {
        (1, 1)
    } else {
        let bits = number(document, &stream.dict, b"BitsPerComponent");
        (bits, colours(document, &stream.dict)?)
    };
    let (kind, extension, n_bytes) = match (bits, n_colours) {
        (1, 1) => ("P4", "pbm", width.div_ceil(8) * height),
        (8, 1) => ("P5", "pgm", width * height),
        (8, 3) => ("P6", "ppm", width * height * 3),
        _ => return None,
    };
    let depth = if bits == 8 { "255\n" } else { "" };
    let content = content.get(..n_bytes)?;
    let mut bytes = format!("{kind}\n{width} {height}\n{depth}").into_bytes();
    if bits == 1 {
        // In a bitmap 1 is black, in a PDF white.
        bytes.extend(content.iter().map(|byte| !byte));
    } else {
        bytes.extend_from_slice(content);
    }
    Some(Picture { extension, bytes })
}

fn colours(document: &Document, dictionary: &Dictionary) -> Option<usize> {
    match value(document, dictionary, b"ColorSpace")? {
        Object::Name(name) if name == b"DeviceGray" || name == b"CalGray" => Some(1),
        Object::Name(name) if name == b"DeviceRGB" => Some(3),
        Object::Array(parts) => match parts.first()?.as_name().ok()? {
            b"ICCBased" => {
                let profile = document.dereference(parts.get(1)?).ok()?.1;
                Some(number(document, &profile.as_stream().ok()?.dict, b"N"))
            }
            b"CalGray" => Some(1),
            b"CalRGB" => Some(3),
            _ => None,
        },
        _ => None,
    }
}

/// A fax in a TIFF of one strip.
fn fax(document: &Document, stream: &Stream) -> Option<Picture> {
    let (width, height) = size(document, stream)?;
    let parameters = value(document, &stream.dict, b"DecodeParms")?
        .as_dict()
        .ok()?;
    let kind = value(document, parameters, b"K").and_then(|k| k.as_i64().ok());
    let columns = number(document, parameters, b"Columns");
    let is_black_one = is_set(document, parameters, b"BlackIs1");
    let compression = match kind.unwrap_or_default() {
        k if k < 0 => 4,
        0 => 3,
        _ => return None,
    };
    let width = if columns > 0 { columns } else { width };
    let n_bytes = u32::try_from(stream.content.len()).ok()?;
    // Tag, type (3 is two bytes, 4 is four), value.
    let fields: [(u16, u16, u32); 8] = [
        (256, 4, u32::try_from(width).ok()?),
        (257, 4, u32::try_from(height).ok()?),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, u32::from(is_black_one)),
        (273, 4, 8 + 2 + 8 * 12 + 4),
        (278, 4, u32::try_from(height).ok()?),
        (279, 4, n_bytes),
    ];
    let mut bytes = b"II*\0\x08\0\0\0\x08\0".to_vec();
    for (tag, kind, value) in fields {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes.extend_from_slice(&stream.content);
    Some(Picture {
        extension: "tif",
        bytes,
    })
}
