//! Functions of our own for the user's SQL. Each is deterministic, and null where its arguments make no sense.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use crate::text::normalize::name_key;

/// A pattern that compiles to more than this is refused, so that none takes long on a text.
const MAX_PATTERN_BYTES: usize = 256 << 10;
/// How many code points an excerpt shows on either side.
const EXCERPT_WIDTH: usize = 80;
/// The most that it shows.
const MAX_EXCERPT_WIDTH: i64 = 100_000;

/// Makes the functions known to the connection.
pub(super) fn add(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("fold", 1, flags, |context| {
        Ok(text(context, 0).map(|text| name_key(&text)))
    })?;
    connection.create_scalar_function("year", 1, flags, |context| {
        Ok(cut(context, 4).and_then(|year| year.parse::<i64>().ok()))
    })?;
    connection.create_scalar_function("month", 1, flags, |context| Ok(cut(context, 7)))?;
    connection.create_scalar_function("day", 1, flags, |context| Ok(cut(context, 10)))?;
    connection.create_scalar_function("regexp", 2, flags, regexp)?;
    for n_arguments in [3, 4] {
        connection.create_scalar_function("excerpt", n_arguments, flags, |context| {
            Ok(excerpt(context))
        })?;
    }
    Ok(())
}

/// An argument as text; nothing of null and blobs.
fn text<'a>(context: &'a Context<'_>, n: usize) -> Option<Cow<'a, str>> {
    match context.get_raw(n) {
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text)),
        ValueRef::Integer(number) => Some(number.to_string().into()),
        ValueRef::Real(number) => Some(number.to_string().into()),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

fn whole(context: &Context<'_>, n: usize) -> Option<i64> {
    match context.get_raw(n) {
        ValueRef::Integer(number) => Some(number),
        _ => None,
    }
}

/// The first part of a date: 4, 7 or 10 characters of `2016-01-05`; nothing where it is not known so exactly.
fn cut(context: &Context<'_>, length: usize) -> Option<String> {
    let date = text(context, 0)?;
    let part = date.get(..length)?;
    let is_date = part.bytes().enumerate().all(|(n, byte)| match n {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let goes_on = date[length..].starts_with(|c: char| c.is_ascii_digit());
    (is_date && !goes_on).then(|| part.to_owned())
}

/// `text regexp pattern` calls this with the pattern first.
fn regexp(context: &mut Context<'_>) -> rusqlite::Result<Option<bool>> {
    if text(context, 0).is_none() {
        return Ok(None);
    }
    let pattern = context.get_or_create_aux(0, |_| {
        let pattern = text(context, 0).unwrap_or_default();
        compiled(&pattern)
    })?;
    Ok(text(context, 1).map(|text| pattern.is_match(&text)))
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(pattern)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .nest_limit(50)
        .build();
    regex.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => {
            "the pattern of regexp is too large; repeat less in it".to_owned()
        }
        error => {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            format!("the pattern of regexp is wrong: {reason}")
        }
    })
}

/// The code points from `start` to `end` in « », with so many on either side.
fn excerpt(context: &Context<'_>) -> Option<String> {
    let body = text(context, 0)?;
    let start = usize::try_from(whole(context, 1)?).ok()?;
    let end = usize::try_from(whole(context, 2)?).ok()?;
    let width = if context.len() > 3 {
        whole(context, 3)?.clamp(0, MAX_EXCERPT_WIDTH) as usize
    } else {
        EXCERPT_WIDTH
    };
    around(&body, start, end, width)
}

fn around(body: &str, start: usize, end: usize, width: usize) -> Option<String> {
    if end < start {
        return None;
    }
    let from = start.saturating_sub(width);
    let mut characters = body.chars().skip(from);
    let before: String = characters.by_ref().take(start - from).collect();
    let inside: String = characters.by_ref().take(end - start).collect();
    let after: String = characters.by_ref().take(width).collect();
    if before.chars().count() < start - from {
        return None;
    }
    // Where words go on beyond the excerpt, it begins and ends between words.
    let before = match before.split_once(char::is_whitespace) {
        Some((_, rest)) if from > 0 => format!("…{rest}"),
        _ => before,
    };
    let after = match after.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if characters.next().is_some() => format!("{rest}…"),
        _ => after,
    };
    let excerpt = format!("{before}«{inside}»{after}");
    Some(excerpt.replace(['\n', '\r', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sql: &str) -> String {
        let connection = Connection::open_in_memory().unwrap();
        add(&connection).unwrap();
        connection
            .query_row(sql, [], |row| {
                Ok(format!("{:?}", super::super::value(row.get_ref(0)?)))
            })
            .unwrap()
    }

    #[test]
    fn functions_answer_and_are_null_where_nothing_can_be_told() {
        for (call, answer) in [
            ("fold('Mr. José Bové''s')", "Text(\"jose bove\")"),
            ("fold(null)", "Null"),
            ("fold(7)", "Text(\"7\")"),
            ("fold(x'00ff')", "Null"),
            ("year('2016-01-05T09:30:00Z')", "Integer(2016)"),
            ("year(2016)", "Integer(2016)"),
            ("year('20160105')", "Null"),
            ("month('2016-01-05')", "Text(\"2016-01\")"),
            ("month('2016-07/2016-09')", "Text(\"2016-07\")"),
            ("month('2016')", "Null"),
            ("day('2016-01-05T09:30:00Z')", "Text(\"2016-01-05\")"),
            ("day('2016-01')", "Null"),
            ("day('日本日本日本')", "Null"),
            ("day(1.5)", "Null"),
            ("'Ferry line' regexp '^ferry'", "Integer(0)"),
            ("'Ferry line' regexp '(?i)^ferry'", "Integer(1)"),
            ("null regexp 'a'", "Null"),
            ("'a' regexp null", "Null"),
            ("12 regexp '^1'", "Integer(1)"),
            ("excerpt('Ein Öl kam an', 4, 6, 0)", "Text(\"«Öl»\")"),
            (
                "excerpt('one two three four', 4, 7, 8)",
                "Text(\"one «two» three…\")",
            ),
            ("excerpt('one', 0, 3)", "Text(\"«one»\")"),
            ("excerpt('one', 7, 9)", "Null"),
            ("excerpt('one', -1, 2)", "Null"),
            ("excerpt('one', 2, 1)", "Null"),
            ("excerpt('one', null, 1)", "Null"),
            (
                "excerpt('one', 0, 9223372036854775807, 9223372036854775807)",
                "Text(\"«one»\")",
            ),
        ] {
            assert_eq!(asked(&format!("select {call}")), answer, "{call}");
        }
    }
}
