-- One file may hold many articles, and one article may come in many files.
create table article_files (
    article_id integer not null references articles (id) on delete cascade,
    file_id    integer not null references files (id),
    primary key (article_id, file_id)
) strict, without rowid;

-- "What did this file give?", asked when a file is done.
create index article_files_by_file on article_files (file_id);

insert into article_files (article_id, file_id)
select id, file_id from articles;

-- Members of a bundle or feed that gave no article, while the rest was ingested.
create table file_failures (
    id      integer primary key,
    file_id integer not null references files (id) on delete cascade,
    member  text not null, -- its path or place in the file
    reason  text not null
) strict;

create index file_failures_by_file on file_failures (file_id);

alter table articles add column extent text not null default 'full'; -- full, summary

-- Subjects and tags as the document states them.
create table article_keywords (
    article_id integer not null references articles (id) on delete cascade,
    keyword    text not null,
    primary key (article_id, keyword)
) strict, without rowid;

-- "Which articles are tagged …?"
create index article_keywords_by_keyword on article_keywords (keyword);

-- Dates that the document gives for its publication besides articles.published_at, and that disagree with it.
create table published_candidates (
    article_id integer not null references articles (id) on delete cascade,
    at         text not null, -- as articles.published_at
    precision  text not null,
    origin     text not null, -- the rule that supplied it
    primary key (article_id, at, origin)
) strict, without rowid;
