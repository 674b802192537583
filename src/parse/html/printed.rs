//! Bylines as a page shows them: boxes named for authors, links to pages about them, lines that begin as bylines do.

use std::sync::LazyLock;

use regex::Regex;

use super::super::names;
use super::owner::{self, Place};
use super::page::{Page, squeeze};
use super::{pattern, title};

/// Words of elements that hold a byline.
const BYLINES: &str = " byline bylines author authors authorname contributor contributors writer reporter autor autoren auteur auteurs autore assinatura firma forfatter yazar postedby by ";
/// Words of elements in a byline that hold no name.
const NO_NAMES: &[&str] = &[
    "role",
    "job",
    "jobtitle",
    "position",
    "bio",
    "biography",
    "date",
    "time",
    "twitter",
    "social",
    "avatar",
    "location",
    "email",
    "reading",
    "tooltip",
    "flyout",
];
/// Elements that hold no byline of their own.
const NO_BYLINES: &str = " html body head meta link script article main style svg img button ";
/// A box of more nodes holds more than a byline.
const MAX_BYLINE_NODES: usize = 60;
/// More bylines than this are a list of stories.
const MAX_BYLINES: usize = 30;

/// How far under the headline its byline stands, in nodes of the page, and how far above.
const MAX_DISTANCE: usize = 150;
const MAX_DISTANCE_ABOVE: usize = 40;

/// A byline as printed.
pub(super) struct Line {
    pub(super) at: usize,
    /// Its element's name and class: boxes in a row are of one kind.
    pub(super) kind: String,
    pub(super) text: String,
    /// The same with the boxes in it parted by line ends.
    pub(super) boxes: String,
    /// Whether it says that it is one.
    pub(super) is_signed: bool,
    /// Whether its element is named for authors.
    pub(super) is_named: bool,
    /// Whether it stands by the headline.
    pub(super) is_near: bool,
}

/// Bylines as printed, those after the headline first.
pub(super) fn lines(page: &Page, headline: Option<usize>, place: &Place) -> Vec<Line> {
    let start = headline.unwrap_or(0);
    let may_hold = |at: &usize| {
        !page.is_text(*at)
            && !NO_BYLINES.contains(&format!(" {} ", page.tag(*at)))
            && page.end(*at) - at <= MAX_BYLINE_NODES
            && (page.end(*at) <= start || *at > start || headline.is_none())
    };
    let lines = (start.saturating_sub(MAX_DISTANCE_ABOVE)..page.len())
        .filter(may_hold)
        .filter_map(|at| {
            let mut line = line_in(page, at, place)?;
            line.is_near = headline.is_some_and(|headline| at <= headline + MAX_DISTANCE)
                && at < place.end_of_head;
            Some(line)
        });
    let mut found: Vec<Line> = lines.take(MAX_BYLINES).collect();
    found.sort_by_key(|line| (!line.is_near, line.at < start, !line.is_signed));
    found
}

fn line_in(page: &Page, at: usize, place: &Place) -> Option<Line> {
    let words = page.words(at);
    let is_named = !words.contains(" bio ")
        && words
            .split_whitespace()
            .any(|word| BYLINES.contains(&format!(" {word} ")))
        || page.attr(at, "itemprop") == Some("author")
        || owner::is_author_link(page, at)
        || place.is_before_prose(at) && owner::is_person_link(page, at);
    if !is_named && !may_be_signed(page.tag(at)) {
        return None;
    }
    let boxes = boxes_of(page, at);
    if boxes.len() > 1_000 {
        return None;
    }
    let flat = squeeze(&boxes).replace(" ,", ",");
    let signed = signed_part(&flat);
    let text = signed.and_then(byline).or_else(|| byline(&flat))?;
    let boxes = if signed.is_some() {
        text.clone()
    } else {
        byline_boxes(&boxes, &text)
    };
    let is_signed = is_signed(&text);
    let is_one = is_named
        || is_with_role(page, at, &text, place)
        || is_signed
            && text.chars().count() <= 120
            && !text.ends_with('.')
            && is_apart(page, at, &flat, place);
    let is_linked_story =
        !is_named && is_in_other_link(page, at) || page.tag(at) == "a" && is_in_prose(page, at);
    (is_one && !is_linked_story && place.owns(page, at)).then_some(Line {
        at,
        kind: format!(
            "{} {}",
            page.tag(at),
            page.attr(at, "class").unwrap_or_default()
        ),
        text,
        boxes,
        is_signed,
        is_named,
        is_near: false,
    })
}

/// Whether an element stands in the middle of a text.
fn is_in_prose(page: &Page, at: usize) -> bool {
    const MAX_BLOCK_NODES: usize = 200;
    const MAX_WORDS: usize = 10;
    let block = owner::block_of(page, at);
    let texts = (block..page.end(block).min(block + MAX_BLOCK_NODES))
        .filter(|at| page.is_text(*at) && owner::block_of(page, *at) == block);
    texts
        .map(|at| page.node(at).text.split_whitespace().count())
        .sum::<usize>()
        > MAX_WORDS
}

