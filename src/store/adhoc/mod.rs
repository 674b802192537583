//! The user's own SQL. Reading only, by construction: besides `query_only`, an authorizer lets nothing pass but reads, a
//! deadline stops what does not end, and limits bound what a value, a result and SQLite itself may hold.

mod functions;
mod messages;

use std::time::{Duration, Instant};

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Batch, InterruptHandle, Statement};

use super::{Store, StoreError};
use crate::domain::records::{Records, Value};

/// The largest text or blob that a query may make, in bytes.
const MAX_VALUE_BYTES: usize = 64 << 20;
/// What all rows of an answer may hold together, in bytes.
const MAX_ANSWER_BYTES: usize = 256 << 20;
/// What SQLite may hold in memory, in bytes.
const MAX_HEAP_BYTES: i64 = 1 << 30;
/// The longest statement, in bytes.
const MAX_SQL_BYTES: usize = 1_000_000;

/// Bounds on what costs more than it gives. A pattern of `like` is matched in time that grows with its own length too.
const LIMITS: [(Limit, i32); 8] = [
    (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES as i32),
    (Limit::SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES as i32),
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 500),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 500),
    (Limit::SQLITE_LIMIT_VDBE_OP, 1_000_000),
    (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
];

/// Pragmas that only tell.
const PRAGMAS: [&str; 9] = [
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "function_list",
    "user_version",
];

/// Functions that reach beyond the archive.
const FUNCTIONS: [&str; 2] = ["load_extension", "fts3_tokenizer"];

/// What a query of the user's may cost.
#[derive(Debug, Clone, Copy)]
pub struct QueryLimits {
    /// It is stopped after this time.
    pub time: Duration,
    /// It is cut off after this many rows.
    pub rows: usize,
}

/// Stops the query that runs, from another thread.
pub struct Interrupt(InterruptHandle);

impl Interrupt {
    /// Stops it; the next one is not touched.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Store {
    /// What stops a query of this store.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.connection.get_interrupt_handle())
    }

    /// Runs one statement that reads. `parameters` are bound by name, without their `:`, each as the type of its value.
    pub fn query(
        &mut self,
        sql: &str,
        parameters: &[(String, Value)],
        limits: QueryLimits,
    ) -> Result<Records, StoreError> {
        if sql.len() >= MAX_SQL_BYTES {
            return Err(StoreError::Query(format!(
                "the query is {} bytes long, and {MAX_SQL_BYTES} are allowed",
                sql.len()
            )));
        }
        if let Some(at) = sql.find('\0') {
            return Err(StoreError::Query(format!(
                "the query has a NUL at byte {at}; take it out"
            )));
        }
        let started = Instant::now();
        self.guard(started, limits.time)?;
        let answer = self.run(sql, parameters, limits);
        self.lift_guard()?;
        answer.map_err(|error| match error {
            StoreError::Sqlite(sqlite) => {
                let is_late = started.elapsed() >= limits.time;
                messages::in_words(
                    &self.connection,
                    &sqlite,
                    sql,
                    is_late.then_some(limits.time),
                )
            }
            error => error,
        })
    }

    /// Runs what the query planner says of a statement, one step a row.
    pub fn explain(
        &mut self,
        sql: &str,
        parameters: &[(String, Value)],
        limits: QueryLimits,
    ) -> Result<Records, StoreError> {
        let plan = self.query(&format!("explain query plan {sql}"), parameters, limits)?;
        let mut depths = std::collections::HashMap::new();
        let steps = plan.rows.iter().map(|row| {
            let depth = row[1].as_integer().and_then(|parent| depths.get(&parent));
            let depth = depth.map_or(0, |depth| depth + 1);
            depths.insert(row[0].as_integer().unwrap_or_default(), depth);
            let step = row[3].as_text().unwrap_or_default();
            vec![Value::Text(format!("{}{step}", "  ".repeat(depth)))]
        });
        Ok(Records {
            rows: steps.collect(),
            columns: vec!["plan".into()],
            truncated: plan.truncated,
        })
    }

    fn guard(&mut self, started: Instant, time: Duration) -> Result<(), StoreError> {
        self.connection
            .pragma_update(None, "hard_heap_limit", MAX_HEAP_BYTES)?;
        functions::add(&self.connection)?;
        for (limit, most) in LIMITS {
            self.connection.set_limit(limit, most)?;
        }
        self.connection
            .progress_handler(1_000, Some(move || started.elapsed() > time))?;
        Ok(self.connection.authorizer(Some(authorize))?)
    }

    /// For statements of our own, which come after.
    fn lift_guard(&mut self) -> Result<(), StoreError> {
        self.connection
            .authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
        Ok(self.connection.progress_handler(0, None::<fn() -> bool>)?)
    }

    fn run(
        &self,
        sql: &str,
        parameters: &[(String, Value)],
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
        let mut n_bytes = 0;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if records.rows.len() == limits.rows {
                records.truncated = true;
                break;
            }
            let values = (0..records.columns.len()).map(|n| Ok(value(row.get_ref(n)?)));
            let values: Vec<Value> = values.collect::<Result<_, StoreError>>()?;
            n_bytes += values.iter().map(size).sum::<usize>();
            if n_bytes > MAX_ANSWER_BYTES {
                return Err(StoreError::Query(format!(
                    "the answer grew beyond {} MiB; ask for fewer columns, or fewer rows with `limit`",
                    MAX_ANSWER_BYTES >> 20
                )));
            }
            records.rows.push(values);
        }
        Ok(records)
    }
}

fn size(value: &Value) -> usize {
    let own = match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 0,
    };
    size_of::<Value>() + own
}

fn as_sql(value: &Value) -> ValueRef<'_> {
    match value {
        Value::Null => ValueRef::Null,
        Value::Integer(number) => ValueRef::Integer(*number),
        Value::Real(number) => ValueRef::Real(*number),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Blob(bytes) => ValueRef::Blob(bytes),
    }
}

fn bind(statement: &mut Statement<'_>, parameters: &[(String, Value)]) -> Result<(), StoreError> {
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
        statement.raw_bind_parameter(index, ToSqlOutput::Borrowed(as_sql(value)))?;
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
        AuthAction::Function { function_name } if !FUNCTIONS.contains(&function_name) => {
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
