//! `report entity NAME`: who is meant, and all that the archive says of it.

use rusqlite::params;

use crate::domain::records::{Records, Section};
use crate::store::{Reader, StoreError};
use crate::text::normalize::name_key;

impl Reader<'_> {
    /// The entities that go by a name or by one that it opens or ends, the closest and most mentioned first: id, kind, name, `n_articles`.
    pub fn entities_called(self, name: &str) -> Result<Records, StoreError> {
        self.records(
            "select entities.id, entities.kind, entities.name,
                    (select count(distinct article_id) from mentions where entity_id = entities.id) as n_articles
             from entities
             where entities.id in (
                 select entity_id
                 from entity_names
                 where key = ?1 or key like '% ' || ?1 or key like ?1 || ' %')
             order by entities.key = ?1 desc,
                      exists (select 1 from entity_names where entity_id = entities.id and key = ?1) desc,
                      n_articles desc, entities.id
             limit 6",
            [name_key(name)],
        )
    }

    /// Names that hold the words of an unknown one, for "did you mean".
    pub fn names_like(self, name: &str) -> Result<Records, StoreError> {
        self.records(
            "select distinct name
             from entity_names
             where instr(key, ?1) > 0 or (length(key) > 3 and instr(?1, key) > 0)
             order by length(name), name
             limit 5",
            [name_key(name)],
        )
    }

    /// All about one entity.
    pub fn entity(self, id: i64, limit: usize) -> Result<Vec<Section>, StoreError> {
        let limit = limit as i64;
        let mut sections = vec![
            self.section("Entity", "select id, kind, name, n_mentions, n_articles, first_seen, last_seen from v_entities where id = ?1", [id])?,
            self.section(
                "Known",
                "select entities.description, entities.wikidata_id, entities.country, wholes.name as part_of, entities.latitude, entities.longitude
                 from entities
                 left join entities as wholes on wholes.id = entities.part_of_id
                 where entities.id = ?1 and entities.description is not null",
                [id],
            )?,
            self.section("Names", "select name, origin from entity_names where entity_id = ?1 order by name", [id])?,
            self.section(
                "Roles",
                "select roles.title, min(articles.published_at) as first_seen, max(articles.published_at) as last_seen,
                        count(distinct articles.id) as n_articles, group_concat(distinct sources.name) as sources,
                        min(roles.place) as place
                 from roles
                 join articles on articles.id = roles.article_id
                 left join sources on sources.id = articles.source_id
                 where roles.entity_id = ?1
                 group by roles.title
                 order by last_seen desc, n_articles desc, roles.title
                 limit ?2",
                params![id, limit],
            )?,
            self.section(
                "Mentioned with",
                "select entities.kind, entities.name, count(distinct others.article_id) as n_articles
                 from (select distinct article_id from mentions where entity_id = ?1) as own
                 join mentions as others on others.article_id = own.article_id and others.entity_id <> ?1
                 join entities on entities.id = others.entity_id
                 group by entities.id
                 order by n_articles desc, entities.name
                 limit ?2",
                params![id, limit],
            )?,
            self.section(
                "Articles",
                "select articles.id, articles.published_at, sources.name as source, articles.title,
                        iif(
                            exists (select 1
                                    from top_mentions
                                    join mentions on mentions.article_id = top_mentions.article_id
                                        and mentions.start = top_mentions.mention_start
                                    where top_mentions.article_id = articles.id and top_mentions.place = 'headline'
                                      and mentions.entity_id = ?1),
                            'headline',
                            (select min(place) from mentions where article_id = articles.id and entity_id = ?1)) as place
                 from articles
                 left join sources on sources.id = articles.source_id
                 where articles.id in (select article_id from mentions where entity_id = ?1)
                 order by articles.published_at desc, articles.id desc
                 limit ?2",
                params![id, limit],
            )?,
        ];
        sections.retain(|section| section.key != "known" || !section.records.rows.is_empty());
        Ok(sections)
    }
}
