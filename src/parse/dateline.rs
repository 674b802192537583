//! Datelines: `TOKYO, Jan. 5 (Kyodo) --`, `SPOKANE, Wash., March 2 -`, `Paris, 5 Jan -`, `WASHINGTON (AP) —`.

use std::sync::LazyLock;

use regex::Regex;

use super::byline;
use super::printed_date;
use crate::domain::article::{Article, Published, PublishedOrigin};

/// Words that open a sentence about a day and no dateline: "On March 2 - …".
const NO_PLACES: [&str; 14] = [
    "on", "in", "by", "from", "until", "since", "after", "before", "the", "last", "this", "it",
    "between", "for",
];

/// A dateline without a date and an agency needs this much of a sentence behind it, in words.
const MIN_SENTENCE: usize = 7;

/// The English names of the months, long and short.
const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

struct Patterns {
    dated: Regex,
    signed: Regex,
    bare: Regex,
    /// A dateline on a line of its own.
    whole: Regex,
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns; a test compiles them"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let word = r"(?:\p{Lu}[\p{L}\p{M}.'’\-]*|d[aeio]s?|du|la|le|les|el|al|of|and|the|upon|sur|am)";
    let any_place =
        format!(r"{word}(?:[ /]{word}){{0,4}}(?:\s?,\s{word}(?:\s{word}){{0,3}}){{0,3}}");
    let caps = r"\p{Lu}[\p{Lu}\p{M}.'’\-]+";
    let caps_place = format!(r"{caps}(?:[ /]{caps}){{0,3}}(?:,\s{word}(?:\s{word}){{0,3}}){{0,2}}");
    let month = format!("(?i:{MONTH})");
    let day = r"\d{1,2}(?:st|nd|rd|th)?";
    let date = format!(
        r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?:{month}\.?\s{day}|{day}\s{month}\.?)(?:,?\s\d{{4}})?"
    );
    let agency = r"(?:\((?P<agency>[^()]{2,60})\)|/(?P<wire>[^/]{2,30})/)";
    let dash = r"\s*(?:--+|—|–|―|[-_](?:\s|$))\s*";
    let pattern = |text: String| Regex::new(&text).expect("the pattern is constant");
    Patterns {
        dated: pattern(format!(
            r"^(?P<line>(?:(?P<place>{any_place}),?\s)?{date},?(?:\s?{agency})?)(?:{dash}|\s?:\s)"
        )),
        signed: pattern(format!(
            r"^(?P<line>(?:(?P<place>{any_place}),?\s?)?{agency})(?:{dash}|\s?:\s)"
        )),
        bare: pattern(format!(
            r"^(?P<line>(?P<place>{caps_place}))(?:\s*(?:--+|—|–)\s*|\s-\s)"
        )),
        whole: pattern(format!(
            r"^(?P<line>(?P<place>{caps_place})(?:,?\s{date})?,?\s?{agency}|(?P<p>{caps_place}),\s{date})[.:]?$"
        )),
    }
});

struct Dateline<'a> {
    line: &'a str,
    agency: Option<&'a str>,
    /// Bytes up to the text behind it.
    length: usize,
}

fn find(paragraph: &str) -> Option<Dateline<'_>> {
    // No dateline is longer; the patterns need not see more.
    let head = &paragraph[..paragraph.floor_char_boundary(200)];
    let patterns = &*PATTERNS;
    for (pattern, is_enough) in [
        (
            &patterns.dated,
            is_dated as fn(&regex::Captures<'_>, &str) -> bool,
        ),
        (&patterns.signed, is_signed),
        (&patterns.bare, is_bare),
        (&patterns.whole, is_whole),
    ] {
        let Some(captures) = pattern.captures(head) else {
            continue;
        };
        let length = captures.get(0).map_or(0, |whole| whole.end());
        if !is_enough(&captures, &paragraph[length..]) {
            continue;
        }
        let agency = captures.name("agency").or_else(|| captures.name("wire"));
        return Some(Dateline {
            line: captures.name("line")?.as_str().trim_end_matches(','),
            agency: agency.map(|agency| agency.as_str()),
            length,
        });
    }
    None
}

