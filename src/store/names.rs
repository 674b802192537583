//! Names that may have been meant by one that the archive does not know.

use serde_json::Value as Json;

use super::{Reader, StoreError};
use crate::domain::likeness::{NEAR, likeness_of_name};
use crate::text::normalize::{fold, name_key, spelled_out, umlauted};

/// What a name is worth that holds what was asked for, or is held by it.
const HOLDS: f64 = 0.8;
const IS_HELD: f64 = 0.78;

/// Shorter names stand in too many others.
const LEAST_HELD: usize = 4;

impl Reader<'_> {
    /// The entities that go by a name, whether it is written with umlauts or spelled out, as a JSON array of their numbers.
    pub(super) fn ids_named(self, name: &str) -> Result<String, StoreError> {
        let key = name_key(name);
        let spelled = spelled_out(name).map(|name| name_key(&name));
        let mut ids = Vec::new();
        let mut select = self
            .connection
            .prepare_cached("select entity_id, name from entity_names where key = ?1")?;
        let exact = std::iter::once(key.clone()).chain(spelled);
        let guessed = umlauted(&key).into_iter().map(|name| fold(&name));
        let asked = exact.map(|asked| (asked, false));
        for (asked, is_guess) in asked.chain(guessed.map(|asked| (asked, true))) {
            let rows =
                select.query_map([&asked], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (id, found): (i64, String) = row?;
                let is_meant =
                    !is_guess || spelled_out(&found).is_some_and(|found| name_key(&found) == key);
                ids.extend(is_meant.then_some(id));
            }
        }
        Ok(Json::from(ids).to_string())
    }

    /// Up to so many names, the nearest first, and of those that are as near the most mentioned.
    pub fn names_near(self, name: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let asked = name_key(name);
        let mut select = self.connection.prepare_cached(
            "select key, name, sum(n_articles)
             from entity_names
             where length(key) between length(?1) - 3 and length(?1) + 12
                or instr(key, ?1) > 0
                or instr(?1, key) > 0
             group by key",
        )?;
        let mut rows = select.query([&asked])?;
        let mut near: Vec<(f64, i64, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let worth = worth(&asked, key);
            if worth >= NEAR {
                near.push((worth, row.get(2)?, row.get(1)?));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        near.truncate(limit);
        Ok(near.into_iter().map(|(.., name)| name).collect())
    }
}

/// Those of some names that are near, the nearest first.
pub(super) fn nearest_names(name: &str, known: &[String]) -> Vec<String> {
    let asked = name_key(name);
    let worth = |known: &String| (worth(&asked, &name_key(known)), known.clone());
    let mut near: Vec<(f64, String)> = known.iter().map(worth).collect();
    near.retain(|(worth, _)| *worth >= NEAR);
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    near.into_iter().map(|(_, name)| name).collect()
}

fn worth(asked: &str, key: &str) -> f64 {
    let held = match () {
        () if asked.chars().count() >= LEAST_HELD && key.contains(asked) => HOLDS,
        () if key.chars().count() >= LEAST_HELD && asked.contains(key) => IS_HELD,
        () => 0.0,
    };
    likeness_of_name(asked, key).max(held)
}
