-- Articles that tell one story share a story_id, the smallest id among them: copies of one wire story in several outlets,
-- and versions of one article. An article that stands alone is its own story.
update articles set story_id = id where story_id is null;

-- "Which articles tell this story?", and the merging of two stories that turn out to be one.
create index articles_by_story on articles (story_id);

-- A few numbers of each text, of which texts that are alike share one: so that the like of a new article are found among
-- any number of articles without comparing them all.
create table story_bands (
    band       integer not null, -- 0 to 7 of the whole text, 8 to 11 of its opening
    hash       integer not null,
    article_id integer not null references articles (id) on delete cascade,
    primary key (band, hash, article_id)
) strict, without rowid;

create index story_bands_by_article on story_bands (article_id);

-- Which recognizer read the article; null where there is none for its language, so that no names are found in it.
alter table articles add column analyzer text default 'news-en';

-- Each article with its place in its story: version 1 is the latest of its outlet, the others are what it printed before.
create view v_stories as
select
    articles.story_id,
    articles.id as article_id,
    articles.title,
    sources.name as source,
    articles.published_at,
    articles.word_count,
    row_number() over (
        partition by articles.story_id, articles.source_id
        order by articles.published_at desc, articles.id desc
    ) as version
from articles
left join sources on sources.id = articles.source_id;

drop view v_articles;

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
    articles.body,
    articles.story_id,
    articles.extent,
    articles.analyzer
from articles
join files on files.id = articles.file_id
left join sources on sources.id = articles.source_id;