fn is_dated(captures: &regex::Captures<'_>, rest: &str) -> bool {
    let place = captures.name("place").map(|place| place.as_str());
    let first = place.and_then(|place| place.split([' ', ',']).next());
    let is_word = first.is_some_and(|word| NO_PLACES.contains(&word.to_lowercase().as_str()));
    let is_capital =
        place.is_some_and(|place| place == place.to_uppercase() && place.contains(' '));
    let is_place =
        !is_word || is_capital || place.is_some_and(|place| place.starts_with("The Hague"));
    let starts = opens_sentence(rest) || place.is_some() && !rest.is_empty();
    // "FERRY TO SAIL JULY 1 - MINISTER" is a headline.
    let has_comma = place.is_some_and(|place| captures["line"][place.len()..].starts_with(','));
    let is_text = has_comma || place.is_none() || rest.contains(char::is_lowercase);
    // After a colon only an agency makes it sure.
    let has_agency = captures.name("agency").is_some() || captures.name("wire").is_some();
    let is_colon = captures[0].trim_end().ends_with(':');
    is_place && is_text && starts && (!is_colon || has_agency)
}

fn is_signed(captures: &regex::Captures<'_>, rest: &str) -> bool {
    let agency = captures.name("agency").or_else(|| captures.name("wire"));
    let is_known = agency.is_some_and(|agency| is_agency(agency.as_str()));
    let is_capital = captures
        .name("place")
        .is_some_and(|place| place.as_str() == place.as_str().to_uppercase());
    opens_sentence(rest) && (is_known || is_capital && is_sentence(rest))
}

fn is_bare(_: &regex::Captures<'_>, rest: &str) -> bool {
    opens_sentence(rest) && is_sentence(rest)
}

/// Without an agency, a headline in capitals may end on a date too; a region or a year makes the line a dateline.
fn is_whole(captures: &regex::Captures<'_>, _: &str) -> bool {
    captures.name("p").is_none_or(|place| {
        place.as_str().contains(',') || captures[0].contains(", 20") || captures[0].contains(", 19")
    })
}

fn opens_sentence(rest: &str) -> bool {
    rest.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '"' | '“' | '\'' | '‘' | '<' | '«' | '$' | '£' | '€')
    })
}

fn is_sentence(rest: &str) -> bool {
    rest.split_whitespace().count() >= MIN_SENTENCE
        && rest.contains(char::is_lowercase)
        && rest.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | ':' | '…'))
}

/// `AP`, `AP Photo`, `Reuters, Jan. 5`
fn is_agency(name: &str) -> bool {
    byline::agency(name).is_some() || agency_in(name).is_some()
}

fn agency_in(name: &str) -> Option<crate::domain::article::Source> {
    name.split([',', ' ', '-', '/']).find_map(byline::agency)
}

/// Whether a paragraph opens with a dateline, so that it is text and no headline.
pub(super) fn opens(paragraph: &str) -> bool {
    find(paragraph).is_some()
}

/// Takes the dateline off the first paragraph, and off the second where the first is a line above it.
pub(super) fn take(paragraphs: &mut Vec<String>, article: &mut Article) {
    let Some(dateline) = paragraphs.first().and_then(|first| find(first)) else {
        return;
    };
    let (line, length) = (dateline.line.to_owned(), dateline.length);
    if let Some(name) = dateline.agency {
        let source = byline::agency(name).or_else(|| agency_in(name));
        article.source = article.source.take().or(source);
    }
    if article.published.is_none() {
        article.published = printed_date::state(&line, PublishedOrigin::Dateline, article);
    }
    article.dateline.get_or_insert(line);
    paragraphs[0].drain(..length);
    if paragraphs[0].is_empty() {
        paragraphs.remove(0);
    }
}

