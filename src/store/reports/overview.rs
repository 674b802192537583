//! `report overview` and `report entities`.

use rusqlite::named_params;

use crate::domain::analysis::Kind;
use crate::domain::records::Section;
use crate::store::{Reader, StoreError};

const TOP_ENTITIES: &str = "
    select entities.kind,
           entities.name,
           counted.n_articles,
           counted.n_mentions,
           counted.first_seen,
           counted.last_seen
    from (
        select mentions.entity_id,
               count(distinct mentions.article_id) as n_articles,
               count(*) as n_mentions,
               min(articles.published_at) as first_seen,
               max(articles.published_at) as last_seen
        from mentions
        join articles on articles.id = mentions.article_id
        where (:since is null or articles.published_at >= :since)
          and (:until is null or articles.published_at < :until || '~')
        group by mentions.entity_id
    ) as counted
    join entities on entities.id = counted.entity_id
    where entities.kind = :kind
    order by counted.n_articles desc, counted.n_mentions desc, entities.name
    limit :limit";

impl Reader<'_> {
    /// What the archive holds.
    pub fn overview(self, limit: usize) -> Result<Vec<Section>, StoreError> {
        let mut sections = vec![
            self.section(
                "Archive",
                "select (select count(*) from articles) as articles,
                        (select count(*) from entities
                         where exists (select 1 from entity_names where entity_id = entities.id)) as entities,
                        (select count(*) from mentions) as mentions,
                        (select count(*) from sources) as sources,
                        (select count(*) from articles where analyzer is null) as not_analyzed,
                        (select min(published_at) from articles) as first_published,
                        (select max(published_at) from articles) as last_published,
                        (select count(*) from files where state = 'failed') as failed_files",
                [],
            )?,
            self.section(
                "Languages",
                "select coalesce(language, 'unknown') as language,
                        count(*) as n_articles,
                        iif(max(analyzer) is null, 'searchable only', 'analyzed') as names
                 from articles
                 group by language
                 order by n_articles desc, language
                 limit ?1",
                [limit as i64],
            )?,
            self.section(
                "Outlets",
                "select sources.name as source,
                        count(*) as n_articles,
                        min(articles.published_at) as first_published,
                        max(articles.published_at) as last_published
                 from articles
                 join sources on sources.id = articles.source_id
                 group by sources.id
                 order by n_articles desc, sources.name
                 limit ?1",
                [limit as i64],
            )?,
        ];
        let kinds = [Kind::Person, Kind::Organization, Kind::Location];
        sections.extend(self.top_entities(&kinds, None, None, limit)?);
        Ok(sections)
    }

    /// The names that most articles speak of, kind by kind; published since and until, both included, where given.
    pub fn top_entities(
        self,
        kinds: &[Kind],
        since: Option<&str>,
        until: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Section>, StoreError> {
        let section = |kind: &Kind| {
            let parameters = named_params! {
                ":kind": kind.as_str(), ":since": since, ":until": until, ":limit": limit as i64,
            };
            self.section(&format!("Top {}", plural(*kind)), TOP_ENTITIES, parameters)
        };
        kinds.iter().map(section).collect()
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "people",
        Kind::Organization => "organizations",
        Kind::Location => "locations",
        Kind::Facility => "facilities",
        Kind::Group => "groups",
        Kind::Event => "events",
        Kind::Law => "laws",
        Kind::Work => "works",
        Kind::Product => "products",
        Kind::Other => "others",
    }
}
