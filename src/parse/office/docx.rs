//! Word documents (.docx): the body's paragraphs, lists and tables; notes, comments, deleted words and page heads are left out.

use quick_xml::events::BytesStart;

use super::flow::{self, Role};
use super::properties::{self, Properties};
use super::texts;
use crate::domain::ledger::Rejection;
use crate::parse::Collector;
use crate::parse::bundle::Package;

pub(super) fn read(
    package: &mut Package<'_>,
    collector: &mut Collector<'_>,
) -> Result<(Vec<String>, Properties), Rejection> {
    let text = texts::part(package, "word/document.xml", collector)?.unwrap_or_default();
    let properties = texts::part(package, "docProps/core.xml", collector).unwrap_or_default();
    let paragraphs = flow::paragraphs(&text, role);
    let properties = properties.map_or_else(Properties::default, |xml| properties::of_office(&xml));
    Ok((
        paragraphs.into_iter().map(|one| one.text).collect(),
        properties,
    ))
}

fn role(element: &BytesStart<'_>) -> Role {
    match element.local_name().as_ref() {
        "p" => Role::Block,
        "tr" => Role::Row,
        "tc" => Role::Cell,
        "br" | "cr" | "tab" | "ptab" => Role::Sign(" "),
        "noBreakHyphen" => Role::Sign("-"),
        // Deleted and moved words; field codes; a drawing's second form, its measures and its data.
        "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "Fallback"
        | "posOffset" | "align" | "pctWidth" | "pctHeight" | "pctPosHOffset" | "pctPosVOffset"
        | "binData" => Role::Hidden,
        _ => Role::Inline,
    }
}
