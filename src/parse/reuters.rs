//! The SGML of the Reuters-21578 collection: a file of many records, each a story of 1987. It is no XML (its DTD leaves out end
//! tags, its references name control characters), so it is cut at its tags.

use super::collector::ParseError;
use super::draft::{Batch, Draft};
use super::{Collector, fields, fragment};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

const FORMAT: Format = Format::Sgml;
const OPEN: &str = "<REUTERS";
/// Elements whose `<D>` items tell what a story is about.
const SUBJECTS: [&str; 6] = [
    "TOPICS",
    "PLACES",
    "PEOPLE",
    "ORGS",
    "EXCHANGES",
    "COMPANIES",
];

/// Whether a text begins with such records.
pub(super) fn is_one(head: &str) -> bool {
    head.contains("<!doctype lewis") || head.trim_start().starts_with("<reuters ")
}

pub(super) fn read(
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut batch = Batch::new(collector);
    for (at, record) in text.split(OPEN).skip(1).enumerate() {
        let result = match record.split_once("</REUTERS>") {
            Some((record, _)) => draft(record).finish(FORMAT, document),
            None => Err(Rejection::Damaged {
                format: FORMAT,
                message: "the record breaks off before its end".into(),
            }),
        };
        let number = record
            .split_once('>')
            .and_then(|(tag, _)| attribute(tag, "NEWID"));
        let name = number.map_or_else(
            || format!("record {}", at + 1),
            |number| format!("record {} (NEWID {number})", at + 1),
        );
        batch.add(&name, result)?;
    }
    batch.finish("there are no REUTERS records in it")
}

fn draft(record: &str) -> Draft {
    let text = element(record, "TEXT").unwrap_or_default();
    let line =
        |name: &str| element(text, name).and_then(|text| fields::line(&fragment::resolved(text)));
    // Flashes have asterisks for emphasis.
    let title = line("TITLE").map(|title| title.trim_matches(['*', ' ']).to_owned());
    let body = match element(text, "BODY") {
        Some(body) => paragraphs(body),
        // A brief is all headline; what was not taken apart is all text.
        None => match element(text, "TITLE") {
            Some(_) => title.iter().cloned().collect(),
            None => paragraphs(text),
        },
    };
    let subjects = SUBJECTS.iter().filter_map(|name| element(record, name));
    let items = subjects.flat_map(|list| {
        list.split("<D>")
            .skip(1)
            .filter_map(|item| item.split("</D>").next())
    });
    Draft {
        title,
        byline: line("AUTHOR"),
        dateline: line("DATELINE").map(|line| line.trim_end_matches(['-', ' ', ',']).to_owned()),
        source: Some("Reuters".into()),
        language: Some("en".into()),
        published: element(record, "DATE").and_then(fields::date),
        keywords: items
            .map(|item| fragment::resolved(item).into_owned())
            .collect(),
        body,
        is_whole: true,
        ..Draft::default()
    }
}

/// What stands in the first element of that name; its end tag may lack.
fn element<'r>(record: &'r str, name: &str) -> Option<&'r str> {
    let open = format!("<{name}");
    let (at, _) = record.match_indices(&open).find(|(at, _)| {
        record[at + open.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
    })?;
    let (_, content) = record[at..].split_once('>')?;
    Some(
        content
            .split_once(&format!("</{name}>"))
            .map_or(content, |(content, _)| content),
    )
}

fn attribute<'r>(tag: &'r str, name: &str) -> Option<&'r str> {
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()
}

/// Paragraphs begin with an indent; the last line signs for the agency.
fn paragraphs(text: &str) -> Vec<String> {
    let text = fragment::resolved(text);
    let mut paragraphs: Vec<String> = Vec::new();
    for line in text.lines() {
        let words = fragment::squeezed(line);
        match paragraphs.last_mut() {
            Some(last)
                if !line.starts_with("   ") && !line.trim().is_empty() && !last.is_empty() =>
            {
                last.push(' ');
                last.push_str(&words);
            }
            _ => paragraphs.push(words),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    if let Some(last) = paragraphs.last_mut() {
        let is_sign_off = |word: &str| word.trim_end_matches('.').eq_ignore_ascii_case("reuter");
        if let Some(signed) = last
            .rsplit(' ')
            .next()
            .filter(|word| is_sign_off(word))
            .map(str::len)
        {
            last.truncate(last.len() - signed);
            last.truncate(last.trim_end().len());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::super::{parse_all, parse_found, survives_damage};
    use super::*;

    const FILE: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">
<REUTERS TOPICS=\"YES\" NEWID=\"7\">
<DATE> 2-MAR-1987 15:01:01.79</DATE>
<TOPICS><D>cocoa</D></TOPICS><PLACES><D>norway</D><D>usa</D></PLACES><PEOPLE></PEOPLE><ORGS></ORGS>
<UNKNOWN>&#5;&#5;&#5;C T</UNKNOWN>
<TEXT>&#2;
<TITLE>HARBOUR CORP &lt;HRB> TO BUY PIER</TITLE>
<AUTHOR>    By Ida Holm, Reuters</AUTHOR>
<DATELINE>    BERGEN, March 2 - </DATELINE><BODY>Harbour Corp &lt;HRB> said it would
buy a pier.
    It gave no price.
 REUTER
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID=\"8\"><DATE>nonsense</DATE><TEXT TYPE=\"BRIEF\"><TITLE>******PIER SOLD</TITLE></TEXT></REUTERS>
<REUTERS NEWID=\"9\"><TEXT TYPE=\"UNPROC\">A notice of a pier.
    It is long.</TEXT></REUTERS>
";

    #[test]
    fn every_record_is_a_story() {
        let stories = parse_all(&Document::new("reut2-000.sgm", FILE.into())).unwrap();
        let [story, brief, raw] = stories.as_slice() else {
            panic!("{stories:?}")
        };
        assert_eq!(story.title, "HARBOUR CORP <HRB> TO BUY PIER");
        assert_eq!(
            story.body,
            "Harbour Corp <HRB> said it would buy a pier.\n\nIt gave no price."
        );
        assert_eq!(
            (story.authors[0].as_str(), story.dateline.as_deref()),
            ("Ida Holm", Some("BERGEN, March 2"))
        );
        assert_eq!(story.published.as_ref().unwrap().at, "1987-03-02");
        assert_eq!(story.keywords, ["cocoa", "norway", "usa"]);
        assert_eq!(
            (brief.title.as_str(), brief.body.as_str()),
            ("PIER SOLD", "PIER SOLD")
        );
        assert_eq!(raw.body, "A notice of a pier.\n\nIt is long.");
    }

    #[test]
    fn a_record_that_breaks_off_fails_alone() {
        let file = format!("{FILE}<REUTERS NEWID=\"10\"><TEXT><BODY>The pier");
        let (articles, failures) = parse_found(&Document::new("a", file.into())).unwrap();
        assert_eq!(
            (articles.len(), failures[0].member.as_str()),
            (3, "record 4 (NEWID 10)")
        );
    }

    #[test]
    fn a_damaged_collection_is_an_answer() {
        survives_damage("a.sgm", FILE);
    }
}
