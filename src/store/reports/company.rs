//! Whom and what an entity is mentioned with: by how much more often than chance, not by how often.

use super::presence::Presence;
use crate::domain::records::{Evidence, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};
use crate::text::association::Counts;

/// So many articles of an entity are looked at, the latest: enough for any number to be sure, few enough to be quick.
pub(super) const MOST_ARTICLES: i64 = 5_000;
/// So many of the names that are met most often are weighed.
const MOST_COMPANIONS: usize = 3_000;

/// Somebody or something that an entity is mentioned with.
struct Companion {
    score: f64,
    counts: Counts,
    kind: String,
    name: String,
    id: i64,
}

impl Reader<'_> {
    /// The names that stand in the articles of an entity, by log-likelihood; a name met once is chance unless all are.
    pub(super) fn company(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let (n_own, mut met) = self.met(id, scope)?;
        if met.iter().any(|(_, n)| *n > 1) {
            met.retain(|(_, n)| *n > 1);
        }
        met.sort_unstable_by_key(|(entity, n)| (std::cmp::Reverse(*n), *entity));
        met.truncate(MOST_COMPANIONS);
        let all = self.n_articles_in(&Scope {
            source: None,
            ..scope.clone()
        })?;
        let mut weighed = Vec::new();
        let mut select = self
            .connection
            .prepare_cached("select kind, name, n_articles from entities where id = ?1")?;
        for (other, n) in met {
            let (kind, name, mut n_other): (String, String, i64) =
                select.query_row([other], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if scope.kind.is_some_and(|wanted| wanted.as_str() != kind) {
                continue;
            }
            if !scope.is_open() {
                (n_other, _) = self.days_sum(other, scope)?;
            }
            let counts = Counts {
                both: n as f64,
                one: n_own as f64,
                other: n_other.max(n) as f64,
                all: all as f64,
            };
            weighed.push(Companion {
                score: counts.log_likelihood(),
                counts,
                kind,
                name,
                id: other,
            });
        }
        weighed.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.name.cmp(&b.name))
        });
        weighed.truncate(scope.limit);
        Ok(company_section(weighed, id, n_own))
    }

    /// How many of an entity's articles were looked at, and in how many of them each other entity stands.
    fn met(self, id: i64, scope: &Scope) -> Result<(i64, Vec<(i64, i64)>), StoreError> {
        let mut presence = Presence::default();
        let sql = "
            select own.id, mentions.entity_id
            from ({latest}) as own
            cross join mentions on mentions.article_id = own.id";
        self.for_each(
            &self.with_latest(sql, id)?,
            scope,
            &[(":id", &id), (":most", &MOST_ARTICLES)],
            |row| {
                presence.add(row.get(0)?, Some(row.get(1)?));
                Ok(())
            },
        )?;
        let mut met = presence.counts();
        met.retain(|(other, _)| *other != id);
        Ok((presence.n_articles(), met))
    }
}

fn company_section(weighed: Vec<Companion>, id: i64, n_own: i64) -> Section {
    let row = |companion: Companion| {
        vec![
            Value::Text(companion.kind),
            Value::Text(companion.name),
            Value::Integer(companion.counts.both as i64),
            Value::to_a_tenth(companion.counts.expected()),
            Value::to_a_tenth(companion.score),
            Value::Integer(companion.id),
        ]
    };
    let columns = ["kind", "name", "n_articles", "expected", "score", "id"];
    let mut section = Section::new(
        "Mentioned with",
        Records::new(&columns, weighed.into_iter().map(row).collect()),
    );
    section.sql = format!("select * from v_cooccurrence where entity_id = {id}");
    section.note = Some(if n_own >= MOST_ARTICLES {
        format!(
            "in its latest {MOST_ARTICLES} articles; expected is what chance would bring, score the log-likelihood"
        )
    } else {
        "expected is what chance would bring, score the log-likelihood".to_owned()
    });
    section.backed(Evidence::With(id, "id"))
}
