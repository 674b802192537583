//! The patterns of time expressions and how each is read.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::{Captures, Regex, RegexSet};

use super::calendar::{
    day, days, first_of_month, length, monday, month, month_number, months, nearest_day,
    nearest_month, nth_weekday, number, shifted, untold, weekday, year, years,
};
use super::{Context, Reading, counts, is_ahead};
use crate::domain::analysis::DateType;
use crate::domain::article::Precision;

const MONTH: &str = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";
const WEEKDAY: &str = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const YEAR: &str = r"(?:1[6-9]|20)\d\d";
const NUMBER: &str = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)";
/// Which part of a stretch: the value stays that of the whole.
const PART: &str = r"(?:(?:(?i:early|mid|late)(?:\ in)?[\ -]|(?i:the\ )?(?:beginning|start|middle|end)\ of\ (?:the\ )?)?)";

/// A pattern and its reader; the reader may find that it is no expression of time after all.
pub(super) struct Rule {
    pub(super) pattern: Regex,
    pub(super) read: fn(&Captures<'_>, Context<'_>) -> Option<Reading>,
    is_bare_number: bool,
}

type Reader = fn(&Captures<'_>, Context<'_>) -> Option<Reading>;

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |(pattern, read, is_bare_number): (String, Reader, bool)| Rule {
        pattern: Regex::new(&in_ascii(&pattern)).expect("the pattern is constant"),
        read,
        is_bare_number,
    };
    dated()
        .into_iter()
        .chain(relative())
        .chain(lengths())
        .map(rule)
        .collect()
});

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = RULES.iter().map(|rule| rule.pattern.as_str());
    RegexSet::new(patterns).expect("the patterns are constant")
});

/// The digits and word ends of dates are ASCII; those of Unicode cost the automaton its speed wherever a text has an accent.
fn in_ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
}

/// The rules that find anything in a text: most find nothing, and one pass tells which.
pub(super) fn rules_for(text: &str) -> impl Iterator<Item = &'static Rule> {
    let hits = SET.matches(text);
    let matched: Vec<usize> = hits.iter().collect();
    matched.into_iter().map(|n| &RULES[n])
}

