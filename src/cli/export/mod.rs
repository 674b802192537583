//! `export`: rows for other programs, or a part of the archive with its originals as a folder of its own.

mod bundle;
mod ftm;
mod lines;
pub(super) mod manifest;
mod parquet;
mod target;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};

use super::progress::{Measure, Progress};
use super::scope::ScopeArgs;
use super::{archive, whom};
use crate::config::Config;
use crate::domain::export::{Cell, Choice, Dataset};
use crate::domain::query;
use crate::store::{Asked, Order, Reader, Store, StoreError, TableFile};
use lines::{CsvLines, json_line};
use manifest::Filters;
use parquet::ParquetRows;
use target::Target;

/// The forms that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Comma-separated values with a header
    Csv,
    /// The same for spreadsheets
    #[value(skip)]
    Excel,
    /// One JSON object a line
    Ndjson,
    /// Apache Parquet, for pandas, DuckDB, Polars, Spark
    Parquet,
    /// FollowTheMoney entities, one JSON object a line, for Aleph and the tools of OpenSanctions
    Ftm,
    /// A new SQLite file with a plain table for each dataset
    Sqlite,
}

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche export mentions --since 2016-01 --kind person --format csv --output people.csv
  microfiche export articles entities mentions graph --format ftm --output case.ftm.json
  microfiche export --bundle ferry-case --entity 'North Sea Ferry Authority' --until 2016"#)]
pub(super) struct ExportArgs {
    /// What to export; several where the format is ftm or sqlite
    #[arg(required_unless_present = "bundle")]
    datasets: Vec<Dataset>,
    /// The format [default: told by the name of --output, else ndjson]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// The file to write; '-' is stdout [default: stdout]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write CSV for spreadsheets: with a byte-order mark, and no cell that they take for a formula
    #[arg(long)]
    excel: bool,
    /// Replace the file, if there is one
    #[arg(long)]
    force: bool,
    /// Write a case instead: a new folder with an archive of the chosen articles, their original files, and hashes
    #[arg(long, value_name = "DIR", conflicts_with_all = ["datasets", "format", "output", "excel", "force"])]
    bundle: Option<PathBuf>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// Only articles that mention this name, and what stands in them
    #[arg(long, value_name = "NAME")]
    entity: Option<String>,
    /// Only articles that `microfiche search` finds with this query
    #[arg(long, value_name = "QUERY")]
    search: Option<String>,
}

impl ExportArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let store = archive(config)?;
        let choice = self.choice(&store)?;
        if let Some(folder) = &self.bundle {
            return self.bundle(folder, &store, &choice, config);
        }
        let form = self.form()?;
        let datasets = self.datasets(form)?;
        self.check_kind(&datasets)?;
        let target = Target::new(self.output.as_deref(), self.force)?;
        let scrolls_by = target.is_stdout() && io::stdout().is_terminal();
        let mut progress = Progress::unless(scrolls_by, "writing rows", Measure::Count);
        store
            .read(|reader| {
                let mut work = || write(reader, form, &datasets, &choice, &target, &mut progress);
                // An error of the sink's keeps its own words.
                work().map_err(|error| match error.downcast::<StoreError>() {
                    Ok(error) => error,
                    Err(error) => StoreError::Output(io::Error::other(format!("{error:#}"))),
                })
            })
            .map_err(unwrapped)?;
        let (n_rows, elapsed) = (progress.n, progress.elapsed());
        drop(progress);
        if let Some(place) = target.finish()? {
            tell!(
                "{}: {} rows in {:.1} s",
                place.display(),
                n_rows,
                elapsed.as_secs_f64()
            );
        }
        if n_rows == 0 {
            tell!("nothing was chosen; leave out a filter, or widen --since and --until");
        }
        Ok(())
    }

    fn choice(&self, store: &Store) -> Result<Choice> {
        let entity = match &self.entity {
            Some(name) => Some(whom::meant(store, name, None)?),
            None => None,
        };
        let articles = match &self.search {
            Some(text) => Some(found(store, text)?),
            None => None,
        };
        Ok(Choice {
            scope: self.scope.resolved(store, usize::MAX >> 1)?,
            entity,
            articles,
        })
    }

    /// The format that is asked for, or that the file's name tells.
    fn form(&self) -> Result<Form> {
        match self.format {
            None | Some(Form::Csv) if self.excel => return Ok(Form::Excel),
            Some(_) if self.excel => bail!("--excel writes CSV; leave out --format"),
            Some(form) => return Ok(form),
            None => {}
        }
        let name = self.output.as_deref().and_then(Path::file_name);
        let name = name.unwrap_or_default().to_string_lossy().to_lowercase();
        let (_, end) = name.rsplit_once('.').unwrap_or_default();
        Ok(match end {
            "csv" => Form::Csv,
            "parquet" => Form::Parquet,
            "sqlite" | "sqlite3" | "db" => Form::Sqlite,
            "ftm" => Form::Ftm,
            _ if name.ends_with(".ftm.json") => Form::Ftm,
            "" | "json" | "jsonl" | "ndjson" => Form::Ndjson,
            "xlsx" | "xls" | "ods" => {
                bail!("there is no export as .{end}; spreadsheets open .csv written with --excel")
            }
            "gexf" | "graphml" | "dot" | "gv" => bail!(
                "there is no export as .{end}; networks: microfiche report network --graph gexf, graphml or dot > {name}"
            ),
            _ => bail!(
                "the name {name} tells no format: .csv, .ndjson, .parquet, .ftm.json and .sqlite do, or say --format"
            ),
        })
    }

    /// What is asked for, in one order and none twice.
    fn datasets(&self, form: Form) -> Result<Vec<Dataset>> {
        let mut datasets = self.datasets.clone();
        datasets.sort_unstable();
        datasets.dedup();
        match form {
            Form::Csv | Form::Excel | Form::Ndjson | Form::Parquet if datasets.len() > 1 => {
                bail!("this format holds one dataset; name one, or take --format sqlite or ftm")
            }
            Form::Sqlite
                if self
                    .output
                    .as_ref()
                    .is_none_or(|path| path.as_os_str() == "-") =>
            {
                bail!("an SQLite file needs a name; give it with --output")
            }
            Form::Ftm => {
                let foreign = datasets.iter().find(|dataset| {
                    matches!(dataset, Dataset::Quotes | Dataset::Roles | Dataset::Dates)
                });
                if let Some(foreign) = foreign {
                    bail!(
                        "FollowTheMoney has no word for {}; it takes articles, entities, mentions and graph",
                        foreign.as_str()
                    );
                }
            }
            _ => {}
        }
        Ok(datasets)
    }

    /// A filter that would do nothing is refused rather than passed over.
    fn check_kind(&self, datasets: &[Dataset]) -> Result<()> {
        match datasets.iter().find(|dataset| !dataset.has_kind()) {
            Some(dataset) if self.scope.kind.is_some() => bail!(
                "--kind chooses among names, and {} have none; leave it out",
                dataset.as_str()
            ),
            _ => Ok(()),
        }
    }

    fn bundle(&self, folder: &Path, store: &Store, choice: &Choice, config: &Config) -> Result<()> {
        if self.scope.kind.is_some() {
            bail!("--kind chooses among names, and a case holds whole articles; leave it out");
        }
        let filters = Filters {
            since: choice.scope.since.clone(),
            until: choice.scope.until.clone(),
            source: choice.scope.source.clone(),
            entity: self.entity.clone(),
            search: self.search.clone(),
        };
        bundle::write(folder, store, choice, filters, config)
    }
}

