//! Plain text, read as a person reads a clipping: agency line, headline, deck, byline, dateline, date, paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use super::furniture;
use super::{title_from, untitled, when};
use crate::domain::article::{Article, PublishedOrigin, Source, TitleOrigin};
use crate::domain::document::Document;

/// Agencies by every form of their names that stands in a byline, dateline or sign-off.
const AGENCIES: [(&str, &str); 34] = [
    ("ap", "AP"),
    ("associated press", "AP"),
    ("the associated press", "AP"),
    ("reuters", "Reuters"),
    ("reuter", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"),
    ("jiji", "Jiji"),
    ("jiji press", "Jiji"),
    ("xinhua", "Xinhua"),
    ("dpa", "dpa"),
    ("upi", "UPI"),
    ("tass", "TASS"),
    ("itar-tass", "TASS"),
    ("interfax", "Interfax"),
    ("ria novosti", "RIA Novosti"),
    ("ansa", "ANSA"),
    ("efe", "EFE"),
    ("pti", "PTI"),
    ("press trust of india", "PTI"),
    ("ani", "ANI"),
    ("ians", "IANS"),
    ("yonhap", "Yonhap"),
    ("bloomberg", "Bloomberg"),
    ("bernama", "Bernama"),
    ("antara", "Antara"),
    ("press association", "PA"),
    ("aap", "AAP"),
    ("anadolu", "Anadolu"),
    ("anadolu agency", "Anadolu"),
    ("canadian press", "The Canadian Press"),
];

/// A headline has at most this many words.
const MAX_HEADLINE_WORDS: usize = 25;

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let place = r"\p{Lu}[\p{Lu}.'’\- ]+(?:,\s\p{L}[\p{L}. ]+?){0,2}";
    let date = r"(?:,\s(?:[JFMASOND][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?|\d{1,2}\s[JFMASOND][a-z]{2,8}(?:\s\d{4})?))?";
    Regex::new(&format!(r"^(?P<line>(?P<place>{place}){date}(?:\s\((?P<agency>[^)]{{2,40}})\))?)\s*(?:--+|—|–|\s-)\s*"))
        .expect("the pattern is constant")
});

pub(super) fn read(text: &str, document: &Document) -> Option<Article> {
    read_paragraphs(paragraphs(text), document)
}

