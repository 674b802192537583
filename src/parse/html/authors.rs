//! Who wrote it: people's names from JSON-LD, metadata or the byline on the page.

use std::sync::LazyLock;

use regex::Regex;

use super::boxes;
use super::metadata::Metadata;
use super::names;
use super::page::Page;
use super::{fold, pattern, title};

/// More names than this are a masthead.
const MAX_AUTHORS: usize = 12;

/// Names of `<meta>` elements that state an author.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article_author",
    "article.author",
    "content-creator",
    "citation_author",
    "og:author",
    "authors",
    "rnews:author",
    "dc.contributor",
    "twitter:creator:name",
];

/// A page's byline and the people in it.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) byline: Option<String>,
    pub(super) people: Vec<String>,
    /// Names stated as authors that are no people's: agencies, desks.
    pub(super) others: Vec<String>,
}

/// Finds the authors; `headline` is where the headline stands, `outlet` what the outlet is called.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    headline: Option<usize>,
    outlet: &[String],
) -> Authors {
    let printed = printed(page, headline);
    let mut authors = Authors::default();
    let stated = metadata.json_ld.names("author");
    authors.add(
        stated
            .into_iter()
            .filter(|(_, is_organization)| !is_organization)
            .map(|(name, _)| {
                // An account's: `per lund`.
                if name.contains(' ') && !name.contains(char::is_uppercase) {
                    names::as_printed(&name)
                } else {
                    name
                }
            }),
        outlet,
    );
    for name in METAS {
        if authors.people.is_empty() {
            authors.add(metadata.metas(name), outlet);
        }
    }
    if authors.people.is_empty() {
        authors.add(marked(page, headline), outlet);
    }
    authors.correct(&printed, outlet);
    if authors.people.is_empty() {
        let stated = metadata.json_ld.names("author").into_iter();
        let named = stated
            .map(|(name, _)| name)
            .filter(|name| !name.contains("://"));
        authors.others.extend(named);
        authors.others.dedup();
    }
    authors.byline = authors.byline_of(&printed);
    authors
}

impl Authors {
    /// A byline under the headline corrects what machines are told: they are told the first of several, or who posted the page.
    fn correct(&mut self, printed: &[Line], outlet: &[String]) {
        // A byline far away is better than none.
        let is_far_enough = |line: &&Line| line.is_near || self.people.is_empty();
        let near = printed.iter().filter(is_far_enough);
        let named = near.map(|line| {
            let (mut people, _) = names::read(&line.text, outlet);
            people.retain(|name| line.is_signed || name.contains(' ') || !name.is_ascii());
            (line, people)
        });
        let mut named = named.filter(|(_, people)| !people.is_empty());
        let Some((line, mut people)) = named.next() else {
            return;
        };
        // The box in the box lacks what follows the names.
        for (inner, more) in named {
            if line.text.contains(&inner.text) && more.len() > people.len() {
                people = more;
            }
        }
        let is_in =
            |name: &String, names: &[String]| names.iter().any(|known| fold(known) == fold(name));
        let n_shared = self
            .people
            .iter()
            .filter(|name| is_in(name, &people))
            .count();
        let is_whole = n_shared == self.people.len();
        if is_whole && people.len() >= self.people.len() || line.is_signed && n_shared == 0 {
            if self.people.len() != people.len() || n_shared == 0 {
                self.people = people;
            }
            self.people.truncate(MAX_AUTHORS);
        }
    }

    /// The printed line that names the authors, else one that says that it is a byline.
    fn byline_of(&self, printed: &[Line]) -> Option<String> {
        const MAX_WORDS: usize = 6;
        let names_one = |line: &&Line| {
            self.people
                .iter()
                .any(|name| fold(&line.text).contains(&fold(name)))
        };
        let is_short =
            |line: &&Line| self.people.is_empty() && line.text.split(' ').count() <= MAX_WORDS;
        let mut lines = printed.iter();
        let named = lines.clone().find(names_one);
        named
            .or_else(|| lines.find(|line| line.is_signed || is_short(line)))
            .map(|line| line.text.clone())
    }