/// Whether an element stands in a link that leads to no author.
fn is_in_other_link(page: &Page, at: usize) -> bool {
    const MAX_HEIGHT: usize = 6;
    let mut around = page.ancestors(at).take(MAX_HEIGHT);
    around.any(|at| page.tag(at) == "a" && !owner::is_author_link(page, at))
}

fn may_be_signed(tag: &str) -> bool {
    const TAGS: &str = " p div span address cite small td font b strong i em h4 h5 h6 li ";
    TAGS.contains(&format!(" {tag} "))
}

/// Whether a line under the headline is a name and a role: `Ida Holm, Staff Writer`.
fn is_with_role(page: &Page, at: usize, line: &str, place: &Place) -> bool {
    const MAX_WORDS: usize = 10;
    place.is_in_head(at)
        && place.is_before_prose(at)
        && line.contains([',', '|'])
        && line.split(' ').count() <= MAX_WORDS
        && owner::block_of(page, at) == at
        && names::is_with_role(line)
}

/// Whether a line stands by itself; in the head of an article it may stand before its first sentence.
fn is_apart(page: &Page, at: usize, line: &str, place: &Place) -> bool {
    const MAX_MORE: usize = 60;
    let is_whole = || {
        let block = owner::block_of(page, at);
        page.end(block) - block <= MAX_BYLINE_NODES
            && page.text_of(block).len() <= line.len() + MAX_MORE
    };
    at < place.end_of_head || is_whole()
}

/// The texts in an element, each on a line: what is set in a box of its own need not belong to what stands before it. Two
/// elements of one kind in a row are two names.
pub(super) fn boxes_of(page: &Page, at: usize) -> String {
    let is_skipped = |node: usize| {
        page.ancestors(node)
            .take_while(|around| *around > at)
            .any(|around| {
                matches!(
                    page.tag(around),
                    "script" | "style" | "noscript" | "svg" | "button" | "figure" | "time"
                ) || page
                    .words(around)
                    .split(' ')
                    .any(|word| NO_NAMES.contains(&word))
            })
            || matches!(page.tag(page.parent(node)), "script" | "style" | "noscript")
    };
    let mut boxes = String::new();
    let mut last: Option<(usize, bool)> = None;
    for node in at..page.end(at) {
        // A date ends what it stands behind.
        if page.tag(node) == "time" && boxes.contains(' ') {
            break;
        }
        if !page.is_text(node) || is_skipped(node) {
            continue;
        }
        let raw = page.node(node).text.as_str();
        let text = squeeze(raw);
        if text.is_empty() {
            boxes.push_str(if boxes.ends_with(char::is_alphanumeric) {
                " "
            } else {
                ""
            });
            continue;
        }
        let parent = page.parent(node);
        let is_name = text.contains(' ');
        if let Some((before, was_name)) = last {
            let is_alike = parent != before
                && page.tag(parent) == page.tag(before)
                && page.attr(parent, "class") == page.attr(before, "class")
                && (page.tag(parent) == "a" || page.has_attr(parent, "class"));
            let is_next = is_alike && is_name && was_name && !boxes.ends_with([',', ';', '|', '/']);
            let is_within_word = boxes.ends_with(char::is_alphabetic)
                && raw.starts_with(char::is_lowercase)
                && owner::block_of(page, parent) == owner::block_of(page, before);
            if !is_within_word {
                boxes.push_str(if is_next { ", " } else { "\n" });
            }
        }
        boxes.push_str(&text);
        // The space that ends a text parts it from the next.
        if raw.ends_with(char::is_whitespace) {
            boxes.push(' ');
        }
        last = Some((parent, is_name));
    }
    boxes.trim().to_owned()
}

/// The boxes as far as the byline goes.
fn byline_boxes(boxes: &str, line: &str) -> String {
    let start = line
        .chars()
        .next()
        .and_then(|first| boxes.find(first))
        .unwrap_or(0);
    let boxes = &boxes[start..];
    let n_chars = line.chars().filter(|c| !c.is_whitespace()).count();
    let mut seen = 0;
    let kept = boxes.chars().take_while(|c| {
        seen += usize::from(!c.is_whitespace());
        seen <= n_chars
    });
    let kept: String = kept.collect();
    // A byline that was rewritten is no beginning of its boxes.
    if squeeze(&kept).replace(" ,", ",") == line {
        kept
    } else {
        line.to_owned()
    }
}

/// What stands behind a date in the line of a byline: `05/10/2018 - Publicado por: Juana Paz`.
fn signed_part(text: &str) -> Option<&str> {
    static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:[Bb]y:?|BY:?|[Ww]ritten by|[Pp]ublicado por|[Ee]scrito por|[Pp]ublié par|[Pp]ar|[Pp]ubblicato da|[Ss]critto da|[Vv]eröffentlicht von|[Vv]on|[Аа]втор|Autora?|Penulis|Oleh|作者|记者|記者)\s?[::]?\s?[\p{Lu}\p{Lo}]",
        )
    });
    let found = SIGNATURE.find(text)?;
    let is_behind = text[..found.start()].chars().count() <= 60
        && text[..found.start()].contains(|c: char| c.is_numeric())
        && text[..found.start()]
            .trim_end()
            .ends_with(|c: char| !c.is_alphabetic());
    is_behind.then(|| &text[found.start()..])
}

