//! The reports' queries, one file each; every answer is [`Section`]s of plain records.

mod entity;
mod ledger;
mod overview;
mod stories;
mod watchlist;

use rusqlite::Params;

use super::adhoc::value;
use super::{Reader, StoreError};
use crate::domain::records::{Records, Section};

impl Reader<'_> {
    /// Runs a statement of ours and keeps its rows.
    pub(in crate::store) fn records(
        self,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Records, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let n_columns = columns.len();
        let rows = statement.query_map(parameters, |row| {
            (0..n_columns).map(|n| Ok(value(row.get_ref(n)?))).collect()
        })?;
        Ok(Records {
            columns,
            rows: rows.collect::<Result<_, _>>()?,
            truncated: false,
        })
    }

    pub(in crate::store) fn section(
        self,
        title: &str,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Section, StoreError> {
        let key = title.to_lowercase().replace(' ', "_");
        Ok(Section {
            title: title.to_owned(),
            key,
            records: self.records(sql, parameters)?,
        })
    }
}
