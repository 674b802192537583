//! Signs that an element surrounds an article: words in its id and classes, and how surely each tells furniture.

use super::words::contain;

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

/// How surely a name tells furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// The story's own boxes are named so too: paragraphs in it stay.
    Faint,
    /// A box of links to other articles; paragraphs without a link stay.
    Linking,
    /// Whatever it holds is none of the story.
    Firm,
}

/// Signs of furniture that sites give to boxes of their stories too: a `teaser-content` is what everybody may read, a
/// `read-more` what a click opens, an `overlay` lies above a picture.
const FAINT: &[&str] = &[
    "ad",
    "ads",
    "alert",
    "banner",
    "bookmark",
    "button",
    "buttons",
    "btn",
    "carousel",
    "cta",
    "donate",
    "flyout",
    "gallery",
    "lightbox",
    "modal",
    "nocontent",
    "offscreen",
    "overlay",
    "pager",
    "popup",
    "promo",
    "promos",
    "rail",
    "share",
    "sharebar",
    "sharing",
    "shares",
    "skip",
    "slideshow",
    "social",
    "subscribe",
    "subscription",
    "syndication",
    "tag",
    "tags",
    "toolbar",
    "upsell",
    "utility",
    "advert",
    "readmore",
    "subscri",
    "teaser",
    "read more",
    "log in",
    "is hidden",
];

/// Signs of furniture for boxes that lead to other articles.
const LINKING: &[&str] = &[
    "related",
    "relacionad",
    "recommend",
    "recirc",
    "trending",
    "popular",
    "mostread",
    "mostpopular",
    "readnext",
    "readalso",
    "morestories",
    "morefrom",
    "read next",
    "read also",
    "also read",
    "see also",
    "more from",
    "more stories",
    "more on",
    "more news",
    "most read",
    "most viewed",
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

/// How surely the words name furniture; none where they do not.
pub(super) fn name_furniture(words: &str) -> Option<Strength> {
    if WHOLE.iter().any(|word| contain(words, word)) {
        return None;
    }
    let singles = words
        .split(' ')
        .filter(|word| !word.is_empty() && !EXCEPTIONS.contains(word));
    let of_words = singles.filter_map(|word| {
        let stem = || STEMS.iter().find(|stem| word.starts_with(**stem));
        let sign = FURNITURE.iter().find(|sign| **sign == word).or_else(stem)?;
        Some(strength(sign))
    });
    let of_pairs = PAIRS
        .iter()
        .filter(|pair| words.contains(**pair))
        .map(|pair| strength(pair.trim()));
    of_words.chain(of_pairs).max()
}

fn strength(sign: &str) -> Strength {
    if FAINT.contains(&sign) {
        Strength::Faint
    } else if LINKING.contains(&sign) {
        Strength::Linking
    } else {
        Strength::Firm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_furniture_and_shareholders_are_not() {
        for (words, strength) in [
            (" article share bar ", Some(Strength::Faint)),
            (" read more ", Some(Strength::Faint)),
            (" related stories ", Some(Strength::Linking)),
            (" share comments ", Some(Strength::Firm)),
            (" shareholder letter ", None),
            (" commentary text ", None),
            (" relative overflow hidden min h screen ", None),
            (" content has sidebar ", None),
        ] {
            assert_eq!(name_furniture(words), strength, "{words}");
        }
    }
}
