//! Publication dates as machines write them (ISO 8601, RFC 2822) and as they are printed: "Tuesday, January 5, 2016 9:30 AM EST",
//! "5th of January 2016", "25.1.2016", "January 2016".

use std::sync::LazyLock;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Utc,
};
use regex::{Captures, Regex};

use crate::domain::article::{Precision, Published, PublishedOrigin};

/// The English names of the months, long and short.
pub(super) const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// Zones that mean one thing, by their offsets in hours; "IST", "ET" and the like do not.
const ZONES: [(&str, i32); 17] = [
    ("gmt", 0),
    ("utc", 0),
    ("z", 0),
    ("bst", 1),
    ("cet", 1),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
    ("jst", 9),
    ("kst", 9),
    ("est", -5),
    ("edt", -4),
    ("cdt", -5),
    ("pst", -8),
    ("pdt", -7),
    ("mdt", -6),
];

/// Words that stand in a line that states a date and says nothing else.
const DATE_WORDS: [&str; 44] = [
    "published",
    "posted",
    "updated",
    "last",
    "first",
    "modified",
    "date",
    "on",
    "at",
    "the",
    "of",
    "et",
    "pt",
    "ct",
    "ist",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "h",
    "hrs",
    "time",
    "local",
    "print",
    "issue",
    "dated",
    "st",
    "nd",
    "rd",
    "th",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "edition",
    "original",
    "originally",
];

struct Patterns {
    day_first: Regex,
    month_first: Regex,
    iso: Regex,
    numbers: Regex,
    month: Regex,
    clock: Regex,
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(&format!("(?i){text}")).expect("the pattern is constant");
    let year = r"(?P<y>(?:1[6-9]|20)\d\d)\b";
    Patterns {
        day_first: pattern(&format!(
            r"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+(?P<m>{MONTH})\.?,?[\s\-]+{year}"
        )),
        month_first: pattern(&format!(
            r"\b(?P<m>{MONTH})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{year}"
        )),
        iso: pattern(
            r"(?:^|[^\d])(?P<y>(?:1[6-9]|20)\d\d)(?:[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)|(?P<m2>[01]\d)(?P<d2>[0-3]\d))(?:[^\d]|$)",
        ),
        numbers: pattern(&format!(
            r"\b(?P<a>\d{{1,2}})(?P<s>[./\-])\s?(?P<b>\d{{1,2}})[./\-]\s?{year}"
        )),
        month: pattern(&format!(r"\b(?P<m>{MONTH})\.?,?\s+{year}")),
        clock: pattern(
            r"\b(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?(?::(?P<sec>\d\d))?\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>[a-z]{1,4}\b|[+-]\d\d:?\d\d)",
        ),
    }
});

/// Reads a date as machines write it, or else the first that is printed in `text`.
pub(super) fn read(text: &str, origin: PublishedOrigin) -> Option<Published> {
    machine(text.trim(), origin).or_else(|| printed(text, origin))
}

/// Whether a line states a date and says nothing else but that it is one.
pub(super) fn is_only_date(line: &str) -> bool {
    line.len() <= 100
        && !line.ends_with('?')
        && read(line, PublishedOrigin::Text).is_some()
        && line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(is_date_word)
}

fn is_date_word(word: &str) -> bool {
    let folded = word.to_lowercase();
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    // "5th", "9h30", "0930GMT", "T09"
    let bare = bare
        .strip_prefix('t')
        .filter(|rest| rest.parse::<u8>().is_ok())
        .map_or(bare, |_| "");
    bare.is_empty()
        || is_month(bare)
        || bare.ends_with("day")
            && ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"]
                .contains(&&bare[..bare.len() - 3])
        || DATE_WORDS.contains(&bare)
        || ZONES.iter().any(|(zone, _)| *zone == bare)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.contains(&word)
        || word == "sept"
        || word.len() == 3 && MONTHS.iter().any(|month| month.starts_with(word))
}

