//! How commands that answer print: a table on a terminal, NDJSON in a pipe, or what `--format` says.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};
use clap::Args;

use crate::config;
use crate::domain::records::{Records, Section};
use crate::render::chart::{Terminal, chart};
use crate::render::plain::Plain;
use crate::render::{self, Format, Look};

/// When to color what is printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Into pipes and files too
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Whether what goes there is colored.
    pub(super) fn is_on(self, stream: &impl IsTerminal) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => stream.is_terminal() && !config::is_colorless(),
        }
    }

    /// How tables look on this terminal.
    pub(super) fn look(self) -> Look {
        Look {
            width: config::table_width().or_else(Look::terminal_width),
            is_colored: self.is_on(&io::stdout()),
            is_local: true,
        }
    }
}

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct OutputArgs {
    /// How to print [default: table on a terminal, ndjson in a pipe]
    #[arg(long, value_enum, global = true)]
    format: Option<Format>,
    /// Print CSV for spreadsheets: with a byte-order mark, and no cell that they take for a formula
    #[arg(long, global = true)]
    excel: bool,
}

impl OutputArgs {
    pub(super) fn format(self) -> Format {
        let default = if io::stdout().is_terminal() {
            Format::Table
        } else {
            Format::Ndjson
        };
        match self.format {
            None | Some(Format::Csv) if self.excel => Format::Excel,
            format => format.unwrap_or(default),
        }
    }

    /// From now on, prints like that.
    pub(super) fn set(&mut self, format: Format) {
        self.format = Some(format);
    }

    /// Whether that way to print was asked for.
    pub(super) fn is(self, format: Format) -> bool {
        self.format == Some(format)
    }

    pub(super) fn records(self, records: &Records) -> Result<()> {
        let mut out = io::BufWriter::new(stdout());
        self.records_to(&mut out, records)?;
        Ok(out.flush()?)
    }

    /// The answer to a query of the user's own.
    pub(super) fn answer(self, records: &Records) -> Result<()> {
        let mut out = io::BufWriter::new(stdout());
        render::answer(&mut out, records, self.format())?;
        Ok(out.flush()?)
    }

    pub(super) fn records_to(self, mut out: &mut dyn Write, records: &Records) -> io::Result<()> {
        render::records(&mut out, records, self.format())
    }

    pub(super) fn sections_to(
        self,
        mut out: &mut dyn Write,
        sections: &[Section],
    ) -> io::Result<()> {
        render::sections(&mut out, sections, self.format())
    }

    pub(super) fn text(text: &str) -> Result<()> {
        let mut out = stdout();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    pub(super) fn sections(self, sections: &[Section]) -> Result<()> {
        let mut out = io::BufWriter::new(stdout());
        self.sections_to(&mut out, sections)?;
        Ok(out.flush()?)
    }

    /// What can be drawn as pictures of letters, the rest as tables.
    pub(super) fn charts(self, sections: &[Section]) -> Result<()> {
        if self.format.is_some_and(|format| format != Format::Table) {
            bail!(
                "--chart draws among tables; leave out --format, or write pictures with --output FILE.svg"
            );
        }
        let terminal = terminal();
        let mut out = io::BufWriter::new(stdout());
        let charts = |section: &Section| chart(section, terminal);
        let runs = sections.chunk_by(|one, next| charts(one).is_none() && charts(next).is_none());
        for (n, run) in runs.enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            match charts(&run[0]) {
                Some(chart) => {
                    render::heading(&mut out, run)?;
                    write!(out, "{chart}")?;
                }
                None => render::sections(&mut out, run, Format::Table)?,
            }
        }
        Ok(out.flush()?)
    }
}

/// The terminal as it is; a pipe is taken for one of 80 columns.
fn terminal() -> Terminal {
    let look = Look::current();
    Terminal {
        width: look.width.unwrap_or(80).into(),
        has_colours: look.is_colored,
    }
}

/// Standard output; where it is a terminal, nothing reaches it that it would obey but our own colours.
pub(super) fn stdout() -> Box<dyn Write> {
    let out = io::stdout();
    if out.is_terminal() {
        Box::new(Plain::new(out.lock(), Look::current().is_colored))
    } else {
        Box::new(out.lock())
    }
}
