//! Labelled heads and tails: exports of news databases (`BYLINE:`, `LOAD-DATE:`) and mail (`Subject:`, `From:`).

use super::byline;
use super::printed_date::{self, Order};
use crate::domain::article::{Article, Published, PublishedOrigin, TitleOrigin};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    /// A mail's title; index terms in an export.
    Subject,
    Subtitle,
    Byline,
    /// Who sent the mail; the author only where no byline says better.
    Sender,
    Published,
    Updated,
    Section,
    Dateline,
    Source,
    Url,
    Keywords,
    Body,
    /// Of use to the database that wrote it.
    Ignored,
}

/// Labels, folded, and whether one is enough to know a labelled head by.
const LABELS: [(&str, Field, bool); 58] = [
    ("headline", Field::Title, true),
    ("title", Field::Title, false),
    ("subject", Field::Subject, false),
    ("subtitle", Field::Subtitle, false),
    ("subhead", Field::Subtitle, false),
    ("subheadline", Field::Subtitle, false),
    ("deck", Field::Subtitle, false),
    ("highlight", Field::Subtitle, false),
    ("summary", Field::Subtitle, false),
    ("abstract", Field::Subtitle, false),
    ("description", Field::Subtitle, false),
    ("byline", Field::Byline, true),
    ("author", Field::Byline, true),
    ("authors", Field::Byline, true),
    ("author(s)", Field::Byline, true),
    ("by", Field::Byline, false),
    ("from", Field::Sender, false),
    ("date", Field::Published, false),
    ("dated", Field::Published, false),
    ("sent", Field::Published, false),
    ("published", Field::Published, true),
    ("published on", Field::Published, true),
    ("first published", Field::Published, true),
    ("publication date", Field::Published, true),
    ("date published", Field::Published, true),
    ("posted", Field::Published, true),
    ("load-date", Field::Updated, true),
    ("updated", Field::Updated, false),
    ("last updated", Field::Updated, false),
    ("section", Field::Section, false),
    ("rubric", Field::Section, false),
    ("category", Field::Section, false),
    ("dateline", Field::Dateline, true),
    ("source", Field::Source, false),
    ("publication", Field::Source, false),
    ("publication title", Field::Source, true),
    ("newspaper", Field::Source, false),
    ("publisher", Field::Source, false),
    ("outlet", Field::Source, false),
    ("url", Field::Url, true),
    ("link", Field::Url, false),
    ("keywords", Field::Keywords, false),
    ("tags", Field::Keywords, false),
    ("topics", Field::Keywords, false),
    ("body", Field::Body, true),
    ("full text", Field::Body, true),
    ("text", Field::Body, false),
    ("length", Field::Ignored, true),
    ("word count", Field::Ignored, true),
    ("language", Field::Ignored, false),
    ("document-type", Field::Ignored, true),
    ("publication-type", Field::Ignored, true),
    ("journal-code", Field::Ignored, true),
    ("acc-no", Field::Ignored, true),
    ("to", Field::Ignored, false),
    ("cc", Field::Ignored, false),
    ("reply-to", Field::Ignored, false),
    ("message-id", Field::Ignored, false),
];

/// A value longer than this, in words, is a sentence that happens to hold a colon.
const MAX_VALUE_WORDS: usize = 40;

struct Labelled<'a> {
    field: Field,
    is_certain: bool,
    /// Set in capitals, as databases do.
    is_capital: bool,
    value: &'a str,
}

fn labelled(line: &str) -> Option<Labelled<'_>> {
    let (label, value) = line.split_once(':')?;
    if label.len() > 20 || !label.starts_with(char::is_uppercase) {
        return None;
    }
    let folded = label.trim().to_lowercase();
    let (_, field, is_certain) = LABELS.iter().find(|(name, ..)| *name == folded)?;
    let value = value.trim();
    let fits = match field {
        Field::Published | Field::Updated => printed_date::read(value, Order::Unknown).is_some(),
        Field::Url => value.starts_with("http") && !value.contains(' '),
        Field::Body => true,
        _ => value.split_whitespace().count() <= MAX_VALUE_WORDS,
    };
    fits.then(|| Labelled {
        field: *field,
        is_certain: *is_certain,
        is_capital: label == label.to_uppercase(),
        value,
    })
}

