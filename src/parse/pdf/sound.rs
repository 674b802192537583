//! What must hold before a page of a PDF is given to the library, which trusts its files: no drawing on it contains itself, and
//! what draws it is no longer than a page can be.

use std::collections::{HashMap, HashSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// Drawings within drawings, at most.
const MAX_NESTED: usize = 12;

/// The longest drawings, maps of whole countries, have a third of this.
const MAX_TOKENS: usize = 2_500_000;

const ENDLESS: &str = "a drawing contains itself";

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

/// Follows every drawing into those that it uses, which the library does without end, and says which do not end.
pub(super) fn endless_drawings(document: &Document) -> HashSet<ObjectId> {
    let mut depths = HashMap::new();
    let drawings = document.objects.iter().filter_map(|(id, object)| {
        let stream = object.as_stream().ok()?;
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).ok()?;
        (kind == b"Form").then_some(*id)
    });
    drawings
        .filter(|id| depth(document, *id, &mut HashSet::new(), &mut depths).is_err())
        .collect()
}

/// Whether a page can be given to the library.
pub(super) fn check_page(
    document: &Document,
    page: ObjectId,
    endless: &HashSet<ObjectId>,
) -> Result<(), &'static str> {
    let (own, inherited) = document
        .get_page_resources(page)
        .map_err(|_| "what it draws with cannot be found")?;
    let inherited = inherited
        .iter()
        .filter_map(|id| document.get_dictionary(*id).ok());
    let mut drawings = own
        .into_iter()
        .chain(inherited)
        .flat_map(|resources| used_by(document, resources));
    if drawings.any(|drawing| endless.contains(&drawing)) {
        return Err(ENDLESS);
    }
    let content = document.get_page_content(page).unwrap_or_default();
    if n_tokens(&content) > MAX_TOKENS {
        return Err("its drawing is longer than any page's");
    }
    Ok(())
}

/// How many words, numbers and marks a drawing's language holds, each of which the library keeps in some hundred bytes.
fn n_tokens(content: &[u8]) -> usize {
    let is_mark = |byte: u8| b"()<>[]/".contains(&byte);
    let begins = |pair: &&[u8]| {
        is_mark(pair[1])
            || !pair[1].is_ascii_whitespace() && (pair[0].is_ascii_whitespace() || is_mark(pair[0]))
    };
    content.windows(2).filter(begins).count()
}

/// How many drawings deep this one goes.
fn depth(
    document: &Document,
    id: ObjectId,
    open: &mut HashSet<ObjectId>,
    known: &mut HashMap<ObjectId, usize>,
) -> Result<usize, &'static str> {
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
