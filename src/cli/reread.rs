//! `reanalyze --reread`: parses filed originals again with the current parsers and brings their articles in line, in batches that
//! are each durable, so that it can be stopped at any time and goes on where it was.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use anyhow::Result;

use super::current_archive;
use super::ingest::{now, stop_flag};
use super::output::OutputArgs;
use super::progress::{Measure, Progress};
use crate::config::Config;
use crate::domain::article::Published;
use crate::domain::document::PARSERS;
use crate::domain::records::{Records, Section, Value};
use crate::extract::Extractor;
use crate::inbox::read::read;
use crate::ingest::{Crew, HandOn, Prepared, in_groups, is_bundle, prepare};
use crate::store::{OldFile, Rereading, Revision, Store, StoreError};

/// What to read again, and what to do with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Also files that the current parsers have read.
    pub(super) all: bool,
    /// Show what would change and store nothing.
    pub(super) diff: bool,
    /// The changes to show, at most.
    pub(super) limit: usize,
}

/// What came of the files so far.
#[derive(Debug, Default)]
struct Tally {
    n_read: usize,
    n_failed: usize,
    n_new: usize,
    n_changed: usize,
    n_same: usize,
    n_not_found: usize,
    by_field: BTreeMap<&'static str, i64>,
    sample: Vec<Vec<Value>>,
}

/// One run over files that share a fallback date.
struct Run<'a> {
    config: &'a Config,
    plan: Plan,
    line: &'a Progress,
    tally: Tally,
}

pub(super) fn run(config: &Config, plan: Plan, output: OutputArgs) -> Result<()> {
    let extractor = Arc::new(Extractor::open(&config.recognizer)?);
    let mut store = current_archive(config)?;
    let files = store.read(|reader| reader.files_to_reread(PARSERS, plan.all))?;
    let n_files = files.len();
    let (present, n_missing) = with_originals(config, files);
    let stop = stop_flag()?;
    let line = Progress::new("reading originals", Measure::Of(n_files as u64));
    line.add(n_missing as u64);
    let mut run = Run {
        config,
        plan,
        line: &line,
        tally: Tally::default(),
    };
    for (given, files) in present {
        let mut options = config.options();
        options.fallback.published = given;
        let crew = Crew::new(n_workers(), Arc::clone(&extractor), options);
        run.reread(&mut store, &files, &crew, &|| stop.load(Ordering::Relaxed))?;
        if stop.load(Ordering::Relaxed) {
            tell!("stopped; run the same command again for the rest");
            break;
        }
    }
    let tally = run.tally;
    drop(line);
    if n_missing > 0 {
        tell!(
            "{n_missing} originals are no longer where they were, or their bytes have changed; their articles stay as they are"
        );
    }
    tell!("{}", tally.summary(plan.diff));
    if plan.diff {
        return output.sections(&tally.sections());
    }
    Ok(())
}

fn n_workers() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// A file with the place of its original.
type Original = (OldFile, PathBuf);

/// Files whose articles got the same date from the user, or none.
type Group = (Option<Published>, Vec<Original>);

/// A part of a file with what it changes.
type Applied<'p> = (i64, &'p Prepared, Vec<Revision>);

/// The files whose originals are there, by the date that the user gave for their articles, and the number of the others.
fn with_originals(config: &Config, files: Vec<OldFile>) -> (Vec<Group>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    let mut n_missing = 0;
    for file in files {
        let place = match &file.filed_as {
            Some(filed_as) => config.archive.folder().join(filed_as),
            None => config.inbox.path.join(&file.path),
        };
        if !place.is_file() {
            n_missing += 1;
            continue;
        }
        match groups.iter_mut().find(|(given, _)| *given == file.given) {
            Some((_, group)) => group.push((file, place)),
            None => groups.push((file.given.clone(), vec![(file, place)])),
        }
    }
    (groups, n_missing)
}

