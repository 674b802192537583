//! An article in the making, for formats that state its fields; and how many of them pass from one file to the collector.

use std::collections::HashSet;

use super::collector::{ParseError, Stopped};
use super::printed_date::Stated;
use super::{Collector, byline, dateline, fields, fragment, furniture, title_from, untitled};
use crate::domain::article::{Article, Extent, Format, PublishedOrigin, Source, TitleOrigin};
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;
use crate::text::terms;

/// A deck has at most this many words.
const MAX_DECK_WORDS: usize = 60;
/// A description of so many words is the story itself.
const MIN_STORY_WORDS: usize = 150;
/// So many keywords of an article are kept.
const MAX_KEYWORDS: usize = 200;

/// What a format states about one article, as it states it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) subtitle: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) dateline: Option<String>,
    /// Where it was written; it stands in for a dateline.
    pub(super) located: Option<String>,
    pub(super) source: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<Stated>,
    pub(super) keywords: Vec<String>,
    /// The story.
    pub(super) body: Vec<String>,
    /// What stands in for it in a feed.
    pub(super) summary: Vec<String>,
    /// Whether the body is known to be all of it.
    pub(super) is_whole: bool,
}

impl Draft {
    /// The article, or why it is none.
    pub(super) fn finish(
        mut self,
        format: Format,
        document: &Document,
    ) -> Result<Article, Rejection> {
        let untrimmed = (self.body.first().cloned(), self.summary.first().cloned());
        trim(&mut self.body);
        trim(&mut self.summary);
        if self.body.is_empty() && self.summary.is_empty() {
            // What looks like a site's furniture is no such thing where nothing else stands.
            self.body.extend(untrimmed.0);
            self.summary.extend(untrimmed.1);
        }
        let is_summary = self.body.is_empty();
        let paragraphs = std::mem::take(if is_summary {
            &mut self.summary
        } else {
            &mut self.body
        });
        if paragraphs.is_empty() {
            return Err(Rejection::Lacks(match self.title {
                Some(title) => format!("it has no text, only the title “{title}”"),
                None => "it has no text".into(),
            }));
        }
        let mut article = untitled(document);
        article.format = format;
        article.extent = extent(&paragraphs, is_summary, self.is_whole);
        article.subtitle = self
            .subtitle
            .take()
            .or_else(|| deck(&self.summary, &paragraphs));
        self.apply_source(&mut article);
        self.apply_people(&mut article);
        self.apply_keywords(&mut article);
        if let Some(stated) = self.published {
            let (published, instant) = stated.published(PublishedOrigin::Field);
            article.published = Some(published);
            article.other_dates.extend(instant);
        }
        article.dateline = self.dateline.as_deref().and_then(fields::line);
        let mut paragraphs = paragraphs;
        if paragraphs.len() > 1 && Some(&paragraphs[0]) == self.title.as_ref() {
            paragraphs.remove(0);
        }
        if article.dateline.is_none() {
            dateline::take(&mut paragraphs, &mut article);
        }
        if article.dateline.is_none() {
            article.dateline = self.located.as_deref().and_then(fields::line);
        }
        article.body = paragraphs.join("\n\n");
        if let Some(title) = self.title.as_deref().and_then(fields::line) {
            (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
        } else {
            let lacking = || Rejection::Lacks("it has no text".into());
            article.title = title_from(&article.body).ok_or_else(lacking)?;
            article.title_origin = TitleOrigin::FirstSentence;
        }
        article.section = self.section.as_deref().and_then(fields::line);
        article.language = self.language.as_deref().and_then(fields::language);
        article.url = self.url;
        Ok(article)
    }

    fn apply_keywords(&self, article: &mut Article) {
        let mut seen = HashSet::new();
        let keywords = self
            .keywords
            .iter()
            .filter_map(|keyword| fields::line(keyword));
        article.keywords = keywords
            .filter(|keyword| seen.insert(keyword.to_lowercase()))
            .take(MAX_KEYWORDS)
            .collect();
    }

    fn apply_source(&self, article: &mut Article) {
        let domain = self
            .domain
            .clone()
            .or_else(|| self.url.as_deref().and_then(fields::domain));
        let name = self
            .source
            .as_deref()
            .and_then(fields::line)
            .or_else(|| domain.clone());
        article.source = name.map(|name| Source { name, domain });
    }

    fn apply_people(&self, article: &mut Article) {
        for name in self.authors.iter().filter_map(|name| fields::line(name)) {
            let mut people = byline::authors(name.trim_matches(['(', ')']), article);
            // Names of scripts without spaces.
            if people.is_empty() && !name.is_ascii() && !name.contains(' ') {
                people.push(name);
            }
            people.retain(|person| !article.authors.contains(person));
            article.authors.append(&mut people);
        }
        article.byline = self.byline.as_deref().and_then(fields::line);
        match article.byline.clone() {
            Some(byline) if article.authors.is_empty() => {
                let bare = ["By ", "BY ", "by "]
                    .iter()
                    .find_map(|by| byline.strip_prefix(by))
                    .unwrap_or(&byline);
                article.authors = byline::authors(bare, article);
            }
            None if !article.authors.is_empty() => {
                article.byline = Some(format!("By {}", article.authors.join(", ")));
            }
            _ => {}
        }
    }
}

/// Takes off what sites put under a story in their feeds.
fn trim(paragraphs: &mut Vec<String>) {
    let is_pointer = |paragraph: &String| {
        paragraph.starts_with("The post ") && paragraph.contains(" appeared first on ")
    };
    while paragraphs.last().is_some_and(is_pointer) {
        paragraphs.pop();
    }
    furniture::trim(paragraphs);
}

fn extent(paragraphs: &[String], is_summary: bool, is_whole: bool) -> Extent {
    let is_cut = paragraphs.last().is_some_and(|last| {
        let last = last.trim_end_matches([']', ')', ' ', '»', '→']);
        last.ends_with('…') || last.ends_with("...") || last.to_lowercase().ends_with("read more")
    });
    let n_words: usize = paragraphs
        .iter()
        .map(|paragraph| terms::n_words(paragraph))
        .sum();
    if is_cut && !is_whole || is_summary && n_words < MIN_STORY_WORDS {
        Extent::Summary
    } else {
        Extent::Full
    }
}

/// A summary that is more than the story's beginning.
fn deck(summary: &[String], body: &[String]) -> Option<String> {
    let [summary] = summary else { return None };
    let start: String = summary.chars().take(40).collect();
    let is_line = summary.split(' ').count() <= MAX_DECK_WORDS;
    (is_line
        && !body
            .iter()
            .take(2)
            .any(|paragraph| paragraph.starts_with(&start)))
    .then(|| summary.clone())
}

/// The articles of one file on their way to the collector. Until the first is there, what failed waits: a file without any is
/// one failure, not thousands.
pub(super) struct Batch<'b, 'a> {
    collector: &'b mut Collector<'a>,
    n_articles: usize,
    n_failed: usize,
    waiting: Vec<(String, Rejection)>,
}

impl<'b, 'a> Batch<'b, 'a> {
    pub(super) fn new(collector: &'b mut Collector<'a>) -> Self {
        Self {
            collector,
            n_articles: 0,
            n_failed: 0,
            waiting: Vec::new(),
        }
    }

