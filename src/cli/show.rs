//! `show`: one article with its names marked.

use std::io::Write;

use anyhow::{Result, bail};
use clap::Args;

use super::archive;
use crate::config::Config;
use crate::domain::records::{Section, Value};
use crate::render::Format;
use crate::text::clean::printable;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche show 12
  microfiche show 12 --format json"#)]
pub(super) struct ShowArgs {
    /// The article's id, as `search` and `report` give it
    #[arg(value_parser = number)]
    article: i64,
    /// How to print [default: the text with its names marked]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Print CSV for spreadsheets: with a byte-order mark, and no cell that they take for a formula
    #[arg(long, conflicts_with = "format")]
    excel: bool,
}

impl ShowArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = archive(config)?;
        let sections = store.read(|reader| reader.article(self.article))?;
        if sections[0].records.rows.is_empty() {
            bail!(
                "there is no article {}; `microfiche search` gives the ids",
                self.article
            );
        }
        let mut out = super::output::stdout();
        let format = self.format.or(self.excel.then_some(Format::Excel));
        match format {
            None => write!(out, "{}", printable(&marked(&sections)))?,
            Some(format) => crate::render::sections(&mut out, &sections, format)?,
        }
        Ok(())
    }
}

fn number(written: &str) -> Result<i64, &'static str> {
    let number = written.parse();
    number.map_err(|_| "write its number; `microfiche search WORDS` gives it")
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
    if let [_, ..] = sections[4].records.rows.as_slice() {
        text.push_str("The same story:");
        for row in &sections[4].records.rows {
            if let [Value::Integer(id), published, source, ..] = row.as_slice() {
                let parts = [published, source].into_iter().filter_map(Value::as_text);
                let parts: Vec<&str> = parts.collect();
                text.push_str(&format!(" {id} ({});", parts.join(", ")));
            }
        }
        text.truncate(text.trim_end_matches(';').len());
        text.push_str("\n\n");
    }
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
