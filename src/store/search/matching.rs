//! Which articles a query asks for, in which order. Each article is searched in one index: those in scripts without spaces in
//! `articles_cjk`, all others in `articles_fts`.

use rusqlite::{OptionalExtension, named_params};

use super::super::{Reader, StoreError};
use super::Order;
use super::sets::{Ids, both, either, holds, sorted, without};
use crate::domain::query::{Column, Node, Phrase, Query, Test};
use crate::text::terms;

/// Where nothing is found, so many terms are counted apart.
const MAX_COUNTED: usize = 8;

/// A query at work on one state of the archive.
pub(super) struct Matching<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) query: &'a str,
    /// Only articles after this one.
    pub(super) after: i64,
    /// The articles of the index for scripts without spaces.
    unspaced: Ids,
}

/// All articles that were found, and the first of them in order.
pub(super) struct Ordered {
    pub(super) articles: Ids,
    pub(super) first: Vec<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Index {
    Words,
    Unspaced,
}

impl<'a> Matching<'a> {
    pub(super) fn new(
        reader: Reader<'a>,
        query: &'a Query,
        after: i64,
    ) -> Result<Self, StoreError> {
        // An archive that an older program wrote, and that may only be read, lacks that index.
        let has_index: Option<i64> = reader
            .connection
            .prepare_cached("select 1 from sqlite_schema where name = 'articles_cjk'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let mut matching = Self {
            reader,
            query: &query.text,
            after,
            unspaced: Ids::new(),
        };
        if has_index.is_some() {
            matching.unspaced =
                matching.ids("select id from articles_cjk_docsize where id > :after", &[])?;
        }
        Ok(matching)
    }

    /// The articles, and the first `limit` of them in that order.
    pub(super) fn ordered(
        &self,
        root: &Node,
        order: Order,
        limit: usize,
    ) -> Result<Ordered, StoreError> {
        if order == Order::Relevance {
            let (text, rest) = parted(root);
            let scored = match &text {
                Some(text) => self.scored(text)?,
                None => None,
            };
            if let Some(scored) = scored {
                return self.best(scored, rest, limit);
            }
            if let Some(any_word) = any_of(root) {
                let articles = self.matching(root)?;
                let mut scored = self.scored(&any_word)?.unwrap_or_default();
                scored.retain(|(id, _)| holds(&articles, *id));
                let ranked = sorted(scored.iter().map(|(id, _)| *id).collect());
                // What matched by its fields alone comes behind.
                let others = without(articles.clone(), &ranked);
                scored.extend(others.into_iter().map(|id| (id, f64::INFINITY)));
                return Ok(Ordered {
                    articles,
                    first: top(scored, limit),
                });
            }
        }
        let articles = self.matching(root)?;
        let first = self.by_time(&articles, order != Order::Oldest, limit)?;
        Ok(Ordered { articles, first })
    }

    fn best(
        &self,
        mut scored: Vec<(i64, f64)>,
        rest: Vec<&Node>,
        limit: usize,
    ) -> Result<Ordered, StoreError> {
        let mut articles = sorted(scored.iter().map(|(id, _)| *id).collect());
        if !rest.is_empty() {
            for node in rest {
                articles = match node {
                    Node::Not(node) => without(articles, &self.matching(node)?),
                    node => both(&articles, &self.matching(node)?),
                };
            }
            scored.retain(|(id, _)| holds(&articles, *id));
        }
        Ok(Ordered {
            articles,
            first: top(scored, limit),
        })
    }

    /// The set of articles that a part of the query asks for.
    pub(super) fn matching(&self, node: &Node) -> Result<Ids, StoreError> {
        if let Some(found) = self.matching_text(node)? {
            return Ok(found);
        }
        match node {
            Node::Or(nodes) => nodes.iter().try_fold(Ids::new(), |found, node| {
                Ok(either(&found, &self.matching(node)?))
            }),
            Node::Not(node) => Ok(without(self.all()?, &self.matching(node)?)),
            Node::And(_) => {
                let (text, rest) = parted(node);
                let mut found = match &text {
                    Some(text) => self.matching_text(text)?,
                    None => None,
                };
                // What is left out comes last.
                let (wanted, unwanted): (Vec<&Node>, Vec<&Node>) = rest
                    .into_iter()
                    .partition(|node| !matches!(node, Node::Not(_)));
                for node in wanted {
                    let more = self.matching(node)?;
                    found = Some(found.map_or_else(|| more.clone(), |found| both(&found, &more)));
                }
                let mut found = found.map_or_else(|| self.all(), Ok)?;
                for node in unwanted {
                    if let Node::Not(node) = node {
                        found = without(found, &self.matching(node)?);
                    }
                }
                Ok(found)
            }
            Node::Filter(filter) => self.filtered(filter),
            Node::Text(_) => Ok(Ids::new()),
        }
    }

