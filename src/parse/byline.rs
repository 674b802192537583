//! Bylines: who wrote it, and for which agency or outlet.

use super::names;
use super::printed_date;
use crate::domain::article::{Article, PublishedOrigin, Source, TitleOrigin};

/// Agencies and outlets by every form of their names that stands in a byline, dateline or sign-off.
const AGENCIES: [(&str, &str); 52] = [
    ("ap", "AP"),
    ("associated press", "AP"),
    ("the associated press", "AP"),
    ("reuters", "Reuters"),
    ("reuter", "Reuters"),
    ("reuters news", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("agence france presse", "AFP"),
    ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"),
    ("jiji", "Jiji"),
    ("jiji press", "Jiji"),
    ("xinhua", "Xinhua"),
    ("dpa", "dpa"),
    ("upi", "UPI"),
    ("united press international", "UPI"),
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
    ("bloomberg news", "Bloomberg"),
    ("bernama", "Bernama"),
    ("antara", "Antara"),
    ("press association", "PA"),
    ("pa", "PA"),
    ("pa media", "PA"),
    ("aap", "AAP"),
    ("anadolu", "Anadolu"),
    ("anadolu agency", "Anadolu"),
    ("canadian press", "The Canadian Press"),
    ("the canadian press", "The Canadian Press"),
    ("cna", "CNA"),
    ("ukrinform", "Ukrinform"),
    ("prnewswire", "PR Newswire"),
    ("business wire", "Business Wire"),
    ("bbc", "BBC"),
    ("bbc news", "BBC News"),
    ("cnn", "CNN"),
    ("npr", "NPR"),
    ("al jazeera", "Al Jazeera"),
    ("the guardian", "The Guardian"),
    ("the new york times", "The New York Times"),
];

/// A word of these makes a name the name of an outlet.
const OUTLET_WORDS: [&str; 14] = [
    "news",
    "times",
    "post",
    "press",
    "journal",
    "herald",
    "tribune",
    "guardian",
    "telegraph",
    "gazette",
    "chronicle",
    "agency",
    "radio",
    "magazine",
];

/// And one of these makes it a post, no person and no outlet.
const POST_WORDS: [&str; 12] = [
    "staff",
    "writer",
    "writers",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "desk",
    "contributor",
    "special",
];

/// Words inside names that are written small.
const PARTICLES: [&str; 18] = [
    "de", "da", "do", "dos", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "bin",
    "ibn", "al", "el", "y",
];

/// The agency of that name.
pub(super) fn agency(name: &str) -> Option<Source> {
    let folded = name
        .trim()
        .trim_matches(|c: char| "()/.…[]".contains(c))
        .to_lowercase();
    let (_, name) = AGENCIES.iter().find(|(form, _)| *form == folded)?;
    Some(named(name))
}

/// The outlet of that name, its domain not known.
pub(super) fn named(name: &str) -> Source {
    Source {
        name: name.to_owned(),
        domain: None,
    }
}

/// Takes a line that is a byline and nothing else: `By Jane Doe in Paris`, `• Kyodo`, `Jane Doe | AP | Jan. 5, 2016`.
pub(super) fn take(line: &str, article: &mut Article) -> bool {
    if article.byline.is_some() || line.split_whitespace().count() > 20 {
        return false;
    }
    let bare = line
        .trim_start_matches(['•', '·', '-', '–', '—', '*', '_', '(', '[', ' '])
        .trim_end_matches(['*', '_', ')', ']', ' ']);
    if take_labelled(bare, article) {
        return true;
    }
    let bare = bare.strip_prefix("Source: ").unwrap_or(bare);
    let (names, is_signed) = signed(bare);
    if !names.starts_with(|c: char| c.is_uppercase() || c == '@') && agency(names).is_none()
        || line.ends_with(['.', '?', '!', ':']) && agency(names).is_none() && !ends_in_title(names)
    {
        return false;
    }
    let Some(credit) = Credit::of(names, is_signed) else {
        return false;
    };
    article.byline = Some(line.to_owned());
    // A role without a comma hides the name before it: `By Ida Holm Travel News Reporter`.
    article.authors = if credit.authors.is_empty() && is_signed {
        authors(names, article)
    } else {
        credit.authors
    };
    if let Some(source) = credit.source {
        article.source.get_or_insert(source);
    }
    if let Some(date) = credit.date.filter(|_| article.published.is_none()) {
        article.published = printed_date::state(date, PublishedOrigin::Text, article);
    }
    true
}

fn ends_in_title(names: &str) -> bool {
    ["Jr.", "Sr.", "M.D.", "Ph.D."]
        .iter()
        .any(|title| names.ends_with(title))
}

/// What follows "By", and whether anything did.
fn signed(bare: &str) -> (&str, bool) {
    const OPENINGS: [&str; 6] = [
        "written by",
        "reported by",
        "story by",
        "words by",
        "text by",
        "by",
    ];
    for opening in OPENINGS {
        let Some(head) = bare.get(..opening.len()) else {
            continue;
        };
        let rest = &bare[opening.len()..];
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        if head.eq_ignore_ascii_case(opening) && rest.starts_with(' ') {
            return (rest.trim_start(), true);
        }
    }
    // "From Jane Doe in Cairo", but not "From Russia with love".
    match bare
        .strip_prefix("From ")
        .and_then(|rest| rest.split_once(" in "))
    {
        Some((name, _)) if is_person(name) => (&bare["From ".len()..], true),
        _ => (bare, false),
    }
}

/// What the parts of a byline say.
#[derive(Default)]
struct Credit<'a> {
    authors: Vec<String>,
    source: Option<Source>,
    date: Option<&'a str>,
    has_agency: bool,
    has_post: bool,
}

