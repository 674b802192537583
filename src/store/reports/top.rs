//! `report entities`: the names that most articles speak of, and how that went.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Named;
use super::latest::ALL;
use super::ranking::{Counted, Days, Ranking};
use crate::domain::analysis::Kind;
use crate::domain::records::{Evidence, Picture, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// Bars of a trend: as many as a table has room for.
const N_BARS: usize = 12;

const COLUMNS: [&str; 8] = [
    "kind",
    "name",
    "n_articles",
    "n_mentions",
    "first_seen",
    "last_seen",
    "trend",
    "id",
];

impl Reader<'_> {
    /// The names of the scope that most articles speak of, kind by kind.
    pub fn top_entities(self, kinds: &[Kind], scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let mut ranking = self.ranked(kinds, scope)?;
        kinds
            .iter()
            .map(|kind| {
                let best = ranking.best.remove(kind).unwrap_or_default();
                self.top(*kind, best, &ranking, scope)
            })
            .collect()
    }

    fn top(
        self,
        kind: Kind,
        best: Vec<Counted>,
        ranking: &Ranking,
        scope: &Scope,
    ) -> Result<Section, StoreError> {
        let mut name_of = self
            .connection
            .prepare_cached("select name from entities where id = ?1")?;
        let mut named = Vec::with_capacity(best.len());
        for counted in most(best, scope.limit) {
            let name: String = name_of.query_row([counted.id], |row| row.get(0))?;
            let rank = Reverse((counted.n_articles, counted.n_mentions));
            named.push((rank, name, counted.id));
        }
        named.sort();
        named.truncate(scope.limit);
        let mut rows = Vec::new();
        for (Reverse((n_articles, n_mentions)), name, id) in named {
            let Days {
                first,
                last,
                months,
            } = match &ranking.census {
                Some(census) => census.days_of(id),
                None => self.days_of(id, scope)?,
            };
            let day = |day: Option<String>| day.map_or(Value::Null, Value::Text);
            rows.push(vec![
                Value::Text(kind.as_str().to_owned()),
                Value::Text(name),
                Value::Integer(n_articles),
                Value::Integer(n_mentions),
                day(first),
                day(last),
                Value::Text(trend(&months)),
                Value::Integer(id),
            ]);
        }
        let title = format!("Top {}", plural(kind));
        let mut section = Section::new(&title, Records::new(&COLUMNS, rows));
        let of_kind = Scope {
            kind: Some(kind),
            ..scope.clone()
        };
        section.sql = format!(
            "{} order by n_articles desc, n_mentions desc limit {}",
            self.expanded(ranking.sql, &of_kind)?,
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

    /// When an entity stood in articles of a scope that is no outlet.
    fn days_of(self, id: i64, scope: &Scope) -> Result<Days, StoreError> {
        let mut days = Days {
            months: self.months(id, scope)?,
            ..Days::default()
        };
        // Two seeks; both in one select would read all days.
        self.for_each(
            "select (select min(day) from entity_days where entity_id = :id and {days}),
                    (select max(day) from entity_days where entity_id = :id and {days})",
            scope,
            &[(":id", &id)],
            |row| {
                (days.first, days.last) = (row.get(0)?, row.get(1)?);
                Ok(())
            },
        )?;
        Ok(days)
    }

    /// In how many articles of each month an entity stands; where only the year is known, of that year.
    pub(super) fn months(
        self,
        id: i64,
        scope: &Scope,
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let by_day = "
            select substr(day, 1, 7), sum(n_articles)
            from entity_days
            where entity_id = :id and {days}
            group by 1";
        let by_article = "
            select substr(published_at, 1, 7), count(*)
            from ({latest}) as own
            join articles on articles.id = own.id
            where published_at is not null
            group by 1";
        let sql = match scope.source {
            None => by_day.to_owned(),
            Some(_) => self.with_latest(by_article, id)?,
        };
        let mut months = BTreeMap::new();
        let values: [Named<'_>; 2] = [(":id", &id), (":most", &ALL)];
        self.for_each(&sql, scope, &values, |row| {
            months.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
        Ok(months)
    }
}

/// As many as are asked for, and all that equal the last of them, so that names decide between equals.
fn most(mut ranked: Vec<Counted>, limit: usize) -> Vec<Counted> {
    ranked.sort_unstable_by_key(|counted| Reverse(*counted));
    if let Some(last) = limit
        .checked_sub(1)
        .and_then(|last| ranked.get(last).copied())
    {
        let rank = |counted: &Counted| (counted.n_articles, counted.n_mentions);
        let equals = |counted: &Counted| rank(counted) >= rank(&last);
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
    // A year is no month, unless nothing more is known of any.
    let has_months = months.keys().any(|time| time.len() > 4);
    let counts: Vec<(usize, i64)> = months
        .iter()
        .filter(|(time, _)| time.len() > 4 || !has_months)
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
        assert_eq!(months(&[("2015", 9), ("2015-02", 1)]), "█");
        assert_eq!(
            months(&[("2000-01", 1), ("2015-12", 1)]).chars().count(),
            N_BARS
        );
    }
}