    /// Where nothing has all of several terms, how many have each.
    pub(super) fn counts_apart(
        &self,
        root: &Node,
        is_empty: bool,
    ) -> Result<Option<String>, StoreError> {
        let Node::And(nodes) = root else {
            return Ok(None);
        };
        if !is_empty || nodes.len() > MAX_COUNTED || self.after > 0 {
            return Ok(None);
        }
        let mut counts = Vec::new();
        for node in nodes {
            let n = self.matching(node)?.len();
            counts.push(format!("{} {n}", described(node)));
        }
        Ok(Some(format!(
            "apart they are in articles: {}",
            counts.join(", ")
        )))
    }

    fn all(&self) -> Result<Ids, StoreError> {
        self.ids("select id from articles where id > :after order by id", &[])
    }

    /// The articles whose text a part of the query asks for; none where it asks for more than words.
    fn matching_text(&self, node: &Node) -> Result<Option<Ids>, StoreError> {
        let Some(words) = expression(node, Index::Words) else {
            return Ok(None);
        };
        let found = self.ids(
            "select rowid from articles_fts where articles_fts match :value and rowid > :after order by rowid",
            &[(":value", &words)],
        )?;
        if self.unspaced.is_empty() {
            return Ok(Some(found));
        }
        let words = expression(node, Index::Unspaced).unwrap_or_default();
        let others = self.ids(
            "select rowid from articles_cjk where articles_cjk match :value and rowid > :after order by rowid",
            &[(":value", &words)],
        )?;
        Ok(Some(either(&without(found, &self.unspaced), &others)))
    }

    /// The same with their BM25, of which the least is the best.
    fn scored(&self, node: &Node) -> Result<Option<Vec<(i64, f64)>>, StoreError> {
        let Some(words) = expression(node, Index::Words) else {
            return Ok(None);
        };
        let mut scored = self.scores(
            "select rowid, bm25(articles_fts, 5.0, 1.0) from articles_fts
             where articles_fts match :value and rowid > :after",
            &words,
        )?;
        if !self.unspaced.is_empty() {
            scored.retain(|(id, _)| !holds(&self.unspaced, *id));
            let words = expression(node, Index::Unspaced).unwrap_or_default();
            scored.extend(self.scores(
                "select rowid, bm25(articles_cjk, 5.0, 1.0) from articles_cjk
                 where articles_cjk match :value and rowid > :after",
                &words,
            )?);
        }
        Ok(Some(scored))
    }

