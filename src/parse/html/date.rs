//! When a page was published: what machines are told, what is marked up, what is printed, what the address says. The day is
//! the outlet's own: an instant whose day differs there keeps the day only, and the instant stands among the other dates.

use super::dates_shown::{Printed, marked, order_on, printed};
use super::metadata::Metadata;
use super::page::Page;
use crate::domain::article::{Precision, Published, PublishedOrigin as Origin};
use crate::parse::printed_date::{self, Order, Stated};

/// Names of `<meta>` elements that state a publication date, the most exact first.
const METAS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "og:article:published_time",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "article_date_original",
    "originalpublicationdate",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "publication_date",
    "publication-date",
    "article.created",
    "article:post_date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "displaydate",
    "iso-8601-publish-date",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "citation_date",
    "prism.publicationdate",
    "article_date",
    "dateofpublication",
    "og:pubdate",
    "dc.date.published",
    "published_at",
    "published",
    "pdate",
    "og:release_date",
    "og:datepublished",
    "analyticsattributes.articledate",
    "weibo: article:create_at",
    "articledate",
    "publicationdate",
    "publish_time",
    "firstpublished",
];

/// Names of `<meta>` elements that may state when the page was made instead.
const WEAK_METAS: &[&str] = &[
    "timestamp",
    "date",
    "dc.date",
    "dc.date.created",
    "doc_date",
    "created",
    "datecreated",
    "eomportal-lastupdate",
];

/// The date and those that disagree with it.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    headline: Option<usize>,
    order: Order,
) -> (Option<Published>, Vec<Published>) {
    let order = order_on(page).or_else(|| order);
    let mut found = Vec::new();
    let mut add = |stated: Option<Stated>, origin: Origin| {
        found.extend(stated.map(|stated| (stated, origin)));
    };
    let read = |text: &str| printed_date::read(text, order);
    for key in ["datePublished", "dateCreated", "uploadDate"] {
        add(
            metadata.json_ld.text(key).and_then(|text| read(&text)),
            Origin::JsonLd,
        );
    }
    let add_metas = |names: &[&str], add: &mut dyn FnMut(Option<Stated>, Origin)| {
        for name in names {
            add(
                metadata.metas(name).find_map(|text| read(&text)),
                Origin::Meta,
            );
        }
    };
    add_metas(METAS, &mut add);
    let mut marked = marked(page, headline);
    for (text, origin) in marked.published {
        add(read(&text), origin);
    }
    add(
        metadata
            .json_ld
            .page_text("datePublished")
            .and_then(|text| read(&text)),
        Origin::JsonLd,
    );
    let printed = printed(page, headline, order);
    add(printed.sure, Origin::Text);
    add(
        metadata.url.as_deref().and_then(printed_date::in_address),
        Origin::Url,
    );
    add_metas(WEAK_METAS, &mut add);
    add(printed.likely, Origin::Text);
    // Themes of blog engines mark the only date that they print as a change.
    add(
        marked.changed.take().and_then(|text| read(&text)),
        Origin::TimeElement,
    );
    choose(&found, &printed)
}

