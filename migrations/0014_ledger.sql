-- "Which file gave these bytes, and what is known of them at this path?", asked for each file: a seek for each state, so that
-- the thousandth copy of a file costs no more than the first.
drop index files_by_hash;
create index files_by_hash on files (hash, state, path);

-- "What failed in this file, and is this failure known?"
drop index file_failures_by_file;
create index file_failures_by_file on file_failures (file_id, member);