impl<'a> Credit<'a> {
    /// Reads a byline in which every part must be understood; without a "By", one part must be an agency, outlet or post.
    fn of(names: &'a str, is_signed: bool) -> Option<Self> {
        let mut credit = Self::default();
        for (n, part) in names.split(['|', '•', '·', '/']).enumerate() {
            let part = part.trim();
            if printed_date::is_only_date(part) {
                credit.date = Some(part);
            } else if !part.is_empty() && !credit.read(part, n > 0) && n == 0 {
                return None;
            }
        }
        let is_byline = if is_signed {
            credit.source.is_some() || credit.has_post || !credit.authors.is_empty()
        } else {
            credit.is_terse(names)
        };
        is_byline.then_some(credit)
    }

    /// Whether all names of a part are understood. `is_later` says that a bar or slash parts it from a name before it.
    fn read(&mut self, part: &str, is_later: bool) -> bool {
        let mut all_known = true;
        for (n, name) in named_in(part).enumerate() {
            let follows = n > 0 || is_later;
            if let Some(source) = agency(name) {
                self.has_agency = true;
                self.source.get_or_insert(source);
            } else if is_post(name) {
                self.has_post = true;
                self.source = self.source.take().or_else(|| employer(name));
            } else if is_outlet(name) && follows {
                self.source.get_or_insert(named(name));
            } else if let Some((name, source)) = with_agency(name) {
                self.authors.push(names::as_printed(name));
                self.source.get_or_insert(source);
            } else if is_person(name) {
                self.authors.push(names::as_printed(name));
            } else {
                // Places and degrees follow a name; they do not open a byline.
                all_known &= follows && name.split(' ').count() <= 4;
            }
        }
        all_known
    }

    /// Without a "By" only names may stand there, one of them an agency's or followed by a post, so that
    /// "Reuters cuts jobs" and "MAYOR QUITS, STAFF SAY" stay headlines.
    fn is_terse(&self, names: &str) -> bool {
        let is_shouted = !names.contains(char::is_lowercase);
        let has_barred_outlet = self.source.is_some() && names.contains(['|', '•', '·', '/']);
        let has_outlet = self.has_agency
            || !is_shouted
                && !self.authors.is_empty()
                && (self.has_post && names.contains([',', '|']) || has_barred_outlet);
        let n_words = names.split_whitespace().count();
        let n_known: usize = self
            .authors
            .iter()
            .map(|name| name.split(' ').count())
            .sum();
        has_outlet
            && n_words <= n_known + 6
            && self.authors.iter().all(|name| name.split(' ').count() <= 4)
    }
}

/// The people of a byline; a desk or agency behind them is no person, but the article's source.
pub(super) fn authors(names_printed: &str, article: &mut Article) -> Vec<String> {
    let outlet: Vec<String> = article
        .source
        .iter()
        .map(|source| names::fold(&source.name))
        .collect();
    let mut credit = names::read(names_printed.trim(), &outlet);
    let source = credit.others.iter().find_map(|other| {
        let with = || employer(other).filter(|_| is_post(other));
        agency(other).or_else(with)
    });
    if article.source.is_none() {
        article.source = source;
    }
    // One word is an account's name or an outlet's.
    credit.people.retain(|name| name.contains(' '));
    credit.people
}

