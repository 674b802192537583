//! Networks in the formats of other programs: Graphviz, Gephi, and whatever reads JSON.

use serde_json::json;

use super::figure::escaped;
use crate::domain::network::Network;

/// In which format a network is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Graph {
    /// Graphviz
    Dot,
    /// Gephi, yEd, Cytoscape, NetworkX
    Graphml,
    /// Gephi
    Gexf,
    /// Nodes and links, as D3 reads them
    Json,
}

/// The text of a network in that format.
#[must_use]
pub fn written(network: &Network, format: Graph) -> String {
    match format {
        Graph::Dot => dot(network),
        Graph::Graphml => graphml(network),
        Graph::Gexf => gexf(network),
        Graph::Json => json(network),
    }
}

fn dot(network: &Network) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut text = String::from("graph archive {\n");
    for node in &network.nodes {
        text += &format!(
            "  n{} [label={}, kind={}, articles={}];\n",
            node.id,
            quoted(&node.name),
            quoted(&node.kind),
            node.n_articles
        );
    }
    for edge in &network.edges {
        text += &format!(
            "  n{} -- n{} [weight={}, score={:.1}];\n",
            network.nodes[edge.from].id, network.nodes[edge.to].id, edge.n_articles, edge.score
        );
    }
    text + "}\n"
}

/// GraphML 1.0 (graphml.graphdrawing.org).
fn graphml(network: &Network) -> String {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="articles" for="node" attr.name="articles" attr.type="long"/>
  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
  <key id="score" for="edge" attr.name="score" attr.type="double"/>
  <graph edgedefault="undirected">
"#,
    );
    for node in &network.nodes {
        text += &format!(
            "    <node id=\"n{}\"><data key=\"label\">{}</data><data key=\"kind\">{}</data><data key=\"articles\">{}</data></node>\n",
            node.id,
            escaped(&node.name),
            escaped(&node.kind),
            node.n_articles
        );
    }
    for edge in &network.edges {
        text += &format!(
            "    <edge source=\"n{}\" target=\"n{}\"><data key=\"weight\">{}</data><data key=\"score\">{:.1}</data></edge>\n",
            network.nodes[edge.from].id, network.nodes[edge.to].id, edge.n_articles, edge.score
        );
    }
    text + "  </graph>\n</graphml>\n"
}

/// GEXF 1.3 (gexf.net).
fn gexf(network: &Network) -> String {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="undirected">
    <attributes class="node">
      <attribute id="kind" title="kind" type="string"/>
      <attribute id="articles" title="articles" type="long"/>
    </attributes>
    <attributes class="edge">
      <attribute id="score" title="score" type="double"/>
    </attributes>
    <nodes>
"#,
    );
    for node in &network.nodes {
        text += &format!(
            "      <node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"kind\" value=\"{}\"/><attvalue for=\"articles\" value=\"{}\"/></attvalues></node>\n",
            node.id,
            escaped(&node.name),
            escaped(&node.kind),
            node.n_articles
        );
    }
    text += "    </nodes>\n    <edges>\n";
    for (n, edge) in network.edges.iter().enumerate() {
        text += &format!(
            "      <edge id=\"{n}\" source=\"{}\" target=\"{}\" weight=\"{}\"><attvalues><attvalue for=\"score\" value=\"{:.1}\"/></attvalues></edge>\n",
            network.nodes[edge.from].id, network.nodes[edge.to].id, edge.n_articles, edge.score
        );
    }
    text + "    </edges>\n  </graph>\n</gexf>\n"
}

fn json(network: &Network) -> String {
    let nodes: Vec<_> = network
        .nodes
        .iter()
        .map(|node| {
            json!({"id": node.id, "name": node.name, "kind": node.kind, "n_articles": node.n_articles})
        })
        .collect();
    let links: Vec<_> = network
        .edges
        .iter()
        .map(|edge| {
            let (from, to) = (network.nodes[edge.from].id, network.nodes[edge.to].id);
            json!({"source": from, "target": to, "n_articles": edge.n_articles, "score": (edge.score * 10.0).round() / 10.0})
        })
        .collect();
    format!("{:#}\n", json!({"nodes": nodes, "links": links}))
}
