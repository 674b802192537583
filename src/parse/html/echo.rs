//! A headline on a page that marks none: the element that says what `<title>`, or a part of it, says.

use super::fold;
use super::page::Page;

/// A shorter part of a title is a rubric or an outlet.
const MIN_CHARS: usize = 10;
/// The same in scripts that write a word in a character or two.
const MIN_WIDE_CHARS: usize = 6;
/// An element of more nodes is no line.
const MAX_NODES: usize = 12;

/// The element that repeats the longest part of a title, headings first, and its text.
pub(super) fn find(page: &Page, head_title: &str, stated: &[String]) -> Option<(usize, String)> {
    let mut parts: Vec<String> = stated.iter().map(|title| fold(title)).collect();
    for mark in [
        " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " > ", "_", ": ",
    ] {
        parts.extend(head_title.split(mark).map(fold));
    }
    parts.retain(|part| {
        let n_chars = part.chars().count();
        n_chars >= MIN_CHARS || !part.is_ascii() && n_chars >= MIN_WIDE_CHARS
    });
    let longest = parts.iter().map(String::len).max()?;
    let found = (0..page.len())
        .filter(|at| may_show(page, *at))
        .filter_map(|at| {
            let text = page.text_of(at);
            if text.len() > longest * 2 + 20 {
                return None;
            }
            let folded = fold(&text);
            parts
                .contains(&folded)
                .then(|| ((folded.len(), rank(page, at)), at, text))
        });
    // The first of the best.
    let best = found.fold(
        None,
        |best: Option<((usize, u8), usize, String)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        },
    );
    best.map(|(_, at, text)| (at, text))
}

fn may_show(page: &Page, at: usize) -> bool {
    let is_line = matches!(
        page.tag(at),
        "h1" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "p"
            | "div"
            | "td"
            | "th"
            | "dt"
            | "dd"
            | "span"
            | "b"
            | "strong"
            | "font"
            | "big"
            | "center"
            | "caption"
            | "em"
            | "legend"
    );
    is_line
        && page.end(at) - at <= MAX_NODES
        && !page.ancestors(at).take(6).any(|at| {
            matches!(
                page.tag(at),
                "nav" | "head" | "li" | "footer" | "aside" | "form"
            ) || page.words(at).contains("crumb")
        })
}

fn rank(page: &Page, at: usize) -> u8 {
    let names_title = [
        "title", "titre", "titul", "titol", "titel", "headline", "hed", "head", "başlık", "judul",
    ]
    .iter()
    .any(|stem| page.words(at).split(' ').any(|word| word.starts_with(stem)));
    match page.tag(at) {
        "h1" | "h2" | "h3" => 3,
        _ if names_title => 2,
        "h4" | "h5" | "h6" | "b" | "strong" | "big" | "font" => 1,
        _ => 0,
    }
}
