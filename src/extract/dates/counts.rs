//! Numbers that look like years and are none: flights, rooms, people, hours.

/// Words before a number that it belongs to as a name.
const NAMED: &str = " flight room route highway channel page number no model bus train suite gate unit apartment boeing airbus peugeot \
    section article resolution bill act interstate line lot hull convoy squadron ";

/// Words before a number that make it a count.
const COUNTED: &str =
    " some about nearly almost around roughly approximately over than least only exactly another ";

/// What is counted or measured.
const UNITS: &str = " hours people men women children troops soldiers points kilometres kilometers km miles metres meters feet votes jobs \
    workers employees members copies seats pounds dollars euros dlrs francs marks yen tonnes tons barrels bushels kg shares dead \
    injured wounded prisoners homes houses students pupils patients tickets cars vehicles ships planes troopers guests visitors \
    spectators runners entries cases deaths gmt hrs hp cc rpm mhz calories degrees ";

/// Whether a number of four digits between these words is a name or a count.
pub(super) fn is_count(before: &str, after: &str) -> bool {
    let is_in = |list: &str, word: &str| list.contains(&format!(" {} ", word.to_lowercase()));
    let last = before
        .trim_end_matches([' ', '.', '#'])
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    // "About 1900 farmers", not "about 2010 he left".
    let is_plural = next.len() > 4
        && next.ends_with('s')
        && !next.ends_with("ss")
        && next.starts_with(char::is_lowercase);
    // A sentence that ends in "no" does not name the number behind it.
    let is_glued = before.ends_with(' ') || before.ends_with('#');
    is_glued && is_in(NAMED, last) || is_in(UNITS, next) || is_in(COUNTED, last) && is_plural
}
