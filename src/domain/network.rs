//! Who stands together with whom.

/// An entity of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its row.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// In how many articles of the scope it stands.
    pub n_articles: i64,
}

/// Two entities that stand together, by their places among the nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The one.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// In how many articles they stand together.
    pub n_articles: i64,
    /// The log-likelihood of that.
    pub score: f64,
}

/// Entities and their ties, the strongest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// The entities.
    pub nodes: Vec<Node>,
    /// Their ties.
    pub edges: Vec<Edge>,
}
