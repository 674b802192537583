//! The command line: one file per command, in the order of `--help`.

/// Says something on stderr, as `eprintln!` does, but nothing that a terminal would obey.
macro_rules! tell {
    ($($words:tt)*) => { $crate::cli::progress::note(&format!($($words)*)) };
}

mod care;
mod entity;
mod export;
mod ingest;
mod inspect;
mod man;
mod output;
mod period;
mod progress;
mod reanalyze;
mod report;
mod reread;
mod schema;
mod scope;
mod search;
mod show;
mod sql;
mod verify;
mod watch;
mod watchlist;
mod whom;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::time::ChronoLocal;

use self::progress::{Measure, Progress};
use crate::config::Config;
use crate::store::Store;
use crate::text::clean::printable;

/// What takes long where an archive is large and old, or another process writes.
const OPENING: &str = "opening the archive (an old one is brought up to date)";

/// Options of every command stand below a command's own.
const EVERYWHERE: &str = "Everywhere";

/// Drop news articles into a folder; ask who, where, when.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub struct Args {
    /// The archive [default: archive.db]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    archive: Option<PathBuf>,
    /// The settings [default: config.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    config: Option<PathBuf>,
    /// Whether tables, hits and logs are colored; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        help_heading = EVERYWHERE,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    color: output::Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the daemon on an inbox folder, or clear the inbox once and stop
    Watch(watch::WatchArgs),
    /// Ingest files or folders in place ('-' reads stdin)
    Ingest(ingest::IngestArgs),
    /// Parse and analyze, store nothing; what would be ingested
    Inspect(inspect::InspectArgs),
    /// Full text, with filters and snippets
    Search(search::SearchArgs),
    /// One article with its mentions marked
    Show(show::ShowArgs),
    /// Read-only SQL
    Sql(sql::SqlArgs),
    /// The tables and columns of the archive, and what each is for
    Schema(schema::SchemaArgs),
    /// Ready answers: overview, entities, entity NAME, compare, network, timeline, trends, …
    Report(report::ReportArgs),
    /// Rows for other programs, or a case with its original files
    Export(export::ExportArgs),
    /// Check that nothing in a case was changed
    Verify(verify::VerifyArgs),
    /// Correct who is who: merge, split, rename, alias, kind, ignore, undo
    Entity(entity::EntityArgs),
    /// Names that matter to you, found in every article: add, list, remove
    Watchlist(watchlist::WatchlistArgs),
    /// Read articles again that an older recognizer read
    Reanalyze(reanalyze::ReanalyzeArgs),
    /// What the daemon is doing
    Status(watch::StatusArgs),
    /// Check that all is well with the archive
    Doctor(care::DoctorArgs),
    /// Put failed files back into the inbox
    Retry(care::RetryArgs),
    /// Copy the archive, also while the daemon writes
    Backup(care::BackupArgs),
    /// Print completions for a shell
    Completions(care::CompletionsArgs),
    /// Print the manual page of a command
    Man(man::ManArgs),
}

/// A library that panics on a PDF is no news to anybody: the file's page fails, and the ledger says so.
fn hush_pdf_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some("pdf") {
            report(panic);
        }
    }));
}

/// Does what the arguments say.
pub fn run(args: Args) -> Result<()> {
    hush_pdf_panics();
    let mut config = Config::load(args.config.as_deref())?;
    if let Some(archive) = args.archive {
        config.archive.path = archive;
    }
    args.color.look().set();
    let is_colored = args.color.is_on(&std::io::stderr());
    let filter = EnvFilter::try_new(format!("microfiche={}", config.log.level))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_timer(ChronoLocal::new("%Y-%m-%d %H:%M:%S".to_owned()))
        .with_writer(move || progress::Stderr { is_colored })
        .with_ansi(is_colored)
        .init();
    match args.command {
        Command::Watch(args) => args.run(config),
        Command::Ingest(args) => args.run(&config),
        Command::Inspect(args) => args.run(&config),
        Command::Search(args) => args.run(&config),
        Command::Show(args) => args.run(&config),
        Command::Sql(args) => args.run(&config),
        Command::Schema(args) => args.run(&config),
        Command::Report(args) => args.run(&config),
        Command::Export(args) => args.run(&config),
        Command::Verify(args) => args.run(),
        Command::Entity(args) => args.run(&config),
        Command::Watchlist(args) => args.run(&config),
        Command::Reanalyze(args) => args.run(&config),
        Command::Status(args) => args.run(&config),
        Command::Doctor(args) => args.run(&config),
        Command::Retry(args) => args.run(&config),
        Command::Backup(args) => args.run(&config),
        Command::Completions(args) => args.run(),
        Command::Man(args) => args.run(),
    }
}

/// Nothing was found, where that was asked to be the exit code; there is nothing to say about it.
#[derive(Debug, thiserror::Error)]
#[error("nothing found")]
struct NothingFound;

/// The archive, which must exist, to read; one that an older program made is brought up to date.
fn archive(config: &Config) -> Result<Store> {
    let _line = Progress::new(OPENING, Measure::Time);
    Ok(Store::open_read_only(&config.archive.path)?)
}

/// The archive to write, made where there is none.
fn new_archive(config: &Config) -> Result<Store> {
    let _line = Progress::new(OPENING, Measure::Time);
    Ok(Store::open(&config.archive.path)?)
}

/// The archive to write, which must exist: what people decide may be asked of one that an older program made.
fn current_archive(config: &Config) -> Result<Store> {
    archive(config)?;
    new_archive(config)
}

/// Says what went wrong and gives the exit code; a reader that closed the pipe early is no error.
#[must_use]
#[expect(clippy::print_stderr, reason = "this is how errors reach people")]
pub fn report_error(error: &anyhow::Error) -> ExitCode {
    let is_closed_pipe = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe);
    if is_closed_pipe {
        return ExitCode::SUCCESS;
    }
    if error.is::<NothingFound>() {
        return ExitCode::FAILURE;
    }
    let message = without_numbers(&format!("{error:#}"));
    eprintln!("microfiche: {}", printable(&message));
    ExitCode::FAILURE
}

/// The message without the numbers that the system gives its errors: `No such file or directory (os error 2)`.
fn without_numbers(message: &str) -> String {
    let mut parts = message.split(" (os error ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        text.push_str(rest.strip_prefix(')').unwrap_or(rest));
    }
    text
}
