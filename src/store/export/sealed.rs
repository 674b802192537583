//! A case's archive, looked at without leaving a trace: its bytes are part of the evidence.

use std::path::Path;

use rusqlite::OpenFlags;

use crate::store::care::{DANGLING_ROWS, MISPLACED_MENTIONS, UNSEARCHABLE_ARTICLES};
use crate::store::{Reader, Store, StoreError, named, schema};

impl Store {
    /// Opens an archive in such a way that not even a log beside it is written.
    pub fn open_sealed(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Self::connect(path, flags)?;
        let applied = schema::check(&store.connection, path).map_err(|error| named(error, path))?;
        if applied == 0 {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        Ok(store)
    }
}

impl Reader<'_> {
    /// What is checked of a case's archive, and how many faults were found; `each` hears of a check before it is made.
    pub fn faults(self, each: &dyn Fn(&str)) -> Result<Vec<(&'static str, usize)>, StoreError> {
        let checks = [
            (
                "faults of the database file",
                "select count(*) from pragma_integrity_check where integrity_check <> 'ok'",
            ),
            DANGLING_ROWS,
            MISPLACED_MENTIONS,
            (
                "dates whose text does not stand at their place",
                "select count(*)
                 from dates
                 join articles on articles.id = dates.article_id
                 where substr(body, start + 1, \"end\" - start) <> text",
            ),
            (
                "quotations whose text does not stand at their place",
                "select count(*)
                 from quotes
                 join articles on articles.id = quotes.article_id
                 where substr(body, start + 1, \"end\" - start) <> text",
            ),
            UNSEARCHABLE_ARTICLES,
        ];
        self.count_faults(&checks, each)
    }
}
