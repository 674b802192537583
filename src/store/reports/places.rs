//! `report places`: where the news is from: places whose position is known, with the articles that mention them.

use crate::domain::records::{Evidence, Picture, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The places that most articles of the scope mention.
    pub fn places(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let sql = if scope.is_whole() {
            "select entities.name as place,
                    entities.country,
                    wholes.name as part_of,
                    entities.n_articles,
                    entities.n_mentions,
                    entities.latitude,
                    entities.longitude,
                    entities.id
             from entities
             left join entities as wholes on wholes.id = entities.part_of_id
             where entities.latitude is not null
               and entities.longitude is not null
               and entities.n_articles > 0
               and (:kind is null or entities.kind = :kind)
             order by entities.n_articles desc, entities.name, entities.id
             limit :limit"
        } else {
            "select entities.name as place,
                    entities.country,
                    wholes.name as part_of,
                    counted.n_articles,
                    counted.n_mentions,
                    entities.latitude,
                    entities.longitude,
                    entities.id
             from (
                 select mentions.entity_id, count(distinct mentions.article_id) as n_articles, count(*) as n_mentions
                 from articles
                 join mentions on mentions.article_id = articles.id
                 where (published_at >= :since and published_at < :until or :open and published_at is null)
                   and (:source is null or source_id = (select id from sources where name = :source))
                   and mentions.entity_id in (select id from entities where latitude is not null)
                 group by mentions.entity_id
             ) as counted
             join entities on entities.id = counted.entity_id
             left join entities as wholes on wholes.id = entities.part_of_id
             where entities.longitude is not null
               and (:kind is null or entities.kind = :kind)
             order by counted.n_articles desc, entities.name, entities.id
             limit :limit"
        };
        let mut places = self.scoped("Places", sql, scope, &[])?;
        places.note =
            Some("places whose position the program knows; positions are rough".to_owned());
        Ok(vec![
            places
                .drawn(Picture::Map {
                    label: "place",
                    value: "n_articles",
                })
                .backed(Evidence::Entity("id")),
        ])
    }
}
