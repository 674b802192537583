//! Dates as machines write them, alone in their field: ISO 8601 with or without its hyphens, RFC 822, RFC 850, seconds since 1970.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone};
use regex::Regex;

use super::{Stated, clock, months, token};

struct Patterns {
    iso: Regex,
    rfc: Regex,
    month: Regex,
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("the pattern is constant");
    Patterns {
        iso: pattern(
            r"(?ix)^(?P<y>\d{4})(?:(?P<s>[-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<m2>\d\d)(?P<d2>\d\d))
            (?:[t\s]*(?P<h>\d\d?):?(?P<min>\d\d)(?::?(?P<sec>\d\d)(?:[.,]\d+)?)?)?
            \s*(?P<zone>[a-z]{1,4}|(?:gmt|utc)?[+-]\d{1,2}(?::?\d\d)?)?(?:\[[^\]]*\]|'\d\d'?)?$",
        ),
        rfc: pattern(
            r"(?ix)^(?:\p{L}+\.?,?\s*)?(?P<d>\d{1,2})[\s-]+(?P<m>\p{L}{3,12})\.?[\s-]+(?P<y>\d{4}|\d\d)
            \s+(?P<h>\d\d?):(?P<min>\d\d)(?::(?P<sec>\d\d)(?:\.\d+)?)?\s*(?P<zone>[a-z]{1,5}|[+-]\d\d:?\d\d)?\s*(?:\([^)]*\))?$",
        ),
        month: pattern(r"^(?P<y>\d{4})-(?P<m>\d\d)$"),
    }
});

/// The date that is all of `text`.
pub(super) fn read(text: &str) -> Option<Stated> {
    let ascii: String;
    let mut text = text.trim();
    if !text.is_ascii() {
        let digit = |c: char| token::digit(c).and_then(|digit| char::from_digit(digit as u32, 10));
        ascii = text.chars().map(|c| digit(c).unwrap_or(c)).collect();
        text = ascii.as_str();
    }
    let text = text
        .strip_prefix("D:")
        .or_else(|| text.strip_prefix("/Date(")?.strip_suffix(")/"))
        .unwrap_or(text);
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return number(text);
    }
    iso(text).or_else(|| rfc(text)).or_else(|| month(text))
}

/// A number alone: a year, a day or seconds and milliseconds since 1970.
fn number(text: &str) -> Option<Stated> {
    let whole = text.split('.').next()?;
    let at_epoch = |seconds: i64| {
        let instant = DateTime::from_timestamp(seconds, 0)?;
        Stated::at(instant.fixed_offset())
    };
    match (whole.len(), whole == text) {
        (4, true) => Stated::year(whole.parse().ok()?),
        (9 | 10, _) => at_epoch(whole.parse().ok()?),
        (13, _) => at_epoch(whole.parse::<i64>().ok()? / 1_000),
        _ => iso(text),
    }
}

fn month(text: &str) -> Option<Stated> {
    let parts = PATTERNS.month.captures(text)?;
    Stated::month(parts["y"].parse().ok()?, parts["m"].parse().ok()?)
}

fn iso(text: &str) -> Option<Stated> {
    let parts = PATTERNS.iso.captures(text)?;
    let part = |name: &str| parts.name(name).map(|part| part.as_str());
    let number = |name: &str| part(name)?.parse::<u32>().ok();
    let (year, month, day) = (
        part("y")?.parse().ok()?,
        number("m").or(number("m2"))?,
        number("d").or(number("d2"))?,
    );
    let Some(date) = NaiveDate::from_ymd_opt(year, month, day) else {
        // Digits without marks are a number of some other sort.
        part("s")?;
        return known_of(year, month);
    };
    let time = || time(number("h")?, number("min")?, number("sec").unwrap_or(0));
    // Fourteen digits are GDELT's, and in UTC.
    let is_gdelt = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    let zone = part("zone").or(is_gdelt.then_some("Z"));
    stated(date, time(), zone.and_then(clock::zone), zone.is_some())
}

fn rfc(text: &str) -> Option<Stated> {
    let parts = PATTERNS.rfc.captures(text)?;
    let number = |name: &str| parts.name(name)?.as_str().parse::<u32>().ok();
    let month = months::month(&token::fold(&parts["m"]), false)?;
    let year = match (number("y")?, parts["y"].len()) {
        (year, 2) => super::century(year),
        (year, _) => year as i32,
    };
    let Some(date) = NaiveDate::from_ymd_opt(year, month, number("d")?) else {
        return known_of(year, month);
    };
    let time = time(number("h")?, number("min")?, number("sec").unwrap_or(0));
    let zone = parts.name("zone").map(|zone| zone.as_str());
    stated(
        date,
        time,
        zone.and_then(clock::zone_of_mail),
        zone.is_some(),
    )
}

/// A leap second is the one before it.
fn time(hour: u32, minute: u32, second: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// Of a day that no calendar has, its month, or else its year.
fn known_of(year: i32, month: u32) -> Option<Stated> {
    Stated::month(year, month).or_else(|| Stated::year(year))
}

/// Without time and a zone that means one thing, only the day is sure.
fn stated(
    date: NaiveDate,
    time: Option<NaiveTime>,
    zone: Option<chrono::FixedOffset>,
    has_zone: bool,
) -> Option<Stated> {
    let instant = time
        .zip(zone)
        .and_then(|(time, zone)| zone.from_local_datetime(&date.and_time(time)).single());
    match (instant, time) {
        (Some(instant), _) => Stated::at(instant),
        (None, Some(time)) if !has_zone => Stated::on_unzoned(date, time),
        _ => Stated::on(date),
    }
}
