//! Who wrote it: people's names from JSON-LD, metadata or the byline on the page.

use super::super::{names, printed_date};
use super::fold;
use super::metadata::Metadata;
use super::owner::Place;
use super::page::Page;
use super::printed::{self, Line};

/// More names than this are a masthead.
const MAX_AUTHORS: usize = 12;

/// Names of `<meta>` elements that state an author.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article_author",
    "article.author",
    "content-creator",
    "citation_author",
    "og:author",
    "authors",
    "rnews:author",
    "dc.contributor",
    "twitter:creator:name",
];

/// A page's byline and the people in it.
#[derive(Debug, Default)]
pub(super) struct Authors {
    pub(super) byline: Option<String>,
    pub(super) people: Vec<String>,
    /// Names stated as authors that are no people's: agencies, desks.
    pub(super) others: Vec<String>,
}

/// Finds the authors; `headline` is where the headline stands, `outlet` what the outlet is called.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    headline: Option<usize>,
    outlet: &[String],
) -> Authors {
    let place = Place::of(page, headline);
    let printed = printed::lines(page, headline, &place);
    let mut authors = Authors::default();
    for key in ["author", "creator"] {
        if authors.people.is_empty() {
            let stated = metadata.json_ld.names(key).into_iter();
            let people = stated.filter(|(_, is_organization)| !is_organization);
            authors.add(people.map(|(name, _)| name), outlet);
        }
    }
    for name in METAS {
        if authors.people.is_empty() {
            let stated = metadata.metas(name);
            let is_catalogue = ["dc.creator", "dcterms.creator", "citation_author"].contains(name);
            let stated = stated.map(|text| {
                if is_catalogue {
                    names::in_order(&text)
                } else {
                    text
                }
            });
            authors.add(stated, outlet);
        }
    }
    if authors.people.is_empty() {
        authors.add(marked(page, &place), outlet);
    }
    authors.correct(&printed, outlet);
    if authors.people.is_empty() {
        authors.add(metadata.json_ld.page_names("author"), outlet);
    }
    if authors.people.is_empty() {
        let stated = metadata.json_ld.names("author").into_iter();
        let named = stated
            .map(|(name, _)| name)
            .filter(|name| !name.contains("://"));
        authors.others.extend(named);
        authors.others.dedup();
    }
    authors.byline = authors.byline_of(&printed);
    authors
}

impl Authors {
    /// A byline under the headline corrects what machines are told: they are told the first of several, or who posted the
    /// page. A name that they are told is spelled as they are told it: what is printed around it is no part of it.
    fn correct(&mut self, printed: &[Line], outlet: &[String]) {
        // A byline far away is better than none.
        let is_far_enough = |line: &&Line| line.is_near || self.people.is_empty();
        let read: Vec<(&Line, Vec<String>)> = printed
            .iter()
            .filter(is_far_enough)
            .map(|line| (line, people_in(line, outlet)))
            .filter(|(_, people)| !people.is_empty())
            .collect();
        let Some(((line, first), rest)) = read.split_first() else {
            return;
        };
        let mut people = first.clone();
        for (other, more) in rest {
            // The box in the box lacks what follows the names; boxes in a row have a name each.
            if line.text.contains(&other.text) && more.len() > people.len() {
                people.clone_from(more);
            } else if is_next(line, other) {
                people.extend(more.iter().filter(|name| !first.contains(name)).cloned());
            }
        }
        let people = self.as_stated(people);
        let n_shared = self
            .people
            .iter()
            .filter(|name| people.contains(name))
            .count();
        let is_whole = n_shared == self.people.len();
        if is_whole || line.is_signed && line.is_near && n_shared == 0 {
            self.people = people;
            self.people.truncate(MAX_AUTHORS);
        }
    }

    /// Printed names, each as the page's metadata spells it.
    fn as_stated(&self, printed: Vec<String>) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        for name in printed {
            let stated = self.people.iter().find(|stated| is_same(stated, &name));
            let name = stated.cloned().unwrap_or(name);
            if !people.iter().any(|known| is_same(known, &name)) {
                people.push(name);
            }
        }
        people
    }

    /// The printed line that names the authors, else one that says that it is a byline.
    fn byline_of(&self, printed: &[Line]) -> Option<String> {
        const MAX_WORDS: usize = 6;
        let names_one = |line: &&Line| {
            self.people
                .iter()
                .any(|name| fold(&line.text).contains(&fold(name)))
        };
        let is_short = |line: &&Line| {
            self.people.is_empty()
                && line.is_near
                && line.text.split(' ').count() <= MAX_WORDS
                && !printed_date::is_label(&line.text)
        };
        let mut lines = printed.iter();
        let named = lines.clone().find(names_one);
        named
            .or_else(|| lines.find(|line| line.is_signed || is_short(line)))
            .map(|line| line.text.clone())
    }

    fn add(&mut self, stated: impl IntoIterator<Item = String>, outlet: &[String]) {
        for text in stated {
            let credit = names::read(&text, outlet);
            for name in credit.people {
                let is_known = self.people.iter().any(|known| fold(known) == fold(&name));
                if !is_known && self.people.len() < MAX_AUTHORS {
                    self.people.push(name);
                }
            }
            self.others.extend(credit.others);
        }
    }
}

