use crate::domain::article::{Article, TitleOrigin};
use crate::domain::document::Document;

fn read(page: &str) -> Option<Article> {
    super::read(page, &Document::new("page.html", page.as_bytes().to_vec()))
}

pub(super) fn article(page: &str) -> Article {
    read(page).unwrap()
}

/// Two paragraphs of a story, long enough to be one.
const STORY: &str = "<p>The ferry between the two islands sailed again on Monday, a year after the storm that broke its pier.</p>
    <p>“We waited long enough,” said Ida Holm, who runs the bakery at the harbour and counted forty passengers.</p>";

const BODY: &str = "The ferry between the two islands sailed again on Monday, a year after the storm that broke its pier.

“We waited long enough,” said Ida Holm, who runs the bakery at the harbour and counted forty passengers.";

#[test]
fn a_blog_engines_page_gives_its_story_alone() {
    let page = article(&format!(
        r#"<html lang="en-US"><head><title>Ferry sails again - The Example</title>
        <link rel="canonical" href="https://www.example.com/2019/11/18/ferry/"><meta property="og:site_name" content="The Example"></head>
        <body class="single"><nav><a href="/">Home</a></nav><div class="breadcrumbs">Home » News</div>
        <article class="post hentry category-news"><header class="entry-header"><h1 class="entry-title">Ferry sails again</h1>
        <div class="entry-meta">By <a rel="author" href="/ida">Per Lund</a> on <time class="entry-date" datetime="2019-11-18T09:30:00+01:00">Nov 18</time></div></header>
        <div class="entry-content">{STORY}<div class="sharedaddy"><a href="x">Tweet</a> Share this:</div></div>
        <footer>Posted in News</footer></article>
        <div class="related-posts"><h3>Related</h3><p>Something else happened somewhere, and it takes a whole long line to tell.</p></div>
        <div id="comments"><p>I was on that ferry, and it was grand, let me tell you all about it at length.</p></div></body></html>"#
    ));
    assert_eq!(
        (page.title.as_str(), page.title_origin),
        ("Ferry sails again", TitleOrigin::Headline)
    );
    assert_eq!(page.body, BODY);
    assert_eq!(
        (page.authors, page.byline.as_deref()),
        (vec!["Per Lund".to_owned()], Some("By Per Lund"))
    );
    assert_eq!(page.published.unwrap().at, "2019-11-18T08:30:00Z");
    assert_eq!(page.source.unwrap().domain.as_deref(), Some("example.com"));
    assert_eq!(page.language.as_deref(), Some("en"));
}

#[test]
fn what_stands_in_the_way_of_a_story_is_left_out() {
    for furniture in [
        "<figure><img src=x><figcaption>A ferry at sea.</figcaption></figure>",
        "<p class=caption>A ferry at sea.</p>",
        "<p>The ferry at its pier in Bergen. (AP Photo/Ida Holm)</p>",
        "<p><a href=x>READ MORE: Ten ferries that we love</a></p>",
        "<p>Advertisement</p>",
        "<p><em>Sign up for our <a href=x>newsletter</a></em></p>",
        "<aside><p>Ferries are boats that go to and fro between two places all day long.</p></aside>",
        "<div class='newsletter-signup'><p>All the news of the islands each morning.</p></div>",
        "<h3>Related stories</h3><ul><li><a href=x>Bridge shut</a></li></ul>",
        "<p hidden>Text for machines that no reader sees on the page.</p>",
        "<script>var text = 'The ferry';</script>",
    ] {
        let (first, second) = STORY.split_at(STORY.find('\n').unwrap());
        let page = format!(
            "<h1>Ferry sails again</h1><div class=story-body>{first}{furniture}{second}</div>"
        );
        assert_eq!(article(&page).body, BODY, "{furniture}");
    }
}

