//! The commands that ask the archive: `search`, `show`, `sql`, `report`.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use super::output::OutputArgs;
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::records::{Section, Value};
use crate::render::Format;
use crate::store::{QueryLimits, SearchFilter, Store};

/// Examples:
///   microfiche search 'harbour AND strike*'
///   microfiche search ferry --since 2016-01 --source Kyodo --entity Bergen
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SearchArgs {
    /// Words, "phrases", AND, OR, NOT, prefix*, NEAR(…), title: and body:
    query: String,
    /// Published on or after: 2016, 2016-01, 2016-01-05
    #[arg(long)]
    since: Option<String>,
    /// Published on or before
    #[arg(long)]
    until: Option<String>,
    /// Only this outlet
    #[arg(long)]
    source: Option<String>,
    /// Only articles that mention this name
    #[arg(long)]
    entity: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

impl SearchArgs {
    #[expect(clippy::print_stderr, reason = "an empty result says what to try")]
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let filter = SearchFilter {
            since: self.since.clone(),
            until: self.until.clone(),
            source: self.source.clone(),
            entity: self.entity.clone(),
        };
        let store = Store::open_read_only(&config.archive.path)?;
        let query = quoted(&self.query);
        let found = store.read(|reader| reader.search(&query, &filter, self.limit))?;
        if found.rows.is_empty() {
            eprintln!("nothing found; try fewer words, or a prefix such as harbo*");
        }
        self.output.records(&found)
    }
}

/// Quotes words that hold marks which the query language would trip over: U.S., state-run, O'Neill.
fn quoted(query: &str) -> String {
    if query.contains('"') {
        return query.to_owned();
    }
    let is_plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '*' | '(' | ')' | ':' | '^' | '+'))
    };
    let word = |word: &str| {
        if is_plain(word) {
            word.to_owned()
        } else {
            format!("\"{word}\"")
        }
    };
    query
        .split_whitespace()
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Examples:
///   microfiche show 12
///   microfiche show 12 --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ShowArgs {
    /// The article's id, as `search` and `report` give it
    article: i64,
    /// How to print [default: the text with its names marked]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl ShowArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = Store::open_read_only(&config.archive.path)?;
        let sections = store.read(|reader| reader.article(self.article))?;
        if sections[0].records.rows.is_empty() {
            bail!(
                "there is no article {}; `microfiche search` gives the ids",
                self.article
            );
        }
        let mut out = io::stdout().lock();
        match self.format {
            None => write!(out, "{}", marked(&sections))?,
            Some(format) => crate::render::sections(&mut out, &sections, format)?,
        }
        Ok(())
    }
}

