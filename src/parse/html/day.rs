//! Dates as pages write them: ISO 8601 and its kin, epochs, and days in print in a dozen tongues.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use regex::Regex;

use super::pattern;

use crate::domain::article::Precision;

/// A date that a page states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    /// The day in the calendar that it was written in.
    pub(super) day: NaiveDate,
    pub(super) precision: Precision,
    /// The instant, where time and zone are stated.
    pub(super) instant: Option<DateTime<Utc>>,
    /// The hour, where it was written in UTC, which is nobody's calendar, or in no stated zone.
    pub(super) utc_hour: Option<u32>,
}

/// Beginnings of the months' names: English, Spanish, Portuguese, French, Italian, German, Dutch, Scandinavian, Polish, Russian,
/// Turkish, Indonesian; Ukrainian, Romanian, Czech, Finnish, Hungarian, Greek, Vietnamese, Arabic, Hindi.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan",
        "ene",
        "gen",
        "jän",
        "stycz",
        "янв",
        "oca",
        "січ",
        "ian",
        "led",
        "tammi",
        "ιαν",
        "يناير",
        "كانون الثاني",
        "जनवरी",
    ],
    &[
        "feb",
        "fev",
        "fév",
        "lut",
        "фев",
        "şub",
        "лют",
        "úno",
        "helmi",
        "φεβ",
        "فبراير",
        "फरवरी",
        "फ़रवरी",
    ],
    &[
        "mar",
        "mär",
        "maa",
        "mrz",
        "мар",
        "бер",
        "bře",
        "már",
        "μαρ",
        "μάρ",
        "مارس",
        "मार्च",
    ],
    &[
        "apr",
        "abr",
        "avr",
        "kwi",
        "апр",
        "nis",
        "кві",
        "dub",
        "huhti",
        "ápr",
        "απρ",
        "أبريل",
        "ابريل",
        "अप्रैल",
    ],
    &[
        "may", "mai", "mag", "mei", "maj", "май", "мая", "тра", "kvě", "touko", "máj", "μαΐ",
        "μαϊ", "μάι", "مايو", "मई",
    ],
    &[
        "jun",
        "giu",
        "juin",
        "cze",
        "июн",
        "haz",
        "чер",
        "iun",
        "červn",
        "kesä",
        "jún",
        "ιουν",
        "ιούν",
        "يونيو",
        "जून",
    ],
    &[
        "jul",
        "lug",
        "juil",
        "lip",
        "июл",
        "tem",
        "лип",
        "iul",
        "červen",
        "heinä",
        "júl",
        "ιουλ",
        "ιούλ",
        "يوليو",
        "जुलाई",
    ],
    &[
        "aug",
        "ago",
        "aoû",
        "aout",
        "agu",
        "sier",
        "авг",
        "ağu",
        "сер",
        "srp",
        "elo",
        "αυγ",
        "αύγ",
        "أغسطس",
        "اغسطس",
        "अगस्त",
    ],
    &[
        "sep",
        "set",
        "wrz",
        "сен",
        "eyl",
        "вер",
        "zář",
        "syys",
        "sze",
        "σεπ",
        "سبتمبر",
        "सितंबर",
        "सितम्बर",
    ],
    &[
        "oct",
        "out",
        "ott",
        "okt",
        "paź",
        "окт",
        "eki",
        "жов",
        "říj",
        "loka",
        "οκτ",
        "أكتوبر",
        "اكتوبر",
        "अक्टूबर",
    ],
    &[
        "nov",
        "lis",
        "ноя",
        "kas",
        "nop",
        "noi",
        "marras",
        "νοε",
        "νοέ",
        "نوفمبر",
        "नवंबर",
        "नवम्बर",
    ],
    &[
        "dec",
        "dic",
        "dez",
        "déc",
        "des",
        "gru",
        "дек",
        "ara",
        "гру",
        "pro",
        "joulu",
        "δεκ",
        "ديسمبر",
        "दिसंबर",
        "दिसम्बर",
    ],
];
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"\b(?P<y1>(?:19|20)\d\d)(?:[-/]|\.\s?)(?P<m1>\d{1,2})(?:[-/]|\.\s?)(?P<d1>\d{1,2})(?:\b|T)",
        r"(?P<y2>(?:19|20)\d\d)\s?[年년]\s?(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日일]",
        r"\b(?P<d3>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de |of |d')?(?P<m3>\p{L}{3,12})\.?,?(?:\s+(?:de |del )?|-|\s*’)(?P<y3>(?:19|20)\d\d)\b",
        r"\b(?P<m4>\p{L}{3,12})\.?\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:at\s+)?(?P<y4>(?:19|20)\d\d)\b",
        r"(?:ngày )?\b(?P<d9>\d{1,2}) tháng (?P<m9>\d{1,2}),? (?:năm )?(?P<y9>(?:19|20)\d\d)\b",
        r"\b(?P<y10>(?:19|20)\d\d)\.? (?P<m10>[\p{L}]{3,12})\.? (?P<d10>\d{1,2})\b",
        r"\b(?P<a5>\d{1,2})(?P<s5>[/.-])(?P<b5>\d{1,2})[/.-](?P<y5>(?:19|20)\d\d)\b",
        // The shell's and JavaScript's: Mon Nov 18 22:30:00 EST 2019
        r"\b(?P<m6>\p{L}{3})\s+(?P<d6>\d{1,2})\s+\d\d:\d\d(?::\d\d)?\s+[\w+:-]+\s+(?P<y6>(?:19|20)\d\d)\b",
        r"\b(?P<m8>\p{L}{3,12})\.?\s+(?P<d8>\d{1,2}),?\s+\d{1,2}:\d\d\s+(?P<y8>(?:19|20)\d\d)\b",
        r"\b(?P<a7>\d{1,2})/(?P<b7>\d{1,2})/(?P<y7>\d\d)\b",
    ];
    pattern(&format!("(?i){}", patterns.join("|")))
});

