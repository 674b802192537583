//! A network as a section: a row for each tie.

use crate::domain::network::Network;
use crate::domain::records::{Evidence, Picture, Records, Section, Value};

const COLUMNS: [&str; 10] = [
    "from",
    "from_kind",
    "to",
    "to_kind",
    "n_articles",
    "score",
    "from_id",
    "to_id",
    "from_n_articles",
    "to_n_articles",
];

/// A network as a table of its ties.
pub(super) fn ties(network: &Network) -> Section {
    let rows = network.edges.iter().map(|edge| {
        let (from, to) = (&network.nodes[edge.from], &network.nodes[edge.to]);
        vec![
            Value::Text(from.name.clone()),
            Value::Text(from.kind.clone()),
            Value::Text(to.name.clone()),
            Value::Text(to.kind.clone()),
            Value::Integer(edge.n_articles),
            Value::to_a_tenth(edge.score),
            Value::Integer(from.id),
            Value::Integer(to.id),
            Value::Integer(from.n_articles),
            Value::Integer(to.n_articles),
        ]
    });
    let records = Records::new(&COLUMNS, rows.collect());
    let mut section = Section::new("Ties", records);
    let ids: Vec<String> = network
        .nodes
        .iter()
        .map(|node| node.id.to_string())
        .collect();
    let ids = ids.join(", ");
    section.sql = format!(
        "select * from v_cooccurrence where entity_id in ({ids}) and other_id in ({ids}) and entity_id < other_id"
    );
    section
        .drawn(Picture::Network {
            from: "from",
            to: "to",
            weight: "n_articles",
        })
        .backed(Evidence::Pair("from_id", "to_id"))
        .without(&["from_id", "to_id", "from_n_articles", "to_n_articles"])
}
