//! What a report is asked about: a period, an outlet, a kind of name, and how many rows.

use chrono::{Datelike, NaiveDate};

use super::analysis::Kind;

/// The part of the archive that a report speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Published on or after: `2016`, `2016-01`, `2016-01-05`.
    pub since: Option<String>,
    /// Published on or before, the whole of that year, month or day included.
    pub until: Option<String>,
    /// Only this outlet.
    pub source: Option<String>,
    /// Only names of this kind.
    pub kind: Option<Kind>,
    /// At most so many rows in a section.
    pub limit: usize,
}

impl Scope {
    /// The lower bound of `published_at` as text; the empty text where there is none.
    #[must_use]
    pub fn lower(&self) -> &str {
        self.since.as_deref().map_or("", first_of)
    }

    /// The upper bound of `published_at`, itself excluded, that holds all of the last year, month or day.
    #[must_use]
    pub fn upper(&self) -> String {
        format!("{}~", self.until.as_deref().map_or("", last_of))
    }

    /// Whether articles without a date belong to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether it is all of the archive.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_open() && self.source.is_none()
    }
}

/// A time that begins when this year, month or day does, named by as little as can be: `1987` for `1987-01-01`. As text it is not
/// above any time that begins then or later, however precise, nor below one that begins earlier.
#[must_use]
pub fn first_of(time: &str) -> &str {
    match time.strip_suffix("-01") {
        Some(longer) => first_of(longer),
        None => time,
    }
}

/// A time that ends when this year, month or day does, named by as little as can be: `1987` for `1987-12-31`.
#[must_use]
pub fn last_of(time: &str) -> &str {
    let is_last_day = |day: NaiveDate| day.succ_opt().is_none_or(|next| next.day() == 1);
    let month = match NaiveDate::parse_from_str(time, "%Y-%m-%d") {
        Ok(day) if is_last_day(day) => &time[..time.len() - 3],
        _ => time,
    };
    match month.strip_suffix("-12") {
        Some(year) if year.len() == 4 => year,
        _ => month,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_named_by_as_little_as_can_be() {
        for (time, first, last) in [
            ("1987", "1987", "1987"),
            ("1987-01", "1987", "1987-01"),
            ("1987-01-01", "1987", "1987-01-01"),
            ("1987-03-01", "1987-03", "1987-03-01"),
            ("1987-12", "1987-12", "1987"),
            ("1987-12-31", "1987-12-31", "1987"),
            ("1987-02-28", "1987-02-28", "1987-02"),
            ("1988-02-28", "1988-02-28", "1988-02-28"),
        ] {
            assert_eq!((first_of(time), last_of(time)), (first, last), "{time}");
        }
    }
}
