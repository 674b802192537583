//! The co-mention graph, name by name: only the neighbours of one are held at a time, and the numbers of the chosen articles.

use std::collections::BTreeMap;

use super::scoped::scoped;
use super::{Sink, bind};
use crate::domain::analysis::Kind;
use crate::domain::export::{Cell, Choice};
use crate::store::{Reader, StoreError};

const CHOSEN: &str = scoped!(
    "select articles.id from articles where ",
    "",
    " order by articles.id"
);

const NAMES: &str = "select id, kind, name
 from entities
 where n_mentions > 0 and (:kind is null or kind = :kind)
 order by id";

const ARTICLES: &str = "select distinct article_id from mentions where entity_id = ?1";

const OTHERS: &str =
    "select distinct entity_id from mentions where article_id = ?1 and entity_id > ?2";

impl Reader<'_> {
    /// Each pair of entities that stand in one of the chosen articles, the smaller number first.
    pub(super) fn export_graph(
        self,
        choice: &Choice,
        sink: &mut Sink<'_>,
    ) -> Result<(), StoreError> {
        let chosen = self.chosen(choice)?;
        let kind = choice.scope.kind.map(Kind::as_str);
        let mut names = self.connection.prepare(NAMES)?;
        bind(&mut names, choice)?;
        let mut look_up = self
            .connection
            .prepare("select kind, name from entities where id = ?1")?;
        let mut rows = names.raw_query();
        while let Some(row) = rows.next()? {
            let (id, own_kind, own_name): (i64, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            for (other, n_articles) in self.neighbours(id, chosen.as_deref())? {
                let (other_kind, other_name): (String, String) =
                    look_up.query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))?;
                if kind.is_some_and(|kind| kind != other_kind) {
                    continue;
                }
                sink(&[
                    Cell::Integer(id),
                    Cell::Text((&own_name).into()),
                    Cell::Text((&own_kind).into()),
                    Cell::Integer(other),
                    Cell::Text(other_name.into()),
                    Cell::Text(other_kind.into()),
                    Cell::Integer(n_articles),
                ])
                .map_err(StoreError::Output)?;
            }
        }
        Ok(())
    }

    /// The numbers of the chosen articles in order, eight bytes each; none where all are.
    fn chosen(self, choice: &Choice) -> Result<Option<Vec<i64>>, StoreError> {
        if choice.is_whole() {
            return Ok(None);
        }
        let mut chosen = Vec::new();
        self.pass(CHOSEN, choice, &mut |row| {
            chosen.push(row[0].integer());
            Ok(())
        })?;
        Ok(Some(chosen))
    }

    /// Who of a higher number stands with that name, and in how many of the articles.
    fn neighbours(self, id: i64, chosen: Option<&[i64]>) -> Result<BTreeMap<i64, i64>, StoreError> {
        let mut articles = self.connection.prepare_cached(ARTICLES)?;
        let mut others = self.connection.prepare_cached(OTHERS)?;
        let mut found = BTreeMap::new();
        let mut rows = articles.query([id])?;
        while let Some(row) = rows.next()? {
            let article: i64 = row.get(0)?;
            if chosen.is_some_and(|chosen| chosen.binary_search(&article).is_err()) {
                continue;
            }
            let mut rows = others.query([article, id])?;
            while let Some(row) = rows.next()? {
                *found.entry(row.get(0)?).or_default() += 1;
            }
        }
        Ok(found)
    }
}
