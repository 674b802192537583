//! `inspect`: everything but store. One object per article.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, bail};
use clap::Args;
use crossbeam_channel::bounded;
use serde_json::{Value, json};

use super::ingest::{document, files};
use crate::config::Config;
use crate::domain::document::{Document, Options};
use crate::domain::ledger::MemberFailure;
use crate::extract::Extractor;
use crate::ingest::analyze;
use crate::parse::{self, Found, ParseError, Stopped};
use crate::render::Format;
use crate::store::NewArticle;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche inspect story.html
  microfiche inspect --raw-text --format ndjson texts/"#)]
pub(super) struct InspectArgs {
    /// Files or folders; '-' is stdin
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Take each file as body text, verbatim: no headline, byline or boilerplate handling
    #[arg(long)]
    raw_text: bool,
    /// json or ndjson
    #[arg(long, value_enum, default_value = "ndjson")]
    format: Format,
}

/// What is said of a file, as it is found.
enum Line {
    Article(Value),
    Trouble(String),
}

impl InspectArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let extractor = Extractor::open(&config.recognizer)?;
        let (extractor, options) = (&extractor, &config.options());
        let files = files(&self.paths, config)?.taken;
        let (jobs, queue) = bounded(64);
        let (lines, ready) = bounded(64);
        let (n_articles, n_troubles) = thread::scope(|scope| {
            scope.spawn(move || files.into_iter().try_for_each(|path| jobs.send(path)));
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                let (queue, lines) = (queue.clone(), lines.clone());
                scope.spawn(move || {
                    let mut say = |line| lines.send(line).map_err(|_| Stopped);
                    queue
                        .iter()
                        .try_for_each(|path| self.inspect(&path, options, extractor, &mut say))
                });
            }
            drop((queue, lines));
            let mut out = io::BufWriter::new(super::output::stdout());
            let (mut n_articles, mut n_troubles) = (0, 0);
            for line in ready {
                match line {
                    Line::Article(article) => {
                        n_articles += 1;
                        self.print(&mut out, &article)?;
                    }
                    Line::Trouble(trouble) => {
                        n_troubles += 1;
                        tell!("{trouble}");
                    }
                }
            }
            out.flush()?;
            io::Result::Ok((n_articles, n_troubles))
        })?;
        if n_articles == 0 && n_troubles == 0 {
            tell!("there is nothing to inspect: no file, or none with an article");
        }
        if n_articles == 0 && n_troubles > 0 {
            bail!("nothing would be ingested");
        }
        Ok(())
    }

    fn inspect(
        &self,
        path: &Path,
        options: &Options,
        extractor: &Extractor,
        say: &mut dyn FnMut(Line) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let document = match document(path, options.limits) {
            Ok(document) => document,
            Err((name, rejection)) => return say(Line::Trouble(format!("{name}: {rejection}"))),
        };
        let result = self.articles(&document, options, &mut |found| match found {
            Found::Article(article) => {
                let new = analyze(*article, extractor);
                say(Line::Article(object(&document, &new)))
            }
            Found::Failure(MemberFailure { member, rejection }) => {
                let path = &document.path;
                say(Line::Trouble(format!("{path}: {member}: {rejection}")))
            }
        });
        match result {
            Ok(()) => Ok(()),
            Err(ParseError::Stopped(stopped)) => Err(stopped),
            Err(ParseError::Rejected(rejection)) => {
                say(Line::Trouble(format!("{}: {rejection}", document.path)))
            }
        }
    }

    fn articles(
        &self,
        document: &Document,
        options: &Options,
        sink: &mut dyn FnMut(Found) -> Result<(), Stopped>,
    ) -> Result<(), ParseError> {
        if self.raw_text {
            let article = parse::raw_text(document)?;
            return Ok(sink(Found::Article(Box::new(article)))?);
        }
        parse::parse(document, options, sink).map(|_| ())
    }

    fn print(&self, out: &mut impl Write, article: &Value) -> io::Result<()> {
        match self.format {
            Format::Ndjson => writeln!(out, "{article}"),
            _ => writeln!(out, "{article:#}"),
        }
    }
}

fn object(document: &Document, new: &NewArticle) -> Value {
    let article = &new.article;
    let mentions = new.analysis.mentions.iter().zip(&new.resolution.entity_of).map(|(mention, entity)| {
        json!({
            "start": mention.span.start, "end": mention.span.end, "text": mention.text, "kind": mention.kind,
            "entity": new.resolution.entities[*entity].name, "confidence": mention.confidence,
            "place": new.analysis.place_of(mention.span),
        })
    });
    let speaker = |n: usize| &new.analysis.mentions[n].text;
    let quotes = new.analysis.quotes.iter().map(|quote| {
        json!({
            "start": quote.span.start, "end": quote.span.end, "text": quote.text,
            "speaker": quote.speaker.map(speaker), "cue": quote.cue, "rule": quote.rule, "cue_span": quote.cue_span,
        })
    });
    let roles = new
        .analysis
        .roles
        .iter()
        .map(|role| json!({ "person": speaker(role.mention), "title": role.title, "place": new.analysis.place_of(role.span) }));
    json!({
        "file": document.path, "format": article.format, "title": article.title, "title_origin": article.title_origin,
        "subtitle": article.subtitle, "byline": article.byline, "authors": article.authors,
        "source": article.source.as_ref().map(|source| &source.name), "dateline": article.dateline,
        "published_at": article.published.as_ref().map(|published| &published.at),
        "published_precision": article.published.as_ref().map(|published| published.precision),
        "published_origin": article.published.as_ref().map(|published| published.origin),
        "url": article.url, "language": article.language, "section": article.section,
        "other_dates": article.other_dates, "keywords": article.keywords, "extent": article.extent, "is_ocr": article.is_ocr, "body": article.body,
        "mentions": mentions.collect::<Vec<_>>(), "dates": new.analysis.dates, "quotes": quotes.collect::<Vec<_>>(),
        "roles": roles.collect::<Vec<_>>(),
    })
}