#[rustfmt::skip] // one rule, one line
fn dated() -> Vec<(String, Reader, bool)> {
    let nth = "(?:st|nd|rd|th)?";
    vec![
        (r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b".into(), read_day, false),
        (r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)\b".into(), read_slashes, false),
        (format!( r"\b(?P<m>{MONTH})\ (?P<d>\d{{1,2}}){nth}(?:\ ?[-–]\ ?|\ to\ |\ through\ )(?P<e>\d{{1,2}}){nth}(?:,?\ (?P<y>{YEAR}))?\b"),
            read_range,
            false,
        ),
        (format!( r"\b(?P<d>\d{{1,2}}){nth}(?:\ ?[-–]\ ?|\ to\ )(?P<e>\d{{1,2}}){nth}\ (?P<m>{MONTH})(?:,?\ (?P<y>{YEAR}))?\b"),
            read_range,
            false,
        ),
        (format!(r"\b(?P<m>{MONTH})\ (?P<d>\d{{1,2}}){nth}(?:,?\ (?P<y>{YEAR}))?\b"), read_day, false),
        (format!( r"\b(?:the\ )?(?P<d>\d{{1,2}}){nth}(?:\ of)?\ (?P<m>{MONTH})(?:,?\ (?P<y>{YEAR}))?\b"),
            read_day,
            false,
        ),
        (format!(r"\b{PART}(?P<m>{MONTH}),?\ (?:of\ )?(?P<y>{YEAR})\b"), read_month, false),
        (format!( r"\b(?:Q(?P<n>[1-4])|(?:the\ )?(?P<w>first|second|third|fourth)[\ -]quarter)(?:\ of)?\ (?P<y>{YEAR})\b"),
            read_quarter,
            false,
        ),
        (format!( r"\b{PART}(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\ of)?\ (?P<y>{YEAR})\b"),
            read_season,
            false,
        ),
        (format!( r"\b(?:{PART}|(?:the\ )?(?:early|mid|late)[\ -])(?:the\ )?(?P<y>(?:1[6-9]|20)\d0)s\b"),
            read_decade,
            false,
        ),
        (r"\b(?:the\ )?(?P<n>\d{1,2})(?:st|nd|rd|th)[\ -]century\b".into(), read_century, false),
        (format!(r"\b(?P<y>{YEAR})[-–](?P<z>(?:1[6-9]|20)?\d\d)\b"), read_years, true),
        (format!(r"\b{PART}(?P<y>(?:1[89]|20)\d\d)\b"), read_year, true),
    ]
}

#[rustfmt::skip] // one rule, one line
fn relative() -> Vec<(String, Reader, bool)> {
    let step = "(?P<step>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast)";
    let hours = "(?:\\ (?:morning|afternoon|evening|night))?";
    vec![
        (format!(r"\b(?:[Tt]he\ )?(?P<n>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)\ (?P<w>{WEEKDAY})\ (?:of|in)\ (?:(?P<step>this|next|last)\ month|(?P<m>{MONTH})(?:,?\ (?P<y>{YEAR}))?)\b"),
            read_nth_weekday,
            false,
        ),
        (format!(r"\b(?:{step}\ )?(?P<w>{WEEKDAY}){hours}\b"), read_weekday, false),
        (r"\b(?P<w>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast\ night|[Tt]his\ (?:morning|afternoon|evening))\b".into(), read_near, false),
        (format!(r"\b{PART}{step}\ (?P<u>week|weekend|month|year|quarter|decade|century|spring|summer|autumn|fall|winter)\b"), read_step, false),
        (format!(r"\b{PART}(?:of\ )?{step}\ (?P<m>{MONTH})\b"), read_bare_month, false),
        (r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id)[\ -](?P<t>(?P<m>January|February|March|April|May|June|July|August|September|October|November|December))\b".into(), read_bare_month, false),
        (r"\b(?:[Oo]n\ )(?P<t>the\ (?P<d>\d{1,2})(?:st|nd|rd|th))(?P<after>[.,;:)\n]|$|\ (?:and|to|at|in|after|but|for)\b)".into(), read_bare_day, false),
        (r"\b(?P<h>New\ Year['’]s\ (?:Eve|Day)|Christmas(?:\ (?:Eve|Day))?|Boxing\ Day|Valentine['’]s\ Day|Halloween|May\ Day)\b".into(), read_holiday, false),
    ]
}

#[rustfmt::skip] // one rule, one line
fn lengths() -> Vec<(String, Reader, bool)> {
    vec![
        (format!(r"\b(?P<n>{NUMBER}|several|a\ few|some)[\ -](?P<u>second|minute|hour|day|week|month|year|decade)s?(?P<ago>\ ago\b)?(?P<old>[\ -]old\b)?\b"), read_length, false),
        (format!(r"\b(?:[Ee]very|[Ee]ach)\ (?P<u>day|week|month|year|hour|{WEEKDAY})\b"), read_set, false),
        (format!(r"\b(?P<u>{WEEKDAY})s\b"), read_set, false),
        (r"(?x)\b(?:(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\ ?(?P<half>[ap])\.?m\b\.?|(?P<h24>[01]\d|2[0-3]):(?P<m24>[0-5]\d)(?:\ (?:GMT|UTC))?\b|(?P<word>noon|midnight)\b)".into(), read_time, false),
    ]
}

/// "2,016" and "1999.5" are amounts, as is "$2000".
pub(super) fn is_amount(rule: &Rule, body: &str, range: &Range<usize>) -> bool {
    let mut before = body[..range.start].chars().rev();
    let (last, second) = (before.next(), before.next());
    let is_tail = body[range.start..].starts_with(|c: char| c.is_ascii_digit())
        && matches!(last, Some(',' | '.'))
        && second.is_some_and(|c| c.is_ascii_digit());
    let mut after = body[range.end..].chars();
    is_tail
        || rule.is_bare_number
            && (matches!(last, Some('$' | '£' | '€' | ',' | '.' | '-' | '/' | '#'))
                || matches!(after.next(), Some(',' | '.' | '-' | '/' | '%'))
                    && after.next().is_some_and(|c| c.is_ascii_digit())
                || body[range.end..].starts_with('%'))
}

fn text<'a>(captures: &Captures<'a>, name: &str) -> Option<&'a str> {
    captures.name(name).map(|part| part.as_str())
}

fn figure(captures: &Captures<'_>, name: &str) -> Option<u32> {
    text(captures, name)?.parse().ok()
}

fn read_day(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let name = text(captures, "m")?;
    let m = name.parse().ok().or_else(|| month_number(name))?;
    let d = figure(captures, "d")?;
    // A day that no year has is no date: "May 85".
    NaiveDate::from_ymd_opt(2000, m, d)?;
    let date = match figure(captures, "y") {
        Some(y) => NaiveDate::from_ymd_opt(y as i32, m, d),
        None => context
            .reference
            .and_then(|reference| nearest_day(m, d, reference)),
    };
    Some(date.map_or_else(untold, day))
}

