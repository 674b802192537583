//! A package's parts as text.

use crate::domain::ledger::Rejection;
use crate::parse::bundle::Package;
use crate::parse::{Collector, decode};

/// A part of the package, decoded; none if there is none of that name or nothing in it.
pub(super) fn part(
    package: &mut Package<'_>,
    name: &str,
    collector: &mut Collector<'_>,
) -> Result<Option<String>, Rejection> {
    let Some(bytes) = package.part(name, collector)? else {
        return Ok(None);
    };
    match decode::decode(&bytes) {
        Ok(text) => Ok(Some(text.into_owned())),
        Err(Rejection::Empty) => Ok(None),
        Err(rejection) => Err(rejection),
    }
}
