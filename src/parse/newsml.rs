//! IPTC NewsML-G2: news items with their text inside, alone or many in a message; and the older NewsML 1.

use super::collector::ParseError;
use super::draft::{Batch, Draft, paragraphs};
use super::xml::{self, Element, Part};
use super::{Collector, fields, fragment, newsml1, nitf};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

const FORMAT: Format = Format::NewsMl;

/// Roots and records of both versions that hold no text, and what they are.
const OTHER_ITEMS: [(&str, &str); 5] = [
    (
        "packageItem",
        "it is a package of references to other items; drop those",
    ),
    ("knowledgeItem", "it is a list of concepts"),
    ("conceptItem", "it describes a concept"),
    ("planningItem", "it is a plan of coverage"),
    ("catalogItem", "it is a catalogue of vocabularies"),
];

/// Whether a root element is NewsML's.
pub(super) fn is_root(name: &str) -> bool {
    matches!(name, "newsMessage" | "itemSet" | "NewsML") || is_record(name)
}

fn is_record(name: &str) -> bool {
    matches!(name, "newsItem" | "NewsItem") || OTHER_ITEMS.iter().any(|(item, _)| *item == name)
}

pub(super) fn read(
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut batch = Batch::new(collector);
    let mut n_items = 0;
    let shell = xml::walk(text, is_record, |part| {
        n_items += 1;
        let result = match part {
            Part::Record(item) if item.name == "NewsItem" => {
                let drafts = newsml1::drafts(&item);
                let is_alone = drafts.len() == 1;
                for (at, draft) in drafts.into_iter().enumerate() {
                    let name = if is_alone {
                        format!("item {n_items}")
                    } else {
                        format!("item {n_items}, component {}", at + 1)
                    };
                    batch.add(&name, draft.finish(FORMAT, document))?;
                }
                return Ok(());
            }
            Part::Record(item) => draft(&item).and_then(|draft| draft.finish(FORMAT, document)),
            Part::Broken(message) => Err(Rejection::Damaged {
                format: FORMAT,
                message,
            }),
        };
        batch.add(&format!("item {n_items}"), result)
    })?;
    match shell.damage {
        Some(message) => Err(Rejection::Damaged {
            format: FORMAT,
            message,
        }
        .into()),
        None => batch.finish("the message holds no items"),
    }
}

fn draft(item: &Element<'_>) -> Result<Draft, Rejection> {
    if let Some((_, what)) = OTHER_ITEMS.iter().find(|(name, _)| *name == item.name) {
        return Err(Rejection::Lacks((*what).to_owned()));
    }
    let status = item
        .at(&["itemMeta", "pubStatus"])
        .and_then(|status| status.attribute("qcode").or(status.attribute("uri")));
    if let Some(status) = status.filter(|status| {
        ["canceled", "cancelled", "withheld"]
            .iter()
            .any(|end| status.ends_with(end))
    }) {
        return Err(Rejection::Lacks(format!(
            "its publisher has withdrawn it (pubStatus: {status})"
        )));
    }
    second_version(item)
}

