//! The day in an address: `/2019/11/18/`, `/2019-11-18-`, `20191118`; a month where no day stands.

use std::sync::LazyLock;

use regex::Regex;

use super::{Stated, months};

#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[/_=-](?P<y>(?:19|20)\d\d)(?:[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])(?:\D|$)|/(?P<n>[a-z]{3})/(?P<e>\d{1,2})/|/(?P<o>0?[1-9]|1[0-2])/(?:(?P<f>\d{1,2})/)?)",
    )
    .expect("the pattern is constant")
});

/// The date in an address.
pub(in crate::parse) fn in_address(url: &str) -> Option<Stated> {
    let captures = DAY.captures(url)?;
    let number = |name: &str| captures.name(name)?.as_str().parse::<u32>().ok();
    let year = number("y")? as i32;
    let month = number("m")
        .or_else(|| number("o"))
        .or_else(|| months::month(&captures.name("n")?.as_str().to_lowercase(), false))?;
    match number("d").or_else(|| number("e")).or_else(|| number("f")) {
        Some(day) => Stated::on(chrono::NaiveDate::from_ymd_opt(year, month, day)?),
        None => Stated::month(year, month),
    }
}
