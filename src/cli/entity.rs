//! `entity`: what people know better than the recognizer. Every decision is recorded, can be undone, and holds for articles
//! yet to come.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use super::ingest::now;
use super::output::OutputArgs;
use super::whom::{described, find};
use super::{current_archive, new_archive};
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::correction::{Action, Correction};
use crate::domain::scope::Scope;
use crate::store::{Change, Named, Store};
use crate::text::normalize::{fold, name_key};

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche entity merge 'Tony Blinken' 'Antony Blinken'
  microfiche entity kind person:Bergen location
  microfiche entity undo

An ENTITY is its name, a kind and its name (person:Bergen), or its number in `entity list`."#)]
pub(super) struct EntityArgs {
    #[command(subcommand)]
    command: EntityCommand,
}

#[derive(Debug, Subcommand)]
enum EntityCommand {
    /// The entities that most articles mention
    #[command(
        after_help = "Examples:\n  microfiche entity list --kind person\n  microfiche entity list solberg"
    )]
    List {
        /// Only those with this in a name
        word: Option<String>,
        /// Only this kind
        #[arg(long, value_parser = kind_of)]
        kind: Option<Kind>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// One entity with its names, articles and corrections
    #[command(
        after_help = "Examples:\n  microfiche entity show 'Kari Solberg'\n  microfiche entity show person:Bergen --format json"
    )]
    Show {
        /// Which
        entity: String,
        /// At most so many rows in a section
        #[arg(long, default_value_t = 10)]
        limit: usize,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Two are one: the first's names and mentions are the second's
    #[command(
        after_help = "Examples:\n  microfiche entity merge 'Tony Blinken' 'Antony Blinken'\n  microfiche entity merge group:Reds 'Red Party' --force"
    )]
    Merge {
        /// Which is another …
        from: String,
        /// … and which
        into: String,
        /// Also where their kinds differ
        #[arg(long)]
        force: bool,
    },
    /// A name of an entity is another's: it becomes an entity of its own
    #[command(
        after_help = "Examples:\n  microfiche entity split 'Kari Solberg' Solberg\n  microfiche entity split 4 'K. Solberg'"
    )]
    Split {
        /// Which
        entity: String,
        /// The name to take out
        name: String,
    },
    /// Show another name
    #[command(
        after_help = "Examples:\n  microfiche entity rename 'World Health Organization' WHO\n  microfiche entity rename person:Bergen 'Edgar Bergen'"
    )]
    Rename {
        /// Which
        entity: String,
        /// The name to show
        name: String,
    },
    /// Add a name: mentions of it, of the same kind, are the entity's
    #[command(
        after_help = "Examples:\n  microfiche entity alias 'Kari Solberg' 'The Iron Ferrywoman'\n  microfiche entity alias organization:WHO 'World Health Organisation'"
    )]
    Alias {
        /// Which
        entity: String,
        /// The name to add
        name: String,
    },
    /// Change the kind
    #[command(
        after_help = "Examples:\n  microfiche entity kind person:Bergen location\n  microfiche entity kind 'Paris Agreement' law"
    )]
    Kind {
        /// Which
        entity: String,
        /// person, organization, location, facility, group, event, law, work, product, other
        #[arg(value_parser = kind_of)]
        kind: Kind,
    },
    /// Leave its mentions out of every report, until it is undone
    #[command(
        after_help = "Examples:\n  microfiche entity ignore 'Getty Images'\n  microfiche entity ignore other:Photo"
    )]
    Ignore {
        /// Which
        entity: String,
    },
    /// Undo the last decision, or one by its number
    #[command(after_help = "Examples:\n  microfiche entity undo\n  microfiche entity undo 12")]
    Undo {
        /// Its number in `entity log`
        number: Option<i64>,
    },
    /// Every decision, the latest first
    #[command(
        after_help = "Examples:\n  microfiche entity log\n  microfiche entity log --limit 5 --format json"
    )]
    Log {
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Write the decisions that hold as JSON lines
    #[command(
        after_help = "Examples:\n  microfiche entity export decisions.ndjson\n  microfiche entity export > decisions.ndjson"
    )]
    Export {
        /// Where to [default: standard output]
        file: Option<PathBuf>,
    },
    /// Take decisions from a file that `entity export` wrote
    #[command(
        after_help = "Examples:\n  microfiche entity import decisions.ndjson\n  ssh desk microfiche entity export | microfiche entity import -"
    )]
    Import {
        /// The file; '-' is stdin
        file: PathBuf,
    },
}

fn kind_of(word: &str) -> Result<Kind, &'static str> {
    Kind::from_word(word).ok_or("there is no such kind; try person, organization, location, facility, group, event, law, work, product, other")
}

impl EntityArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let reading = || current_archive(config);
        match &self.command {
            EntityCommand::List {
                word,
                kind,
                limit,
                output,
            } => {
                let word = word.as_deref();
                output
                    .records(&reading()?.read(|reader| reader.list_entities(*kind, word, *limit))?)
            }
            EntityCommand::Show {
                entity,
                limit,
                output,
            } => {
                let store = reading()?;
                let entity = find(&store, entity)?;
                let scope = Scope {
                    limit: *limit,
                    ..Scope::default()
                };
                let mut sections = store.read(|reader| reader.entity(entity.id, &scope))?;
                sections.push(store.read(|reader| reader.corrections_of(&entity))?);
                output.sections(&sections)
            }
            EntityCommand::Log { limit, output } => {
                output.records(&reading()?.read(|reader| reader.correction_log(*limit))?)
            }
            EntityCommand::Export { file } => export(&reading()?, file.as_ref()),
            EntityCommand::Import { file } => {
                let decisions = import(file)?;
                say(decide(config, &decisions)?);
                Ok(())
            }
            EntityCommand::Undo { number } => undo(config, *number),
            command => {
                let decision = command.decision(&reading()?)?;
                say(decide(config, &[decision])?);
                Ok(())
            }
        }
    }
}

