//! `articles_cjk`: the full text of articles in scripts that are written without spaces.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{StoreError, Writer};
use crate::text::terms::{has_unspaced, indexed};

/// Indexes all articles that hold such letters: once, when an archive gets this index.
pub(in crate::store) fn fill(connection: &Connection) -> Result<(), StoreError> {
    let mut articles = connection.prepare(
        "select id, title, coalesce(subtitle || char(10), '') || body from articles order by id",
    )?;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        let (title, body) = (row.get_ref(1)?.as_str(), row.get_ref(2)?.as_str());
        let (title, body) = (
            title.map_err(rusqlite::Error::from)?,
            body.map_err(rusqlite::Error::from)?,
        );
        add(connection, row.get(0)?, title, body)?;
    }
    Ok(())
}

fn add(connection: &Connection, id: i64, title: &str, body: &str) -> Result<(), StoreError> {
    if has_unspaced(title) || has_unspaced(body) {
        connection
            .prepare_cached("insert into articles_cjk (rowid, title, body) values (?1, ?2, ?3)")?
            .execute(params![id, indexed(title), indexed(body)])?;
    }
    Ok(())
}

impl Writer<'_> {
    /// Indexes an article that has just been stored.
    pub(in crate::store) fn index_unspaced(
        &self,
        id: i64,
        title: &str,
        subtitle: Option<&str>,
        body: &str,
    ) -> Result<(), StoreError> {
        match subtitle {
            Some(subtitle) => add(self.transaction, id, title, &format!("{subtitle}\n{body}")),
            None => add(self.transaction, id, title, body),
        }
    }

    /// Indexes an article again whose title has changed.
    pub(in crate::store) fn reindex_unspaced(&self, id: i64) -> Result<(), StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select title, coalesce(subtitle || char(10), '') || body from articles where id = ?1",
        )?;
        let text = select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
        let text: Option<(String, String)> = text.optional()?;
        self.transaction
            .prepare_cached("delete from articles_cjk where rowid = ?1")?
            .execute([id])?;
        text.map_or(Ok(()), |(title, body)| {
            add(self.transaction, id, &title, &body)
        })
    }
}