impl Run<'_> {
    /// Reads files on all cores and brings their articles in line.
    fn reread(
        &mut self,
        store: &mut Store,
        files: &[Original],
        crew: &Crew,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<()> {
        let limits = self.config.inbox.limits();
        let ids: HashMap<(&str, &str), i64> = files
            .iter()
            .map(|(file, _)| ((file.path.as_str(), file.hash.as_str()), file.id))
            .collect();
        let take = |(file, place): &Original, hand_on: HandOn<'_>| {
            match read(place, file.path.clone(), limits, is_bundle) {
                Ok(document) if document.hash.to_string() == file.hash => {
                    prepare(&document, crew, hand_on)
                }
                // Its bytes have changed: they are not what the articles came from.
                _ => Ok(()),
            }
        };
        let mut open: HashMap<i64, Rereading> = HashMap::new();
        in_groups(
            files.iter(),
            n_workers(),
            |_| false,
            take,
            |group| {
                let id_of = |part: &Prepared| {
                    let hash = part.arrival.hash.map(|hash| hash.to_string());
                    let known = ids.get(&(part.arrival.path.as_str(), hash.as_deref()?));
                    known.copied()
                };
                let parts: Vec<(i64, &Prepared)> = group
                    .iter()
                    .filter_map(|part| Some((id_of(part)?, part)))
                    .collect();
                for (file, part, revisions) in self.apply(store, &parts, &mut open)? {
                    self.tally.count(part, &revisions, self.plan.limit);
                    if part.is_last {
                        let reading = open.remove(&file).unwrap_or_default();
                        let n = store.read(|reader| reader.n_unmatched(file, &reading))?;
                        self.tally.n_not_found += n;
                        self.line.add(1);
                    }
                }
                anyhow::Ok(!is_stopped())
            },
        )
    }

    /// What the parts of a batch change; stores it unless only the difference is asked for.
    fn apply<'p>(
        &self,
        store: &mut Store,
        parts: &[(i64, &'p Prepared)],
        open: &mut HashMap<i64, Rereading>,
    ) -> Result<Vec<Applied<'p>>, StoreError> {
        if self.plan.diff {
            let revisions = parts.iter().map(|(file, part)| {
                let reading = open.entry(*file).or_default();
                let revisions =
                    store.read(|reader| reader.revisions(*file, &part.articles, reading))?;
                Ok((*file, *part, revisions))
            });
            return revisions.collect();
        }
        let now = now();
        store.write(|writer| {
            let mut applied = Vec::with_capacity(parts.len());
            for (file, part) in parts {
                let reading = open.entry(*file).or_default();
                let revisions = writer.apply_revisions(*file, &part.articles, reading, &now)?;
                if part.is_last {
                    writer.mark_reread(*file, PARSERS)?;
                }
                applied.push((*file, *part, revisions));
            }
            Ok(applied)
        })
    }
}

impl Tally {
    fn count(&mut self, part: &Prepared, revisions: &[Revision], limit: usize) {
        self.n_read += usize::from(part.is_last);
        self.n_failed += usize::from(part.rejection.is_some());
        for revision in revisions {
            let what = if revision.article.is_none() {
                self.n_new += 1;
                "new".to_owned()
            } else if revision.is_empty() {
                self.n_same += 1;
                continue;
            } else {
                self.n_changed += 1;
                for field in &revision.fields {
                    *self.by_field.entry(field).or_default() += 1;
                }
                revision.fields.join(", ")
            };
            if self.sample.len() < limit {
                self.sample.push(vec![
                    revision.article.map_or(Value::Null, Value::Integer),
                    Value::Text(revision.title.clone()),
                    Value::Text(what),
                    Value::Integer(revision.words_before as i64),
                    Value::Integer(revision.words_now as i64),
                ]);
            }
        }
    }

    fn summary(&self, is_diff: bool) -> String {
        let would = if is_diff { "would be " } else { "" };
        let mut summary = format!(
            "{} files read again: {} articles {would}changed, {} {would}new, {} the same",
            self.n_read, self.n_changed, self.n_new, self.n_same
        );
        if self.n_not_found > 0 {
            summary += &format!(
                "; {} are not found in their files any more and stay",
                self.n_not_found
            );
        }
        if self.n_failed > 0 {
            summary += &format!("; {} files gave nothing more", self.n_failed);
        }
        summary
    }

    fn sections(self) -> [Section; 2] {
        let counts = self
            .by_field
            .into_iter()
            .map(|(field, n)| vec![Value::Text(field.to_owned()), Value::Integer(n)]);
        [
            Section::new(
                "Changes by field",
                Records::new(&["field", "articles"], counts.collect()),
            ),
            Section::new(
                "Sample",
                Records::new(
                    &["article", "title", "change", "words_before", "words_now"],
                    self.sample,
                ),
            ),
        ]
    }
}
