//! `report dossier NAME`: all that the archive says of one entity, each line with the article and the span of its body in which
//! it can be read: `article_id`, `start`, `end`, such that `substr(body, start + 1, "end" - start)` is the text.

use super::Named;
use super::company::MOST_ARTICLES;
use super::evidence::BESIDE;
use super::quotes::{ABOUT, BY};
use crate::domain::records::{Records, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// So many articles are listed, the latest.
const MOST_LISTED: i64 = 2_000;
/// In so many articles with both names, the latest, a sentence with both is sought.
const PROOFS: i64 = 1_000;

const NAMES: &str = "
    select spelt.text as name, spelt.n_articles, mentions.article_id, mentions.start, mentions.\"end\"
    from (
        select mentions.text, count(distinct mentions.article_id) as n_articles, min(mentions.id) as first
        from ({latest}) as own
        cross join mentions on mentions.article_id = own.id and mentions.entity_id = :id
        group by mentions.text
    ) as spelt
    join mentions on mentions.id = spelt.first
    order by spelt.n_articles desc, spelt.text
    limit :limit";

/// A role is cited where it was printed first and last; a role of one article once.
const ROLES: &str = "
    select held.title as role,
           held.first_seen,
           held.last_seen,
           held.n_articles,
           roles.article_id,
           roles.start,
           roles.\"end\",
           roles.place
    from (
        select roles.title,
               min(substr(published_at, 1, 10)) as first_seen,
               max(substr(published_at, 1, 10)) as last_seen,
               count(distinct articles.id) as n_articles,
               min(coalesce(published_at, '~') || printf(' %012d', roles.id)) as first,
               max(coalesce(published_at, '') || printf(' %012d', roles.id)) as last
        from roles
        join articles on articles.id = roles.article_id
        where roles.entity_id = :id
          and {scope}
        group by roles.title
    ) as held
    join roles on roles.id in (cast(substr(held.first, -12) as integer), cast(substr(held.last, -12) as integer))
    order by held.first_seen is null, held.first_seen, held.title, roles.id
    limit :limit";

const CHRONOLOGY: &str = "
    select dates.value as date,
           dates.text as expression,
           substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as sentence,
           articles.id as article_id,
           sentences.start,
           sentences.\"end\"
    from (select distinct article_id, sentence from mentions where entity_id = :id order by article_id desc limit 10000) as named
    join sentences on sentences.article_id = named.article_id and sentences.number = named.sentence
    join dates on dates.article_id = named.article_id
              and dates.start >= sentences.start and dates.\"end\" <= sentences.\"end\"
    join articles on articles.id = named.article_id
    where dates.precision in ('day', 'month') and dates.type in ('date', 'time')
      and {told}
      and {outlet}
    group by dates.value, articles.story_id, sentences.number
    order by dates.value desc, articles.id desc
    limit :limit";

/// The latest place where `:beside` stands with the entity, in one sentence if there is one.
const TOGETHER: &str = "
    select others.article_id,
           coalesce(sentences.start, others.start) as start,
           coalesce(sentences.\"end\", others.\"end\") as \"end\"
    from ({latest}) as latest
    join articles on articles.id = latest.id
    cross join mentions as others on others.article_id = latest.id and others.entity_id = :id
    cross join mentions as own on own.article_id = latest.id and own.entity_id = :beside
    left join sentences on sentences.article_id = others.article_id
                       and sentences.number = others.sentence
                       and own.sentence = others.sentence
    order by sentences.number is null, articles.published_at desc, articles.id desc, others.start
    limit 1";

/// A quotation and its place.
const QUOTATION: &str = "
    quotes.article_id, quotes.start, quotes.\"end\",
    substr(articles.body, quotes.start + 1, quotes.\"end\" - quotes.start) as quote";

/// Articles with the first mention in each.
const ARTICLES: &str = "
    select articles.published_at as date,
           sources.name as source,
           articles.title,
           named.n_mentions,
           files.path as file,
           named.article_id,
           named.start,
           mentions.\"end\"
    from (
        select own.id as article_id, min(mentions.start) as start, count(*) as n_mentions
        from ({latest}) as own
        cross join mentions on mentions.article_id = own.id and mentions.entity_id = :id
        group by own.id
    ) as named
    join mentions on mentions.article_id = named.article_id and mentions.entity_id = :id and mentions.start = named.start
    join articles on articles.id = named.article_id
    join files on files.id = articles.file_id
    left join sources on sources.id = articles.source_id
    group by named.article_id
    order by articles.published_at is null, articles.published_at, articles.id";

impl Reader<'_> {
    /// All of one entity, every row with its article and span but for what is known without the articles, and the months.
    pub fn dossier(self, id: i64, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let own: [Named<'_>; 1] = [(":id", &id)];
        let mut chronology = self.scoped("Chronology", CHRONOLOGY, scope, &own)?;
        chronology.records.rows.reverse();
        let by = format!("select articles.published_at as date, quotes.cue, {QUOTATION} {BY}");
        let about = format!(
            "select articles.published_at as date, speakers.name as speaker, {QUOTATION} {ABOUT}"
        );
        let mut sections = vec![
            self.summary(id, scope)?,
            self.known(id, scope)?,
            self.of_latest("Names", NAMES, id, MOST_ARTICLES, scope)?,
            self.scoped("Roles", ROLES, scope, &own)?,
            self.mention_months(id, scope)?,
            chronology,
            self.company_with_proof(id, scope)?,
            self.scoped("Quotes by", &by, scope, &own)?,
            self.of_latest("Quotes about", &about, id, MOST_ARTICLES, scope)?,
            self.articles_of_dossier(id, scope)?,
        ];
        sections.retain(|section| !section.records.rows.is_empty());
        Ok(sections)
    }

    fn articles_of_dossier(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let mut section = self.of_latest("Articles", ARTICLES, id, MOST_LISTED, scope)?;
        if section.records.rows.len() as i64 == MOST_LISTED {
            section.note = Some(format!(
                "the latest {MOST_LISTED}; --since and --until ask for those of a period"
            ));
        }
        Ok(section)
    }

    /// Whom it is mentioned with, each with a place where both stand.
    fn company_with_proof(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let mut company = self.company(id, scope)?;
        let Some(column) = company.column("id") else {
            return Ok(company);
        };
        let mut proven = Vec::new();
        for mut row in std::mem::take(&mut company.records.rows) {
            let other = row[column].as_integer().unwrap_or_default();
            let sql = self.with_latest(TOGETHER, other)?;
            let values: [Named<'_>; 3] = [(":id", &other), (":beside", &id), (":most", &PROOFS)];
            let mut found = self.scoped("", &sql.replace("{scope}", BESIDE), scope, &values)?;
            if let Some(span) = found.records.rows.pop() {
                row.extend(span);
                proven.push(row);
            }
        }
        let span = ["article_id", "start", "end"].map(str::to_owned);
        company.records.columns.extend(span);
        company.records.rows = proven;
        Ok(company)
    }

    /// The articles of these numbers: id, date, outlet, title, and the file from which it came first.
    pub fn articles_cited(self, ids: &[i64]) -> Result<Records, StoreError> {
        self.records(
            "select articles.id, articles.published_at as date, sources.name as source, articles.title, files.path as file
             from json_each(?1) as cited
             join articles on articles.id = cited.value
             join files on files.id = articles.file_id
             left join sources on sources.id = articles.source_id
             group by articles.id
             order by articles.id",
            [serde_json::json!(ids).to_string()],
        )
    }
}
