//! Boxes of a page that hold the dates and names of something else than its article: comments, related stories, the latest news.

use super::page::Page;

/// Beginnings of the words that such boxes are named with.
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
    "widget",
    "footer",
    "nav",
    "respond",
    "weather",
    "ticker",
    "mostread",
    "carousel",
];

/// How far up a box is looked for.
const MAX_HEIGHT: usize = 12;

/// Whether an element stands in a box of something else. A box that holds the headline is the article's, whatever it is called.
pub(super) fn is_other(page: &Page, at: usize, headline: Option<usize>) -> bool {
    let holds_headline =
        |at: usize| headline.is_some_and(|headline| at < headline && headline < page.end(at));
    std::iter::once(at)
        .chain(page.ancestors(at).take(MAX_HEIGHT))
        .take_while(|at| !holds_headline(*at))
        .any(|at| match page.tag(at) {
            "nav" | "aside" => true,
            "footer" => !is_articles(page.words(at)),
            "body" | "html" | "main" => false,
            _ => names_other(page.words(at)),
        })
}

fn names_other(words: &str) -> bool {
    words
        .split(' ')
        .filter(|word| !(word.starts_with("footer") && is_articles(words)))
        .any(|word| OTHERS.iter().any(|stem| word.starts_with(stem)))
}

/// An article has a footer of its own, and blog engines sign it there.
fn is_articles(words: &str) -> bool {
    ["entry", "post", "article", "story"]
        .iter()
        .any(|word| super::words::contain(words, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_around_the_headline_is_the_articles() {
        let page = Page::parse(
            "<div class='card-widget'><h1>Ferry</h1><i>ours</i></div><div class=widget><i>theirs</i></div>",
        );
        let headline = page.tagged(&["h1"]).next();
        let others: Vec<bool> = page
            .tagged(&["i"])
            .map(|at| is_other(&page, at, headline))
            .collect();
        assert_eq!(others, [false, true]);
    }
}
