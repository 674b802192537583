//! `report entities`: the names that most articles speak of, and how that went.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Named;
use crate::domain::analysis::Kind;
use crate::domain::records::{Evidence, Picture, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// From the sums of all time. Read in the order of the table: no index by kind keeps up with sums that each article raises.
const WHOLE: &str = "
    select kind, n_articles, n_mentions, id
    from entities not indexed
    where n_articles > 0 and (:kind is null or kind = :kind)";

/// From the sums by day.
const BY_DAY: &str = "
    select entities.kind, counted.n_articles, counted.n_mentions, entities.id
    from (
        select entity_id, sum(n_articles) as n_articles, sum(n_mentions) as n_mentions
        from entity_days
        where day >= :since and day < :until and day <> ''
        group by entity_id
    ) as counted
    join entities on entities.id = counted.entity_id
    where (:kind is null or kind = :kind)";

/// From the mentions in the articles of one outlet.
const OF_OUTLET: &str = "
    select entities.kind, counted.n_articles, counted.n_mentions, entities.id
    from (
        select mentions.entity_id, count(distinct mentions.article_id) as n_articles, count(*) as n_mentions
        from articles
        join mentions on mentions.article_id = articles.id
        where articles.source_id = (select id from sources where name = :source)
          and (articles.published_at >= :since and articles.published_at < :until or :open and articles.published_at is null)
        group by mentions.entity_id
    ) as counted
    join entities on entities.id = counted.entity_id
    where (:kind is null or kind = :kind)";

/// Bars of a trend: as many as a table has room for.
const N_BARS: usize = 12;

/// An entity as it is ranked: articles, mentions, row.
type Counted = (i64, i64, i64);

impl Reader<'_> {
    /// The names of the scope that most articles speak of, kind by kind.
    pub fn top_entities(self, kinds: &[Kind], scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let sql = if scope.source.is_some() {
            OF_OUTLET
        } else if scope.is_open() {
            WHOLE
        } else {
            BY_DAY
        };
        let ranking = Scope {
            kind: (kinds.len() == 1).then(|| kinds[0]),
            ..scope.clone()
        };
        let mut ranked: HashMap<Kind, Vec<Counted>> = HashMap::new();
        self.for_each(sql, &ranking, &[], |row| {
            let kind = Kind::from_word(row.get_ref(0)?.as_str()?).unwrap_or(Kind::Other);
            let best = ranked.entry(kind).or_default();
            best.push((row.get(1)?, row.get(2)?, row.get(3)?));
            // One more than is shown for every name that equals the last, and room so that sorting is seldom.
            if best.len() > 4 * scope.limit + 1_000 {
                best.sort_unstable_by_key(|counted| Reverse(*counted));
                best.truncate(2 * scope.limit + 500);
            }
            Ok(())
        })?;
        kinds
            .iter()
            .map(|kind| {
                self.top(
                    *kind,
                    ranked.remove(kind).unwrap_or_default(),
                    &ranking,
                    sql,
                )
            })
            .collect()
    }

    fn top(
        self,
        kind: Kind,
        ranked: Vec<Counted>,
        scope: &Scope,
        sql: &str,
    ) -> Result<Section, StoreError> {
        let mut name_of = self
            .connection
            .prepare_cached("select name from entities where id = ?1")?;
        let mut named = Vec::with_capacity(ranked.len());
        for counted in most(ranked, scope.limit) {
            let name: String = name_of.query_row([counted.2], |row| row.get(0))?;
            named.push((Reverse((counted.0, counted.1)), name, counted.2));
        }
        named.sort();
        named.truncate(scope.limit);
        let mut rows = Vec::new();
        for (Reverse((n_articles, n_mentions)), name, id) in named {
            let (first, last) = self.seen(id, scope)?;
            let day = |day: Option<String>| day.map_or(Value::Null, Value::Text);
            rows.push(vec![
                Value::Text(kind.as_str().to_owned()),
                Value::Text(name),
                Value::Integer(n_articles),
                Value::Integer(n_mentions),
                day(first),
                day(last),
                Value::Text(trend(&self.months(id, scope)?)),
                Value::Integer(id),
            ]);
        }
        let columns = [
            "kind",
            "name",
            "n_articles",
            "n_mentions",
            "first_seen",
            "last_seen",
            "trend",
            "id",
        ];
        let mut section = Section::new(
            &format!("Top {}", plural(kind)),
            Records::new(&columns, rows),
        );
        let of_kind = Scope {
            kind: Some(kind),
            ..scope.clone()
        };
        section.sql = format!(
            "{} order by n_articles desc, n_mentions desc limit {}",
            self.expanded(sql, &of_kind)?,
            scope.limit
        );
        let bars = Picture::Bars {
            label: "name",
            value: "n_articles",
        };
        Ok(section
            .drawn(bars)
            .backed(Evidence::Entity("id"))
            .without(&["kind"]))
    }

    /// In how many articles of each month an entity stands; where only the year is known, of that year.
    pub(super) fn months(
        self,
        id: i64,
        scope: &Scope,
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let sql = if scope.source.is_some() {
            "select substr(published_at, 1, 7), count(*)
             from articles
             where id in (select article_id from mentions where entity_id = :id)
               and source_id = (select id from sources where name = :source)
               and published_at >= :since and published_at < :until
             group by 1"
        } else {
            "select substr(day, 1, 7), sum(n_articles)
             from entity_days
             where entity_id = :id and day >= :since and day < :until and day <> ''
             group by 1"
        };
        let mut months = BTreeMap::new();
        self.for_each(sql, scope, &[(":id", &id)], |row| {
            months.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
        Ok(months)
    }

    /// The first and the last day on which an entity stands in an article.
    pub(super) fn seen(
        self,
        id: i64,
        scope: &Scope,
    ) -> Result<(Option<String>, Option<String>), StoreError> {
        let sql = if scope.source.is_some() {
            "select min(substr(published_at, 1, 10)), max(substr(published_at, 1, 10))
             from articles
             where id in (select article_id from mentions where entity_id = :id)
               and source_id = (select id from sources where name = :source)
               and published_at >= :since and published_at < :until"
        } else {
            // Two seeks; both in one select would read all days.
            "select (select min(day) from entity_days where entity_id = :id and day >= :since and day < :until and day <> ''),
                    (select max(day) from entity_days where entity_id = :id and day >= :since and day < :until and day <> '')"
        };
        let mut seen = (None, None);
        let parameters: [Named<'_>; 1] = [(":id", &id)];
        self.for_each(sql, scope, &parameters, |row| {
            seen = (row.get(0)?, row.get(1)?);
            Ok(())
        })?;
        Ok(seen)
    }
}

/// As many as are asked for, and all that equal the last of them, so that names decide between equals.
fn most(mut ranked: Vec<Counted>, limit: usize) -> Vec<Counted> {
    ranked.sort_unstable_by_key(|counted| Reverse(*counted));
    if let Some(last) = limit
        .checked_sub(1)
        .and_then(|last| ranked.get(last).copied())
    {
        let equals = |counted: &Counted| (counted.0, counted.1) >= (last.0, last.1);
        let n = ranked.iter().take_while(|counted| equals(counted)).count();
        ranked.truncate(n.min(limit + 500));
    }
    ranked
}

/// A line of small bars over the time between the first and the last month.
fn trend(months: &BTreeMap<String, i64>) -> String {
    let number = |month: &str| {
        let year: usize = month.get(..4)?.parse().ok()?;
        let month: usize = month.get(5..7).map_or(Ok(1), str::parse).ok()?;
        Some(year * 12 + month)
    };
    let counts: Vec<(usize, i64)> = months
        .iter()
        .filter_map(|(month, n)| Some((number(month)?, *n)))
        .collect();
    let (Some((first, _)), Some((last, _))) = (counts.first(), counts.last()) else {
        return String::new();
    };
    let n_months = last - first + 1;
    let n_bars = n_months.min(N_BARS);
    let mut bars = vec![0_i64; n_bars];
    for (month, n) in &counts {
        bars[(month - first) * n_bars / n_months] += n;
    }
    let highest = bars.iter().copied().max().unwrap_or(1).max(1);
    let bar = |n: &i64| match n {
        0 => ' ',
        n => ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][((n * 8 - 1) / highest).clamp(0, 7) as usize],
    };
    bars.iter().map(bar).collect()
}

pub(super) fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "people",
        Kind::Organization => "organizations",
        Kind::Location => "locations",
        Kind::Facility => "facilities",
        Kind::Group => "groups",
        Kind::Event => "events",
        Kind::Law => "laws",
        Kind::Work => "works",
        Kind::Product => "products",
        Kind::Other => "others",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_has_a_bar_for_each_month_until_there_is_no_room() {
        let months = |counts: &[(&str, i64)]| {
            trend(
                &counts
                    .iter()
                    .map(|(month, n)| ((*month).to_owned(), *n))
                    .collect(),
            )
        };
        assert_eq!(months(&[]), "");
        assert_eq!(months(&[("2016-01", 3)]), "█");
        assert_eq!(months(&[("2015-12", 1), ("2016-02", 8)]), "▁ █");
        assert_eq!(months(&[("2015", 1)]), "█");
        assert_eq!(
            months(&[("2000-01", 1), ("2015-12", 1)]).chars().count(),
            N_BARS
        );
    }
}
