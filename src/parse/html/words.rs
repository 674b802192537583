//! The words that sites name their elements with: `article__share-bar` says "article", "share" and "bar".

use super::page::Page;

/// Elements that never hold what a reader reads as the article.
const NEVER: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "option",
    "button",
    "input",
    "textarea",
    "iframe",
    "object",
    "svg",
    "canvas",
    "audio",
    "video",
    "map",
    "figcaption",
    "dialog",
    "menu",
    "nav",
    "head",
    "title",
    "link",
    "meta",
    "datalist",
    "progress",
    "frameset",
    "applet",
];

/// Elements that frame an article or stand beside it, unless most of the text is in them.
const AROUND: &[&str] = &["aside", "footer", "form", "header", "label"];

/// Words for what surrounds an article, alone.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "adbox",
    "adslot",
    "adunit",
    "adsbygoogle",
    "dfp",
    "gpt",
    "addthis",
    "addtoany",
    "sharedaddy",
    "jetpack",
    "alert",
    "advt",
    "author",
    "authors",
    "banner",
    "bio",
    "biography",
    "bookmark",
    "breadcrumb",
    "byline",
    "bylines",
    "button",
    "buttons",
    "btn",
    "caption",
    "captions",
    "carousel",
    "comment",
    "comments",
    "contributor",
    "contributors",
    "cookie",
    "consent",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "cta",
    "disclaimer",
    "disqus",
    "donate",
    "donation",
    "feedback",
    "flyout",
    "followus",
    "footer",
    "gallery",
    "gdpr",
    "lightbox",
    "livefyre",
    "login",
    "mailchimp",
    "masthead",
    "menu",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "nocontent",
    "offscreen",
    "overlay",
    "pager",
    "pagination",
    "paging",
    "pinterest",
    "plista",
    "popup",
    "postmeta",
    "promo",
    "promos",
    "pubdate",
    "rail",
    "ratings",
    "recirc",
    "replies",
    "reply",
    "respond",
    "rss",
    "share",
    "sharebar",
    "sharing",
    "shares",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "slideshow",
    "social",
    "sponsor",
    "subscribe",
    "subscription",
    "syndication",
    "tag",
    "taglist",
    "tags",
    "tagcloud",
    "timestamp",
    "toolbar",
    "toolbox",
    "upsell",
    "utility",
    "whatsapp",
];

/// Beginnings of words for what surrounds an article.
const STEMS: &[&str] = &[
    "related",
    "relacionad",
    "recommend",
    "recirc",
    "newsletter",
    "comment",
    "advert",
    "sponsor",
    "social",
    "sharethis",
    "sharing",
    "breadcrumb",
    "sidebar",
    "outbrain",
    "taboola",
    "zergnet",
    "disqus",
    "authorbio",
    "authorinfo",
    "authorbox",
    "trending",
    "popular",
    "mostread",
    "mostpopular",
    "readmore",
    "readnext",
    "readalso",
    "subscri",
    "pagination",
    "infolinks",
    "livefyre",
    "viafoura",
    "crosslink",
    "morestories",
    "morefrom",
    "nextarticle",
    "upnext",
    "teaser",
    "promo",
];

/// Words that begin like furniture and are not: a column, text for those who pay.
const EXCEPTIONS: &[&str] = &["commentary", "subscriber", "subscribers"];

/// Pairs of words in a row that say together what neither says alone.
const PAIRS: &[&str] = &[
    " read more ",
    " read next ",
    " read also ",
    " also read ",
    " see also ",
    " more from ",
    " more stories ",
    " more on ",
    " more news ",
    " up next ",
    " most read ",
    " most viewed ",
    " sign up ",
    " log in ",
    " sr only ",
    " visually hidden ",
    " screen reader ",
    " is hidden ",
    " print only ",
    " follow us ",
    " story meta ",
    " article meta ",
    " entry meta ",
    " post meta ",
    " article info ",
    " next post ",
    " prev next ",
    " post date ",
    " product box ",
    " product card ",
    " product widget ",
    " product module ",
    " product promo ",
    " buy box ",
    " price comparison ",
    " shop widget ",
];

