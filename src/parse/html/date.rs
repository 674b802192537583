//! When a page was published: what machines are told, what is marked up, what is printed, what the address says. The day is
//! the outlet's own: an instant whose day differs there keeps the day only, and the instant stands among the other dates.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::day::{self, Stated};
use super::metadata::Metadata;
use super::page::Page;
use crate::domain::article::{Precision, Published, PublishedOrigin as Origin};

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
    "dc.date.created",
    "dcterms.date",
    "dc.date",
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
    "datecreated",
    "article_date",
    "dateofpublication",
    "timestamp",
    "date",
    "eomportal-lastupdate",
    "og:pubdate",
    "dc.date.published",
    "doc_date",
    "created",
];

/// Words of elements that hold the date of something else, or of a later change.
const OTHERS: &[&str] = &[
    "comment",
    "related",
    "recommend",
    "sidebar",
    "popular",
    "recent",
    "latest",
    "trending",
    "promo",
    "teaser",
    "footer",
    "nav",
    "modif",
    "updat",
    "event",
    "weather",
    "widget",
    "ticker",
    "card",
    "more",
];

/// How far from the headline a printed date is the article's, in nodes of the page.
const MAX_DISTANCE: usize = 400;
/// The same above the headline, where the outlet prints today's date not much higher.
const MAX_DISTANCE_ABOVE: usize = 24;

/// The date and those that disagree with it.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    headline: Option<usize>,
    is_american: bool,
) -> (Option<Published>, Vec<Published>) {
    let mut found = Vec::new();
    let mut add = |stated: Option<Stated>, origin: Origin| {
        found.extend(stated.map(|stated| (stated, origin)));
    };
    let read = |text: &str| day::read(text, is_american);
    for key in ["datePublished", "dateCreated", "uploadDate"] {
        add(
            metadata.json_ld.text(key).and_then(|text| read(&text)),
            Origin::JsonLd,
        );
    }
    for name in METAS {
        add(
            metadata.metas(name).find_map(|text| read(&text)),
            Origin::Meta,
        );
    }
    for (text, origin) in marked(page, headline) {
        add(read(&text), origin);
    }
    add(
        metadata
            .json_ld
            .page_text("datePublished")
            .and_then(|text| read(&text)),
        Origin::JsonLd,
    );
    let printed = printed(page, headline, is_american);
    add(printed, Origin::Text);
    add(
        metadata.url.as_deref().and_then(day::in_address),
        Origin::Url,
    );
    choose(&found, printed)
}

/// The first rule that found one wins; where it is written in UTC, the day on the page or in the address corrects its day, being
/// the outlet's own calendar.
fn choose(
    found: &[(Stated, Origin)],
    printed: Option<Stated>,
) -> (Option<Published>, Vec<Published>) {
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
    let own = printed
        .into_iter()
        .chain(in_address.map(|(stated, _)| *stated));
    let own = own
        .filter(|own| own.precision == Precision::Day)
        .find(|own| stated.may_be(own.day));
    let local = own.map_or(stated.day, |own| own.day);
    let instant = stated.instant.map(|instant| at_instant(instant, origin));
    let (published, mut others) = match (stated.instant, instant) {
        (Some(instant), Some(exact)) if instant.date_naive() == local => (exact, Vec::new()),
        (_, exact) => {
            let by_address = own.is_some() && own != printed;
            let origin = if by_address {
                Origin::Url
            } else if own.is_some() {
                Origin::Text
            } else {
                origin
            };
            (
                on_day(local, stated.precision, origin),
                exact.into_iter().collect(),
            )
        }
    };
    for (stated, origin) in found {
        let is_known = stated.day == local
            || others
                .iter()
                .any(|known| known.at.starts_with(&stated.day.to_string()));
        if !is_known && stated.precision >= Precision::Day {
            others.push(on_day(stated.day, Precision::Day, *origin));
        }
    }
    (Some(published), others)
}

fn at_instant(instant: DateTime<Utc>, origin: Origin) -> Published {
    Published {
        at: instant.to_rfc3339_opts(SecondsFormat::Secs, true),
        precision: Precision::Second,
        origin,
    }
}

fn on_day(day: NaiveDate, precision: Precision, origin: Origin) -> Published {
    let format = match precision {
        Precision::Year => "%Y",
        Precision::Month => "%Y-%m",
        _ => "%Y-%m-%d",
    };
    Published {
        at: day.format(format).to_string(),
        precision: precision.min(Precision::Day),
        origin,
    }
}

