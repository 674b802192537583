//! IPTC NITF, on its own and inside NewsML: headline, byline, dateline and text as agencies mark them up.

use super::collector::ParseError;
use super::draft::{Batch, Draft};
use super::printed_date::Stated;
use super::xml::{self, Element, Part};
use super::{Collector, fields, fragment};
use crate::domain::article::Format;
use crate::domain::document::Document;
use crate::domain::ledger::Rejection;

const FORMAT: Format = Format::Nitf;

pub(super) fn read(
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    let mut batch = Batch::new(collector);
    let mut n_stories = 0;
    let shell = xml::walk(
        text,
        |name| name == "nitf",
        |part| {
            n_stories += 1;
            let result = match part {
                Part::Record(story) => draft(&story).finish(FORMAT, document),
                Part::Broken(message) => Err(Rejection::Damaged {
                    format: FORMAT,
                    message,
                }),
            };
            batch.add(&format!("story {n_stories}"), result)
        },
    )?;
    match shell.damage {
        Some(message) => Err(Rejection::Damaged {
            format: FORMAT,
            message,
        }
        .into()),
        None => batch.finish("there is no nitf element in it"),
    }
}

/// What an `nitf` element states.
pub(super) fn draft(nitf: &Element<'_>) -> Draft {
    let (head, body) = (nitf.child("head"), nitf.child("body"));
    let top = body.and_then(|body| body.child("body.head"));
    let docdata = head.and_then(|head| head.child("docdata"));
    let pubdata = head.and_then(|head| head.child("pubdata"));
    let in_head = |path: &[&str]| head.and_then(|head| head.at(path)).and_then(Element::line);
    let in_top = |path: &[&str]| top.and_then(|top| top.at(path)).and_then(Element::line);
    let of = |element: Option<&Element<'_>>, name: &str| {
        element
            .and_then(|element| element.attribute(name))
            .map(str::to_owned)
    };
    let holder = docdata.and_then(|docdata| docdata.child("doc.copyright"));
    let abstracts = top.and_then(|top| top.child("abstract"));
    let content = body.and_then(|body| body.child("body.content")).or(body);
    Draft {
        title: in_top(&["hedline", "hl1"])
            .or_else(|| in_top(&["headline", "hl1"]))
            .or_else(|| in_head(&["title"])),
        subtitle: in_top(&["hedline", "hl2"]),
        byline: top.and_then(byline),
        authors: top.map(bylined).unwrap_or_default(),
        dateline: in_top(&["dateline"]),
        source: in_top(&["distributor", "org"])
            .or_else(|| in_top(&["distributor"]))
            .or_else(|| of(pubdata, "name"))
            .or_else(|| of(holder, "holder")),
        section: of(pubdata, "position.section"),
        language: nitf.attribute("xml:lang").map(str::to_owned),
        published: published(head, top),
        keywords: keywords(head),
        body: content
            .map(|content| fragment::html_to_paragraphs(content.inner))
            .unwrap_or_default(),
        summary: abstracts
            .map(|text| fragment::html_to_paragraphs(text.inner))
            .unwrap_or_default(),
        url: of(pubdata, "ex-ref").and_then(|address| fields::url(&address)),
        is_whole: true,
        ..Draft::default()
    }
}

/// Children of a byline that are part of the words around them.
const INLINE: [&str; 9] = [
    "person",
    "function",
    "name.given",
    "name.family",
    "em",
    "strong",
    "b",
    "i",
    "a",
];

/// The bylines as one line. A title, a place or a line of its own is parted from the name in front of it.
fn byline(top: &Element<'_>) -> Option<String> {
    let lines: Vec<String> = top
        .all("byline")
        .flat_map(|line| parts(line, |_| true))
        .collect();
    let line = joined(lines);
    (!line.is_empty()).then_some(line)
}

/// The names that the bylines mark as such, or else what stands beside the titles and places that they mark.
fn bylined(top: &Element<'_>) -> Vec<String> {
    let of = |byline: &Element<'_>| {
        let people: Vec<String> = byline
            .every("person")
            .into_iter()
            .filter_map(Element::line)
            .collect();
        if !people.is_empty() || byline.children.is_empty() {
            return people;
        }
        let is_name = |name: &str| !matches!(name, "byttl" | "location" | "virtloc" | "org");
        // What stands in a line of its own below the name is a title or an agency.
        let name = parts(byline, is_name).into_iter().find_map(|part| {
            let by = part.get(..2).filter(|by| by.eq_ignore_ascii_case("by"));
            let name = part[by.map_or(0, str::len)..].trim().to_owned();
            (!name.is_empty()).then_some(name)
        });
        name.into_iter().collect()
    };
    top.all("byline").flat_map(of).collect()
}

