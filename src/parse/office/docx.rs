//! Word documents (.docx): the body's paragraphs, lists and tables; notes, comments, deleted words and page heads are left out.

use quick_xml::events::BytesStart;

use super::flow::Role;
use super::properties::Properties;
use super::texts;
use crate::domain::ledger::Rejection;
use crate::parse::Collector;
use crate::parse::bundle::Package;

pub(super) fn read(
    package: &mut Package<'_>,
    collector: &mut Collector<'_>,
) -> Result<(Vec<String>, Properties), Rejection> {
    texts::read(
        package,
        collector,
        "word/document.xml",
        "docProps/core.xml",
        role,
    )
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
