//! Queries that `config.toml` gives a name.

use anyhow::{Result, anyhow};

use crate::config::Config;
use crate::domain::records::{Records, Value};
use crate::text::nearest::nearest;

/// The query of that name, or the names that there are.
pub(super) fn find<'a>(config: &'a Config, name: &str) -> Result<&'a str> {
    if let Some(query) = config.queries.get(name) {
        return Ok(query);
    }
    let meant = nearest(name, config.queries.keys().map(String::as_str));
    Err(match meant {
        Some(meant) => anyhow!("there is no query @{name}; did you mean @{meant}?"),
        None => anyhow!("there is no query @{name}; `microfiche sql @` lists those of config.toml"),
    })
}

/// All of them.
pub(super) fn list(config: &Config) -> Records {
    let row = |(name, query): (&String, &String)| {
        vec![Value::Text(name.clone()), Value::Text(query.clone())]
    };
    Records::new(&["name", "query"], config.queries.iter().map(row).collect())
}
