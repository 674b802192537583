//! A package's parts as text.

use quick_xml::events::BytesStart;

use super::flow::{self, Role};
use super::properties::{self, Properties};
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

/// The paragraphs of a word processor's document, by the part that holds them, and its properties, by theirs; a document
/// whose properties cannot be read has its paragraphs all the same.
pub(super) fn read(
    package: &mut Package<'_>,
    collector: &mut Collector<'_>,
    document: &str,
    about: &str,
    role: impl Fn(&BytesStart<'_>) -> Role,
) -> Result<(Vec<String>, Properties), Rejection> {
    let text = part(package, document, collector)?.unwrap_or_default();
    let about = part(package, about, collector).unwrap_or_default();
    let paragraphs = flow::paragraphs(&text, role);
    let properties = about.map_or_else(Properties::default, |xml| properties::of_office(&xml));
    Ok((
        paragraphs.into_iter().map(|one| one.text).collect(),
        properties,
    ))
}
