//! Stories as sites hide, part and interrupt them: all of their paragraphs are read, and nothing else.

use super::tests::article;
use crate::domain::article::Extent;

/// The paragraphs of a story.
const TEXT: [&str; 6] = [
    "The ferry line that links the island with the mainland has ordered two new ships, its director told the council on Tuesday.",
    "The ships are to carry four hundred people each and will run on batteries that are charged at both quays during the night.",
    "They replace vessels that have been in service since the seventies and that broke down eleven times during the past winter.",
    "The council, which owns half of the line, is to pay a third of the price; the rest comes from a loan and the regional fund.",
    "The yard that won the contract expects to begin with the first hull in March and to deliver it two summers later at least.",
    "Opponents of the purchase say that a bridge would have been cheaper over thirty years, and they have announced a petition.",
];

/// Fills `{0}` to `{5}` with the paragraphs, `{p0}` to `{p5}` with them in `<p>`, and `{p0-2}` with a run of those.
fn filled(html: &str) -> String {
    let mut html = html.to_owned();
    for from in 0..TEXT.len() {
        html = html
            .replace(&format!("{{{from}}}"), TEXT[from])
            .replace(&format!("{{p{from}}}"), &format!("<p>{}</p>", TEXT[from]));
        for to in from..TEXT.len() {
            let run: String = TEXT[from..=to]
                .iter()
                .map(|text| format!("<p>{text}</p>\n"))
                .collect();
            html = html.replace(&format!("{{p{from}-{to}}}"), &run);
        }
    }
    html
}

