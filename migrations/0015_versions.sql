-- Which articles are versions of which: the same words under another headline, day or outlet, or the same news in much the same
-- words, with names, numbers and days that agree. Each link stands in both directions. Stories are formed of these links:
-- articles share a story_id if all of them are linked to one of them, so that a chain of versions does not unite what its ends tell.
create table story_links (
    article_id integer not null references articles (id) on delete cascade,
    other_id   integer not null references articles (id) on delete cascade,
    primary key (article_id, other_id)
) strict, without rowid;

-- Deleting an article finds its links in both directions.
create index story_links_by_other on story_links (other_id);