/// What a byline begins with in other languages than English.
const FOREIGN_OPENINGS: &[&str] = &[
    "Von",
    "VON",
    "Par",
    "PAR",
    "Por",
    "POR",
    "Di",
    "DI",
    "Door",
    "DOOR",
    "Af",
    "AF",
    "Av",
    "AV",
    "Oleh",
    "Text:",
    "Texte:",
    "Texto:",
    "Testo:",
    "Tekst:",
    "Autor:",
    "Autora:",
    "Autorin:",
    "Auteur:",
    "Autore:",
    "Yazan:",
    "Haber:",
    "Автор:",
    "Текст:",
    "Κείμενο:",
    "Του",
    "Της",
    "Skrevet av",
    "Skrevet af",
    "A cura di",
    "Ein Kommentar von",
    "Eine Analyse von",
    "Geschrieben von",
    "Écrit par",
    "Escrito por",
    "Scritto da",
];

/// Takes a byline in another language than English, or in small letters: `Von Ida Holm, Berlin`. Its words may open a sentence
/// or a headline too, so it must stand under a headline, and nearly all of it must be names.
fn take_labelled(line: &str, article: &mut Article) -> bool {
    const MAX_MORE_WORDS: usize = 6;
    let behind = |opening: &&&str| {
        line.strip_prefix(**opening).is_some_and(|rest| {
            rest.trim_start().starts_with(char::is_uppercase)
                && rest.starts_with(char::is_whitespace)
        })
    };
    let is_small = line.starts_with("by ") && !line.contains(char::is_uppercase);
    if article.title_origin == TitleOrigin::FileName
        || !is_small && FOREIGN_OPENINGS.iter().find(behind).is_none()
    {
        return false;
    }
    let credit = names::read(line, &[]);
    let n_words = line.split_whitespace().count();
    let n_known: usize = credit
        .people
        .iter()
        .map(|name| name.split(' ').count())
        .sum();
    let max_more = if is_small {
        credit.people.len()
    } else {
        MAX_MORE_WORDS
    };
    let is_one = !credit.people.is_empty()
        && credit.people.iter().all(|name| name.contains(' '))
        && n_words <= n_known + max_more
        && !line.ends_with(['.', '?', '!', ':']);
    if is_one {
        article.byline = Some(line.to_owned());
        article.authors = authors(line, article);
    }
    is_one
}

/// The names in `Jane Doe in Paris, John Roe and Ada Lund`.
fn named_in(part: &str) -> impl Iterator<Item = &str> {
    let and = |part| {
        let part: &str = part;
        part.split(" and ").flat_map(|part| part.split(" AND "))
    };
    part.split([',', ';', '&'])
        .flat_map(and)
        .map(|name| {
            let name = name.trim();
            let name = name.strip_prefix("and ").unwrap_or(name);
            without_place(name.strip_prefix("By ").unwrap_or(name))
        })
        .filter(|name| !name.is_empty())
}

/// `Jane Doe in Paris` is Jane Doe.
fn without_place(name: &str) -> &str {
    [" in ", " at ", " for ", " IN ", " @"]
        .iter()
        .filter_map(|cut| name.split_once(cut))
        .map(|(name, _)| name.trim())
        .find(|name| is_person(name))
        .unwrap_or(name)
}

/// `Jane Doe BBC News` is Jane Doe of BBC News.
fn with_agency(name: &str) -> Option<(&str, Source)> {
    name.match_indices(' ').find_map(|(end, _)| {
        let source = agency(&name[end..])?;
        Some((&name[..end], source)).filter(|(name, _)| is_person(name))
    })
}

/// The agency that a post is with: `Reuters Staff`.
fn employer(post: &str) -> Option<Source> {
    let mut ends = post.rmatch_indices(' ').map(|(end, _)| end);
    ends.find_map(|end| agency(&post[..end]))
}

fn has_word(name: &str, words: &[&str]) -> bool {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| words.contains(&word))
}

fn is_post(name: &str) -> bool {
    has_word(name, &POST_WORDS) && name.split(' ').count() <= 7
}

fn is_outlet(name: &str) -> bool {
    has_word(name, &OUTLET_WORDS)
        && name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 5
}

fn is_person(name: &str) -> bool {
    let is_name_word = |word: &str| {
        PARTICLES.contains(&word)
            || word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            || word.starts_with("al-")
            || word.starts_with("d’")
            || word.starts_with("d'")
    };
    (2..=5).contains(&name.split(' ').count())
        && name.split(' ').all(is_name_word)
        && !is_post(name)
        && !has_word(name, &["news", "press", "agency", "http", "the"])
        && !name.contains(|c: char| c.is_numeric() || ":\"“”()@?!".contains(c))
}