impl EntityCommand {
    /// What is decided about which entity.
    fn decision(&self, store: &Store) -> Result<Correction> {
        match self {
            Self::Merge { from, into, force } => {
                merge(find(store, from)?, find(store, into)?, *force)
            }
            Self::Split { entity, name } => split(store, find(store, entity)?, name),
            Self::Alias { entity, name } => {
                let to = (None, Some(checked_key(name)?), Some(name.clone()));
                Ok(correction(Action::Alias, find(store, entity)?, to))
            }
            Self::Rename { entity, name } => {
                checked_key(name)?;
                Ok(correction(
                    Action::Rename,
                    find(store, entity)?,
                    (None, None, Some(name.clone())),
                ))
            }
            Self::Kind { entity, kind } => {
                let entity = find(store, entity)?;
                if entity.kind == *kind {
                    bail!("{} is one already", described(&entity));
                }
                Ok(correction(Action::Kind, entity, (Some(*kind), None, None)))
            }
            Self::Ignore { entity } => Ok(correction(
                Action::Ignore,
                find(store, entity)?,
                (None, None, None),
            )),
            _ => bail!("this decides nothing"),
        }
    }
}

fn merge(from: Named, into: Named, force: bool) -> Result<Correction> {
    if from.id == into.id {
        bail!("they are one already: {}", described(&from));
    }
    if from.kind != into.kind && !force {
        bail!(
            "{} and {} differ in kind; if they are one all the same, add --force",
            described(&from),
            described(&into)
        );
    }
    let to = (Some(into.kind), Some(into.key), Some(into.name));
    Ok(correction(Action::Merge, from, to))
}

fn split(store: &Store, entity: Named, name: &str) -> Result<Correction> {
    let key = name_key(name);
    if key == entity.key {
        bail!(
            "{name:?} is the main name of {}; take its other names out, or rename it",
            described(&entity)
        );
    }
    let others = store.read(|reader| reader.entities_named(name))?;
    if !others.iter().any(|other| other.id == entity.id) {
        bail!(
            "{} is not called {name:?}; `microfiche entity show {}` lists its names",
            described(&entity),
            entity.id
        );
    }
    let to = (None, Some(key), Some(name.to_owned()));
    Ok(correction(Action::Split, entity, to))
}

fn correction(
    action: Action,
    entity: Named,
    (to_kind, to_key, to_name): (Option<Kind>, Option<String>, Option<String>),
) -> Correction {
    Correction {
        action,
        kind: entity.kind,
        key: entity.key,
        name: entity.name,
        to_kind,
        to_key,
        to_name,
    }
}

fn checked_key(name: &str) -> Result<String> {
    let key = name_key(name);
    if !key.chars().any(char::is_alphanumeric) {
        bail!("{name:?} is no name");
    }
    Ok(key)
}

fn decide(config: &Config, decisions: &[Correction]) -> Result<Change> {
    let mut store = new_archive(config)?;
    Ok(store.write(|writer| writer.decide(decisions, &now()))?)
}

fn say(change: Change) {
    if change.n_decisions == 0 {
        tell!("nothing new: all of it was decided before");
    } else {
        tell!(
            "{} recorded, {} articles corrected; `microfiche entity undo` takes the last one back",
            match change.n_decisions {
                1 => "1 decision".to_owned(),
                n => format!("{n} decisions"),
            },
            change.n_articles
        );
    }
}

fn undo(config: &Config, number: Option<i64>) -> Result<()> {
    let mut store = current_archive(config)?;
    match (store.write(|writer| writer.undo(number, &now()))?, number) {
        (Some((number, decision)), _) => {
            let to = decision
                .to_name
                .or(decision.to_kind.map(|kind| kind.as_str().to_owned()));
            let to = to.map_or_else(String::new, |to| format!(" → {to}"));
            tell!(
                "undone: {number} {} {}{to}",
                decision.action.as_str(),
                decision.name
            );
            Ok(())
        }
        (None, Some(number)) => {
            bail!("no decision {number} holds; `microfiche entity log` lists them")
        }
        (None, None) => bail!("there is nothing to undo"),
    }
}

fn export(store: &Store, file: Option<&PathBuf>) -> Result<()> {
    let mut text = String::new();
    for (_, decision) in store.read(|reader| reader.decisions())? {
        text.push_str(&serde_json::to_string(&decision)?);
        text.push('\n');
    }
    match file {
        Some(file) => {
            fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
        }
        None => Ok(super::output::stdout().write_all(text.as_bytes())?),
    }
}

/// The decisions of a file, all of them or, with a wrong line, none.
fn import(file: &PathBuf) -> Result<Vec<Correction>> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        io::stdin().lock().read_to_string(&mut text).map(|_| ())
    } else {
        fs::read_to_string(file).map(|read| text = read)
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    let decision = |(n, line): (usize, &str)| {
        let mut decision: Correction = serde_json::from_str(line)
            .with_context(|| format!("line {}: it is no decision; nothing was taken", n + 1))?;
        // Older programs kept letters such as ø in keys.
        decision.key = fold(&decision.key);
        decision.to_key = decision.to_key.as_deref().map(fold);
        match decision.lack() {
            Some(field) => bail!(
                "line {}: {:?} lacks {field}; nothing was taken",
                n + 1,
                decision.action.as_str()
            ),
            None => Ok(decision),
        }
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(decision)
        .collect()
}
