//! Content keys made anew, once, for archives of programs that made them by another rule: without that, a text that the archive
//! has would come in a second time.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::StoreError;
use super::articles::ContentKey;
use super::imprint::Imprint;

/// Gives each article the key that its stored text has today; of articles with the same words, the first has the plain key.
pub(super) fn rekey(connection: &Connection) -> Result<(), StoreError> {
    // Keys are unique at any time, so the old ones make room first.
    connection.execute("update articles set key = '~' || id", [])?;
    let mut select = connection.prepare(
        "select articles.id, title, title_origin, published_at, published_origin, sources.name as source, body
         from articles
         left join sources on sources.id = source_id
         order by articles.id",
    )?;
    let mut update = connection.prepare("update articles set key = ?2 where id = ?1")?;
    let mut taken = HashSet::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let (title, body): (String, String) = (row.get("title")?, row.get("body")?);
        let words = ContentKey::of_text(&title, &body);
        let mut key = words.as_str().to_owned();
        if taken.contains(&key) {
            key = format!("{key}:{}", Imprint::from_row(row)?.key());
        }
        if taken.contains(&key) {
            key = format!("{key}:{id}");
        }
        update.execute(params![id, key])?;
        taken.insert(key);
    }
    Ok(())
}
