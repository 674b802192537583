-- How many members of a file gave no article. A bundle may have a million of them: `file_failures` names the first hundred.
alter table files add column failure_count integer not null default 0;

update files
set failure_count = (select count(*) from file_failures where file_id = files.id)
where id in (select file_id from file_failures);
