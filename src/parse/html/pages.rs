//! Pages as today's publishing systems write them: each gives its headline, day, authors and whole text.

use super::tests::article;

/// Three paragraphs of a story.
pub(super) const TEXT: [&str; 3] = [
    "The ferry between the two islands sailed again on Monday, a year after the storm that broke its pier.",
    "“We waited long enough,” said Ida Holm, who runs the bakery at the harbour and counted forty passengers.",
    "The council will pay for two boats a day until spring, and then it will count the passengers once more.",
];

/// Fills `{p}` with the paragraphs in `<p>` and `{0}`, `{1}`, `{2}` with their bare text, and reads the page.
pub(super) fn check(name: &str, html: &str, title: &str, day: &str, authors: &[&str]) {
    check_text(name, html, title, day, authors, &TEXT);
}

pub(super) fn check_text(
    name: &str,
    html: &str,
    title: &str,
    day: &str,
    authors: &[&str],
    text: &[&str],
) {
    let paragraphs: String = text.iter().map(|text| format!("<p>{text}</p>")).collect();
    let mut html = html.replace("{p}", &paragraphs);
    for (n, text) in text.iter().enumerate() {
        html = html.replace(&format!("{{{n}}}"), text);
    }
    let page = article(&html);
    let published = page.published.map(|published| published.at);
    let published = published.as_deref().and_then(|at| at.get(..10));
    assert_eq!(page.title, title, "title of {name}");
    assert_eq!(published.unwrap_or_default(), day, "day of {name}");
    assert_eq!(page.authors, authors, "authors of {name}");
    assert_eq!(page.body, text.join("\n\n"), "body of {name}");
}

#[test]
fn wordpress() {
    check(
        "its classic theme",
        r#"<title>Ferry sails again &laquo; Island Post</title><div id=header><h1><a href=/>Island Post</a></h1></div><div class="post-12 post type-post hentry category-news">
        <h2 class=entry-title>Ferry sails again</h2><div class=entry-meta>Posted on <span class=entry-date>January 5, 2012</span> by <span class="author vcard"><a class="url fn n" href=/author/per>Per Lund</a></span></div>
        <div class=entry-content>{p}<div class=sharedaddy>Share this: <a href=x>Twitter</a></div></div><div class=entry-utility>This entry was posted in <a href=x>News</a>. Bookmark the permalink.</div></div>
        <div id=comments><ol><li class=comment><cite>Ola</cite> January 6, 2012 at 8:00<p>I was there and it was a grand day for all the islands, I can tell you.</p></ol></div>
        <div id=sidebar><h3>Recent Posts</h3><ul><li><a href=x>Bridge shut</a> June 1, 2012</ul></div>"#,
        "Ferry sails again",
        "2012-01-05",
        &["Per Lund"],
    );
    check(
        "its SEO plug-in",
        r#"<title>Ferry sails again - Island Post</title><script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2016-03-05T08:00:00+00:00"},
        {"@type":"Article","headline":"Ferry sails again","datePublished":"2016-03-05T08:00:00+00:00","author":{"@id":"/#/schema/person/1"}},{"@type":"Person","@id":"/#/schema/person/1","name":"per lund"}]}</script>
        <meta property="og:title" content="Ferry sails again - Island Post"><meta property="og:site_name" content="Island Post"><article><h1 class=entry-title>Ferry sails again</h1>{p}
        <h4>About the Author</h4><p>Per Lund writes about boats.</p></article>"#,
        "Ferry sails again",
        "2016-03-05",
        &["Per Lund"],
    );
    check(
        "a theme that calls every date a change",
        r#"<title>Ferry sails again – Island Post</title><article><h1>Ferry sails again</h1><ul class=entry-meta-list><li class=modified-date><time class=updated datetime="2018-08-13T08:04:08+00:00">August 13, 2018</time></li></ul><div class=entry-content>{p}</div></article>"#,
        "Ferry sails again",
        "2018-08-13",
        &[],
    );
}

