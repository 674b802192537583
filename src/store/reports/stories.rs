//! `report stories`: articles that tell the same story, in several outlets or in several versions.

use crate::domain::records::Section;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The stories that several articles tell, the most told first, and their articles, the latest first.
    pub fn stories(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.scoped(
                "Stories",
                "select story_id as story,
                        (select title from articles as latest where latest.story_id = articles.story_id
                         order by published_at desc, id desc limit 1) as title,
                        count(*) as n_articles,
                        count(distinct source_id) as n_outlets,
                        min(published_at) as first_published,
                        max(published_at) as last_published
                 from articles
                 where {scope}
                 group by story_id
                 having count(*) > 1
                 order by n_articles desc, last_published desc, story_id
                 limit :limit",
                scope,
                &[],
            )?,
            self.scoped(
                "Their articles",
                "select told.story_id as story,
                        articles.id,
                        articles.published_at,
                        sources.name as source,
                        articles.title,
                        iif(row_number() over (
                                partition by told.story_id, articles.source_id
                                order by articles.published_at desc, articles.id desc) = 1,
                            'latest', 'earlier') as version
                 from (
                     select story_id, count(*) as n_articles, max(published_at) as last_published
                     from articles
                     where {scope}
                     group by story_id
                     having count(*) > 1
                     order by n_articles desc, last_published desc, story_id
                     limit :limit
                 ) as told
                 join articles on articles.story_id = told.story_id
                 left join sources on sources.id = articles.source_id
                 order by told.n_articles desc, told.last_published desc, told.story_id,
                          articles.published_at desc, articles.id desc",
                scope,
                &[],
            )?,
        ])
    }
}
