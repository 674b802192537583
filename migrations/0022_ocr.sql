-- Whether a program read the text from pictures of its pages: such texts have mistakes of their own.
alter table articles add column is_ocr integer not null default 0 check (is_ocr in (0, 1));