/// The people of a printed line. A single word is a name where a byline says so.
fn people_in(line: &Line, outlet: &[String]) -> Vec<String> {
    let mut people = names::read(&line.boxes, outlet).people;
    let is_small = |text: &str| !text.contains(char::is_uppercase);
    // Small letters are a sentence's unless the element is a byline's.
    if is_small(&line.boxes) && !line.is_named {
        return Vec::new();
    }
    people.retain(|name| line.is_signed || name.contains(' ') || !name.is_ascii());
    people
}

/// Whether a box with a name stands in a row with the one before.
fn is_next(line: &Line, next: &Line) -> bool {
    const MAX_DISTANCE: usize = 30;
    line.is_named
        && next.is_named
        && line.kind == next.kind
        && next.at > line.at
        && next.at - line.at <= MAX_DISTANCE
}

/// Whether two spellings are of one name: one holds the other, or first and last words agree.
fn is_same(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.split_whitespace().map(fold).collect::<Vec<_>>());
    let holds = |long: &[String], short: &[String]| {
        !short.is_empty() && long.windows(short.len()).any(|words| words == short)
    };
    let ends = |name: &[String]| Some((name.first()?.clone(), name.last()?.clone()));
    holds(&a, &b) || holds(&b, &a) || a.len() > 1 && b.len() > 1 && ends(&a) == ends(&b)
}

