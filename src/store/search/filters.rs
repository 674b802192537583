//! The fields of a search: whom, which outlet, which language, when.

use rusqlite::params;

use super::super::names::nearest_names;
use super::super::reports::holds;
use super::super::{Named, Reader, StoreError};
use super::matching::Matching;
use super::sets::{Ids, sorted};
use crate::domain::analysis::Kind;
use crate::domain::query::{Filter, QueryError, Test};
use crate::text::normalize::name_key;

/// Names that are told where none is meant surely.
const MAX_NAMES: usize = 6;

impl Matching<'_> {
    /// The articles of which a field tells that.
    pub(super) fn filtered(&self, filter: &Filter) -> Result<Ids, StoreError> {
        match &filter.test {
            Test::Entity { kind, name } => {
                let mut found = Ids::new();
                for entity in self.reader.meant(*kind, name, filter, self.query)? {
                    found.extend(self.ids(
                        "select distinct article_id from mentions where entity_id = :value and article_id > :after",
                        &[(":value", &entity.id)],
                    )?);
                }
                Ok(sorted(found))
            }
            Test::Capitals(text) => self.printed_in_capitals(text),
            Test::Kind(kind) => Ok(sorted(self.ids(
                "select distinct mentions.article_id
                 from entities
                 join mentions on mentions.entity_id = entities.id
                 where entities.kind = :value and mentions.article_id > :after",
                &[(":value", &kind.as_str())],
            )?)),
            Test::Source(name) => {
                let mut found = Ids::new();
                for source in self.reader.outlets_called(name, filter, self.query)? {
                    found.extend(self.ids(
                        "select id from articles where source_id = :value and id > :after",
                        &[(":value", &source)],
                    )?);
                }
                Ok(sorted(found))
            }
            Test::Language(code) => Ok(sorted(
                self.ids("select id from articles where language = :value and id > :after", &[(":value", code)])?,
            )),
            Test::Date { from, before } => Ok(sorted(self.ids(
                &format!(
                    "select id from articles
                     where published_at >= coalesce(:from, '') and published_at < coalesce(:before, '~') and id > :after
                       and not ({})",
                    holds("published_at", "coalesce(:before, '')")
                ),
                &[(":from", from), (":before", before)],
            )?)),
        }
    }
}

impl Reader<'_> {
    /// The names by which articles that a filter asks for are marked, and what is to be said of who is meant.
    pub(super) fn names_meant(
        self,
        filter: &Filter,
        query: &str,
    ) -> Result<(Vec<String>, Option<String>), StoreError> {
        let Test::Entity { kind, name } = &filter.test else {
            return Ok((Vec::new(), None));
        };
        let meant = self.meant(*kind, name, filter, query)?;
        let mut names = Vec::new();
        let mut select = self
            .connection
            .prepare_cached("select name from entity_names where entity_id = ?1")?;
        for entity in &meant {
            for name in select.query_map([entity.id], |row| row.get(0))? {
                names.push(name?);
            }
        }
        let is_plain = meant.len() == 1 && (meant[0].is_main || meant[0].key == name_key(name));
        let note = (!is_plain).then(|| {
            let others = meant.len().saturating_sub(MAX_NAMES);
            let meant: Vec<String> = meant
                .iter()
                .take(MAX_NAMES)
                .map(|entity| {
                    format!(
                        "{}:{} ({} articles)",
                        entity.kind.as_str(),
                        entity.name,
                        entity.n_articles
                    )
                })
                .collect();
            let others = if others > 0 {
                format!(" and {others} more")
            } else {
                String::new()
            };
            format!("entity:{name} is {}{others}", meant.join(", "))
        });
        Ok((names, note))
    }

    /// The entities that go by a name; else the one whose last word it is.
    fn meant(
        self,
        kind: Option<Kind>,
        name: &str,
        filter: &Filter,
        query: &str,
    ) -> Result<Vec<Named>, StoreError> {
        let of_kind = |mut found: Vec<Named>| {
            found.retain(|entity| kind.is_none_or(|kind| entity.kind == kind));
            found
        };
        let found = of_kind(self.entities_named(name)?);
        if !found.is_empty() {
            return Ok(found);
        }
        let found = of_kind(self.entities_ending_in(name)?);
        if found.len() == 1 {
            return Ok(found);
        }
        let what = kind.map_or("nobody and nothing", |kind| kind.as_str());
        let (problem, names): (String, Vec<String>) = if found.is_empty() {
            (
                format!("{what} is called {name:?} in this archive"),
                self.names_near(name, MAX_NAMES)?,
            )
        } else {
            let names = found
                .into_iter()
                .map(|entity| format!("{}:{}", entity.kind.as_str(), entity.name));
            (format!("several end in {name:?}"), names.collect())
        };
        Err(refusal(problem, &names, filter, query))
    }

    /// Entities whose name has more words before these.
    fn entities_ending_in(self, name: &str) -> Result<Vec<Named>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select distinct entities.name
             from entities
             where substr(entities.key, -length(?1) - 1) = ' ' || ?1
             order by length(entities.name)
             limit ?2",
        )?;
        let key = name_key(name);
        let names = statement.query_map(params![key, MAX_NAMES as i64], |row| {
            row.get::<_, String>(0)
        })?;
        let mut found = Vec::new();
        for name in names {
            found.extend(
                self.entities_named(&name?)?
                    .into_iter()
                    .filter(|entity| entity.is_main),
            );
        }
        Ok(found)
    }

    /// The outlets of that name or domain; else those in whose name its words stand.
    fn outlets_called(
        self,
        name: &str,
        filter: &Filter,
        query: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("select id, name, domain from sources order by id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let known: Vec<(i64, String, Option<String>)> = rows.collect::<Result<_, _>>()?;
        let asked = name_key(name);
        let is_domain = |domain: &Option<String>| {
            domain
                .as_deref()
                .is_some_and(|domain| domain.eq_ignore_ascii_case(name.trim()))
        };
        let exact: Vec<i64> = known
            .iter()
            .filter(|(_, name, domain)| name_key(name) == asked || is_domain(domain))
            .map(|(id, ..)| *id)
            .collect();
        if !exact.is_empty() {
            return Ok(exact);
        }
        let words = format!(" {asked} ");
        let holding = |(_, name, _): &&(i64, String, Option<String>)| {
            format!(" {} ", name_key(name)).contains(&words)
        };
        let held: Vec<i64> = known.iter().filter(holding).map(|(id, ..)| *id).collect();
        if !held.is_empty() {
            return Ok(held);
        }
        let known: Vec<String> = known.into_iter().map(|(_, name, _)| name).collect();
        let near = nearest_names(name, &known);
        Err(refusal(
            format!("no outlet is called {name:?} in this archive"),
            &near,
            filter,
            query,
        ))
    }
}

fn refusal(problem: String, names: &[String], filter: &Filter, query: &str) -> StoreError {
    let meant = names.first().and_then(|name| {
        let (before, after) = (query.get(..filter.at.start)?, query.get(filter.at.end..)?);
        Some(format!("{before}\"{name}\"{after}"))
    });
    let others = names
        .iter()
        .skip(1)
        .take(MAX_NAMES - 1)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let problem = if others.is_empty() {
        problem
    } else {
        format!("{problem}; others are {others}")
    };
    let error = QueryError {
        at: filter.at.clone(),
        problem,
        meant,
    };
    StoreError::Query(error.in_words(query))
}
