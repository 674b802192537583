//! The headline: what stands over the story, without the outlet's name; a vote among what the page shows and what it states.

use super::boxes;
use super::echo;
use super::metadata::Metadata;
use super::page::Page;
use crate::domain::article::TitleOrigin;

/// What a page is called.
pub(super) struct Title {
    pub(super) text: String,
    pub(super) origin: TitleOrigin,
    /// The element that shows it.
    pub(super) at: Option<usize>,
}

/// Finds the headline: an element that shows what the metadata states, as shown; else as stated.
pub(super) fn find(page: &Page, metadata: &Metadata, outlet: &[String]) -> Option<Title> {
    let stated = stated(metadata, outlet);
    let shown = shown(page, outlet);
    let best = shown
        .iter()
        .map(|(at, text)| {
            (
                stated
                    .iter()
                    .map(|title| likeness(text, title))
                    .fold(0.0, f64::max),
                *at,
                text,
            )
        })
        // The first of the best: a headline stands above its repetitions.
        .fold(
            None,
            |best: Option<(f64, usize, &String)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            },
        );
    if let Some((likeness, at, text)) = best
        && (likeness >= 0.4
            || stated.is_empty()
            || is_named(page, at)
                && shown.iter().filter(|(at, _)| is_named(page, *at)).count() == 1
            || shown.len() == 1 && page.tag(at) == "h1" && text.split(' ').count() >= 4)
    {
        let text = without_label(page, at, text, &stated);
        return Some(Title {
            text,
            origin: TitleOrigin::Headline,
            at: Some(at),
        });
    }
    if let Some((at, text)) = echo::find(page, &metadata.head_title, &stated) {
        return Some(Title {
            text,
            origin: TitleOrigin::Headline,
            at: Some(at),
        });
    }
    let text = stated.into_iter().next()?;
    Some(Title {
        text,
        origin: TitleOrigin::Metadata,
        at: heading(page, &shown),
    })
}

/// The heading over an article whose metadata calls it otherwise: date, authors and text stand near it.
fn heading(page: &Page, shown: &[(usize, String)]) -> Option<usize> {
    let is_in_article = |at: usize| {
        page.ancestors(at)
            .any(|at| matches!(page.tag(at), "article" | "main"))
    };
    let headings = || {
        let tops = shown.iter().map(|(at, _)| *at);
        tops.filter(|at| page.tag(*at) == "h1" && !boxes::is_other(page, *at, None))
    };
    let first = || headings().next().filter(|_| headings().count() == 1);
    headings().find(|at| is_in_article(*at)).or_else(first)
}

/// Whether an element is marked as the headline of the page itself.
fn is_named(page: &Page, at: usize) -> bool {
    page.tag(at) == "h1" && page.attr(at, "itemprop") == Some("headline")
}

/// What the metadata calls the article, the most careful source first, without the outlet's name.
fn stated(metadata: &Metadata, outlet: &[String]) -> Vec<String> {
    let json_ld = metadata
        .json_ld
        .text("headline")
        .or_else(|| metadata.json_ld.text("name"));
    let metas = [
        "og:title",
        "headline",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "twitter:title",
        "title",
        "citation_title",
    ];
    let mut stated: Vec<String> = json_ld
        .into_iter()
        .chain(metas.iter().filter_map(|name| metadata.meta(&[name])))
        .map(|title| without_outlet(&title, outlet))
        .chain(Some(without_last(&without_outlet(
            &metadata.head_title,
            outlet,
        ))))
        .filter(|title| !title.is_empty() && !is_outlet(title, outlet))
        .collect();
    // A title that was cut off is the beginning of another.
    let whole = stated.clone();
    stated.retain(|title| {
        let cut = title.trim_end_matches(['…', '.', ' ']);
        !(title.ends_with(['…', '.'])
            && whole
                .iter()
                .any(|other| other.len() > title.len() && other.starts_with(cut)))
    });
    stated
}

