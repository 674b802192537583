-- Sums that reports read instead of millions of mentions; every write of mentions keeps them.

-- On how many articles of a day, and how often, an entity stands.
create table entity_days (
    entity_id  integer not null references entities (id) on delete cascade,
    day        text not null, -- of publication: 2016-01-05, or 2016-01 or 2016 where no more is known; '' where nothing is
    n_articles integer not null,
    n_mentions integer not null,
    primary key (entity_id, day)
) strict, without rowid;

insert into entity_days (entity_id, day, n_articles, n_mentions)
select
    mentions.entity_id,
    coalesce(substr(articles.published_at, 1, 10), ''),
    count(distinct mentions.article_id),
    count(*)
from mentions
join articles on articles.id = mentions.article_id
group by 1, 2;

alter table entities add column n_articles integer not null default 0; -- articles that mention it
alter table entities add column n_mentions integer not null default 0; -- mentions of it

update entities
set n_articles = sums.n_articles, n_mentions = sums.n_mentions
from (
    select entity_id, sum(n_articles) as n_articles, sum(n_mentions) as n_mentions
    from entity_days
    group by entity_id
) as sums
where sums.entity_id = entities.id;

-- Who else stands in an article is told by this index alone.
drop index mentions_by_article;
create index mentions_by_article on mentions (article_id, entity_id);

-- "What was said lately?", and the quotations of one speaker in order.
drop index quotes_by_speaker;
create index quotes_by_speaker on quotes (speaker_id, article_id);

-- Arrivals by day.
create index articles_by_arrival on articles (ingested_at);

drop view v_entities;

create view v_entities as
select
    entities.id,
    entities.kind,
    entities.name,
    entities.wikidata_id,
    entities.description,
    entities.n_mentions,
    entities.n_articles,
    (select min(day) from entity_days where entity_id = entities.id and day <> '') as first_seen,
    (select max(day) from entity_days where entity_id = entities.id and day <> '') as last_seen,
    entities.country,
    wholes.name as part_of,
    entities.latitude,
    entities.longitude
from entities
left join entities as wholes on wholes.id = entities.part_of_id
where entities.n_mentions > 0;