fn read_slashes(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let (a, b, y) = (
        figure(captures, "a")?,
        figure(captures, "b")?,
        figure(captures, "y")? as i32,
    );
    // Where both may be the month, America and Europe disagree.
    let date = match (a, b) {
        (13.., _) => NaiveDate::from_ymd_opt(y, b, a),
        (_, 13..) => NaiveDate::from_ymd_opt(y, a, b),
        _ if a == b => NaiveDate::from_ymd_opt(y, a, b),
        _ => return Some(untold()),
    };
    date.map(day)
}

fn read_range(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let m = month_number(text(captures, "m")?)?;
    let (from, to) = (figure(captures, "d")?, figure(captures, "e")?);
    if from >= to {
        return None;
    }
    let date = match figure(captures, "y") {
        Some(y) => NaiveDate::from_ymd_opt(y as i32, m, from),
        None => context
            .reference
            .and_then(|reference| nearest_day(m, from, reference)),
    };
    Some(
        date.and_then(|date| Some(days(date, date.with_day(to)?)))
            .unwrap_or_default(),
    )
}

fn read_month(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let m = month_number(text(captures, "m")?)?;
    NaiveDate::from_ymd_opt(figure(captures, "y")? as i32, m, 1).map(month)
}

fn read_quarter(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let n = match text(captures, "w") {
        Some("first") => 1,
        Some("second") => 2,
        Some("third") => 3,
        Some(_) => 4,
        None => figure(captures, "n")?,
    };
    months(
        NaiveDate::from_ymd_opt(figure(captures, "y")? as i32, 3 * n - 2, 1)?,
        3,
    )
}

fn season(name: &str, of: i32) -> Option<Reading> {
    let opening = match name.to_lowercase().as_str() {
        "spring" => 3,
        "summer" => 6,
        "winter" => 12,
        _ => 9,
    };
    months(NaiveDate::from_ymd_opt(of, opening, 1)?, 3)
}

fn read_season(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    season(text(captures, "s")?, figure(captures, "y")? as i32)
}

fn read_decade(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let y = figure(captures, "y")? as i32;
    // "The 1900s" may be ten years or a hundred.
    Some(if y % 100 == 0 {
        untold()
    } else {
        years(y, y + 9)
    })
}

fn read_century(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let n = figure(captures, "n").filter(|n| (1..=21).contains(n))? as i32;
    Some(years(100 * n - 99, 100 * n))
}

fn read_years(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let from = figure(captures, "y")? as i32;
    let to = figure(captures, "z")? as i32;
    let to = if to < 100 { from / 100 * 100 + to } else { to };
    (to > from && to - from <= 150).then(|| years(from, to))
}

fn read_year(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    if counts::is_count(context.before, context.after) {
        return None;
    }
    Some(year(figure(captures, "y")? as i32))
}

fn step_of(captures: &Captures<'_>) -> i32 {
    match text(captures, "step").map(str::to_lowercase).as_deref() {
        Some("last" | "past") => -1,
        Some("next") => 1,
        _ => 0,
    }
}

fn read_weekday(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let name = text(captures, "w")?;
    let is_ahead = is_ahead(context.before);
    let date = context
        .reference
        .and_then(|reference| weekday(name, step_of(captures), is_ahead, reference));
    Some(date.map_or_else(untold, day))
}

fn read_nth_weekday(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let n = match text(captures, "n")?.to_lowercase().as_str() {
        "first" => Some(0),
        "second" => Some(1),
        "third" => Some(2),
        "fourth" => Some(3),
        _ => None,
    };
    let first = match (text(captures, "m"), figure(captures, "y")) {
        (Some(name), Some(y)) => NaiveDate::from_ymd_opt(y as i32, month_number(name)?, 1),
        (Some(name), None) => context
            .reference
            .and_then(|reference| nearest_month(month_number(name)?, 0, reference)),
        (None, _) => context
            .reference
            .and_then(|reference| first_of_month(step_of(captures), reference)),
    };
    let date = first.and_then(|first| nth_weekday(first, text(captures, "w")?, n));
    Some(date.map_or_else(untold, day))
}

