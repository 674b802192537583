//! `--since` and `--until`: days, months and years as people write them.

use chrono::{Days, Months, NaiveDate};

use crate::cli::ingest::today;

/// The day, month or year that is meant, as text that orders like time.
pub(super) fn when(text: &str) -> Result<String, String> {
    before(text, today())
}

fn before(text: &str, today: NaiveDate) -> Result<String, String> {
    let text = text.trim();
    match text {
        "today" => return Ok(today.to_string()),
        "yesterday" => return Ok((today - Days::new(1)).to_string()),
        _ => {}
    }
    if let Some(back) = back(text, today) {
        return Ok(back.to_string());
    }
    let is_date = match text.len() {
        4 => text.parse::<u16>().is_ok(),
        7 => NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").is_ok(),
        10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
        _ => false,
    };
    if is_date {
        Ok(text.to_owned())
    } else {
        Err("write a date as 2016, 2016-01 or 2016-01-05, or a time back from today as 30d, 6w, 3m, 1y".into())
    }
}

/// `30d`, `6w`, `3m`, `1y` before today.
fn back(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let unit = text.chars().last()?;
    let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
    match unit {
        'd' => today.checked_sub_days(Days::new(number.into())),
        'w' => today.checked_sub_days(Days::new(u64::from(number) * 7)),
        'm' => today.checked_sub_months(Months::new(number)),
        'y' => today.checked_sub_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_do() {
        let today = NaiveDate::from_ymd_opt(2016, 3, 31).unwrap();
        for (text, meant) in [
            ("2016", Some("2016")),
            ("2016-02", Some("2016-02")),
            ("2016-02-29", Some("2016-02-29")),
            ("2015-02-29", None),
            ("2016-13", None),
            ("30d", Some("2016-03-01")),
            ("2w", Some("2016-03-17")),
            ("1m", Some("2016-02-29")),
            ("1y", Some("2015-03-31")),
            ("today", Some("2016-03-31")),
            ("d", None),
            ("last week", None),
            ("99999999999999999999d", None),
            ("4000000000y", None),
        ] {
            assert_eq!(before(text, today).ok().as_deref(), meant, "{text}");
        }
    }
}
