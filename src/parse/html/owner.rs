//! Whose a byline is: the article's, or another story's, a picture's, a comment's.

use super::boxes;
use super::fold;
use super::page::{Page, is_inline};

/// A box with more text or nodes than this is no card of another story.
const MAX_CARD_CHARS: usize = 500;
const MAX_CARD_NODES: usize = 300;
/// How far up a card is looked for.
const MAX_HEIGHT: usize = 8;
/// A text of so many words is prose.
const MIN_PROSE_WORDS: usize = 12;
/// After so many words of prose the deck of the article is over, after so many its head.
const MAX_DECK_WORDS: usize = 40;
const MAX_HEAD_WORDS: usize = 60;

/// Words of boxes that hold pictures and who took them.
const PICTURES: &[&str] = &[
    "credit",
    "credits",
    "caption",
    "captions",
    "figcaption",
    "photographer",
    "copyright",
    "photo",
    "photocredit",
    "imagecredit",
    "wpcaption",
    "legend",
    "lightbox",
    "slideshow",
    "gallery",
];

/// Where the article is on its page, as far as its bylines matter.
pub(super) struct Place {
    headline: Option<usize>,
    /// The first node behind the article's deck, and behind its head.
    end_of_deck: usize,
    pub(super) end_of_head: usize,
    /// The first text of some length.
    first_prose: usize,
    /// The element that holds the article and no other.
    article: Option<usize>,
}

impl Place {
    pub(super) fn of(page: &Page, headline: Option<usize>) -> Self {
        let start = headline.map_or(0, |headline| page.end(headline));
        let (mut first_prose, mut end_of_deck, mut end_of_head) =
            (page.len(), page.len(), page.len());
        let mut n_words = 0;
        for at in (start..page.len()).filter(|at| page.is_text(*at)) {
            let n = page.node(at).text.split_whitespace().count();
            if n < MIN_PROSE_WORDS
                || matches!(page.tag(page.parent(at)), "script" | "style" | "noscript")
            {
                continue;
            }
            n_words += n;
            first_prose = first_prose.min(at);
            if n_words > MAX_DECK_WORDS {
                end_of_deck = end_of_deck.min(at);
            }
            if n_words > MAX_HEAD_WORDS {
                end_of_head = at;
                break;
            }
        }
        let article = headline.and_then(|headline| {
            page.ancestors(headline)
                .find(|at| page.tag(*at) == "article")
        });
        Self {
            headline,
            end_of_deck,
            end_of_head,
            first_prose,
            article,
        }
    }

    /// Whether a byline at this node can be the article's own.
    pub(super) fn owns(&self, page: &Page, at: usize) -> bool {
        let is_in_article = || {
            self.article
                .is_none_or(|article| article < at && at < page.end(article))
        };
        !boxes::is_other(page, at, self.headline)
            && !self.is_of_picture(page, at)
            && !self.is_in_card(page, at)
            && (at < self.end_of_head || is_in_article())
    }

    /// Whether a node stands before the first text of some length.
    pub(super) fn is_before_prose(&self, at: usize) -> bool {
        at < self.first_prose
    }

    /// Whether a node stands in the head of the article.
    pub(super) fn is_in_head(&self, at: usize) -> bool {
        self.headline.is_some_and(|headline| headline < at) && at < self.end_of_head
    }

    fn holds_headline(&self, page: &Page, at: usize) -> bool {
        self.headline
            .is_some_and(|headline| at <= headline && headline < page.end(at))
    }

    fn is_of_picture(&self, page: &Page, at: usize) -> bool {
        const MAX_HEIGHT: usize = 3;
        let mut around = std::iter::once(at).chain(page.ancestors(at).take(MAX_HEIGHT));
        around.any(|at| {
            matches!(page.tag(at), "figure" | "figcaption" | "picture")
                || !self.holds_headline(page, at)
                    && is_small(page, at)
                    && page
                        .words(at)
                        .split(' ')
                        .any(|word| PICTURES.contains(&word))
        })
    }