    fn scores(&self, sql: &str, words: &str) -> Result<Vec<(i64, f64)>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map(
            named_params! { ":value": words, ":after": self.after },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The numbers that a statement of ours gives; it may ask for `:after`.
    pub(super) fn ids(
        &self,
        sql: &str,
        values: &[(&str, &dyn rusqlite::ToSql)],
    ) -> Result<Ids, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let mut parameters = values.to_vec();
        parameters.push((":after", &self.after));
        let rows = statement.query_map(parameters.as_slice(), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first of the articles by time of publication; those without one come last.
    fn by_time(
        &self,
        articles: &[i64],
        latest_first: bool,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let orders = if latest_first {
            [
                "select id from articles order by published_at desc, id desc",
                "select id from articles where false",
            ]
        } else {
            [
                "select id from articles where published_at is not null order by published_at, id",
                "select id from articles where published_at is null order by id",
            ]
        };
        let mut first = Vec::new();
        let limit = limit.min(articles.len());
        for order in orders {
            let mut statement = self.reader.connection.prepare_cached(order)?;
            let mut rows = statement.query([])?;
            while first.len() < limit
                && let Some(row) = rows.next()?
            {
                let id = row.get(0)?;
                if holds(articles, id) {
                    first.push(id);
                }
            }
        }
        Ok(first)
    }
}

/// A term as a note names it.
fn described(node: &Node) -> String {
    match node {
        Node::Text(text) => {
            let phrases = text.phrases.iter();
            phrases
                .map(|phrase| {
                    format!(
                        "{}{}",
                        phrase.words,
                        if phrase.is_prefix { "*" } else { "" }
                    )
                })
                .collect::<Vec<_>>()
                .join(" near ")
        }
        Node::Not(node) => format!("not {}", described(node)),
        Node::Or(nodes) => nodes.iter().map(described).collect::<Vec<_>>().join(" or "),
        Node::And(nodes) => nodes
            .iter()
            .map(described)
            .collect::<Vec<_>>()
            .join(" and "),
        Node::Filter(filter) => match &filter.test {
            Test::Entity { name, .. } | Test::Source(name) | Test::Language(name) => name.clone(),
            Test::Kind(kind) => kind.as_str().to_owned(),
            Test::Capitals(text) => described(&Node::Text(text.clone())),
            Test::Date { .. } => "that time".to_owned(),
        },
    }
}

fn top(mut scored: Vec<(i64, f64)>, limit: usize) -> Vec<i64> {
    scored.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    scored.truncate(limit);
    scored.into_iter().map(|(id, _)| id).collect()
}

/// What a query says of the text, and what else it says; all of it holds.
fn parted(node: &Node) -> (Option<Node>, Vec<&Node>) {
    if expression(node, Index::Words).is_some() {
        return (Some(node.clone()), Vec::new());
    }
    let Node::And(nodes) = node else {
        return (None, vec![node]);
    };
    let is_text = |node: &Node| match node {
        Node::Not(node) => expression(node, Index::Words).is_some(),
        node => expression(node, Index::Words).is_some(),
    };
    let (text, rest): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| is_text(node));
    let text = Node::And(text.into_iter().cloned().collect());
    if expression(&text, Index::Words).is_some() {
        (Some(text), rest)
    } else {
        // Nothing but what is left out.
        (None, nodes.iter().collect())
    }
}

/// Any of the words that a query looks for.
fn any_of(root: &Node) -> Option<Node> {
    fn words(node: &Node, found: &mut Vec<Node>) {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| words(node, found)),
            Node::Text(_) => found.push(node.clone()),
            Node::Filter(filter) => {
                if let Test::Capitals(text) = &filter.test {
                    found.push(Node::Text(text.clone()));
                }
            }
            Node::Not(_) => {}
        }
    }
    let mut found = Vec::new();
    words(root, &mut found);
    (!found.is_empty()).then_some(Node::Or(found))
}

/// A part of a query in FTS5's language; none where that cannot say it: fields, and NOT without what it is taken from.
fn expression(node: &Node, index: Index) -> Option<String> {
    match node {
        Node::Filter(_) | Node::Not(_) => None,
        Node::Or(nodes) => {
            let parts: Option<Vec<String>> =
                nodes.iter().map(|node| expression(node, index)).collect();
            Some(format!("({})", parts?.join(" OR ")))
        }
        Node::And(nodes) => {
            let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
            for node in nodes {
                match node {
                    Node::Not(node) => unwanted.push(expression(node, index)?),
                    node => wanted.push(expression(node, index)?),
                }
            }
            match (wanted.is_empty(), unwanted.is_empty()) {
                (true, _) => None,
                (false, true) => Some(format!("({})", wanted.join(" AND "))),
                (false, false) => Some(format!(
                    "(({}) NOT ({}))",
                    wanted.join(" AND "),
                    unwanted.join(" OR ")
                )),
            }
        }
        Node::Text(text) => {
            let column = match text.column {
                Some(Column::Title) => "title : ",
                Some(Column::Body) => "body : ",
                None => "",
            };
            let phrases: Vec<String> = text
                .phrases
                .iter()
                .map(|phrase| quoted(phrase, index))
                .collect();
            Some(match phrases.as_slice() {
                [phrase] => format!("{column}{phrase}"),
                several => format!("{column}NEAR({}, {})", several.join(" "), text.distance),
            })
        }
    }
}

/// A phrase between FTS5's quotation marks, inside which nothing has a meaning of its own.
fn quoted(phrase: &Phrase, index: Index) -> String {
    let (words, is_prefix) = match index {
        Index::Words => (phrase.words.clone(), phrase.is_prefix),
        Index::Unspaced => {
            let (words, is_beginning) = terms::asked(&phrase.words);
            (words, is_beginning || phrase.is_prefix)
        }
    };
    let words = words.replace('"', "\"\"").replace('\0', " ");
    format!("\"{words}\"{}", if is_prefix { " *" } else { "" })
}
