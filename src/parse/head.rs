//! What stands above a story: rubric, headline, deck, byline, date, address, in any order, each at most once.

use super::{byline, dateline, furniture, printed_date};
use crate::domain::article::{Article, PublishedOrigin, TitleOrigin};

/// A headline has at most this many words.
const MAX_HEADLINE_WORDS: usize = 25;
/// A head has at most this many lines.
const MAX_HEAD_LINES: usize = 8;
/// A deck that may be a sentence has at most this many.
const MAX_DECK_WORDS: usize = 45;
/// Without a byline or date under it only a short line without a full stop passes for a deck.
const SURE_DECK_WORDS: std::ops::RangeInclusive<usize> = 5..=10;

/// Rubrics as sites print them above a headline.
const RUBRICS: [&str; 44] = [
    "world",
    "world news",
    "business",
    "business news",
    "politics",
    "sport",
    "sports",
    "technology",
    "tech",
    "science",
    "health",
    "opinion",
    "commentary",
    "comment",
    "analysis",
    "editorial",
    "entertainment",
    "arts",
    "culture",
    "travel",
    "style",
    "lifestyle",
    "education",
    "environment",
    "climate",
    "europe",
    "asia",
    "africa",
    "americas",
    "middle east",
    "asia pacific",
    "us",
    "u.s.",
    "uk",
    "us news",
    "uk news",
    "local",
    "local news",
    "national",
    "economy",
    "markets",
    "news",
    "breaking news",
    "international",
];

/// Takes the head off the paragraphs.
pub(super) fn take(paragraphs: &mut Vec<String>, article: &mut Article) {
    drop_furniture(paragraphs);
    let mut n_taken = 0;
    while let Some(first) = paragraphs.get(n_taken) {
        let below = &paragraphs[n_taken + 1..];
        let is_taken = repeats_title(first, below, article)
            || furniture::is_furniture(first) && !below.is_empty()
            || take_rubric(first, below, article)
            || byline::take(first, article)
            || take_address(first, article)
            || take_date(first, article)
            || take_name(first, below, article)
            || take_headline(first, below, article)
            || take_deck(first, below, article);
        if !is_taken {
            break;
        }
        n_taken += 1;
    }
    paragraphs.drain(..n_taken);
}

/// Site furniture among the lines of the head, so that what belongs together stands together.
fn drop_furniture(paragraphs: &mut Vec<String>) {
    let mut at = 0;
    while at < paragraphs.len().min(MAX_HEAD_LINES) && paragraphs.len() > 1 {
        let line = &paragraphs[at];
        if dateline::opens(line) || n_words(line) > MAX_DECK_WORDS {
            return;
        }
        if furniture::is_furniture(line) && line.contains(char::is_alphanumeric) {
            paragraphs.remove(at);
        } else {
            at += 1;
        }
    }
}

fn n_words(line: &str) -> usize {
    line.split_whitespace().count()
}

/// The headline again, under metadata that gave it already.
fn repeats_title(line: &str, below: &[String], article: &Article) -> bool {
    !below.is_empty()
        && article.title_origin != TitleOrigin::FileName
        && line.to_lowercase() == article.title.to_lowercase()
}

fn take_rubric(line: &str, below: &[String], article: &mut Article) -> bool {
    let is_rubric = RUBRICS.contains(&line.to_lowercase().as_str())
        && article.section.is_none()
        && article.title_origin == TitleOrigin::FileName
        && below
            .first()
            .is_some_and(|next| is_headline(next, &below[1..]))
        && below.len() > 1;
    if is_rubric {
        article.section = Some(line.to_owned());
    }
    is_rubric
}

fn take_address(line: &str, article: &mut Article) -> bool {
    let address = ["Source:", "URL:", "Link:", "From:", "Read at:"]
        .iter()
        .fold(line, |line, key| line.strip_prefix(key).unwrap_or(line))
        .trim()
        .trim_matches(['<', '>']);
    let is_one = address.starts_with("http") && !address.contains(' ');
    if is_one && article.url.is_none() {
        article.url = Some(address.to_owned());
    }
    is_one
}

