//! Looking after the archive as a whole: its health, and a copy of it.

use std::path::Path;

use super::{Reader, Store, StoreError, Writer};

/// A failed file as it lies in `failed/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedFile {
    /// `files.id`.
    pub id: i64,
    /// Where it stood in the inbox.
    pub path: String,
    /// Where it lies now.
    pub filed_as: String,
}

impl Store {
    /// Writes a copy of the archive's present state to a new file; others may write on meanwhile.
    pub fn backup_to(&self, file: &Path) -> Result<(), StoreError> {
        let file = file.to_string_lossy();
        self.connection
            .execute("vacuum into ?1", [file.as_ref()])
            .map(|_| ())
            .map_err(StoreError::from)
    }
}

/// What a check looks for, and the statement that counts it.
pub(super) type Check = (&'static str, &'static str);

pub(super) const DANGLING_ROWS: Check = (
    "rows that point to nothing",
    "select count(*) from pragma_foreign_key_check",
);

pub(super) const MISPLACED_MENTIONS: Check = (
    "mentions whose text does not stand at their place",
    "select count(*)
     from mentions
     join articles on articles.id = mentions.article_id
     where substr(body, start + 1, \"end\" - start) <> text",
);

pub(super) const UNSEARCHABLE_ARTICLES: Check = (
    "articles that full-text search does not know",
    "select count(*) from articles where id not in (select id from articles_fts_docsize)",
);

/// A filed original, as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledOriginal {
    /// Where it lies, relative to the archive's folder.
    pub filed_as: String,
    /// Bytes.
    pub size: u64,
    /// The hash of its bytes in hex.
    pub hash: String,
}

impl Reader<'_> {
    /// What is checked, and how many faults were found.
    pub fn health(&self, each: &dyn Fn(&str)) -> Result<Vec<(&'static str, usize)>, StoreError> {
        let checks = [
            (
                "faults of the database file",
                "select count(*) from pragma_quick_check where quick_check <> 'ok'",
            ),
            DANGLING_ROWS,
            MISPLACED_MENTIONS,
            UNSEARCHABLE_ARTICLES,
            (
                "sums that differ from their mentions",
                "select count(*)
                 from (
                     select entities.id, n_articles, n_mentions from entities
                     except
                     select entities.id, count(distinct article_id), count(article_id)
                     from entities
                     left join mentions on mentions.entity_id = entities.id
                     group by entities.id
                 )",
            ),
        ];
        let mut findings = self.count_faults(&checks, each)?;
        findings.push((
            "files that left their place before they were read to the end",
            self.n_interrupted()?,
        ));
        Ok(findings)
    }

    /// The number of faults that each check finds; `each` hears of it before.
    pub(super) fn count_faults(
        self,
        checks: &[Check],
        each: &dyn Fn(&str),
    ) -> Result<Vec<(&'static str, usize)>, StoreError> {
        let count = |(check, sql): &Check| {
            each(check);
            let n: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok((*check, n as usize))
        };
        checks.iter().map(count).collect()
    }

    /// The originals that are filed, whose bytes the ledger knows.
    pub fn filed_originals(&self) -> Result<Vec<FiledOriginal>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select filed_as, size, hash
             from files
             where filed_as is not null and finished_at is not null and hash is not null
             order by id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(FiledOriginal {
                filed_as: row.get("filed_as")?,
                size: row.get::<_, i64>("size")? as u64,
                hash: row.get("hash")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The files that failed and lie in `failed/`.
    pub fn failed_files(&self) -> Result<Vec<FailedFile>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, path, filed_as from files where state = 'failed' and filed_as is not null order by id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(FailedFile {
                id: row.get("id")?,
                path: row.get("path")?,
                filed_as: row.get("filed_as")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of articles in a copy that was just made, once the copy is known to be sound.
    pub fn check_copy(&self) -> Result<i64, StoreError> {
        let word: String = self
            .connection
            .query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        if word != "ok" {
            return Err(StoreError::BadCopy(word));
        }
        Ok(self
            .connection
            .query_row("select count(*) from articles", [], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Takes a failed file that is back in the inbox out of the ledger: it will be entered anew.
    pub fn forget_failure(&mut self, file: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("delete from files where id = ?1 and state = 'failed'")?
            .execute([file])?;
        Ok(())
    }
}