/// Whether a line begins with a label.
pub(super) fn opens(line: &str) -> bool {
    labelled(line).is_some()
}

/// Who sent a mail and when: author and date of an article that states none.
#[derive(Default)]
pub(super) struct Sending {
    pub(super) sender: Option<String>,
    pub(super) sent: Option<Published>,
}

/// Takes a labelled head and tail off the paragraphs.
pub(super) fn take(paragraphs: &mut Vec<String>, article: &mut Article) -> Sending {
    let n_head = head_length(paragraphs);
    let labels = paragraphs[..n_head]
        .iter()
        .filter_map(|line| labelled(line));
    let (mut n_labels, mut is_certain, mut n_capital) = (0, false, 0);
    for label in labels {
        n_labels += 1;
        is_certain |= label.is_certain;
        n_capital += usize::from(label.is_capital);
    }
    if n_labels == 0 || n_labels == 1 && !is_certain {
        return Sending::default();
    }
    let is_export = n_capital >= 2;
    let head: Vec<String> = paragraphs.drain(..n_head).collect();
    let (mut unlabelled, mut rest, mut sender) = (Vec::new(), Vec::new(), None);
    let mut awaits: Option<Field> = None;
    let mut seen_label = false;
    for line in head {
        match labelled(&line) {
            Some(label) if label.field == Field::Body => rest.push(label.value.to_owned()),
            Some(label) => {
                seen_label = true;
                let field = match label.field {
                    Field::Subject if is_export => Field::Keywords,
                    Field::Subject => Field::Title,
                    field => field,
                };
                awaits = label.value.is_empty().then_some(field);
                apply(field, label.value, article, &mut sender);
            }
            None => match awaits.take() {
                Some(field) => apply(field, &line, article, &mut sender),
                None if is_export && !seen_label => unlabelled.push(line),
                None => rest.push(line),
            },
        }
    }
    if is_export {
        if unlabelled.iter().any(|line| is_prose(line)) {
            rest.splice(..0, unlabelled);
        } else {
            take_masthead(unlabelled, article, &mut rest);
        }
        take_tail(paragraphs, article, &mut sender);
    }
    rest.retain(|line| !line.is_empty());
    paragraphs.splice(..0, rest);
    let sent = sender.as_ref().and_then(|_| article.published.take());
    Sending { sender, sent }
}

/// How many paragraphs from the top are labelled, or short lines among labelled ones.
fn head_length(paragraphs: &[String]) -> usize {
    let mut length = 0;
    for (n, line) in paragraphs.iter().enumerate().take(40) {
        match labelled(line) {
            Some(label) => {
                length = n + 1;
                if label.field == Field::Body {
                    break;
                }
            }
            None if line.split_whitespace().count() > 25 || n > length + 7 => break,
            None => {}
        }
    }
    // A label without its value has it on the next line.
    let is_open = |line: &String| {
        labelled(line).is_some_and(|label| label.value.is_empty() && label.field != Field::Body)
    };
    if length > 0 && length < paragraphs.len() && is_open(&paragraphs[length - 1]) {
        length += 1;
    }
    length
}

fn apply(field: Field, value: &str, article: &mut Article, sender: &mut Option<String>) {
    if value.is_empty() {
        return;
    }
    let text = || Some(value.to_owned());
    match field {
        Field::Title if article.title_origin == TitleOrigin::FileName => {
            subject(value).clone_into(&mut article.title);
            article.title_origin = TitleOrigin::Metadata;
        }
        Field::Title | Field::Subject | Field::Keywords => {
            let words = value.split([';', ',']).map(|word| word.trim().to_owned());
            article
                .keywords
                .extend(words.filter(|word| !word.is_empty()));
        }
        Field::Subtitle => article.subtitle = article.subtitle.take().or_else(text),
        Field::Byline => {
            article.byline = article.byline.take().or_else(text);
            article.authors = byline::authors(value, article);
        }
        Field::Sender => *sender = text(),
        Field::Updated if article.published.is_some() => {}
        Field::Published | Field::Updated => {
            article.published = printed_date::state(value, PublishedOrigin::Text, article);
        }
        // "Section A; Column 0; Foreign Desk; Pg. 5"
        Field::Section => article.section = article.section.take().or_else(text),
        Field::Dateline => article.dateline = article.dateline.take().or_else(text),
        Field::Source if value.starts_with("http") => article.url = text(),
        Field::Source => {
            let source = byline::agency(value).unwrap_or_else(|| byline::named(value));
            article.source = Some(source);
        }
        Field::Url => article.url = text(),
        Field::Body | Field::Ignored => {}
    }
}

