//! Expressions of time by patterns, with their value where the words and the publication date tell it. A value that is a
//! stretch is an ISO 8601 interval (`2016-07/2016-09`), a length a duration (`P3Y`), what recurs a repetition (`R/P1W`).

mod calendar;
mod counts;
mod patterns;

use chrono::NaiveDate;

use crate::domain::analysis::{DateMention, DateType};
use crate::domain::article::{Precision, Published};
use crate::text::offsets::Offsets;

/// What an expression says.
#[derive(Debug, Default)]
struct Reading {
    value: Option<String>,
    precision: Option<Precision>,
    date_type: Option<DateType>,
}

/// What stands around an expression.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    /// The day of publication, where it is known.
    reference: Option<NaiveDate>,
    /// The text before the expression.
    before: &'a str,
    /// The text behind it.
    after: &'a str,
}

pub(super) fn find(body: &str, published: Option<&Published>) -> Vec<DateMention> {
    let reference = published
        .filter(|published| published.precision >= Precision::Day)
        .and_then(|published| NaiveDate::parse_from_str(published.at.get(..10)?, "%Y-%m-%d").ok());
    let mut found: Vec<(std::ops::Range<usize>, Reading)> = Vec::new();
    for rule in patterns::rules_for(body) {
        for captures in rule.pattern.captures_iter(body) {
            // A part named `t` is the expression where the pattern needs its neighbours as well.
            let whole = captures.name("t").or_else(|| captures.get(0));
            let Some(range) = whole.map(|whole| whole.range()) else {
                continue;
            };
            let context = Context {
                reference,
                before: &body[..range.start],
                after: &body[range.end..],
            };
            if patterns::is_amount(rule, body, &range) {
                continue;
            }
            if let Some(reading) = (rule.read)(&captures, context) {
                found.push((range, reading));
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut offsets = Offsets::new(body);
    let mut end = 0;
    let mut mentions = Vec::new();
    for (range, reading) in found {
        if range.start < end {
            continue;
        }
        end = range.end;
        mentions.push(DateMention {
            span: offsets.span(&range),
            text: body[range].to_owned(),
            value: reading.value,
            precision: reading.precision,
            date_type: reading.date_type.unwrap_or(DateType::Date),
        });
    }
    mentions
}

/// "will meet on Thursday": the sentence so far speaks of what is to come.
fn is_ahead(before: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .take(60)
        .take_while(|(_, c)| !matches!(c, '.' | '\n' | '"' | '“' | '”' | ';'))
        .last()
        .map_or(before.len(), |(at, _)| at);
    let clause = &before[start..];
    let last = |cues: &[&str]| cues.iter().filter_map(|cue| clause.rfind(cue)).max();
    let ahead = last(&[
        " will ",
        " is to ",
        " are to ",
        " due ",
        "scheduled",
        "expected to",
        " plans to ",
        " plan to ",
        " by ",
        " until ",
    ]);
    let past = last(&[" said", " told ", " was ", " were ", " had "]);
    ahead.is_some() && ahead > past
}

#[cfg(test)]
mod tests;
