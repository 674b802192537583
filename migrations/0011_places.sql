-- Where a name or title is printed: in the reporter's own words or in somebody's direct quotation.
alter table mentions add column place text not null default 'body' check (place in ('body', 'quotation'));
alter table ignored_mentions add column place text not null default 'body' check (place in ('body', 'quotation'));
alter table roles add column place text not null default 'body' check (place in ('body', 'quotation'));
alter table ignored_roles add column place text not null default 'body' check (place in ('body', 'quotation'));

update mentions
set place = 'quotation'
where exists (select 1 from quotes
              where quotes.article_id = mentions.article_id
                and quotes.start <= mentions.start and quotes."end" >= mentions."end");

update ignored_mentions
set place = 'quotation'
where exists (select 1 from quotes
              where quotes.article_id = ignored_mentions.article_id
                and quotes.start <= ignored_mentions.start and quotes."end" >= ignored_mentions."end");

update roles
set place = 'quotation'
where exists (select 1 from quotes
              where quotes.article_id = roles.article_id and quotes.start <= roles.start and quotes."end" >= roles."end");

update ignored_roles
set place = 'quotation'
where exists (select 1 from quotes
              where quotes.article_id = ignored_roles.article_id
                and quotes.start <= ignored_roles.start and quotes."end" >= ignored_roles."end");

-- Names of the body where they stand above it. Whom one means is told by the mention of the body that stands at
-- mention_start, so that a decision about that one holds here as well.
create table top_mentions (
    article_id    integer not null references articles (id) on delete cascade,
    place         text not null check (place in ('headline', 'byline', 'dateline')),
    start         integer not null, -- code points of articles.title, byline or dateline
    "end"         integer not null,
    text          text not null,
    mention_start integer not null, -- mentions.start
    primary key (article_id, place, start)
) strict, without rowid;

create view v_top_mentions as
select
    top_mentions.article_id,
    articles.title as article,
    articles.published_at,
    sources.name as source,
    mentions.entity_id,
    entities.name as entity,
    entities.kind,
    top_mentions.text,
    top_mentions.start,
    top_mentions."end",
    top_mentions.place
from top_mentions
join mentions on mentions.article_id = top_mentions.article_id and mentions.start = top_mentions.mention_start
join entities on entities.id = mentions.entity_id
join articles on articles.id = top_mentions.article_id
left join sources on sources.id = articles.source_id;

drop view v_mentions;

create view v_mentions as
select
    mentions.id,
    mentions.article_id,
    articles.title as article,
    articles.published_at,
    sources.name as source,
    mentions.entity_id,
    entities.name as entity,
    entities.kind,
    mentions.text,
    mentions.start,
    mentions."end",
    substr(articles.body, sentences.start + 1, sentences."end" - sentences.start) as sentence,
    mentions.confidence,
    mentions.origin,
    mentions.place
from mentions
join articles on articles.id = mentions.article_id
join entities on entities.id = mentions.entity_id
left join sources on sources.id = articles.source_id
left join sentences on sentences.article_id = mentions.article_id and sentences.number = mentions.sentence;

-- Titles with whom they were given to, by whom and where.
create view v_roles as
select
    roles.id,
    roles.article_id,
    articles.title as article,
    articles.published_at,
    sources.name as source,
    roles.entity_id,
    entities.name as entity,
    roles.title as role,
    roles.start,
    roles."end",
    roles.place
from roles
join articles on articles.id = roles.article_id
join entities on entities.id = roles.entity_id
left join sources on sources.id = articles.source_id;
