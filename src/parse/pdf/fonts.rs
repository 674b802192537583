//! Widths of glyphs in the one form that the library reads rightly: of a range, `first last width`, it takes `first` for all three
//! numbers. Programs that print from browsers write ranges.

use pdf_extract::{Dictionary, Document, Object};

/// More glyphs than this has no font.
const MAX_GLYPHS: usize = 1 << 16;

/// Writes the widths of all composite fonts glyph by glyph.
pub(super) fn spell_out_widths(document: &mut Document) {
    let mended: Vec<_> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, mended(object, document)?)))
        .collect();
    document.objects.extend(mended);
}

/// The object with its widths spelt out, if it is a font that states any, or holds one.
fn mended(object: &Object, document: &Document) -> Option<Object> {
    match object {
        Object::Dictionary(font) if is_composite_part(font) => {
            Some(Object::Dictionary(with_widths(font, document)))
        }
        // The part may stand within the font itself.
        Object::Dictionary(font) if font.has(b"DescendantFonts") => {
            let parts = font.get(b"DescendantFonts").ok()?;
            let mut font = font.clone();
            font.set("DescendantFonts", mended(parts, document)?);
            Some(Object::Dictionary(font))
        }
        Object::Array(parts) => {
            let [Object::Dictionary(part)] = parts.as_slice() else {
                return None;
            };
            let part = is_composite_part(part).then(|| with_widths(part, document))?;
            Some(Object::Array(vec![Object::Dictionary(part)]))
        }
        _ => None,
    }
}

fn is_composite_part(font: &Dictionary) -> bool {
    let kind = font.get(b"Subtype").and_then(Object::as_name);
    kind.is_ok_and(|kind| kind.starts_with(b"CIDFontType"))
}

fn with_widths(font: &Dictionary, document: &Document) -> Dictionary {
    let mut font = font.clone();
    if let Some(widths) = stated(&font, b"W", document).and_then(|widths| widths.as_array().ok()) {
        let widths = spelt_out(widths, document);
        font.set("W", widths);
    }
    // The library reads a whole number or takes 1,000.
    if let Some(width) = stated(&font, b"DW", document).and_then(|width| width.as_float().ok()) {
        font.set("DW", Object::Integer(width.round() as i64));
    }
    font
}

fn stated<'a>(font: &'a Dictionary, key: &[u8], document: &'a Document) -> Option<&'a Object> {
    Some(resolved(font.get(key).ok()?, document))
}

fn resolved<'a>(object: &'a Object, document: &'a Document) -> &'a Object {
    document
        .dereference(object)
        .map_or(object, |(_, object)| object)
}

/// `c [w1 w2 …]` and `first last w`, all as the former; what follows a breach of that is left out.
fn spelt_out(widths: &[Object], document: &Document) -> Vec<Object> {
    let (mut out, mut n_glyphs, mut at) = (Vec::new(), 0, 0);
    let item = |at: usize| widths.get(at).map(|item| resolved(item, document));
    let number = |at: usize| item(at).and_then(|item| item.as_float().ok());
    while let Some(first) = number(at) {
        let list: Vec<Object> = if let Some(Object::Array(list)) = item(at + 1) {
            at += 2;
            list.iter()
                .map(|width| resolved(width, document).clone())
                .collect()
        } else {
            let (Some(last), Some(width)) = (number(at + 1), number(at + 2)) else {
                break;
            };
            at += 3;
            let n = (last - first).max(-1.0) as usize + 1;
            vec![Object::Real(width); if last < first { 0 } else { n.min(MAX_GLYPHS) }]
        };
        n_glyphs += list.len();
        let is_sound = list.iter().all(|width| width.as_float().is_ok());
        if n_glyphs > MAX_GLYPHS || !is_sound || first < 0.0 {
            break;
        }
        out.push(Object::Integer(first as i64));
        out.push(Object::Array(list));
    }
    out
}
