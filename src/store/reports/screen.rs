//! `report screen`: which names of a text the archive and its watchlists know. Nothing is stored.

use std::collections::BTreeMap;

use crate::domain::analysis::Kind;
use crate::domain::records::{Records, Section, Value};
use crate::store::{Reader, StoreError};
use crate::text::phrases::is_printing_of;

/// A name of the text that is screened: as printed, with its kind where that is known, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// As printed.
    pub text: String,
    /// Its kind.
    pub kind: Option<Kind>,
    /// How often it stands there.
    pub n_mentions: i64,
}

impl Reader<'_> {
    /// What the archive knows of these names; those that it does not know stand in a section of their own.
    pub fn screen(self, names: &[Screened]) -> Result<Vec<Section>, StoreError> {
        let mut known = Vec::new();
        let mut unknown = Vec::new();
        for name in names {
            let rows = self.bearers(name)?;
            let printed = Value::Text(name.text.clone());
            if rows.is_empty() {
                let kind = name.kind.map(|kind| Value::Text(kind.as_str().to_owned()));
                unknown.push(vec![
                    printed,
                    kind.unwrap_or(Value::Null),
                    Value::Integer(name.n_mentions),
                ]);
                continue;
            }
            for row in rows {
                let own = [printed.clone(), Value::Integer(name.n_mentions)];
                known.push(own.into_iter().chain(row).collect());
            }
        }
        let columns = [
            "printed",
            "n_mentions",
            "kind",
            "name",
            "n_articles",
            "first_seen",
            "last_seen",
            "id",
        ];
        Ok(vec![
            Section::new("In the archive", Records::new(&columns, known)),
            Section::new(
                "Not in the archive",
                Records::new(&["printed", "kind", "n_mentions"], unknown),
            ),
        ])
    }

    /// The entities that go by a name, those of its kind where there are any.
    fn bearers(self, name: &Screened) -> Result<Vec<Vec<Value>>, StoreError> {
        let found = self.records(
            "select kind, name, n_articles, first_seen, last_seen, id
             from v_entities
             where id in (select value from json_each(?1))
             order by kind = ?2 desc, n_articles desc
             limit 5",
            rusqlite::params![self.ids_named(&name.text)?, name.kind.map(Kind::as_str)],
        )?;
        let wanted = name.kind.map(Kind::as_str);
        let mut rows = found.rows;
        if rows.iter().any(|row| row[0].as_text() == wanted) {
            rows.retain(|row| row[0].as_text() == wanted);
        }
        Ok(rows)
    }

    /// Names of the watchlists that stand in a text. One word that is matched only as written counts where it is one of the
    /// text's `names`.
    pub fn screen_watchlists(self, text: &str, names: &[Screened]) -> Result<Section, StoreError> {
        let phrases = self.watchlist_phrases()?;
        let mut select = self.connection.prepare_cached(
            "select watchlists.name, watchlist_entries.name, watchlist_entries.own_id, watchlist_names.name,
                    watchlist_names.is_exact
             from watchlist_names
             join watchlist_entries on watchlist_entries.id = watchlist_names.entry_id
             join watchlists on watchlists.id = watchlist_entries.list_id
             where watchlist_names.id = ?1",
        )?;
        let mut hits: BTreeMap<(String, String, Option<String>, String), i64> = BTreeMap::new();
        for found in phrases.find(text) {
            let printed = &text[found.range];
            let (list, entry, own_id, name, is_exact): (
                String,
                String,
                Option<String>,
                String,
                bool,
            ) = select.query_row([found.phrase], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })?;
            let is_word = is_exact && !printed.contains(char::is_whitespace);
            let is_name = !is_word || names.iter().any(|name| name.text == printed);
            if is_name && is_printing_of(printed, &name, is_exact) {
                *hits
                    .entry((list, entry, own_id, printed.to_owned()))
                    .or_default() += 1;
            }
        }
        let row = |((list, entry, own_id, printed), n): (
            (String, String, Option<String>, String),
            i64,
        )| {
            vec![
                Value::Text(printed),
                Value::Integer(n),
                Value::Text(list),
                Value::Text(entry),
                own_id.map_or(Value::Null, Value::Text),
            ]
        };
        let columns = ["printed", "n_mentions", "list", "entry", "own_id"];
        let rows = hits.into_iter().map(row).collect();
        Ok(Section::new("On watchlists", Records::new(&columns, rows)))
    }
}
