//! Who wrote it: people's names from JSON-LD, metadata or the byline on the page, without desks, outlets, roles and addresses.

use std::sync::LazyLock;

use regex::Regex;

use super::metadata::Metadata;
use super::page::{Page, squeeze};
use super::{fold, title};

/// Words that no person is called by alone.
const NO_FIRST_NAMES: &[&str] = &["guest", "bloomberg", "root", "user", "more", "special", "test", "wordpress"];

/// More names than this are a masthead.
const MAX_AUTHORS: usize = 12;

/// Words that no person is called by: desks, roles, services.
const NO_NAMES: &[&str] = &[
    "staff", "admin", "administrator", "editor", "editors", "editorial", "newsroom", "news", "desk", "reporter", "reporters",
    "correspondent", "correspondents", "writer", "writers", "contributor", "contributors", "press", "agency", "agencies", "team",
    "bureau", "service", "services", "media", "network", "online", "digital", "web", "webdesk", "author", "authors",
    "columnist", "columnists", "producer", "producers", "photographer", "photographers", "director", "manager", "chief", "senior",
    "associate", "assistant", "reuters", "afp", "upi", "xinhua", "dpa", "pti", "ians", "ani", "kyodo", "facebook",
    "twitter", "instagram", "linkedin", "google", "youtube", "http", "https", "www", "com", "subscribe", "follow", "email", "share",
    "published", "updated", "posted", "redaktion", "redacción", "redação", "redacao", "redazione", "rédaction", "редакция", "unknown",
    "anonymous", "posts", "view", "magazine", "newspaper", "group", "inc", "llc", "ltd", "tv", "radio", "corp",
    "university", "institute", "photo", "photos", "video", "getty", "images", "tribune", "gazette", "journal", "herald",
    "contributing", "freelance", "associated", "photograph", "illustration", "graphic", "humans", "by", "health", "sports", "business", "politics", "technology", "science", "opinion", "council",
];

#[expect(clippy::expect_used, reason = "constant patterns; a test compiles them")]
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W*(?:(?:(?:story|text|words|article|report|analysis|opinion|review|column|written|posted|published|reported|created|submitted|authored|edited)\s+)?by|author|authors|writer|von|par|por|de|di|da|door|av|af|автор|текст|autor|autora|text|words)\s*[:\-–—]*\s+",
    )
    .expect("the pattern is constant")
});

#[expect(clippy::expect_used, reason = "constant patterns; a test compiles them")]
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*(?:,|;|\||/|·|•|\n|\s&\s|\sand\s|\swith\s|\sund\s|\set\s|\sy\s|\se\s|\si\s|\sog\s|\soch\s|\s[-–—]\s|–|—)\s*").expect("the pattern is constant")
});

/// Credits for other things than the writing.
#[expect(clippy::expect_used, reason = "constant patterns; a test compiles them")]
static NO_WRITING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:photo|photograph|photography|illustration|graphic|video|image|picture|foto|фото|edited|reviewed|fact.?checked)s?\s*(?:by|:|credit)").expect("the pattern is constant")
});

/// Where a name ends: a place, an address, a date, a role behind the name.
#[expect(clippy::expect_used, reason = "constant patterns; a test compiles them")]
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\s+(?:in|for|at|of the|from|on|is|published|updated|posted)\s.*|\s*[(\[<@].*|\s+\S+@\S+.*|\s+https?:.*|\s+\d.*)$").expect("the pattern is constant")
});

/// A page's byline and the people in it.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) byline: Option<String>,
    pub(super) people: Vec<String>,
    /// Names stated as authors that are no people's: agencies, desks.
    pub(super) others: Vec<String>,
}

/// Finds the authors; `headline` is where the headline stands, `outlet` what the outlet is called.
pub(super) fn find(page: &Page, metadata: &Metadata, headline: Option<usize>, outlet: &[String]) -> Authors {
    let printed = printed(page, headline);
    let mut authors = Authors::default();
    let stated = metadata.json_ld.names("author");
    authors.add(stated.into_iter().filter(|(_, is_organization)| !is_organization).map(|(name, _)| name), outlet);
    const METAS: &[&str] = &[
        "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl", "byline", "dc.creator",
        "dcterms.creator", "cxenseparse:author", "article_author", "article.author", "content-creator", "citation_author", "og:author",
        "authors", "rnews:author", "dc.contributor", "twitter:creator:name",
    ];
    for name in METAS {
        if authors.people.is_empty() {
            authors.add(metadata.metas(name), outlet);
        }
    }
    if authors.people.is_empty() {
        authors.add(marked(page), outlet);
    }
    if authors.people.is_empty() {
        authors.add(printed.iter().take(1).cloned(), outlet);
    }
    if authors.people.is_empty() {
        let organizations = metadata.json_ld.names("author").into_iter().map(|(name, _)| name);
        authors.others.extend(organizations.filter(|name| !name.contains("://")));
        authors.others.dedup();
    }
    let names_one = |line: &&String| authors.people.iter().any(|name| fold(line).contains(&fold(name)));
    let is_label = |line: &&String| starts_as_byline(line) || line.split(' ').count() <= 6;
    authors.byline = match authors.people.is_empty() {
        true => printed.iter().find(is_label).cloned(),
        false => printed.iter().find(names_one).cloned(),
    };
    authors
}

