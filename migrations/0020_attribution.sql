-- What tells the speaker of a quotation, so that everybody can check it; null in articles that were read before these columns.
alter table quotes add column rule text check (rule in ('name', 'label', 'pronoun', 'title', 'continued')); -- a name beside the verb, before a colon or behind a dash; "he"; "the minister"; goes on with the quotation beside it
alter table quotes add column cue_start integer;     -- where the verb stands in the body
alter table quotes add column cue_end integer;       -- where the verb ends
alter table quotes add column speaker_start integer; -- where the name stands that was taken for the speaker's
alter table quotes add column speaker_end integer;   -- where that name ends