    /// Whether a small box around a byline holds the headline of something else.
    fn is_in_card(&self, page: &Page, byline: usize) -> bool {
        let boxes = page.ancestors(byline).take(MAX_HEIGHT);
        let mut boxes = boxes.take_while(|at| {
            !self.holds_headline(page, *at)
                && (!matches!(page.tag(*at), "article" | "main" | "body") || self.is_far(page, *at))
                && is_small(page, *at)
        });
        boxes.any(|card| {
            let is_behind = self.is_behind(card);
            let others = (card..page.end(card)).filter(|at| !page.is_text(*at));
            // In the head of an article only what stands above a byline can be its headline.
            let mut apart =
                others.filter(|at| page.end(*at) <= byline || is_behind && *at >= page.end(byline));
            apart.any(|at| self.is_other_headline(page, is_behind, at))
        })
    }

    /// Whether a box stands behind the beginning of the story, or above its headline.
    fn is_behind(&self, at: usize) -> bool {
        self.end_of_deck < at || self.headline.is_some_and(|headline| headline > at)
    }

    fn is_far(&self, page: &Page, at: usize) -> bool {
        !self.holds_headline(page, at)
            && self
                .article
                .is_none_or(|article| at > page.end(article) || at < article)
    }

    /// A linked heading, or any heading or long link behind the beginning of the story.
    fn is_other_headline(&self, page: &Page, is_behind: bool, at: usize) -> bool {
        const MIN_WORDS: usize = 3;
        const MIN_LINK_WORDS: usize = 5;
        let is_heading = matches!(page.tag(at), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let is_titled = [" headline ", " title "]
            .iter()
            .any(|word| page.words(at).contains(word));
        let is_link =
            page.tag(at) == "a" && page.attr(at, "href").is_some() && !is_credit_link(page, at);
        if !is_heading && !is_titled && !is_link {
            return false;
        }
        let text = page.text_of(at);
        let n_words = text.split(' ').count();
        let is_own = || {
            self.headline
                .is_some_and(|headline| fold(&page.text_of(headline)) == fold(&text))
        };
        let is_linked = || {
            is_link
                || (at..page.end(at)).any(|at| page.tag(at) == "a" && !is_credit_link(page, at))
                || page.ancestors(at).take(2).any(|at| page.tag(at) == "a")
        };
        let names_story = n_words >= MIN_WORDS
            && (is_heading && is_behind || (is_heading || is_titled) && is_linked())
            || n_words >= MIN_LINK_WORDS && is_link && is_behind;
        names_story && !is_own()
    }
}

/// Whether a box is no larger than what stands for a story in a list. Counting nodes first keeps long pages quick.
fn is_small(page: &Page, at: usize) -> bool {
    page.end(at) - at <= MAX_CARD_NODES && page.text_of(at).chars().count() <= MAX_CARD_CHARS
}

fn is_credit_link(page: &Page, at: usize) -> bool {
    is_author_link(page, at) || is_person_link(page, at)
}

/// Whether a link leads to a page about an author.
pub(super) fn is_author_link(page: &Page, at: usize) -> bool {
    const FOLDERS: &str = " author authors autor autoren autores autora auteur auteurs autore autori journalist journalists \
        journaliste journalistes journalisten byline bylines writer writers reporter reporters contributor contributors \
        columnist columnists autorzy redakteur redakteure forfatter skribent yazar yazarlar firmas redactor redactores \
        giornalista giornalisti avtor opinionista colunista colunistas kolumnist periodista ";
    if page.tag(at) != "a" {
        return false;
    }
    if page
        .attr(at, "rel")
        .is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
    {
        return true;
    }
    page.attr(at, "href").is_some_and(|address| {
        leads_into(address, FOLDERS)
            || query_of(address).any(|key| matches!(key, "author" | "autor" | "auteur"))
    })
}

/// Whether a link leads to a page about a person: beside a headline that is the author.
pub(super) fn is_person_link(page: &Page, at: usize) -> bool {
    const FOLDERS: &str =
        " by people person persons personen profile profiles profil staff team mitarbeiter firma ";
    page.tag(at) == "a"
        && page
            .attr(at, "href")
            .is_some_and(|address| leads_into(address, FOLDERS))
}

/// Whether the last part of an address stands in one of these folders.
fn leads_into(address: &str, folders: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, path)| {
        path.split_once('/').map_or("", |(_, path)| path)
    });
    let Some((before, name)) = path.trim_end_matches('/').rsplit_once('/') else {
        return false;
    };
    let folder = before.rsplit('/').next().unwrap_or(before).to_lowercase();
    !name.is_empty() && !folder.is_empty() && folders.contains(&format!(" {folder} "))
}

