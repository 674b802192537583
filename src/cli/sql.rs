//! `sql`: the user's own statement, which can only read.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::output::OutputArgs;
use crate::config::Config;
use crate::store::{QueryLimits, Store};

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche sql 'select name, n_articles from v_entities order by n_articles desc limit 10'
  microfiche sql --param kind=person 'select name from entities where kind = :kind' --format csv"#)]
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