fn second_version(item: &Element<'_>) -> Result<Draft, Rejection> {
    let set = item.child("contentSet");
    let mut draft = Draft {
        is_whole: true,
        ..Draft::default()
    };
    for part in set.into_iter().flat_map(|set| &set.children) {
        match part.name.as_str() {
            "inlineXML" => draft = inline(part),
            "inlineData" if part.children.is_empty() => draft.body = paragraphs(&part.text),
            "inlineData" => draft.body = fragment::html_to_paragraphs(part.inner),
            _ => continue,
        }
        if !draft.body.is_empty() {
            break;
        }
    }
    let (about, of_item) = (item.child("contentMeta"), item.child("itemMeta"));
    let description = about.and_then(|about| about.line_of("description"));
    if draft.body.is_empty() && description.is_none() {
        let kind = of_item
            .and_then(|meta| meta.child("itemClass"))
            .and_then(|class| class.attribute("qcode"))
            .unwrap_or("unknown");
        return Err(Rejection::Lacks(format!(
            "the item holds no text of its own (itemClass: {kind})"
        )));
    }
    draft.summary = description.into_iter().collect();
    if let Some(about) = about {
        apply_content_meta(about, &mut draft);
    }
    let meta = |path: &[&str]| item.at(path);
    let date = |path: &[&str]| {
        meta(path)
            .and_then(Element::line)
            .and_then(|date| fields::date(&date))
    };
    draft.title = draft
        .title
        .take()
        .or_else(|| meta(&["itemMeta", "title"])?.line());
    // When it was first made is nearer to when it came out than when this version was.
    draft.published = date(&["itemMeta", "firstCreated"])
        .or_else(|| date(&["contentMeta", "contentCreated"]))
        .or_else(|| date(&["itemMeta", "versionCreated"]))
        .or(draft.published);
    let provider = meta(&["itemMeta", "provider"]).and_then(named);
    let source = about
        .and_then(|about| about.child("infosource"))
        .and_then(named);
    draft.source = provider.or(source).or(draft.source);
    draft.language = draft
        .language
        .or_else(|| item.attribute("xml:lang").map(str::to_owned));
    Ok(draft)
}

pub(super) fn inline(part: &Element<'_>) -> Draft {
    if let Some(story) = part.first("nitf") {
        return nitf::draft(story);
    }
    let body = part.first("body").unwrap_or(part);
    let title = body
        .first("h1")
        .or(part.first("title"))
        .and_then(Element::line);
    // What stands in a header is headline, byline and date, which the item's metadata state.
    let mut body = fragment::html_to_paragraphs(&body.inner_without(&["head", "header"]));
    if title.is_some() && body.first() == title.as_ref() {
        body.remove(0);
    }
    Draft {
        title,
        body,
        is_whole: true,
        ..Draft::default()
    }
}

fn apply_content_meta(about: &Element<'_>, draft: &mut Draft) {
    let is_main = |headline: &&Element<'_>| {
        headline
            .attribute("role")
            .is_none_or(|role| role.ends_with(":main") || role.ends_with("headline"))
    };
    let headline = about
        .all("headline")
        .find(is_main)
        .or(about.child("headline"));
    draft.title = headline.and_then(Element::line).or(draft.title.take());
    let is_sub = |headline: &&Element<'_>| {
        headline
            .attribute("role")
            .is_some_and(|role| role.to_lowercase().contains(":sub"))
    };
    let sub = about.all("headline").find(is_sub).and_then(Element::line);
    draft.subtitle = sub.or(draft.subtitle.take());
    draft.byline = about.line_of("by").or(draft.byline.take());
    let creators: Vec<String> = about.all("creator").filter_map(named).collect();
    if draft.byline.is_none() && draft.authors.is_empty() {
        draft.authors = creators;
    }
    draft.dateline = about.line_of("dateline").or(draft.dateline.take());
    draft.located = about.child("located").and_then(named);
    draft.language = about
        .child("language")
        .and_then(|language| language.attribute("tag"))
        .map(str::to_owned)
        .or(draft.language.take());
    draft
        .keywords
        .extend(about.all("keyword").filter_map(Element::line));
    draft.keywords.extend(
        about
            .all("subject")
            .filter_map(|subject| subject.line_of("name")),
    );
    draft.keywords.extend(about.line_of("slugline"));
    draft.section = about
        .all("genre")
        .find_map(|genre| genre.line_of("name"))
        .or(draft.section.take());
}