fn machine(text: &str, origin: PublishedOrigin) -> Option<Published> {
    let zoned = [
        "%Y-%m-%dT%H:%M:%S%.f%z",
        "%Y-%m-%d %H:%M:%S%.f %z",
        "%Y-%m-%dT%H:%M%z",
        "%Y-%m-%d %H:%M %z",
    ];
    let instant = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .ok()
        .or_else(|| {
            zoned
                .iter()
                .find_map(|form| DateTime::parse_from_str(text, form).ok())
        });
    if let Some(instant) = instant {
        return Some(second(instant, origin));
    }
    // Without a zone only the day is sure.
    let local = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ];
    if let Some(local) = local
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    {
        return Some(day(local.date(), origin));
    }
    let is_digits =
        |part: &str, n| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month) = text.split_once('-').unwrap_or((text, ""));
    let is_year = is_digits(year, 4) && ("1600".."2100").contains(&year);
    let is_month = is_digits(month, 2) && ("01"..="12").contains(&month);
    match () {
        () if is_year && is_month => Some(cut(text.to_owned(), Precision::Month, origin)),
        () if is_year && text.len() == 4 => Some(cut(text.to_owned(), Precision::Year, origin)),
        () => None,
    }
}

fn printed(text: &str, origin: PublishedOrigin) -> Option<Published> {
    let patterns = &*PATTERNS;
    let days = [&patterns.day_first, &patterns.month_first, &patterns.iso];
    let first = days
        .iter()
        .filter_map(|pattern| pattern.captures(text))
        .filter_map(|captures| Some((captures.get(0)?.range(), date_of(&captures)?)))
        .min_by_key(|(range, _)| range.start);
    if let Some((range, date)) = first {
        let rest = format!("{} {}", &text[..range.start], &text[range.end..]);
        let instant = time_in(&rest)
            .and_then(|(time, zone)| zone.from_local_datetime(&date.and_time(time)).single());
        return Some(instant.map_or_else(|| day(date, origin), |instant| second(instant, origin)));
    }
    if days.iter().any(|pattern| pattern.is_match(text)) {
        // A day that no calendar has.
        return None;
    }
    if let Some(captures) = patterns.numbers.captures(text) {
        return numbers(&captures, origin);
    }
    let captures = patterns.month.captures(text)?;
    let date = NaiveDate::parse_from_str(
        &format!("1 {} {}", short(&captures["m"]), &captures["y"]),
        "%d %b %Y",
    )
    .ok()?;
    Some(cut(
        date.format("%Y-%m").to_string(),
        Precision::Month,
        origin,
    ))
}

fn short(month: &str) -> &str {
    month.get(..3).unwrap_or(month)
}

fn date_of(captures: &Captures<'_>) -> Option<NaiveDate> {
    let part = |name: &str| captures.name(name).map(|part| part.as_str());
    let (year, month, day) = (
        part("y")?,
        part("m").or(part("m2"))?,
        part("d").or(part("d2"))?,
    );
    let form = if month.starts_with(|c: char| c.is_ascii_digit()) {
        "%d %m %Y"
    } else {
        "%d %b %Y"
    };
    NaiveDate::parse_from_str(&format!("{day} {} {year}", short(month)), form).ok()
}

/// `25.1.2016` and `1/25/2016` can be read in one way; of `5/1/2016` only the year is sure.
fn numbers(captures: &Captures<'_>, origin: PublishedOrigin) -> Option<Published> {
    let number = |name: &str| captures[name].parse::<u32>().ok();
    let (a, b, year) = (number("a")?, number("b")?, captures["y"].parse().ok()?);
    let date = match (a, b) {
        (13.., _) => NaiveDate::from_ymd_opt(year, b, a)?,
        (_, 13..) => NaiveDate::from_ymd_opt(year, a, b)?,
        _ if a == b => NaiveDate::from_ymd_opt(year, a, b)?,
        _ => {
            NaiveDate::from_ymd_opt(year, a, b)?;
            return Some(cut(year.to_string(), Precision::Year, origin));
        }
    };
    Some(day(date, origin))
}