/// Reads pages of the whole story.
fn check<S: AsRef<str>>(pages: &[S]) {
    let read = |page: &S| {
        let html = filled(page.as_ref());
        article(&format!(
            "<title>Ferry line gets two new ships</title>{html}"
        ))
        .body
    };
    let misread: Vec<(&str, String)> = pages
        .iter()
        .map(|page| (page.as_ref(), read(page)))
        .filter(|(_, body)| *body != TEXT.join("\n\n"))
        .collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn a_story_goes_on_behind_a_box_that_points_elsewhere() {
    const LINKS: &str =
        r"<a href=/a>A harbour that never sleeps</a><a href=/b>Ten walks by the sea</a>";
    let mut pages = Vec::new();
    for label in [
        "You might like",
        "Elsewhere on the site",
        "Related stories",
        "Read more",
        "Most read",
        "Mehr zum Thema",
        "Das könnte Sie auch interessieren",
        "À lire aussi",
        "Te puede interesar",
        "Leia também",
        "Leggi anche",
        "Lees ook",
        "Läs också",
        "Читайте также",
        "関連記事",
        "More from the islands",
    ] {
        pages.extend([
            format!(
                "<article><h1>Ferry line gets two new ships</h1>{{p0-3}}<div><h3>{label}</h3>{LINKS}</div>{{p4-5}}</article>"
            ),
            format!(
                "<article><h1>Ferry line gets two new ships</h1>{{p0-4}}<section class=c8f1a><div><span>{label}</span></div><ul><li><a href=/a>A harbour that never sleeps at night</a></li></ul></section>{{p5}}</article>"
            ),
            format!(
                "<h1>Ferry line gets two new ships</h1><div class=entry-content>{{p0-2}}<div class=k1><strong>{label}:</strong><p><a href=/a>A harbour that never sleeps</a></p></div>{{p3-5}}</div>"
            ),
            format!(
                "<h1>Ferry line gets two new ships</h1><div class=c1><div class=t><p>{{0}}</p></div><div class=t>{{p1}}</div><div class=t>{{p2-3}}</div><div class=r><h4>{label}</h4><div><a href=/a><img src=a.jpg><h5>A harbour that never sleeps</h5></a><p>The harbour of the town is open all night, and so are its pubs.</p></div></div><div class=t>{{p4}}</div><div class=t>{{p5}}</div></div>"
            ),
        ]);
        if label != "Elsewhere on the site" {
            pages.push(format!(
                "<article><h1>Ferry line gets two new ships</h1>{{p0-3}}<p><b>{label}</b></p><p><a href=/a>A harbour that never sleeps</a></p>{{p4-5}}</article>"
            ));
        }
    }
    check(&pages);
}

#[test]
fn a_story_ends_where_only_pointers_follow() {
    check(&[
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<h3>Related stories</h3><p><a href=/a>A harbour that never sleeps</a></p><p>The harbour of the town is open all night, and so are its pubs and its two cinemas, say those who know.</p><p><a href=/b>Ten walks by the sea</a></p><p>Ten walks by the sea for those who like the wind, the rain and the sun in one and the same hour of a day.</p></article>",
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<section><h3>You may also like</h3><div><h4><a href=/a>A harbour that never sleeps</a></h4><p>The harbour of the town is open all night, and so are its pubs and its two cinemas, say those who know.</p></div></section></article>",
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<h4>Comments</h4><p>I was on the old ship when it broke down, and let me tell you that it was a cold night for all of us on board.</p></article>",
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<h4>About the author</h4><p>Ida Holm has written about ships and those who sail on them for twenty years, and lives on the island.</p></article>",
    ]);
}

#[test]
fn a_story_in_several_boxes_is_read_whole() {
    check(&[
        "<article><h1>Ferry line gets two new ships</h1><div class=article-body-top>{p0-2}</div><div class=ad-slot>Advertisement</div><div class=article-body-bottom>{p3-5}</div></article>",
        "<main><article><header><h1>Ferry line gets two new ships</h1></header><div class=x1-RichTextComponentWrapper>{p0}</div><div class=x1-RichTextComponentWrapper>{p1-4}</div><div class=x1-RichTextComponentWrapper>{p5}</div></article></main>",
        "<main><article><header><h1>Ferry line gets two new ships</h1></header><div data-component=text-block><p><b>{0}</b></p></div><div data-component=text-block>{p1}</div><div data-component=image-block><img src=x></div><div data-component=text-block>{p2-5}</div></article></main>",
        "<main><h1>Ferry line gets two new ships</h1><div class='css-1a2b sc-x'><p>{0}</p></div><div class='css-1a2b sc-x'>{p1-3}</div><div class='css-9z8y'><h3>Newsletter</h3><p>Get the best of the islands in your inbox each morning, free of charge.</p><input type=email><button>Go</button></div><div class='css-1a2b sc-x'>{p4-5}</div></main>",
        "<div itemscope><h1>Ferry line gets two new ships</h1><div itemprop=articleBody>{p0-2}</div><div class=mid><a href=x>More ships</a></div><div itemprop=articleBody>{p3-5}</div></div>",
        "<h1>Ferry line gets two new ships</h1><div class=page><section class='text parbase'><div class=cmp-text>{p0}</div></section><section class='text parbase'><div class=cmp-text>{p1-2}</div></section><section class='text parbase'><div class=cmp-text>{p3-5}</div></section></div>",
        "<article><h1>Ferry line gets two new ships</h1><section class=paragraph--type--text><div class=field--name-field-text>{p0-1}</div></section><section class=paragraph--type--image><img src=x></section><section class=paragraph--type--text><div class=field--name-field-text>{p2-5}</div></section></article>",
        "<article><h1>Ferry line gets two new ships</h1><div class=story-intro>{p0}</div><div class=story-body>{p1-3}</div><div class=story-remainder>{p4-5}</div></article>",
        "<h1>Ferry line gets two new ships</h1><div class=StoryBodyCompanionColumn><div>{p0-1}</div></div><div class=StoryBodyCompanionColumn><div>{p2-3}</div></div><div class=StoryBodyCompanionColumn><div>{p4-5}</div></div>",
        "<h1>Ferry line gets two new ships</h1><div class=richtext>{p0-2}</div><blockquote class=pull></blockquote><div class=richtext>{p3-5}</div><div class=richtext-related><h3><a href=x>A harbour that never sleeps</a></h3></div>",
    ]);
}

#[test]
fn text_that_is_hidden_from_those_who_do_not_pay_is_read() {
    let mut pages: Vec<String> = Vec::new();
    for hidden in [
        "style='display:none'",
        "style='display: none;' class=paywall",
        "hidden",
        "aria-hidden=true",
        "class=subscriber-only style='visibility:hidden'",
        "class='premium-content is-hidden'",
        "class=paywall",
        "class='article__premium subscription-required'",
        "class=read-more-content hidden",
        "class=overlay-text aria-hidden=true",
    ] {
        pages.extend([format!(
                "<article><h1>Ferry line gets two new ships</h1><div itemprop=articleBody>{{p0-1}}<div {hidden}>{{p2-5}}</div></div></article>"
            ), format!(
                "<article><h1>Ferry line gets two new ships</h1><div class=c3>{{p0}}</div><div {hidden}><div>{{p1-5}}</div></div></article>"
            ), format!(
                "<h1>Ferry line gets two new ships</h1><div class=entry-content>{{p0-2}}<p {hidden}>{{3}}</p><p {hidden}>{{4}}</p><p {hidden}>{{5}}</p></div>"
            ),
        ]);
    }
    check(&pages);
}

#[test]
fn what_is_hidden_for_other_reasons_stays_so() {
    check(&[
        "<body><article><h1>Ferry line gets two new ships</h1>{p0-5}</article><div class=modal hidden><p>You have read your three free articles of this month, and there are many more of them behind this door.</p></div>",
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<div role=dialog style='display:none'><p>You have read your three free articles of this month, and there are many more of them behind this door.</p></div></article>",
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<div class=newsletter hidden><p>Get the best of the islands in your inbox each morning, and a poem of the sea on each and every Sunday.</p></div></article>",
    ]);
}

#[test]
fn names_and_ids_do_not_remove_paragraphs() {
    let mut pages: Vec<String> = Vec::new();
    for name in [
        "teaser-content",
        "gallery",
        "share",
        "social-text",
        "promo",
        "banner-copy",
        "ad-text",
        "carousel-item",
        "tags",
        "subscribe-wall",
        "readmore",
        "alert",
        "trending",
        "related-text",
    ] {
        pages.extend([format!(
                "<article><h1>Ferry line gets two new ships</h1><div class=meteredContent><div class={name}>{{p0}}</div><div class=remainder-content>{{p1-5}}</div></div></article>"
            ), format!(
                "<article><h1>Ferry line gets two new ships</h1>{{p0-2}}<p class={name}>{{3}}</p>{{p4-5}}</article>"
            ), format!(
                "<h1>Ferry line gets two new ships</h1><div class=c1>{{p0-1}}<div class={name}>{{p2-3}}</div>{{p4-5}}</div>"
            ),
        ]);
    }
    for id in [
        "AdDsWC", "shAReX", "NavQz7", "aDxT", "BioXk", "tAgZ9w", "RSSqP", "AuThOr",
    ] {
        pages.extend([format!(
            "<article><h1>Ferry line gets two new ships</h1><p id=kW3xQz>{{0}}</p><p id={id}>{{1}}</p><p id=pQr7Lm>{{2}}</p>{{p3-5}}</article>"
        )]);
    }
    check(&pages);
}

#[test]
fn a_printed_lead_stays_that_the_page_does_not_state() {
    let mut pages: Vec<String> = Vec::new();
    let stated = TEXT[1..].join(" ");
    for lead in [
        "<p class=has-dropcap>{0}</p>",
        "<p><b>{0}</b></p>",
        "<p>{0}</p>",
    ] {
        pages.extend([format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry line gets two new ships","articleBody":"{stated}"}}</script><article><h1>Ferry line gets two new ships</h1>{lead}{{p1-5}}</article>"#
            ), format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry line gets two new ships","articleBody":"{stated}"}}</script><article><h1>Ferry line gets two new ships</h1>{lead}{{p1-5}}<div><p>Get the best of the islands in your inbox each morning, and a poem of the sea on each and every Sunday.</p></div></article>"#
            ),
        ]);
    }
    let broken = TEXT[1..].join("\\n\\n");
    pages.extend([format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry line gets two new ships","articleBody":"{broken}"}}</script><article><h1>Ferry line gets two new ships</h1>{{p0-1}}</article>"#
    )]);
    check(&pages);
}

