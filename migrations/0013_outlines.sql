-- What reports ask of each article stands in the indexes, beside the long texts of the table: by time, by outlet and by arrival.
-- With the id in its place "the latest first" is their order.
drop index articles_by_time;
create index articles_by_time on articles (published_at, id, source_id, language, analyzer, extent, byline);

drop index articles_by_source;
create index articles_by_source on articles (source_id, published_at, id, language, analyzer, ingested_at, byline);

drop index articles_by_arrival;
create index articles_by_arrival on articles (ingested_at, source_id);

-- Who is quoted in an article is told by the index alone.
drop index quotes_by_article;
create index quotes_by_article on quotes (article_id, start, speaker_id);

-- "Which articles tell this story?", in how many outlets and since when.
drop index articles_by_story;
create index articles_by_story on articles (story_id, published_at, source_id);