#[test]
fn what_belongs_to_a_story_stays() {
    for (markup, text) in [
        (
            "<h2>The pier</h2><p>It was rebuilt.</p>",
            "The pier\n\nIt was rebuilt.",
        ),
        (
            "<ul><li>Forty people sailed.</li><li>Two stayed.</li></ul>",
            "Forty people sailed.\n\nTwo stayed.",
        ),
        (
            "<blockquote><p>It was a year.</p></blockquote>",
            "It was a year.",
        ),
        (
            "<table><tr><td>Monday</td><td>40</td></tr></table>",
            "Monday | 40",
        ),
        (
            "<p>The <a href=x>pier</a> is <b>new</b>.</p>",
            "The pier is new.",
        ),
        (
            "<p>No cookies were sold, the baker said, and the subscribers to her newsletter were sad.</p>",
            "No cookies were sold, the baker said, and the subscribers to her newsletter were sad.",
        ),
    ] {
        let page = format!(
            "<h1>Ferry sails again</h1><div class=story-body>{STORY}{markup}<p>It was full.</p></div>"
        );
        assert_eq!(
            article(&page).body,
            format!("{BODY}\n\n{text}\n\nIt was full."),
            "{markup}"
        );
    }
}

#[test]
fn text_without_paragraphs_is_parted_by_its_breaks() {
    let page = "<h1>Ferry sails again</h1><div>The ferry between the two islands sailed again on Monday, officials said.<br><br>It was full.</div>";
    assert_eq!(
        article(page).body,
        "The ferry between the two islands sailed again on Monday, officials said.\n\nIt was full."
    );
}

#[test]
fn a_text_that_a_page_loads_later_is_taken_from_its_data() {
    let text = BODY.replace("\n\n", "\\n\\n").replace("Monday", "Monday, as the harbour master and the ministry of transport had both promised to do before the winter");
    let page = format!(
        r#"<h1>Ferry sails again</h1><div id=app></div><script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script>"#
    );
    assert!(
        article(&page).body.starts_with("The ferry between")
            && article(&page).body.contains("\n\n“We waited")
    );
}

#[test]
fn a_page_without_an_article_is_none() {
    let teasers: String = (0..8)
        .map(|n| format!("<h2><a href=/{n}>Ferry number {n} sails</a></h2><p>It sailed.</p>"))
        .collect();
    for page in [
        "<html><title>The Example</title><form><p>Please log in to continue</p><input name=user></form>".to_owned(),
        "<html><h1>Just a moment...</h1><p>Please enable JavaScript and cookies to continue, we are checking your browser.</p>".to_owned(),
        "<html><title>404</title><h1>Page not found</h1><p>The page you requested is gone.</p>".to_owned(),
        format!("<html><title>The Example</title><main>{teasers}</main>"),
        "<html><body></body></html>".to_owned(),
        "<html".to_owned(),
    ] {
        assert_eq!(read(&page), None, "{page}");
    }
}

#[test]
fn any_markup_is_an_answer() {
    let deep = |tag: &str| {
        format!(
            "<h1>Ferry</h1>{}<p>words",
            format!("<{tag}>").repeat(20_000)
        )
    };
    for page in [
        deep("div"),
        deep("b"),
        deep("table"),
        deep("blockquote"),
        "<p>".repeat(100_000),
        "<a href=x>word ".repeat(20_000),
        format!("<p>{}</p>", "word ".repeat(400_000)),
        format!("<p>{}</p>", "x".repeat(2_000_000)),
        "</div></p><<>>&#xFFFFFFF;&bogus;<p class='".to_owned(),
        "<!--".repeat(1_000),
        format!(
            "<script type=application/ld+json>{}</script><p>words",
            "{\"a\":[".repeat(50_000)
        ),
        format!("<title>{}</title><p>words", "a | ".repeat(50_000)),
    ] {
        let _ = read(&page);
    }
}

#[test]
fn a_page_that_breaks_off_in_its_data_is_an_answer() {
    let story = article(
        "<html><body><p>The ferry sailed on Monday, officials said.</p><script type=\"application/ld+json\">",
    );
    assert_eq!(story.body, "The ferry sailed on Monday, officials said.");
}