/// Elements that may show the headline, in reading order.
fn shown(page: &Page, outlet: &[String]) -> Vec<(usize, String)> {
    const NAMES: &[&str] = &[
        " headline ",
        " entry title ",
        " post title ",
        " article title ",
        " story title ",
        " page title ",
        " article headline ",
        " story headline ",
        " articletitle ",
        " posttitle ",
        " news title ",
    ];
    let is_one = |at: &usize| match page.tag(*at) {
        "h1" => true,
        "h2" | "h3" | "div" | "span" | "p" => {
            page.attr(*at, "itemprop") == Some("headline") || {
                page.has_attr(*at, "class")
                    && NAMES.iter().any(|name| page.words(*at).contains(name))
            }
        }
        _ => false,
    };
    (0..page.len())
        .filter(is_one)
        .map(|at| (at, page.text_of(at)))
        .filter(|(_, text)| (2..=300).contains(&text.chars().count()) && !is_outlet(text, outlet))
        .map(|(at, text)| (at, without_exact_outlet(&text, outlet)))
        .take(60)
        .collect()
}

/// Whether a text is one line rather than a sentence or two.
pub(super) fn is_line(text: &str) -> bool {
    !text.trim_end_matches('.').contains(". ")
        || text.split(". ").all(|part| part.chars().count() < 40)
}

fn fold(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    super::page::squeeze(&folded)
}

/// How much two titles share: 1 for the same words, 0 for none.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let n_shared = a.iter().filter(|word| b.contains(word)).count();
    0.99 * n_shared as f64 / a.len().max(b.len()).max(1) as f64
}

fn is_outlet(text: &str, outlet: &[String]) -> bool {
    let folded = fold(text).replace(' ', "");
    folded.is_empty()
        || outlet.iter().any(|name| {
            *name == folded
                || format!("the{name}") == folded
                || folded.trim_start_matches("the") == name
        })
}

/// Takes ` | The Example` off the end and `The Example: ` off the beginning.
pub(super) fn without_outlet(title: &str, outlet: &[String]) -> String {
    const MARKS: &[&str] = &[
        " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", " ~ ",
        "| ", " |", ": ",
    ];
    let mut title = title.trim().to_owned();
    'again: for _ in 0..3 {
        for mark in MARKS {
            if let Some((rest, last)) = title.rsplit_once(mark)
                && *mark != ": "
                && is_suffix(last, outlet)
                && !rest.trim().is_empty()
            {
                title = rest.trim().to_owned();
                continue 'again;
            }
            if let Some((first, rest)) = title.split_once(mark)
                && is_outlet(first, outlet)
                && rest.trim().contains(' ')
            {
                title = rest.trim().to_owned();
                continue 'again;
            }
        }
        break;
    }
    title
}

/// Takes the outlet's own name off the end of a headline that a page shows; what else stands behind a dash is the writer's.
fn without_exact_outlet(title: &str, outlet: &[String]) -> String {
    let cut = [" | ", " - ", " – ", " — "].iter().find_map(|mark| {
        let (rest, last) = title.rsplit_once(mark)?;
        (is_outlet(last, outlet) && rest.contains(' ')).then_some(rest)
    });
    cut.unwrap_or(title).trim().to_owned()
}

/// Takes a short last part off what `<title>` says: an outlet or rubric that is named nowhere else.
fn without_last(title: &str) -> String {
    const BARS: &[&str] = &[" | ", " » ", " « ", " :: ", " > ", " ‹ ", " · ", " • "];
    const MIN_CHARS: usize = 12;
    let mut parts = vec![title];
    for bar in BARS {
        parts = parts.iter().flat_map(|part| part.split(bar)).collect();
    }
    // Rubrics and outlets are shorter than what happened.
    let longest = parts.iter().max_by_key(|part| part.chars().count());
    let title = longest
        .filter(|part| parts.len() > 2 && part.chars().count() >= MIN_CHARS)
        .map_or(title, |part| part.trim());
    let title = if title.is_ascii() {
        title
    } else {
        // 标题_频道_网站
        title.split_once('_').map_or(title, |(first, _)| first)
    };
    let parts = [(" | ", 4), (" - ", 3), (" – ", 3), (" — ", 2)]
        .iter()
        .find_map(|(mark, max_words)| {
            let (rest, last) = title.rsplit_once(mark)?;
            let n_words = last.split_whitespace().count();
            (n_words <= *max_words && rest.split_whitespace().count() > n_words.max(2))
                .then_some(rest)
        });
    parts.unwrap_or(title).trim().to_owned()
}

