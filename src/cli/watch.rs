//! `watch` runs the daemon; `status` says from outside what it does.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::archive;
use super::output::OutputArgs;
use crate::config::Config;
use crate::daemon;
use crate::domain::records::{Records, Section, Value};
use crate::domain::scope::Scope;
use crate::inbox::lock;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche watch
  microfiche watch --inbox ~/Downloads/news --archive ~/news.db --once"#)]
pub(super) struct WatchArgs {
    /// The watched folder [default: inbox]
    #[arg(long, value_name = "DIR")]
    inbox: Option<PathBuf>,
    /// Clear the inbox once and stop
    #[arg(long)]
    once: bool,
}

impl WatchArgs {
    pub(super) fn run(self, mut config: Config) -> Result<()> {
        if let Some(inbox) = self.inbox {
            config.inbox.path = inbox;
        }
        // Events give whole paths; so must the listing.
        config.inbox.path = std::path::absolute(&config.inbox.path)?;
        daemon::run(&config, self.once)
    }
}

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche status
  microfiche status --archive ~/news.db --format json"#)]
pub(super) struct StatusArgs {
    #[command(flatten)]
    output: OutputArgs,
}

impl StatusArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = archive(config)?;
        let is_alive = lock::is_held(&lock::beside(&config.archive.path));
        let said = store.read(|reader| reader.daemon())?;
        let row = said.map_or_else(Vec::new, |said| {
            let state = if is_alive || said.state == "stopped" {
                said.state
            } else {
                "died".to_owned()
            };
            vec![vec![
                Value::Text(state),
                Value::Integer(i64::from(said.pid)),
                Value::Text(said.inbox),
                Value::Integer(said.waiting as i64),
                said.message.map_or(Value::Null, Value::Text),
                Value::Text(said.updated_at),
            ]]
        });
        let columns = ["state", "pid", "inbox", "queued", "trouble", "since"];
        let records = Records::new(&columns, row);
        let mut sections = vec![Section::new("Daemon", records)];
        sections.extend(
            store
                .read(|reader| reader.ledger(&Scope::default()))?
                .into_iter()
                .take(1),
        );
        self.output.sections(&sections)
    }
}
