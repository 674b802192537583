//! Which parts of a page hold its article: what is furniture by name or nature is left out, then the box with the text is found.

use super::page::{Page, is_inline};
use super::parts::extended;
use super::signs::{self, Strength};
use super::tally::{Tally, is_in_story};
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
    let tally = Tally::of(page, &dropped);
    let is_story = |at: usize, strength| is_in_story(page, &tally, at, headline, strength);
    drop_where(page, &mut seen, |at| {
        is_hidden(page, at) && !may_show(page, at, &is_story)
    });
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
            share(&weights, at) <= limit
                && !protected[at]
                && (is_furniture(page, at, &is_story) || is_insert(page, &tally, at))
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
    let main = extended(page, &tally, &mut dropped, main, headline);
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

pub(super) fn is_hidden(page: &Page, at: usize) -> bool {
    let style = page.attr(at, "style").unwrap_or_default();
    page.has_attr(at, "hidden")
        || page.attr(at, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("display: none")
        || style.contains("visibility:hidden")
}

/// Whether a hidden box holds a part of the story that a script shows to those who pay, or who click.
fn may_show(page: &Page, at: usize, is_story: &dyn Fn(usize, Strength) -> bool) -> bool {
    let strength = signs::name_furniture(page.words(at)).unwrap_or(Strength::Faint);
    !has_outer_role(page, at) && is_story(at, strength)
}

fn has_outer_role(page: &Page, at: usize) -> bool {
    matches!(
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

fn is_furniture(page: &Page, at: usize, is_story: &dyn Fn(usize, Strength) -> bool) -> bool {
    let words = page.words(at);
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
            signs::name_furniture(words).is_some_and(|strength| !is_story(at, strength))
                || has_outer_role(page, at)
        }
    }
}

/// Whether a box invites to sign up or to read something else, whatever it is called.
fn is_insert(page: &Page, tally: &Tally, at: usize) -> bool {
    if !matches!(page.tag(at), "div" | "section" | "fieldset") {
        return false;
    }
    let contents = tally.within(page, at);
    contents.is_form() || contents.is_pointer()
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
        .or_else(|| largest(&is_named, MIN_NAMED_SHARE))
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
pub(super) fn is_line(tag: &str) -> bool {
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
