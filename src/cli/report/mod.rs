//! `report`: ready answers about the archive.

mod audit;
mod dossier;
mod explain;
mod files;
mod screen;
mod ties;

use std::path::PathBuf;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::{Args, Subcommand};

use super::ingest::{now, today};
use super::output::OutputArgs;
use super::progress::{Measure, Progress, note};
use super::scope::ScopeArgs;
use super::{archive, whom};
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::records::Section;
use crate::domain::scope::Scope;
use crate::render::Format;
use crate::render::graph::{self, Graph};
use crate::store::Store;

#[derive(Debug, Args)]
#[command(
    subcommand_value_name = "REPORT",
    subcommand_help_heading = "Reports",
    after_help = r#"Examples:
  microfiche report
  microfiche report entities --kind person --since 2016-01 --limit 20
  microfiche report entity 'Antony Blinken' --explain
  microfiche report compare Tokyo Seoul --since 2016 --chart
  microfiche report network 'Antony Blinken' --output network.svg
  microfiche report places --html places.html
  microfiche report dossier 'Antony Blinken' --output blinken.md"#
)]
pub(super) struct ReportArgs {
    /// Which report [default: overview]
    #[command(subcommand)]
    report: Option<Report>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// At most so many rows in a section [default: 10; 50 in a dossier, 100 on a map, 60 ties in a picture]
    #[arg(long, global = true)]
    limit: Option<usize>,
    /// Open the numbers: the articles and excerpts behind them, and the SQL that made them
    #[arg(long, global = true)]
    explain: bool,
    /// Draw what can be drawn, in the terminal
    #[arg(long, global = true)]
    chart: bool,
    /// Write the pictures (.svg, .png), or all of the report (.html, .md), to a file
    #[arg(long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the report, with its pictures, as one page that needs nothing else
    #[arg(long, global = true, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    printing: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum Report {
    /// What the archive holds, and what is new
    Overview,
    /// The names that most articles speak of, by kind, with their trend
    Entities,
    /// All about one name: roles, months, company, quotes, articles
    Entity {
        /// A name, kind:name, or an entity's number
        name: String,
    },
    /// All about one name as a document that cites article and span for every line
    Dossier {
        /// A name, kind:name, or an entity's number
        name: String,
    },
    /// Names side by side, month by month, and the articles with all of them
    Compare {
        /// Two names or more
        #[arg(required = true, num_args = 2..)]
        names: Vec<String>,
    },
    /// The sentences in which two names both stand
    Pair {
        /// The one
        one: String,
        /// The other
        other: String,
    },
    /// Who stands together with whom, around a name or in all of the archive
    Network {
        /// A name; without it, the names that most articles speak of
        name: Option<String>,
        /// Print the graph for another program: Gephi opens graphml and gexf, Graphviz dot
        #[arg(long = "graph", value_enum, value_name = "FORMAT")]
        graph: Option<Graph>,
    },
    /// What happened when, as articles tell it
    Timeline {
        /// A name; without it, the days most told of
        name: Option<String>,
    },
    /// Where the news is from: places with their position
    Places,
    /// Names that rise unusually now, against their own past
    Trends,
    /// Each outlet's volume, languages, delays and favourite names
    Sources,
    /// Articles that tell the same story, and versions of one article
    Stories,
    /// Who is quoted, and what they said
    Quotes {
        /// Only what this name said, and what was said about it
        name: Option<String>,
    },
    /// Titles as printed: who was what, when
    Roles {
        /// Only this name
        name: Option<String>,
    },
    /// Where the names of the watchlists stand
    Watchlist {
        /// Only this list or entry
        name: Option<String>,
    },
    /// What the archive and its watchlists know of the names in a text or list; nothing is stored
    Screen {
        /// A file of any form that is read, or '-' for stdin; a CSV is taken as a list of names
        #[arg(default_value = "-")]
        file: PathBuf,
        /// It is a list of names, one a line
        #[arg(long)]
        names: bool,
    },
    /// Judge what was found, drawn by chance, and learn how precise the names, quotes, roles or dates of this archive are
    Audit {
        /// What to judge
        #[arg(long, value_enum, value_name = "WHAT", default_value = "names")]
        of: audit::Of,
        /// How many
        #[arg(long, default_value_t = 100)]
        sample: usize,
        /// The same number draws the same again
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// What became of every file
    Inbox,
    /// What comes in, who has fallen silent, what is lacking, why files failed
    Health,
}

impl ReportArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = archive(config)?;
        let mut scope = self
            .scope
            .resolved(&store, self.limit.unwrap_or_else(|| self.usual_limit()))?;
        if let Some(Report::Network {
            name,
            graph: Some(format),
        }) = &self.report
        {
            let id = self.maybe(&store, name.as_deref())?;
            let network = store.read(|reader| reader.network(id, &scope))?;
            return OutputArgs::text(&graph::written(&network, *format));
        }
        let is_asking = matches!(
            self.report,
            Some(Report::Audit { .. } | Report::Screen { .. })
        );
        let line = Progress::unless(is_asking, "reading the archive", Measure::Time);
        let mut sections = self.sections(&store, config, &mut scope)?;
        let is_empty = sections
            .iter()
            .all(|section| section.records.rows.is_empty());
        if is_empty && !scope.is_whole() {
            note(
                "nothing of that outlet or time; leave out --source, or widen --since and --until",
            );
        } else if is_empty && matches!(self.report, Some(Report::Watchlist { name: None })) {
            note("no list is watched yet; take one with: microfiche watchlist add NAME FILE");
        }
        let n_vague = store.read(|reader| reader.n_vague(&scope))?;
        if n_vague > 0 {
            note(&format!(
                "{n_vague} articles are dated by a year or month that lies partly outside the time asked for; they are left out"
            ));
        }
        if self.explain {
            sections = explain::opened(&store, sections, &scope)?;
        }
        drop(line);
        self.deliver(&store, config, &scope, &sections)
    }

    /// Writes the report to the files that are asked for, or prints it.
    fn deliver(
        &self,
        store: &Store,
        config: &Config,
        scope: &Scope,
        sections: &[Section],
    ) -> Result<()> {
        let origin = files::Origin::new(config, scope, self.heading(sections));
        let is_dossier = matches!(self.report, Some(Report::Dossier { .. }));
        let files = self.output.iter().map(|path| (path, None));
        let pages = self.html.iter().map(|path| (path, Some("html")));
        let mut has_written = false;
        for (path, form) in files.chain(pages) {
            files::write(store, sections, &origin, is_dossier, path, form)?;
            has_written = true;
        }
        if has_written {
            return Ok(());
        }
        if self.chart {
            return self.printing.charts(sections);
        }
        if is_dossier && self.printing.is(Format::Markdown) {
            return OutputArgs::text(&files::dossier(store, sections, &origin, false)?);
        }
        self.printing.sections(sections)
    }

    /// What a report is called above its pages and figures.
    fn heading(&self, sections: &[Section]) -> String {
        let first = |column| {
            let section = sections.first()?;
            let row = section.records.rows.first()?;
            row[section.column(column)?].as_text()
        };
        let of = |what: &str, name: &Option<String>| match name {
            Some(name) => format!("{what} of {name}"),
            None => what.to_owned(),
        };
        match self.report.as_ref().unwrap_or(&Report::Overview) {
            Report::Entity { name } | Report::Dossier { name } => {
                first("name").unwrap_or(name).to_owned()
            }
            Report::Compare { names } => names.join(", "),
            Report::Pair { one, other } => format!("{one} and {other}"),
            Report::Network { name, .. } => of("Network", name),
            Report::Timeline { name } => of("Timeline", name),
            Report::Quotes { name } => of("Quotes", name),
            Report::Roles { name } => of("Roles", name),
            Report::Watchlist { name } => of("Watchlist", name),
            Report::Overview => "Overview".into(),
            Report::Entities => "Entities".into(),
            Report::Places => "Places".into(),
            Report::Trends => "Trends".into(),
            Report::Sources => "Outlets".into(),
            Report::Stories => "Stories".into(),
            Report::Screen { .. } => "Screened".into(),
            Report::Audit { .. } => "Audit".into(),
            Report::Inbox => "Inbox".into(),
            Report::Health => "Health".into(),
        }
    }

    fn usual_limit(&self) -> usize {
        let is_drawn = self.chart || self.output.is_some() || self.html.is_some();
        match self.report {
            Some(Report::Dossier { .. }) => 50,
            Some(Report::Places) if is_drawn => 100,
            Some(Report::Network { .. }) if is_drawn => 60,
            _ => 10,
        }
    }

    fn sections(&self, store: &Store, config: &Config, scope: &mut Scope) -> Result<Vec<Section>> {
        let whom = |name: &str| whom::meant(store, name, self.scope.kind);
        Ok(match self.report.as_ref().unwrap_or(&Report::Overview) {
            Report::Overview => {
                let week = (today() - Days::new(7)).to_string();
                store.read(|reader| reader.overview(scope, &week))?
            }
            Report::Entities => {
                let kinds = scope.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
                store.read(|reader| reader.top_entities(&kinds, scope))?
            }
            Report::Entity { name } => {
                let id = whom(name)?;
                // The kind has said who is meant; it does not say which company is wanted.
                scope.kind = None;
                store.read(|reader| reader.entity(id, scope))?
            }
            Report::Dossier { name } => dossier::sections(store, whom(name)?, scope)?,
            Report::Compare { names } => {
                let ids: Result<Vec<i64>> = names.iter().map(|name| whom(name)).collect();
                let ids = ids?;
                store.read(|reader| reader.compare(&ids, scope))?
            }
            Report::Pair { one, other } => {
                let (one, other) = (whom(one)?, whom(other)?);
                store.read(|reader| reader.pair(one, other, scope))?
            }
            Report::Network { name, .. } => {
                let id = self.maybe(store, name.as_deref())?;
                vec![ties::ties(&store.read(|reader| reader.network(id, scope))?)]
            }
            Report::Timeline { name } => match self.maybe(store, name.as_deref())? {
                Some(id) => store.read(|reader| reader.timeline_of(id, scope))?,
                None => store.read(|reader| reader.timeline(scope))?,
            },
            Report::Places => store.read(|reader| reader.places(scope))?,
            Report::Trends => {
                if scope.since.is_none() {
                    scope.since = month_before(store, scope)?;
                }
                store.read(|reader| reader.trends(scope))?
            }
            Report::Sources => store.read(|reader| reader.sources(scope))?,
            Report::Stories => store.read(|reader| reader.stories(scope))?,
            Report::Quotes { name } => match self.maybe(store, name.as_deref())? {
                Some(id) => store.read(|reader| reader.quotes_of(id, scope))?,
                None => store.read(|reader| reader.quotes(scope))?,
            },
            Report::Roles { name } => match self.maybe(store, name.as_deref())? {
                Some(id) => vec![store.read(|reader| reader.roles_of(id, scope))?],
                None => store.read(|reader| reader.roles(scope))?,
            },
            Report::Watchlist { name } => {
                store.read(|reader| reader.watchlist_hits(name.as_deref(), scope))?
            }
            Report::Screen { file, names } => screen::screen(store, config, file, *names)?,
            Report::Audit { of, sample, seed } => audit::audit(store, scope, *of, *sample, *seed)?,
            Report::Inbox => store.read(|reader| reader.ledger(scope))?,
            Report::Health => store.read(|reader| reader.inflow(scope, &now()[..10]))?,
        })
    }

    fn maybe(&self, store: &Store, name: Option<&str>) -> Result<Option<i64>> {
        name.map(|name| whom::meant(store, name, self.scope.kind))
            .transpose()
    }
}

/// Thirty days before the last day on which anything was published.
fn month_before(store: &Store, scope: &Scope) -> Result<Option<String>> {
    let last = store.read(|reader| reader.last_day(scope))?;
    let day = last.and_then(|day| day.parse::<NaiveDate>().ok());
    Ok(day.map(|day| (day - Days::new(30)).to_string()))
}
