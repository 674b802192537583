//! `report inbox`: what became of every file.

use crate::domain::records::Section;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The ledger's sums, which add up, and why files failed, wait or are ignored.
    pub fn ledger(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.scoped(
                "Ledger",
                "select (select count(*) from files) as seen,
                        count(*) filter (where state = 'stored') as stored,
                        count(*) filter (where state = 'duplicate') as duplicate,
                        count(*) filter (where state = 'failed') as failed,
                        count(*) filter (where state = 'ignored') as ignored,
                        count(*) filter (where state = 'waiting') as waiting
                 from files",
                scope,
                &[],
            )?,
            self.scoped(
                "Failed",
                "select path, reason, attempts, received_at
                 from files
                 where state = 'failed'
                 order by received_at desc, id desc
                 limit :limit",
                scope,
                &[],
            )?,
            self.scoped(
                "Parts that gave no article",
                "select files.path, file_failures.member, file_failures.reason
                 from file_failures
                 join files on files.id = file_failures.file_id
                 order by file_failures.id desc
                 limit :limit",
                scope,
                &[],
            )?,
            self.scoped(
                "Stored and not yet filed away",
                "select path, filed_as, received_at
                 from files
                 where finished_at is null and state in ('stored', 'duplicate', 'failed')
                 order by id
                 limit :limit",
                scope,
                &[],
            )?,
            self.scoped(
                "Ignored and waiting",
                "select state, path, reason, received_at as since
                 from files
                 where state in ('ignored', 'waiting')
                 order by state, path
                 limit :limit",
                scope,
                &[],
            )?,
            self.formats(scope)?,
            self.texts(scope)?,
        ])
    }

    /// Articles whose text is not all of what was printed, or was not read as it was at first.
    fn texts(self, scope: &Scope) -> Result<Section, StoreError> {
        self.scoped(
            "Texts",
            "select count(*) as articles,
                    count(*) filter (where extent <> 'full') as partial,
                    count(*) filter (where is_ocr) as ocr,
                    count(*) filter (where reread_at is not null) as reread
             from articles",
            scope,
            &[],
        )
    }

    fn formats(self, scope: &Scope) -> Result<Section, StoreError> {
        self.scoped(
            "Formats",
            "select format, count(*) as n_files, sum(article_count) as n_articles
             from files
             where format is not null
             group by format
             order by n_files desc",
            scope,
            &[],
        )
    }
}