/// Dates in the markup: microdata first, then `<time>`, those near the headline.
fn marked(page: &Page, headline: Option<usize>) -> Vec<(String, Origin)> {
    let start = headline.map_or(0, |at| at.saturating_sub(MAX_DISTANCE_ABOVE));
    let mut marked: Vec<(u8, usize, String, Origin)> = Vec::new();
    for at in 0..page.len() {
        let prop = page.attr(at, "itemprop").unwrap_or_default();
        let is_published = prop
            .split(' ')
            .any(|word| matches!(word, "datePublished" | "dateCreated"));
        let is_time = page.tag(at) == "time";
        if !is_published && !is_time || page.tag(at) == "meta" || is_other(page, at) {
            continue;
        }
        let words = page.words(at);
        let names_it = is_published
            || page.has_attr(at, "pubdate")
            || ["publi", "posted", "entry", "pubdate", "created"]
                .iter()
                .any(|stem| words.contains(stem));
        let is_near = headline.is_none_or(|headline| at >= start && at <= headline + MAX_DISTANCE);
        let value = [
            "datetime",
            "content",
            "data-datetime",
            "data-published",
            "title",
        ]
        .iter()
        .find_map(|name| page.attr(at, name));
        let text = value.map_or_else(|| page.text_of(at), str::to_owned);
        let origin = if is_published {
            Origin::Microdata
        } else {
            Origin::TimeElement
        };
        match (is_published, names_it, is_near) {
            (true, ..) => marked.push((0, at, text, origin)),
            (_, true, true) => marked.push((1, at, text, origin)),
            (.., true) if headline.is_some_and(|headline| at < headline) => {
                marked.push((3, at, text, origin));
            }
            (.., true) => marked.push((2, at, text, origin)),
            _ => {}
        }
        if marked.len() > 40 {
            break;
        }
    }
    marked.sort_by_key(|(rank, at, ..)| (*rank, *at));
    marked
        .into_iter()
        .take(3)
        .map(|(_, _, text, origin)| (text, origin))
        .collect()
}

/// Whether an element belongs to something else than the article, or tells when it was changed.
fn is_other(page: &Page, at: usize) -> bool {
    let names_other = |at: usize| {
        page.words(at)
            .split(' ')
            .any(|word| OTHERS.iter().any(|stem| word.starts_with(stem)))
            && !page.words(at).contains("publi")
    };
    page.attr(at, "itemprop")
        .is_some_and(|prop| prop == "dateModified")
        || names_other(at)
        || page.ancestors(at).take(8).any(|at| {
            matches!(page.tag(at), "footer" | "nav" | "aside")
                || !matches!(page.tag(at), "body" | "html" | "article" | "main") && names_other(at)
        })
}

/// The day that is printed near the headline: in an element named for it, or in a short line that holds one.
fn printed(page: &Page, headline: Option<usize>, is_american: bool) -> Option<Stated> {
    const NAMES: &[&str] = &[
        "date",
        "time",
        "timestamp",
        "publi",
        "posted",
        "byline",
        "meta",
        "dateline",
        "created",
        "info",
        "fecha",
        "data",
        "datum",
    ];
    let headline = headline?;
    let (from, to) = (
        headline.saturating_sub(MAX_DISTANCE_ABOVE),
        (headline + MAX_DISTANCE).min(page.len()),
    );
    let mut fallback = None;
    for at in from..to {
        if !page.is_text(at) || matches!(page.tag(page.parent(at)), "script" | "style") {
            continue;
        }
        let text = page.node(at).text.trim();
        if text.chars().count() > 90 || !text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let block = page.parent(at);
        let folded = text.to_lowercase();
        if ["updat", "modif", "aktualis", "actualiz", "atualiz"]
            .iter()
            .any(|word| folded.starts_with(word))
            || is_other(page, at)
        {
            continue;
        }
        let Some(stated) = day::printed(text, is_american) else {
            continue;
        };
        let is_named = std::iter::once(block)
            .chain(page.ancestors(block).take(2))
            .any(|at| {
                page.tag(at) == "time"
                    || page
                        .words(at)
                        .split(' ')
                        .any(|word| NAMES.iter().any(|name| word.starts_with(name)))
            });
        if is_named && at > headline {
            return Some(stated);
        }
        let is_line = text.split_whitespace().count() <= 12;
        if is_line && (is_named || at > headline) {
            fallback = fallback.or(Some(stated));
        }
    }
    fallback
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(html: &str) -> (String, Origin) {
        let page = Page::parse(html);
        let headline = page.tagged(&["h1"]).next();
        let published = find(&page, &Metadata::read(&page, html), headline, true)
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