/// A time of day with a zone that means one thing.
fn time_in(text: &str) -> Option<(NaiveTime, FixedOffset)> {
    PATTERNS.clock.captures_iter(text).find_map(|captures| {
        let number = |name: &str| {
            captures
                .name(name)
                .map_or(Some(0), |part| part.as_str().parse::<u32>().ok())
        };
        let half = captures
            .name("half")
            .map(|half| half.as_str().to_lowercase());
        if half.is_none() && captures.name("min").is_none() {
            return None;
        }
        let hour = match (
            number("h")?,
            half.as_deref().map(|half| half.starts_with('p')),
        ) {
            (12, Some(false)) => 0,
            (hour @ 1..12, Some(true)) => hour + 12,
            (hour, _) => hour,
        };
        let time = NaiveTime::from_hms_opt(hour, number("min")?, number("sec")?)?;
        Some((time, zone(&captures["zone"])?))
    })
}

fn zone(name: &str) -> Option<FixedOffset> {
    if name.starts_with(['+', '-']) {
        return name.parse().ok();
    }
    let (_, hours) = ZONES
        .iter()
        .find(|(zone, _)| zone.eq_ignore_ascii_case(name))?;
    FixedOffset::east_opt(hours * 3_600)
}

fn second(instant: DateTime<FixedOffset>, origin: PublishedOrigin) -> Published {
    let at = instant
        .with_timezone(&Utc)
        .to_rfc3339_opts(SecondsFormat::Secs, true);
    cut(at, Precision::Second, origin)
}

fn day(date: NaiveDate, origin: PublishedOrigin) -> Published {
    cut(date.format("%Y-%m-%d").to_string(), Precision::Day, origin)
}

fn cut(at: String, precision: Precision, origin: PublishedOrigin) -> Published {
    Published {
        at,
        precision,
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_say() {
        for (text, at) in [
            ("2016-01-05T09:30:00+01:00", "2016-01-05T08:30:00Z"),
            ("2016-01-05T09:30Z", "2016-01-05T09:30:00Z"),
            ("2016-01-05 09:30:00 +0100", "2016-01-05T08:30:00Z"),
            ("Tue, 05 Jan 2016 09:30:00 GMT", "2016-01-05T09:30:00Z"),
            ("2016-01-05T09:30", "2016-01-05"),
            ("2016-01-05", "2016-01-05"),
            ("2016/01/05", "2016-01-05"),
            ("20160105", "2016-01-05"),
            ("Jan 5th 2016", "2016-01-05"),
            ("Sept. 05, 2016", "2016-09-05"),
            ("the 5th of January, 2016", "2016-01-05"),
            ("05-Jan-2016", "2016-01-05"),
            ("January 5, 2016 Tuesday", "2016-01-05"),
            (
                "Tuesday, January 5, 2016 9:30 AM EST",
                "2016-01-05T14:30:00Z",
            ),
            ("5 January 2016, 21:15 GMT", "2016-01-05T21:15:00Z"),
            ("Jan. 5, 2016 9:30 p.m. ET", "2016-01-05"),
            ("25.1.2016", "2016-01-25"),
            ("1/25/2016", "2016-01-25"),
            ("5.1.2016", "2016"),
            ("January 2016", "2016-01"),
            ("2016-01", "2016-01"),
            ("2016", "2016"),
            ("31 February 2016", ""),
            ("marching 5 2016", ""),
            ("about 2016 people", ""),
        ] {
            let read = read(text, PublishedOrigin::Text).map(|published| published.at);
            assert_eq!(read.unwrap_or_default(), at, "{text}");
        }
    }

    #[test]
    fn a_headline_with_a_date_is_no_date_line() {
        for (line, is_date) in [
            ("Tuesday, January 5, 2016 9:30 AM EST", true),
            ("Published: 5 January 2016 at 09:30 GMT", true),
            ("Last updated on 2016-01-05T09:30Z", true),
            ("May hails deal of 5 January 2016", false),
            ("January 5, 2016: the day the ferry sank", false),
        ] {
            assert_eq!(is_only_date(line), is_date, "{line}");
        }
    }
}
