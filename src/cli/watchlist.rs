//! `watchlist`: names that matter to the user, looked for in every article, past and new.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};

use super::ingest::now;
use super::output::OutputArgs;
use super::progress::{Measure, Progress};
use super::{current_archive, new_archive};
use crate::config::Config;
use crate::resolve::watchlist::entries;
use crate::store::StoreError;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche watchlist add sanctions entities.ftm.json
  microfiche watchlist add board board.csv --replace
  microfiche report watchlist --since 2026-11-01

A list is CSV under a header (name, and if you like aliases parted by ';', id, kind, note), JSON lines
({"name": …, "aliases": […], "id": …}) or FollowTheMoney entities. Case and accents do not matter, except in names of one
word, in names of fewer than four letters and in weak aliases: those are found only as they are written."#)]
pub(super) struct WatchlistArgs {
    #[command(subcommand)]
    command: WatchlistCommand,
}

#[derive(Debug, Subcommand)]
enum WatchlistCommand {
    /// Take a list and look for its names in all articles, those to come too
    #[command(after_help = r#"Examples:
  microfiche watchlist add board board.csv
  microfiche watchlist add sanctions entities.ftm.json --replace"#)]
    Add {
        /// What to call the list
        name: String,
        /// CSV, JSON lines or FollowTheMoney
        file: PathBuf,
        /// In place of the list that has this name
        #[arg(long)]
        replace: bool,
    },
    /// The lists with what they have found
    #[command(after_help = r#"Examples:
  microfiche watchlist list
  microfiche watchlist list --format json"#)]
    List {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Forget a list and its hits
    #[command(after_help = r#"Examples:
  microfiche watchlist remove board
  microfiche watchlist remove sanctions --archive ~/news.db"#)]
    Remove {
        /// The list
        name: String,
    },
}

impl WatchlistArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        match &self.command {
            WatchlistCommand::Add {
                name,
                file,
                replace,
            } => add(config, name, file, *replace),
            WatchlistCommand::List { output } => {
                let store = current_archive(config)?;
                let lists = store.read(|reader| reader.watchlists())?;
                if lists.rows.is_empty() {
                    tell!(
                        "there is no list yet; take one with: microfiche watchlist add NAME FILE"
                    );
                }
                output.records(&lists)
            }
            WatchlistCommand::Remove { name } => {
                let mut store = current_archive(config)?;
                if !store.write(|writer| writer.remove_list(name))? {
                    bail!("there is no list {name:?}; `microfiche watchlist list` names them");
                }
                tell!("the list {name} and its hits are forgotten");
                Ok(())
            }
        }
    }
}

fn add(config: &Config, name: &str, file: &PathBuf, replace: bool) -> Result<()> {
    let shown = file.display().to_string();
    let list = File::open(file).with_context(|| format!("cannot read the list {shown}"))?;
    let entries = entries(BufReader::new(list)).map_err(|problem| anyhow!("{shown}: {problem}"))?;
    let mut store = new_archive(config)?;
    let n_articles = store.read(|reader| reader.n_articles())?;
    let line = Progress::new("looking through articles", Measure::Of(n_articles.into()));
    let entries = entries
        .map(|entry| entry.map_err(|problem| format!("{shown}: {problem}; nothing was taken")));
    let (n_entries, n_hits) = store.write(|writer| {
        if replace {
            writer.remove_list(name)?;
        } else if writer.has_list(name)? {
            return Err(StoreError::List(format!(
                "there is a list {name:?} already; --replace puts the new one in its place"
            )));
        }
        writer.add_list(name, &shown, entries, &now(), || line.add(1))
    })?;
    drop(line);
    tell!(
        "{n_entries} entries taken, {n_hits} hits in the articles so far; `microfiche report watchlist {name}` shows them"
    );
    Ok(())
}
