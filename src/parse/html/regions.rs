//! Which parts of a page hold its article: what is furniture by name or nature is left out, then the box with the text is found.

use super::page::{Page, is_inline};
use super::words;

/// Shorter lines say nothing of where the article is.
const MIN_TELLING_CHARS: usize = 60;
/// What holds more of a page's text than this is not furniture, whatever it is called.
const MAX_FURNITURE_SHARE: f64 = 0.35;
/// A page that shows less of its text than this hides its article for a while only.
const MIN_VISIBLE_SHARE: f64 = 0.2;
/// With less after the headline, the headline is in the wrong place.
const MIN_ARTICLE_CHARS: usize = 200;
/// Of what a box named for the article has to hold.
const MIN_NAMED_SHARE: f64 = 0.2;
/// A child that holds so much of its parent's text is the better box.
const MIN_CHILD_SHARE: f64 = 0.8;

/// The parts of a page.
pub(super) struct Regions {
    /// For each node, whether it and all under it is left out.
    pub(super) dropped: Vec<bool>,
    /// The box with the article.
    pub(super) main: usize,
    /// The headline's element.
    pub(super) headline: Option<usize>,
}

/// How much is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// What is furniture by its name or place.
    Strict,
    /// What no reader sees.
    Lenient,
}

pub(super) fn find(page: &Page, headline: Option<usize>, rules: Rules) -> Regions {
    let mut dropped = vec![false; page.len()];
    drop_where(page, &mut dropped, |at| words::is_never_text(page.tag(at)));
    let mut telling = telling(page, &dropped);
    let mut weights = weigh(page, &dropped, &telling);
    let share = |weights: &[usize], at: usize| weights[at] as f64 / weights[0].max(1) as f64;
    let mut seen = dropped.clone();
    drop_where(page, &mut seen, |at| is_hidden(page, at));
    let visible = weigh(page, &seen, &telling);
    // Where nearly all of the text is hidden, a click opens it.
    if visible[0] as f64 >= MIN_VISIBLE_SHARE * weights[0] as f64 {
        (dropped, weights) = (seen, visible);
    }
    if rules == Rules::Strict {
        let protected = protected(page, &weights, headline);
        drop_where(page, &mut dropped, |at| {
            let is_forum = page.words(at).contains(" comments ");
            let limit = if is_forum { 0.9 } else { MAX_FURNITURE_SHARE };
            share(&weights, at) <= limit && is_furniture(page, at, page.words(at)) && !protected[at]
        });
    }
    let before = headline.unwrap_or(0);
    let after: usize = (before..page.len())
        .filter(|at| !dropped[*at])
        .map(|at| telling[at])
        .sum();
    if after >= MIN_ARTICLE_CHARS {
        // What stands above the headline is not its story.
        telling[..before].fill(0);
    }
    let weights = weigh(page, &dropped, &telling);
    let main = main(page, &weights, headline);
    Regions {
        dropped,
        main,
        headline,
    }
}

fn drop_where(page: &Page, dropped: &mut [bool], is_out: impl Fn(usize) -> bool) {
    let mut at = 0;
    while at < page.len() {
        if dropped[at] || !page.is_text(at) && is_out(at) {
            dropped[at..page.end(at)].fill(true);
            at = page.end(at).max(at + 1);
        } else {
            at += 1;
        }
    }
}

