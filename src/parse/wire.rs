//! Wire messages as agencies transmit them: IPTC 7901 and ANPA 1312. Control characters part header, text and trailer; one file
//! may hold many messages.

use std::sync::LazyLock;

use regex::Regex;

use super::collector::ParseError;
use super::draft::{Batch, Draft};
use super::{Collector, fields};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::text::decode::decode;

/// Start of a header, of the text, end of the text, end of the message.
const SOH: u8 = 1;
const STX: u8 = 2;
const ETX: u8 = 3;
const EOT: u8 = 4;

/// A header is shorter than this.
const MAX_HEADER: usize = 400;

/// The moment in a trailer of IPTC 7901: `031015 mar 21`, day, hour and minute in UTC, month, year.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static IPTC_MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d\d)(\d\d)(\d\d)\s+(?:gmt\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:20|19)?(\d\d)\b")
        .expect("the pattern is constant")
});

/// The moment in a trailer of ANPA 1312: `bw-03-03-21 1015GMT`, month first.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static ANPA_MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)\s*(gmt|est|edt|cst|cdt|mst|mdt|pst|pdt)?",
    )
    .expect("the pattern is constant")
});

/// A dateline with the agency's mark, which some set in small letters: `Bergton (bw) -`.
#[expect(clippy::expect_used, reason = "a constant pattern; a test compiles it")]
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\p{Lu}[\p{L}\d .,'’-]{1,60}\([\p{L}/]{2,12}\)) (?:--?|–|—) ")
        .expect("the pattern is constant")
});

/// Whether bytes begin with a message: a header of a few printable characters, then the start of the text.
pub(super) fn is_one(head: &[u8]) -> bool {
    let is_sync = |byte: &u8| matches!(byte, 0x16 | b'\r' | b'\n' | 0 | b' ');
    let start = head.iter().take_while(|byte| is_sync(byte)).count();
    let Some((&SOH, rest)) = head.get(start..).and_then(<[u8]>::split_first) else {
        return false;
    };
    rest.iter()
        .take(MAX_HEADER)
        .position(|byte| *byte == STX)
        .is_some()
}

/// Reads every message.
pub(super) fn read(
    bytes: &[u8],
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut batch = Batch::new(collector);
    let messages = bytes.split(|byte| *byte == SOH).skip(1);
    for (n, message) in messages.enumerate() {
        let end = message.iter().position(|byte| *byte == EOT);
        let message = &message[..end.unwrap_or(message.len())];
        let result = draft(message).finish(Format::Wire, document);
        batch.add(&format!("message {}", n + 1), result)?;
    }
    batch.finish("no message in it has a text")
}

fn draft(message: &[u8]) -> Draft {
    let at = |mark: u8| message.iter().position(|byte| *byte == mark);
    let start = at(STX).map_or(0, |at| at + 1);
    let end = at(ETX).unwrap_or(message.len()).max(start);
    let text = decode(&message[start..end], None);
    let trailer = decode(&message[end..], None);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(|c: char| c.is_control() || c.is_whitespace()))
        .collect();
    let n_head = n_head_lines(&lines);
    let mut draft = Draft {
        published: moment(&trailer).and_then(|moment| fields::date(&moment)),
        body: paragraphs(&lines[n_head..]),
        ..Draft::default()
    };
    if let Some(first) = draft.body.first_mut()
        && let Some(parts) = DATELINE.captures(first)
    {
        let (dateline, rest) = (parts[1].to_owned(), first[parts[0].len()..].to_owned());
        (draft.dateline, *first) = (Some(dateline), rest);
    }
    let mut bylines: Vec<String> = Vec::new();
    for line in &lines[..n_head] {
        let said = line.trim_matches(|c: char| {
            c.is_control() || c.is_whitespace() || matches!(c, '^' | '=' | '<')
        });
        if said.is_empty() {
            continue;
        }
        if said.ends_with('/') && !said.contains(". ") {
            draft.keywords = said.split('/').map(|word| word.trim().to_owned()).collect();
            draft.keywords.retain(|word| !word.is_empty());
        } else if said.to_lowercase().starts_with("by ") || !bylines.is_empty() {
            bylines.push(said.to_owned());
        } else {
            let title = draft.title.get_or_insert_default();
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(said);
        }
    }
    draft.byline = (!bylines.is_empty()).then(|| bylines.join(", "));
    draft
}

/// Lines above the text: up to the first indented line, or up to the last that ends as headlines and bylines do.
fn n_head_lines(lines: &[&str]) -> usize {
    let is_indented = |line: &&str| line.starts_with("  ") && !line.trim().is_empty();
    if let Some(first) = lines.iter().position(is_indented) {
        return first;
    }
    let is_marked = |line: &&str| line.starts_with('^') || line.ends_with(['=', '<']);
    lines.iter().rposition(is_marked).map_or(0, |last| last + 1)
}

