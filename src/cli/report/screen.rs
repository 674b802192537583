//! `report screen`: what the archive knows of the names in a text or a list that is not in it.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::cli::ingest::document;
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::article::Article;
use crate::domain::records::Section;
use crate::extract::Extractor;
use crate::ingest::analyze;
use crate::parse::{self, Found, ParseError};
use crate::store::{Screened, Store};

/// Screens a file, or what comes on stdin for `-`.
pub(super) fn screen(
    store: &Store,
    config: &Config,
    path: &Path,
    is_list: bool,
) -> Result<Vec<Section>> {
    let options = config.options();
    let document =
        document(path, options.limits).map_err(|(name, why)| anyhow!("{name}: {why}"))?;
    let is_csv = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let (text, names) = if is_list || is_csv {
        listed(document.reader()?)?
    } else {
        let mut articles = Vec::new();
        let result = parse::parse(&document, &options, &mut |found| {
            if let Found::Article(article) = found {
                articles.push(*article);
            }
            Ok(())
        });
        if let Err(ParseError::Rejected(why)) = result {
            bail!("{}: {why}", document.path);
        }
        spoken_of(articles, &Extractor::open(&config.recognizer)?)
    };
    let mut sections = vec![store.read(|reader| reader.screen_watchlists(&text, &names))?];
    sections.extend(store.read(|reader| reader.screen(&names))?);
    Ok(sections)
}

/// The names in the column `name` of a CSV, or in its first; or simply one a line.
fn listed(list: impl Read) -> Result<(String, Vec<Screened>)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(list);
    let mut names = Vec::new();
    let mut column = 0;
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(|error| anyhow!("the list cannot be read: {error}"))?;
        let is_name = |field: &str| field.trim().eq_ignore_ascii_case("name");
        if let (0, Some(header)) = (n, record.iter().position(is_name)) {
            column = header;
            continue;
        }
        let Some(text) = record
            .get(column)
            .map(str::trim)
            .filter(|text| !text.is_empty())
        else {
            continue;
        };
        names.push(Screened {
            text: text.to_owned(),
            kind: None,
            n_mentions: 1,
        });
    }
    let text: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    Ok((text.join("\n"), names))
}

/// All text of the articles, and the names in it by their fullest form.
fn spoken_of(articles: Vec<Article>, extractor: &Extractor) -> (String, Vec<Screened>) {
    let mut text = String::new();
    let mut n_mentions: BTreeMap<(Kind, String), i64> = BTreeMap::new();
    for article in articles {
        let new = analyze(article, extractor);
        for entity in &new.resolution.entity_of {
            let entity = &new.resolution.entities[*entity];
            *n_mentions
                .entry((entity.kind, entity.name.clone()))
                .or_default() += 1;
        }
        text += &new.article.body;
        text.push('\n');
    }
    let name = |((kind, text), n_mentions)| Screened {
        text,
        kind: Some(kind),
        n_mentions,
    };
    (text, n_mentions.into_iter().map(name).collect())
}
