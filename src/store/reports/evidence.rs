//! `--explain`: the articles and excerpts that stand behind the rows of a section.

use super::Named;
use crate::domain::records::{Evidence, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// So many excerpts for each row.
const EACH: i64 = 3;

/// The latest articles of an entity.
const OF_ENTITY: &str = "
    select (select name from entities where id = :id) as behind,
           articles.id as article_id,
           articles.published_at,
           sources.name as source,
           articles.title,
           substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as excerpt
    from ({latest}) as own
    join articles on articles.id = own.id
    left join sentences
        on sentences.article_id = own.id
       and sentences.number = (select min(sentence) from mentions where article_id = own.id and entity_id = :id)
    left join sources on sources.id = articles.source_id
    order by articles.published_at desc, articles.id desc";

/// Only articles in which `:beside` stands as well.
pub(super) const BESIDE: &str = "exists (select 1 from mentions where article_id = articles.id and entity_id = :beside) and {scope}";

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
      and {outlet}
    order by articles.published_at desc, articles.id desc
    limit :most";

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
      and {period}
    order by articles.published_at desc, articles.id desc
    limit :most";

/// What tells the speaker of a quotation: the rule, the verb, and the words from the speaker's name to the quotation, or
/// both ends of them.
const OF_QUOTE: &str = "
    select coalesce(speaker, 'nobody') as behind,
           rule,
           cue,
           article_id,
           iif(last - first <= 600,
               trim(substr(body, first + 1, last - first)),
               substr(body, max(coalesce(speaker_start, first) - 80, 0) + 1, 200) || ' … '
                   || substr(body, max(last - 400, 0) + 1, 400)) as excerpt
    from (
        select quotes.article_id,
               quotes.rule,
               quotes.cue,
               quotes.speaker_start,
               entities.name as speaker,
               articles.body,
               max(min(quotes.start, coalesce(quotes.cue_start, quotes.start),
                       coalesce(quotes.speaker_start, quotes.start)) - 1, 0) as first,
               max(quotes.\"end\", coalesce(quotes.cue_end, 0), coalesce(quotes.speaker_end, 0)) + 1 as last
        from quotes
        join articles on articles.id = quotes.article_id
        left join entities on entities.id = quotes.speaker_id
        where quotes.article_id = :id
          and quotes.text = :text
        order by quotes.start
        limit 1
    )";

impl Reader<'_> {
    /// A few articles behind each row of a section, with the words that count; nothing where the rows are articles
    /// themselves.
    pub fn evidence(self, section: &Section, scope: &Scope) -> Result<Option<Section>, StoreError> {
        let mut all: Option<Section> = None;
        for row in &section.records.rows {
            let value = |name: &str| section.column(name).map(|n| &row[n]);
            let text = |name| value(name).and_then(Value::as_text);
            let id = |name| value(name).and_then(Value::as_integer);
            let of_entity = |id: Option<i64>| self.with_latest(OF_ENTITY, id.unwrap_or_default());
            let beside = |id| Ok::<_, StoreError>(of_entity(id)?.replace("{scope}", BESIDE));
            let (sql, id, beside, text) = match section.evidence {
                Evidence::Rows => return Ok(None),
                Evidence::Entity(column) => (of_entity(id(column))?, id(column), None, None),
                Evidence::Pair(one, other) => (beside(id(other))?, id(other), id(one), None),
                Evidence::With(one, other) => (beside(id(other))?, id(other), Some(one), None),
                Evidence::Period(column) => (OF_PERIOD.to_owned(), None, None, text(column)),
                Evidence::Outlet(column) => (OF_OUTLET.to_owned(), None, None, text(column)),
                Evidence::Quote(article, quote) => {
                    (OF_QUOTE.to_owned(), id(article), None, text(quote))
                }
            };
            let title = format!("Behind {}", section.title);
            let values: [Named<'_>; 4] = [
                (":id", &id),
                (":beside", &beside),
                (":text", &text),
                (":most", &EACH),
            ];
            let found = self.scoped(&title, &sql, scope, &values)?;
            match &mut all {
                Some(all) => all.records.rows.extend(found.records.rows),
                None => all = Some(found),
            }
        }
        Ok(all)
    }
}
