//! `report network`: who stands together with whom.

use std::collections::{HashMap, HashSet};

use crate::domain::analysis::Kind;
use crate::domain::network::{Edge, Network, Node};
use crate::domain::records::Value;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};
use crate::text::association::Counts;

/// So many names make a picture that can be read.
const MOST_NODES: usize = 40;
/// So many articles of each are looked at, the latest.
const MOST_ARTICLES: i64 = 5_000;

impl Reader<'_> {
    /// The network around an entity, its own ties first, or of the names that most articles speak of.
    pub fn network(self, around: Option<i64>, scope: &Scope) -> Result<Network, StoreError> {
        let many = Scope {
            limit: MOST_NODES,
            ..scope.clone()
        };
        let ids: Vec<i64> = if let Some(id) = around {
            let company = self.company(id, &many)?;
            let others = company.records.rows.iter().map(|row| &row[5]);
            std::iter::once(id)
                .chain(others.filter_map(Value::as_integer))
                .collect()
        } else {
            let kinds = match scope.kind {
                Some(kind) => vec![kind],
                None => vec![Kind::Person, Kind::Organization],
            };
            let sections = self.top_entities(&kinds, &many)?;
            let column = sections.first().and_then(|section| section.column("id"));
            let rows = sections.iter().flat_map(|section| &section.records.rows);
            rows.filter_map(|row| row[column?].as_integer()).collect()
        };
        let mut network = self.network_of(&ids, scope)?;
        if around.is_some() {
            // The entity itself is the first node.
            network.edges.sort_by_key(|edge| edge.from > 0);
        }
        network.edges.truncate(scope.limit);
        Ok(network)
    }

    fn network_of(self, ids: &[i64], scope: &Scope) -> Result<Network, StoreError> {
        let mut nodes = Vec::new();
        let mut articles: HashMap<i64, Vec<u16>> = HashMap::new();
        let mut select = self
            .connection
            .prepare_cached("select kind, name from entities where id = ?1")?;
        let mut mentions = self.connection.prepare_cached(
            "select distinct article_id from mentions where entity_id = ?1 order by article_id desc",
        )?;
        let wanted = self.articles_in(scope)?;
        let is_wanted = |article: i64| {
            let in_scope = |wanted: &HashSet<i64>| wanted.contains(&article);
            wanted.as_ref().is_none_or(in_scope)
        };
        for (n, id) in ids.iter().enumerate() {
            let (kind, name) = select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut n_articles = 0;
            let mut own = mentions.query([id])?;
            while n_articles < MOST_ARTICLES
                && let Some(row) = own.next()?
            {
                let article: i64 = row.get(0)?;
                if is_wanted(article) {
                    articles.entry(article).or_default().push(n as u16);
                    n_articles += 1;
                }
            }
            nodes.push(Node {
                id: *id,
                kind,
                name,
                n_articles,
            });
        }
        let mut shared: HashMap<(u16, u16), i64> = HashMap::new();
        for present in articles.values() {
            for (n, one) in present.iter().enumerate() {
                for other in &present[n + 1..] {
                    *shared.entry((*one, *other)).or_default() += 1;
                }
            }
        }
        let all = self.n_articles_in(scope)?;
        Ok(Network {
            edges: edges(&nodes, shared, all),
            nodes,
        })
    }

    /// The articles of a scope that is not all of the archive.
    fn articles_in(self, scope: &Scope) -> Result<Option<HashSet<i64>>, StoreError> {
        let mut ids = HashSet::new();
        if scope.is_whole() {
            return Ok(None);
        }
        self.for_each(
            "select articles.id from articles where {scope}",
            scope,
            &[],
            |row| {
                ids.insert(row.get(0)?);
                Ok(())
            },
        )?;
        Ok(Some(ids))
    }
}

fn edges(nodes: &[Node], shared: HashMap<(u16, u16), i64>, all: i64) -> Vec<Edge> {
    let edge = |((from, to), n_articles): ((u16, u16), i64)| {
        let (from, to) = (usize::from(from), usize::from(to));
        let counts = Counts {
            both: n_articles as f64,
            one: nodes[from].n_articles as f64,
            other: nodes[to].n_articles as f64,
            all: all as f64,
        };
        Edge {
            from,
            to,
            n_articles,
            score: counts.log_likelihood(),
        }
    };
    let mut edges: Vec<Edge> = shared.into_iter().map(edge).collect();
    edges.sort_by(|a, b| {
        let order = b.score.total_cmp(&a.score);
        order.then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    edges
}