/// The lines of an element: its children stand on lines of their own unless they are part of a phrase.
fn parts(element: &Element<'_>, is_kept: impl Fn(&str) -> bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    for (child, markup) in element.pieces() {
        let name = child.map_or("", |child| child.name.as_str());
        if name.is_empty() || INLINE.contains(&name) {
            if let Some(last) = parts.last_mut() {
                last.push_str(markup);
            }
            continue;
        }
        if is_kept(name) {
            parts.push(markup.to_owned());
        }
        parts.push(String::new());
    }
    parts
        .iter()
        .map(|part| fragment::html_to_line(part))
        .collect()
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let mut line = String::new();
    for part in parts {
        let part = part.trim_matches([',', ';', ' ']);
        if part.is_empty() {
            continue;
        }
        if !line.is_empty() {
            // "By Ida Holm and" goes on with what follows.
            let goes_on = line.ends_with([':', '-', '–', '—']) || ends_in_small_word(&line);
            line.push_str(if goes_on { " " } else { ", " });
        }
        line.push_str(part);
    }
    line
}

fn ends_in_small_word(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(
        last.as_str(),
        "by" | "and"
            | "with"
            | "from"
            | "in"
            | "of"
            | "for"
            | "von"
            | "und"
            | "par"
            | "et"
            | "por"
            | "y"
            | "av"
            | "og"
    )
}

fn published(head: Option<&Element<'_>>, top: Option<&Element<'_>>) -> Option<Stated> {
    let norm = |path: &[&str]| head?.at(path)?.attribute("norm").and_then(fields::date);
    let of_print = || {
        head?
            .at(&["pubdata"])?
            .attribute("date.publication")
            .and_then(fields::date)
    };
    let of_story = || {
        let date = top?.at(&["dateline", "story.date"])?;
        date.attribute("norm")
            .and_then(fields::date)
            .or_else(|| fields::date(&date.line()?))
    };
    norm(&["docdata", "date.issue"])
        .or_else(of_print)
        .or_else(|| norm(&["docdata", "date.release"]))
        .or_else(of_story)
}

