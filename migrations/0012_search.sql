-- Full text of articles in scripts that are written without spaces (Chinese, Japanese, Thai, also Korean): there a word is no
-- token of articles_fts, which sees a whole run of letters as one. Here each pair of neighbouring letters is a token, and the
-- last letter of a run by itself, so that any part of a run is found as a phrase of pairs. The program fills it, folded and
-- parted by spaces, for articles that hold such letters, and searches those here and all others in articles_fts.
create virtual table articles_cjk using fts5 (
    title,
    body,
    content = '',
    contentless_delete = 1, -- SQLite 3.43; older readers can open all other tables
    tokenize = 'ascii'
);

create trigger articles_cjk_delete after delete on articles begin
    delete from articles_cjk where rowid = old.id;
end;

-- Searches that are kept under a name.
create table saved_searches (
    id         integer primary key,
    name       text not null unique,
    query      text not null,              -- in the language of `search`
    saved_at   text not null,
    asked_at   text,                       -- when `--new` was last asked
    seen_to    integer not null,           -- the last articles.id that it had then seen
    alerted_to integer not null            -- the last articles.id for which the daemon's hook has been run
) strict;

-- From which article on the hook is run for a list's hits.
alter table watchlists add column alerted_to integer not null default 0;
update watchlists set alerted_to = coalesce((select max(id) from articles), 0);
