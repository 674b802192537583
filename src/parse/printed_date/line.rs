//! Lines that state a date and say nothing else.

use super::token::{Kind, Token, tokens};
use super::{Order, clock, months, printed, read};

const MAX_BYTES: usize = 100;

/// Whether a line states a date and says nothing else but that it is one.
pub(in crate::parse) fn is_only_date(line: &str) -> bool {
    line.len() <= MAX_BYTES
        && !line.ends_with('?')
        && read(line, Order::MonthFirst).is_some()
        && tokens(line).iter().all(says_nothing)
}

/// Whether a line states a day of some year and says nothing else.
pub(in crate::parse) fn is_only_day_of_year(line: &str) -> bool {
    line.len() <= MAX_BYTES
        && printed::day_of_year(line).is_some()
        && tokens(line).iter().all(says_nothing)
}

/// Whether a line says no more than that a date follows: `Published on`.
pub(in crate::parse) fn is_label(line: &str) -> bool {
    tokens(line).iter().all(says_nothing)
}

/// Whether a line states a time of day and says nothing else, as under the line of its date: `10:45 AM ET`.
pub(in crate::parse) fn is_only_time(line: &str) -> bool {
    line.len() <= MAX_BYTES && clock::is_time(line.trim())
}

fn says_nothing(token: &Token) -> bool {
    let Kind::Word(word) = &token.kind else {
        return true;
    };
    let is_glued_t = word == "t" && !token.is_apart;
    is_glued_t
        || months::month(word, false).is_some()
        || months::is_link(word)
        || months::is_line_word(word)
        || clock::is_zone(word)
        || word.starts_with(['年', '月', '日', '년', '월', '일'])
}