#[test]
fn a_story_that_the_page_has_in_its_state_alone_is_read() {
    check(&[
        r#"<div id=__next><h1>Ferry line gets two new ships</h1></div><script id=__NEXT_DATA__ type="application/json">{"props":{"pageProps":{"article":{"title":"Ferry line gets two new ships","body":"{p0}{p1}{p2}{p3}{p4}{p5}"}}}}</script>"#,
        r#"<article><h1>Ferry line gets two new ships</h1>{p0-1}</article><script>window.__INITIAL_STATE__={"story":{"headline":"Other words for it","blocks":["{0}","{1}","{2}","{3}","{4}","{5}"]}};</script>"#,
        r#"<article><h1>Ferry line gets two new ships</h1>{p0}</article><script>window.__PRELOADED_STATE__ = {"story":{"paragraphs":[{"text":"{0}"},{"text":"{1}"},{"text":"{2}"},{"text":"{3}"},{"text":"{4}"},{"text":"{5}"}],"lead":"Two ships.","title":"Ferry line gets two new ships"}}</script>"#,
    ]);
}

#[test]
fn what_is_no_part_of_a_story_goes_in_every_language() {
    let mut pages: Vec<String> = Vec::new();
    for line in [
        "3 min read",
        "Lesezeit: 3 Minuten",
        "5 Min. Lesezeit",
        "Temps de lecture : 4 min",
        "Tiempo de lectura: 2 minutos",
        "Leestijd 3 minuten",
        "Время чтения: 3 минуты",
        "Most read",
        "Meistgelesen",
        "Les plus lus",
        "This article contains content provided by Chirper. We ask for your permission before anything is loaded, as they may use cookies.",
        "Empfohlener redaktioneller Inhalt",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können Daten an Dritte übermittelt werden.",
        "Pour afficher ce contenu, vous devez accepter les cookies du réseau.",
        "Para ver este contenido, acepte las cookies de terceros.",
        "Cómo citar: Ferry line gets two new ships, The Example, 2021",
    ] {
        pages.extend([format!(
            "<article><h1>Ferry line gets two new ships</h1>{{p0-2}}<p>{line}</p>{{p3-5}}</article>"
        )]);
    }
    pages.extend([
        "<article><h1>Ferry line gets two new ships</h1>{p0-5}<p>Citation: Ferry line gets two new ships (2021, March 3) retrieved 5 March 2021 from https://post.example/x</p><p>This document is subject to copyright. Apart from any fair dealing for the purpose of private study, no part may be reproduced.</p></article>".to_owned(),
        "<article><h1>Ferry line gets two new ships</h1>{p0-2}<div class=c7><p>The best of the islands, each morning, with a poem.</p><form><input type=email><button>Go</button></form></div>{p3-5}</article>".to_owned(),
        "<article><h1>Ferry line gets two new ships</h1>{p0-2}<p><a href=x>{3}</a></p>{p4-5}</article>".to_owned(),
        "<article><h1>Ferry line gets two new ships</h1>{p0-2}<div><p><a href=x><strong>{3} </strong></a></p></div>{p4-5}</article>".to_owned(),
    ]);
    check(&pages);
}