/// The articles that a search finds.
fn found(store: &Store, text: &str) -> Result<Vec<i64>> {
    let query = query::parse(text).map_err(|error| anyhow!("{}", error.in_words(text)))?;
    let asked = Asked {
        order: Order::Recent,
        limit: 0,
        after: 0,
        marks: ('«', '»'),
    };
    let found = store.read(|reader| reader.search(&query, &asked))?;
    found.notes.iter().for_each(|note| tell!("{note}"));
    Ok(found.articles)
}

/// An error of writing as such, so that a closed pipe is known for what it is.
fn unwrapped(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::Output(error) => error.into(),
        error => error.into(),
    }
}

fn write(
    reader: Reader<'_>,
    form: Form,
    datasets: &[Dataset],
    choice: &Choice,
    target: &Target,
    progress: &mut Progress,
) -> Result<()> {
    if form == Form::Sqlite {
        return tables(reader, datasets, choice, target, progress);
    }
    let mut out = target.writer(form == Form::Parquet)?;
    if form == Form::Ftm {
        return Ok(ftm::write(reader, datasets, choice, &mut out, progress)?);
    }
    for dataset in datasets {
        rows(reader, form, *dataset, choice, &mut out, progress)?;
    }
    Ok(())
}

/// Writes one dataset as CSV, NDJSON or Parquet.
fn rows(
    reader: Reader<'_>,
    form: Form,
    dataset: Dataset,
    choice: &Choice,
    mut out: &mut (dyn Write + Send),
    progress: &mut Progress,
) -> Result<(), StoreError> {
    let columns = dataset.columns();
    let mut pass = |sink: &mut dyn FnMut(&[Cell<'_>]) -> io::Result<()>| {
        reader.export(dataset, choice, &mut |row| {
            progress.count();
            sink(row)
        })
    };
    match form {
        Form::Csv | Form::Excel => {
            let csv = CsvLines::new(out, columns, form == Form::Excel);
            let mut csv = csv.map_err(StoreError::Output)?;
            pass(&mut |row| csv.row(row))?;
            csv.finish()
        }
        Form::Parquet => {
            let parquet = ParquetRows::new(out, dataset.as_str(), columns);
            let mut parquet = parquet.map_err(StoreError::Output)?;
            pass(&mut |row| parquet.row(row))?;
            parquet.finish()
        }
        _ => {
            pass(&mut |row| json_line(&mut out, columns, row))?;
            out.flush()
        }
    }
    .map_err(StoreError::Output)
}

fn tables(
    reader: Reader<'_>,
    datasets: &[Dataset],
    choice: &Choice,
    target: &Target,
    progress: &mut Progress,
) -> Result<()> {
    let file = target.file().context("an SQLite file needs a name")?;
    let mut tables = TableFile::create(file)?;
    for dataset in datasets {
        tables.table(*dataset)?;
        reader.export(*dataset, choice, &mut |row| {
            progress.count();
            tables.row(row).map_err(io::Error::other)
        })?;
    }
    Ok(tables.finish()?)
}

/// Writes one dataset as CSV into a new file.
fn csv_file(
    reader: Reader<'_>,
    dataset: Dataset,
    choice: &Choice,
    file: &Path,
    progress: &mut Progress,
) -> Result<()> {
    let target = Target::new(Some(file), false)?;
    let mut out = target.writer(false)?;
    rows(reader, Form::Csv, dataset, choice, &mut out, progress)?;
    drop(out);
    target.finish()?;
    Ok(())
}