/// Paragraphs parted by empty lines; lines within one are joined, unless every line is a paragraph of its own.
fn paragraphs(text: &str) -> Vec<String> {
    let has_empty_lines =
        text.trim().contains("\n\n") || text.lines().any(|line| line.trim().is_empty());
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let opens = paragraphs
            .last()
            .is_none_or(|last| !last.is_empty() && !has_empty_lines);
        if line.is_empty() || opens {
            paragraphs.push(line);
        } else if let Some(last) = paragraphs.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(&line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Reads an article from its paragraphs.
pub(super) fn read_paragraphs(mut paragraphs: Vec<String>, document: &Document) -> Option<Article> {
    furniture::trim(&mut paragraphs);
    let mut article = untitled(document);
    // What may stand above a story, in any order, each at most once.
    while let Some(first) = paragraphs.first() {
        let is_taken = take_byline(first, &mut article)
            || take_address(first, &mut article)
            || take_date(first, &mut article)
            || take_headline(&paragraphs, &mut article);
        if !is_taken {
            break;
        }
        paragraphs.remove(0);
    }
    take_dateline(&mut paragraphs, &mut article);
    take_sign_off(&mut paragraphs, &mut article);
    furniture::trim(&mut paragraphs);
    article.body = paragraphs.join("\n\n");
    if article.published.is_none() {
        let stem = document.name.replace(['_', ' '], "-");
        article.published = when::read(&stem, PublishedOrigin::FileName);
    }
    if article.title_origin == TitleOrigin::FileName {
        article.title = title_from(&article.body)?;
        article.title_origin = TitleOrigin::FirstSentence;
    }
    Some(article)
}

fn is_line(paragraph: &str) -> bool {
    paragraph.split_whitespace().count() <= MAX_HEADLINE_WORDS
        && !paragraph.ends_with(['.', ',', ';', ':'])
}

fn take_headline(paragraphs: &[String], article: &mut Article) -> bool {
    let Some(first) = paragraphs
        .first()
        .filter(|first| is_line(first) && !DATELINE.is_match(first))
    else {
        return false;
    };
    if article.title_origin == TitleOrigin::FileName {
        first.clone_into(&mut article.title);
        article.title_origin = TitleOrigin::Headline;
        return true;
    }
    // A second line without a full stop, with the story under it, is the deck.
    let has_story = paragraphs.len() > 1;
    if article.subtitle.is_none() && has_story {
        article.subtitle = Some(first.clone());
    }
    article.subtitle.as_ref() == Some(first)
}

fn agency(name: &str) -> Option<Source> {
    let folded = name.trim().trim_matches(['(', ')', '.']).to_lowercase();
    let (_, name) = AGENCIES.iter().find(|(form, _)| *form == folded)?;
    Some(Source {
        name: (*name).to_owned(),
        domain: None,
    })
}

fn take_byline(line: &str, article: &mut Article) -> bool {
    if article.byline.is_some() || line.split_whitespace().count() > 16 || line.ends_with('.') {
        return false;
    }
    let bare = line.trim_start_matches(['•', '·', '-', '–', '—', '*', ' ']);
    if let Some(source) = agency(bare.strip_prefix("By ").unwrap_or(bare)) {
        article.source = Some(source);
        article.byline = Some(line.to_owned());
        return true;
    }
    let Some(names) = ["By ", "BY ", "by ", "Written by "]
        .iter()
        .find_map(|by| bare.strip_prefix(by))
    else {
        return false;
    };
    if !names.starts_with(char::is_uppercase) {
        return false;
    }
    article.byline = Some(line.to_owned());
    article.authors = authors(names, article);
    true
}

/// The people of a byline; a desk or agency behind them is no person.
pub(super) fn authors(names: &str, article: &mut Article) -> Vec<String> {
    let mut authors = Vec::new();
    for name in names
        .split([',', '|', '/', ';', '&'])
        .flat_map(|part| part.split(" and "))
    {
        let name = name
            .split(" in ")
            .next()
            .unwrap_or(name)
            .trim()
            .trim_start_matches("By ")
            .trim_start_matches("and ");
        if let Some(source) = agency(name) {
            article.source.get_or_insert(source);
            continue;
        }
        let folded = name.to_lowercase();
        let is_person = (2..=4).contains(&name.split(' ').count())
            && ![
                "staff",
                "writer",
                "correspondent",
                "editor",
                "news",
                "desk",
                "press",
                "http",
                "agency",
                "reporter",
            ]
            .iter()
            .any(|word| folded.contains(word))
            && !name.contains(char::is_numeric);
        if is_person {
            let is_shouted = name == name.to_uppercase();
            authors.push(if is_shouted {
                capitalized(&folded)
            } else {
                name.to_owned()
            });
        }
    }
    authors
}

fn capitalized(words: &str) -> String {
    let mut at_start = true;
    words
        .chars()
        .map(|c| {
            let upper = at_start;
            at_start = matches!(c, ' ' | '-' | '\'' | '’');
            if upper { c.to_ascii_uppercase() } else { c }
        })
        .collect()
}

fn take_address(line: &str, article: &mut Article) -> bool {
    let address = ["Source:", "URL:", "Link:"]
        .iter()
        .fold(line, |line, key| line.strip_prefix(key).unwrap_or(line))
        .trim();
    let is_one = address.starts_with("http") && !address.contains(' ');
    if is_one && article.url.is_none() {
        article.url = Some(address.to_owned());
    }
    is_one
}

fn take_date(line: &str, article: &mut Article) -> bool {
    let n_words = line.split_whitespace().count();
    let is_update =
        line.to_lowercase().contains("updated") && !line.to_lowercase().contains("published");
    if article.published.is_some() || n_words > 9 || is_update || line.ends_with('.') && n_words > 5
    {
        return false;
    }
    let label = ["published", "posted", "date", "on "]
        .iter()
        .any(|label| line.to_lowercase().starts_with(label));
    let starts = line.starts_with(|c: char| c.is_ascii_digit())
        || [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
        ]
        .iter()
        .any(|word| line.starts_with(word));
    if !label && !starts {
        return false;
    }
    let stated = line
        .split_once(':')
        .filter(|_| label)
        .map_or(line, |(_, rest)| rest);
    article.published = when::read(stated, PublishedOrigin::Text);
    article.published.is_some()
}

/// Moves the dateline that opens the text to its field.
pub(super) fn take_dateline(paragraphs: &mut [String], article: &mut Article) {
    let Some(first) = paragraphs.first_mut() else {
        return;
    };
    let Some(captures) = DATELINE.captures(first) else {
        return;
    };
    let line = captures["line"].trim().to_owned();
    if let Some(source) = captures
        .name("agency")
        .and_then(|name| agency(name.as_str()))
    {
        article.source.get_or_insert(source);
    }
    if article.published.is_none() {
        article.published = when::read(&line, PublishedOrigin::Dateline);
    }
    let length = captures.get(0).map_or(0, |whole| whole.end());
    first.drain(..length);
    article.dateline = Some(line);
}

/// "… last year. Reuter" and "(Reuters)" at the very end sign for the agency.
fn take_sign_off(paragraphs: &mut Vec<String>, article: &mut Article) {
    let Some(last) = paragraphs.last_mut() else {
        return;
    };
    let word = last.rsplit(' ').next().unwrap_or(last).to_owned();
    let is_sign = word.starts_with('(') || word.eq_ignore_ascii_case("reuter");
    let Some(source) = agency(&word).filter(|_| is_sign) else {
        return;
    };
    let rest = last.len() - word.len();
    last.truncate(rest);
    last.truncate(last.trim_end().len());
    article.source.get_or_insert(source);
    if last.is_empty() {
        paragraphs.pop();
    }
}