/// A mail's subject without its `Fwd:` and `Re:`.
fn subject(value: &str) -> &str {
    let mut bare = value;
    while let Some((prefix, rest)) = bare.split_once(':') {
        let is_prefix = ["re", "fw", "fwd", "aw", "wg"].contains(&prefix.to_lowercase().as_str());
        if !is_prefix || rest.trim().is_empty() {
            break;
        }
        bare = rest.trim();
    }
    bare
}

/// What an export prints above its labels: count, outlet, date, edition, headline.
fn take_masthead(lines: Vec<String>, article: &mut Article, rest: &mut Vec<String>) {
    let mut lines: Vec<String> = lines
        .into_iter()
        .filter(|line| !is_count(line) && !take_copyright(line, article))
        .collect();
    if article.title_origin == TitleOrigin::FileName
        && lines
            .last()
            .is_some_and(|line| !printed_date::is_only_date(line))
        && let Some(title) = lines.pop()
    {
        (article.title, article.title_origin) = (title, TitleOrigin::Headline);
    }
    let mut lines = lines.into_iter().peekable();
    // The outlet stands first, above the date.
    if let Some(outlet) = lines.next_if(|line| !printed_date::is_only_date(line)) {
        article.source = Some(byline::named(&outlet));
    }
    for line in lines {
        if printed_date::is_only_date(&line) {
            article.published = printed_date::state(&line, PublishedOrigin::Text, article);
        } else if !line.to_lowercase().contains("edition") {
            rest.push(line);
        }
    }
}

fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '”', '"']) && line.split_whitespace().count() > 12
}

/// `1 of 50 DOCUMENTS`
fn is_count(line: &str) -> bool {
    let folded = line.to_lowercase();
    line.starts_with(|c: char| c.is_ascii_digit())
        && folded.contains(" of ")
        && folded.ends_with("documents")
        || folded.starts_with("document ") && folded.contains(" of ")
}

fn take_tail(paragraphs: &mut Vec<String>, article: &mut Article, sender: &mut Option<String>) {
    while let Some(last) = paragraphs.last() {
        let label = labelled(last).filter(|label| label.is_capital && label.field != Field::Body);
        if let Some(label) = label {
            apply(label.field, label.value, article, sender);
        } else if !take_copyright(last, article)
            && !last.eq_ignore_ascii_case("all rights reserved")
            && !last.starts_with("GRAPHIC:")
        {
            break;
        }
        paragraphs.pop();
    }
}

/// `Copyright 2016 The Bergen Courier. All Rights Reserved` names the outlet.
fn take_copyright(line: &str, article: &mut Article) -> bool {
    let Some(rest) = line
        .strip_prefix("Copyright")
        .or_else(|| line.strip_prefix('©'))
    else {
        return false;
    };
    let rest = rest.trim_start_matches([' ', '©', '(', 'c', 'C', ')', ',']);
    let Some((year, name)) = rest.split_once(' ') else {
        return false;
    };
    if year.trim_matches(',').parse::<u16>().is_err() {
        return false;
    }
    let name = name.split(". ").next().unwrap_or(name);
    let name = name.split("All Rights").next().unwrap_or(name);
    let name = name.trim().trim_end_matches(['.', ',']);
    if article.source.is_none() && !name.is_empty() {
        article.source = Some(byline::agency(name).unwrap_or_else(|| byline::named(name)));
    }
    true
}
