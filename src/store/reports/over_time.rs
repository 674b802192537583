//! Articles over time: by month, or by year if months are more than can be looked at.

use std::collections::BTreeMap;

use crate::domain::records::{Picture, Records, Section, Value};

/// More months than this are too many bars.
const MOST_BARS: usize = 36;

/// Between years further apart the empty ones are not shown.
const MOST_YEARS: usize = 150;

/// How a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) title: &'static str,
    /// The column of the months or years.
    pub(super) label: &'static str,
    /// So much of a date tells one.
    pub(super) width: usize,
}

const MONTH: Step = Step {
    title: "Months",
    label: "month",
    width: 7,
};

const YEAR: Step = Step {
    title: "Years",
    label: "year",
    width: 4,
};

/// Counts by month, and by year for what is dated by its year alone.
pub(super) struct OverTime<T> {
    pub(super) step: Step,
    /// The months or years in their order, those without a count between them included.
    pub(super) steps: Vec<(String, T)>,
    /// What is counted in no month, since only its year is known; nothing of it is left out by year.
    pub(super) n_by_year_alone: i64,
}

impl<T: Clone + Default> OverTime<T> {
    /// From the counts of months (`1987-03`) and years (`1987`), by month if at most `most_months` are to be shown; `size` is how
    /// many articles a count stands for.
    pub(super) fn of(
        counts: impl IntoIterator<Item = (String, T)>,
        most_months: usize,
        add: impl Fn(&mut T, T),
        size: impl Fn(&T) -> i64,
    ) -> Self {
        let (months, years): (Vec<_>, Vec<_>) = counts
            .into_iter()
            .partition(|(time, _)| time.len() >= MONTH.width);
        let n_months = span(months.iter().map(|(month, _)| month.as_str()));
        let is_by_month = (1..=most_months).contains(&n_months);
        let step = if is_by_month { MONTH } else { YEAR };
        let n_by_year_alone = if is_by_month {
            years.iter().map(|(_, count)| size(count)).sum()
        } else {
            0
        };
        let years = years.into_iter().filter(|_| !is_by_month);
        let mut steps: BTreeMap<String, T> = BTreeMap::new();
        for (time, count) in months.into_iter().chain(years) {
            let label: String = time.chars().take(step.width).collect();
            add(steps.entry(label).or_default(), count);
        }
        for label in between(&steps, step) {
            steps.entry(label).or_default();
        }
        Self {
            step,
            steps: steps.into_iter().collect(),
            n_by_year_alone,
        }
    }

    /// What is to be said of articles that no month counts.
    pub(super) fn note(&self) -> Option<String> {
        let n = self.n_by_year_alone;
        (n > 0).then(|| format!("{n} more are dated by their year alone"))
    }
}

/// The number of a month, counted from the year 0.
fn number(month: &str) -> Option<usize> {
    let year: usize = month.get(..4)?.parse().ok()?;
    let month: usize = month.get(5..7)?.parse().ok()?;
    Some(year * 12 + month.checked_sub(1)?)
}

/// How many months lie between the first and the last, both included.
fn span<'a>(months: impl Iterator<Item = &'a str> + Clone) -> usize {
    let numbers = months.filter_map(number);
    match (numbers.clone().min(), numbers.max()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    }
}

fn between<T>(steps: &BTreeMap<String, T>, step: Step) -> Vec<String> {
    let ends = steps.keys().next().zip(steps.keys().next_back());
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    if step == MONTH {
        let bounds = number(first).zip(number(last));
        let month = |n: usize| format!("{:04}-{:02}", n / 12, n % 12 + 1);
        return bounds.map_or(Vec::new(), |(first, last)| {
            (first..=last).map(month).collect()
        });
    }
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if last - first <= MOST_YEARS => {
            (first..=last).map(|year| format!("{year:04}")).collect()
        }
        _ => Vec::new(),
    }
}

/// Months in their order with their articles, as bars.
pub(super) fn over_time(months: &[(String, i64)]) -> (Step, Section) {
    let times = OverTime::of(months.to_vec(), MOST_BARS, |sum, n| *sum += n, |n| *n);
    let (step, note) = (times.step, times.note());
    let row = |(label, n)| vec![Value::Text(label), Value::Integer(n)];
    let rows = times.steps.into_iter().map(row).collect();
    let mut section = Section::new(step.title, Records::new(&[step.label, "n_articles"], rows));
    section.note = note;
    let bars = Picture::Bars {
        label: step.label,
        value: "n_articles",
    };
    (step, section.drawn(bars))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counts: &[(&str, i64)]) -> String {
        let counts = counts.iter().map(|(time, n)| ((*time).to_owned(), *n));
        let times = OverTime::of(counts, MOST_BARS, |sum, n| *sum += n, |n| *n);
        let steps = times.steps.iter().map(|(time, n)| format!("{time}:{n}"));
        let steps = steps.collect::<Vec<_>>().join(" ");
        format!("{steps} +{}", times.n_by_year_alone)
    }

    #[test]
    fn months_without_articles_are_shown_and_years_are_no_months() {
        assert_eq!(told(&[]), " +0");
        assert_eq!(
            told(&[("1987", 5), ("1987-11", 2), ("1988-01", 1)]),
            "1987-11:2 1987-12:0 1988-01:1 +5"
        );
        assert_eq!(told(&[("1987", 5), ("1989", 1)]), "1987:5 1988:0 1989:1 +0");
        assert_eq!(
            told(&[("1987-03", 2), ("1991", 3), ("1991-04", 1)]),
            "1987:2 1988:0 1989:0 1990:0 1991:4 +0"
        );
    }
}
