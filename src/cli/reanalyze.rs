//! `reanalyze`: reads articles again that an older recognizer read, on all cores, in groups that are each durable, so that it
//! can be stopped at any time and goes on where it was.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::Ordering;
use std::thread;

use anyhow::Result;
use clap::Args;

use super::current_archive;
use super::ingest::stop_flag;
use super::output::OutputArgs;
use super::progress::{Measure, Progress};
use super::reread;
use crate::config::Config;
use crate::domain::analysis::Kind;
use crate::domain::records::{Records, Section, Value};
use crate::extract::Extractor;
use crate::ingest::read_body;
use crate::store::{Outdated, Reading, SaidMention};

/// So many articles share a transaction: few enough that a daemon beside it gets its turn soon.
const GROUP: usize = 200;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche reanalyze --diff
  microfiche reanalyze --reread --diff --limit 50
  microfiche reanalyze"#)]
pub(super) struct ReanalyzeArgs {
    /// Every article, also those that this program's recognizer has read
    #[arg(long)]
    all: bool,
    /// Only show what would change; store nothing
    #[arg(long)]
    diff: bool,
    /// Parse the original files again too: articles that older parsers read wrongly are corrected, missed ones are added
    #[arg(long)]
    reread: bool,
    /// With --diff, the number of changes to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    output: OutputArgs,
}

/// How many mentions of a kind stay, come and go.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    stay: i64,
    come: i64,
    go: i64,
}

#[derive(Debug, Default)]
struct Difference {
    by_kind: BTreeMap<Kind, Counts>,
    sample: Vec<Vec<Value>>,
    limit: usize,
}

impl ReanalyzeArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        if self.reread {
            let plan = reread::Plan {
                all: self.all,
                diff: self.diff,
                limit: self.limit,
            };
            return reread::run(config, plan, self.output);
        }
        let extractor = Extractor::open(&config.recognizer)?;
        let reads =
            |language: Option<&str>| language.is_none_or(|language| extractor.reads(language));
        let mut store = current_archive(config)?;
        let outdated = store.read(|reader| reader.outdated(extractor.name(), reads, self.all))?;
        let stop = stop_flag()?;
        let line = Progress::new("reading articles", Measure::Of(outdated.len() as u64));
        let mut difference = Difference {
            limit: self.limit,
            ..Difference::default()
        };
        let mut n_done = 0;
        for ids in outdated.chunks(GROUP) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let articles = store.read(|reader| reader.articles_to_read(ids))?;
            let readings = read_again(&articles, &extractor);
            if self.diff {
                for (article, reading) in &readings {
                    let said = store.read(|reader| reader.said_mentions(*article))?;
                    difference.count(*article, &said, reading);
                }
            } else {
                store.write(|writer| writer.replace_readings(&readings))?;
            }
            n_done += ids.len();
            line.add(ids.len() as u64);
        }
        drop(line);
        if self.diff {
            tell!("{n_done} articles would be read again");
            return self.output.sections(&difference.sections());
        }
        let n_left = outdated.len() - n_done;
        if n_left > 0 {
            tell!("stopped; {n_left} articles are left, run the same command again for them");
        }
        tell!("{n_done} articles read again");
        Ok(())
    }
}

/// Reads a group on all cores.
fn read_again(articles: &[Outdated], extractor: &Extractor) -> Vec<(i64, Reading)> {
    let n_workers = thread::available_parallelism().map_or(1, usize::from);
    let per_worker = articles.len().div_ceil(n_workers).max(1);
    let read = |article: &Outdated| {
        let language = article.language.as_deref();
        let reading = read_body(
            &article.body,
            language,
            article.published.as_ref(),
            extractor,
        );
        (article.id, reading)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = articles
            .chunks(per_worker)
            .map(|share| scope.spawn(move || share.iter().map(read).collect::<Vec<_>>()))
            .collect();
        let done = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        done.flatten().collect()
    })
}

impl Difference {
    fn count(&mut self, article: i64, said: &HashSet<SaidMention>, reading: &Reading) {
        let found: HashSet<SaidMention> = reading
            .analysis
            .mentions
            .iter()
            .map(|mention| SaidMention {
                span: mention.span,
                kind: mention.kind,
                text: mention.text.clone(),
            })
            .collect();
        for mention in said.intersection(&found) {
            self.by_kind.entry(mention.kind).or_default().stay += 1;
        }
        let mut changes: Vec<(&SaidMention, &str)> = Vec::new();
        for mention in found.difference(said) {
            self.by_kind.entry(mention.kind).or_default().come += 1;
            changes.push((mention, "comes"));
        }
        for mention in said.difference(&found) {
            self.by_kind.entry(mention.kind).or_default().go += 1;
            changes.push((mention, "goes"));
        }
        changes.sort_by_key(|(mention, change)| (mention.span, *change));
        let n_free = self.limit.saturating_sub(self.sample.len());
        self.sample
            .extend(changes.iter().take(n_free).map(|(mention, change)| {
                vec![
                    Value::Text((*change).to_owned()),
                    Value::Text(mention.kind.as_str().to_owned()),
                    Value::Text(mention.text.clone()),
                    Value::Integer(article),
                    Value::Integer(mention.span.start as i64),
                ]
            }));
    }

    fn sections(self) -> [Section; 2] {
        let counts = self.by_kind.into_iter().map(|(kind, counts)| {
            let numbers = [counts.stay, counts.come, counts.go].map(Value::Integer);
            std::iter::once(Value::Text(kind.as_str().to_owned()))
                .chain(numbers)
                .collect()
        });
        [
            Section::new(
                "Mentions",
                Records::new(&["kind", "stay", "come", "go"], counts.collect()),
            ),
            Section::new(
                "Sample",
                Records::new(&["change", "kind", "text", "article", "start"], self.sample),
            ),
        ]
    }
}
