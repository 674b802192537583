//! The prompt: lines with history and completion, queries that Ctrl-C stops.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::PoisonError;

use anyhow::{Context as _, Result};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Editor, Helper};

use super::action::{self, Action, COMMANDS};
use super::completion::Words;
use super::named;
use super::runner::Runner;
use crate::cli::output::OutputArgs;
use crate::cli::schema;
use crate::config::{self, Config};
use crate::domain::catalog::Catalog;
use crate::domain::records::{Records, Value};

/// How many entries the history keeps.
const MAX_HISTORY: usize = 1_000;

struct Guide(Words);

impl Completer for Guide {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.0.complete(line, cursor))
    }
}

impl Validator for Guide {
    fn validate(&self, input: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if action::is_whole(input.input()) {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}

impl Hinter for Guide {
    type Hint = String;
}
impl Highlighter for Guide {}
impl Helper for Guide {}

/// What a conversation at the prompt needs.
struct Desk<'a> {
    runner: &'a mut Runner,
    config: &'a Config,
    output: OutputArgs,
    parameters: &'a [(String, Value)],
    catalog: Catalog,
}

/// Reads and answers until the user leaves.
pub(super) fn talk(
    runner: &mut Runner,
    config: &Config,
    output: OutputArgs,
    parameters: &[(String, Value)],
) -> Result<()> {
    let catalog = runner.catalog()?;
    stop_on_interrupt(runner)?;
    let mut editor = editor(catalog.clone(), config)?;
    let history = history_file(config);
    // The first time there is none.
    let _ = editor.load_history(&history);
    let mut desk = Desk {
        runner,
        config,
        output,
        parameters,
        catalog,
    };
    tell!(
        "{}: statements end with ;  .help lists commands, Tab completes, Ctrl-D leaves",
        config.archive.path.display()
    );
    loop {
        let input = match editor.readline("microfiche> ") {
            Ok(input) => input,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(error).context("cannot read from the terminal"),
        };
        let action = Action::of(&input);
        if action != Action::Nothing {
            let _ = editor.add_history_entry(input.trim());
        }
        if action == Action::Quit {
            break;
        }
        if let Err(error) = desk.answer(action) {
            tell!("{error:#}");
        }
    }
    if let Some(folder) = history.parent() {
        let _ = fs::create_dir_all(folder);
    }
    if let Err(error) = editor.save_history(&history) {
        tell!("the history is not kept: {}: {error}", history.display());
    }
    Ok(())
}

fn editor(catalog: Catalog, config: &Config) -> Result<Editor<Guide, FileHistory>> {
    let settings = rustyline::Config::builder()
        .max_history_size(MAX_HISTORY)?
        .history_ignore_dups(true)?
        .history_ignore_space(true)
        .completion_type(CompletionType::List)
        .build();
    let mut editor = Editor::with_config(settings)?;
    editor.set_helper(Some(Guide(Words {
        catalog,
        queries: config.queries.keys().cloned().collect(),
    })));
    Ok(editor)
}

/// Ctrl-C stops the query, not the program.
fn stop_on_interrupt(runner: &Runner) -> Result<()> {
    let stop = runner.stop();
    ctrlc::set_handler(move || {
        if let Some(interrupt) = &*stop.lock().unwrap_or_else(PoisonError::into_inner) {
            interrupt.interrupt();
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// In the user's folder for such things, or beside the archive.
fn history_file(config: &Config) -> PathBuf {
    match config::state_folder() {
        Some(folder) => folder.join("microfiche").join("sql_history"),
        None => config.archive.folder().join(".microfiche_sql_history"),
    }
}

impl Desk<'_> {
    fn answer(&mut self, action: Action) -> Result<()> {
        let found = match action {
            Action::Nothing | Action::Quit => return Ok(()),
            Action::Query(sql) => self.runner.query(&sql, self.parameters)?,
            Action::Explain(sql) => self.runner.explain(&sql, self.parameters)?,
            Action::Named(name, mut parameters) => {
                parameters.extend_from_slice(self.parameters);
                let query = named::find(self.config, &name)?;
                self.runner.query(query, &parameters)?
            }
            Action::Tables => schema::list(&self.catalog, false),
            Action::Views => schema::list(&self.catalog, true),
            Action::Schema(table) => {
                let sections = schema::sections(&self.catalog, table.as_deref())?;
                return self.output.sections(&sections);
            }
            Action::Format(format) => {
                self.output.set(format);
                return Ok(());
            }
            Action::Queries => named::list(self.config),
            Action::Help => help(),
            Action::Wrong(message) => anyhow::bail!(message),
        };
        self.output.answer(&found)?;
        super::say_if_cut(&found);
        std::io::stdout().flush()?;
        Ok(())
    }
}

fn help() -> Records {
    let row = |(command, what): &(&str, &str)| {
        vec![Value::Text((*command).into()), Value::Text((*what).into())]
    };
    Records::new(
        &["command", "what it does"],
        COMMANDS.iter().map(row).collect(),
    )
}
