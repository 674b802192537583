//! The user's own SQL. Reading only, by construction: besides `query_only`, an authorizer lets nothing pass but reads, a
//! deadline stops what does not end, and limits bound what one value may hold.

use std::time::{Duration, Instant};

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Batch, Statement};

use super::{Store, StoreError};
use crate::domain::records::{Records, Value};

/// The largest text or blob that a query may make, in bytes.
const MAX_VALUE_BYTES: i32 = 64 << 20;

/// Pragmas that only tell.
const PRAGMAS: [&str; 8] = [
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "user_version",
];

/// What a query of the user's may cost.
#[derive(Debug, Clone, Copy)]
pub struct QueryLimits {
    /// It is stopped after this time.
    pub time: Duration,
    /// It is cut off after this many rows.
    pub rows: usize,
}

impl Store {
    /// Runs one statement that reads. `parameters` are bound by name, without their `:`.
    pub fn query(
        &mut self,
        sql: &str,
        parameters: &[(String, String)],
        limits: QueryLimits,
    ) -> Result<Records, StoreError> {
        let started = Instant::now();
        self.connection.authorizer(Some(authorize))?;
        self.connection
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)?;
        self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        self.connection
            .progress_handler(10_000, Some(move || started.elapsed() > limits.time))?;
        self.run(sql, parameters, limits)
            .map_err(|error| match error {
                StoreError::Sqlite(sqlite) => in_words(&sqlite, limits),
                error => error,
            })
    }

    fn run(
        &self,
        sql: &str,
        parameters: &[(String, String)],
        limits: QueryLimits,
    ) -> Result<Records, StoreError> {
        let mut batch = Batch::new(&self.connection, sql);
        let Some(mut statement) = batch.next()? else {
            return Err(StoreError::Query(
                "there is no statement in the query".into(),
            ));
        };
        if batch.next()?.is_some() {
            return Err(StoreError::Query(
                "only one statement at a time; run the others by themselves".into(),
            ));
        }
        bind(&mut statement, parameters)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut records = Records {
            columns,
            ..Records::default()
        };
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if records.rows.len() == limits.rows {
                records.truncated = true;
                break;
            }
            let values = (0..records.columns.len()).map(|n| Ok(value(row.get_ref(n)?)));
            records
                .rows
                .push(values.collect::<Result<_, StoreError>>()?);
        }
        Ok(records)
    }
}

fn bind(statement: &mut Statement<'_>, parameters: &[(String, String)]) -> Result<(), StoreError> {
    let mut missing: Vec<usize> = (1..=statement.parameter_count()).collect();
    for (name, value) in parameters {
        let forms = [":", "@", "$"].map(|sign| format!("{sign}{name}"));
        let mut index = None;
        for form in &forms {
            index = index.or(statement.parameter_index(form)?);
        }
        let Some(index) = index else {
            return Err(StoreError::Query(format!(
                "the query has no parameter :{name}"
            )));
        };
        missing.retain(|other| *other != index);
        match value.parse::<i64>() {
            Ok(number) => statement.raw_bind_parameter(index, number)?,
            Err(_) => statement.raw_bind_parameter(index, value)?,
        }
    }
    match missing
        .first()
        .and_then(|index| statement.parameter_name(*index))
    {
        Some(name) => Err(StoreError::Query(format!(
            "the parameter {name} has no value; give it with --param {}=…",
            &name[1..]
        ))),
        None if !missing.is_empty() => Err(StoreError::Query(
            "name the parameters, as in :name; a bare ? cannot be given".into(),
        )),
        None => Ok(()),
    }
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        AuthAction::Function { function_name }
            if function_name != "load_extension" && function_name != "fts3_tokenizer" =>
        {
            Authorization::Allow
        }
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => {
            let only_tells = PRAGMAS.contains(&pragma_name)
                && (pragma_name != "user_version" || pragma_value.is_none());
            // FTS5 asks for this itself, inside of MATCH.
            if only_tells || pragma_name == "data_version" {
                Authorization::Allow
            } else {
                Authorization::Deny
            }
        }
        _ => Authorization::Deny,
    }
}

fn in_words(error: &rusqlite::Error, limits: QueryLimits) -> StoreError {
    use rusqlite::ErrorCode::{
        AuthorizationForStatementDenied, OperationInterrupted, ReadOnly, TooBig,
    };
    match error.sqlite_error_code() {
        Some(OperationInterrupted) => StoreError::TimedOut(limits.time.as_secs_f64()),
        Some(AuthorizationForStatementDenied | ReadOnly) => {
            StoreError::Forbidden("the archive is written by `watch` and `ingest` alone".into())
        }
        Some(TooBig) => StoreError::Query("a value in the query grew beyond 64 MiB".into()),
        _ => StoreError::Query(error.to_string()),
    }
}

/// A value of SQLite's as a plain one.
pub(super) fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