fn query_of(address: &str) -> impl Iterator<Item = &str> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split('=').next())
}

/// The nearest element around a node that stands as a block of its own.
pub(super) fn block_of(page: &Page, at: usize) -> usize {
    std::iter::once(at)
        .chain(page.ancestors(at))
        .find(|at| !is_inline(page.tag(*at)))
        .unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the element `<i>` of a page is the article's, headline included.
    fn owns(html: &str) -> bool {
        let page = Page::parse(html);
        let headline = page.tagged(&["h1"]).next();
        let at = page.tagged(&["i"]).next().unwrap();
        Place::of(&page, headline).owns(&page, at)
    }

    const PROSE: &str = "<p>The ferry line that links the island with the mainland has ordered two ships, its director said.";

    #[test]
    fn a_byline_beside_the_headline_of_another_story_is_that_storys() {
        for (html, is_own) in [
            ("<h1>Ferry sails</h1><div><i>By Ida Holm</i></div>", true),
            (
                "<h1>Ferry sails</h1><div><h2>After the storm the line is back</h2><i>By Ida Holm</i></div>",
                true,
            ),
            (
                "<h1>Ferry sails</h1>{p}{p}{p}<section><h3>Why bridges are overrated</h3><i>By Ida Holm</i></section>",
                false,
            ),
            (
                "<h1>Ferry sails</h1>{p}{p}{p}<div><a href=/b>Why bridges are overrated again</a><i>By Ida Holm</i></div>",
                false,
            ),
            (
                "<h1>Ferry sails</h1><ul><li><h3><a href=/b>Why bridges fall</a></h3><i>By Ida Holm</i></ul>{p}",
                false,
            ),
            (
                "<h1>Ferry sails</h1><figure><img><figcaption>A ferry. <i>By Ida Holm</i></figcaption></figure>{p}",
                false,
            ),
            (
                "<h1>Ferry sails</h1><div class=photo-credit><i>Ida Holm</i></div>{p}",
                false,
            ),
            (
                "<article><h1>Ferry sails</h1>{p}{p}{p}{p}<p><i>By Ida Holm</i></article>",
                true,
            ),
            (
                "<article><h1>Ferry sails</h1>{p}{p}{p}{p}</article><p><i>By Ida Holm</i>",
                false,
            ),
        ] {
            assert_eq!(owns(&html.replace("{p}", PROSE)), is_own, "{html}");
        }
    }

    #[test]
    fn links_to_pages_about_authors_are_known() {
        for (address, is_one) in [
            ("/author/ida-holm", true),
            ("https://example.com/en/authors/ida-holm/", true),
            ("/autoren/holm?x=1", true),
            ("/?author=3", true),
            ("/author/", false),
            ("https://author.example.com/ferry", false),
            ("/2024/ferry", false),
        ] {
            let page = Page::parse(&format!("<a href='{address}'>x</a>"));
            let at = page.tagged(&["a"]).next().unwrap();
            assert_eq!(is_author_link(&page, at), is_one, "{address}");
        }
    }
}
