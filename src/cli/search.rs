//! `search`: full text with fields, ranked, with snippets and facets; searches that are kept, and what is new in them.

mod color;

use std::io::{self, Write};

use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};

use super::ingest::now;
use super::output::OutputArgs;
use super::progress::{Measure, Progress};
use super::{NothingFound, archive, current_archive};
use crate::config::Config;
use crate::domain::query::{self, Query};
use crate::domain::records::Section;
use crate::render::{Format, Look};
use crate::store::{Asked, Found, Order, SavedSearch, Store};

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche search 'harbour AND strike* -port' --recent
  microfiche search '"rail strike" entity:"Margaret Thatcher" date:2005-01..2005-03' --facets
  microfiche search 'ferry entity:Bergen' --save ferries
  microfiche search --saved ferries --new

A query:
  harbour strike            both words; case and accents do not matter
  "harbour strike"          one after the other
  harbo*                    words that begin so
  a OR b, a NOT b, a -b     either; without; brackets group: (a OR b) c
  US, U.S.                  the acronym with or without points, and not the word "us"
  NEAR(harbour strike, 5)   with at most five words between
  title:ferry, body:ferry   in the headline, in the text
  entity:Bergen             mentions whoever goes by that name; entity:person:Jordan says of which kind
  kind:law                  mentions something of that kind
  source:Kyodo, lang:de     that outlet, that language
  date:2005-01..2005-03     published then; also date:2005, date:>2005-06, date:<=2005-06-30"#)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct SearchArgs {
    /// Words, "phrases", AND, OR, NOT, prefix*, NEAR(…), fields such as title: and entity:
    query: Option<String>,
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
    /// The order [default: relevance; without words, recent]
    #[arg(long, value_enum)]
    sort: Option<Sort>,
    /// The latest first
    #[arg(long, conflicts_with = "sort")]
    recent: bool,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Also count all hits by outlet, time, language, and whom they mention
    #[arg(long)]
    facets: bool,
    /// Keep this search under a name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["saved", "list", "forget"])]
    save: Option<String>,
    /// A search that is kept
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "since", "until", "source", "entity"])]
    saved: Option<String>,
    /// All that came since --new was last asked; prints nothing where nothing came
    #[arg(long, requires = "saved", conflicts_with_all = ["facets", "limit"])]
    new: bool,
    /// List the searches that are kept
    #[arg(long, conflicts_with_all = ["query", "saved", "forget", "facets"])]
    list: bool,
    /// Forget a search that is kept
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "saved", "facets"])]
    forget: Option<String>,
    /// Exit with 1 where nothing is found
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The best first
    Relevance,
    /// The latest first
    Recent,
    /// The earliest first
    Oldest,
}

