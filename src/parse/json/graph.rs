//! JSON-LD graphs: an article names its authors and outlet by reference (`{"@id": "#jane"}`) to other nodes of the graph.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Fields whose references matter to an article.
const FIELDS: [&str; 5] = [
    "author",
    "creator",
    "publisher",
    "isPartOf",
    "mainEntityOfPage",
];

/// The object with the references of its graph's articles replaced by what they refer to; none if it has no graph.
pub(super) fn resolved(object: &Map<String, Value>) -> Option<Map<String, Value>> {
    let graph = object.get("@graph")?.as_array()?;
    let nodes: HashMap<&str, &Value> = graph
        .iter()
        .filter_map(|node| Some((node.get("@id")?.as_str()?, node)))
        .collect();
    let mut resolved = object.clone();
    let items = resolved.get_mut("@graph")?.as_array_mut()?;
    for item in items {
        for field in FIELDS {
            if let Some(value) = item.get_mut(field) {
                replace(value, &nodes);
            }
        }
    }
    Some(resolved)
}

fn replace(value: &mut Value, nodes: &HashMap<&str, &Value>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, nodes)),
        Value::Object(object) if object.len() == 1 => {
            let node = object
                .get("@id")
                .and_then(Value::as_str)
                .and_then(|id| nodes.get(id));
            if let Some(node) = node {
                *value = (*node).clone();
            }
        }
        _ => {}
    }
}