fn keywords(head: Option<&Element<'_>>) -> Vec<String> {
    let Some(head) = head else { return Vec::new() };
    let keys = head
        .every("keyword")
        .into_iter()
        .filter_map(|keyword| keyword.attribute("key").map(str::to_owned));
    let subjects = head
        .every("tobject.subject")
        .into_iter()
        .filter_map(|subject| {
            let kinds = [
                "tobject.subject.detail",
                "tobject.subject.matter",
                "tobject.subject.type",
            ];
            kinds
                .iter()
                .find_map(|kind| subject.attribute(kind))
                .map(str::to_owned)
        });
    let content = head.first("identified-content");
    let classified = content
        .into_iter()
        .flat_map(|content| &content.children)
        .filter_map(|child| {
            child
                .line()
                .or_else(|| child.attribute("value").map(str::to_owned))
        });
    keys.chain(subjects).chain(classified).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{parse_one, survives_damage};
    use super::*;
    use crate::domain::article::{Precision, TitleOrigin};

    const STORY: &str = r#"<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd" [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<nitf><head><title>kelp</title>
<tobject><tobject.subject tobject.subject.type="Environment"/></tobject>
<docdata><doc-id id-string="X1"/><date.issue norm="20190302T081500-0500"/>
<key-list><keyword key="kelp"/><keyword key="Kelp"/><keyword key="farms"/></key-list>
<identified-content><org>Fjord Farms</org></identified-content></docdata>
<pubdata name="The Harbour Post" position.section="Sea"/></head>
<body><body.head><hedline><hl1>Kelp farms <em>double</em></hl1><hl2>Harvest is early</hl2></hedline>
<byline>By <person>Ida Holm</person><byttl>Staff Writer</byttl></byline>
<distributor><org>Coast Wire</org></distributor>
<dateline><location>BERGEN, Norway</location> <story.date>March 2</story.date></dateline></body.head>
<body.content><block><p lede="true">Kelp farms doubled, <person>Per Lund</person> said &b; &amp; left.</p>
<media media-type="image"><media-caption>A boat.</media-caption></media>
<hl2>Early</hl2><p>They grow.</p></block></body.content><body.end><tagline>end</tagline></body.end></body></nitf>"#;

    #[test]
    fn an_agency_story_gives_every_field_that_it_marks() {
        let story = parse_one(&Document::new("a.txt", STORY.into())).unwrap();
        assert_eq!(
            (story.format, story.title.as_str(), story.title_origin),
            (FORMAT, "Kelp farms double", TitleOrigin::Metadata)
        );
        assert_eq!(story.subtitle.as_deref(), Some("Harvest is early"));
        assert_eq!(story.authors, ["Ida Holm"]);
        assert_eq!(story.dateline.as_deref(), Some("BERGEN, Norway March 2"));
        assert_eq!(story.source.unwrap().name, "Coast Wire");
        let published = story.published.unwrap();
        assert_eq!(
            (published.at.as_str(), published.precision),
            ("2019-03-02T13:15:00Z", Precision::Second)
        );
        assert_eq!(
            story.keywords,
            ["kelp", "farms", "Environment", "Fjord Farms"]
        );
        assert_eq!(story.section.as_deref(), Some("Sea"));
        assert_eq!(
            story.body,
            "Kelp farms doubled, Per Lund said &b; & left.\n\nEarly\n\nThey grow."
        );
    }

    #[test]
    fn the_elements_of_a_byline_are_parted() {
        for (byline, printed, authors) in [
            (
                "By JANE DUNN<byttl>Bay Wire Writer</byttl>",
                "By JANE DUNN, Bay Wire Writer",
                vec!["Jane Dunn"],
            ),
            (
                "<person>Ida Holm</person> and <person>Per Lund</person>",
                "Ida Holm and Per Lund",
                vec!["Ida Holm", "Per Lund"],
            ),
            (
                "By <person>Ida Holm</person>, <byttl>Staff Writer</byttl>",
                "By Ida Holm, Staff Writer",
                vec!["Ida Holm"],
            ),
            (
                "By Ida Holm<br/>Staff Writer",
                "By Ida Holm, Staff Writer",
                vec!["Ida Holm"],
            ),
            (
                "By <em>Ida Holm</em><byttl>Editor</byttl><location>OSLO</location>",
                "By Ida Holm, Editor, OSLO",
                vec!["Ida Holm"],
            ),
            (
                "<p>By Ida Holm</p><p>Bay Wire</p>",
                "By Ida Holm, Bay Wire",
                vec!["Ida Holm"],
            ),
            ("By <byttl/>Ida Holm", "By Ida Holm", vec!["Ida Holm"]),
            ("By Ida Holm", "By Ida Holm", vec!["Ida Holm"]),
            (
                "By\n<person><name.given>Ida</name.given> <name.family>Holm</name.family></person>",
                "By Ida Holm",
                vec!["Ida Holm"],
            ),
            (
                "By Ida Holm</byline><byline>By Per Lund",
                "By Ida Holm, By Per Lund",
                vec!["Ida Holm", "Per Lund"],
            ),
        ] {
            let story = format!(
                "<nitf><body><body.head><byline>{byline}</byline></body.head><body.content><p>The harbour board shut the pier on Monday.</p></body.content></body></nitf>"
            );
            let story = parse_one(&Document::new("a.xml", story.into())).unwrap();
            assert_eq!(story.byline.as_deref(), Some(printed), "{byline}");
            assert_eq!(story.authors, authors, "{byline}");
        }
    }

    #[test]
    fn a_story_that_breaks_off_is_refused() {
        let text = &STORY[..STORY.find("They grow").unwrap()];
        let rejection = parse_one(&Document::new("a.xml", text.into())).unwrap_err();
        assert_eq!(
            rejection.to_string(),
            "this nitf file is damaged: it breaks off before its end"
        );
    }

    #[test]
    fn a_damaged_story_is_an_answer() {
        survives_damage("a.xml", STORY);
    }
}
