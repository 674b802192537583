//! `report health`: what comes in, who has fallen silent, what is lacking, and why files failed.

use crate::domain::records::{Evidence, Picture, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The state of the inflow as of `today`, a day of UTC, as are the days on which articles came in.
    pub fn inflow(self, scope: &Scope, today: &str) -> Result<Vec<Section>, StoreError> {
        let now: &[super::Named<'_>] = &[(":today", &today)];
        let mut arrivals = self.scoped(
            "Arrivals by day",
            "select substr(ingested_at, 1, 10) as day, count(*) as n_articles, count(distinct source_id) as n_outlets
             from articles
             where ingested_at >= date(:today, '-29 days')
               and {outlet}
             group by 1
             order by 1",
            scope,
            now,
        )?;
        arrivals.note = Some("days begin at midnight UTC".to_owned());
        Ok(vec![
            arrivals.drawn(Picture::Bars {
                label: "day",
                value: "n_articles",
            }),
            self.arrivals_by_outlet(scope, now)?,
            self.silent(scope, now)?,
            self.scoped(
                "What is lacking",
                "select count(*) as articles,
                        round(100.0 * sum(published_at is null) / max(count(*), 1), 1) as undated_percent,
                        round(100.0 * sum(byline is null) / max(count(*), 1), 1) as no_byline_percent,
                        round(100.0 * sum(source_id is null) / max(count(*), 1), 1) as no_outlet_percent,
                        round(100.0 * sum(analyzer is null) / max(count(*), 1), 1) as not_analyzed_percent,
                        round(100.0 * sum(extent = 'summary') / max(count(*), 1), 1) as summary_only_percent
                 from articles
                 where {scope}",
                scope,
                now,
            )?,
            self.scoped(
                "Why files failed",
                "select reason, count(*) as n_files, max(received_at) as latest, max(path) as such_as
                 from files
                 where state = 'failed'
                 group by reason
                 order by n_files desc, latest desc
                 limit :limit",
                scope,
                now,
            )?,
        ])
    }

    fn arrivals_by_outlet(
        self,
        scope: &Scope,
        now: &[super::Named<'_>],
    ) -> Result<Section, StoreError> {
        let section = self.scoped(
            "Arrivals by outlet",
            "select coalesce(sources.name, 'no outlet') as source,
                    count(*) filter (where ingested_at >= :today) as today,
                    count(*) filter (where ingested_at >= date(:today, '-6 days')) as seven_days,
                    count(*) as thirty_days
             from articles
             left join sources on sources.id = articles.source_id
             where ingested_at >= date(:today, '-29 days')
               and {outlet}
             group by sources.id
             order by thirty_days desc, source
             limit :limit",
            scope,
            now,
        )?;
        Ok(section.backed(Evidence::Outlet("source")))
    }

    /// Outlets of which nothing has come for more than three times their usual time between articles, and a week at least.
    fn silent(self, scope: &Scope, now: &[super::Named<'_>]) -> Result<Section, StoreError> {
        let mut section = self.scoped(
            "Fallen silent",
            "select source,
                    last_published,
                    cast(julianday(:today) - julianday(last_published) as integer) as silent_days,
                    usual_days,
                    n_articles
             from (
                 select sources.name as source,
                        max(substr(published_at, 1, 10)) as last_published,
                        round((julianday(max(substr(published_at, 1, 10))) - julianday(min(substr(published_at, 1, 10)))) / (count(*) - 1), 1) as usual_days,
                        count(*) as n_articles
                 from articles
                 join sources on sources.id = articles.source_id
                 where length(published_at) >= 10
                   and {outlet}
                 group by sources.id
                 having count(*) >= 5
             )
             where julianday(:today) - julianday(last_published) > max(7, 3 * usual_days)
             order by last_published desc, source
             limit :limit",
            scope,
            now,
        )?;
        section.note = Some(
            "outlets without an article for a week and for three times their usual time between two"
                .to_owned(),
        );
        Ok(section.backed(Evidence::Outlet("source")))
    }
}