fn read_near(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let word = text(captures, "w")?.to_lowercase();
    let n_days = match word.as_str() {
        "yesterday" | "last night" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    let date = context
        .reference
        .and_then(|reference| shifted(reference, n_days));
    let mut reading = date.map_or_else(untold, day);
    if word.ends_with("night") || word.contains(' ') {
        reading.date_type = Some(DateType::Time);
    }
    Some(reading)
}

fn read_step(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let step = step_of(captures);
    let Some(reference) = context.reference else {
        return Some(untold());
    };
    let y = reference.year() + step;
    let reading = match text(captures, "u")? {
        "week" => monday(step, reference).and_then(|from| Some(days(from, shifted(from, 6)?))),
        "weekend" => {
            let saturday = monday(step, reference).and_then(|from| shifted(from, 5));
            saturday.and_then(|from| Some(days(from, shifted(from, 1)?)))
        }
        "month" => first_of_month(step, reference).map(month),
        "year" => Some(year(y)),
        "quarter" => {
            let opening = reference.month0() as i32 / 3 * 3 + 3 * step;
            NaiveDate::from_ymd_opt(reference.year(), 1, 1)
                .and_then(|january| first_of_month(opening, january))
                .and_then(|from| months(from, 3))
        }
        "decade" => {
            let from = reference.year().div_euclid(10) * 10 + 10 * step;
            Some(years(from, from + 9))
        }
        "century" => None,
        // Which summer was the last one depends on how far this one is.
        name if step == 0 => season(name, y),
        _ => None,
    };
    Some(reading.unwrap_or_default())
}

fn read_bare_month(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let m = month_number(text(captures, "m")?)?;
    let step = step_of(captures);
    let date = context
        .reference
        .and_then(|reference| nearest_month(m, step, reference));
    Some(date.map_or_else(untold, month))
}

fn read_bare_day(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let d = figure(captures, "d").filter(|d| (1..=31).contains(d))?;
    let nearest = context.reference.and_then(|reference| {
        (-1..=1)
            .filter_map(|step| first_of_month(step, reference)?.with_day(d))
            .min_by_key(|date| (*date - reference).num_days().abs())
    });
    Some(nearest.map_or_else(untold, day))
}

fn read_holiday(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    let name = text(captures, "h")?;
    let (m, d) = match name {
        "Boxing Day" => (12, 26),
        "Halloween" => (10, 31),
        "May Day" => (5, 1),
        "Christmas Eve" => (12, 24),
        _ if name.starts_with("Christmas") => (12, 25),
        _ if name.starts_with("Valentine") => (2, 14),
        _ if name.ends_with("Eve") => (12, 31),
        _ => (1, 1),
    };
    let date = context
        .reference
        .and_then(|reference| nearest_day(m, d, reference));
    Some(date.map_or_else(untold, day))
}

fn read_length(captures: &Captures<'_>, context: Context<'_>) -> Option<Reading> {
    if captures.name("old").is_some() {
        return None;
    }
    let n = number(text(captures, "n")?);
    let unit = text(captures, "u")?;
    if captures.name("ago").is_some() {
        let date = n
            .zip(context.reference)
            .and_then(|(n, reference)| ago(n, unit, reference));
        return Some(date.unwrap_or_default());
    }
    // "A day" and "a second" are hardly ever said of time alone.
    if matches!(text(captures, "n"), Some("a" | "an")) {
        return None;
    }
    let value = n.map(|n| match unit {
        "second" => format!("PT{n}S"),
        "minute" => format!("PT{n}M"),
        "hour" => format!("PT{n}H"),
        "day" => format!("P{n}D"),
        "week" => format!("P{n}W"),
        "month" => format!("P{n}M"),
        "decade" => format!("P{}Y", 10 * n),
        _ => format!("P{n}Y"),
    });
    Some(length(value, DateType::Duration))
}

fn ago(n: u32, unit: &str, reference: NaiveDate) -> Option<Reading> {
    Some(match unit {
        "day" => day(shifted(reference, -i64::from(n))?),
        "week" => day(shifted(reference, -7 * i64::from(n))?),
        "month" => month(reference.checked_sub_months(Months::new(n))?),
        "year" => year(reference.year() - n as i32),
        "decade" => year(reference.year() - 10 * n as i32),
        _ => return None,
    })
}

fn read_set(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let value = match text(captures, "u")? {
        "day" => "R/P1D",
        "month" => "R/P1M",
        "year" => "R/P1Y",
        "hour" => "R/PT1H",
        _ => "R/P1W",
    };
    Some(length(Some(value.to_owned()), DateType::Set))
}

fn read_time(captures: &Captures<'_>, _: Context<'_>) -> Option<Reading> {
    let (hour, minute) = if let Some(word) = text(captures, "word") {
        (if word == "noon" { 12 } else { 0 }, 0)
    } else if let Some(hour) = figure(captures, "h24") {
        (hour, figure(captures, "m24")?)
    } else {
        let hour = figure(captures, "h").filter(|hour| (1..=12).contains(hour))?;
        let after_noon = if text(captures, "half")? == "p" {
            12
        } else {
            0
        };
        (hour % 12 + after_noon, figure(captures, "m").unwrap_or(0))
    };
    Some(Reading {
        value: Some(format!("T{hour:02}:{minute:02}")),
        precision: None::<Precision>,
        date_type: Some(DateType::Time),
    })
}
