//! `report --output` and `--html`: figures, pages and documents as files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::dossier as lines;
use crate::cli::ingest::now;
use crate::config::Config;
use crate::domain::records::{Section, Value};
use crate::domain::scope::Scope;
use crate::render::figure::{Frame, png, svg};
use crate::render::page::{Head, moment, page};
use crate::render::{self, Format};
use crate::store::Store;

/// What a file says of where it comes from.
pub(super) struct Origin {
    heading: String,
    facts: Vec<(&'static str, String)>,
    limit: usize,
}

impl Origin {
    pub(super) fn new(config: &Config, scope: &Scope, heading: String) -> Self {
        let path = &config.archive.path;
        let name = path.file_name().unwrap_or(path.as_os_str());
        let facts = vec![
            ("Archive", name.to_string_lossy().into_owned()),
            ("Articles", in_words(scope)),
            ("Made", moment(&now())),
        ];
        Self {
            heading,
            facts,
            limit: scope.limit,
        }
    }

    fn head(&self) -> Head<'_> {
        Head {
            title: &self.heading,
            facts: &self.facts,
        }
    }

    fn line(&self) -> String {
        let facts = self.facts.iter();
        let facts: Vec<String> = facts
            .map(|(name, fact)| format!("{name}: {fact}"))
            .collect();
        facts.join(" · ")
    }
}

/// The part of the archive that a report speaks of.
fn in_words(scope: &Scope) -> String {
    let time = match (&scope.since, &scope.until) {
        (None, None) => "all".to_owned(),
        (Some(since), None) => format!("since {since}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    };
    let mut words = vec![time];
    words.extend(scope.source.as_ref().map(|source| format!("of {source}")));
    words.extend(scope.kind.map(|kind| format!("kind {}", kind.as_str())));
    words.join(", ")
}

/// Writes a report in the form that is asked for, or that the file's name tells.
pub(super) fn write(
    store: &Store,
    sections: &[Section],
    origin: &Origin,
    is_dossier: bool,
    path: &Path,
    form: Option<&str>,
) -> Result<()> {
    let extension = path
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let form = form.map(str::to_owned).or(extension).unwrap_or_default();
    match form.as_str() {
        "svg" | "png" => figures(sections, origin, path, form == "png"),
        "html" | "htm" if is_dossier => put(path, dossier(store, sections, origin, true)?),
        "md" | "markdown" if is_dossier => put(path, dossier(store, sections, origin, false)?),
        "html" | "htm" => {
            let articles = store.read(|reader| reader.articles_cited(&named(sections)))?;
            put(path, page(origin.head(), sections, &articles))
        }
        "md" | "markdown" => {
            let mut text = format!("# {}\n\n{}\n\n", origin.heading, origin.line()).into_bytes();
            render::sections(&mut text, sections, Format::Markdown)?;
            put(path, text)
        }
        _ => bail!(
            "{}: a report is written as .svg or .png (its pictures), .html or .md; other formats: --format json > FILE",
            path.display()
        ),
    }
}

/// A dossier as a page or as Markdown.
pub(super) fn dossier(
    store: &Store,
    sections: &[Section],
    origin: &Origin,
    is_page: bool,
) -> Result<String> {
    let document = lines::document(store, sections, origin.head(), origin.limit)?;
    Ok(if is_page {
        document.html()
    } else {
        document.markdown()
    })
}

/// Each picture in a file: the first under the name, the second as `NAME-2` …
fn figures(sections: &[Section], origin: &Origin, path: &Path, is_png: bool) -> Result<()> {
    let source = origin.line();
    let frame = Frame {
        heading: &origin.heading,
        origin: &source,
    };
    let drawn: Vec<String> = sections
        .iter()
        .filter_map(|section| svg(section, frame))
        .collect();
    if drawn.is_empty() {
        bail!(
            "there is nothing to draw; overview, entity, dossier, compare, network, timeline (of no name), places, sources and health have pictures, of articles with a date; --html and .md write every report"
        );
    }
    for (n, figure) in drawn.into_iter().enumerate() {
        let path = numbered(path, n);
        if is_png {
            put(&path, png(&figure)?)?;
        } else {
            put(&path, figure)?;
        }
    }
    Ok(())
}

fn numbered(path: &Path, n: usize) -> PathBuf {
    if n == 0 {
        return path.to_owned();
    }
    let part = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let name = format!(
        "{}-{}.{}",
        part(path.file_stem()),
        n + 1,
        part(path.extension())
    );
    path.with_file_name(name)
}

fn put(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    tell!("written: {}", path.display());
    Ok(())
}

/// The articles that the rows of sections name.
fn named(sections: &[Section]) -> Vec<i64> {
    let mut ids = BTreeSet::new();
    for section in sections {
        if let Some(column) = section.article_column() {
            let values = section.records.rows.iter().map(|row| &row[column]);
            ids.extend(values.filter_map(Value::as_integer));
        }
    }
    ids.into_iter().collect()
}