/// The day of a dateline in a year that the document states elsewhere.
pub(super) fn in_year(dateline: &str, year: &str) -> Option<Published> {
    let stated = printed_date::in_year(dateline, year.parse().ok()?)?;
    Some(stated.local(PublishedOrigin::Dateline))
}

/// When an article was published, of which the user knows as much as `given`: a printed date stays, a month or year that is
/// all of it is made exact, and a day without a year, in the dateline or alone in the first line, gets its year.
pub(super) fn completed(article: &Article, given: &Published) -> Published {
    match &article.published {
        Some(stated) if given.at.starts_with(&stated.at) => given.clone(),
        Some(stated) => stated.clone(),
        None => completed_day(article, given).unwrap_or_else(|| given.clone()),
    }
}

fn completed_day(article: &Article, given: &Published) -> Option<Published> {
    let first = article.body.lines().next()?;
    let opening = || find(first).map(|dateline| dateline.line);
    let alone = || Some(first).filter(|line| printed_date::is_only_day_of_year(line));
    let line = article
        .dateline
        .as_deref()
        .or_else(opening)
        .or_else(alone)?;
    let stated = printed_date::near(line, given)?;
    Some(stated.local(PublishedOrigin::Dateline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_from_text() {
        for (text, line) in [
            (
                "TOKYO, Jan. 5 (Kyodo) -- The mayor left.",
                "TOKYO, Jan. 5 (Kyodo)",
            ),
            ("NEW YORK, June 15 - Shares rose.", "NEW YORK, June 15"),
            ("NEW YORK, JUNE 15- Shares rose.", "NEW YORK, JUNE 15"),
            ("WASHINGTON (AP) — The mayor left.", "WASHINGTON (AP)"),
            ("LONDON (Reuters) - The mayor left.", "LONDON (Reuters)"),
            ("Paris, 5 Jan - The mayor left.", "Paris, 5 Jan"),
            (
                "SPOKANE, Wash., March 2 - oper shr 12 cts",
                "SPOKANE, Wash., March 2",
            ),
            (
                "RICHMOND, Va. FEb 26 - Qtly div 8 cts",
                "RICHMOND, Va. FEb 26",
            ),
            ("March 2 - The mayor left.", "March 2"),
            ("Jan 5 (Reuters) - The mayor left.", "Jan 5 (Reuters)"),
            (
                "LONDON/PARIS, Jan 5 (Reuters) - The mayor left.",
                "LONDON/PARIS, Jan 5 (Reuters)",
            ),
            (
                "RIO DE JANEIRO, Brazil (AP) _ The mayor left.",
                "RIO DE JANEIRO, Brazil (AP)",
            ),
            (
                "SÃO PAULO — The mayor left the town on Monday, officials said.",
                "SÃO PAULO",
            ),
            (
                "New Delhi, Jan 5 (PTI): The mayor left.",
                "New Delhi, Jan 5 (PTI)",
            ),
            (
                "BERGEN, Norway, Jan. 5, 2016 (AP)",
                "BERGEN, Norway, Jan. 5, 2016 (AP)",
            ),
            (
                "PORTLAND, Ore., Jan. 5, 2016 /PRNewswire/ -- Acme grew.",
                "PORTLAND, Ore., Jan. 5, 2016 /PRNewswire/",
            ),
            (
                "NATO - the alliance of the West - met on Monday in the north.",
                "",
            ),
            ("FERRY SAILS AGAIN - COUNCIL", ""),
            ("UPDATE - Ferry line reopens after four long years", ""),
            ("On March 2 - a Monday - the ferry sailed.", ""),
            (
                "Apple (AAPL) - The shares of the firm rose on Monday, dealers said.",
                "",
            ),
            ("The council met.", ""),
        ] {
            let found = find(text).map(|dateline| dateline.line.to_owned());
            assert_eq!(found.unwrap_or_default(), line, "{text}");
        }
    }
}
