-- Which parsers read a file; 0 is any of before this column.
alter table files add column parsers integer not null default 0; -- the version of the parsers that read it last

-- When an article was brought in line with a second reading of its original; null if never.
alter table articles add column reread_at text; -- UTC; when its original was last read again and said something else
