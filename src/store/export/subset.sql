-- Fills a new archive, "main", with the articles of temp.chosen and what they refer to in "source", which has the same
-- schema. Numbers stay, so that what is cited from the one is found in the other.

insert into main.sources
select * from source.sources
where id in (select source_id from source.articles where id in (select id from temp.chosen));

insert into main.files
select * from source.files
where id in (
    select file_id from source.articles where id in (select id from temp.chosen)
    union
    select file_id from source.article_files where article_id in (select id from temp.chosen)
);

insert into main.file_failures
select * from source.file_failures where file_id in (select id from main.files);

-- The trigger on articles fills the full-text index.
insert into main.articles
select * from source.articles where id in (select id from temp.chosen) order by id;

insert into main.article_files
select * from source.article_files where article_id in (select id from temp.chosen);

insert into main.authors
select * from source.authors
where id in (select author_id from source.article_authors where article_id in (select id from temp.chosen));

insert into main.article_authors
select * from source.article_authors where article_id in (select id from temp.chosen);

insert into main.article_keywords
select * from source.article_keywords where article_id in (select id from temp.chosen);

insert into main.published_candidates
select * from source.published_candidates where article_id in (select id from temp.chosen);

insert into main.story_bands
select * from source.story_bands where article_id in (select id from temp.chosen);

insert into main.story_links
select * from source.story_links
where article_id in (select id from temp.chosen) and other_id in (select id from temp.chosen);

insert into main.sentences
select * from source.sentences where article_id in (select id from temp.chosen);

-- Every entity that a row of these articles points to, and what those are part of.
create temp table kept (id integer primary key);

insert or ignore into temp.kept
select entity_id from source.mentions where article_id in (select id from temp.chosen)
union
select said_entity_id from source.mentions
where said_entity_id is not null and article_id in (select id from temp.chosen)
union
select speaker_id from source.quotes where speaker_id is not null and article_id in (select id from temp.chosen)
union
select said_speaker_id from source.quotes
where said_speaker_id is not null and article_id in (select id from temp.chosen)
union
select entity_id from source.roles where article_id in (select id from temp.chosen)
union
select said_entity_id from source.roles
where said_entity_id is not null and article_id in (select id from temp.chosen)
union
select entity_id from source.ignored_mentions where article_id in (select id from temp.chosen)
union
select said_entity_id from source.ignored_mentions
where said_entity_id is not null and article_id in (select id from temp.chosen)
union
select entity_id from source.ignored_roles where article_id in (select id from temp.chosen)
union
select said_entity_id from source.ignored_roles
where said_entity_id is not null and article_id in (select id from temp.chosen);

insert or ignore into temp.kept
with recursive wholes (id) as (
    select part_of_id from source.entities where id in (select id from temp.kept) and part_of_id is not null
    union
    select part_of_id from source.entities
    join wholes on wholes.id = entities.id
    where part_of_id is not null
)
select id from wholes;

insert into main.entities
select * from source.entities where id in (select id from temp.kept);

insert into main.mentions
select * from source.mentions where article_id in (select id from temp.chosen);

insert into main.top_mentions
select * from source.top_mentions where article_id in (select id from temp.chosen);

insert into main.ignored_mentions
select * from source.ignored_mentions where article_id in (select id from temp.chosen);

insert into main.dates
select * from source.dates where article_id in (select id from temp.chosen);

insert into main.quotes
select * from source.quotes where article_id in (select id from temp.chosen);

insert into main.roles
select * from source.roles where article_id in (select id from temp.chosen);

insert into main.ignored_roles
select * from source.ignored_roles where article_id in (select id from temp.chosen);

-- Sums are those of these articles.
insert into main.entity_days (entity_id, day, n_articles, n_mentions)
select
    mentions.entity_id,
    coalesce(substr(articles.published_at, 1, 10), ''),
    count(distinct mentions.article_id),
    count(*)
from main.mentions
join main.articles on articles.id = mentions.article_id
group by 1, 2;

update main.entities set n_articles = 0, n_mentions = 0;

update main.entities
set n_articles = sums.n_articles, n_mentions = sums.n_mentions
from (
    select entity_id, sum(n_articles) as n_articles, sum(n_mentions) as n_mentions
    from main.entity_days
    group by entity_id
) as sums
where sums.entity_id = entities.id;

-- Names that these articles print, and those that people gave.
create temp table printed (
    entity_id  integer not null,
    name       text not null,
    n_articles integer not null,
    primary key (entity_id, name)
) without rowid;

insert into temp.printed
select entity_id, printed_name(text), count(distinct article_id)
from main.mentions
group by 1, 2;

insert into main.entity_names (entity_id, name, key, origin, n_articles)
select entity_names.entity_id, entity_names.name, entity_names.key, entity_names.origin, coalesce(printed.n_articles, 0)
from source.entity_names
left join temp.printed on printed.entity_id = entity_names.entity_id and printed.name = entity_names.name
where entity_names.entity_id in (select id from temp.kept)
  and (printed.name is not null or entity_names.origin <> 'text');

insert into main.name_origins
select * from source.name_origins where entity_id in (select id from temp.kept);

-- Decisions that concern these entities, and what undoes them.
insert into main.corrections
with recursive decisions (id) as (
    select corrections.id
    from source.corrections
    join main.entities
        on entities.kind = corrections.kind and entities.key = corrections.key
        or entities.kind = corrections.to_kind and entities.key = corrections.to_key
    union
    select corrections.id
    from source.corrections
    join decisions on corrections.undoes = decisions.id
)
select * from source.corrections where id in (select id from decisions) order by id;

-- Of the lists only the entries that were met here.
insert into main.watchlists
select * from source.watchlists
where id in (select list_id from source.watchlist_hits where article_id in (select id from temp.chosen));

insert into main.watchlist_entries
select * from source.watchlist_entries
where id in (select entry_id from source.watchlist_hits where article_id in (select id from temp.chosen));

insert into main.watchlist_names
select * from source.watchlist_names where entry_id in (select id from main.watchlist_entries);

insert into main.watchlist_hits
select * from source.watchlist_hits where article_id in (select id from temp.chosen);

insert into main.articles_fts (articles_fts) values ('optimize');

drop table temp.kept;
drop table temp.printed;
