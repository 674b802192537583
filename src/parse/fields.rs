//! The fields that structured formats share, as they write them: dates, languages, addresses.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use regex::Regex;

use super::{fragment, when};
use crate::domain::article::{Precision, Published, PublishedOrigin};

/// Languages that are named otherwise than by their code of two letters: code, code of three letters (two forms), name.
const LANGUAGES: [(&str, &[&str]); 24] = [
    ("en", &["eng", "english"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("fr", &["fra", "fre", "french"]),
    ("es", &["spa", "spanish"]),
    ("it", &["ita", "italian"]),
    ("pt", &["por", "portuguese"]),
    ("nl", &["nld", "dut", "dutch"]),
    ("sv", &["swe", "swedish"]),
    ("da", &["dan", "danish"]),
    ("no", &["nor", "norwegian"]),
    ("fi", &["fin", "finnish"]),
    ("pl", &["pol", "polish"]),
    ("cs", &["ces", "cze", "czech"]),
    ("hu", &["hun", "hungarian"]),
    ("el", &["ell", "gre", "greek"]),
    ("tr", &["tur", "turkish"]),
    ("ru", &["rus", "russian"]),
    ("uk", &["ukr", "ukrainian"]),
    ("ar", &["ara", "arabic"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("zh", &["zho", "chi", "chinese"]),
    ("ja", &["jpn", "japanese"]),
    ("ko", &["kor", "korean"]),
];

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static BASIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$")
        .expect("the pattern is constant")
});

/// Text on one line, if there is any.
pub(super) fn line(text: &str) -> Option<String> {
    let line = fragment::squeezed(&super::decode::plain(text.into()));
    (!line.is_empty()).then_some(line)
}

/// A point in time as machines write it: ISO 8601 with or without its hyphens (`20160105T093000Z`), RFC 2822, seconds since 1970;
/// or else as people print it.
pub(super) fn date(text: &str) -> Option<Published> {
    let text = text.trim();
    let at_day = |digits: &str| NaiveDate::parse_from_str(digits, "%Y%m%d").ok();
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        4 if is_digits => {
            return at_day(&format!("{text}0101")).map(|_| published(text, Precision::Year));
        }
        7 if at_day(&format!("{}01", text.replacen('-', "", 1))).is_some() => {
            return Some(published(text, Precision::Month));
        }
        9 | 10 if is_digits => return text.parse().ok().and_then(since_1970),
        13 if is_digits => return text[..10].parse().ok().and_then(since_1970),
        _ => {}
    }
    basic(text).or_else(|| when::read(text, PublishedOrigin::Field))
}

fn basic(text: &str) -> Option<Published> {
    let parts = BASIC.captures(text)?;
    let part = |at: usize| parts.get(at).map(|part| part.as_str());
    let day = format!("{}-{}-{}", part(1)?, part(2)?, part(3)?);
    NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok()?;
    // Fourteen digits are GDELT's, and in UTC.
    let zone = part(7).or((text.len() == 14).then_some("Z"));
    let (Some(hour), Some(minute), Some(zone)) = (part(4), part(5), zone) else {
        // Without a zone only the day is sure.
        return Some(published(&day, Precision::Day));
    };
    let zone = if zone.starts_with(['+', '-']) {
        zone
    } else {
        "+0000"
    };
    let written = format!(
        "{day}T{hour}:{minute}:{}{}",
        part(6).unwrap_or("00"),
        zone.replace(':', "")
    );
    let instant = DateTime::parse_from_str(&written, "%Y-%m-%dT%H:%M:%S%z").ok()?;
    Some(at_second(instant.with_timezone(&Utc)))
}

fn since_1970(seconds: i64) -> Option<Published> {
    DateTime::from_timestamp(seconds, 0).map(at_second)
}

fn at_second(instant: DateTime<Utc>) -> Published {
    published(
        &instant.to_rfc3339_opts(SecondsFormat::Secs, true),
        Precision::Second,
    )
}

fn published(at: &str, precision: Precision) -> Published {
    Published {
        at: at.to_owned(),
        precision,
        origin: PublishedOrigin::Field,
    }
}

/// The day of `26-FEB-1987 15:01:01.79`, whose hour is in no known zone.
pub(super) fn day_of(text: &str) -> Option<Published> {
    let day = text.split_whitespace().next()?;
    let date = NaiveDate::parse_from_str(day, "%d-%b-%Y").ok()?;
    let midnight = NaiveDateTime::from(date);
    Some(published(
        &midnight.format("%Y-%m-%d").to_string(),
        Precision::Day,
    ))
}

/// The code of a language that is given by code or name: `en` for `en-GB`, `eng` and `English`.
pub(super) fn language(text: &str) -> Option<String> {
    let word = text
        .trim()
        .split(['-', '_', ',', ' '])
        .next()?
        .to_lowercase();
    if let Some((code, _)) = LANGUAGES
        .iter()
        .find(|(_, names)| names.contains(&word.as_str()))
    {
        return Some((*code).to_owned());
    }
    let is_code = matches!(word.len(), 2 | 3) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_code && word != "und").then_some(word)
}

/// A web address, if it is one.
pub(super) fn url(text: &str) -> Option<String> {
    let text = text.trim();
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    (is_web && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The host of an address, or of what is one without `http://`, without `www.`.
pub(super) fn domain(address: &str) -> Option<String> {
    let address = address.trim();
    let host = if address.contains("://") {
        url::Url::parse(address).ok()?.host_str()?.to_owned()
    } else {
        address
            .trim_start_matches('/')
            .split('/')
            .next()?
            .to_lowercase()
    };
    let host = host.trim_start_matches("www.");
    (host.contains('.') && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_machines_write_them() {
        let cases = [
            ("Tue, 05 Jan 2016 09:30:00 GMT", "2016-01-05T09:30:00Z"),
            ("Tue, 05 Jan 16 09:30:00 EST", "2016-01-05T14:30:00Z"),
            ("2016-01-05T09:30Z", "2016-01-05T09:30:00Z"),
            ("2016-01-05T09:30:00.25+02:00", "2016-01-05T07:30:00Z"),
            ("20160105T093000-0500", "2016-01-05T14:30:00Z"),
            ("20160105093000", "2016-01-05T09:30:00Z"),
            ("1451986200", "2016-01-05T09:30:00Z"),
            ("1451986200000", "2016-01-05T09:30:00Z"),
            ("2016-01-05 09:30:00", "2016-01-05"),
            ("20160105", "2016-01-05"),
            ("2016-01", "2016-01"),
            ("2016", "2016"),
            ("January 5, 2016", "2016-01-05"),
        ];
        for (text, at) in cases {
            assert_eq!(
                date(text).map(|date| date.at).as_deref(),
                Some(at),
                "{text}"
            );
        }
        for text in [
            "",
            "soon",
            "20161399",
            "99999999999999999999",
            "2016-99",
            "ü016-01",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(day_of(" 2-MAR-1987 08:01:09.1").unwrap().at, "1987-03-02");
    }

    #[test]
    fn languages_and_hosts_have_one_form() {
        assert_eq!(
            ["en-GB", "eng", "English", "gsw", "?"]
                .map(language)
                .map(Option::unwrap_or_default),
            ["en", "en", "en", "gsw", ""]
        );
        assert_eq!(
            [
                "https://www.Example.org/a?b",
                "example.org",
                "http://[",
                "no host"
            ]
            .map(domain)
            .map(Option::unwrap_or_default),
            ["example.org", "example.org", "", ""]
        );
    }
}
