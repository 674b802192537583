//! A part of the archive as an archive of its own: the chosen articles and what they refer to, under the same numbers.

use std::io;
use std::path::Path;

use rusqlite::OptionalExtension;
use rusqlite::functions::FunctionFlags;

use super::bind;
use super::scoped::scoped;
use crate::domain::export::Choice;
use crate::store::{Store, StoreError, search};
use crate::text::normalize::printed_name;

const CHOOSE: &str = scoped!(
    "insert into temp.chosen select articles.id from source.articles where ",
    "source.",
    ""
);

/// A new archive that holds a part of another.
#[derive(Debug)]
pub struct Subset {
    store: Store,
}

/// A file from which articles of the subset came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// `files.id`.
    pub id: i64,
    /// Where it stood.
    pub path: String,
    /// The last part of it.
    pub name: String,
    /// The hash of its bytes in hex.
    pub hash: Option<String>,
    /// Where it was filed, relative to the archive's folder.
    pub filed_as: Option<String>,
}

impl Store {
    /// Makes a new archive of the chosen articles, all from one state of this one, which must be current.
    pub fn subset_into(&self, file: &Path, choice: &Choice) -> Result<Subset, StoreError> {
        let store = Self::open(file)?;
        // One file that can be read from a disc, without a log beside it.
        store
            .connection
            .pragma_update(None, "journal_mode", "delete")?;
        store.connection.create_scalar_function(
            "printed_name",
            1,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            |context| Ok(printed_name(&context.get::<String>(0)?).to_owned()),
        )?;
        let source = self.path.to_string_lossy();
        store
            .connection
            .execute("attach ?1 as source", [source.as_ref()])?;
        store
            .connection
            .execute_batch("create temp table chosen (id integer primary key); begin immediate")?;
        {
            let mut choose = store.connection.prepare(CHOOSE)?;
            bind(&mut choose, choice)?;
            choose.raw_execute()?;
        }
        store.connection.execute_batch(include_str!("subset.sql"))?;
        search::fill(&store.connection)?;
        Ok(Subset { store })
    }
}

impl Subset {
    /// Asks where each original file is put, relative to the subset; none where it is no longer there.
    pub fn place_originals(
        &self,
        mut place: impl FnMut(&Original) -> io::Result<Option<String>>,
    ) -> Result<(), StoreError> {
        let connection = &self.store.connection;
        let mut select = connection.prepare(
            "select id, path, name, hash, filed_as from files where id > ?1 order by id limit 1",
        )?;
        let mut update = connection.prepare("update files set filed_as = ?2 where id = ?1")?;
        let mut last = i64::MIN;
        loop {
            let next = select.query_row([last], |row| {
                Ok(Original {
                    id: row.get("id")?,
                    path: row.get("path")?,
                    name: row.get("name")?,
                    hash: row.get("hash")?,
                    filed_as: row.get("filed_as")?,
                })
            });
            let Some(original) = next.optional()? else {
                return Ok(());
            };
            let placed = place(&original).map_err(StoreError::Output)?;
            update.execute(rusqlite::params![original.id, placed])?;
            last = original.id;
        }
    }

    /// Completes the archive and gives its numbers of articles, entities and mentions, by name.
    pub fn finish(self) -> Result<Vec<(&'static str, i64)>, StoreError> {
        let connection = &self.store.connection;
        connection.execute_batch(
            "drop table temp.chosen;
             commit;
             detach source;",
        )?;
        let counts = [
            ("articles", "select count(*) from articles"),
            (
                "entities",
                "select count(*) from entities where n_mentions > 0",
            ),
            ("mentions", "select count(*) from mentions"),
            ("files", "select count(*) from files"),
        ];
        let count = |(name, sql)| {
            let n = connection.query_row(sql, [], |row| row.get(0))?;
            Ok((name, n))
        };
        counts.into_iter().map(count).collect()
    }
}
