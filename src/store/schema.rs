//! The migrations, embedded, and the runner that brings an archive up to date; `user_version` counts those applied.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::refolding::refold;
use super::rekeying::rekey;
use super::{clusters, search};

/// Marks the file as ours in SQLite's header: "mfch".
const APPLICATION_ID: i32 = 0x6d66_6368;

/// Append only: an archive in the wild has run some prefix of these.
pub(super) const MIGRATIONS: [&str; 22] = [
    include_str!("../../migrations/0001_articles.sql"),
    include_str!("../../migrations/0002_entities.sql"),
    include_str!("../../migrations/0003_search.sql"),
    include_str!("../../migrations/0004_views.sql"),
    include_str!("../../migrations/0005_bundles.sql"),
    include_str!("../../migrations/0006_stories.sql"),
    include_str!("../../migrations/0007_resolution.sql"),
    include_str!("../../migrations/0008_curation.sql"),
    include_str!("../../migrations/0009_watchlists.sql"),
    include_str!("../../migrations/0010_sums.sql"),
    include_str!("../../migrations/0011_places.sql"),
    include_str!("../../migrations/0012_search.sql"),
    include_str!("../../migrations/0013_outlines.sql"),
    include_str!("../../migrations/0014_ledger.sql"),
    include_str!("../../migrations/0015_versions.sql"),
    include_str!("../../migrations/0016_letters.sql"),
    include_str!("../../migrations/0017_rereading.sql"),
    include_str!("../../migrations/0018_found.sql"),
    include_str!("../../migrations/0019_decks.sql"),
    include_str!("../../migrations/0020_attribution.sql"),
    include_str!("../../migrations/0021_failures.sql"),
    include_str!("../../migrations/0022_ocr.sql"),
];

/// The migration after which the program makes content keys and stories anew.
const VERSIONS: usize = 15;

/// The migration after which the program fills `articles_cjk` and folds keys anew.
const LETTERS: usize = 16;

/// Refuses what is not an archive of ours or is newer than this program. Reads only; `path` is for the message.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = found as usize;
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    let is_blank = tables == 0 && found == 0;
    if application != APPLICATION_ID && !is_blank {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > MIGRATIONS.len() {
        return Err(StoreError::TooNew {
            path: path.to_owned(),
            found,
            known: MIGRATIONS.len(),
        });
    }
    Ok(found)
}

/// Whether an archive with so many migrations applied lacks none.
pub(super) fn is_latest(applied: usize) -> bool {
    applied == MIGRATIONS.len()
}

/// Applies what is missing, all or nothing.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if check(connection, path)? == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated it while this one waited for the lock.
    let applied = check(&transaction, path)?;
    for migration in &MIGRATIONS[applied..] {
        transaction.execute_batch(migration)?;
    }
    if applied < LETTERS {
        search::fill(&transaction)?;
        refold(&transaction)?;
    }
    if applied < VERSIONS {
        rekey(&transaction)?;
        clusters::rebuild(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    transaction.commit()?;
    Ok(())
}