/// Words that only a frame of the whole page or of the whole article carries.
const WHOLE: &[&str] = &[
    "single",
    "hentry",
    "wrapper",
    "articlebody",
    "has",
    "with",
    "no",
    "without",
];

/// The words of an element's id and classes, each between spaces: ` article share bar `.
pub(super) fn of(page: &Page, at: usize) -> String {
    let mut words = String::from(" ");
    for name in [
        "id",
        "class",
        "data-component",
        "data-testid",
        "data-module",
        "data-type",
    ] {
        for token in page.attr(at, name).unwrap_or_default().split_whitespace() {
            push_token(token, &mut words);
        }
    }
    words
}

/// Splits `relatedArticles-box` at marks and at capitals. A topic that a blog engine writes into a class is not a word of the layout.
fn push_token(token: &str, words: &mut String) {
    let is_topic = [
        "tag-",
        "category-",
        "cat-",
        "topic-",
        "author-",
        "section-",
        "format-",
    ]
    .iter()
    .any(|prefix| token.starts_with(prefix) && words.contains(" post "));
    if is_topic || token.len() > 120 {
        return;
    }
    let mut was_lower = false;
    for c in token.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && was_lower {
                words.push(' ');
            }
            was_lower = c.is_lowercase();
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') {
            was_lower = false;
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
}

pub(super) fn is_never_text(tag: &str) -> bool {
    NEVER.contains(&tag)
}

pub(super) fn is_around(tag: &str) -> bool {
    AROUND.contains(&tag)
}

/// Whether the words name furniture.
pub(super) fn name_furniture(words: &str) -> bool {
    let mut singles = words
        .split(' ')
        .filter(|word| !word.is_empty() && !EXCEPTIONS.contains(word));
    let names = singles
        .any(|word| FURNITURE.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem)));
    (names || PAIRS.iter().any(|pair| words.contains(pair)))
        && !WHOLE.iter().any(|word| contain(words, word))
}

pub(super) fn contain(words: &str, word: &str) -> bool {
    words
        .match_indices(word)
        .any(|(at, _)| words[..at].ends_with(' ') && words[at + word.len()..].starts_with(' '))
}

/// Whether the words name the box that holds an article's text and nothing else.
pub(super) fn name_body(words: &str) -> bool {
    const BODIES: &[&str] = &[
        " article body ",
        " articlebody ",
        " story body ",
        " storybody ",
        " post body ",
        " post content ",
        " entry content ",
        " article content ",
        " articlecontent ",
        " article text ",
        " articletext ",
        " story content ",
        " story text ",
        " post text ",
        " body text ",
        " body copy ",
        " story copy ",
        " article copy ",
        " news text ",
        " news content ",
        " news body ",
        " content body ",
        " page content body ",
        " single content ",
        " post entry ",
        " article main ",
        " rich text ",
        " article entry ",
        " blog content ",
        " field name body ",
        " body content ",
        " entry text ",
        " td post content ",
        " main content ",
        " prose ",
    ];
    BODIES.iter().any(|body| words.contains(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_as_words() {
        let page = Page::parse("<p class='relatedArticles-box c_newsletter--wide' id=x>");
        let p = page.tagged(&["p"]).next().unwrap();
        assert_eq!(of(&page, p), " x related articles box c newsletter wide ");
    }

    #[test]
    fn shares_are_furniture_and_shareholders_are_not() {
        assert!(name_furniture(" article share bar "));
        assert!(name_furniture(" read more "));
        assert!(!name_furniture(" shareholder letter "));
        assert!(!name_furniture(" commentary text "));
        assert!(!name_furniture(" relative overflow hidden min h screen "));
        assert!(!name_furniture(" content has sidebar "));
    }
}