    fn add(&mut self, stated: impl IntoIterator<Item = String>, outlet: &[String]) {
        for text in stated {
            let (people, others) = names::read(&text, outlet);
            for name in people {
                let is_known = self
                    .people
                    .iter()
                    .any(|known| known.to_lowercase() == name.to_lowercase());
                if !is_known && self.people.len() < MAX_AUTHORS {
                    self.people.push(name);
                }
            }
            self.others.extend(others);
        }
    }
}

/// Names in elements that are marked as the author's.
fn marked(page: &Page, headline: Option<usize>) -> Vec<String> {
    let is_marked = |at: usize| {
        page.attr(at, "rel")
            .is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
            || page.attr(at, "itemprop").is_some_and(|prop| {
                prop.split(' ')
                    .any(|word| word == "author" || word == "creator")
            })
    };
    let mut found = Vec::new();
    for at in (0..page.len()).filter(|at| {
        !page.is_text(*at)
            && page.tag(*at) != "link"
            && is_marked(*at)
            && !boxes::is_other(page, *at, headline)
    }) {
        let name = (at..page.end(at)).find(|at| page.attr(*at, "itemprop") == Some("name"));
        let content = page.attr(name.unwrap_or(at), "content").map(str::to_owned);
        let text = content.unwrap_or_else(|| page.spaced_text_of(name.unwrap_or(at)));
        if text.chars().count() <= 120 && found.len() < 4 && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Words of elements that hold a byline.
const BYLINES: &str = " byline bylines author authors authorname contributor contributors writer reporter autor assinatura postedby by ";
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
struct Line {
    text: String,
    /// Whether it says that it is one.
    is_signed: bool,
    /// Whether it stands by the headline.
    is_near: bool,
}

/// Bylines as printed, those after the headline first.
fn printed(page: &Page, headline: Option<usize>) -> Vec<Line> {
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
            let text = byline_in(page, at, headline)?;
            let is_signed = is_signed(&text);
            let is_near = headline.is_some_and(|headline| at <= headline + MAX_DISTANCE);
            Some((
                at < start,
                Line {
                    text,
                    is_signed,
                    is_near,
                },
            ))
        });
    let mut found: Vec<(bool, Line)> = lines.take(MAX_BYLINES).collect();
    found.sort_by_key(|(is_before, line)| (!line.is_near, *is_before, !line.is_signed));
    found.into_iter().map(|(_, line)| line).collect()
}

fn byline_in(page: &Page, at: usize, headline: Option<usize>) -> Option<String> {
    let words = page.words(at);
    let is_named = !words.contains(" bio ")
        && words
            .split_whitespace()
            .any(|word| BYLINES.contains(&format!(" {word} ")))
        || page.attr(at, "rel") == Some("author")
        || page.attr(at, "itemprop") == Some("author");
    let may_be_signed = || {
        matches!(
            page.tag(at),
            "p" | "div"
                | "span"
                | "address"
                | "cite"
                | "small"
                | "td"
                | "font"
                | "b"
                | "strong"
                | "i"
                | "em"
                | "h4"
                | "h5"
                | "h6"
                | "li"
        )
    };
    if !is_named && !may_be_signed() {
        return None;
    }
    let text = page.spaced_text_of(at);
    if text.len() > 1_000 {
        return None;
    }
    let line = signed_part(&text)
        .and_then(byline)
        .or_else(|| byline(&text))?;
    let is_one =
        is_named || is_signed(&line) && line.chars().count() <= 120 && !line.ends_with('.');
    (is_one && !boxes::is_other(page, at, headline)).then_some(line)
}

