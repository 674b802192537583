//! `report`: ready answers about the archive.

mod audit;
mod explain;
mod screen;

use std::path::PathBuf;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::{Args, Subcommand};

use super::ingest::today;
use super::output::OutputArgs;
use super::scope::ScopeArgs;
use super::whom;
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::network::Network;
use crate::domain::records::{Evidence, Picture, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::render::graph::{self, Graph};
use crate::store::Store;

#[derive(Debug, Args)]
#[command(
    subcommand_value_name = "REPORT",
    subcommand_help_heading = "Reports",
    after_help = r#"Examples:
  microfiche report
  microfiche report entities --kind person --since 2016-01 --limit 20
  microfiche report entity 'Antony Blinken' --explain"#
)]
pub(super) struct ReportArgs {
    /// Which report [default: overview]
    #[command(subcommand)]
    report: Option<Report>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// At most so many rows in a section
    #[arg(long, global = true, default_value_t = 10)]
    limit: usize,
    /// Open the numbers: the articles and excerpts behind them, and the SQL that made them
    #[arg(long, global = true)]
    explain: bool,
    #[command(flatten)]
    output: OutputArgs,
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
    /// Judge mentions drawn by chance, and learn how precise the names of this archive are
    Audit {
        /// How many
        #[arg(long, default_value_t = 100)]
        sample: usize,
        /// The same number draws the same mentions again
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// What became of every file
    Inbox,
    /// What comes in, who has fallen silent, what is lacking, why files failed
    Health,
}

impl ReportArgs {
    #[expect(clippy::print_stderr, reason = "an empty result says what to try")]
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = Store::open_read_only(&config.archive.path)?;
        let mut scope = self.scope.resolved(&store, self.limit)?;
        if let Some(Report::Network {
            name,
            graph: Some(format),
        }) = &self.report
        {
            let id = self.maybe(&store, name.as_deref())?;
            let network = store.read(|reader| reader.network(id, &scope))?;
            return OutputArgs::text(&graph::written(&network, *format));
        }
        let mut sections = self.sections(&store, config, &mut scope)?;
        if sections
            .iter()
            .all(|section| section.records.rows.is_empty())
            && !scope.is_whole()
        {
            eprintln!(
                "nothing of that outlet or time; leave out --source, or widen --since and --until"
            );
        }
        if self.explain {
            sections = explain::opened(&store, sections, &scope)?;
        }
        self.output.sections(&sections)
    }

    fn sections(&self, store: &Store, config: &Config, scope: &mut Scope) -> Result<Vec<Section>> {
        let whom = |name: &str| whom::meant(store, name, self.scope.kind);
        Ok(match self.report.as_ref().unwrap_or(&Report::Overview) {
            Report::Overview => {
                let week = (today() - Days::new(7)).to_string();
                store.read(|reader| reader.overview(scope, &week))?
            }
            Report::Entities => {
                let kinds = scope
                    .kind
                    .map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
                store.read(|reader| reader.top_entities(&kinds, scope))?
            }
            Report::Entity { name } => {
                let id = whom(name)?;
                // The kind has said who is meant; it does not say which company is wanted.
                scope.kind = None;
                store.read(|reader| reader.entity(id, scope))?
            }
            Report::Compare { names } => {
                let ids = names
                    .iter()
                    .map(|name| whom(name))
                    .collect::<Result<Vec<i64>>>()?;
                store.read(|reader| reader.compare(&ids, scope))?
            }
            Report::Pair { one, other } => {
                let (one, other) = (whom(one)?, whom(other)?);
                store.read(|reader| reader.pair(one, other, scope))?
            }
            Report::Network { name, .. } => {
                let id = self.maybe(store, name.as_deref())?;
                vec![ties(&store.read(|reader| reader.network(id, scope))?)]
            }
            Report::Timeline { name } => match self.maybe(store, name.as_deref())? {
                Some(id) => store.read(|reader| reader.timeline_of(id, scope))?,
                None => store.read(|reader| reader.timeline(scope))?,
            },
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
            Report::Audit { sample, seed } => audit::audit(store, scope, *sample, *seed)?,
            Report::Inbox => store.read(|reader| reader.ledger(scope))?,
            Report::Health => store.read(|reader| reader.inflow(scope, &today().to_string()))?,
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

/// A network as a table of its ties.
fn ties(network: &Network) -> Section {
    let columns = [
        "from",
        "from_kind",
        "to",
        "to_kind",
        "n_articles",
        "score",
        "from_id",
        "to_id",
    ];
    let rows = network.edges.iter().map(|edge| {
        let (from, to) = (&network.nodes[edge.from], &network.nodes[edge.to]);
        vec![
            Value::Text(from.name.clone()),
            Value::Text(from.kind.clone()),
            Value::Text(to.name.clone()),
            Value::Text(to.kind.clone()),
            Value::Integer(edge.n_articles),
            Value::Real((edge.score * 10.0).round() / 10.0),
            Value::Integer(from.id),
            Value::Integer(to.id),
        ]
    });
    let records = Records {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        truncated: false,
    };
    let mut section = Section::new("Ties", records);
    let ids: Vec<String> = network
        .nodes
        .iter()
        .map(|node| node.id.to_string())
        .collect();
    let ids = ids.join(", ");
    section.sql = format!(
        "select * from v_cooccurrence where entity_id in ({ids}) and other_id in ({ids}) and entity_id < other_id"
    );
    section
        .drawn(Picture::Network {
            from: "from",
            to: "to",
            weight: "n_articles",
        })
        .backed(Evidence::Pair("from_id", "to_id"))
}
