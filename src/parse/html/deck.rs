//! The deck (standfirst): the line or two under a headline that say more of the story.

use super::boxes;
use super::fold;
use super::page::{Page, is_inline};
use crate::parse::printed_date;

/// Words of elements that hold a deck.
const DECKS: &[&str] = &[
    " deck ",
    " dek ",
    " standfirst ",
    " subtitle ",
    " subhead ",
    " subheadline ",
    " description ",
    " excerpt ",
    " strapline ",
    " sub ",
    " tagline ",
    " subheading ",
    " sub headline ",
    " sub title ",
    " sottotitolo ",
    " occhiello ",
    " bajada ",
    " copete ",
    " entradilla ",
    " chapo ",
    " chapeau ",
    " unterzeile ",
    " teaser text ",
    " abstract ",
    " kicker text ",
];

const MIN_CHARS: usize = 15;
const MAX_CHARS: usize = 500;
/// How far under the headline a deck stands, in nodes of the page.
const MAX_DISTANCE: usize = 80;

/// Whether an element is named for a deck.
pub(super) fn is_one(page: &Page, at: usize) -> bool {
    DECKS.iter().any(|deck| page.words(at).contains(deck))
        || page
            .attr(at, "itemprop")
            .is_some_and(|prop| matches!(prop, "alternativeHeadline" | "alternateName"))
}

/// The deck under a headline: in an element named for it, or in the heading that follows at once.
pub(super) fn find(page: &Page, headline: Option<usize>, title: &str) -> Option<String> {
    let headline = headline?;
    let title = fold(title);
    let (from, to) = (
        page.end(headline),
        (headline + MAX_DISTANCE).min(page.len()),
    );
    let text_in = |at: usize| {
        let text = page.text_of(at);
        let n_chars = text.chars().count();
        let is_line_of_date = n_chars <= 100 && printed_date::has_day(&text);
        let is_furniture = is_line_of_date || text.starts_with("By ") || text.starts_with("by ");
        let is_fit = !is_furniture
            && !boxes::is_other(page, at, Some(headline))
            && (MIN_CHARS..=MAX_CHARS).contains(&n_chars)
            && fold(&text) != title;
        is_fit.then_some(text)
    };
    let named = (from..to).filter(|at| !page.is_text(*at) && is_one(page, *at));
    let mut named = named.filter(|at| !matches!(page.tag(*at), "meta" | "link" | "img" | "a"));
    named.find_map(text_in).or_else(|| {
        let next = (from..to).find(|at| !page.is_text(*at) && !is_inline(page.tag(*at)))?;
        matches!(page.tag(next), "h2" | "h3").then(|| text_in(next))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_is_what_stands_under_the_headline() {
        for (html, deck) in [
            (
                "<h1>Ferry sails</h1><p class=standfirst>A year after the storm it is back.</p><p>Text",
                Some("A year after the storm it is back."),
            ),
            (
                "<h1>Ferry sails</h1><h2>A year after the storm it is back</h2><p>Text",
                Some("A year after the storm it is back"),
            ),
            (
                "<h1>Ferry sails</h1><p>Text that is the story's own.</p><h2>A heading in the story</h2>",
                None,
            ),
            (
                "<meta name=description content='For machines only, and long enough.'><h1>Ferry sails</h1><p>Text",
                None,
            ),
        ] {
            let page = Page::parse(html);
            let headline = page.tagged(&["h1"]).next();
            assert_eq!(
                find(&page, headline, "Ferry sails").as_deref(),
                deck,
                "{html}"
            );
        }
    }
}
