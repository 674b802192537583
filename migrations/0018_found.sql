-- The full-text index once more, written so that Datasette and sqlite-utils see that it belongs to articles and offer a search.
drop table articles_fts;

create virtual table articles_fts using fts5 (
    title,
    body,
    content="articles",
    content_rowid="id",
    tokenize="unicode61 remove_diacritics 2"
);

insert into articles_fts (articles_fts) values ('rebuild');
