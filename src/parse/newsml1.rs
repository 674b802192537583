//! NewsML 1: components within components, each with a role; the text of a story is the content whose role is the body.

use super::draft::{Draft, paragraphs};
use super::newsml::inline;
use super::xml::Element;
use super::{fields, fragment};

/// Roles of a story's text, in lower case and without marks.
const BODY_ROLES: [&str; 9] = [
    "body",
    "bodytext",
    "main",
    "maintext",
    "maincontent",
    "text",
    "story",
    "article",
    "newstext",
];

/// Roles of what stands above or beside it.
const OTHER_ROLES: [&str; 18] = [
    "title",
    "headline",
    "subheadline",
    "kicker",
    "slug",
    "slugline",
    "byline",
    "dateline",
    "lead",
    "abstract",
    "summary",
    "teaser",
    "description",
    "caption",
    "keyword",
    "keywords",
    "copyright",
    "editorsnote",
];

/// Roles of a text that says the story in short.
const SUMMARIES: [&str; 5] = ["lead", "abstract", "summary", "teaser", "description"];

/// Kinds of media that hold no text, in lower case.
const NO_TEXT: [&str; 6] = ["photo", "graphic", "video", "audio", "animation", "image"];

/// What a component holds as text, and for what.
struct Content<'e, 'a> {
    role: String,
    data: &'e Element<'a>,
    /// Whether it says the same as the contents beside it, in another form.
    is_equivalent: bool,
}

/// The stories of a news item: most hold one; one whose components have headlines and texts of their own holds as many.
pub(super) fn drafts(item: &Element<'_>) -> Vec<Draft> {
    let mut stories = Vec::new();
    for component in item.all("NewsComponent") {
        gather_stories(component, &mut stories);
    }
    match stories.as_slice() {
        [_, _, ..] => stories
            .into_iter()
            .map(|story| draft(item, story))
            .collect(),
        _ => vec![draft(item, item)],
    }
}

/// The outermost components that have a headline and a body of their own.
fn gather_stories<'e, 'a>(component: &'e Element<'a>, stories: &mut Vec<&'e Element<'a>>) {
    if component.at(&["NewsLines", "HeadLine"]).is_some() {
        let contents = contents(component);
        if contents
            .iter()
            .any(|content| is_text(content) && !body_of(content).is_empty())
        {
            stories.push(component);
        }
        return;
    }
    for inner in component.all("NewsComponent") {
        gather_stories(inner, stories);
    }
}

/// A story; what its own component does not state, the item does. The first that has a thing states it.
fn draft(item: &Element<'_>, story: &Element<'_>) -> Draft {
    let first = |name: &str| {
        story
            .first(name)
            .or_else(|| item.first(name))
            .and_then(Element::line)
    };
    let party = |name: &str| {
        let party = story
            .first(name)
            .or_else(|| item.first(name))?
            .first("Party")?;
        party.attribute("FormalName").map(str::to_owned)
    };
    let date = |name: &str| first(name).and_then(|date| fields::date(&date));
    let contents = contents(story);
    let mut draft = text_of(&contents);
    let titled = in_role(&contents, &["title", "headline"]).and_then(Element::line);
    draft.title = first("HeadLine").or(draft.title).or(titled);
    draft.subtitle = first("SubHeadLine").or(draft.subtitle);
    draft.byline = first("ByLine").or(draft.byline);
    draft.dateline = first("DateLine").or(draft.dateline);
    draft.source = party("Provider")
        .or_else(|| party("Source"))
        .or(draft.source);
    draft.published = date("FirstCreated")
        .or_else(|| date("ThisRevisionCreated"))
        .or(draft.published);
    draft.language = story
        .first("Language")
        .or_else(|| item.first("Language"))
        .and_then(|language| language.attribute("FormalName"))
        .map(str::to_owned)
        .or(draft.language);
    let keywords = story
        .every("KeywordLine")
        .into_iter()
        .filter_map(Element::line);
    draft.keywords.extend(keywords);
    draft.keywords.extend(first("SlugLine"));
    if draft.summary.is_empty()
        && let Some(summary) = in_role(&contents, &SUMMARIES)
    {
        draft.summary = body_in(summary).body;
    }
    draft
}