/// The article as text, each name as `[name](kind)`.
fn marked(sections: &[Section]) -> String {
    let field = |name: &str| {
        let n = sections[0]
            .records
            .columns
            .iter()
            .position(|column| column == name)?;
        match &sections[0].records.rows[0][n] {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    };
    let mut text = format!("{}\n", field("title").unwrap_or_default());
    let particulars: Vec<String> = ["source", "byline", "dateline", "published_at", "url"]
        .into_iter()
        .filter_map(field)
        .collect();
    text.push_str(&format!("{}\n\n", particulars.join(" · ")));
    let body: Vec<char> = field("body").unwrap_or_default().chars().collect();
    let mut at = 0;
    for row in &sections[1].records.rows {
        if let [
            Value::Integer(start),
            Value::Integer(end),
            Value::Text(name),
            Value::Text(kind),
            ..,
        ] = row.as_slice()
        {
            text.extend(&body[at..*start as usize]);
            text.push_str(&format!("[{name}]({kind})"));
            at = *end as usize;
        }
    }
    text.extend(&body[at..]);
    text.push('\n');
    text
}

/// Examples:
///   microfiche sql 'select name, n_articles from v_entities order by n_articles desc limit 10'
///   microfiche sql --param kind=person 'select name from entities where kind = :kind' --format csv
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SqlArgs {
    /// One statement that reads; without it, --file or stdin is read
    query: Option<String>,
    /// Read the statement from a file
    #[arg(long, conflicts_with = "query")]
    file: Option<PathBuf>,
    /// A value for a parameter of the query: name=value for :name
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<(String, String)>,
    /// At most so many rows [default: sql.row_limit]
    #[arg(long)]
    limit: Option<usize>,
    #[command(flatten)]
    output: OutputArgs,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl SqlArgs {
    #[expect(clippy::print_stderr, reason = "a limit that is hit is said")]
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let query = match (&self.query, &self.file) {
            (Some(query), _) => query.clone(),
            (None, Some(file)) => fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?,
            (None, None) if io::stdin().is_terminal() => {
                bail!("give a query, as in: microfiche sql 'select * from v_articles'")
            }
            (None, None) => {
                let mut query = String::new();
                io::stdin()
                    .lock()
                    .read_to_string(&mut query)
                    .context("cannot read the query from stdin")?;
                query
            }
        };
        let limits = QueryLimits {
            time: Duration::from_millis(config.sql.time_limit_ms),
            rows: self.limit.unwrap_or(config.sql.row_limit),
        };
        let found =
            Store::open_read_only(&config.archive.path)?.query(&query, &self.parameters, limits)?;
        self.output.records(&found)?;
        if found.truncated {
            eprintln!(
                "only the first {} rows are shown; there are more: raise --limit",
                limits.rows
            );
        }
        Ok(())
    }
}

/// Examples:
///   microfiche report
///   microfiche report entities --kind person --limit 20
///   microfiche report entity 'Antony Blinken'
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ReportArgs {
    /// Which report
    #[arg(value_enum, default_value = "overview")]
    report: Report,
    /// Whom or what `report entity` is about
    name: Option<String>,
    /// Only this kind: person, organization, location, …
    #[arg(long, value_parser = |word: &str| Kind::from_word(word).ok_or("there is no such kind; try person, organization, location, facility, group, event, law, work, product, other"))]
    kind: Option<Kind>,
    /// Published on or after: 2016, 2016-01, 2016-01-05
    #[arg(long)]
    since: Option<String>,
    /// Published on or before
    #[arg(long)]
    until: Option<String>,
    /// At most so many rows in a section
    #[arg(long, default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Report {
    /// What the archive holds
    Overview,
    /// The names that most articles speak of, by kind
    Entities,
    /// All about one name
    Entity,
    /// What became of every file
    Inbox,
}

impl ReportArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = Store::open_read_only(&config.archive.path)?;
        let sections = match self.report {
            Report::Overview => store.read(|reader| reader.overview(self.limit))?,
            Report::Entities => {
                let kinds = self
                    .kind
                    .map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
                let (since, until) = (self.since.as_deref(), self.until.as_deref());
                store.read(|reader| reader.top_entities(&kinds, since, until, self.limit))?
            }
            Report::Entity => self.entity(&store)?,
            Report::Inbox => store.read(|reader| reader.ledger(self.limit))?,
        };
        self.output.sections(&sections)
    }

    #[expect(clippy::print_stderr, reason = "other candidates are named there")]
    fn entity(&self, store: &Store) -> Result<Vec<Section>> {
        let name = self
            .name
            .as_deref()
            .context("whom? as in: microfiche report entity 'Antony Blinken'")?;
        let mut found = store.read(|reader| reader.entities_called(name))?;
        if let Some(kind) = self.kind {
            found
                .rows
                .retain(|row| row[1] == Value::Text(kind.as_str().into()));
        }
        let Some([Value::Integer(id), ..]) = found.rows.first().map(Vec::as_slice) else {
            let like = store.read(|reader| reader.names_like(name))?;
            let names: Vec<String> = like.rows.iter().flatten().filter_map(text).collect();
            bail!(
                "nobody and nothing is called {name:?} here{}",
                if names.is_empty() {
                    String::new()
                } else {
                    format!("; did you mean {}?", names.join(", "))
                }
            );
        };
        for other in found
            .rows
            .iter()
            .skip(1)
            .filter_map(|row| Some((text(&row[1])?, text(&row[2])?)))
        {
            eprintln!(
                "also called so: {} ({}); choose with --kind or the full name",
                other.1, other.0
            );
        }
        Ok(store.read(|reader| reader.entity(*id, self.limit))?)
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}
