//! Expressions of time by patterns, with their value where the words and the publication date tell it.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use regex::{Captures, Regex};

use crate::domain::analysis::{DateMention, DateType};
use crate::domain::article::{Precision, Published};
use crate::text::offsets::Offsets;

const MONTH: &str = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";
const WEEKDAY: &str = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?x)\b(?:
            (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
          | (?P<mdy_m>{MONTH})\ (?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\ (?P<mdy_y>(?:1[6-9]|20)\d\d))?\b
          | (?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th)?\ (?P<dmy_m>{MONTH})(?:,?\ (?P<dmy_y>(?:1[6-9]|20)\d\d))?\b
          | (?P<my_m>{MONTH}),?\ (?P<my_y>(?:1[6-9]|20)\d\d)\b
          | (?P<decade>(?:the\ )?(?:1[6-9]|20)\d0s)\b
          | (?P<weekday>(?:(?:last|next|this)\ )?(?:{WEEKDAY}))\b
          | (?P<day>yesterday|today|tomorrow|Yesterday|Today|Tomorrow)\b
          | (?P<relative>(?:last|next|this|Last|Next|This)\ (?:week|month|year))\b
          | (?P<year>(?:1[89]|20)\d\d)\b
        )"
    );
    Regex::new(&pattern).expect("the pattern is constant")
});

/// A date and how much of it is known.
type Value = (NaiveDate, Precision);

pub(super) fn find(body: &str, published: Option<&Published>) -> Vec<DateMention> {
    let reference = published
        .filter(|published| published.precision >= Precision::Day)
        .and_then(|published| NaiveDate::parse_from_str(published.at.get(..10)?, "%Y-%m-%d").ok());
    let mut offsets = Offsets::new(body);
    let mention = |captures: Captures<'_>| {
        let whole = captures.get(0)?;
        // "2,016" and "1999.5" are amounts, as is "$2000".
        let before = body[..whole.start()].chars().next_back();
        let after = &body[whole.end()..];
        let is_amount = captures.name("year").is_some()
            && (matches!(before, Some('$' | '£' | '€' | ',' | '.' | '-' | '/'))
                || after.starts_with([',', '.', '-', '/', '%'])
                    && after[1..].starts_with(|c: char| c.is_ascii_digit()));
        let value = value_of(&captures, reference);
        (!is_amount).then(|| DateMention {
            span: offsets.span(&whole.range()),
            text: whole.as_str().to_owned(),
            value: value.map(|value| printed(value, &captures)),
            precision: value.map(|(_, precision)| precision),
            date_type: DateType::Date,
        })
    };
    PATTERN.captures_iter(body).filter_map(mention).collect()
}

fn printed((date, precision): Value, captures: &Captures<'_>) -> String {
    match precision {
        // A decade is its first three digits, as in TIMEX3.
        Precision::Year if captures.name("decade").is_some() => format!("{}", date.year() / 10),
        Precision::Year => date.format("%Y").to_string(),
        Precision::Month => date.format("%Y-%m").to_string(),
        Precision::Day | Precision::Second => date.format("%Y-%m-%d").to_string(),
    }
}

fn value_of(captures: &Captures<'_>, reference: Option<NaiveDate>) -> Option<Value> {
    let text = |name: &str| captures.name(name).map(|part| part.as_str());
    let year = |name: &str| text(name).and_then(|digits| digits.parse::<i32>().ok());
    if let Some(iso) = text("iso") {
        return Some((
            NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok()?,
            Precision::Day,
        ));
    }
    for (m, d, y) in [("mdy_m", "mdy_d", "mdy_y"), ("dmy_m", "dmy_d", "dmy_y")] {
        if let (Some(month), Some(day)) = (text(m), text(d)) {
            let (month, day) = (month_number(month)?, day.parse().ok()?);
            let date = match year(y) {
                Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
                None => nearest(month, day, reference?)?,
            };
            return Some((date, Precision::Day));
        }
    }
    if let Some(month) = text("my_m") {
        let date = NaiveDate::from_ymd_opt(year("my_y")?, month_number(month)?, 1)?;
        return Some((date, Precision::Month));
    }
    if let Some(decade) = text("decade") {
        let year = decade
            .trim_start_matches("the ")
            .trim_end_matches('s')
            .parse()
            .ok()?;
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, Precision::Year));
    }
    if let Some(year) = year("year") {
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, Precision::Year));
    }
    let word = text("weekday").or(text("day")).or(text("relative"))?;
    relative(&word.to_lowercase(), reference?)
}

/// The year in which "March 31" lies nearest to the day of publication.
fn nearest(month: u32, day: u32, reference: NaiveDate) -> Option<NaiveDate> {
    (reference.year() - 1..=reference.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - reference).num_days().abs())
}

fn relative(words: &str, reference: NaiveDate) -> Option<Value> {
    let step = if words.starts_with("last ") {
        -1
    } else {
        i32::from(words.starts_with("next "))
    };
    let day = |date: Option<NaiveDate>| Some((date?, Precision::Day));
    match words.rsplit(' ').next()? {
        "yesterday" => day(reference.checked_sub_days(Days::new(1))),
        "today" => day(Some(reference)),
        "tomorrow" => day(reference.checked_add_days(Days::new(1))),
        "year" => Some((
            NaiveDate::from_ymd_opt(reference.year() + step, 1, 1)?,
            Precision::Year,
        )),
        "month" => {
            let first = reference.with_day(1)?;
            let date = match step {
                -1 => first.checked_sub_months(Months::new(1))?,
                1 => first.checked_add_months(Months::new(1))?,
                _ => first,
            };
            Some((date, Precision::Month))
        }
        "week" => None,
        weekday => {
            // News tells what happened: "Monday" is the last one, the day of publication included.
            let weekday: Weekday = weekday.parse().ok()?;
            let back = (7 + reference.weekday().num_days_from_monday()
                - weekday.num_days_from_monday())
                % 7;
            let date = reference.checked_sub_days(Days::new(u64::from(back)))?;
            let ahead = if step == 1 { 7 } else { 0 };
            day(date.checked_add_days(Days::new(ahead)))
        }
    }
}

fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let head = name.get(..3)?.to_lowercase();
    MONTHS
        .iter()
        .position(|month| *month == head)
        .map(|n| n as u32 + 1)
}
