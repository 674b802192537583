//! The story of one file: read, parsed, analyzed, resolved, stored. [`prepare`] is pure and runs on any thread;
//! [`commit`] runs in the writer's transaction.

use crate::domain::article::Article;
use crate::domain::document::Document;
use crate::domain::ledger::{Arrival, Outcome, Rejection};
use crate::extract::Extractor;
use crate::parse::{self, Parsed};
use crate::resolve::resolve;
use crate::store::{ContentKey, NewArticle, StoreError, Writer};

/// A file that is ready for the archive.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its ledger row.
    pub arrival: Arrival,
    /// Its articles, or why there are none.
    pub articles: Result<Vec<NewArticle>, Rejection>,
}

/// Takes a document through every stage before the archive.
#[must_use]
pub fn prepare(document: &Document, extractor: &Extractor) -> Prepared {
    let parsed = parse::parse(document);
    let arrival = Arrival {
        path: document.path.clone(),
        name: document.name.clone(),
        size: document.bytes.len() as u64,
        hash: Some(document.hash),
        format: parsed.as_ref().ok().map(|parsed| parsed.format),
    };
    let analyzed = |parsed: Parsed| {
        let articles = parsed.articles.into_iter();
        articles
            .map(|article| analyze(article, extractor))
            .collect()
    };
    Prepared {
        arrival,
        articles: parsed.map(analyzed),
    }
}

/// Finds who and what an article speaks of.
#[must_use]
pub fn analyze(article: Article, extractor: &Extractor) -> NewArticle {
    let analysis = extractor.analyze(&article.body, article.published.as_ref());
    let resolution = resolve(&article.body, &analysis);
    NewArticle {
        key: ContentKey::of(&article),
        article,
        analysis,
        resolution,
    }
}

/// Stores a prepared file and says what became of it, with its row in the ledger.
pub fn commit(
    writer: &mut Writer<'_>,
    prepared: &Prepared,
    now: &str,
) -> Result<(i64, Outcome), StoreError> {
    let arrival = &prepared.arrival;
    let stored = match arrival.hash {
        Some(hash) => writer.reader().stored_file(hash)?,
        None => None,
    };
    let outcome = match (&prepared.articles, stored) {
        (Err(rejection), _) => Outcome::Rejected(rejection.clone()),
        (Ok(_), Some(known)) => Outcome::Duplicate { of: known.path },
        (Ok(articles), None) => return writer.add_file(arrival, articles, now),
    };
    let file = writer.record_file(arrival, &outcome, now)?;
    Ok((file, outcome))
}

/// At most this many files share a transaction.
const MAX_GROUP: usize = 500;

/// A group waits so long for its next file; it never waits once the last file is in.
const MAX_WAIT: std::time::Duration = std::time::Duration::from_millis(50);

/// Takes many files through every stage: `read` and [`prepare`] on `n_workers` threads, `commit` for whole groups on this
/// one. `commit` gets what is ready, in any order, and says whether to go on.
pub fn in_groups<T: Send, E>(
    work: impl Iterator<Item = T> + Send,
    n_workers: usize,
    prepare: impl Fn(T) -> Option<Prepared> + Sync,
    mut commit: impl FnMut(Vec<Prepared>) -> Result<bool, E>,
) -> Result<(), E> {
    let (jobs, inbox) = crossbeam_channel::bounded::<T>(2 * n_workers);
    let (done, ready) = crossbeam_channel::bounded::<Prepared>(MAX_GROUP);
    std::thread::scope(|scope| {
        scope.spawn(move || work.into_iter().try_for_each(|job| jobs.send(job)));
        for _ in 0..n_workers {
            let (inbox, done, prepare) = (inbox.clone(), done.clone(), &prepare);
            scope.spawn(move || {
                inbox
                    .iter()
                    .filter_map(prepare)
                    .try_for_each(|prepared| done.send(prepared))
            });
        }
        drop((inbox, done));
        while let Ok(first) = ready.recv() {
            // A durable commit costs the same for one file as for many: while more are coming, wait for company.
            let until = std::time::Instant::now() + MAX_WAIT;
            let mut group = vec![first];
            while group.len() < MAX_GROUP
                && let Ok(next) = ready.recv_deadline(until)
            {
                group.push(next);
            }
            if !commit(group)? {
                break;
            }
        }
        drop(ready);
        Ok(())
    })
}
