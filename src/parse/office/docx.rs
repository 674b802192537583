//! Word documents (.docx): the body's paragraphs, lists and tables; notes, comments, deleted and hidden words, fields' codes and
//! page heads are left out.

use std::cell::RefCell;

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
    let state = RefCell::new(State::default());
    texts::read(
        package,
        collector,
        "word/document.xml",
        "docProps/core.xml",
        |element| state.borrow_mut().role(element),
    )
}

/// What stands in front of an element and says whether its text is shown.
#[derive(Default)]
struct State {
    /// For each field that is open, whether its code is being read and not yet its result.
    fields: Vec<bool>,
    /// Whether the words in hand are formatted as hidden.
    is_hidden: bool,
    /// Whether what follows is their formatting before a tracked change.
    is_past: bool,
}

impl State {
    /// Only `t` holds words; other elements hold settings of objects, fields and drawings.
    fn role(&mut self, element: &BytesStart<'_>) -> Role {
        match element.local_name().as_ref() {
            "t" if self.is_hidden || self.fields.contains(&true) => Role::Hidden,
            "t" => Role::Inline,
            "p" => {
                // A field without an end hides its own paragraph at most.
                self.fields.fill(false);
                Role::Block
            }
            "r" => {
                (self.is_hidden, self.is_past) = (false, false);
                Role::Wrapper
            }
            "rPrChange" => {
                self.is_past = true;
                Role::Wrapper
            }
            "vanish" if !self.is_past => {
                self.is_hidden = !matches!(
                    value(element, "val").as_deref(),
                    Some("0" | "false" | "off")
                );
                Role::Wrapper
            }
            "fldChar" => {
                match value(element, "fldCharType").as_deref() {
                    Some("begin") => self.fields.push(true),
                    Some("separate") => {
                        if let Some(field) = self.fields.last_mut() {
                            *field = false;
                        }
                    }
                    Some("end") => {
                        self.fields.pop();
                    }
                    _ => {}
                }
                Role::Wrapper
            }
            "tr" => Role::Row,
            "tc" => Role::Cell,
            "br" | "cr" | "tab" | "ptab" => Role::Sign(" "),
            "noBreakHyphen" => Role::Sign("-"),
            // Deleted and moved words; a drawing's second form.
            "del" | "moveFrom" | "Fallback" => Role::Hidden,
            _ => Role::Wrapper,
        }
    }
}

/// An attribute by its local name.
fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}
