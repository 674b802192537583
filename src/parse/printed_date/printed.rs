//! Dates in print: finds the first in a text, whatever its language, order and separators.

use chrono::{NaiveDate, TimeZone};

use super::order::Order;
use super::token::{Kind, Token, digit, tokens};
use super::{FIRST_YEAR, LAST_YEAR, Stated, century, clock, months};

/// The years of the Buddhist calendar less those of ours.
const BUDDHIST: i32 = 543;

/// What stands behind the number of a day: 5th, 1er, 1º.
const ORDINALS: [&str; 9] = ["st", "nd", "rd", "th", "er", "o", "a", "e", "re"];

/// What a printed date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Day(NaiveDate),
    Month(i32, u32),
    Year(i32),
}

/// A date and the tokens that it consists of, the last excluded.
type Found = (Known, usize);

/// The first day in print; where there is none, the first month or year of a date that has no sure day.
pub(super) fn first(text: &str, order: Order) -> Option<Stated> {
    if !text.contains(|c| digit(c).is_some()) && !text.contains('元') {
        return None;
    }
    let scanner = Scanner::new(text, order);
    let mut partial = None;
    let mut at = 0;
    while at < scanner.tokens.len() {
        let Some((known, end)) = scanner.date_at(at) else {
            at += 1;
            continue;
        };
        match known {
            Known::Day(day) => {
                let (start, end) = (scanner.tokens[at].start, scanner.tokens[end - 1].end);
                let rest = format!("{} {}", &text[..start], &text[end..]);
                return on_day(day, &rest, &text[start..end]);
            }
            Known::Month(year, month) => partial = partial.or(Stated::month(year, month)),
            Known::Year(year) => partial = partial.or(Stated::year(year)),
        }
        at = end;
    }
    partial
}

/// The instant, if `rest` tells the time, or `date` does, as that of a shell: `Jun 29 15:07:41 UTC 2016`.
fn on_day(day: NaiveDate, rest: &str, date: &str) -> Option<Stated> {
    let instant = clock::time_in(rest)
        .or_else(|| clock::time_in(date))
        .and_then(|(time, zone)| zone.from_local_datetime(&day.and_time(time)).single());
    instant.map_or_else(|| Stated::on(day), Stated::at)
}

/// The first eight digits that are a day: `20160105`.
pub(super) fn digits(text: &str) -> Option<Stated> {
    tokens(text).iter().find_map(|token| match token.kind {
        Kind::Number(value, 8) => {
            let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
            let day = NaiveDate::from_ymd_opt(
                i32::try_from(year).ok()?,
                u32::try_from(month).ok()?,
                u32::try_from(day).ok()?,
            );
            Stated::on(day?)
        }
        _ => None,
    })
}

/// The first month and day in print whose year does not matter.
pub(super) fn day_of_year(text: &str) -> Option<(u32, u32)> {
    let scanner = Scanner::new(text, Order::Unknown);
    // `March 3, 9999`: nobody can tell which year is meant.
    if scanner.tokens.iter().any(Token::is_impossible_year) {
        return None;
    }
    (0..scanner.tokens.len()).find_map(|at| {
        let day_first = || {
            let (day, has_dot, next) = scanner.day(at)?;
            let (month, _) = scanner.month(scanner.before_month(next), has_dot)?;
            Some((month, day))
        };
        let month_first = || {
            let (month, next) = scanner.month(at, false)?;
            let (day, ..) = scanner.day(scanner.before_day(next))?;
            Some((month, day))
        };
        day_first().or_else(month_first)
    })
}

struct Scanner {
    tokens: Vec<Token>,
    order: Order,
    is_thai: bool,
}

impl Scanner {
    fn new(text: &str, order: Order) -> Self {
        Self {
            tokens: tokens(text),
            order,
            is_thai: text.contains(|c| ('\u{e00}'..='\u{e7f}').contains(&c)),
        }
    }

    fn date_at(&self, at: usize) -> Option<Found> {
        match &self.tokens[at].kind {
            Kind::Number(_, 4) => self.year_first(at),
            Kind::Number(_, 1 | 2) => self.day_first(at).or_else(|| self.numeric(at)),
            Kind::Word(_) => self.era(at).or_else(|| self.month_first(at)),
            _ => None,
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.is_apart)
    }

    fn is_glued_mark(&self, at: usize, marks: &[char]) -> bool {
        self.token(at)
            .is_some_and(|token| !token.is_apart && token.is_mark(marks))
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.token(at)?.word()
    }