#[test]
fn drupal_blogspot_and_ghost() {
    check(
        "drupal",
        r#"<title>Ferry sails again | Island Post</title><div id=page-title class=title><h1 class="title">Ferry sails again</h1></div><div class="node node-article"><div class=submitted>Submitted by <span class=username>Per Lund</span> on Tue, 01/05/2016 - 09:30</div>
        <div class="field field-name-body field-type-text-with-summary"><div class=field-items><div class="field-item even">{p}</div></div></div></div>"#,
        "Ferry sails again",
        "2016-01-05",
        &["Per Lund"],
    );
    check(
        "blogspot",
        r#"<title>Island Post: Ferry sails again</title><div class=date-outer><h2 class=date-header><span>Tuesday, January 5, 2010</span></h2><div class="post hentry"><h3 class="post-title entry-title">Ferry sails again</h3>
        <div class="post-body entry-content">{0}<br /><br />{1}<br /><br />{2}<div style="clear: both;"></div></div><div class=post-footer><span class="post-author vcard">Posted by <span class=fn>Per Lund</span></span> at <a class=timestamp-link href=x>9:30 AM</a></div></div></div>
        <div class=comments id=comments><h4>2 comments:</h4><dl><dt>Ola said...<dd><p>It was a grand day for all of the islands, I can tell you that.</p></dl></div>"#,
        "Ferry sails again",
        "2010-01-05",
        &["Per Lund"],
    );
    check(
        "ghost",
        r#"<title>Ferry sails again</title><meta property="article:published_time" content="2021-05-04T10:00:00.000Z"><article class="article post"><header class="article-header gh-canvas"><h1 class=article-title>Ferry sails again</h1><p class=article-excerpt>After a year of waiting the boat is back.</p>
        <div class=article-byline><h4 class=author-name><a href=/author/per/>Per Lund</a></h4><time datetime=2021-05-04>4 May 2021</time> <span>3 min read</span></div></header><section class="gh-content gh-canvas">{p}</section></article>
        <section class=footer-cta><h2>Sign up for more like this.</h2></section>"#,
        "Ferry sails again",
        "2021-05-04",
        &["Per Lund"],
    );
}

#[test]
fn large_newsrooms() {
    check(
        "arc",
        r#"<title>Ferry sails again - The Island Post</title><meta property="og:title" content="You won’t believe which ferry is back"><h1 class="headline | font--headline">Ferry sails again</h1><div class="byline | byline--article"><span>By </span><a href=/p>Per Lund</a> and <a href=/q>Ane Moe</a></div>
        <div class=date>January 5, 2020 at 9:30 p.m. EST</div><article class="article-body-wrapper">{p}<div class=interstitial-link>[<a href=x>The bridge that nobody wanted</a>]</div></article>"#,
        "Ferry sails again",
        "2020-01-05",
        &["Per Lund", "Ane Moe"],
    );
    check(
        "brightspot",
        r#"<title>Ferry sails again - Post</title><div class=ArticlePage-main><h1 class=ArticlePage-headline>Ferry sails again</h1><div class=ArticlePage-byline><div class=ArticlePage-authors>By <a href=x>Per Lund</a><span class=ArticlePage-authorTitle>Staff Writer</span></div><div class=ArticlePage-datePublished>Jan. 5, 2020</div></div>
        <div class="RichTextArticleBody RichTextBody">{p}<div class=Enhancement><div class=PromoB><a href=x>More boats</a></div></div></div></div>"#,
        "Ferry sails again",
        "2020-01-05",
        &["Per Lund"],
    );
    check(
        "a broadcaster",
        r#"<title>Ferry sails again - Island News</title><h1 class=story-body__h1>Ferry sails again</h1><div class="date date--v2" data-seconds="1451986200">5 January 2016</div><div class=story-body__inner><figure><img src=x><figcaption>The boat at its pier</figcaption></figure>{p}</div>
        <div class=share><h2>Share this with</h2><ul><li>Email</ul></div><div id=topic-tags>Related Topics</div>"#,
        "Ferry sails again",
        "2016-01-05",
        &[],
    );
    check(
        "a network",
        r#"<title>Ferry sails again - ISN.com</title><h1 class=pg-headline>Ferry sails again</h1><p class=metadata__byline>By <a href=x>Per Lund</a>, ISN</p><p class=update-time>Updated 9:45 PM ET, Wed January 6, 2016</p><meta name=pubdate content="2016-01-05T14:00:00Z">
        <div class=l-container><div class=zn-body__paragraph>{0}</div><div class=zn-body__paragraph>{1}</div><div class=zn-body__read-all><div class=zn-body__paragraph>{2}</div></div></div>"#,
        "Ferry sails again",
        "2016-01-05",
        &["Per Lund"],
    );
    check(
        "a paper with a role in its byline",
        r#"<title>Ferry sails again</title><main><h1>Ferry sails again</h1><div class=contributor-line>Words by Senior Reporter PER LUND and ANE MOE, Island Post</div><time datetime="2016-01-05T09:30:00+01:00">Tuesday</time>{p}<p>Follow us on Twitter: <a href=x>@island</a></p></main>"#,
        "Ferry sails again",
        "2016-01-05",
        &["Per Lund", "Ane Moe"],
    );
}

