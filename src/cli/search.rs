//! `search`: full text, with filters and snippets.

use anyhow::Result;
use clap::Args;

use super::output::OutputArgs;
use crate::config::Config;
use crate::store::{SearchFilter, Store};

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche search 'harbour AND strike*'
  microfiche search ferry --since 2016-01 --source Kyodo --entity Bergen"#)]
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
        if found.truncated {
            eprintln!(
                "the best {} are shown; there are more: raise --limit",
                self.limit
            );
        }
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
