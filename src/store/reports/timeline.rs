//! `report timeline`: what happened when, by the days that articles tell of and the days on which they were published.

use crate::domain::records::{Evidence, Picture, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The days of the scope: how many articles were published, how many tell of it, and what one of them says.
    pub fn timeline(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let section = self.scoped(
            "Days most told of",
            "select told.day,
                    told.n_articles as n_telling,
                    (select count(*) from articles where published_at >= told.day and published_at < told.day || '~') as n_published,
                    substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as sentence,
                    articles.id as article_id
             from (
                 select dates.value as day, count(distinct dates.article_id) as n_articles, min(dates.id) as first
                 from dates
                 join articles on articles.id = dates.article_id
                 where dates.precision = 'day'
                   and {told}
                   and {outlet}
                 group by dates.value
                 order by n_articles desc, day desc
                 limit :limit
             ) as told
             join dates on dates.id = told.first
             join articles on articles.id = dates.article_id
             left join sentences on sentences.article_id = dates.article_id
                                and sentences.start <= dates.start and sentences.\"end\" >= dates.\"end\"
             group by told.day
             order by told.day",
            scope,
            &[],
        )?;
        Ok(vec![section.backed(Evidence::Period("day")).drawn(
            Picture::Bars {
                label: "day",
                value: "n_telling",
            },
        )])
    }

    /// What is told of an entity, in the order in which it happened: sentences that name it and a day, and headlines of the
    /// articles that mention it on the day of their publication.
    pub fn timeline_of(self, id: i64, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let told = self.scoped(
            "What is told",
            "select dates.value as date,
                    dates.text as expression,
                    substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as sentence,
                    sources.name as source,
                    articles.id as article_id
             from (select distinct article_id, sentence from mentions where entity_id = :id order by article_id desc limit 10000) as named
             join sentences on sentences.article_id = named.article_id and sentences.number = named.sentence
             join dates on dates.article_id = named.article_id
                       and dates.start >= sentences.start and dates.\"end\" <= sentences.\"end\"
             join articles on articles.id = named.article_id
             left join sources on sources.id = articles.source_id
             where dates.precision in ('day', 'month') and dates.type in ('date', 'time')
               and {told}
               and {outlet}
             group by dates.value, articles.story_id, sentences.number
             order by dates.value desc, articles.id desc
             limit :limit",
            scope,
            &[(":id", &id)],
        )?;
        let published = self.scoped(
            "What was published",
            "select articles.published_at as date, articles.title, sources.name as source, articles.id as article_id
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id in (select article_id from mentions where entity_id = :id)
               and {period}
               and {outlet}
             group by articles.story_id
             order by articles.published_at desc, articles.id desc
             limit :limit",
            scope,
            &[(":id", &id)],
        )?;
        let in_order = |mut section: Section| {
            section.records.rows.reverse();
            section
        };
        Ok(vec![in_order(told), in_order(published)])
    }
}