/// Reads a date written for machines, else the first in print.
pub(super) fn read(text: &str, is_american: bool) -> Option<Stated> {
    let text = text.trim();
    instant(text)
        .or_else(|| epoch(text))
        .or_else(|| digits(text))
        .or_else(|| printed(text, is_american))
}

fn instant(text: &str) -> Option<Stated> {
    let text = text.trim_start_matches("D:").trim_end_matches("[UTC]");
    let zoned = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .ok()
        .or_else(|| {
            [
                "%Y-%m-%dT%H:%M:%S%.f%z",
                "%Y-%m-%dT%H:%M%z",
                "%Y-%m-%d %H:%M:%S%.f %z",
                "%Y-%m-%d %H:%M %z",
                "%Y%m%dT%H:%M:%S%z",
                "%Y-%m-%dT%H:%M:%S %z",
                "%a %b %d %Y %H:%M:%S GMT%z",
            ]
            .iter()
            .find_map(|format| DateTime::parse_from_str(text, format).ok())
        })
        .or_else(|| {
            let bare = text
                .strip_suffix('Z')
                .or_else(|| text.strip_suffix("UTC"))
                .or_else(|| text.strip_suffix("GMT"))?;
            Some(local(bare.trim())?.and_utc().fixed_offset())
        });
    if let Some(zoned) = zoned {
        let hour = (zoned.offset().local_minus_utc() == 0).then(|| zoned.hour());
        return stated(zoned.date_naive(), Some(zoned.with_timezone(&Utc)), hour);
    }
    let local = local(text)?;
    stated(local.date(), None, Some(local.hour()))
}

fn local(text: &str) -> Option<NaiveDateTime> {
    [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M:%S",
        "%Y%m%d%H%M%S",
    ]
    .iter()
    .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Stated> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1_000,
        _ => return None,
    };
    let instant = DateTime::from_timestamp(seconds, 0)?;
    stated(instant.date_naive(), Some(instant), Some(instant.hour()))
}

/// 20191118
fn digits(text: &str) -> Option<Stated> {
    let is_one = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let day = is_one.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())??;
    stated(day, None, None)
}

/// The first day in print.
pub(super) fn printed(text: &str, is_american: bool) -> Option<Stated> {
    let text = &text[..text.floor_char_boundary(400)];
    PRINTED.captures_iter(text).find_map(|captures| {
        let part = |name: &str| captures.name(name).map(|part| part.as_str());
        let number = |name: &str| part(name)?.parse::<u32>().ok();
        let year = ["y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8", "y9", "y10"]
            .iter()
            .find_map(|name| number(name))?;
        let year = if year < 100 {
            year + if year > 70 { 1900 } else { 2000 }
        } else {
            year
        };
        let (month, day) = if let Some(first) = number("a5").or_else(|| number("a7")) {
            let second = number("b5").or_else(|| number("b7"))?;
            let is_month_first =
                second > 12 || first <= 12 && is_american && part("s5") != Some(".");
            if is_month_first {
                (first, second)
            } else {
                (second, first)
            }
        } else {
            let month = ["m1", "m2", "m9"].iter().find_map(|name| number(name));
            let named = || {
                month_of(
                    ["m3", "m4", "m6", "m8", "m10"]
                        .iter()
                        .find_map(|name| part(name))?,
                )
            };
            (
                month.or_else(named)?,
                ["d1", "d2", "d3", "d4", "d6", "d8", "d9", "d10"]
                    .iter()
                    .find_map(|name| number(name))?,
            )
        };
        stated(
            NaiveDate::from_ymd_opt(year as i32, month, day)?,
            None,
            None,
        )
    })
}

