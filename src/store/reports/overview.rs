//! `report overview`: what the archive holds, and what is new in it.

use super::over_time::over_time;
use crate::domain::analysis::Kind;
use crate::domain::records::{Evidence, Picture, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// What the archive holds; articles and names are new that came on or after `week`.
    pub fn overview(self, scope: &Scope, week: &str) -> Result<Vec<Section>, StoreError> {
        let mut sections = vec![
            self.sums(scope)?,
            self.arrived(scope, week)?,
            self.article_months(scope)?,
            self.languages(scope)?,
            self.outlets(scope)?,
        ];
        let kinds = match scope.kind {
            Some(kind) => vec![kind],
            None => vec![Kind::Person, Kind::Organization, Kind::Location],
        };
        sections.extend(self.top_entities(&kinds, scope)?);
        let failed = self.scoped(
            "Failed files",
            "select path, reason, received_at
             from files
             where state = 'failed'
             order by received_at desc, id desc
             limit min(:limit, 5)",
            scope,
            &[],
        )?;
        sections.extend((!failed.records.rows.is_empty()).then_some(failed));
        Ok(sections)
    }

    fn sums(self, scope: &Scope) -> Result<Section, StoreError> {
        if scope.is_whole() {
            return self.scoped(
                "Archive",
                "select (select count(*) from articles) as articles,
                        named.n_entities as entities,
                        named.n_mentions as mentions,
                        (select count(*) from sources) as sources,
                        (select count(*) from articles where analyzer is null) as not_analyzed,
                        (select min(published_at) from articles) as first_published,
                        (select max(published_at) from articles) as last_published,
                        (select count(*) from files where state = 'failed') as failed_files
                 from (
                     select count(*) as n_entities, coalesce(sum(n_mentions), 0) as n_mentions
                     from entities
                     where n_articles > 0
                 ) as named",
                scope,
                &[],
            );
        }
        self.scoped(
            "Archive",
            "select count(*) as articles,
                    count(distinct source_id) as sources,
                    count(*) filter (where analyzer is null) as not_analyzed,
                    min(published_at) as first_published,
                    max(published_at) as last_published
             from articles
             where {scope}",
            scope,
            &[],
        )
    }

    fn arrived(self, scope: &Scope, week: &str) -> Result<Section, StoreError> {
        self.scoped(
            "New this week",
            "select count(*) as articles,
                    count(distinct source_id) as sources,
                    (select count(*) from files where state = 'failed' and received_at >= :week) as failed_files,
                    max(ingested_at) as last_arrival
             from articles
             where ingested_at >= :week
               and {outlet}",
            scope,
            &[(":week", &week)],
        )
    }

    fn languages(self, scope: &Scope) -> Result<Section, StoreError> {
        let sql = "
            select coalesce(language, 'unknown') as language,
                   count(*) as n_articles,
                   iif(max(analyzer) is null, 'searchable only', 'analyzed') as names
            from articles
            where {scope}
            group by language
            order by n_articles desc, language
            limit :limit";
        self.scoped("Languages", sql, scope, &[])
    }

    fn outlets(self, scope: &Scope) -> Result<Section, StoreError> {
        let sql = "
            select sources.name as source, n_articles, first_published, last_published
            from (
                select source_id,
                       count(*) as n_articles,
                       min(published_at) as first_published,
                       max(published_at) as last_published
                from articles
                where {scope}
                  and source_id is not null
                group by source_id
            )
            join sources on sources.id = source_id
            order by n_articles desc, sources.name
            limit :limit";
        let section = self.scoped("Outlets", sql, scope, &[])?;
        Ok(section
            .drawn(Picture::Bars {
                label: "source",
                value: "n_articles",
            })
            .backed(Evidence::Outlet("source")))
    }

    /// Articles by month, months without any included; by year where there would be more than can be looked at.
    fn article_months(self, scope: &Scope) -> Result<Section, StoreError> {
        let sql = "
            select substr(published_at, 1, 7) as month, count(*) as n_articles
            from articles
            where published_at is not null and {scope}
            group by 1
            order by 1";
        let mut months: Vec<(String, i64)> = Vec::new();
        self.for_each(sql, scope, &[], |row| {
            months.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        let (step, mut section) = over_time(&months);
        section.sql = self.expanded(sql, scope)?;
        Ok(section.backed(Evidence::Period(step.label)))
    }
}