    /// One entry, by the name that a failure gets: `entry 3`.
    pub(super) fn add(
        &mut self,
        name: &str,
        result: Result<Article, Rejection>,
    ) -> Result<(), Stopped> {
        const MAX_WAITING: usize = 1_000;
        match result {
            Ok(article) => {
                self.n_articles += 1;
                for (name, rejection) in self.waiting.drain(..) {
                    self.collector.failure(&name, rejection)?;
                }
                self.collector.article(article)
            }
            Err(rejection) => {
                self.n_failed += 1;
                if self.n_articles > 0 {
                    return self.collector.failure(name, rejection);
                }
                if self.waiting.len() < MAX_WAITING {
                    self.waiting.push((name.to_owned(), rejection));
                }
                Ok(())
            }
        }
    }

    /// How many came, good or not.
    pub(super) fn n_all(&self) -> usize {
        self.n_articles + self.n_failed
    }

    /// Without an article the file is rejected: for the reason that its only entry gave, for the first one's, or for `nothing`.
    pub(super) fn finish(self, nothing: &str) -> Result<(), ParseError> {
        if self.n_articles > 0 {
            return Ok(());
        }
        Err(match self.waiting.into_iter().next() {
            None => Rejection::Lacks(nothing.to_owned()),
            Some((_, rejection)) if self.n_failed == 1 => rejection,
            Some((name, rejection)) => Rejection::Lacks(format!(
                "none of its {} entries gave one ({name}: {rejection})",
                self.n_failed
            )),
        }
        .into())
    }
}

/// A field that may hold HTML or plain text, in paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    if fragment::is_html(text) {
        return fragment::html_to_paragraphs(text);
    }
    let text = super::decode::plain(text.into());
    fragment::text_to_paragraphs(&text)
}
