//! The names that most articles of a scope speak of. Three ways lead there: the sums of all time, the sums by day, and counting
//! the mentions of the scope itself, which is the quicker where it is small and the only one where it is an outlet.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use super::presence::Presence;
use crate::domain::analysis::Kind;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// Read in the order of the table: no index by kind keeps up with sums that each article raises.
const WHOLE: &str = "
    select kind, n_articles, n_mentions, id
    from entities not indexed
    where n_articles > 0 and (:kind is null or kind = :kind)";

/// What [`Reader::ranked_by_days`] comes to.
const BY_DAY: &str = "
    select entities.kind, counted.n_articles, counted.n_mentions, entities.id
    from (
        select entity_id, sum(n_articles) as n_articles, sum(n_mentions) as n_mentions
        from entity_days
        where {days}
        group by entity_id
    ) as counted
    join entities on entities.id = counted.entity_id
    where (:kind is null or kind = :kind)";

/// What [`Reader::census`] comes to.
const BY_MENTION: &str = "
    select entities.kind, counted.n_articles, counted.n_mentions, entities.id
    from (
        select mentions.entity_id, count(distinct mentions.article_id) as n_articles, count(*) as n_mentions
        from articles
        cross join mentions on mentions.article_id = articles.id
        where {scope}
        group by mentions.entity_id
    ) as counted
    join entities on entities.id = counted.entity_id
    where (:kind is null or kind = :kind)";

/// Up to so many articles of a scope, their mentions are counted.
const FEW: i64 = 12_000;

/// An entity as it is ranked, the lesser before the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counted {
    pub(super) n_articles: i64,
    pub(super) n_mentions: i64,
    pub(super) id: i64,
}

/// The best of each kind, not yet cut to the limit.
#[derive(Debug)]
pub(super) struct Ranking {
    pub(super) best: HashMap<Kind, Vec<Counted>>,
    /// Where the mentions of the scope were counted.
    pub(super) census: Option<Census>,
    /// A statement that says the same.
    pub(super) sql: &'static str,
}

/// When an entity stood in articles.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    /// The number of articles by month; where only the year is known, of that year.
    pub(super) months: BTreeMap<String, i64>,
}

/// All mentions of the articles of a scope.
#[derive(Debug, Default)]
pub(super) struct Census {
    presence: Presence,
    /// The day of each article, where it has one.
    days: Vec<Option<String>>,
    /// The entity and the article, as a place in `days`, of each mention.
    mentions: Vec<(i64, usize)>,
}

impl Census {
    pub(super) fn days_of(&self, entity: i64) -> Days {
        let mut found = Days::default();
        let mut last = None;
        let own = self.mentions.iter().filter(|(id, _)| *id == entity);
        for (_, article) in own {
            let is_again = last.replace(article) == Some(article);
            let Some(day) = self.days[*article].as_ref().filter(|_| !is_again) else {
                continue;
            };
            let month = day.get(..7).unwrap_or(day).to_owned();
            *found.months.entry(month).or_default() += 1;
            if found.first.as_ref().is_none_or(|first| day < first) {
                found.first = Some(day.clone());
            }
            if found.last.as_ref().is_none_or(|last| day > last) {
                found.last = Some(day.clone());
            }
        }
        found
    }
}