/// Who an element names: in words or by code.
fn named(element: &Element<'_>) -> Option<String> {
    let code = || {
        element
            .attribute("literal")
            .or_else(|| element.attribute("qcode")?.rsplit(':').next())
    };
    element
        .line_of("name")
        .or_else(|| element.line_of("organisationName"))
        .or_else(|| code().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::super::{parse_found, parse_one, survives_damage};
    use super::*;

    fn item(meta: &str, set: &str) -> String {
        format!(
            r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x" version="1" xml:lang="en-GB"><itemMeta>
            <itemClass qcode="ninat:text"/><provider qcode="nprov:CW"><name>Coast Wire</name></provider>
            <versionCreated>2019-03-02T10:00:00Z</versionCreated><firstCreated>2019-03-02T09:15:00+01:00</firstCreated>{meta}</itemMeta>
            <contentMeta><headline role="hld:subHeadline">Harvest is early</headline><headline>Kelp farms double</headline><by>By Ida Holm</by><dateline>BERGEN</dateline>
            <slugline>kelp-farms</slugline><language tag="no"/><subject qcode="x:1"><name>Fishing</name></subject></contentMeta>
            <contentSet>{set}</contentSet></newsItem>"#
        )
    }

    const NITF: &str = r#"<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
        <body.content><p>They doubled.</p><p>They grow.</p></body.content></body></nitf></inlineXML>"#;

    #[test]
    fn an_item_gives_its_metadata_and_the_text_inside() {
        let story = parse_one(&Document::new("a.xml", item("", NITF).into())).unwrap();
        assert_eq!(
            (story.format, story.title.as_str()),
            (FORMAT, "Kelp farms double")
        );
        assert_eq!(story.body, "They doubled.\n\nThey grow.");
        assert_eq!(story.subtitle.as_deref(), Some("Harvest is early"));
        assert_eq!(
            (story.authors, story.source.unwrap().name),
            (vec!["Ida Holm".to_owned()], "Coast Wire".to_owned())
        );
        assert_eq!(story.published.unwrap().at, "2019-03-02T08:15:00Z");
        assert_eq!(
            (story.language.as_deref(), story.keywords),
            (
                Some("no"),
                vec!["Fishing".to_owned(), "kelp-farms".to_owned()]
            )
        );
    }

    #[test]
    fn html_and_plain_text_are_read_too() {
        let html = r#"<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>
            <body><h1>Kelp farms double</h1><p>They doubled.</p></body></html></inlineXML>"#;
        for set in [
            html,
            "<inlineData contenttype=\"text/plain\">They doubled.</inlineData>",
        ] {
            let story = parse_one(&Document::new("a.xml", item("", set).into())).unwrap();
            assert_eq!(
                (story.title.as_str(), story.body.as_str()),
                ("Kelp farms double", "They doubled.")
            );
        }
    }

    #[test]
    fn a_header_within_the_text_is_no_text() {
        for header in [
            "<header><h1>Kelp farms double</h1><p>By Ida Holm, 2 March</p></header>",
            "<header class=\"x\"><h1>Kelp farms double</h1></header>",
            "<h1>Kelp farms double</h1>",
            "<header/>",
        ] {
            let html = format!(
                "<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title><meta name='a'/></head><body>{header}<p>They <b>doubled</b>.</p></body></html></inlineXML>"
            );
            let story = parse_one(&Document::new("a.xml", item("", &html).into())).unwrap();
            assert_eq!(story.body, "They doubled.", "{header}");
        }
    }

    #[test]
    fn of_a_message_each_item_stands_for_itself() {
        let message = format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header/><itemSet>{}{}{}<packageItem/></itemSet></newsMessage>",
            item("", NITF),
            item("<pubStatus qcode='stat:canceled'/>", NITF),
            item("", "<remoteContent href='a.jpg'/>")
        );
        let (articles, failures) = parse_found(&Document::new("a.xml", message.into())).unwrap();
        assert_eq!(articles.len(), 1);
        let reasons = ["withdrawn", "no text of its own", "package of references"];
        for ((failure, reason), at) in failures.iter().zip(reasons).zip(2..) {
            assert_eq!(failure.member, format!("item {at}"));
            assert!(
                failure.rejection.to_string().contains(reason),
                "{failure:?}"
            );
        }
        assert_eq!(failures.len(), 3);
    }

    #[test]
    fn a_damaged_item_is_an_answer() {
        survives_damage("a.xml", &item("", NITF));
    }
}
