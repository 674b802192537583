//! Articles whose names an older recognizer found, and their second reading: what the recognizer said is replaced, decisions
//! and watchlists are applied anew, and nothing else of the article changes.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, StoreError, Writer};
use crate::domain::analysis::{Analysis, Kind};
use crate::domain::article::{Precision, Published, PublishedOrigin};
use crate::domain::entity::Resolution;
use crate::domain::span::Span;

/// What a recognizer makes of a body.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The recognizer; none where there is none for the language.
    pub analyzer: Option<&'static str>,
    /// What it found.
    pub analysis: Analysis,
    /// Who and what is meant.
    pub resolution: Resolution,
}

/// An article to be read again.
#[derive(Debug, Clone)]
pub struct Outdated {
    /// Its row.
    pub id: i64,
    /// Its text.
    pub body: String,
    /// Its language.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
}

/// A name as the recognizer marked it, whatever people decided about it since.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SaidMention {
    /// Where it stands.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
    /// Its text.
    pub text: String,
}

impl Reader<'_> {
    /// The articles that `analyzer` did not read and that it can or that it should not have, by what `reads` says of their
    /// language; with `all`, also those that it did read.
    pub fn outdated(
        self,
        analyzer: &str,
        reads: impl Fn(Option<&str>) -> bool,
        all: bool,
    ) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, language, analyzer is null
             from articles
             where ?2 or analyzer is not ?1",
        )?;
        let mut rows = statement.query(params![analyzer, all])?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let language: Option<String> = row.get(1)?;
            let is_unread: bool = row.get(2)?;
            if all || !is_unread || reads(language.as_deref()) {
                ids.push(row.get(0)?);
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// Those articles that still exist.
    pub fn articles_to_read(self, ids: &[i64]) -> Result<Vec<Outdated>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, body, language, published_at, published_precision
             from articles
             where id = ?1",
        )?;
        let article = |id: &i64| statement.query_row([id], outdated).optional().transpose();
        Ok(ids.iter().filter_map(article).collect::<Result<_, _>>()?)
    }

    /// The names of an article as the recognizer marked them.
    pub fn said_mentions(self, article: i64) -> Result<HashSet<SaidMention>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select start, \"end\", kind, text from mentions where article_id = ?1
             union all
             select start, \"end\", kind, text from ignored_mentions where article_id = ?1",
        )?;
        let rows = statement.query_map([article], |row| {
            let kind: String = row.get(2)?;
            Ok(SaidMention {
                span: Span {
                    start: row.get::<_, u32>(0)? as usize,
                    end: row.get::<_, u32>(1)? as usize,
                },
                kind: Kind::from_word(&kind).unwrap_or(Kind::Other),
                text: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Replaces what was found in these articles. Entities that nothing names any longer disappear.
    pub fn replace_readings(&mut self, readings: &[(i64, Reading)]) -> Result<(), StoreError> {
        let mut touched = HashSet::new();
        for (article, reading) in readings {
            let entities = self.entities_of(*article)?;
            self.count_names(*article, &entities, -1)?;
            self.count_mentions(*article, -1)?;
            touched.extend(entities);
            self.forget_reading(*article)?;
            self.add_analysis(*article, &reading.analysis, &reading.resolution)?;
            self.transaction
                .prepare_cached("update articles set analyzer = ?2 where id = ?1")?
                .execute(params![article, reading.analyzer])?;
        }
        let corrections = self.corrections()?;
        self.settle_entities(&touched, &corrections)
    }

    pub(super) fn entities_of(&self, article: i64) -> Result<HashSet<i64>, StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select entity_id from mentions where article_id = ?1
             union
             select said_entity_id from mentions where article_id = ?1 and said_entity_id is not null
             union
             select entity_id from ignored_mentions where article_id = ?1
             union
             select said_entity_id from ignored_mentions where article_id = ?1 and said_entity_id is not null",
        )?;
        let rows = select.query_map([article], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn forget_reading(&self, article: i64) -> Result<(), StoreError> {
        for delete in [
            "delete from quotes where article_id = ?1",
            "delete from roles where article_id = ?1",
            "delete from ignored_roles where article_id = ?1",
            "delete from mentions where article_id = ?1",
            "delete from ignored_mentions where article_id = ?1",
            "delete from dates where article_id = ?1",
            "delete from top_mentions where article_id = ?1",
            "delete from watchlist_hits where article_id = ?1",
            "delete from sentences where article_id = ?1",
        ] {
            self.transaction
                .prepare_cached(delete)?
                .execute([article])?;
        }
        Ok(())
    }
}

fn outdated(row: &Row<'_>) -> rusqlite::Result<Outdated> {
    let at: Option<String> = row.get("published_at")?;
    let precision: Option<String> = row.get("published_precision")?;
    let precision = match precision.as_deref() {
        Some("year") => Precision::Year,
        Some("month") => Precision::Month,
        Some("day") => Precision::Day,
        _ => Precision::Second,
    };
    Ok(Outdated {
        id: row.get("id")?,
        body: row.get("body")?,
        language: row.get("language")?,
        // Which rule supplied the date is nothing to the recognizer.
        published: at.map(|at| Published {
            at,
            precision,
            origin: PublishedOrigin::Text,
        }),
    })
}
