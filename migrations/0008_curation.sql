-- What people decide about entities, kept apart from what the recognizer said. Append only: an undone decision stays, and
-- the row that undoes it says so. Entities are named by kind and key, so that decisions outlive them and can be carried to
-- another archive.
create table corrections (
    id      integer primary key,
    made_at text not null,
    action  text not null check (action in ('merge', 'split', 'rename', 'alias', 'kind', 'ignore', 'undo')),
    undoes  integer references corrections (id), -- which decision no longer holds, where the action is undo
    kind    text, -- the entity to which it is done …
    key     text,
    name    text,
    to_kind text, -- … and what it becomes: another entity, a name, or a kind
    to_key  text,
    to_name text
) strict;

create index corrections_by_undone on corrections (undoes) where undoes is not null;

-- The entity that the recognizer meant, where a correction says otherwise; null where entity_id is what it said.
alter table mentions add column said_entity_id integer references entities (id);
alter table quotes add column said_speaker_id integer references entities (id);
alter table roles add column said_entity_id integer references entities (id);

-- A correction looks up all that the recognizer said of an entity.
create index mentions_by_said on mentions (said_entity_id) where said_entity_id is not null;
create index quotes_by_said on quotes (said_speaker_id) where said_speaker_id is not null;
create index roles_by_said on roles (said_entity_id) where said_entity_id is not null;

-- Mentions and titles of ignored entities, out of the way of every report until the entity is restored.
create table ignored_mentions (
    id             integer primary key,
    article_id     integer not null references articles (id) on delete cascade,
    entity_id      integer not null references entities (id),
    kind           text not null,
    start          integer not null,
    "end"          integer not null,
    text           text not null,
    sentence       integer not null,
    confidence     real not null,
    origin         text not null,
    said_entity_id integer references entities (id)
) strict;

create index ignored_mentions_by_article on ignored_mentions (article_id, start);
create index ignored_mentions_by_entity on ignored_mentions (entity_id);
create index ignored_mentions_by_said on ignored_mentions (said_entity_id) where said_entity_id is not null;

create table ignored_roles (
    id             integer primary key,
    entity_id      integer not null references entities (id),
    article_id     integer not null references articles (id) on delete cascade,
    title          text not null,
    start          integer not null,
    "end"          integer not null,
    said_entity_id integer references entities (id)
) strict;

create index ignored_roles_by_article on ignored_roles (article_id);
create index ignored_roles_by_entity on ignored_roles (entity_id);
create index ignored_roles_by_said on ignored_roles (said_entity_id) where said_entity_id is not null;

-- How names other than printed ones came to be known, by what the recognizer said, so that entity_names can be made anew.
create table name_origins (
    entity_id integer not null references entities (id) on delete cascade,
    name      text not null,
    origin    text not null,
    primary key (entity_id, name)
) strict, without rowid;

insert into name_origins (entity_id, name, origin)
select entity_id, name, origin from entity_names where origin <> 'text';

-- "Which articles did an older recognizer read?"
create index articles_by_analyzer on articles (analyzer, language);

-- The kind is the entity's, which people may have corrected; mentions.kind is the recognizer's.
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
    mentions.origin
from mentions
join articles on articles.id = mentions.article_id
join entities on entities.id = mentions.entity_id
left join sources on sources.id = articles.source_id
left join sentences on sentences.article_id = mentions.article_id and sentences.number = mentions.sentence;
