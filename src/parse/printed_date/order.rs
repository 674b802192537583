//! Which number is the day in `03/04/2016`.

use std::sync::LazyLock;

use regex::Regex;

/// The order of day and month in dates of numbers, where the year does not stand first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::parse) enum Order {
    DayFirst,
    MonthFirst,
    /// Years of two digits stand first.
    YearFirst,
    #[default]
    Unknown,
}

impl Order {
    /// As readers of a language expect it, or of a language in a country (`en-US`); English alone does not tell.
    pub(in crate::parse) fn of_language(tag: &str) -> Self {
        let tag = tag.to_lowercase().replace('_', "-");
        let (language, country) = tag.split_once('-').unwrap_or((&tag, ""));
        match (language, country) {
            ("", _) | ("en", "" | "ca") => Self::Unknown,
            ("en", "us" | "ph") | ("fil" | "tl", _) => Self::MonthFirst,
            ("zh" | "ja" | "ko" | "hu" | "lt" | "mn", _) => Self::YearFirst,
            _ => Self::DayFirst,
        }
    }

    /// As those dates in `text` show that can be read in one way only.
    pub(in crate::parse) fn of_text(text: &str) -> Self {
        let mut counts = Counts::default();
        counts.add(text);
        counts.order()
    }

    /// As the country of a site's address expects it; an ending that the whole world uses tells nothing.
    pub(in crate::parse) fn of_domain(domain: &str) -> Self {
        /// Endings of two letters that are sold to everybody, and those of countries where both orders are in use.
        const UNSURE: &[&str] = &["co", "io", "tv", "me", "fm", "ai", "ly", "eu", "ca"];
        match domain.rsplit('.').next().unwrap_or_default() {
            "us" | "gov" | "mil" | "edu" | "ph" => Self::MonthFirst,
            "cn" | "jp" | "kr" | "tw" | "hu" | "lt" => Self::YearFirst,
            ending if ending.len() == 2 && !UNSURE.contains(&ending) => Self::DayFirst,
            _ => Self::Unknown,
        }
    }

    /// This, or else the other if this tells nothing.
    pub(in crate::parse) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Unknown { other() } else { self }
    }
}

/// Counts dates that can be read in one way only.
#[derive(Debug, Default)]
pub(in crate::parse) struct Counts {
    n_day_first: usize,
    n_month_first: usize,
}

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)\d\d(?-u:\b)")
        .expect("the pattern is constant")
});

impl Counts {
    pub(in crate::parse) fn add(&mut self, text: &str) {
        for numbers in NUMBERS.captures_iter(text) {
            let number = |n: usize| numbers[n].parse::<u32>().unwrap_or(0);
            self.n_day_first += usize::from(number(1) > 12 && number(2) <= 12);
            self.n_month_first += usize::from(number(2) > 12 && number(1) <= 12);
        }
    }

    pub(in crate::parse) fn order(&self) -> Order {
        match self.n_day_first.cmp(&self.n_month_first) {
            std::cmp::Ordering::Greater => Order::DayFirst,
            std::cmp::Ordering::Less => Order::MonthFirst,
            std::cmp::Ordering::Equal => Order::Unknown,
        }
    }
}
