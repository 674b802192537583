//! Times of day and zones.

use std::sync::LazyLock;

use chrono::{FixedOffset, NaiveTime};
use regex::Regex;

/// Zones that mean one thing, by their offsets in minutes; "IST", "CST", "ET" and the like do not.
const ZONES: [(&str, i32); 41] = [
    ("gmt", 0),
    ("utc", 0),
    ("ut", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("wat", 60),
    ("cest", 120),
    ("mesz", 120),
    ("cat", 120),
    ("sast", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("eat", 180),
    ("trt", 180),
    ("pkt", 300),
    ("npt", 345),
    ("wib", 420),
    ("ict", 420),
    ("wita", 480),
    ("hkt", 480),
    ("sgt", 480),
    ("pht", 480),
    ("awst", 480),
    ("wit", 540),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("pst", -480),
    ("pdt", -420),
];

/// More zones of mail and feeds, where RFC 822 says what they mean.
const RFC_822_ZONES: [(&str, i32); 5] = [
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("ut", 0),
];

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[^\d.:,/])(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?(?::(?P<sec>\d\d))?(?:[.,]\d{1,9})?\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d\d)?\b|[a-z]{1,4}\b)",
    )
    .expect("the pattern is constant")
});

/// A time of day with a zone that means one thing; both stand in what surrounds a printed date.
pub(super) fn time_in(text: &str) -> Option<(NaiveTime, FixedOffset)> {
    CLOCK.captures_iter(text).find_map(|captures| {
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

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?i:at|um|à|kl\.?|klo|ore|alle|às|kl) )?\d{1,2}[:.h]\d\d(?::\d\d)? ?(?i:[ap]\.?m\b\.?)? ?(?i:uhr|hrs?|h)?\.? ?\(?[A-Z]{0,5}\)?$",
    )
    .expect("the pattern is constant")
});

/// Whether a line is a time of day, in any zone.
pub(super) fn is_time(line: &str) -> bool {
    TIME.is_match(line)
}

/// The zone of a name or an offset.
pub(super) fn zone(name: &str) -> Option<FixedOffset> {
    named(name, &ZONES)
}

/// The same in a date that is written as RFC 822 has it.
pub(super) fn zone_of_mail(name: &str) -> Option<FixedOffset> {
    named(name, &ZONES).or_else(|| named(name, &RFC_822_ZONES))
}

fn named(name: &str, zones: &[(&str, i32)]) -> Option<FixedOffset> {
    let folded = name.trim().to_lowercase();
    if let Some((_, minutes)) = zones.iter().find(|(zone, _)| *zone == folded) {
        return FixedOffset::east_opt(minutes * 60);
    }
    let bare = folded
        .strip_prefix("gmt")
        .or_else(|| folded.strip_prefix("utc"))
        .unwrap_or(&folded);
    offset(bare.trim_start())
}

/// `+02:00`, `+0200`, `+2`; no clock on earth is more than 14 hours before or 12 behind.
fn offset(text: &str) -> Option<FixedOffset> {
    const EARLIEST: i32 = -12 * 60;
    const LATEST: i32 = 14 * 60;
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = &text[1..];
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if !(0..=14).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    let east = sign * (hours * 60 + minutes);
    (EARLIEST..=LATEST)
        .contains(&east)
        .then(|| FixedOffset::east_opt(east * 60))?
}

/// Whether a folded word is the name of a zone.
pub(super) fn is_zone(word: &str) -> bool {
    ZONES
        .iter()
        .chain(&RFC_822_ZONES)
        .any(|(zone, _)| *zone == word)
}
