//! `report entity NAME`: who is meant, and all that the archive says of it.

use super::latest::ALL;
use super::over_time::{Step, over_time};
use crate::domain::records::{Evidence, Records, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};
use crate::text::normalize::name_key;

const IN_ALL: &str = "
    select id, kind, name, n_mentions, n_articles, first_seen, last_seen
    from v_entities
    where id = :id";

const IN_A_PERIOD: &str = "
    select entities.id,
           entities.kind,
           entities.name,
           sum(days.n_mentions) as n_mentions,
           sum(days.n_articles) as n_articles,
           min(days.day) as first_seen,
           max(days.day) as last_seen
    from entities
    join entity_days as days on days.entity_id = entities.id
    where entities.id = :id and {days}
    group by entities.id";

const IN_AN_OUTLET: &str = "
    select entities.id,
           entities.kind,
           entities.name,
           count(*) as n_mentions,
           count(distinct own.id) as n_articles,
           min(substr(published_at, 1, 10)) as first_seen,
           max(substr(published_at, 1, 10)) as last_seen
    from ({latest}) as own
    cross join mentions on mentions.article_id = own.id and mentions.entity_id = :id
    join articles on articles.id = own.id
    join entities on entities.id = mentions.entity_id
    group by entities.id";

impl Reader<'_> {
    /// The entities that go by a name or by one that it opens or ends, the closest and most mentioned first: id, kind, name, `n_articles`.
    pub fn entities_called(self, name: &str) -> Result<Records, StoreError> {
        self.records(
            "select entities.id, entities.kind, entities.name, n_articles
             from entities
             where entities.id in (
                 select entity_id
                 from entity_names
                 where key = ?1
                    or substr(key, -length(?1) - 1) = ' ' || ?1
                    or substr(key, 1, length(?1) + 1) = ?1 || ' '
                 union
                 select value from json_each(?2))
             order by entities.key = ?1 desc,
                      exists (select 1 from entity_names where entity_id = entities.id and key = ?1) desc,
                      n_articles desc, entities.id
             limit 6",
            [name_key(name), self.ids_named(name)?],
        )
    }

    /// All about one entity.
    pub fn entity(self, id: i64, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let mut sections = vec![
            self.summary(id, scope)?,
            self.known(id, scope)?,
            self.scoped(
                "Names",
                "select name, origin, n_articles from entity_names where entity_id = :id order by n_articles desc, name limit :limit",
                scope,
                &[(":id", &id)],
            )?,
            self.roles_of(id, scope)?,
            self.mention_months(id, scope)?,
            self.company(id, scope)?,
            self.quotes_by(id, scope)?,
            self.quotes_about(id, scope)?,
            self.articles_of(id, scope)?,
        ];
        let may_lack = ["known", "roles", "quotes_by", "quotes_about"];
        sections.retain(|section| {
            !may_lack.contains(&section.key.as_str()) || !section.records.rows.is_empty()
        });
        Ok(sections)
    }

    fn articles_of(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let sql = "
            select articles.id, articles.published_at, sources.name as source, articles.title,
                   iif(
                       exists (select 1
                               from top_mentions
                               join mentions on mentions.article_id = top_mentions.article_id
                                   and mentions.start = top_mentions.mention_start
                               where top_mentions.article_id = articles.id and top_mentions.place = 'headline'
                                 and mentions.entity_id = :id),
                       'headline',
                       (select min(place) from mentions where article_id = articles.id and entity_id = :id)) as place
            from ({latest}) as own
            join articles on articles.id = own.id
            left join sources on sources.id = articles.source_id
            order by articles.published_at desc, articles.id desc";
        self.of_latest("Articles", sql, id, scope.limit as i64, scope)
    }

    pub(super) fn summary(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let section = if scope.source.is_some() {
            self.of_latest("Entity", IN_AN_OUTLET, id, ALL, scope)?
        } else if scope.is_open() {
            self.scoped("Entity", IN_ALL, scope, &[(":id", &id)])?
        } else {
            self.scoped("Entity", IN_A_PERIOD, scope, &[(":id", &id)])?
        };
        Ok(section.backed(Evidence::Entity("id")))
    }

    /// What the program knows of it without the articles.
    pub(super) fn known(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        self.scoped(
            "Known",
            "select entities.description, entities.wikidata_id, entities.country, wholes.name as part_of, entities.latitude, entities.longitude
             from entities
             left join entities as wholes on wholes.id = entities.part_of_id
             where entities.id = :id and entities.description is not null",
            scope,
            &[(":id", &id)],
        )
    }

    pub(super) fn mention_months(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let months: Vec<(String, i64)> = self.months(id, scope)?.into_iter().collect();
        let (Step { label, width, .. }, mut section) = over_time(&months);
        section.sql = format!(
            "select substr(day, 1, {width}) as {label}, sum(n_articles) as n_articles from entity_days where entity_id = {id} group by 1"
        );
        Ok(section)
    }
}