/// The first rule that found one wins; where it is written in UTC, the day on the page or in the address corrects its day, being
/// the outlet's own calendar.
fn choose(found: &[(Stated, Origin)], printed: &Printed) -> (Option<Published>, Vec<Published>) {
    // A day beats a month, whatever rule found it.
    let Some(best) = found
        .iter()
        .find(|(stated, _)| stated.precision >= Precision::Day)
        .or(found.first())
    else {
        return (None, Vec::new());
    };
    let (stated, origin) = *best;
    let in_address = found.iter().find(|(_, origin)| *origin == Origin::Url);
    let zoned = found
        .iter()
        .find(|(other, _)| other.is_zoned() && other.instant == stated.instant);
    // What was changed on the day before was published then.
    let earlier = printed.changed.filter(|changed| changed.day < stated.day);
    let own = zoned
        .into_iter()
        .map(|(stated, _)| *stated)
        .chain(printed.sure.or(printed.beside))
        .chain(earlier)
        .chain(in_address.map(|(stated, _)| *stated));
    let own = own
        .filter(|own| own.precision >= Precision::Day)
        .find(|own| own.day == stated.day || stated.may_be(own.day));
    let own = own.filter(|own| own.day != stated.day);
    let (published, instant) = match own {
        None => stated.published(origin),
        Some(own) => {
            let is_by_address = in_address.is_some_and(|(stated, _)| *stated == own);
            let origin_of_day = if is_by_address {
                Origin::Url
            } else {
                Origin::Text
            };
            let instant = Stated {
                day: own.day,
                ..stated
            }
            .published(origin)
            .1;
            (own.local(origin_of_day), instant)
        }
    };
    let local = own.map_or(stated.day, |own| own.day);
    let mut others: Vec<Published> = instant.into_iter().collect();
    for (stated, origin) in found {
        let is_known = stated.day == local
            || others
                .iter()
                .any(|known| known.at.starts_with(&stated.day.to_string()));
        if !is_known && stated.precision >= Precision::Day {
            others.push(stated.local(*origin));
        }
    }
    (Some(published), others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(html: &str) -> (String, Origin) {
        let page = Page::parse(html);
        let headline = page.tagged(&["h1"]).next();
        let published = find(
            &page,
            &Metadata::read(&page, html),
            headline,
            Order::MonthFirst,
        )
        .0
        .unwrap();
        (published.at, published.origin)
    }

    #[test]
    fn the_best_rule_wins() {
        for (html, at, origin) in [
            (
                r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-11-18T09:30:00Z"}</script><meta name=date content=2020-01-01>"#,
                "2019-11-18T09:30:00Z",
                Origin::JsonLd,
            ),
            (
                "<meta property=article:published_time content='2019-11-18'>",
                "2019-11-18",
                Origin::Meta,
            ),
            (
                "<h1>Ferry sails</h1><span itemprop=datePublished content='2019-11-18'>Monday</span>",
                "2019-11-18",
                Origin::Microdata,
            ),
            (
                "<time datetime=2020-02-02 class=updated></time><h1>Ferry</h1><time datetime=2019-11-18></time>",
                "2019-11-18",
                Origin::TimeElement,
            ),
            (
                "<time datetime=2020-02-02>Today</time><h1>Ferry</h1><p>Text</p><time datetime=2019-11-18></time>",
                "2019-11-18",
                Origin::TimeElement,
            ),
            (
                "<link rel=canonical href=https://example.com/2019/11/18/ferry>",
                "2019-11-18",
                Origin::Url,
            ),
            (
                "<h1>Ferry</h1><div class=meta>Updated: Nov 20, 2019</div><div class=meta>Nov. 18, 2019</div>",
                "2019-11-18",
                Origin::Text,
            ),
            (
                "<h1>Ferry</h1><p class=date>18 de noviembre de 2019</p>",
                "2019-11-18",
                Origin::Text,
            ),
            (
                "<link rel=canonical href=https://example.com/2019/11/ferry><h1>Ferry</h1><span class=date>November 18, 2019</span>",
                "2019-11-18",
                Origin::Text,
            ),
        ] {
            assert_eq!(date(html), (at.to_owned(), origin), "{html}");
        }
    }

    #[test]
    fn the_day_is_the_outlets_own() {
        let (at, _) =
            date("<meta property=article:published_time content='2019-11-18T22:30:00-05:00'>");
        assert_eq!(at, "2019-11-18");
        let (at, _) = date(
            "<meta property=article:published_time content='2019-11-19T03:30:00Z'><h1>Ferry</h1><p class=date>Nov. 18, 2019</p>",
        );
        assert_eq!(at, "2019-11-18");
        let (at, _) =
            date("<meta property=article:published_time content='2019-11-18T09:30:00-05:00'>");
        assert_eq!(at, "2019-11-18T14:30:00Z");
    }
}