impl Authors {
    fn add(&mut self, stated: impl IntoIterator<Item = String>, outlet: &[String]) {
        for text in stated {
            let (people, others) = names(&text, outlet);
            for name in people {
                let is_known = self.people.iter().any(|known| known.to_lowercase() == name.to_lowercase());
                if !is_known && self.people.len() < MAX_AUTHORS {
                    self.people.push(name);
                }
            }
            self.others.extend(others);
        }
    }
}

/// Splits a byline into people and others.
fn names(text: &str, outlet: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut people, mut others) = (Vec::new(), Vec::new());
    if text.contains("://") || text.starts_with('@') || text.chars().count() > 300 {
        return (people, others);
    }
    if NO_WRITING.is_match(text) {
        return (people, others);
    }
    let text = LABEL.replace(text, "");
    for part in PARTED.split(&text) {
        let part = LABEL.replace(part, "");
        let name = squeeze(TAIL.replace(&part, "").trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')')));
        let name = without_role(&name, outlet);
        if !name.chars().any(char::is_alphabetic) {
            continue;
        }
        if is_person(&name, outlet) {
            people.push(as_printed(&name));
        } else if !others.contains(&name) {
            others.push(name);
        }
    }
    // One word beside others is a place or an outlet: `Reuters, Washington`.
    if people.len() + others.len() > 1 {
        people.retain(|name| name.contains(' ') || !name.is_ascii());
    }
    (people, others)
}

/// Cuts what follows a name of two words or more: a role, an agency, the outlet.
fn without_role(name: &str, outlet: &[String]) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let ends = |n_words: usize| {
        let word = fold(words[n_words]);
        let rest = fold(&words[n_words..].concat());
        NO_NAMES.contains(&word.as_str()) || outlet.contains(&rest) || words[n_words - 1].ends_with('.') && words[n_words - 1].len() > 4
    };
    if words.iter().take(2).any(|word| NO_NAMES.contains(&fold(word).as_str()) || fold(word) == "the") {
        return name.to_owned();
    }
    let n_words = (2..words.len()).find(|n_words| ends(*n_words)).unwrap_or(words.len());
    words[..n_words].join(" ").trim_end_matches(|c: char| c == '.' && n_words < words.len()).to_owned()
}

fn is_person(name: &str, outlet: &[String]) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let folded = fold(name);
    let is_cased = !name.chars().any(char::is_lowercase) && !name.chars().any(char::is_uppercase);
    let n_capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    (1..=5).contains(&words.len())
        && (2..=50).contains(&name.chars().count())
        && !name.contains(|c: char| c.is_numeric() || matches!(c, '@' | ':' | '_' | '=' | '!' | '?' | '#'))
        && (is_cased || n_capitals * 2 >= words.len() && n_capitals > 0)
        && !name.split([' ', '-', '.']).map(fold).any(|word| NO_NAMES.contains(&word.as_str()) || outlet.contains(&word))
        && !outlet.iter().any(|outlet| *outlet == folded || folded.len() > 4 && outlet.contains(&folded))
        && !folded.starts_with("associatedpress")
        && !(words.len() == 1 && (name == name.to_uppercase() && !is_cased || folded.len() < 3))
        && !words[0].eq_ignore_ascii_case("the")
        && !NO_FIRST_NAMES.contains(&fold(words[0]).as_str())
}

/// JANE DOE is shouted; McKay and DeVito are not.
fn as_printed(name: &str) -> String {
    let is_shouted = name == name.to_uppercase() && name.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let is_mumbled = name == name.to_lowercase();
    if !is_shouted && !is_mumbled {
        return name.to_owned();
    }
    let mut at_start = true;
    let chars = name.chars().flat_map(|c| {
        let c: Vec<char> = if at_start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        at_start = matches!(c.first(), Some(' ' | '-' | '\'' | '’' | '.'));
        c
    });
    chars.collect()
}