fn is_hidden(page: &Page, at: usize) -> bool {
    let style = page.attr(at, "style").unwrap_or_default();
    page.has_attr(at, "hidden")
        || page.attr(at, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("display: none")
        || style.contains("visibility:hidden")
}

fn is_furniture(page: &Page, at: usize, words: &str) -> bool {
    let tag = page.tag(at);
    match tag {
        "html" | "body" | "main" | "#document" | "tbody" | "tr" | "article" | "blockquote" => false,
        "figure" => {
            !(at..page.end(at)).any(|at| matches!(page.tag(at), "blockquote" | "table" | "pre"))
        }
        _ if words::is_around(tag) => true,
        _ if words.contains(" embed ") && holds(page, at, "blockquote") => false,
        _ if is_inline(tag) && is_in_line(page, at) => {
            words.contains(" sr only ") || words.contains(" visually hidden ") || is_card(page, at)
        }
        "time" => true,
        _ => {
            words::name_furniture(words)
                || matches!(
                    page.attr(at, "role"),
                    Some(
                        "navigation"
                            | "complementary"
                            | "contentinfo"
                            | "banner"
                            | "search"
                            | "dialog"
                            | "menu"
                    )
                )
        }
    }
}

/// Whether an inline element stands in a paragraph rather than by itself.
fn is_in_line(page: &Page, at: usize) -> bool {
    page.ancestors(at)
        .find(|at| !is_inline(page.tag(*at)))
        .is_some_and(|block| {
            matches!(
                page.tag(block),
                "p" | "li" | "blockquote" | "td" | "h2" | "h3" | "h4"
            )
        })
}

fn holds(page: &Page, at: usize, tag: &str) -> bool {
    (at..page.end(at)).any(|at| page.tag(at) == tag)
}

/// A card that opens over a name in a sentence: a picture and links.
fn is_card(page: &Page, at: usize) -> bool {
    let count = |tag: &str| (at..page.end(at)).filter(|at| page.tag(*at) == tag).count();
    if count("img") == 0 || count("a") < 2 {
        return false;
    }
    let mut link_end = at;
    (at..page.end(at)).all(|at| {
        if page.tag(at) == "a" {
            link_end = page.end(at);
        }
        at < link_end || !page.is_text(at) || page.node(at).text.trim().is_empty()
    })
}

/// What holds the article's own box, or the headline and a story, is no furniture.
fn protected(page: &Page, weights: &[usize], headline: Option<usize>) -> Vec<bool> {
    let mut protected = vec![false; page.len()];
    for at in (0..page.len()).rev() {
        protected[at] |= page
            .attr(at, "itemprop")
            .is_some_and(|prop| prop.contains("articleBody"));
        if protected[at] {
            protected[page.parent(at)] = true;
        }
    }
    for at in headline
        .into_iter()
        .flat_map(|headline| page.ancestors(headline))
    {
        protected[at] |= page.tag(at) != "header" && weights[at] >= MIN_ARTICLE_CHARS;
    }
    protected
}

/// Characters of running text in each block: not of links, not of short lines.
fn telling(page: &Page, dropped: &[bool]) -> Vec<usize> {
    let mut telling = vec![0; page.len()];
    let mut linked = vec![0; page.len()];
    let mut is_teaser = vec![false; page.len()];
    let mut link_end = 0;
    for (at, is_dropped) in dropped.iter().enumerate() {
        if *is_dropped {
            continue;
        }
        if page.tag(at) == "a" {
            link_end = link_end.max(page.end(at));
        }
        if page.is_text(at) {
            let n_chars = page
                .node(at)
                .text
                .split_whitespace()
                .map(|word| word.len() + 1)
                .sum::<usize>();
            let block = page
                .ancestors(at)
                .find(|at| !is_inline(page.tag(*at)))
                .unwrap_or(0);
            is_teaser[block] = page.node(at).text.trim_end().ends_with(['…', ']'])
                || page.node(at).text.trim_end().ends_with("...");
            if at < link_end {
                linked[block] += n_chars;
            } else {
                telling[block] += n_chars;
            }
        }
    }
    for at in 0..page.len() {
        if telling[at] < MIN_TELLING_CHARS || linked[at] > telling[at] {
            telling[at] = 0;
        } else if is_teaser[at] || page.tag(at) == "li" {
            telling[at] /= 4;
        }
    }
    telling
}

fn weigh(page: &Page, dropped: &[bool], telling: &[usize]) -> Vec<usize> {
    let mut weights = vec![0; page.len()];
    for at in (0..page.len()).rev() {
        if dropped[at] {
            weights[at] = 0;
            continue;
        }
        weights[at] += telling[at];
        let parent = page.parent(at);
        if parent != at {
            weights[parent] += weights[at];
        }
    }
    weights
}

fn main(page: &Page, weights: &[usize], headline: Option<usize>) -> usize {
    // Of several articles on a page, the one that holds the headline.
    let own = headline
        .and_then(|headline| {
            page.ancestors(headline)
                .find(|at| page.tag(*at) == "article")
        })
        .filter(|at| weights[*at] >= MIN_ARTICLE_CHARS);
    let within = own.map_or(0..page.len(), |own| own..page.end(own));
    let total = weights[within.start] as f64;
    let share = |at: usize| weights[at] as f64 / total.max(1.0);
    let largest = |is_one: &dyn Fn(usize) -> bool, min_share: f64| {
        let fit = within
            .clone()
            .filter(|at| share(*at) >= min_share && weights[*at] > 0 && is_one(*at));
        // The outermost of those that hold the most.
        fit.fold(None, |best: Option<usize>, at| match best {
            Some(best) if weights[best] >= weights[at] => Some(best),
            _ => Some(at),
        })
    };
    let is_marked = |at: usize| {
        page.attr(at, "itemprop")
            .is_some_and(|prop| prop.contains("articleBody"))
    };
    let is_named = |at: usize| !is_line(page.tag(at)) && words::name_body(page.words(at));
    let start = largest(&is_marked, 0.1)
        .map(|start| with_its_like(page, weights, start, within.clone(), &is_marked))
        .or_else(|| {
            largest(&is_named, MIN_NAMED_SHARE)
                .map(|start| with_its_like(page, weights, start, within.clone(), &is_named))
        })
        .or_else(|| largest(&|at| page.tag(at) == "article", MIN_NAMED_SHARE))
        .or_else(|| {
            largest(
                &|at| page.tag(at) == "main" || page.attr(at, "role") == Some("main"),
                0.4,
            )
        })
        .unwrap_or(within.start);
    narrow(page, weights, start)
}

/// Where a page parts its text among several boxes of one name, the box that holds them all, unless it holds other articles.
fn with_its_like(
    page: &Page,
    weights: &[usize],
    start: usize,
    within: std::ops::Range<usize>,
    is_one: &dyn Fn(usize) -> bool,
) -> usize {
    let words = page.words(start);
    let is_like =
        |at: usize| page.words(at) == words && weights[at] * 10 >= weights[start] && is_one(at);
    let likes: Vec<usize> = within.filter(|at| is_like(*at)).collect();
    let (Some(first), Some(last)) = (likes.first(), likes.last()) else {
        return start;
    };
    if words.trim().is_empty() || likes.len() < 2 || page.end(*first) > *last {
        return start;
    }
    let Some(holder) = page.ancestors(*first).find(|at| page.end(*at) > *last) else {
        return start;
    };
    let n_others = (holder..page.end(holder))
        .filter(|at| matches!(page.tag(*at), "h1" | "article"))
        .count();
    if n_others > 1 { start } else { holder }
}

/// Goes down to the smallest box that holds nearly all of the text.
fn narrow(page: &Page, weights: &[usize], start: usize) -> usize {
    let mut main = start;
    loop {
        let (mut child, mut next) = (main + 1, None);
        while child < page.end(main) {
            let holds = weights[child] as f64 >= MIN_CHILD_SHARE * weights[main] as f64;
            if holds && !page.is_text(child) && weights[child] > 0 {
                next = Some(child);
            }
            child = page.end(child);
        }
        match next {
            Some(next) if !is_line(page.tag(next)) => main = next,
            _ => return main,
        }
    }
}

/// Whether an element is a piece of text rather than a box of pieces.
fn is_line(tag: &str) -> bool {
    is_inline(tag)
        || matches!(
            tag,
            "p" | "li"
                | "ul"
                | "ol"
                | "blockquote"
                | "tr"
                | "tbody"
                | "table"
                | "h1"
                | "h2"
                | "h3"
                | "pre"
        )
}