    fn number(&self, at: usize, max_digits: usize) -> Option<u32> {
        self.token(at)?.number(max_digits)
    }

    /// Whether the number continues one before it (`1.2.2016`, `v2`), so that a date cannot begin here.
    fn continues(&self, at: usize) -> bool {
        if at == 0 || self.tokens[at].is_apart {
            return false;
        }
        let before = &self.tokens[at - 1];
        before.word().is_some_and(str::is_ascii)
            || before.is_mark(&['.', '/', '-', ':', ','])
                && at > 1
                && !before.is_apart
                && self.tokens[at - 2].n_digits() > 0
            || before.is_mark(&['$', '€', '£', '¥', '#', '+'])
    }

    /// Whether digits go on behind a number, so that a date cannot end here.
    fn goes_on(&self, next: usize) -> bool {
        self.is_glued_mark(next, &['.', '/', '-'])
            && self.is_glued(next + 1)
            && self.tokens[next + 1].n_digits() > 0
    }

    /// The day of a month, whether a dot follows, and the next token.
    fn day(&self, at: usize) -> Option<(u32, bool, usize)> {
        let day = self.number(at, 2).filter(|day| (1..=31).contains(day))?;
        let mut next = at + 1;
        if self.is_glued(next) && self.word(next).is_some_and(|word| ORDINALS.contains(&word))
            || self.is_glued_mark(next, &['°', '·'])
        {
            next += 1;
        }
        let has_dot = self.is_glued_mark(next, &['.']);
        Some((day, has_dot, next + usize::from(has_dot)))
    }

    /// The month of a name, of up to three words, or of `tháng 6`.
    fn month(&self, at: usize, has_dot: bool) -> Option<(u32, usize)> {
        let first = self.word(at)?;
        if first == "thang"
            && let Some(month) = self
                .number(at + 1, 2)
                .filter(|month| (1..=12).contains(month))
        {
            return Some((month, at + 2));
        }
        let named = |n_words: usize| {
            let mut name = first.to_owned();
            for next in at + 1..at + n_words {
                name.push('_');
                name.push_str(self.word(next)?);
            }
            let month = months::month(&name, has_dot)?;
            let next = at + n_words;
            Some((month, next + usize::from(self.is_glued_mark(next, &['.']))))
        };
        named(3).or_else(|| named(2)).or_else(|| named(1))
    }

    /// Behind what links a date's parts.
    fn linked(&self, mut at: usize, marks: &[char], glued: &[char]) -> usize {
        const MAX_LINKS: usize = 3;
        for _ in 0..MAX_LINKS {
            let Some(token) = self.token(at) else { break };
            let is_link = token.word().is_some_and(months::is_link)
                || token.is_mark(marks)
                || token.is_mark(glued) && !token.is_apart && self.is_glued(at + 1);
            if !is_link {
                break;
            }
            at += 1;
        }
        at
    }

    /// From behind a day to the month.
    fn before_month(&self, at: usize) -> usize {
        self.linked(at, &['\''], &['-', '/'])
    }

    /// From behind a month to the day.
    fn before_day(&self, at: usize) -> usize {
        self.linked(at, &[], &['-', '/'])
    }