fn month_of(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let month = MONTHS
        .iter()
        .position(|forms| forms.iter().any(|form| name.starts_with(form)))?;
    Some(month as u32 + 1)
}

impl Stated {
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
}

/// The day in an address: `/2019/11/18/`, `/2019-11-18-`, `20191118`; a month where no day stands.
pub(super) fn in_address(url: &str) -> Option<Stated> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)[/_=-](?P<y>(?:19|20)\d\d)(?:[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])(?:\D|$)|/(?P<n>[a-z]{3})/(?P<e>\d{1,2})/|/(?P<o>0?[1-9]|1[0-2])/(?:(?P<f>\d{1,2})/)?)",
        )
    });
    let captures = DAY.captures(url)?;
    let number = |name: &str| captures.name(name)?.as_str().parse::<u32>().ok();
    let year = number("y")? as i32;
    let month = number("m")
        .or_else(|| number("o"))
        .or_else(|| month_of(captures.name("n")?.as_str()))?;
    match number("d").or_else(|| number("e")).or_else(|| number("f")) {
        Some(day) => stated(NaiveDate::from_ymd_opt(year, month, day)?, None, None),
        None => Some(Stated {
            precision: Precision::Month,
            ..stated(NaiveDate::from_ymd_opt(year, month, 1)?, None, None)?
        }),
    }
}

/// Days before the Web's newspapers' archives, and zeros that stand for no date, are none.
fn stated(day: NaiveDate, instant: Option<DateTime<Utc>>, utc_hour: Option<u32>) -> Option<Stated> {
    let is_sound =
        (1700..=2100).contains(&day.year()) && day != NaiveDate::from_ymd_opt(1970, 1, 1)?;
    let precision = if instant.is_some() {
        Precision::Second
    } else {
        Precision::Day
    };
    is_sound.then_some(Stated {
        day,
        precision,
        instant,
        utc_hour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_pages_write_them() {
        for text in [
            "2019-11-18",
            "2019-11-18T09:30:00Z",
            "2019-11-18T09:30Z",
            "2019-11-18T09:30:00.000+0100",
            "2019-11-18 09:30:00",
            "20191118",
            "1574069400",
            "1574069400000",
            "Mon, 18 Nov 2019 09:30:00 GMT",
            "Mon Nov 18 2019 09:30:00 GMT-0500 (EST)",
            "Mon Nov 18 09:30:00 EST 2019",
            "November 18th, 2019",
            "Nov. 18, 2019 at 9:30 p.m. ET",
            "Monday 18 November 2019",
            "18 de novembro de 2019",
            "18. November 2019",
            "18 novembre 2019",
            "18 ноября 2019",
            "2019年11月18日",
            "11/18/2019",
            "18.11.2019",
            "18-Nov-2019",
            "Published: 09:30 EST, 18 November 2019",
        ] {
            assert_eq!(
                read(text, true)
                    .map(|stated| stated.day.to_string())
                    .as_deref(),
                Some("2019-11-18"),
                "{text}"
            );
        }
        assert_eq!(
            read("05/11/2019", false)
                .map(|stated| stated.day.to_string())
                .as_deref(),
            Some("2019-11-05")
        );
        for text in [
            "0001-01-01T00:00:00Z",
            "1970-01-01",
            "99 November 2019",
            "1234567890123456789",
            "Nobody 18, 2019",
        ] {
            assert_eq!(read(text, true), None, "{text}");
        }
    }

    #[test]
    fn addresses_hold_days() {
        let day =
            |url: &str| in_address(url).map(|stated| (stated.day.to_string(), stated.precision));
        let found = |day: &str, precision| Some((day.to_owned(), precision));
        assert_eq!(
            day("https://example.com/2019/11/18/ferry"),
            found("2019-11-18", Precision::Day)
        );
        assert_eq!(
            day("https://example.com/news/ferry-20191118.html"),
            found("2019-11-18", Precision::Day)
        );
        assert_eq!(
            day("https://example.com/2019/nov/18/ferry"),
            found("2019-11-18", Precision::Day)
        );
        assert_eq!(
            day("https://example.com/2019/11/ferry"),
            found("2019-11-01", Precision::Month)
        );
        assert_eq!(day("https://example.com/story-2019112233"), None);
    }
}
