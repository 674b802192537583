//! What the log says of the files of a group.

use crate::domain::ledger::Outcome;
use crate::ingest::{Fate, Prepared};

/// Above this many files a group is logged in one line.
const MAX_LINES: usize = 20;

pub(super) fn group(group: &[Prepared], fates: &[Fate]) {
    let is_large = group.len() > MAX_LINES;
    let (mut n_files, mut n_stored) = (0, 0);
    for (prepared, fate) in group.iter().zip(fates) {
        let Fate::Done(_, outcome) = fate else {
            continue;
        };
        n_files += 1;
        n_stored += usize::from(matches!(outcome, Outcome::Stored { .. }));
        if !is_large || matches!(outcome, Outcome::Rejected(_)) {
            file(prepared, outcome);
        }
    }
    if is_large && n_files > 0 {
        tracing::info!("{n_files} files: {n_stored} stored");
    }
}

fn file(prepared: &Prepared, outcome: &Outcome) {
    let path = &prepared.arrival.path;
    match (outcome, prepared.articles.as_slice()) {
        (Outcome::Rejected(rejection), _) => tracing::warn!("failed {path}: {rejection}"),
        (Outcome::Duplicate { of }, _) => tracing::info!("duplicate {path}: same as {of}"),
        (Outcome::Stored { n_articles: 1, .. }, [new]) => tracing::info!(
            "stored {path}: “{}” · {} names",
            new.article.title,
            new.resolution.entities.len()
        ),
        (Outcome::Stored { n_articles, .. }, _) => {
            let failures = outcome
                .reason()
                .map_or_else(String::new, |reason| format!("; {reason}"));
            tracing::info!("stored {path}: {n_articles} articles{failures}");
        }
    }
}
