-- What the program knows of places, peoples and bodies beyond the articles.
alter table entities add column known_name text;                     -- the name under which the program knows it
alter table entities add column country text;                        -- ISO 3166: where it lies, or which it is
alter table entities add column latitude real;                       -- roughly, degrees north
alter table entities add column longitude real;                      -- roughly, degrees east
alter table entities add column part_of_id integer references entities (id); -- Tokyo and the Japanese of Japan

-- "What lies in this country?"
create index entities_by_whole on entities (part_of_id) where part_of_id is not null;

drop view v_entities;

create view v_entities as
select
    entities.id,
    entities.kind,
    entities.name,
    entities.wikidata_id,
    entities.description,
    count(*) as n_mentions,
    count(distinct mentions.article_id) as n_articles,
    min(articles.published_at) as first_seen,
    max(articles.published_at) as last_seen,
    entities.country,
    wholes.name as part_of,
    entities.latitude,
    entities.longitude
from entities
join mentions on mentions.entity_id = entities.id
join articles on articles.id = mentions.article_id
left join entities as wholes on wholes.id = entities.part_of_id
group by entities.id;
