-- Who and what the articles speak of. Every start and "end" counts code points of articles.body from 0, the end not
-- included, so that substr(body, start + 1, "end" - start) is the text.

create table entities (
    id          integer primary key,
    kind        text not null check (kind in ('person', 'organization', 'location', 'facility', 'group', 'event', 'law',
                                              'work', 'product', 'other')),
    name        text not null, -- the best of its names
    key         text not null, -- the name folded: lower case, no accents, no form of address
    wikidata_id text,
    description text,
    unique (kind, key)
) strict;

-- The names an entity goes by.
create table entity_names (
    entity_id  integer not null references entities (id) on delete cascade,
    name       text not null,
    key        text not null,
    origin     text not null, -- text, acronym
    n_articles integer not null default 1, -- articles that print it
    primary key (entity_id, name)
) strict, without rowid;

-- "Who is called …?"
create index entity_names_by_key on entity_names (key);

-- The sentences of a body.
create table sentences (
    article_id integer not null references articles (id) on delete cascade,
    number     integer not null, -- from 0
    start      integer not null,
    "end"      integer not null,
    primary key (article_id, number)
) strict, without rowid;

create table mentions (
    id         integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    entity_id  integer not null references entities (id),
    kind       text not null,
    start      integer not null,
    "end"      integer not null,
    text       text not null,
    sentence   integer not null, -- sentences.number
    confidence real not null,    -- the recognizer's estimate that span and kind are right, 0 to 1
    origin     text not null     -- model, rule
) strict;

-- The page of an article reads its mentions in order; entity reports read an entity's articles.
create index mentions_by_article on mentions (article_id, start);
create index mentions_by_entity on mentions (entity_id, article_id);

create table dates (
    id         integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    start      integer not null,
    "end"      integer not null,
    text       text not null,
    value      text,         -- ISO 8601 as far as known; null where it cannot be told
    precision  text,         -- year, month, day, second
    type       text not null -- date, time, duration, set
) strict;

create index dates_by_article on dates (article_id, start);
create index dates_by_value on dates (value);

create table quotes (
    id         integer primary key,
    article_id integer not null references articles (id) on delete cascade,
    start      integer not null, -- the quotation marks not included
    "end"      integer not null,
    text       text not null,
    speaker_id integer references entities (id),
    cue        text              -- the verb that attributes it: said, told
) strict;

create index quotes_by_article on quotes (article_id, start);
create index quotes_by_speaker on quotes (speaker_id);

-- Titles as printed next to a person: who was what, when.
create table roles (
    id         integer primary key,
    entity_id  integer not null references entities (id),
    article_id integer not null references articles (id) on delete cascade,
    title      text not null,
    start      integer not null,
    "end"      integer not null
) strict;

create index roles_by_entity on roles (entity_id);
create index roles_by_article on roles (article_id);
