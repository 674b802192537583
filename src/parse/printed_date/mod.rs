//! Dates of publication, for every format: as machines write them and as people print them, in many languages, orders and digits.
//!
//! The day is the one on the outlet's own calendar. What cannot be known is left out: of `03/04/2016`, whose order nothing tells,
//! and of 30 February, the year or month is kept; a zone that does not exist, or that means several, is not applied.

mod address;
mod clock;
mod line;
mod machine;
mod months;
mod order;
mod printed;
#[cfg(test)]
mod tests;
mod token;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Timelike, Utc};

pub(super) use address::in_address;
pub(super) use line::{is_label, is_only_date, is_only_day_of_year, is_only_time};
pub(super) use order::{Counts, Order};

use crate::domain::article::{Article, Precision, Published, PublishedOrigin};

/// The first newspaper is of 1605.
const FIRST_YEAR: i32 = 1605;
const LAST_YEAR: i32 = 2100;

/// A printed date stands within so many bytes of its field's beginning; what is longer is prose.
const MAX_BYTES: usize = 400;

/// A date that a document states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    /// The day in the calendar that it was written in; the first of a month or year of which no more is known.
    pub(super) day: NaiveDate,
    pub(super) precision: Precision,
    /// The instant, if time and zone are stated.
    pub(super) instant: Option<DateTime<Utc>>,
    /// The hour, if it was written in UTC, which is nobody's calendar, or in no stated zone.
    pub(super) utc_hour: Option<u32>,
}

/// Reads a date written for machines, else the first in print.
pub(super) fn read(text: &str, order: Order) -> Option<Stated> {
    let stated = machine::read(text)
        .or_else(|| printed::first(head(text), order))
        .or_else(|| printed::digits(head(text)))?;
    (!is_zero(&stated, text)).then_some(stated)
}

/// Whether a date is the zero of a program's clock, which stands for none.
fn is_zero(stated: &Stated, text: &str) -> bool {
    NaiveDate::from_ymd_opt(1970, 1, 1) == Some(stated.day)
        && (text.contains("1970-01-01") || text.contains("00:00"))
}

/// The first whole day in print.
pub(super) fn day_in(text: &str, order: Order) -> Option<Stated> {
    printed::first(head(text), order).filter(|stated| stated.precision >= Precision::Day)
}

/// Whether a whole day is printed in `text`.
pub(super) fn has_day(text: &str) -> bool {
    day_in(text, Order::MonthFirst).is_some()
}

/// The first day in print whose year is stated elsewhere: `OSLO, April 2` in 1987.
pub(super) fn in_year(text: &str, year: i32) -> Option<Stated> {
    let (month, day) = printed::day_of_year(head(text))?;
    Stated::on(NaiveDate::from_ymd_opt(year, month, day)?)
}

/// The same where the year, month or day near it is given: the one of a December may be that of the year before.
pub(super) fn near(text: &str, given: &Published) -> Option<Stated> {
    const MAX_DAYS: i64 = 45;
    let year: i32 = given.at.get(..4)?.parse().ok()?;
    if given.precision == Precision::Year {
        return in_year(text, year);
    }
    let known = machine::read(&given.at)?.day;
    let distance = |stated: &Stated| (stated.day - known).num_days().abs();
    (year - 1..=year + 1)
        .filter_map(|year| in_year(text, year))
        .min_by_key(distance)
        .filter(|stated| distance(stated) <= MAX_DAYS)
}

/// Reads a date and states it of an article.
pub(super) fn state(
    text: &str,
    origin: PublishedOrigin,
    article: &mut Article,
) -> Option<Published> {
    let order = Order::of_language(article.language.as_deref().unwrap_or_default());
    let (published, instant) = read(text, order)?.published(origin);
    article.other_dates.extend(instant);
    Some(published)
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// The century of a year of two digits, as RFC 2822 has it.
fn century(year: u32) -> i32 {
    year as i32 + if year < 50 { 2000 } else { 1900 }
}

impl Stated {
    fn sound(self) -> Option<Self> {
        (FIRST_YEAR..=LAST_YEAR)
            .contains(&self.day.year())
            .then_some(self)
    }

    fn known(day: NaiveDate, precision: Precision) -> Option<Self> {
        let stated = Self {
            day,
            precision,
            instant: None,
            utc_hour: None,
        };
        stated.sound()
    }

    fn year(year: i32) -> Option<Self> {
        Self::known(NaiveDate::from_ymd_opt(year, 1, 1)?, Precision::Year)
    }

    fn month(year: i32, month: u32) -> Option<Self> {
        Self::known(NaiveDate::from_ymd_opt(year, month, 1)?, Precision::Month)
    }

    fn on(day: NaiveDate) -> Option<Self> {
        Self::known(day, Precision::Day)
    }

    /// On a day, at a time by nobody knows which clock.
    fn on_unzoned(day: NaiveDate, time: NaiveTime) -> Option<Self> {
        Some(Self {
            utc_hour: Some(time.hour()),
            ..Self::on(day)?
        })
    }

    fn at(instant: DateTime<FixedOffset>) -> Option<Self> {
        let is_utc = instant.offset().local_minus_utc() == 0;
        let stated = Self {
            day: instant.date_naive(),
            precision: Precision::Second,
            instant: Some(instant.with_timezone(&Utc)),
            utc_hour: is_utc.then(|| instant.hour()),
        };
        stated.sound()
    }

    /// Whether its day is by a clock on the wall rather than by UTC.
    pub(super) fn is_zoned(&self) -> bool {
        self.instant.is_some() && self.utc_hour.is_none()
    }

    /// Whether `day` can be the outlet's own where this was written in UTC: the day before while it is early, the day after when it is late.
    pub(super) fn may_be(&self, day: NaiveDate) -> bool {
        const LAST_HOUR_OF_YESTERDAY: u32 = 11;
        let n_days = (day - self.day).num_days();
        self.utc_hour.is_some_and(|hour| {
            n_days == -1 && hour < LAST_HOUR_OF_YESTERDAY
                || n_days == 1 && hour >= LAST_HOUR_OF_YESTERDAY
        })
    }

    /// The date as an article keeps it. If the day in UTC is another, that is the day alone, and the instant comes second.
    pub(super) fn published(&self, origin: PublishedOrigin) -> (Published, Option<Published>) {
        let exact = self.instant.map(|instant| Published {
            at: instant.to_rfc3339_opts(SecondsFormat::Secs, true),
            precision: Precision::Second,
            origin,
        });
        match (self.instant, exact) {
            (Some(instant), Some(exact)) if instant.date_naive() == self.day => (exact, None),
            (_, exact) => (self.local(origin), exact),
        }
    }

    /// The outlet's own day, or the month or year of which no day is known.
    pub(super) fn local(&self, origin: PublishedOrigin) -> Published {
        let format = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day | Precision::Second => "%Y-%m-%d",
        };
        Published {
            at: self.day.format(format).to_string(),
            precision: self.precision.min(Precision::Day),
            origin,
        }
    }
}