/// Whether the last part of a title is the outlet or a rubric of it: `BBC News`, `World | The Example`, `example.com`.
fn is_suffix(last: &str, outlet: &[String]) -> bool {
    let folded = fold(last).replace(' ', "");
    let n_words = last.split_whitespace().count();
    is_outlet(last, outlet)
        || n_words <= 6
            && folded.len() >= 2
            && outlet.iter().any(|name| {
                name.len() >= 3
                    && (folded.contains(name.as_str())
                        || folded.len() >= 4 && name.contains(&folded))
            })
}

/// Takes a label off that stands in the same element as the headline: the metadata lacks it, and it is an element of its own.
fn without_label(page: &Page, at: usize, text: &str, stated: &[String]) -> String {
    let folded = fold(text);
    let parts: Vec<String> = (at + 1..page.end(at))
        .filter(|at| !page.is_text(*at))
        .map(|at| fold(&page.text_of(at)))
        .collect();
    let bare = stated.iter().find(|title| {
        let title = fold(title);
        let label = folded
            .strip_suffix(&title)
            .or_else(|| folded.strip_prefix(&title));
        label
            .is_some_and(|label| !label.is_empty() && parts.iter().any(|part| part == label.trim()))
    });
    bare.map_or_else(|| text.to_owned(), Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(html: &str) -> String {
        let page = Page::parse(html);
        let metadata = Metadata::read(&page, html);
        find(&page, &metadata, &super::super::outlet_names(&metadata))
            .unwrap()
            .text
    }

    #[test]
    fn a_headline_is_without_its_outlet() {
        let site = "<meta property=og:site_name content='The Example'><link rel=canonical href='https://example.com/a'>";
        for (html, headline) in [
            ("<title>Ferry sails - The Example</title>", "Ferry sails"),
            (
                "<title>Ferry sails to Bergen | World | Example News</title>",
                "Ferry sails to Bergen",
            ),
            (
                "<title>Example: Ferry sails again</title>",
                "Ferry sails again",
            ),
            (
                "<title>Ferry sails</title><h1>The Example</h1><h1>Ferry sails at last</h1>",
                "Ferry sails at last",
            ),
            (
                "<meta property=og:title content='You will not believe this ferry'><h1>Ferry sails</h1><h2>x</h2>",
                "You will not believe this ferry",
            ),
            (
                "<meta property=og:title content='Ferry sails - at last'><h1>Ferry sails — at last</h1>",
                "Ferry sails — at last",
            ),
            (
                "<title>Ferry sails to Bergen - World - Somewhere Daily</title><table><tr><td><font size=5><b>Ferry sails to Bergen</b></font>",
                "Ferry sails to Bergen",
            ),
            (
                "<title>World | Somewhere | Ferry sails to Bergen again</title><p>Text",
                "Ferry sails to Bergen again",
            ),
            (
                "<title>Ferry sails - example days in Bergen</title><h1>Ferry sails - example days in Bergen</h1>",
                "Ferry sails - example days in Bergen",
            ),
            (
                "<title>Ferry sails</title><h1><span>Exclusive</span> Ferry sails</h1>",
                "Ferry sails",
            ),
            (
                "<meta property=og:title content='Ferry sails to…'><title>Ferry sails to Bergen</title>",
                "Ferry sails to Bergen",
            ),
        ] {
            assert_eq!(title(&format!("{site}{html}")), headline, "{html}");
        }
    }
}