    /// The year behind a day and a month, or the one behind the time that stands between.
    fn year_behind(&self, at: usize) -> Option<(i32, usize)> {
        let here = self.linked(at, &[',', '.', '\''], &['-', '/']);
        self.year(here)
            .or_else(|| self.short_year(here))
            .or_else(|| self.year(self.behind_time(here)?))
    }

    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.token(at)?;
        let year = i32::try_from(token.number(4).filter(|_| token.n_digits() == 4)?).ok()?;
        let year = if self.is_thai && year > FIRST_YEAR + BUDDHIST {
            year - BUDDHIST
        } else {
            year
        };
        let is_name = self.is_glued(at + 1)
            && self
                .word(at + 1)
                .is_some_and(|word| word.is_ascii() && word != "t");
        ((FIRST_YEAR..=LAST_YEAR).contains(&year) && !is_name && !self.goes_on(at + 1))
            .then_some((year, at + 1))
    }

    /// A year of two digits behind a named month: it has an apostrophe, ends its line or stands before a time.
    fn short_year(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.token(at).filter(|token| token.n_digits() == 2)?;
        let year = token.number(2)?;
        let next = self.token(at + 1);
        let is_marked = self.tokens[at - 1].is_mark(&['\''])
            || next.is_none_or(|next| next.is_mark(&[',', '|', '(', ')', ';']))
            || self.number(at + 1, 2).is_some() && self.is_glued_mark(at + 2, &[':']);
        let year = if self.is_thai {
            2500 + year as i32 - BUDDHIST
        } else {
            century(year)
        };
        is_marked.then_some((year, at + 1))
    }

    /// Behind a time of day and its zone: `09:30:00 EST`.
    fn behind_time(&self, at: usize) -> Option<usize> {
        const MAX_TOKENS: usize = 12;
        self.number(at, 2)?;
        if !self.is_glued_mark(at + 1, &[':']) {
            return None;
        }
        (at + 3..at + MAX_TOKENS).find(|at| self.year(*at).is_some())
    }

    /// `29 June 2016`, `29. Juni 2016`, `29 de junio de 2016`, `29-Jun-16`
    fn day_first(&self, at: usize) -> Option<Found> {
        let (day, has_dot, next) = self.day(at)?;
        if at > 0 && self.is_glued(at) && self.word(at - 1).is_some_and(str::is_ascii) {
            return None;
        }
        let (month, next) = self.month(self.before_month(next), has_dot)?;
        let (year, end) = self.year_behind(next)?;
        Some((known(year, month, day), end))
    }

    /// `June 29, 2016`, `Jun 29 15:07:41 EST 2016`, `June 2016`
    fn month_first(&self, at: usize) -> Option<Found> {
        let (month, next) = self.month(at, false)?;
        let whole = || {
            let (day, _, next) = self.day(self.before_day(next))?;
            let (year, end) = self.year_behind(next)?;
            Some((known(year, month, day), end))
        };
        let part = || {
            let (year, end) = self.year(self.linked(next, &[',', '.'], &['-', '/']))?;
            Some((Known::Month(year, month), end))
        };
        whole().or_else(part)
    }

    /// `2016-06-29`, `2016. 6. 29.`, `2016年6月29日`, `2016. június 29.`
    fn year_first(&self, at: usize) -> Option<Found> {
        let year = self.number(at, 4)? as i32;
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year)
            || self.continues(at) && !self.is_after_letter(at)
        {
            return None;
        }
        self.signs(year, at + 1)
            .or_else(|| self.numbers_behind(year, at + 1))
            .or_else(|| self.names_behind(year, at + 1))
    }

    fn is_after_letter(&self, at: usize) -> bool {
        at > 0 && self.word(at - 1).is_some()
    }

    /// `年6月29日`
    fn signs(&self, year: i32, at: usize) -> Option<Found> {
        let is_sign =
            |at: usize, signs: [&str; 2]| self.word(at).is_some_and(|word| signs.contains(&word));
        if !is_sign(at, ["年", "년"]) || !is_sign(at + 2, ["月", "월"]) {
            return None;
        }
        let month = self.number(at + 1, 2)?;
        let is_day = self
            .word(at + 4)
            .is_some_and(|word| word.starts_with(['日', '일', '号', '號']));
        let day = self.number(at + 3, 2).filter(|_| is_day);
        Some(match day {
            Some(day) => (known(year, month, day), at + 5),
            None => (
                Known::Month(year, (1..=12).contains(&month).then_some(month)?),
                at + 3,
            ),
        })
    }

    /// `-06-29`
    fn numbers_behind(&self, year: i32, at: usize) -> Option<Found> {
        let mark = self.separator(at)?;
        let month = self.number(at + 1, 2)?;
        if self.separator(at + 2)? != mark {
            return None;
        }
        let day = self.number(at + 3, 2)?;
        // 2016.6.29.4 is a version.
        let ends = !self.goes_on(at + 4);
        ends.then(|| (known(year, month, day), at + 4))
    }

    /// A mark between numbers: no spaces but behind a dot.
    fn separator(&self, at: usize) -> Option<char> {
        let token = self.token(at).filter(|token| !token.is_apart)?;
        let Kind::Mark(mark @ ('-' | '/' | '.')) = token.kind else {
            return None;
        };
        (mark == '.' || self.is_glued(at + 1)).then_some(mark)
    }

    /// `. június 29.`, ` m. birželio 29 d.`, `. gada 29. jūnijs`
    fn names_behind(&self, year: i32, at: usize) -> Option<Found> {
        let next = self.linked(at, &[',', '.'], &['-', '/']);
        let month_first = || {
            let (month, next) = self.month(next, false)?;
            let (day, _, end) = self.day(self.before_day(next))?;
            Some((month, day, end))
        };
        let day_first = || {
            let (day, has_dot, next) = self.day(next)?;
            let (month, end) = self.month(self.before_month(next), has_dot)?;
            Some((month, day, end))
        };
        let (month, day, end) = month_first().or_else(day_first)?;
        // "© 2016 June 29, 2019"
        self.year_behind(end)
            .is_none()
            .then(|| (known(year, month, day), end))
    }

    /// `令和元年6月29日`
    fn era(&self, at: usize) -> Option<Found> {
        let word = self.word(at)?;
        let (word, is_first) = match word.strip_suffix("元年") {
            Some(era) => (era, true),
            None => (word, false),
        };
        let (_, before) = months::ERAS.iter().find(|(era, _)| word.ends_with(era))?;
        if is_first {
            return self.after_year_sign(before + 1, at + 1);
        }
        let year = i32::try_from(self.number(at + 1, 3)?).ok()?;
        self.signs(before + year, at + 2)
    }

    /// `6月29日` behind a year that is written out with its sign.
    fn after_year_sign(&self, year: i32, at: usize) -> Option<Found> {
        let month = self.number(at, 2)?;
        let day = self.number(at + 2, 2)?;
        let is_day = self.word(at + 1)? == "月" && self.word(at + 3)?.starts_with('日');
        is_day.then(|| (known(year, month, day), at + 4))
    }

    /// `29/06/2016`, `29.6.16`
    fn numeric(&self, at: usize) -> Option<Found> {
        if self.continues(at) {
            return None;
        }
        let mark = self
            .separator(at + 1)
            .or_else(|| self.spaced_slash(at + 1))?;
        let other = self
            .separator(at + 3)
            .or_else(|| self.spaced_slash(at + 3))?;
        let (a, b) = (self.number(at, 2)?, self.number(at + 2, 2)?);
        if other != mark {
            return None;
        }
        if let Some((year, end)) = self.year(at + 4) {
            return Some((self.ordered(a, b, year, mark), end));
        }
        let c = self.token(at + 4).filter(|token| token.n_digits() == 2)?;
        let is_whole = !self.goes_on(at + 5) && !self.is_glued_mark(at + 5, &[':', '%']);
        let n_digits = |at: usize| self.tokens[at].n_digits();
        let is_padded = n_digits(at) == 2 && n_digits(at + 2) == 2;
        let known = self.short((a, b, c.number(2)?), mark, is_padded);
        Some((known.filter(|_| is_whole)?, at + 5))
    }

    fn spaced_slash(&self, at: usize) -> Option<char> {
        self.token(at)
            .is_some_and(|token| token.is_mark(&['/']))
            .then_some('/')
    }

    /// `25.1.2016` and `1/25/2016` can be read in one way, and dots stand behind days; of `5/1/2016` only the year is sure unless
    /// the order is known.
    fn ordered(&self, a: u32, b: u32, year: i32, mark: char) -> Known {
        let is_month_first = match (a, b) {
            (13.., _) => false,
            (_, 13..) => true,
            _ if a == b || mark == '.' => false,
            _ => match self.order {
                Order::MonthFirst => true,
                Order::DayFirst => false,
                Order::YearFirst | Order::Unknown => return Known::Year(year),
            },
        };
        if is_month_first {
            known(year, a, b)
        } else {
            known(year, b, a)
        }
    }

    /// A date of three short numbers, if only one reading is possible or its order is known.
    fn short(&self, (a, b, c): (u32, u32, u32), mark: char, is_padded: bool) -> Option<Known> {
        let is_year_first = a > 31 || self.order == Order::YearFirst;
        if is_year_first {
            return day(century(a), b, c);
        }
        let is_month_first = match (a, b, self.order) {
            (13.., ..) => false,
            (_, 13.., _) => true,
            (.., Order::DayFirst) => false,
            (.., Order::MonthFirst) if mark == '/' => true,
            _ if mark == '.' || a == b => false,
            _ => return None,
        };
        let is_sure = is_padded || self.order == Order::DayFirst || mark == '/';
        // 12-13-14 is a score or a part's number as well.
        if !is_sure || mark == '-' && self.order == Order::Unknown {
            return None;
        }
        if is_month_first {
            day(century(c), a, b)
        } else {
            day(century(c), b, a)
        }
    }
}

fn day(year: i32, month: u32, day: u32) -> Option<Known> {
    NaiveDate::from_ymd_opt(year, month, day).map(Known::Day)
}

/// The day, or of a day that no calendar has, its month or year.
fn known(year: i32, month: u32, number: u32) -> Known {
    day(year, month, number).unwrap_or(if (1..=12).contains(&month) {
        Known::Month(year, month)
    } else {
        Known::Year(year)
    })
}
