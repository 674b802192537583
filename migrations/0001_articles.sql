-- Where files and articles live. Times are UTC, ISO 8601 text; dates of publication are cut to their precision,
-- so that text order is time order.

-- The outlets and agencies.
create table sources (
    id     integer primary key,
    name   text not null unique, -- as people call it: Kyodo, BBC News
    domain text                  -- the host of its site, where known
) strict;

-- The ledger: one row for each file that was ever taken, and one for each that waits in the inbox or is ignored there.
create table files (
    id            integer primary key,
    path          text not null,    -- where it stood: relative to the inbox, or absolute when taken in place
    name          text not null,    -- the last part of path
    size          integer not null, -- bytes
    hash          text,             -- BLAKE3 of the bytes, where they could be read
    format        text,             -- text, markdown, html
    state         text not null check (state in ('stored', 'duplicate', 'failed', 'ignored', 'waiting')),
    reason        text,             -- why it failed, waits or is ignored; what a duplicate is the same as
    attempts      integer not null default 1,
    article_count integer not null default 0, -- articles that it added
    filed_as      text,             -- where the original is filed; null where it stayed in place or was deleted
    received_at   text not null,
    finished_at   text              -- when it had left the inbox; null while that is still to be done
) strict;

-- "Do we have this file?" is asked of every file.
create index files_by_hash on files (hash, path);
-- The ledger's sums, its latest failures, and the repair at start, which looks for unfinished rows.
create index files_by_state on files (state, received_at);
create index files_unfinished on files (path) where finished_at is null;

create table articles (
    id                  integer primary key,
    key                 text not null unique, -- the content's identity: two files with the same article share it
    title               text not null,
    title_origin        text not null,        -- headline, metadata, first_sentence, file_name
    subtitle            text,
    byline              text,                 -- as printed
    dateline            text,                 -- as printed
    source_id           integer references sources (id),
    section             text,
    language            text,                 -- ISO 639
    url                 text,
    published_at        text,                 -- cut to its precision: 2016, 2016-01, 2016-01-05, 2016-01-05T09:30:00Z
    published_precision text,                 -- year, month, day, second
    published_origin    text,                 -- the rule that supplied it
    body                text not null,
    word_count          integer not null,
    file_id             integer not null references files (id),
    story_id            integer,              -- articles of one story share it
    ingested_at         text not null
) strict;

-- Reports by time, and by outlet over time.
create index articles_by_time on articles (published_at);
create index articles_by_source on articles (source_id, published_at);
create index articles_by_file on articles (file_id);

create table authors (
    id   integer primary key,
    name text not null unique
) strict;

create table article_authors (
    article_id integer not null references articles (id) on delete cascade,
    author_id  integer not null references authors (id),
    primary key (article_id, author_id)
) strict, without rowid;

create index article_authors_by_author on article_authors (author_id);

-- What the daemon is doing, for `status`; whether it is alive is told by its lock, not by this row.
create table daemon (
    id         integer primary key check (id = 1),
    pid        integer not null,
    version    text not null,
    inbox      text not null,
    state      text not null check (state in ('idle', 'working', 'stopped', 'failed')),
    waiting    integer not null, -- files listed as ready and not yet taken
    message    text,             -- the last trouble, in words
    started_at text not null,
    updated_at text not null
) strict;
