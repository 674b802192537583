//! `man`: the manual pages, made from the same words as `--help`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, CommandFactory};

use super::output::OutputArgs;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche man search | man -l -
  microfiche man --into ~/.local/share/man/man1"#)]
pub(super) struct ManArgs {
    /// The command, as in: entity merge [default: the program itself]
    command: Vec<String>,
    /// Write the pages of all commands into a folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    into: Option<PathBuf>,
}

impl ManArgs {
    pub(super) fn run(&self) -> Result<()> {
        let mut program = super::Args::command();
        program.build();
        if let Some(folder) = &self.into {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(program, folder))
                .with_context(|| format!("cannot write into {}", folder.display()))?;
            return Ok(());
        }
        let mut command = &program;
        for name in &self.command {
            let Some(found) = command.find_subcommand(name) else {
                bail!("there is no command {name}; `microfiche help` lists them");
            };
            command = found;
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        OutputArgs::text(&String::from_utf8_lossy(&page))
    }
}
