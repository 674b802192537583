-- The deck is searched too: a later version of a text may say what is new there.
drop trigger articles_fts_insert;
drop trigger articles_fts_delete;
drop trigger articles_fts_update;
drop table articles_fts;

-- Full text over title, body and subtitle. The text itself stays in articles; accents and case fold.
-- Datasette and sqlite-utils see by this spelling that it belongs to articles.
create virtual table articles_fts using fts5 (
    title,
    body,
    subtitle,
    content="articles",
    content_rowid="id",
    tokenize="unicode61 remove_diacritics 2"
);

insert into articles_fts (articles_fts) values ('rebuild');

create trigger articles_fts_insert after insert on articles begin
    insert into articles_fts (rowid, title, body, subtitle) values (new.id, new.title, new.body, new.subtitle);
end;

create trigger articles_fts_delete after delete on articles begin
    insert into articles_fts (articles_fts, rowid, title, body, subtitle)
    values ('delete', old.id, old.title, old.body, old.subtitle);
end;

create trigger articles_fts_update after update of title, body, subtitle on articles
when old.title is not new.title or old.body is not new.body or old.subtitle is not new.subtitle
begin
    insert into articles_fts (articles_fts, rowid, title, body, subtitle)
    values ('delete', old.id, old.title, old.body, old.subtitle);
    insert into articles_fts (rowid, title, body, subtitle) values (new.id, new.title, new.body, new.subtitle);
end;
