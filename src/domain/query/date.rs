//! Times as people type them in a search: 2005, 2005-01, 2005-01..2005-03, >2005-06.

use chrono::NaiveDate;

use super::Test;
use crate::domain::scope::{first_of, last_of};

/// Sorts after every time that begins with what stands before it.
const AFTER_ALL: char = '~';

/// What the time asks of an article, or what is wrong with it.
pub(super) fn date(value: &str) -> Result<Test, String> {
    let value = value.trim();
    let range = |from: Option<String>, before: Option<String>| Test::Date { from, before };
    let begun = |day: &str| point(day).map(|day| first_of(&day).to_owned());
    let whole = |day: &str| point(day).map(|day| format!("{}{AFTER_ALL}", last_of(&day)));
    if let Some((first, last)) = value.split_once("..") {
        let (first, last) = (first.trim(), last.trim_start_matches('.').trim());
        if first.is_empty() && last.is_empty() {
            return Err("a time needs a beginning or an end".into());
        }
        let from = (!first.is_empty()).then(|| begun(first)).transpose()?;
        let before = (!last.is_empty()).then(|| whole(last)).transpose()?;
        if let (Some(from), Some(before)) = (&from, &before)
            && from > before
        {
            return Err(format!(
                "{first} is after {last}: nothing lies between them"
            ));
        }
        return Ok(range(from, before));
    }
    for (sign, after, whole_of_it) in [
        (">=", true, false),
        ("<=", false, true),
        ("≥", true, false),
        ("≤", false, true),
        (">", true, true),
        ("<", false, false),
    ] {
        if let Some(day) = value.strip_prefix(sign) {
            let bound = if whole_of_it {
                whole(day)?
            } else {
                begun(day)?
            };
            return Ok(if after {
                range(Some(bound), None)
            } else {
                range(None, Some(bound))
            });
        }
    }
    Ok(range(Some(begun(value)?), Some(whole(value)?)))
}

/// A year, month or day as the archive writes it.
fn point(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wrong = || {
        format!(
            "{text:?} is no time; write 2005, 2005-01 or 2005-01-31, 2005-01..2005-03, >2005-06, <=2005"
        )
    };
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let is_number = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.len() > 3 || parts[0].len() != 4 || !parts.iter().all(is_number) {
        return Err(wrong());
    }
    let number = |n: usize| {
        parts
            .get(n)
            .map_or(Ok(1), |part| part.parse::<u32>())
            .map_err(|_| wrong())
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    if NaiveDate::from_ymd_opt(year as i32, month, day).is_none() {
        return Err(format!("{text} is not in the calendar"));
    }
    Ok(match parts.len() {
        1 => format!("{year:04}"),
        2 => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    })
}
