//! `report places`: where the news is from: places whose position is known, with the articles that mention them.

use crate::domain::records::{Evidence, Picture, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

const PLACES: &str = "
    select entities.name as place,
           entities.country,
           wholes.name as part_of,
           counted.n_articles,
           counted.n_mentions,
           entities.latitude,
           entities.longitude,
           entities.id
    from ({counted}) as counted
    join entities on entities.id = counted.id
    left join entities as wholes on wholes.id = entities.part_of_id
    where entities.latitude is not null
      and entities.longitude is not null
      and (:kind is null or entities.kind = :kind)
    order by counted.n_articles desc, entities.name, entities.id
    limit :limit";

const OF_ALL: &str = "
        select id, n_articles, n_mentions
        from entities
        where latitude is not null and n_articles > 0";

const OF_PERIOD: &str = "
        select entities.id, sum(days.n_articles) as n_articles, sum(days.n_mentions) as n_mentions
        from entities
        join entity_days as days on days.entity_id = entities.id
        where entities.latitude is not null
          and {days}
        group by entities.id";

const OF_OUTLET: &str = "
        select mentions.entity_id as id, count(distinct mentions.article_id) as n_articles, count(*) as n_mentions
        from articles
        cross join mentions on mentions.article_id = articles.id
        where {scope}
          and +mentions.entity_id in (select id from entities where latitude is not null)
        group by mentions.entity_id";

impl Reader<'_> {
    /// The places that most articles of the scope mention.
    pub fn places(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let counted = if scope.source.is_some() {
            OF_OUTLET
        } else if scope.is_open() {
            OF_ALL
        } else {
            OF_PERIOD
        };
        let sql = PLACES.replace("{counted}", counted);
        let mut places = self.scoped("Places", &sql, scope, &[])?;
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
