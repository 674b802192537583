//! `--explain`: the articles and excerpts that stand behind the rows of a section.

use crate::domain::records::{Evidence, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// So many excerpts for each row.
const EACH: i64 = 3;

/// The articles of an entity; with `:beside`, those in which that one stands as well.
const OF_ENTITY: &str = "
    select (select name from entities where id = :id) as behind,
           articles.id as article_id,
           articles.published_at,
           sources.name as source,
           articles.title,
           substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as excerpt
    from (select article_id, min(sentence) as sentence from mentions where entity_id = :id group by article_id) as named
    join articles on articles.id = named.article_id
    left join sentences on sentences.article_id = named.article_id and sentences.number = named.sentence
    left join sources on sources.id = articles.source_id
    where (:beside is null or named.article_id in (select article_id from mentions where entity_id = :beside))
      and (published_at >= :since and published_at < :until or :open and published_at is null)
      and (:source is null or sources.name = :source)
    order by articles.published_at desc, articles.id desc
    limit :each";

const OF_PERIOD: &str = "
    select :text as behind,
           articles.id as article_id,
           articles.published_at,
           sources.name as source,
           articles.title,
           substr(articles.body, 1, 160) as excerpt
    from articles
    left join sources on sources.id = articles.source_id
    where published_at >= :text and published_at < :text || '~'
      and (:source is null or sources.name = :source)
    order by articles.published_at desc, articles.id desc
    limit :each";

const OF_OUTLET: &str = "
    select :text as behind,
           articles.id as article_id,
           articles.published_at,
           sources.name as source,
           articles.title,
           substr(articles.body, 1, 160) as excerpt
    from articles
    join sources on sources.id = articles.source_id
    where sources.name = :text
      and (published_at >= :since and published_at < :until or :open and published_at is null)
    order by articles.published_at desc, articles.id desc
    limit :each";

impl Reader<'_> {
    /// A few articles behind each row of a section, with the words that count; nothing where the rows are articles
    /// themselves.
    pub fn evidence(self, section: &Section, scope: &Scope) -> Result<Option<Section>, StoreError> {
        let mut all: Option<Section> = None;
        for row in &section.records.rows {
            let value = |name: &str| section.column(name).map(|n| &row[n]);
            let text = |name| value(name).and_then(Value::as_text);
            let id = |name| value(name).and_then(Value::as_integer);
            let (sql, id, beside, text) = match section.evidence {
                Evidence::Rows => return Ok(None),
                Evidence::Entity(column) => (OF_ENTITY, id(column), None, None),
                Evidence::Pair(one, other) => (OF_ENTITY, id(other), id(one), None),
                Evidence::With(one, other) => (OF_ENTITY, id(other), Some(one), None),
                Evidence::Period(column) => (OF_PERIOD, None, None, text(column)),
                Evidence::Outlet(column) => (OF_OUTLET, None, None, text(column)),
            };
            let title = format!("Behind {}", section.title);
            let values: [super::Named<'_>; 4] = [
                (":id", &id),
                (":beside", &beside),
                (":text", &text),
                (":each", &EACH),
            ];
            let found = self.scoped(&title, sql, scope, &values)?;
            match &mut all {
                Some(all) => all.records.rows.extend(found.records.rows),
                None => all = Some(found),
            }
        }
        Ok(all)
    }
}