/// A date of publication; one of an update counts if it comes first.
fn take_date(line: &str, article: &mut Article) -> bool {
    if !printed_date::is_only_date(line) {
        return false;
    }
    if article.published.is_none() {
        article.published = printed_date::state(line, PublishedOrigin::Text, article);
    }
    true
}

/// `Jane Doe`, with a date line under it.
fn take_name(line: &str, below: &[String], article: &mut Article) -> bool {
    if article.title_origin == TitleOrigin::FileName
        || article.byline.is_some()
        || !below
            .first()
            .is_some_and(|next| printed_date::is_only_date(next))
    {
        return false;
    }
    let names = byline::authors(line, article);
    let is_name = n_words(line) <= 4 && names.len() == 1 && names[0].len() == line.len();
    if is_name {
        article.byline = Some(line.to_owned());
        article.authors = names;
    }
    is_name
}

fn take_headline(line: &str, below: &[String], article: &mut Article) -> bool {
    if article.title_origin != TitleOrigin::FileName || !is_headline(line, below) {
        return false;
    }
    line.clone_into(&mut article.title);
    article.title_origin = TitleOrigin::Headline;
    true
}

fn is_headline(line: &str, below: &[String]) -> bool {
    if n_words(line) > MAX_HEADLINE_WORDS || dateline::opens(line) || line.ends_with([',', ';']) {
        return false;
    }
    let is_sentence = line.ends_with('.') && !line.ends_with("...") && !ends_in_abbreviation(line)
        || line.ends_with(".”")
        || line.ends_with(".\"");
    // A full stop stays outside a headline, unless it is printed as one: in capitals, or right above a dateline or byline.
    !is_sentence && !line.ends_with(':')
        || is_shouted(line)
        || below.first().is_some_and(|next| {
            dateline::opens(next)
                || byline::take(next, &mut Article::default())
                || printed_date::is_only_date(next)
        })
}

fn is_shouted(line: &str) -> bool {
    line.contains(char::is_alphabetic) && !line.contains(char::is_lowercase)
}

/// `Inc.`, `U.S.`, `Jr.`: a full stop that ends no sentence.
fn ends_in_abbreviation(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or(line);
    let last = last.trim_end_matches('.');
    last.contains('.')
        || last.chars().count() == 1
        || [
            "inc", "co", "corp", "ltd", "jr", "sr", "bros", "dr", "st", "plc", "no", "vs",
        ]
        .contains(&last.to_lowercase().as_str())
}

/// A deck stands between headline and byline, date or dateline; where none of these follows, it must look like one.
fn take_deck(line: &str, below: &[String], article: &mut Article) -> bool {
    if article.title_origin == TitleOrigin::FileName
        || article.subtitle.is_some()
        || article.byline.is_some()
        || article.published.is_some()
        || dateline::opens(line)
        || line.ends_with([',', ':', ';'])
    {
        return false;
    }
    let is_deck =
        n_words(line) <= MAX_DECK_WORDS && has_head_below(below) || looks_like_deck(line, below);
    if is_deck {
        article.subtitle = Some(line.to_owned());
    }
    is_deck
}

/// Whether a byline, date or dateline comes next, and text after it.
fn has_head_below(below: &[String]) -> bool {
    let Some((next, rest)) = below.split_first() else {
        return false;
    };
    dateline::opens(next)
        || !rest.is_empty()
            && (byline::take(next, &mut Article::default()) || printed_date::is_only_date(next))
}

fn looks_like_deck(line: &str, below: &[String]) -> bool {
    let n_figures = line
        .split(' ')
        .filter(|word| word.contains(char::is_numeric))
        .count();
    let has_story = below
        .first()
        .is_some_and(|next| n_words(next) > 14 && next.ends_with(['.', '”', '"']));
    SURE_DECK_WORDS.contains(&n_words(line))
        && line.ends_with(char::is_alphanumeric)
        && line.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '‘' | '\'' | '"'))
        && !is_shouted(line)
        && n_figures < 2
        && has_story
}
