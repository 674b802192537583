-- Full text over title and body. The text itself stays in articles; accents and case fold.
create virtual table articles_fts using fts5 (
    title,
    body,
    content = 'articles',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);

insert into articles_fts (rowid, title, body)
select id, title, body from articles;

create trigger articles_fts_insert after insert on articles begin
    insert into articles_fts (rowid, title, body) values (new.id, new.title, new.body);
end;

create trigger articles_fts_delete after delete on articles begin
    insert into articles_fts (articles_fts, rowid, title, body) values ('delete', old.id, old.title, old.body);
end;

create trigger articles_fts_update after update of title, body on articles begin
    insert into articles_fts (articles_fts, rowid, title, body) values ('delete', old.id, old.title, old.body);
    insert into articles_fts (rowid, title, body) values (new.id, new.title, new.body);
end;
