//! `report`: ready answers about the archive.

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use super::output::OutputArgs;
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::records::{Section, Value};
use crate::store::Store;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche report
  microfiche report entities --kind person --limit 20
  microfiche report entity 'Antony Blinken'"#)]
pub(super) struct ReportArgs {
    /// Which report
    #[arg(value_enum, default_value = "overview")]
    report: Report,
    /// Whom or what `report entity` is about; the list or entry of `report watchlist`
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
    /// Articles that tell the same story, and versions of one article
    Stories,
    /// Where the names of the watchlists stand; with a name, only that list or entry
    Watchlist,
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
            Report::Stories => {
                let (since, until) = (self.since.as_deref(), self.until.as_deref());
                store.read(|reader| reader.stories(since, until, self.limit))?
            }
            Report::Watchlist => {
                let (since, until) = (self.since.as_deref(), self.until.as_deref());
                let name = self.name.as_deref();
                store.read(|reader| reader.watchlist_hits(name, since, until, self.limit))?
            }
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
            let names: Vec<&str> = like
                .rows
                .iter()
                .flatten()
                .filter_map(Value::as_text)
                .collect();
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
            .filter_map(|row| Some((row[1].as_text()?, row[2].as_text()?)))
        {
            eprintln!(
                "also called so: {} ({}); choose with --kind or the full name",
                other.1, other.0
            );
        }
        Ok(store.read(|reader| reader.entity(*id, self.limit))?)
    }
}