/// Names in elements that are marked as the author's.
fn marked(page: &Page) -> Vec<String> {
    let is_marked = |at: usize| {
        page.attr(at, "rel").is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
            || page.attr(at, "itemprop").is_some_and(|prop| prop.split(' ').any(|word| word == "author" || word == "creator"))
    };
    let mut found = Vec::new();
    for at in (0..page.len()).filter(|at| !page.is_text(*at) && page.tag(*at) != "link" && is_marked(*at) && !is_aside(page, *at)) {
        let name = (at..page.end(at)).find(|at| page.attr(*at, "itemprop") == Some("name"));
        let content = page.attr(name.unwrap_or(at), "content").map(str::to_owned);
        let text = content.unwrap_or_else(|| page.spaced_text_of(name.unwrap_or(at)));
        if text.chars().count() <= 120 && found.len() < 4 && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Comments, related stories and the like have authors of their own.
fn is_aside(page: &Page, at: usize) -> bool {
    const ASIDES: &[&str] = &["comment", "related", "recommend", "sidebar", "popular", "recent", "latest", "trending", "promo", "teaser", "widget", "footer", "nav", "respond"];
    page.ancestors(at).take(12).any(|at| {
        matches!(page.tag(at), "footer" | "nav" | "aside")
            || page.tag(at) != "body" && page.words(at).split(' ').any(|word| ASIDES.iter().any(|aside| word.starts_with(aside)))
    })
}

/// Bylines as printed, those after the headline first.
fn printed(page: &Page, headline: Option<usize>) -> Vec<String> {
    const NAMES: &[&str] = &["byline", "bylines", "author", "authors", "authorname", "contributor", "contributors", "writer", "reporter", "autor", "assinatura", "postedby", "by"];
    let mut found: Vec<(bool, String)> = Vec::new();
    for at in 0..page.len() {
        if page.is_text(at) || matches!(page.tag(at), "html" | "body" | "head" | "meta" | "link" | "script" | "article" | "main" | "style" | "svg" | "img" | "button") {
            continue;
        }
        if page.end(at) - at > 60 {
            continue;
        }
        let text = || page.spaced_text_of(at);
        let words = page.words(at);
        let is_named = words.split(' ').any(|word| NAMES.contains(&word))
            && !words.contains(" bio ")
            || page.attr(at, "rel") == Some("author")
            || page.attr(at, "itemprop") == Some("author");
        let is_label = || matches!(page.tag(at), "p" | "div" | "span" | "address" | "cite") && starts_as_byline(&text());
        if !(is_named || is_label()) || is_aside(page, at) {
            continue;
        }
        if let Some(line) = byline(&text()) {
            let is_after = headline.is_none_or(|headline| at > headline);
            found.push((!is_after, line));
        }
        if found.len() > 30 {
            break;
        }
    }
    found.sort_by_key(|(is_before, line)| (*is_before, !starts_as_byline(line)));
    found.into_iter().map(|(_, line)| line).collect()
}

fn starts_as_byline(text: &str) -> bool {
    text.strip_prefix("By ")
        .or_else(|| text.strip_prefix("BY "))
        .or_else(|| text.strip_prefix("by "))
        .or_else(|| text.strip_prefix("Written by "))
        .or_else(|| text.strip_prefix("By: "))
        .is_some_and(|rest| rest.starts_with(char::is_uppercase) && rest.chars().count() <= 120 && !rest.ends_with('.'))
}

/// A byline without the date, the roles and the buttons that follow it in the same box.
#[expect(clippy::expect_used, reason = "constant patterns; a test compiles them")]
fn byline(text: &str) -> Option<String> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*(?:[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\bfollow\b|\bshare\b|\bemail\b|\bview\b|\bsee all\b|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d|\b\d{1,4}[\s/.:-]).*$").expect("the pattern is constant")
    });
    let line = REST.replace(text, "");
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | ':' | '/'));
    let n_chars = line.chars().count();
    let is_name = !matches!(line.to_lowercase().as_str(), "by" | "author" | "authors" | "about the author" | "written by");
    (is_name && (4..=150).contains(&n_chars) && line.split(' ').count() <= 20 && title::is_line(line)).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(html: &str) -> Authors {
        let page = Page::parse(html);
        find(&page, &Metadata::read(&page, html), None, &["example".to_owned(), "examplenews".to_owned()])
    }

    #[test]
    fn bylines_are_read_as_people() {
        for (byline, people) in [
            ("By Jane Doe and John Roe", &["Jane Doe", "John Roe"] as &[&str]),
            ("By JANE DOE, Staff Writer", &["Jane Doe"]),
            ("Jane Doe, The Associated Press", &["Jane Doe"]),
            ("By Jane Doe | jdoe@example.com", &["Jane Doe"]),
            ("Jane Doe for Example News", &["Jane Doe"]),
            ("By Jane Doe in Oslo", &["Jane Doe"]),
            ("Written by: Jane van der Doe", &["Jane van der Doe"]),
            ("Example Staff", &[]),
            ("admin", &[]),
            ("https://www.facebook.com/example", &[]),
            ("Reuters", &[]),
        ] {
            assert_eq!(names(byline, &["example".into()]).0, people, "{byline}");
        }
    }

    #[test]
    fn the_byline_is_as_printed() {
        let page = authors("<h1>Ferry</h1><div class=byline>By <a rel=author>Ida Holm</a> <time>Jan 5, 2016 9:00</time></div><p>Text");
        assert_eq!(page.byline.as_deref(), Some("By Ida Holm"));
        assert_eq!(page.people, ["Ida Holm"]);
    }

    #[test]
    fn those_who_comment_did_not_write_it() {
        let page = authors("<h1>Ferry</h1><p>Text</p><div class=comment><a rel=author>Per Lund</a></div>");
        assert!(page.people.is_empty());
    }
}
