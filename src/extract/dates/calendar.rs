//! Reckoning with days, months and years.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Reading;
use crate::domain::analysis::DateType;
use crate::domain::article::Precision;

pub(super) fn day(date: NaiveDate) -> Reading {
    of(date.format("%Y-%m-%d").to_string(), Precision::Day)
}

pub(super) fn month(date: NaiveDate) -> Reading {
    of(date.format("%Y-%m").to_string(), Precision::Month)
}

pub(super) fn year(year: i32) -> Reading {
    of(format!("{year:04}"), Precision::Year)
}

pub(super) fn days(from: NaiveDate, to: NaiveDate) -> Reading {
    of(
        format!("{}/{}", from.format("%Y-%m-%d"), to.format("%Y-%m-%d")),
        Precision::Day,
    )
}

pub(super) fn months(from: NaiveDate, n_months: u32) -> Option<Reading> {
    let to = from.checked_add_months(Months::new(n_months.checked_sub(1)?))?;
    Some(of(
        format!("{}/{}", from.format("%Y-%m"), to.format("%Y-%m")),
        Precision::Month,
    ))
}

pub(super) fn years(from: i32, to: i32) -> Reading {
    of(format!("{from:04}/{to:04}"), Precision::Year)
}

/// A duration or a repetition; none where its length cannot be told.
pub(super) fn length(value: Option<String>, date_type: DateType) -> Reading {
    Reading {
        value,
        precision: None,
        date_type: Some(date_type),
    }
}

fn of(value: String, precision: Precision) -> Reading {
    Reading {
        value: Some(value),
        precision: Some(precision),
        date_type: None,
    }
}

/// An expression that is one, but whose value cannot be told.
pub(super) fn untold() -> Reading {
    Reading::default()
}

/// The year in which "March 31" lies nearest to the day of publication.
pub(super) fn nearest_day(month: u32, day: u32, reference: NaiveDate) -> Option<NaiveDate> {
    (reference.year() - 1..=reference.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - reference).num_days().abs())
}

/// The first of the nearest month of that number; of the last (-1) or next (1) one.
pub(super) fn nearest_month(month: u32, step: i32, reference: NaiveDate) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(reference.year(), month, 1)?;
    let shift = match step {
        -1 if month >= reference.month() => -1,
        1 if month <= reference.month() => 1,
        0 => match month as i32 - reference.month() as i32 {
            7.. => -1,
            ..=-7 => 1,
            _ => 0,
        },
        _ => 0,
    };
    this.with_year(reference.year() + shift)
}

/// News tells what happened: "Monday" is the last one, the day of publication included, unless the words look ahead.
pub(super) fn weekday(
    name: &str,
    step: i32,
    is_ahead: bool,
    reference: NaiveDate,
) -> Option<NaiveDate> {
    let wanted: Weekday = name.parse().ok()?;
    let back = (7 + reference.weekday().num_days_from_monday() - wanted.num_days_from_monday()) % 7;
    let last = reference.checked_sub_days(Days::new(u64::from(back)))?;
    match step {
        -1 if back == 0 => last.checked_sub_days(Days::new(7)),
        -1 => Some(last),
        1 => last.checked_add_days(Days::new(7)),
        _ if is_ahead && back > 0 => last.checked_add_days(Days::new(7)),
        _ => Some(last),
    }
}

/// The weekday of a month by its number, counted from 0, or its last; `first` is the month's first day.
pub(super) fn nth_weekday(first: NaiveDate, name: &str, n: Option<u32>) -> Option<NaiveDate> {
    let wanted: Weekday = name.parse().ok()?;
    let on = (7 + wanted.num_days_from_monday() - first.weekday().num_days_from_monday()) % 7;
    let weeks = |n: u32| shifted(first, i64::from(on + 7 * n));
    let is_of_month = |date: &NaiveDate| date.month() == first.month();
    match n {
        Some(n) => weeks(n).filter(is_of_month),
        None => weeks(4).filter(is_of_month).or_else(|| weeks(3)),
    }
}

/// The Monday of the week that lies so many weeks off.
pub(super) fn monday(step: i32, reference: NaiveDate) -> Option<NaiveDate> {
    let back = u64::from(reference.weekday().num_days_from_monday());
    shifted(
        reference.checked_sub_days(Days::new(back))?,
        7 * i64::from(step),
    )
}

pub(super) fn shifted(date: NaiveDate, n_days: i64) -> Option<NaiveDate> {
    date.checked_add_signed(chrono::TimeDelta::try_days(n_days)?)
}

pub(super) fn first_of_month(step: i32, reference: NaiveDate) -> Option<NaiveDate> {
    let first = reference.with_day(1)?;
    let n = Months::new(step.unsigned_abs());
    if step < 0 {
        first.checked_sub_months(n)
    } else {
        first.checked_add_months(n)
    }
}

pub(super) fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let head = name.get(..3)?.to_lowercase();
    MONTHS
        .iter()
        .position(|month| *month == head)
        .map(|n| n as u32 + 1)
}

/// A number in digits or words up to twenty; "a" is one.
pub(super) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let word = word.to_lowercase();
    match word.as_str() {
        "a" | "an" => Some(1),
        _ => word.parse().ok().or_else(|| {
            WORDS
                .iter()
                .position(|known| *known == word)
                .map(|n| n as u32)
        }),
    }
}
