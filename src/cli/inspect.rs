//! `inspect`: everything but store. One object per article.

use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use super::ingest::documents;
use crate::config::Config;
use crate::domain::document::Document;
use crate::extract::Extractor;
use crate::ingest::analyze;
use crate::parse;
use crate::render::Format;
use crate::store::NewArticle;

/// Examples:
///   microfiche inspect story.html
///   microfiche inspect --raw-text --format ndjson texts/
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
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

impl InspectArgs {
    #[expect(
        clippy::print_stderr,
        reason = "files that give no article are named there"
    )]
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let extractor = Extractor::embedded()?;
        let documents = documents(&self.paths, config.inbox.max_file_bytes);
        let (results, ready) = crossbeam_channel::bounded(64);
        let (jobs, queue) = crossbeam_channel::bounded(64);
        let n_failed = thread::scope(|scope| {
            scope.spawn(move || {
                documents
                    .into_iter()
                    .try_for_each(|document| jobs.send(document))
            });
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                let (queue, results, extractor) = (queue.clone(), results.clone(), &extractor);
                scope.spawn(move || {
                    for (path, document) in &queue {
                        let articles =
                            document.and_then(|document| self.inspect(&document, extractor));
                        if results.send((path, articles)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop((queue, results));
            let mut out = io::BufWriter::new(io::stdout().lock());
            let mut n_failed = 0;
            for (path, articles) in ready {
                match articles {
                    Ok(articles) => articles
                        .iter()
                        .try_for_each(|article| self.print(&mut out, article))?,
                    Err(rejection) => {
                        n_failed += 1;
                        eprintln!("{path}: {rejection}");
                    }
                }
            }
            out.flush()?;
            io::Result::Ok(n_failed)
        })?;
        if n_failed > 0 && self.paths.len() == 1 && self.paths[0].is_file() {
            bail!("nothing would be ingested");
        }
        Ok(())
    }

    fn inspect(
        &self,
        document: &Document,
        extractor: &Extractor,
    ) -> Result<Vec<Value>, crate::domain::ledger::Rejection> {
        let parsed = if self.raw_text {
            parse::raw_text(document)
        } else {
            parse::parse(document)
        }?;
        let format = parsed.format;
        let articles = parsed
            .articles
            .into_iter()
            .map(|article| analyze(article, extractor));
        Ok(articles
            .map(|article| object(document, format.as_str(), &article))
            .collect())
    }

    fn print(&self, out: &mut impl Write, article: &Value) -> io::Result<()> {
        match self.format {
            Format::Ndjson => writeln!(out, "{article}"),
            _ => writeln!(out, "{article:#}"),
        }
    }
}

fn object(document: &Document, format: &str, new: &NewArticle) -> Value {
    let article = &new.article;
    let mentions = new.analysis.mentions.iter().zip(&new.resolution.entity_of).map(|(mention, entity)| {
        json!({
            "start": mention.span.start, "end": mention.span.end, "text": mention.text, "kind": mention.kind,
            "entity": new.resolution.entities[*entity].name, "confidence": mention.confidence,
        })
    });
    let speaker = |n: usize| &new.analysis.mentions[n].text;
    let quotes = new.analysis.quotes.iter().map(|quote| {
        json!({
            "start": quote.span.start, "end": quote.span.end, "text": quote.text,
            "speaker": quote.speaker.map(speaker), "cue": quote.cue,
        })
    });
    let roles = new
        .analysis
        .roles
        .iter()
        .map(|role| json!({ "person": speaker(role.mention), "title": role.title }));
    json!({
        "file": document.path, "format": format, "title": article.title, "title_origin": article.title_origin,
        "subtitle": article.subtitle, "byline": article.byline, "authors": article.authors,
        "source": article.source.as_ref().map(|source| &source.name), "dateline": article.dateline,
        "published_at": article.published.as_ref().map(|published| &published.at),
        "published_precision": article.published.as_ref().map(|published| published.precision),
        "published_origin": article.published.as_ref().map(|published| published.origin),
        "url": article.url, "language": article.language, "section": article.section,
        "other_dates": article.other_dates, "keywords": article.keywords, "extent": article.extent, "body": article.body,
        "mentions": mentions.collect::<Vec<_>>(), "dates": new.analysis.dates, "quotes": quotes.collect::<Vec<_>>(),
        "roles": roles.collect::<Vec<_>>(),
    })
}
