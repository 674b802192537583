//! XML of no known kind, read by the names of its elements, which are those of JSON's keys: a headline, a text, a day. What has
//! no text under such a name is refused.

use super::collector::ParseError;
use super::draft::{Batch, Draft, paragraphs};
use super::json::folded;
use super::json::keys::{
    AUTHOR, BODY, BYLINE, DATE, KEYWORDS, LANGUAGE, SECTION, SOURCE, SUBTITLE, SUMMARY, TITLE, URL,
};
use super::xml::{self, Element, Part};
use super::{Collector, fields, fragment};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

/// Elements that hold one article each.
const RECORDS: [&str; 14] = [
    "article",
    "story",
    "newsitem",
    "newsarticle",
    "newsstory",
    "item",
    "document",
    "doc",
    "post",
    "entry",
    "record",
    "row",
    "clip",
    "meldung",
];

/// Names of headlines beside those of JSON.
const HEADLINES: [&str; 8] = [
    "hl1", "hedline", "hl", "heading", "titel", "titre", "titulo", "titolo",
];

/// Names of texts beside those of JSON.
const BODIES: [&str; 6] = [
    "bodycontent",
    "bodyen",
    "blocktext",
    "newstext",
    "fliesstext",
    "texte",
];

/// Reads each record as an article, or the whole document as one.
pub(super) fn read(
    text: &str,
    root: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut batch = Batch::new(collector);
    let is_record = |name: &str| RECORDS.contains(&folded(local(name)).as_str());
    let mut n_records = 0;
    let shell = xml::walk(text, is_record, |part| {
        n_records += 1;
        let name = format!("record {n_records}");
        match part {
            Part::Record(record) => batch.add(&name, article(&record, document)),
            Part::Broken(message) => batch.add(&name, Err(damaged(message))),
        }
    })?;
    if let (0, Some(root)) = (n_records, &shell.root)
        && let Ok(article) = article(root, document)
    {
        batch.add("document", Ok(article))?;
    }
    match shell.damage {
        Some(message) => Err(damaged(message).into()),
        None => batch.finish(&format!(
            "it is XML of a kind that microfiche does not know, with the root element {root:.40}, and no element in it is called \
             like a headline with a text"
        )),
    }
}

