//! `--since --until --source --kind`: the part of the archive that a command speaks of.

use anyhow::{Result, bail};
use clap::Args;

use super::period;
use crate::domain::analysis::Kind;
use crate::domain::scope::Scope;
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct ScopeArgs {
    /// Published on or after: 2016, 2016-01, 2016-01-05, or 30d, 6w, 3m, 1y back from today
    #[arg(long, global = true, value_name = "WHEN", value_parser = period::when)]
    since: Option<String>,
    /// Published on or before
    #[arg(long, global = true, value_name = "WHEN", value_parser = period::when)]
    until: Option<String>,
    /// Only this outlet
    #[arg(long, global = true, value_name = "OUTLET")]
    source: Option<String>,
    /// Only this kind: person, organization, location, …
    #[arg(long, global = true, value_parser = |word: &str| Kind::from_word(word).ok_or("there is no such kind; try person, organization, location, facility, group, event, law, work, product, other"))]
    pub(super) kind: Option<Kind>,
}

impl ScopeArgs {
    /// The scope that is meant; an outlet that the archive does not know is refused with those it knows.
    pub(super) fn resolved(&self, store: &Store, limit: usize) -> Result<Scope> {
        let source = match &self.source {
            Some(name) => match store.read(|reader| reader.outlet(name))? {
                Ok(exact) => Some(exact),
                Err(hint) => bail!("there is no outlet {name:?} here; {hint}"),
            },
            None => None,
        };
        Ok(Scope {
            since: self.since.clone(),
            until: self.until.clone(),
            source,
            kind: self.kind,
            limit,
        })
    }
}
