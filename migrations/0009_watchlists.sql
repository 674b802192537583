-- Names that matter to the user, and where they stand.
create table watchlists (
    id       integer primary key autoincrement, -- never given twice: it tells programs that run whether lists are new
    name     text not null unique,
    file     text not null, -- what it was read from
    added_at text not null
) strict;

create table watchlist_entries (
    id       integer primary key,
    list_id  integer not null references watchlists (id) on delete cascade,
    own_id   text, -- the user's own identifier
    name     text not null,
    kind     text, -- in the list's own words
    note     text,
    line     integer not null -- where it stands in the file
) strict;

create index watchlist_entries_by_list on watchlist_entries (list_id);

-- Every name of every entry, the aliases too.
create table watchlist_names (
    id       integer primary key,
    entry_id integer not null references watchlist_entries (id) on delete cascade,
    name     text not null,
    key      text not null,    -- its words folded; of a name that is matched as written, the word itself
    is_exact integer not null  -- 1 where it is matched only as written: one word, or shorter than four letters
) strict;

create index watchlist_names_by_entry on watchlist_names (entry_id);

-- Hits lie beside the mentions and may stand inside a longer one, or where the recognizer saw nothing.
create table watchlist_hits (
    id             integer primary key,
    list_id        integer not null references watchlists (id) on delete cascade,
    entry_id       integer not null references watchlist_entries (id) on delete cascade,
    article_id     integer not null references articles (id) on delete cascade,
    start          integer not null,
    "end"          integer not null,
    text           text not null,
    sentence       integer not null, -- sentences.number
    mention_origin text -- of the mention that stands right there, what its origin was before it became 'watchlist'
) strict;

create index watchlist_hits_by_list on watchlist_hits (list_id, article_id);
create index watchlist_hits_by_entry on watchlist_hits (entry_id);
create index watchlist_hits_by_article on watchlist_hits (article_id, start);

create view v_watchlist_hits as
select
    watchlists.name as list,
    watchlist_entries.name as entry,
    watchlist_entries.own_id,
    watchlist_hits.article_id,
    articles.title as article,
    articles.published_at,
    articles.ingested_at,
    sources.name as source,
    watchlist_hits.text,
    watchlist_hits.start,
    watchlist_hits."end",
    substr(articles.body, sentences.start + 1, sentences."end" - sentences.start) as sentence
from watchlist_hits
join watchlists on watchlists.id = watchlist_hits.list_id
join watchlist_entries on watchlist_entries.id = watchlist_hits.entry_id
join articles on articles.id = watchlist_hits.article_id
left join sources on sources.id = articles.source_id
left join sentences on sentences.article_id = articles.id and sentences.number = watchlist_hits.sentence;
