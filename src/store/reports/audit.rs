//! `report audit`: mentions drawn by chance, for a person to judge.

use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// A mention as it is shown to a judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// Its row.
    pub id: i64,
    /// The article.
    pub article: i64,
    /// The article's headline.
    pub title: String,
    /// What the recognizer made of it.
    pub kind: String,
    /// Whom it was taken to mean.
    pub entity: String,
    /// The sentence up to the name.
    pub before: String,
    /// The name.
    pub text: String,
    /// The rest of the sentence.
    pub after: String,
}

impl Reader<'_> {
    /// How many mentions were ever numbered; their numbers go from 1.
    pub fn last_mention(&self) -> Result<i64, StoreError> {
        let sql = "select coalesce(max(id), 0) from mentions";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// The first mention of the scope at or behind a number.
    pub fn mention_from(self, number: i64, scope: &Scope) -> Result<Option<Sampled>, StoreError> {
        let mut sampled = None;
        self.for_each(
            "select mentions.id,
                    articles.id,
                    articles.title,
                    entities.kind,
                    entities.name,
                    substr(articles.body, sentences.start + 1, mentions.start - sentences.start),
                    mentions.text,
                    substr(articles.body, mentions.\"end\" + 1, max(sentences.\"end\" - mentions.\"end\", 0))
             from mentions
             join articles on articles.id = mentions.article_id
             join entities on entities.id = mentions.entity_id
             join sentences on sentences.article_id = mentions.article_id and sentences.number = mentions.sentence
             where mentions.id >= :number
               and (:kind is null or entities.kind = :kind)
               and {scope}
             order by mentions.id
             limit 1",
            scope,
            &[(":number", &number)],
            |row| {
                sampled = Some(Sampled {
                    id: row.get(0)?,
                    article: row.get(1)?,
                    title: row.get(2)?,
                    kind: row.get(3)?,
                    entity: row.get(4)?,
                    before: row.get(5)?,
                    text: row.get(6)?,
                    after: row.get(7)?,
                });
                Ok(())
            },
        )?;
        Ok(sampled)
    }
}
