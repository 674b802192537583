//! `sql`: the user's own statement, which can only read. On a terminal a prompt, elsewhere a filter.

mod action;
mod completion;
mod named;
mod prompt;
mod runner;

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use self::action::parameter;
use self::runner::Runner;
use super::output::OutputArgs;
use crate::config::Config;
use crate::domain::records::{Records, Value};
use crate::store::QueryLimits;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche sql 'select name, n_articles from v_entities order by n_articles desc limit 10'
  microfiche sql --param kind=person 'select name from entities where kind = :kind' --format csv
  microfiche sql @busiest --param kind=person      # a query of [queries] in config.toml; @ lists them
  microfiche sql                                   # a prompt, on a terminal

Besides SQLite's own functions there are
  fold(text)                        lower case, no accents, no form of address: as entities.key
  year(t), month(t), day(t)         2016, '2016-01', '2016-01-05'; null where t is not known so exactly
  text regexp pattern               null, true or false; (?i) at the start ignores case
  excerpt(body, start, end, width)  the words at a mention or quotation, and those around it"#)]
pub(super) struct SqlArgs {
    /// One statement that reads, or @NAME of a query in config.toml; without it a prompt, or --file, or stdin
    query: Option<String>,
    /// Read the statement from a file
    #[arg(long, conflicts_with = "query")]
    file: Option<PathBuf>,
    /// A value for a parameter of the query: name=value for :name, bound as text
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<(String, Value)>,
    /// The same, bound as a whole number: for results of functions, as in year(published_at) = :y
    #[arg(long = "param-int", value_name = "NAME=NUMBER", value_parser = whole_number)]
    numbers: Vec<(String, Value)>,
    /// At most so many rows [default: sql.row_limit]
    #[arg(long)]
    limit: Option<usize>,
    #[command(flatten)]
    output: OutputArgs,
}

fn whole_number(text: &str) -> Result<(String, Value), String> {
    parameter(&text.replacen('=', ":=", 1))
}

impl SqlArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let limits = QueryLimits {
            time: Duration::from_millis(config.sql.time_limit_ms),
            rows: self.limit.unwrap_or(config.sql.row_limit),
        };
        let mut runner = Runner::new(config.archive.path.clone(), limits);
        let parameters = [self.parameters.as_slice(), &self.numbers].concat();
        let Some(query) = self.statement()? else {
            return prompt::talk(&mut runner, config, self.output, &parameters);
        };
        let query = match query.trim().strip_prefix('@') {
            Some("") => return self.output.records(&named::list(config)),
            Some(name) => named::find(config, name)?.to_owned(),
            None => query,
        };
        let found = runner.query(&query, &parameters)?;
        self.output.answer(&found)?;
        say_if_cut(&found);
        Ok(())
    }

    /// The query; nothing where the user is to be asked for it.
    fn statement(&self) -> Result<Option<String>> {
        if let Some(query) = &self.query {
            return Ok(Some(query.clone()));
        }
        if let Some(file) = &self.file {
            let query = fs::read_to_string(file);
            let query = query.with_context(|| format!("cannot read {}", file.display()))?;
            return Ok(Some(query));
        }
        if io::stdin().is_terminal() {
            return Ok(None);
        }
        let mut query = String::new();
        let mut stdin = io::stdin().lock();
        stdin
            .read_to_string(&mut query)
            .context("cannot read the query from stdin")?;
        Ok(Some(query))
    }
}

fn say_if_cut(found: &Records) {
    if found.truncated {
        tell!(
            "only the first {} rows are shown; there are more: raise --limit",
            found.rows.len()
        );
    }
}