fn damaged(message: String) -> Rejection {
    Rejection::Damaged {
        format: Format::Xml,
        message,
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn article(
    record: &Element<'_>,
    document: &Document,
) -> Result<crate::domain::article::Article, Rejection> {
    let line = |names: &[&str]| {
        let element = find(record, names);
        element
            .and_then(Element::line)
            .map(|line| fragment::html_to_line(&line))
            .or_else(|| attribute(record, names))
    };
    let mut body = texts(record, &[BODY, &BODIES].concat());
    if body.is_empty() {
        let printed = record.every("p").into_iter();
        body = printed.filter_map(Element::line).collect();
    }
    let title = line(&[TITLE, &HEADLINES].concat());
    let date = line(DATE).and_then(|date| fields::date(&date));
    let url = line(URL).and_then(|url| fields::url(&url));
    let lacks = Rejection::Lacks(
        "no element in it is called like a headline, a day or an address with a text".into(),
    );
    if title.is_none() && date.is_none() && url.is_none() {
        return Err(lacks);
    }
    Draft {
        title,
        subtitle: line(SUBTITLE),
        byline: line(BYLINE),
        authors: lines(record, AUTHOR),
        dateline: line(&["dateline"]),
        source: line(SOURCE),
        section: line(SECTION),
        language: line(LANGUAGE),
        url,
        published: date,
        keywords: lines(record, KEYWORDS),
        body,
        summary: texts(record, SUMMARY),
        ..Draft::default()
    }
    .finish(Format::Xml, document)
}

/// The first element, in the order of the names, that says anything.
fn find<'e, 'a>(of: &'e Element<'a>, names: &[&str]) -> Option<&'e Element<'a>> {
    names.iter().find_map(|name| {
        let mut found = Vec::new();
        called(of, name, &mut found);
        found.into_iter().find(|element| element.line().is_some())
    })
}

fn called<'e, 'a>(of: &'e Element<'a>, name: &str, found: &mut Vec<&'e Element<'a>>) {
    for child in &of.children {
        if folded(local(&child.name)) == name {
            found.push(child);
        } else {
            called(child, name, found);
        }
    }
}

fn attribute(of: &Element<'_>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| of.attribute(name))
        .map(str::to_owned)
}

fn lines(of: &Element<'_>, names: &[&str]) -> Vec<String> {
    let found = names.iter().map(|name| {
        let mut found = Vec::new();
        called(of, name, &mut found);
        // A list of people or words stands in elements of its own.
        let parts = found.into_iter().flat_map(|element| {
            if element.children.is_empty() {
                vec![element]
            } else {
                element.children.iter().collect()
            }
        });
        parts.filter_map(Element::line).collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|lines| !lines.is_empty())
        .unwrap_or_default()
}

fn texts(of: &Element<'_>, names: &[&str]) -> Vec<String> {
    let found = names.iter().map(|name| {
        let mut found = Vec::new();
        called(of, name, &mut found);
        found.into_iter().flat_map(text_of).collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn text_of(element: &Element<'_>) -> Vec<String> {
    if element.children.is_empty() {
        paragraphs(&element.text)
    } else {
        fragment::html_to_paragraphs(element.inner)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::document::Document;
    use crate::domain::ledger::Rejection;
    use crate::parse::parse_all;

    fn document(name: &str, text: &str) -> Document {
        Document::new(name, text.as_bytes().to_vec())
    }

    #[test]
    fn elements_are_known_by_their_names() {
        let text = "The quay was shut for three days, and nobody sailed.";
        for xml in [
            format!(
                "<?xml version=\"1.0\"?><story><id>7</id><headline>Quay shut</headline><date>2020-01-02</date><text>{text}</text></story>"
            ),
            format!(
                "<?xml version=\"1.0\"?><NewsQueue><NewsItem><Id>7</Id><Headline>Quay shut</Headline><Published>2020-01-02T10:00:00</Published><Body>&lt;p&gt;{text}&lt;/p&gt;</Body></NewsItem></NewsQueue>"
            ),
            format!(
                "<?xml version=\"1.0\"?><docs><doc><title>Quay shut</title><pub_date>2020-01-02</pub_date><content><p>{text}</p></content></doc></docs>"
            ),
            format!(
                "<?xml version=\"1.0\"?><x:export xmlns:x=\"urn:x\"><x:article><x:title><![CDATA[Quay shut]]></x:title><x:date>2020-01-02</x:date><x:body><![CDATA[<p>{text}</p>]]></x:body></x:article></x:export>"
            ),
            format!(
                "<?xml version=\"1.0\"?><article date=\"2020-01-02\"><hl1>Quay shut</hl1><p>{text}</p></article>"
            ),
            format!(
                "<Story><Headline>Quay shut</Headline><Date>2020-01-02</Date><Text>{text}</Text></Story>"
            ),
        ] {
            let articles = parse_all(&document("a.xml", &xml))
                .unwrap_or_else(|error| panic!("{xml}: {error}"));
            assert_eq!(articles[0].title, "Quay shut", "{xml}");
            assert_eq!(articles[0].body, text, "{xml}");
            assert!(
                articles[0]
                    .published
                    .as_ref()
                    .unwrap()
                    .at
                    .starts_with("2020-01-02"),
                "{xml}"
            );
        }
    }

    #[test]
    fn xml_without_such_names_is_refused_and_never_read_as_a_page() {
        for xml in [
            "<?xml version=\"1.0\"?><heading><header>x</header><bodywork>y</bodywork></heading>",
            "<?xml version=\"1.0\"?><rates><rate day=\"2020-01-02\">4.5</rate></rates>",
        ] {
            let refused = parse_all(&document("a.xml", xml));
            assert!(
                matches!(&refused, Err(Rejection::Lacks(_))),
                "{xml}: {refused:?}"
            );
        }
    }
}