/// A paragraph begins with an indented line, or behind an empty one.
fn paragraphs(lines: &[&str]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut begins = true;
    for line in lines {
        let said = line.trim_matches(|c: char| c.is_control() || c.is_whitespace() || c == '^');
        if said.is_empty() {
            begins = true;
            continue;
        }
        // Teletype has no dash.
        let said = said.replace(" _ ", " -- ");
        match paragraphs.last_mut() {
            Some(last) if !begins && !line.starts_with("  ") => {
                last.push(' ');
                last.push_str(&said);
            }
            _ => paragraphs.push(said),
        }
        begins = false;
    }
    paragraphs
}

/// The moment that a trailer states, in ISO 8601.
fn moment(trailer: &str) -> Option<String> {
    if let Some(parts) = IPTC_MOMENT.captures(trailer) {
        const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
        let month = MONTHS.find(&parts[4].to_lowercase())? / 3 + 1;
        let year = century(&parts[5])?;
        return Some(format!(
            "{year}-{month:02}-{}T{}:{}:00Z",
            &parts[1], &parts[2], &parts[3]
        ));
    }
    let parts = ANPA_MOMENT.captures(trailer)?;
    let year = century(&parts[3])?;
    let zone = match parts
        .get(6)
        .map(|zone| zone.as_str().to_lowercase())
        .as_deref()
    {
        Some("edt") => "-04:00",
        Some("est" | "cdt") => "-05:00",
        Some("cst" | "mdt") => "-06:00",
        Some("mst" | "pdt") => "-07:00",
        Some("pst") => "-08:00",
        _ => "Z",
    };
    let (month, day, hour, minute) = (&parts[1], &parts[2], &parts[4], &parts[5]);
    Some(format!("{year}-{month}-{day}T{hour}:{minute}:00{zone}"))
}

/// Two digits of a year; these formats are younger than 1970.
fn century(digits: &str) -> Option<u32> {
    let year: u32 = digits.parse().ok()?;
    Some(if year < 70 { 2000 + year } else { 1900 + year })
}

#[cfg(test)]
mod tests {
    use crate::domain::document::Document;
    use crate::parse::parse_all;

    const IPTC: &str = "\u{1}bwx062 4 i 86 bwire 061\r\n\u{2}Harbour/Politics/\r\nHarbour council asks for a further advance =\r\n   Bergton (bw) - The harbour council met on Tuesday evening to settle how\r\nthe eastern quay will be paid for, its chair Odd Berntsen said.\r\n   Three members voted against the plan.\r\n\u{3} bwire op gd\r\n031015 mar 21\r\n\u{4}";

    const ANPA: &str = "\u{16}\u{16}\u{1}W2870\u{1f}bwire r i\u{13}\u{11} BC-Harbour-Quay 03-03 0086\u{14}\r\n\u{2}^Harbour council asks for a further advance\r\n^By OLAV PRYTZ=\r\n^Bergton Wire Writer=\r\n   BERGTON (BW) _ The harbour council met on Tuesday evening.\r\n   Three members voted against the plan.\r\n\u{3}bw-03-03-21 1015GMT\r\n\u{4}\r\n";

    #[test]
    fn a_wire_message_is_read_by_its_control_characters() {
        for (name, message) in [("a.txt", IPTC), ("b.wire", ANPA)] {
            let articles = parse_all(&Document::new(name, message.as_bytes().to_vec())).unwrap();
            let article = &articles[0];
            assert_eq!(article.title, "Harbour council asks for a further advance");
            assert_eq!(
                article.published.as_ref().unwrap().at,
                "2021-03-03T10:15:00Z"
            );
            assert!(
                article.body.starts_with("The harbour council met"),
                "{}",
                article.body
            );
            assert!(
                article.body.ends_with("against the plan."),
                "{}",
                article.body
            );
            assert!(
                article
                    .dateline
                    .as_ref()
                    .unwrap()
                    .to_lowercase()
                    .starts_with("bergton")
            );
            let shown = format!("{article:?}");
            assert!(!shown.contains("\\u{"), "{shown}");
        }
    }

    #[test]
    fn bylines_and_keywords_stand_apart() {
        let anpa = parse_all(&Document::new("a", ANPA.as_bytes().to_vec())).unwrap();
        assert_eq!(anpa[0].authors.len(), 1);
        assert!(
            anpa[0].authors[0].eq_ignore_ascii_case("Olav Prytz"),
            "{:?}",
            anpa[0].authors
        );
        let iptc = parse_all(&Document::new("a", IPTC.as_bytes().to_vec())).unwrap();
        assert_eq!(iptc[0].keywords, ["Harbour", "Politics"]);
    }

    #[test]
    fn several_messages_of_one_file_are_articles_of_their_own() {
        let both = format!("{IPTC}\r\n{ANPA}");
        assert_eq!(
            parse_all(&Document::new("a.txt", both.into_bytes()))
                .unwrap()
                .len(),
            2
        );
    }
}
