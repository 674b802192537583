//! Publication dates as printed: ISO 8601, RFC 2822, "5 January 2016", "Jan. 5, 2016".

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use regex::Regex;

use crate::domain::article::{Precision, Published, PublishedOrigin};

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    let month_first = month.replace("<m>", "<mf>");
    Regex::new(&format!(
        r"(?i)\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{month}\.?,?\s+(?P<y>(?:19|20)\d\d)|{month_first}\.?\s+(?P<df>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<yf>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d[-/]\d\d[-/]\d\d))\b"
    ))
    .expect("the pattern is constant")
});

/// Reads a date as machines write it, or else the first that is printed in `text`.
pub(super) fn read(text: &str, origin: PublishedOrigin) -> Option<Published> {
    machine(text.trim(), origin).or_else(|| printed(text, origin))
}

fn machine(text: &str, origin: PublishedOrigin) -> Option<Published> {
    let instant = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f %z"));
    if let Ok(instant) = instant {
        let at = instant
            .with_timezone(&Utc)
            .to_rfc3339_opts(SecondsFormat::Secs, true);
        return Some(Published {
            at,
            precision: Precision::Second,
            origin,
        });
    }
    // Without a zone only the day is sure.
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f"));
    local.ok().map(|local| day(local.date(), origin))
}

fn printed(text: &str, origin: PublishedOrigin) -> Option<Published> {
    let captures = PRINTED.captures(text)?;
    let part = |name: &str| captures.name(name).map(|part| part.as_str());
    if let Some(iso) = part("iso") {
        return NaiveDate::parse_from_str(&iso.replace('/', "-"), "%Y-%m-%d")
            .ok()
            .map(|date| day(date, origin));
    }
    let month = part("m").or(part("mf"))?;
    let written = format!(
        "{} {} {}",
        part("d").or(part("df"))?,
        month,
        part("y").or(part("yf"))?
    );
    NaiveDate::parse_from_str(&written, "%d %b %Y")
        .ok()
        .map(|date| day(date, origin))
}

fn day(date: NaiveDate, origin: PublishedOrigin) -> Published {
    Published {
        at: date.format("%Y-%m-%d").to_string(),
        precision: Precision::Day,
        origin,
    }
}
