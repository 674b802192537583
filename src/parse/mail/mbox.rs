//! Mailboxes (mbox): messages one after another, each behind a line `From …`; a line of text that begins so is quoted `>From`.

use std::io::{BufRead, BufReader, Read};
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::field_name;
use crate::domain::article::Format;
use crate::domain::ledger::Rejection;
use crate::parse::{Collector, ParseError, bundle};

/// A line longer than this is taken in pieces.
const MAX_LINE_BYTES: u64 = 1 << 20;

pub(in crate::parse) fn read(
    reader: impl Read,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut messages = Messages {
        reader: BufReader::with_capacity(1 << 16, reader),
        limit: collector.options().limits.member,
        line: Vec::new(),
    };
    let mut n_messages = 0;
    loop {
        let message = messages
            .next()
            .map_err(|error| bundle::rejection(&error, Format::Mbox))?;
        let Some(message) = message else {
            return Ok(());
        };
        if message.trim_ascii().is_empty() {
            continue;
        }
        n_messages += 1;
        let name = format!("message {n_messages}{}.eml", subject(&message));
        let size = message.len() as u64;
        let limit = messages.limit;
        if size > limit {
            collector.failure(&name, Rejection::TooLarge { size, limit })?;
            continue;
        }
        collector.member(&name, &mut message.as_slice(), None)?;
    }
}

/// What tells a message to a reader of the ledger: ` (Ferry line reopens)`.
fn subject(message: &[u8]) -> String {
    let head = String::from_utf8_lossy(&message[..message.len().min(8_000)]);
    let subject = head
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .find(|line| field_name(line).is_some_and(|name| name == "subject"));
    let subject = subject
        .and_then(|line| line.split_once(':'))
        .map_or("", |(_, subject)| subject.trim())
        .replace(['/', '\\'], " ");
    match subject.as_str() {
        "" => String::new(),
        subject => format!(" ({})", subject.chars().take(80).collect::<String>()),
    }
}

struct Messages<R> {
    reader: R,
    limit: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Messages<R> {
    /// The next message, without its `From ` line; of one that is too large, a little more than the limit.
    fn next(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut message = Vec::new();
        loop {
            self.line.clear();
            let mut line = (&mut self.reader).take(MAX_LINE_BYTES);
            line.read_until(b'\n', &mut self.line)?;
            if self.line.is_empty() {
                return Ok((!message.is_empty()).then_some(message));
            }
            if !is_separator(&self.line) {
                if message.len() as u64 <= self.limit {
                    message.extend_from_slice(unquoted(&self.line));
                }
            } else if !message.is_empty() {
                return Ok(Some(message));
            }
        }
    }
}

/// `From somebody Tue Jan  5 09:30:00 2016`; a sentence that begins with From has no such stamp.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(line) = line.strip_prefix(b"From ") else {
        return false;
    };
    STAMP.is_match(&line[..line.len().min(300)])
}

/// The time stamp of such a line, as C's `asctime` writes it; some programs put the zone before or behind the year.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u)^\S*[ \t]*.{0,200}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+",
        r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z][a-z])[ \t]+",
        r"(?:\d{4}[ \t]+)?\d{1,2}:\d\d(?::\d\d)?(?:[ \t]+[A-Z+-][A-Z0-9]*)*(?:[ \t]+\d{4})?",
    ))
    .expect("the pattern is constant")
});

fn unquoted(line: &[u8]) -> &[u8] {
    let n_marks = line.iter().take_while(|byte| **byte == b'>').count();
    if n_marks > 0 && line[n_marks..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}