#[test]
fn what_is_missing_of_an_article_is_told() {
    let paid = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry line gets two new ships","isAccessibleForFree":"False","hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".rest"}}</script>"#;
    let counted = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry line gets two new ships","wordCount":1500}</script>"#;
    let whole = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry line gets two new ships","isAccessibleForFree":false,"wordCount":"131"}</script>"#;
    for (head, page, extent) in [
        (
            paid,
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}<div class=offer>Subscribe to read the whole story.</div></article>",
            Extent::Partial,
        ),
        (
            paid,
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}<div class=rest>{p2-5}</div></article>",
            Extent::Full,
        ),
        (
            paid,
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}<div style='display:none'>{p2-5}</div></article>",
            Extent::Full,
        ),
        (
            paid,
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}<div class=rest></div></article>",
            Extent::Partial,
        ),
        (
            counted,
            "<article><h1>Ferry line gets two new ships</h1>{p0-5}</article>",
            Extent::Partial,
        ),
        (
            whole,
            "<article><h1>Ferry line gets two new ships</h1>{p0-5}</article>",
            Extent::Full,
        ),
        (
            "",
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}</article>",
            Extent::Full,
        ),
        (
            "<meta property='article:content_tier' content=locked>",
            "<article><h1>Ferry line gets two new ships</h1>{p0-1}</article>",
            Extent::Partial,
        ),
    ] {
        let html = format!(
            "<title>Ferry line gets two new ships</title>{head}{}",
            filled(page)
        );
        assert_eq!(article(&html).extent, extent, "{head}{page}");
    }
}
