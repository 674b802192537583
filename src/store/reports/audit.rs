//! `report audit`: mentions, quotations, titles and dates drawn by chance, for a person to judge.

use super::Named;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audited {
    /// Mentions.
    Names,
    /// Quotations with a speaker.
    Quotes,
    /// Titles printed next to a person.
    Roles,
    /// Expressions of time with a value.
    Dates,
}

/// Something found as it is shown to a judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// Its row.
    pub id: i64,
    /// The article.
    pub article: i64,
    /// The article's headline.
    pub title: String,
    /// What sort it is: a kind, the rule that told a speaker, the type of a date.
    pub kind: String,
    /// What it was taken to mean: an entity, a speaker, who bears a title, a day.
    pub meaning: String,
    /// The text up to it.
    pub before: String,
    /// It.
    pub text: String,
    /// What follows.
    pub after: String,
}

const NAMES: &str = "
    select mentions.id,
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
    limit 1";

// From the name that was taken for the speaker's, if it stands before.
const QUOTES: &str = "
    select quotes.id,
           articles.id,
           articles.title,
           coalesce(quotes.rule, 'unknown'),
           entities.name,
           substr(articles.body, began + 1, quotes.start - began),
           quotes.text,
           substr(articles.body, quotes.\"end\" + 1, 160)
    from (
        select *, max(min(start - 200, coalesce(speaker_start, start) - 40), start - 1200, 0) as began
        from quotes
    ) as quotes
    join articles on articles.id = quotes.article_id
    join entities on entities.id = quotes.speaker_id
    where quotes.id >= :number
      and (:kind is null or entities.kind = :kind)
      and {scope}
    order by quotes.id
    limit 1";

const ROLES: &str = "
    select roles.id,
           articles.id,
           articles.title,
           'title',
           entities.name,
           substr(articles.body, max(roles.start - 120, 0) + 1, min(roles.start, 120)),
           roles.title,
           substr(articles.body, roles.\"end\" + 1, 120)
    from roles
    join articles on articles.id = roles.article_id
    join entities on entities.id = roles.entity_id
    where roles.id >= :number
      and (:kind is null or entities.kind = :kind)
      and {scope}
    order by roles.id
    limit 1";

const DATES: &str = "
    select dates.id,
           articles.id,
           coalesce(substr(articles.published_at, 1, 10) || ' ', '') || articles.title,
           dates.type,
           dates.value,
           substr(articles.body, max(dates.start - 120, 0) + 1, min(dates.start, 120)),
           dates.text,
           substr(articles.body, dates.\"end\" + 1, 120)
    from dates
    join articles on articles.id = dates.article_id
    where dates.id >= :number
      and dates.value is not null
      and {scope}
    order by dates.id
    limit 1";

impl Reader<'_> {
    /// How many of them were ever numbered; their numbers go from 1.
    pub fn last_number(&self, audited: Audited) -> Result<i64, StoreError> {
        let table = match audited {
            Audited::Names => "mentions",
            Audited::Quotes => "quotes",
            Audited::Roles => "roles",
            Audited::Dates => "dates",
        };
        let sql = format!("select coalesce(max(id), 0) from {table}");
        Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
    }

    /// The first of the scope at or behind a number.
    pub fn sampled_from(
        self,
        audited: Audited,
        number: i64,
        scope: &Scope,
    ) -> Result<Option<Sampled>, StoreError> {
        let sql = match audited {
            Audited::Names => NAMES,
            Audited::Quotes => QUOTES,
            Audited::Roles => ROLES,
            Audited::Dates => DATES,
        };
        let values: [Named<'_>; 1] = [(":number", &number)];
        let mut sampled = None;
        self.for_each(sql, scope, &values, |row| {
            sampled = Some(Sampled {
                id: row.get(0)?,
                article: row.get(1)?,
                title: row.get(2)?,
                kind: row.get(3)?,
                meaning: row.get(4)?,
                before: row.get(5)?,
                text: row.get(6)?,
                after: row.get(7)?,
            });
            Ok(())
        })?;
        Ok(sampled)
    }
}
