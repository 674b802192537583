-- The index of scripts without spaces, made so that every SQLite since 3.37 opens the archive: 0012 made it with an option of
-- SQLite 3.43, for which older programs refuse the whole file. It keeps its own text, so that a deleted article leaves it without
-- help of the program, which fills it anew.
drop trigger articles_cjk_delete;

drop table articles_cjk;

create virtual table articles_cjk using fts5 (
    title,
    body,
    tokenize = 'ascii'
);

create trigger articles_cjk_delete after delete on articles begin
    delete from articles_cjk where rowid = old.id;
end;