#[test]
fn press_releases() {
    check(
        "a wire of releases",
        r#"<title>Island Boats Announces Return of Ferry</title><header class=release-header><h1>Island Boats Announces Return of Ferry</h1><div class=row><p class=meta>News provided by</p><p><a href=x><strong>Island Boats Inc.</strong></a></p><p class=mb-no>Jan 05, 2016, 09:30 ET</p></div><p>Share this article</p></header>
        <section class="release-body container"><div class=row><div class=col>{p}</div></div></section><section><h2>Also from this source</h2><a href=x>Island Boats buys a pier</a></section>"#,
        "Island Boats Announces Return of Ferry",
        "2016-01-05",
        &[],
    );
    check(
        "another",
        r#"<title>Island Boats Announces Return of Ferry | Wire of Business</title><article class=bw-release-main itemscope><header><h1 class=epi-fontLg itemprop=headline>Island Boats Announces Return of Ferry</h1></header><div class=bw-release-timestamp><time itemprop=dateModified datetime="2016-01-05T14:30:00Z">January 05, 2016 09:30 AM Eastern Standard Time</time></div>
        <div class=bw-release-story itemprop=articleBody>{p}</div></article><div class=bw-release-contact><h3>Contacts</h3><p>Per Lund, Island Boats, 555 010 010</p></div>"#,
        "Island Boats Announces Return of Ferry",
        "2016-01-05",
        &[],
    );
    check(
        "a third",
        r#"<title>Island Boats Announces Return of Ferry</title><div class=main-header-container><h1 class=article-headline itemprop=headline>Island Boats Announces Return of Ferry</h1><p class=article-published-source><span class=article-published itemprop=dateModified><time datetime="2016-01-05T14:30:00Z">January 05, 2016 09:30 ET</time></span> | <span>Source: <a href=x>Island Boats</a></span></p></div>
        <div class=main-body-container id=main-body-container itemprop=articleBody>{p}</div>"#,
        "Island Boats Announces Return of Ferry",
        "2016-01-05",
        &[],
    );
}

#[test]
fn what_surrounds_a_story_is_not_in_it() {
    check(
        "product boxes",
        r"<title>Ferry sails again</title><h1>Ferry sails again</h1><p class=byline>Per Lund</p><time datetime=2019-11-18>18 Nov</time><div class=article-body><p>{0}</p><div class=product-box><h3>Island kettle</h3><p class=price>$29 at <a href=x>Shop</a></p></div><p>{1}</p><div class=newsletter-box><p>Get our newsletter of boats every morning, free of charge.</p><input></div><p>{2}</p></div>",
        "Ferry sails again",
        "2019-11-18",
        &["Per Lund"],
    );
    check(
        "a list of the latest above and the dates of others below",
        r"<title>Ferry sails again</title><div class=latest-news><span class=date>20 Nov 2019</span><a href=x>Bridge shut</a></div><h1>Ferry sails again</h1><div class=article-info><span class=published>Published: 18 Nov 2019</span> <span class=updated>Updated: 19 Nov 2019</span></div><div class=story>{p}</div>
        <div class=related-stories><a href=x>Old pier falls</a><span class=date>1 Jan 2019</span><span class=author>Ola Vik</span></div>",
        "Ferry sails again",
        "2019-11-18",
        &[],
    );
    check(
        "headings, lists and quotes",
        r"<title>Ferry sails again</title><h1>Ferry sails again</h1><div class=post-body><div>{0}</div><blockquote>{1}</blockquote><ul><li>{2}</li></ul><p><a href=x>Read more: Bridge shut</a></p></div>",
        "Ferry sails again",
        "",
        &[],
    );
}