/// Names in elements that are marked as the author's.
fn marked(page: &Page, place: &Place) -> Vec<String> {
    let is_marked = |at: usize| {
        page.attr(at, "rel")
            .is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
            || page.attr(at, "itemprop").is_some_and(|prop| {
                prop.split(' ')
                    .any(|word| word == "author" || word == "creator")
            })
    };
    let stated_of = |at: usize| {
        let keys = ["data-author", "data-author-name", "data-byline"];
        keys.iter()
            .filter(|_| place.is_in_head(at))
            .find_map(|key| page.attr(at, key))
            .map(str::to_owned)
    };
    let mut found = Vec::new();
    let elements = (0..page.len()).filter(|at| !page.is_text(*at) && page.tag(*at) != "link");
    for at in elements {
        let stated = stated_of(at);
        if !is_marked(at) && stated.is_none() || !place.owns(page, at) {
            continue;
        }
        let name = (at..page.end(at)).find(|at| page.attr(*at, "itemprop") == Some("name"));
        let content = page.attr(name.unwrap_or(at), "content").map(str::to_owned);
        let text = stated
            .or(content)
            .unwrap_or_else(|| printed::boxes_of(page, name.unwrap_or(at)));
        if text.chars().count() <= 120 && found.len() < 4 && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(html: &str) -> Authors {
        let page = Page::parse(html);
        find(
            &page,
            &Metadata::read(&page, html),
            None,
            &["example".to_owned(), "examplenews".to_owned()],
        )
    }

    #[test]
    fn the_byline_is_as_printed() {
        let page = authors(
            "<h1>Ferry</h1><div class=byline>By <a rel=author>Ida Holm</a> <time>Jan 5, 2016 9:00</time></div><p>Text",
        );
        assert_eq!(page.byline.as_deref(), Some("By Ida Holm"));
        assert_eq!(page.people, ["Ida Holm"]);
    }

    #[test]
    fn a_byline_under_the_headline_corrects_what_machines_are_told() {
        let told = |name: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","author":"{name}"}}</script>"#
            )
        };
        for (name, byline, people) in [
            (
                "Ida Holm",
                "By Ida Holm, Per Lund",
                &["Ida Holm", "Per Lund"] as &[&str],
            ),
            ("Web Poster", "By Ida Holm", &["Ida Holm"]),
            ("Ida Holm", "By Example Staff", &["Ida Holm"]),
            (
                "Reuters",
                "By Ida Holm on Monday, Jan. 5th, 2016 at 11:08 a.m.",
                &["Ida Holm"],
            ),
        ] {
            let html = format!(
                "{}<h1>Ferry sails</h1><p class=meta>{byline}</p><p>Text",
                told(name)
            );
            let page = Page::parse(&html);
            let headline = page.tagged(&["h1"]).next();
            let authors = find(
                &page,
                &Metadata::read(&page, &html),
                headline,
                &["example".to_owned()],
            );
            assert_eq!(authors.people, people, "{byline}");
        }
    }

    #[test]
    fn those_who_comment_did_not_write_it() {
        let page =
            authors("<h1>Ferry</h1><p>Text</p><div class=comment><a rel=author>Per Lund</a></div>");
        assert!(page.people.is_empty());
    }

    const PROSE: &str = "<p>The ferry line that links the island with the mainland has ordered two new ships, its director \
        told the council on Tuesday evening.</p><p>The ships are to carry four hundred people each and will run on batteries \
        that are charged at both quays during the night.</p><p>They replace vessels that have been in service since long.</p>";

    /// The people of a page with this JSON-LD, between its headline and its text, and below it.
    fn people(stated: &str, above: &str, below: &str) -> Vec<String> {
        let stated = if stated.is_empty() {
            String::new()
        } else {
            format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","author":{stated}}}</script>"#
            )
        };
        let html = format!(
            "{stated}<article><h1>Ferry line gets two new ships</h1>{above}{PROSE}</article>{below}"
        );
        let page = Page::parse(&html);
        let headline = page.tagged(&["h1"]).next();
        find(&page, &Metadata::read(&page, &html), headline, &[]).people
    }

    #[test]
    fn a_stated_name_is_not_spoiled_by_what_is_printed() {
        let stated = r#"{"@type":"Person","name":"Paula Muster"}"#;
        for printed in [
            "By Paula Muster archive page",
            "Paula Muster Xyzzy Korrespondentin",
            "PAULA MUSTER",
            "Paula Muster Date",
        ] {
            let line = format!("<div class=byline>{printed}</div>");
            assert_eq!(people(stated, &line, ""), ["Paula Muster"], "{printed}");
        }
        let two = "<div class=byline>By Paula Muster and Per Lund</div>";
        assert_eq!(people(stated, two, ""), ["Paula Muster", "Per Lund"]);
        let parts = r#"{"@type":"Person","givenName":"Paula","familyName":"Muster"}"#;
        assert_eq!(people(parts, "", ""), ["Paula Muster"]);
    }

    #[test]
    fn bylines_are_found_by_links_data_and_plain_words() {
        for line in [
            "<p class=e-date><a href='https://example.com/author/ida-holm/'>Ida Holm</a> - January 24, 2020</p>",
            "<div><span><a href=/people/ida-holm>Ida Holm</a></span><span>January 24, 2020</span></div>",
            "<div data-author='Ida Holm'></div>",
            "<p>by Ida Holm</p>",
            "<p><em>Von Ida Holm</em></p>",
            "<p class=byline>by ida holm</p>",
            "<p>Ida Holm, Staff Writer</p>",
            "<div class=byline><span>By</span><span>Ida Holm</span><span>Harbour Reporter</span></div>",
            "<p>By Ida Hol<span>m</span></p>",
        ] {
            assert_eq!(people("", line, ""), ["Ida Holm"], "{line}");
        }
        let two = "<a href=/author/ida>Ida Holm</a> <a href=/author/per>Per Lund</a>";
        assert_eq!(people("", two, ""), ["Ida Holm", "Per Lund"]);
    }

    #[test]
    fn the_label_of_a_date_is_no_byline() {
        let page = "<h1>Ferry</h1><div class=author>Veröffentlicht am 5.3.2024</div><p>Text";
        assert_eq!(authors(page).byline, None);
        assert_eq!(authors(page).people, Vec::<String>::new());
    }

    #[test]
    fn bylines_of_other_stories_and_pictures_credit_nobody_here() {
        for (above, below) in [
            (
                "",
                "<section class=appetizer><h3>Why bridges are overrated</h3><div class=appetizer-author>By Per Lund</div></section>",
            ),
            (
                "",
                "<ul><li><a href=/1>Old pier falls into the sea</a> <span>By Per Lund</span></ul>",
            ),
            (
                "<figure><img><figcaption>The ferry. Photo: Per Lund</figcaption></figure>",
                "",
            ),
            ("<div class=photo-credit>Per Lund</div>", ""),
            ("<div class=byline>Foto: Per Lund</div>", ""),
            (
                "<p>“Nice,” wrote <a href=/author/per-lund>Per Lund</a> in his column on the boats last week.</p>",
                "",
            ),
            ("<div class=author>Veröffentlicht am 5.3.2024</div>", ""),
        ] {
            assert_eq!(
                people("", above, below),
                Vec::<String>::new(),
                "{above}{below}"
            );
            assert_eq!(
                people(r#"{"name":"Ida Holm"}"#, above, below),
                ["Ida Holm"],
                "{above}{below}"
            );
        }
    }
}