/// What a byline begins with.
const SIGNS: &[&str] = &[
    "By",
    "BY",
    "by",
    "Written by",
    "Posted by",
    "Submitted by",
    "Created by",
    "Authored by",
    "Words by",
    "Text by",
    "Published by",
    "Reported by",
    "Story by",
    "Analysis by",
    "Words and photos by",
    "Text and photos by",
    "Opinion by",
    "Review by",
    "Publicado por",
    "Escrito por",
    "Publié par",
    "Écrit par",
    "Rédigé par",
    "Propos recueillis par",
    "Pubblicato da",
    "Scritto da",
    "A cura di",
    "Geschrieben von",
    "Veröffentlicht von",
    "Ein Kommentar von",
    "Eine Analyse von",
    "Ein Gastbeitrag von",
    "Kommentar von",
    "Analyse von",
    "Skrevet av",
    "Skrevet af",
    "Skriven av",
    "Geschreven door",
    "Автор",
    "Авторы",
    "Текст",
    "Autor",
    "Autora",
    "Autorin",
    "Autoren",
    "Autore",
    "Auteur",
    "Author",
    "Penulis",
    "Oleh",
    "Yazar",
    "Yazan",
    "Haber",
    "Tekst",
    "Texto",
    "Texte",
    "Text",
    "Testo",
    "Forfatter",
    "Författare",
    "Tác giả",
    "Κείμενο",
    "Συντάκτης",
    "Γράφει ο",
    "Γράφει η",
    "Írta",
    "Napsal",
    "Napsala",
    "Teksti",
];
/// The same where a sentence may begin so too.
const PREPOSITIONS: &[&str] = &[
    "Von", "VON", "von", "Par", "PAR", "par", "Por", "POR", "por", "Di", "DI", "di", "De", "door",
    "Door", "DOOR", "Af", "AF", "af", "Av", "AV", "av", "Од", "Του", "Της",
];

/// Whether a line says that it is a byline. Of `Von Ida Holm` and the like all words are a name's.
pub(super) fn is_signed(text: &str) -> bool {
    let behind = |sign: &str| {
        let rest = text.strip_prefix(sign)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest).strip_prefix(' ')?;
        rest.starts_with(char::is_uppercase).then_some(rest)
    };
    if SIGNS.iter().any(|sign| behind(sign).is_some()) {
        return true;
    }
    if ["作者", "记者", "記者", "撰文"]
        .iter()
        .any(|sign| text.starts_with(sign))
    {
        return text.chars().count() <= 20;
    }
    PREPOSITIONS
        .iter()
        .find_map(|sign| behind(sign))
        .is_some_and(|rest| {
            // A role or place may follow behind a comma.
            let names = rest.split([',', '|', '\n']).next().unwrap_or(rest);
            let words: Vec<&str> = names.split_whitespace().collect();
            (2..=8).contains(&words.len())
                && words
                    .iter()
                    .all(|word| word.starts_with(char::is_uppercase) || is_link_word(word))
        })
}

fn is_link_word(word: &str) -> bool {
    const WORDS: &str = " und et y e en och og von van de da di del der avec mit con med met ";
    WORDS.contains(&format!(" {word} "))
}

/// A byline without the date, the roles and the buttons that follow it in the same box.
fn byline(text: &str) -> Option<String> {
    static POSTED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:posted|published|submitted|created|added)\s+by\b:?\s*"));
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s*(?:[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\bfollow\b|\bshare\b|\bemail\b|\bview\b|\bsee all\b|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\b\d{1,4}[\s/.:-]).*$|\s(?:on|at|am|vom|le|el|il|em|op|den)$",
        )
    });
    let text = POSTED.replace(text, "By ");
    let line = REST.replace(&text, "");
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | ':' | '/')
    });
    let n_chars = line.chars().count();
    let is_name = !matches!(
        line.to_lowercase().as_str(),
        "by" | "von" | "par" | "por" | "author" | "authors" | "about the author" | "written by"
    );
    (is_name
        && (2..=150).contains(&n_chars)
        && line.split(' ').count() <= 20
        && title::is_line(line))
    .then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_known_by_their_signs() {
        for (line, is_one) in [
            ("By Ida Holm", true),
            ("Von Ida Holm und Per Lund", true),
            ("Von Ida Holm, Korrespondentin in Brüssel", true),
            ("Publicado por: Juana Paz", true),
            ("Автор: Иван Петров", true),
            ("作者:王小明", true),
            ("Von der Leyen kommt", false),
            ("Di Stefano segna ancora", false),
            ("Byron Falls", false),
        ] {
            assert_eq!(is_signed(line), is_one, "{line}");
        }
    }
}