impl SearchArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        if let Some(name) = &self.forget {
            return forget(config, name);
        }
        if self.list {
            return self.list_saved(config);
        }
        if let (Some(name), true) = (&self.saved, self.new) {
            return self.news(config, name);
        }
        let query = match &self.saved {
            Some(name) => parsed(&saved_search(&current_archive(config)?, name)?.query)?,
            None => self.query()?,
        };
        let store = archive(config)?;
        let asked = self.asked(&query, self.limit, 0);
        let line = Progress::new("searching", Measure::Time);
        let found = store.read(|reader| reader.search(&query, &asked))?;
        drop(line);
        self.show(&store, &found)?;
        if let Some(name) = &self.save {
            save(config, name, &query)?;
        }
        self.exit(&found)
    }

    /// The query with the flags that narrow it.
    fn query(&self) -> Result<Query> {
        let since = self.since.as_ref().map(|day| ("date", format!("{day}..")));
        let until = self.until.as_ref().map(|day| ("date", format!("..{day}")));
        let source = self.source.clone().map(|name| ("source", name));
        let entity = self.entity.clone().map(|name| ("entity", name));
        let mut query = self.query.as_deref().map(parsed).transpose()?;
        for (field, value) in [since, until, source, entity].into_iter().flatten() {
            let narrowed = match query {
                Some(query) => query.narrowed(field, &value),
                None => Query::of_field(field, &value),
            };
            query = Some(narrowed.map_err(|error| anyhow!("{}", error.problem))?);
        }
        query.ok_or_else(|| {
            anyhow!("say what to search for, as in: microfiche search 'harbour strike'")
        })
    }

    fn asked(&self, query: &Query, limit: usize, after: i64) -> Asked {
        let has_words = !query.root.phrases().is_empty();
        let order = match self.sort {
            Some(Sort::Oldest) => Order::Oldest,
            Some(Sort::Relevance) => Order::Relevance,
            None if has_words && !self.recent => Order::Relevance,
            Some(Sort::Recent) | None => Order::Recent,
        };
        Asked {
            order,
            limit,
            after,
            marks: if self.is_colored() {
                color::MARKS
            } else {
                ('«', '»')
            },
        }
    }

    fn is_colored(&self) -> bool {
        Look::current().is_colored && self.output.format() == Format::Table
    }

    fn show(&self, store: &Store, found: &Found) -> Result<()> {
        for note in &found.notes {
            tell!("{note}");
        }
        let n_found = found.articles.len();
        if found.records.truncated && self.limit > 0 {
            tell!(
                "{n_found} articles; {} are shown: raise --limit for more",
                self.limit
            );
        } else if n_found == 0 {
            tell!("nothing found; try fewer words, or a prefix such as harbo*");
        }
        if n_found == 0 && self.output.format() == Format::Table {
            return Ok(());
        }
        if !self.facets {
            return self.print(|out| self.output.records_to(out, &found.records));
        }
        let mut sections = vec![Section::new("Articles", found.records.clone())];
        if self.limit == 0 {
            sections.clear();
        }
        sections.extend(store.read(|reader| reader.facets(&found.articles))?);
        self.print(|out| self.output.sections_to(out, &sections))
    }

    fn print(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let mut out = io::BufWriter::new(super::output::stdout());
        if self.is_colored() {
            let mut printed = Vec::new();
            write(&mut printed)?;
            out.write_all(color::painted(&String::from_utf8_lossy(&printed)).as_bytes())?;
        } else {
            write(&mut out)?;
        }
        Ok(out.flush()?)
    }

    fn exit(&self, found: &Found) -> Result<()> {
        if self.exit_code && found.articles.is_empty() {
            return Err(NothingFound.into());
        }
        Ok(())
    }

    /// Prints what came since the search was last asked, and only then notes that it was: nothing is lost with a pipe that broke.
    fn news(&self, config: &Config, name: &str) -> Result<()> {
        let mut store = current_archive(config)?;
        let saved = saved_search(&store, name)?;
        let query = parsed(&saved.query)?;
        let asked = self.asked(&query, usize::MAX, saved.seen_to);
        let (found, last) =
            store.read(|reader| Ok((reader.search(&query, &asked)?, reader.last_article()?)))?;
        if !found.articles.is_empty() {
            found.notes.iter().for_each(|note| tell!("{note}"));
            self.print(|out| self.output.records_to(out, &found.records))?;
        }
        store.write(|writer| writer.search_seen(saved.id, last, &now()))?;
        self.exit(&found)
    }

    fn list_saved(&self, config: &Config) -> Result<()> {
        let searches = current_archive(config)?.read(|reader| reader.saved_searches())?;
        if searches.rows.is_empty() {
            tell!("no search is kept; keep one with: microfiche search QUERY --save NAME");
        }
        self.output.records(&searches)
    }
}

fn parsed(text: &str) -> Result<Query> {
    query::parse(text).map_err(|error| anyhow!("{}", error.in_words(text)))
}

fn saved_search(store: &Store, name: &str) -> Result<SavedSearch> {
    store
        .read(|reader| reader.saved_search(name))?
        .ok_or_else(|| {
            anyhow!("no search is kept as {name:?}; `microfiche search --list` names them")
        })
}

fn save(config: &Config, name: &str, query: &Query) -> Result<()> {
    if name.trim().is_empty() {
        bail!("the search needs a name");
    }
    let mut store = current_archive(config)?;
    if !store.write(|writer| writer.save_search(name, query.text.trim(), &now()))? {
        bail!(
            "a search is kept as {name:?} already; take another name, or `microfiche search --forget {name:?}` first"
        );
    }
    tell!("kept; `microfiche search --saved {name:?} --new` gives what comes from now on");
    Ok(())
}

fn forget(config: &Config, name: &str) -> Result<()> {
    if !current_archive(config)?.write(|writer| writer.forget_search(name))? {
        bail!("no search is kept as {name:?}; `microfiche search --list` names them");
    }
    tell!("the search {name} is forgotten");
    Ok(())
}
