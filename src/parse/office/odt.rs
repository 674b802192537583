//! OpenDocument texts (.odt): the body's paragraphs, lists and tables; notes, comments and tracked changes are left out.

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
    let manifest = texts::part(package, "META-INF/manifest.xml", collector)?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Rejection::Locked);
    }
    texts::read(package, collector, "content.xml", "meta.xml", role)
}

fn role(element: &BytesStart<'_>) -> Role {
    match element.local_name().as_ref() {
        "p" | "h" => Role::Block,
        "table-row" => Role::Row,
        "table-cell" | "covered-table-cell" => Role::Cell,
        "line-break" | "tab" | "s" => Role::Sign(" "),
        "note" | "annotation" | "tracked-changes" | "automatic-styles" | "font-face-decls"
        | "scripts" | "forms" | "binary-data" | "title" | "desc" => Role::Hidden,
        _ => Role::Inline,
    }
}
