//! How commands that answer print: a table on a terminal, NDJSON in a pipe, or what `--format` says.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};
use clap::Args;

use crate::domain::records::{Records, Section};
use crate::render::chart::{Terminal, chart};
use crate::render::{self, Format};

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// How to print [default: table on a terminal, ndjson in a pipe]
    #[arg(long, value_enum, global = true)]
    format: Option<Format>,
}

impl OutputArgs {
    pub(super) fn format(&self) -> Format {
        let default = if io::stdout().is_terminal() {
            Format::Table
        } else {
            Format::Ndjson
        };
        self.format.unwrap_or(default)
    }

    /// Whether that way to print was asked for.
    pub(super) fn is(&self, format: Format) -> bool {
        self.format == Some(format)
    }

    pub(super) fn records(&self, records: &Records) -> Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        render::records(&mut out, records, self.format())?;
        Ok(out.flush()?)
    }

    pub(super) fn text(text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    pub(super) fn sections(&self, sections: &[Section]) -> Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        render::sections(&mut out, sections, self.format())?;
        Ok(out.flush()?)
    }

    /// What can be drawn as pictures of letters, the rest as tables.
    pub(super) fn charts(&self, sections: &[Section]) -> Result<()> {
        if self.format.is_some_and(|format| format != Format::Table) {
            bail!(
                "--chart draws among tables; leave out --format, or write pictures with --output FILE.svg"
            );
        }
        let terminal = terminal();
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (n, section) in sections.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            let Some(chart) = chart(section, terminal) else {
                render::sections(&mut out, std::slice::from_ref(section), Format::Table)?;
                continue;
            };
            writeln!(out, "{}", section.title)?;
            if let Some(note) = &section.note {
                writeln!(out, "{note}")?;
            }
            write!(out, "{chart}")?;
        }
        Ok(out.flush()?)
    }
}

/// The terminal as it is; a pipe is taken for one of 80 columns.
fn terminal() -> Terminal {
    let size = console::Term::stdout().size_checked();
    Terminal {
        width: size.map_or(80, |(_, columns)| columns.into()),
        has_colours: console::colors_enabled(),
    }
}