/// The text of a story: all that is called its body, else the longest content that is called nothing else.
fn text_of(contents: &[Content<'_, '_>]) -> Draft {
    let is_filled = |content: &&Content<'_, '_>| !body_of(content).is_empty();
    let bodies: Vec<_> = contents
        .iter()
        .filter(|content| BODY_ROLES.contains(&content.role.as_str()))
        .filter(is_filled)
        .collect();
    let Some((first, others)) = bodies.split_first() else {
        let longest = |wanted: fn(&Content<'_, '_>) -> bool| {
            let wanted = contents
                .iter()
                .filter(|content| wanted(content))
                .filter(is_filled);
            wanted
                .rev()
                .max_by_key(|content| n_letters(&body_of(content)))
        };
        let content = longest(is_text).or_else(|| longest(|_| true));
        return content
            .map(|content| body_in(content.data))
            .unwrap_or_default();
    };
    let mut draft = body_in(first.data);
    for other in others {
        let body = body_of(other);
        if other.is_equivalent || says_the_same(&draft.body, &body) {
            if n_letters(&body) > n_letters(&draft.body) {
                draft = body_in(other.data);
            }
        } else {
            draft.body.extend(body);
        }
    }
    draft
}

/// Whether one text begins as a paragraph of the other does: forms of one text, not its parts.
fn says_the_same(one: &[String], other: &[String]) -> bool {
    let start = |paragraphs: &[String]| -> String {
        let text = paragraphs.join(" ");
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .take(60)
            .collect()
    };
    let all = |paragraphs: &[String]| -> String {
        paragraphs
            .concat()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    all(one).contains(&start(other)) || all(other).contains(&start(one))
}

fn n_letters(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(String::len).sum()
}

/// Whether a content may be a story's text by what it is called.
fn is_text(content: &Content<'_, '_>) -> bool {
    !OTHER_ROLES.contains(&content.role.as_str())
}

fn in_role<'e, 'a>(contents: &[Content<'e, 'a>], roles: &[&str]) -> Option<&'e Element<'a>> {
    let mut found = contents
        .iter()
        .filter(|content| roles.contains(&content.role.as_str()));
    found.next().map(|content| content.data)
}

fn contents<'e, 'a>(element: &'e Element<'a>) -> Vec<Content<'e, 'a>> {
    let mut found = Vec::new();
    gather(element, "", false, &mut found);
    found
}

/// A role holds for the components within the one that states it.
fn gather<'e, 'a>(
    element: &'e Element<'a>,
    role: &str,
    is_equivalent: bool,
    found: &mut Vec<Content<'e, 'a>>,
) {
    let own = element
        .child("Role")
        .and_then(|own| own.attribute("FormalName"));
    let own = own.map(|own| {
        let letters = own.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    });
    let role = own.as_deref().unwrap_or(role);
    let is_equivalent = match element.attribute("EquivalentsList") {
        Some(stated) => stated == "yes",
        None => is_equivalent,
    };
    for child in &element.children {
        match child.name.as_str() {
            "DataContent" => found.push(Content {
                role: role.to_owned(),
                data: child,
                is_equivalent,
            }),
            // Binary data in letters.
            "Encoding" => {}
            "ContentItem" if holds_no_text(child) => {}
            _ => gather(child, role, is_equivalent, found),
        }
    }
}

fn holds_no_text(item: &Element<'_>) -> bool {
    let kind = item
        .child("MediaType")
        .and_then(|kind| kind.attribute("FormalName"));
    kind.is_some_and(|kind| NO_TEXT.contains(&kind.to_lowercase().as_str()))
}

fn body_of(content: &Content<'_, '_>) -> Vec<String> {
    body_in(content.data).body
}

fn body_in(data: &Element<'_>) -> Draft {
    if data.children.is_empty() {
        return Draft {
            body: paragraphs(&data.text),
            is_whole: true,
            ..Draft::default()
        };
    }
    if data.first("nitf").is_none() && data.first("body").is_none() {
        return Draft {
            body: fragment::html_to_paragraphs(data.inner),
            is_whole: true,
            ..Draft::default()
        };
    }
    inline(data)
}

#[cfg(test)]
mod tests {
    use crate::domain::document::Document;
    use crate::parse::parse_all;

    const BODY: &str =
        "The harbour board shut the pier on Monday. It will open again in May, its chair said.";

    fn item(components: &str) -> String {
        format!(
            "<NewsML><NewsItem><NewsManagement><FirstCreated>20200106T090000+0100</FirstCreated></NewsManagement>
            <NewsComponent><NewsLines><HeadLine>Pier shut after storm</HeadLine></NewsLines>{components}</NewsComponent></NewsItem></NewsML>"
        )
    }

    fn component(role: &str, data: &str) -> String {
        format!(
            "<NewsComponent><Role FormalName='{role}'/><ContentItem><DataContent>{data}</DataContent></ContentItem></NewsComponent>"
        )
    }

    #[test]
    fn the_old_version_is_read_as_well() {
        let text = "<NewsML><NewsItem><NewsManagement><FirstCreated>20030102T090000Z</FirstCreated></NewsManagement><NewsComponent>
            <NewsLines><HeadLine>Pier opens</HeadLine><ByLine>By Per Lund</ByLine></NewsLines><AdministrativeMetadata><Provider>
            <Party FormalName='CW'/></Provider></AdministrativeMetadata><ContentItem><DataContent><p>It is open.</p></DataContent>
            </ContentItem></NewsComponent></NewsItem></NewsML>";
        let story = &parse_all(&Document::new("a.xml", text.into())).unwrap()[0];
        assert_eq!(
            (story.title.as_str(), story.body.as_str()),
            ("Pier opens", "It is open.")
        );
        assert_eq!(story.published.as_ref().unwrap().at, "2003-01-02T09:00:00Z");
    }

    #[test]
    fn the_body_is_what_its_role_says() {
        let title = component("Title", "Pier shut after storm");
        let lead = component("Lead", "Nobody sailed for three days.");
        let caption = component(
            "Caption",
            "The pier, here on Sunday, is one of the oldest of the coast and was rebuilt twice, in 1954 and in 1987.",
        );
        let html = format!("<html><head><title>x</title></head><body><p>{BODY}</p></body></html>");
        let nitf = format!("<nitf><body><body.content><p>{BODY}</p></body.content></body></nitf>");
        let photo = "<NewsComponent><ContentItem><MediaType FormalName='Photo'/><DataContent>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</DataContent></ContentItem></NewsComponent>";
        let body = |data: &str| component("Body", data);
        for components in [
            format!("{title}{lead}{}", body(BODY)),
            format!("{}{lead}{caption}", body(BODY)),
            format!("{caption}{}", component("Main", BODY)),
            format!("{caption}{}", component("body text", BODY)),
            format!("{title}{}", body(&format!("<p>{BODY}</p>"))),
            format!("{title}{}", body(&html)),
            format!("{title}{}", body(&nitf)),
            format!("{title}{}{}", body(BODY), body(&html)),
            format!(
                "{title}<NewsComponent EquivalentsList='yes'><Role FormalName='Main'/>{}{}</NewsComponent>",
                "<ContentItem><DataContent>The harbour board shut it.</DataContent></ContentItem>",
                format_args!("<ContentItem><DataContent>{BODY}</DataContent></ContentItem>")
            ),
            format!(
                "{title}{lead}<NewsComponent><ContentItem><DataContent>{BODY}</DataContent></ContentItem></NewsComponent>"
            ),
            format!("{photo}{title}{}", component("Unheard", BODY)),
            format!(
                "<NewsComponent><Role FormalName='Main'/><NewsComponent><ContentItem><DataContent>{BODY}</DataContent></ContentItem></NewsComponent></NewsComponent>{caption}"
            ),
            format!("{}{}", body(""), component("Story", BODY)),
        ] {
            let articles = parse_all(&Document::new("a.xml", item(&components).into())).unwrap();
            assert_eq!(articles.len(), 1, "{components}");
            assert_eq!(articles[0].body, BODY, "{components}");
            assert_eq!(articles[0].title, "Pier shut after storm");
        }
    }

    #[test]
    fn a_body_in_parts_is_read_whole() {
        let parts = component("Body", "The harbour board shut the pier on Monday.")
            + &component("Body", "It will open again in May.");
        let articles = parse_all(&Document::new("a.xml", item(&parts).into())).unwrap();
        assert_eq!(
            articles[0].body,
            "The harbour board shut the pier on Monday.\n\nIt will open again in May."
        );
    }

    #[test]
    fn components_with_headlines_of_their_own_are_stories() {
        let story = |title: &str, text: &str| {
            format!(
                "<NewsComponent><NewsLines><HeadLine>{title}</HeadLine></NewsLines>{}</NewsComponent>",
                component("Body", text)
            )
        };
        let text = format!(
            "<NewsML><NewsItem><NewsManagement><FirstCreated>20200106T090000Z</FirstCreated></NewsManagement><NewsComponent>{}{}</NewsComponent></NewsItem></NewsML>",
            story("Pier shut", "The harbour board shut the pier."),
            story("Bakers strike", "The bakers left, their leader said.")
        );
        let articles = parse_all(&Document::new("a.xml", text.into())).unwrap();
        let told: Vec<_> = articles
            .iter()
            .map(|one| (one.title.as_str(), one.body.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("Pier shut", "The harbour board shut the pier."),
                ("Bakers strike", "The bakers left, their leader said.")
            ]
        );
        assert!(
            articles
                .iter()
                .all(|one| one.published.as_ref().unwrap().at == "2020-01-06T09:00:00Z")
        );
    }
}
