//! Words that are asked for in capitals and are common in small letters, `US` and `WHO`: the index folds case, so where they
//! would find every "us" and "who", the texts themselves are looked at.

use rusqlite::params;

use super::super::StoreError;
use super::matching::Matching;
use super::sets::Ids;
use crate::domain::query::{Column, Filter, Node, Test, Text};
use crate::text::terms::terms;

/// A word that stands in more than one of so many articles is common.
const COMMON: usize = 20;

impl Matching<'_> {
    /// The query with common words in capitals as tests of the texts.
    pub(super) fn with_capitals(&self, node: &Node) -> Result<Node, StoreError> {
        let all = |nodes: &[Node]| -> Result<Vec<Node>, StoreError> {
            nodes.iter().map(|node| self.with_capitals(node)).collect()
        };
        Ok(match node {
            Node::And(nodes) => Node::And(all(nodes)?),
            Node::Or(nodes) => Node::Or(all(nodes)?),
            Node::Not(node) => Node::Not(Box::new(self.with_capitals(node)?)),
            Node::Text(text) => match in_capitals(text) {
                Some(word) if self.is_common(word)? => Node::Filter(Filter {
                    test: Test::Capitals(text.clone()),
                    at: 0..0,
                }),
                _ => node.clone(),
            },
            Node::Filter(_) => node.clone(),
        })
    }

    /// Whether a word stands in many articles, and in capitals in one at least: else it was typed in capitals by chance.
    fn is_common(&self, word: &str) -> Result<bool, StoreError> {
        let connection = self.reader.connection;
        let phrase = format!("\"{word}\"");
        let is_common: bool = connection
            .prepare_cached(
                "select (select count(*) from articles_fts where articles_fts match ?1) * ?2
                    > (select count(*) from articles)",
            )?
            .query_row(params![phrase, COMMON as i64], |row| row.get(0))?;
        if !is_common {
            return Ok(false);
        }
        let mut capitals = connection.prepare_cached(
            "select exists (
                 select 1
                 from articles_fts
                 join articles on articles.id = articles_fts.rowid
                 where articles_fts match ?1 and (instr(articles.title, ?2) or instr(articles.body, ?2)))",
        )?;
        Ok(capitals.query_row(params![phrase, word], |row| row.get(0))?)
    }

    /// The articles that print the word in capitals.
    pub(super) fn printed_in_capitals(&self, text: &Text) -> Result<Ids, StoreError> {
        let Some(word) = in_capitals(text) else {
            return Ok(Ids::new());
        };
        let mut printed = Ids::new();
        let mut select = self.reader.connection.prepare_cached(
            "select title, body from articles where id = ?1 and (instr(title, ?2) or instr(body, ?2))",
        )?;
        for article in self.matching(&Node::Text(text.clone()))? {
            let mut rows = select.query(params![article, word])?;
            let Some(row) = rows.next()? else { continue };
            let prints = |column: usize| -> Result<bool, StoreError> {
                let text: String = row.get(column)?;
                Ok(terms(&text)
                    .iter()
                    .any(|term| &text[term.range.clone()] == word))
            };
            let is_printed = match text.column {
                Some(Column::Title) => prints(0)?,
                Some(Column::Body) => prints(1)?,
                None => prints(0)? || prints(1)?,
            };
            if is_printed {
                printed.push(article);
            }
        }
        Ok(printed)
    }
}

fn in_capitals(text: &Text) -> Option<&str> {
    match text.phrases.as_slice() {
        [phrase] if phrase.is_acronym => Some(&phrase.words),
        _ => None,
    }
}
