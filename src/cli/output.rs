//! How commands that answer print: a table on a terminal, NDJSON in a pipe, or what `--format` says.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::Args;

use crate::domain::records::{Records, Section};
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

    pub(super) fn records(&self, records: &Records) -> Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        self.records_to(&mut out, records)?;
        Ok(out.flush()?)
    }

    pub(super) fn records_to(&self, mut out: &mut dyn Write, records: &Records) -> io::Result<()> {
        render::records(&mut out, records, self.format())
    }

    pub(super) fn sections_to(
        &self,
        mut out: &mut dyn Write,
        sections: &[Section],
    ) -> io::Result<()> {
        render::sections(&mut out, sections, self.format())
    }

    pub(super) fn text(text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    pub(super) fn sections(&self, sections: &[Section]) -> Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        self.sections_to(&mut out, sections)?;
        Ok(out.flush()?)
    }
}
