-- Views for people: names instead of numbers.

create view v_articles as
select
    articles.id,
    articles.title,
    articles.subtitle,
    articles.byline,
    articles.dateline,
    sources.name as source,
    articles.section,
    articles.language,
    articles.url,
    articles.published_at,
    articles.published_precision,
    articles.word_count,
    articles.ingested_at,
    files.path as file,
    articles.body
from articles
join files on files.id = articles.file_id
left join sources on sources.id = articles.source_id;

create view v_mentions as
select
    mentions.id,
    mentions.article_id,
    articles.title as article,
    articles.published_at,
    sources.name as source,
    mentions.entity_id,
    entities.name as entity,
    mentions.kind,
    mentions.text,
    mentions.start,
    mentions."end",
    substr(articles.body, sentences.start + 1, sentences."end" - sentences.start) as sentence,
    mentions.confidence,
    mentions.origin
from mentions
join articles on articles.id = mentions.article_id
join entities on entities.id = mentions.entity_id
left join sources on sources.id = articles.source_id
left join sentences on sentences.article_id = mentions.article_id and sentences.number = mentions.sentence;

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
    max(articles.published_at) as last_seen
from entities
join mentions on mentions.entity_id = entities.id
join articles on articles.id = mentions.article_id
group by entities.id;

-- Each pair of entities that stand in one article, seen from both sides: filter by entity_id to stay fast.
create view v_cooccurrence as
select
    a.entity_id,
    ea.name as entity,
    ea.kind,
    b.entity_id as other_id,
    eb.name as other,
    eb.kind as other_kind,
    count(distinct a.article_id) as n_articles
from mentions as a
join mentions as b on b.article_id = a.article_id and b.entity_id <> a.entity_id
join entities as ea on ea.id = a.entity_id
join entities as eb on eb.id = b.entity_id
group by a.entity_id, b.entity_id;
