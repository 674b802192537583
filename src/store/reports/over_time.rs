//! Articles over time: by month, or by year where months are more than can be looked at.

use crate::domain::records::{Picture, Records, Section, Value};

const MOST_MONTHS: usize = 36;

/// How a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    title: &'static str,
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

/// Months in their order with their articles, as bars.
pub(super) fn over_time(months: &[(String, i64)]) -> (Step, Section) {
    let step = if months.len() > MOST_MONTHS {
        YEAR
    } else {
        MONTH
    };
    let mut steps: Vec<(String, i64)> = Vec::new();
    for (month, n) in months {
        let label: String = month.chars().take(step.width).collect();
        match steps.last_mut() {
            Some((last, sum)) if *last == label => *sum += n,
            _ => steps.push((label, *n)),
        }
    }
    let row = |(label, n)| vec![Value::Text(label), Value::Integer(n)];
    let rows = steps.into_iter().map(row).collect();
    let section = Section::new(step.title, Records::new(&[step.label, "n_articles"], rows));
    let bars = Picture::Bars {
        label: step.label,
        value: "n_articles",
    };
    (step, section.drawn(bars))
}