impl Reader<'_> {
    pub(super) fn ranked(self, kinds: &[Kind], scope: &Scope) -> Result<Ranking, StoreError> {
        if scope.is_whole() {
            return self.ranked_by_sums(kinds, scope);
        }
        if scope.source.is_none() && self.n_articles_in(scope)? > FEW {
            self.ranked_by_days(kinds, scope)
        } else {
            self.ranked_by_mentions(kinds, scope)
        }
    }

    fn ranked_by_sums(self, kinds: &[Kind], scope: &Scope) -> Result<Ranking, StoreError> {
        let mut best: HashMap<Kind, Vec<Counted>> = HashMap::new();
        self.for_each_sum(kinds, |kind, counted| {
            let best = best.entry(kind).or_default();
            best.push(counted);
            // One more than is shown for every name that equals the last, and room so that sorting is seldom.
            if best.len() > 4 * scope.limit + 1_000 {
                best.sort_unstable_by_key(|counted| Reverse(*counted));
                best.truncate(2 * scope.limit + 500);
            }
        })?;
        Ok(Ranking {
            best,
            census: None,
            sql: WHOLE,
        })
    }

    /// No entity stands in more articles of a period than in all, so that those of the highest sums are asked for their days
    /// only until no other can come among the best (the threshold algorithm of Fagin, Lotem and Naor 2003, with one list).
    fn ranked_by_days(self, kinds: &[Kind], scope: &Scope) -> Result<Ranking, StoreError> {
        let mut candidates = Vec::new();
        self.for_each_sum(kinds, |kind, counted| candidates.push((counted, kind)))?;
        candidates.sort_unstable_by_key(|(counted, _)| Reverse(*counted));
        let mut best: HashMap<Kind, Vec<Counted>> = HashMap::new();
        let mut highest: HashMap<Kind, BinaryHeap<Reverse<i64>>> = HashMap::new();
        for (Counted { id, n_articles, .. }, kind) in candidates {
            let highest = highest.entry(kind).or_default();
            let is_full = highest.len() == scope.limit;
            if is_full && highest.peek().is_none_or(|lowest| n_articles < lowest.0) {
                continue;
            }
            let (n_articles, n_mentions) = self.days_sum(id, scope)?;
            if n_articles > 0 {
                best.entry(kind).or_default().push(Counted {
                    n_articles,
                    n_mentions,
                    id,
                });
                highest.push(Reverse(n_articles));
                if is_full {
                    highest.pop();
                }
            }
        }
        Ok(Ranking {
            best,
            census: None,
            sql: BY_DAY,
        })
    }

    fn ranked_by_mentions(self, kinds: &[Kind], scope: &Scope) -> Result<Ranking, StoreError> {
        let census = self.census(scope)?;
        let mut of_kind = self
            .connection
            .prepare_cached("select id from entities where kind = ?1")?;
        let mut best: HashMap<Kind, Vec<Counted>> = HashMap::new();
        for kind in kinds {
            let mut ids = of_kind.query([kind.as_str()])?;
            let best = best.entry(*kind).or_default();
            while let Some(row) = ids.next()? {
                let id = row.get(0)?;
                let seen = census.presence.of(id);
                if seen.n_articles > 0 {
                    best.push(Counted {
                        n_articles: seen.n_articles,
                        n_mentions: seen.n_mentions,
                        id,
                    });
                }
            }
        }
        Ok(Ranking {
            best,
            census: Some(census),
            sql: BY_MENTION,
        })
    }

    fn census(self, scope: &Scope) -> Result<Census, StoreError> {
        let mut named = self
            .connection
            .prepare_cached("select entity_id from mentions where article_id = ?1")?;
        let mut census = Census::default();
        let sql = "select articles.id, articles.published_at from articles where {scope}";
        self.for_each(sql, scope, &[], |row| {
            let (article, day): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
            let cut = |day: String| day.get(..10).map(str::to_owned).unwrap_or(day);
            census.days.push(day.map(cut));
            let mut entities = named.query([article])?;
            while let Some(row) = entities.next()? {
                let entity = row.get(0)?;
                census.presence.add(article, Some(entity));
                census.mentions.push((entity, census.days.len() - 1));
            }
            Ok(())
        })?;
        Ok(census)
    }

    /// The sums of all time of each entity of these kinds.
    fn for_each_sum(
        self,
        kinds: &[Kind],
        mut each: impl FnMut(Kind, Counted),
    ) -> Result<(), StoreError> {
        let of_one_kind = Scope {
            kind: (kinds.len() == 1).then(|| kinds[0]),
            ..Scope::default()
        };
        self.for_each(WHOLE, &of_one_kind, &[], |row| {
            let kind = Kind::from_word(row.get_ref(0)?.as_str()?).unwrap_or(Kind::Other);
            if kinds.contains(&kind) {
                each(
                    kind,
                    Counted {
                        n_articles: row.get(1)?,
                        n_mentions: row.get(2)?,
                        id: row.get(3)?,
                    },
                );
            }
            Ok(())
        })
    }
}