/// What stands behind a date in the line of a byline: `05/10/2018 - Publicado por: Juana Paz`.
fn signed_part(text: &str) -> Option<&str> {
    static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:[Bb]y:?|BY:?|[Ww]ritten by|[Pp]ublicado por|[Ee]scrito por|[Pp]ublié par|[Pp]ubblicato da|[Ss]critto da|[Vv]eröffentlicht von|[Аа]втор|Autora?|Penulis|Oleh|作者|记者|記者)\s?[::]?\s?[\p{Lu}\p{Lo}]",
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
    "Publicado por",
    "Escrito por",
    "Publié par",
    "Pubblicato da",
    "Scritto da",
    "Geschrieben von",
    "Veröffentlicht von",
    "Skrevet av",
    "Автор",
    "Авторы",
    "Текст",
    "Autor",
    "Autora",
    "Autore",
    "Auteur",
    "Author",
    "Penulis",
    "Oleh",
    "Yazar",
    "Yazan",
    "Tekst",
    "Texto",
    "Tác giả",
];
/// The same where a sentence may begin so too.
const PREPOSITIONS: &[&str] = &[
    "Von", "VON", "von", "Par", "PAR", "par", "Por", "POR", "por", "Di", "DI", "di", "De", "door",
    "Door", "Af", "Av", "Од",
];

/// Whether a line says that it is a byline. Of `Von Ida Holm` and the like all words are a name's.
fn is_signed(text: &str) -> bool {
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
            let words: Vec<&str> = rest.split(' ').collect();
            (2..=6).contains(&words.len())
                && words.iter().all(|word| {
                    word.starts_with(char::is_uppercase)
                        || matches!(
                            *word,
                            "und"
                                | "et"
                                | "y"
                                | "e"
                                | "en"
                                | "och"
                                | "og"
                                | "von"
                                | "van"
                                | "de"
                                | "da"
                                | "di"
                                | "del"
                                | "der"
                        )
                })
        })
}

/// A byline without the date, the roles and the buttons that follow it in the same box.
fn byline(text: &str) -> Option<String> {
    static POSTED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:posted|published|submitted|created|added)\s+by\b:?\s*"));
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s*(?:[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\bfollow\b|\bshare\b|\bemail\b|\bview\b|\bsee all\b|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\b\d{1,4}[\s/.:-]).*$",
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
        && (4..=150).contains(&n_chars)
        && line.split(' ').count() <= 20
        && title::is_line(line))
    .then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(html: &str) -> Authors {
        let page = Page::parse(html);
        find(
            &page,
            &Metadata::read(&page, html),
            None,
            &["example".to_owned(), "examplenews".to_owned()],
        )
    }

    #[test]
    fn the_byline_is_as_printed() {
        let page = authors(
            "<h1>Ferry</h1><div class=byline>By <a rel=author>Ida Holm</a> <time>Jan 5, 2016 9:00</time></div><p>Text",
        );
        assert_eq!(page.byline.as_deref(), Some("By Ida Holm"));
        assert_eq!(page.people, ["Ida Holm"]);
    }

    #[test]
    fn a_byline_under_the_headline_corrects_what_machines_are_told() {
        let told = |name: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","author":"{name}"}}</script>"#
            )
        };
        for (name, byline, people) in [
            (
                "Ida Holm",
                "By Ida Holm, Per Lund",
                &["Ida Holm", "Per Lund"] as &[&str],
            ),
            ("Web Poster", "By Ida Holm", &["Ida Holm"]),
            ("Ida Holm", "By Example Staff", &["Ida Holm"]),
            (
                "Reuters",
                "By Ida Holm on Monday, Jan. 5th, 2016 at 11:08 a.m.",
                &["Ida Holm"],
            ),
        ] {
            let html = format!(
                "{}<h1>Ferry sails</h1><p class=meta>{byline}</p><p>Text",
                told(name)
            );
            let page = Page::parse(&html);
            let headline = page.tagged(&["h1"]).next();
            let authors = find(
                &page,
                &Metadata::read(&page, &html),
                headline,
                &["example".to_owned()],
            );
            assert_eq!(authors.people, people, "{byline}");
        }
    }

    #[test]
    fn bylines_are_known_by_their_signs() {
        for (line, is_one) in [
            ("By Ida Holm", true),
            ("Von Ida Holm und Per Lund", true),
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

    #[test]
    fn those_who_comment_did_not_write_it() {
        let page =
            authors("<h1>Ferry</h1><p>Text</p><div class=comment><a rel=author>Per Lund</a></div>");
        assert!(page.people.is_empty());
    }
}
