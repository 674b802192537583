//! `--explain`: after each section, what stands behind its numbers and the statement that made them.

use anyhow::Result;

use crate::domain::records::{Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::Store;

/// The sections with their evidence and their SQL between them.
pub(super) fn opened(store: &Store, sections: Vec<Section>, scope: &Scope) -> Result<Vec<Section>> {
    let mut opened = Vec::new();
    for section in sections {
        let evidence = store.read(|reader| reader.evidence(&section, scope))?;
        let sql = (!section.sql.is_empty()).then(|| statement(&section));
        opened.push(section);
        opened.extend(evidence);
        opened.extend(sql);
    }
    Ok(opened)
}

fn statement(section: &Section) -> Section {
    let sql = section.sql.split_whitespace().collect::<Vec<_>>().join(" ");
    Section::new(
        &format!("SQL of {}", section.title),
        Records::new(&["sql"], vec![vec![Value::Text(sql)]]),
    )
}
